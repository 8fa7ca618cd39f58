"""Probes of what lies on the disk: folders, the case, what is kept about it, the user's own settings and rules."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assistant.cli.health.line import Line, State
from assistant.domain.errors import InputError, ZipingError
from assistant.store.inventory import Inventory, inventory
from assistant.store.locations import Locations
from assistant.store.trial import Trial, trial

LITTLE_BYTES = 50_000_000
NOTHING_LEFT_BYTES = 1_000_000


def look_at_files(where: Locations, case: Path | None) -> Iterator[Line]:
    """Every probe of this file."""
    yield from disk("状态文件夹", trial(where.state))
    if case is not None:
        yield from disk("案卷所在文件夹", trial(case.absolute().parent))
        yield readable(case, where)
        kept = inventory(case, where)
        yield owner(kept)
        yield journal(kept)
        yield backups(kept)
    yield from settings_files(where)
    yield own_profiles(where.profiles)
    yield own_prompts(where.prompts)


def disk(name: str, tried: Trial) -> Iterator[Line]:
    """Whether a folder can be written, has room, and is this machine's."""
    if tried.refusal:
        cures = {"ENOSPC": "请清理磁盘空间。", "EROFS": "磁盘是只读的，请把案卷放到能写的位置。"}
        cure = cures.get(tried.refusal, "请检查文件夹权限，或把案卷放到自己的文件夹里。")
        found = f"{tried.folder} 写不进去（{tried.refusal}）。"
        yield Line(name=name, state=State.BAD, found=found, cure=cure, code=tried.refusal)
        return
    free = tried.free_bytes
    room = "" if free is None else f"，还有 {free / 1_000_000_000:.1f} GB"
    found, code = f"{tried.folder} 可以写{room}。", f"free_mb={'' if free is None else free // 1_000_000}"
    if free is not None and free < LITTLE_BYTES:
        state = State.BAD if free < NOTHING_LEFT_BYTES else State.MIND
        yield Line(name=name, state=state, found=found, cure="空间快用完了，请清理磁盘。", code=code)
    elif not tried.syncs:
        cure = "断电时可能多丢几秒；请把案卷放到本机磁盘上。"
        yield Line(
            name=name, state=State.MIND, found=f"{found}磁盘不接受“立即写入”。", cure=cure, code="nosync"
        )
    elif tried.is_network:
        cure = "多人可以同时用，不会互相覆盖；网络断开时内容先留在本机，恢复后自动存上。"
        yield Line(name=name, state=State.MIND, found=f"{found}这是网络共享盘。", cure=cure, code="network")
    else:
        yield Line(name=name, state=State.WELL, found=found, code=code)


def readable(case: Path, where: Locations) -> Line:
    """Whether the case opens; if not, what can be had back."""
    from assistant.store.casefile import load
    from assistant.store.rescue import with_cure

    try:
        load(case)
    except InputError as error:
        cure = with_cure(error, case, where).hint
        return Line(name="案卷", state=State.BAD, found=error.message, cure=cure, code="damaged")
    except ZipingError as error:
        return Line(name="案卷", state=State.BAD, found=error.message, cure=error.hint, code="unreadable")
    return Line(name="案卷", state=State.WELL, found=f"{case.name} 读得出来。", code="ok")


def owner(kept: Inventory) -> Line:
    """Who has the case open, here or on another machine, and who is writing it."""
    who = "、".join(f"{name}（{_local(at)} 起）" for name, at in kept.open_by)
    who = kept.owner.words if kept.owner is not None else who
    sign = kept.sign.split(" ")
    writing = f"{sign[0]} 的进程 {sign[1]} 正在保存。" if len(sign) > 1 else ""
    if who:
        cure = "先关掉那个窗口再填最省心；都开着也不会互相覆盖，打开时还可以选“接手”。"
        return Line(name="占用", state=State.MIND, found=f"{who}正打开着。{writing}", cure=cure, code="open")
    if writing:
        cure = "若一直如此，是那台机器中途断了；程序等几秒会自己接过来，不用删文件。"
        return Line(name="占用", state=State.MIND, found=writing, cure=cure, code="writing")
    return Line(name="占用", state=State.WELL, found="没有窗口打开着它。", code="free")


def journal(kept: Inventory) -> Line:
    """The record of changes."""
    code = f"segments={kept.segments} steps={kept.steps} damaged={kept.damaged} bytes={kept.size}"
    if not kept.segments:
        return Line(name="改动记录", state=State.WELL, found="本机还没有它的改动记录。", code=code)
    last = f"，最近一次 {_local(kept.last)}" if kept.last else ""
    found = f"{kept.steps} 步{last}，共 {kept.size / 1000:.0f} KB。"
    if kept.damaged:
        cure = "坏的行已跳过，案卷本身不受影响；要看其余的，用 ziping history。"
        said = f"{found}有 {kept.damaged} 行损坏。"
        return Line(name="改动记录", state=State.MIND, found=said, cure=cure, code=code)
    return Line(name="改动记录", state=State.WELL, found=found, code=code)


def backups(kept: Inventory) -> Line:
    """Copies of the case."""
    code = f"backups={len(kept.backups)} recovered={len(kept.recovered)}"
    if kept.recovered:
        found = f"有 {len(kept.recovered)} 份没能存进原处的案卷，最近的是 {kept.recovered[0]}。"
        cure = "请用 ziping open 打开案卷，程序会逐格列出没存上的内容。"
        return Line(name="备份", state=State.MIND, found=found, cure=cure, code=code)
    if not kept.backups:
        return Line(name="备份", state=State.WELL, found="还没有备份；下次打开案卷时会留一份。", code=code)
    found = f"{len(kept.backups)} 份，最近的是 {kept.backups[0]}。"
    return Line(name="备份", state=State.WELL, found=found, code=code)


def settings_files(where: Locations) -> Iterator[Line]:
    """Whether the settings can be used, and who may read the files that hold them."""
    from assistant.catalogue.settings import FILE_NAME, MODEL_FILE, load_settings

    key_file = ""
    try:
        loaded = load_settings(folder=where.config)
    except ZipingError as error:
        yield Line(name="设置", state=State.BAD, found=error.message, cure=error.hint, code="error")
    else:
        key_file = loaded.settings.key_file
        told = " ".join(loaded.notices)
        if told:
            yield Line(
                name="设置",
                state=State.MIND,
                found=told,
                cure="请按上面说的改设置文件；不改也能填报。",
                code="notices",
            )
        else:
            yield Line(name="设置", state=State.WELL, found="能用。", code="ok")
    files = [where.config / FILE_NAME, where.config / MODEL_FILE]
    for file in (*files, *([Path(key_file).expanduser()] if key_file else [])):
        try:
            mode = stat.S_IMODE(file.stat().st_mode)
        except OSError:
            continue
        yield private(file, mode)


def private(file: Path, mode: int) -> Line:
    """Whether a file with settings is the user's alone (Windows keeps that elsewhere and always says 0666)."""
    import sys

    code = f"{mode:04o}"
    if mode & 0o077 and sys.platform != "win32":
        found, cure = f"{file} 别人也能读（{code}）。", f"里面可能有密钥，请执行 chmod 600 {file}。"
        return Line(name="设置文件", state=State.MIND, found=found, cure=cure, code=code)
    return Line(name="设置文件", state=State.WELL, found=f"{file}，只有您能读。", code=code)


def own_profiles(folder: Path) -> Line:
    """Rules of the user's own."""
    from assistant.catalogue.profiles import load_profile

    names = sorted(file.stem for file in folder.glob("*.toml"))
    for name in names:
        try:
            load_profile(name, folder)
        except ZipingError as error:
            return Line(name="自定规则", state=State.BAD, found=error.message, cure=error.hint, code="error")
    found = f"{len(names)} 套，都能用。" if names else "没有，用随程序带的。"
    return Line(name="自定规则", state=State.WELL, found=found, code=f"profiles={len(names)}")


def own_prompts(folder: Path) -> Line:
    """Prompts of the user's own; a wrong one falls back to the shipped one of its name."""
    from assistant.drafting.prompts import Prompts

    prompts = Prompts(folder)
    names = sorted(file.stem for file in folder.glob("*.md"))
    for name in names:
        try:
            prompts.get(name)
        except ZipingError:
            cure = "请对照 prompts 文件夹里的文件名改名，或删掉它。"
            found = f"{folder / name}.md 没有用处：程序没有这个名字的提示词。"
            return Line(name="自定提示词", state=State.MIND, found=found, cure=cure, code="unknown")
    if prompts.messages:
        cure = "起草时用随程序带的；改好这个文件后自动换回。"
        found = " ".join(prompts.messages)
        return Line(name="自定提示词", state=State.MIND, found=found, cure=cure, code="error")
    found = f"{len(names)} 个，都能用。" if names else "没有，用随程序带的。"
    return Line(name="自定提示词", state=State.WELL, found=found, code=f"prompts={len(names)}")


def _local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
