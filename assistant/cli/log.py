"""``ziping log``: the requests sent to language models, without what was said in them."""

from __future__ import annotations

import argparse

from assistant.cli.inputs import print_json, print_table
from assistant.store.locations import locations
from assistant.store.request_log import read_requests

_COLUMNS = {
    "at": "时间",
    "host": "发往",
    "model": "模型",
    "purpose": "用途",
    "sent": "发出词元",
    "received": "收到词元",
    "first_ms": "首字毫秒",
    "total_ms": "共毫秒",
    "retries": "重试",
    "outcome": "结果",
}
_OUTCOMES = {
    "ok": "完成",
    "cancelled": "取消",
    "DraftingRefused": "被拒",
    "Busy": "没有回音",
    "Broken": "中断",
    "OutOfTime": "超时",
}


def run(arguments: argparse.Namespace) -> int:
    """Print the last requests, the newest at the end."""
    path = locations().requests
    requests = list(read_requests(path))[-arguments.last :]
    if arguments.json:
        print_json({"schema": "ziping.log/1", "file": str(path), "requests": requests})
        return 0
    if not requests:
        print("还没有向模型服务发过请求。")
        return 0
    rows = [tuple(_shown(name, request.get(name)) for name in _COLUMNS) for request in requests]
    print_table([tuple(_COLUMNS.values()), *rows])
    print(f"只记时间、去向和用量，不记内容和密钥。文件：{path}")
    return 0


def _shown(name: str, value: object) -> str:
    if value is None:
        return "—"
    return _OUTCOMES.get(str(value), str(value)) if name == "outcome" else str(value)
