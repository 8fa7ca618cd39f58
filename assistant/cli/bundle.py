"""``ziping bundle``: what a support colleague needs to know of this machine and a case, without a word of its texts."""

from __future__ import annotations

import argparse
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from assistant.catalogue.profiles import load_profiles
from assistant.catalogue.settings import load_settings
from assistant.cli.health.look import look
from assistant.cli.health.shapes import (
    shape_of_case,
    shape_of_file,
    shape_of_journal,
    shape_of_requests,
    shape_of_settings,
)
from assistant.cli.inputs import free, profile_for, read_bytes
from assistant.domain.case_json import loads
from assistant.domain.errors import ZipingError
from assistant.store.atomic import write_atomic
from assistant.store.history import history
from assistant.store.inventory import inventory
from assistant.store.locations import Locations, locations
from assistant.store.request_log import read_requests
from assistant.store.salvage import salvaged

DEFAULT_NAME = "支持包.zip"
LAST_REQUESTS = 500
_ABOUT = {
    "doctor.json": "体检各项的结论，没有路径",
    "settings.json": "设置的数值和来处；密钥、路径、模型名只写“有没有”",
    "requests.json": "最近的模型请求：时间、用量、结果；地址和模型名换成序号",
    "case.json": "案卷的形状：行数、每格几个字、认出的类型、检查编号；没有一格的文字",
    "journal.json": "改动记录和备份的个数",
}
_WHEN = (1980, 1, 1, 0, 0, 0)


def run(arguments: argparse.Namespace) -> int:
    """Say what would go in, ask where somebody can answer, write."""
    target = Path(arguments.output or DEFAULT_NAME)
    case = Path(arguments.case) if arguments.case else None
    parts = contents(locations(), case)
    print("支持包里只有下面这些，没有表里的文字、姓名、电话、密钥和文件夹名：")
    for name, text in parts.items():
        print(f"  {name}（{len(text.encode())} 字节）{_ABOUT[name]}")
    if arguments.show:
        for name, text in parts.items():
            print(f"\n== {name}\n{text}")
        print("只看不写，没有生成文件。")
        return 0
    free(target, force=arguments.force)
    if sys.stdin.isatty() and not _agreed():
        print("没有生成。逐字查看内容：ziping bundle --show")
        return 1
    write_atomic(target, packed(parts), mode=0o600)
    print(f"已写到 {target}，可以发给支持人员。")
    return 0


def _agreed() -> bool:
    return input("写出来吗？回车写出，输入 n 不写：").strip().lower() in {"", "y", "yes", "是"}


def contents(where: Locations, case: Path | None) -> dict[str, str]:
    """The files of the bundle by name, each JSON."""
    parts: dict[str, Any] = {
        "doctor.json": [
            {"name": one.name, "state": one.state.value, "code": one.code} for one in look(where, case)
        ],
        "requests.json": shape_of_requests(list(read_requests(where.requests))[-LAST_REQUESTS:]),
    }
    try:
        parts["settings.json"] = shape_of_settings(load_settings(folder=where.config), load_profiles())
    except ZipingError as error:
        parts["settings.json"] = {"unreadable": type(error).__name__}
    if case is not None:
        parts["case.json"] = _case(case)
        kept, told = inventory(case, where), history(where.journals, case)
        parts["journal.json"] = shape_of_journal(kept, (one.why for one in told.entries))
    return {
        name: json.dumps(parts[name], ensure_ascii=False, indent=1) + "\n" for name in _ABOUT if name in parts
    }


def _case(path: Path) -> dict[str, Any]:
    """The shape of the case; of a damaged one, the shape of what can be had back."""
    data = read_bytes(str(path))
    found: dict[str, Any] = {"file": shape_of_file(path, data)}
    try:
        case = loads(data.decode("utf-8-sig", "replace"), path.name)
    except ZipingError as error:
        found["unreadable"] = type(error).__name__
        try:
            rescued = salvaged(data, path.name)
        except ZipingError:
            return found
        case, found["lost"] = rescued.case, len(rescued.lost)
    try:
        profile = profile_for(case, None)
    except ZipingError:  # the case names rules this machine lacks, or broken ones
        found["profile"] = "unusable"
        profile = load_profiles()["central-2020"]
    return found | {"case": shape_of_case(case, profile, is_shipped=profile.id in load_profiles())}


def packed(parts: dict[str, str]) -> bytes:
    """A zip of *parts*; the same ones make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, _WHEN), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
