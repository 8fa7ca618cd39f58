"""A file is replaced whole or not at all, whatever the disk does in between."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any, Self

import pytest

from assistant.domain.errors import StoreError
from assistant.store.atomic import sweep, write_atomic

OLD = "旧内容".encode()
NEW = "新内容".encode() * 10_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.ziping.json"
    path.write_bytes(OLD)
    return path


def refusing(code: int) -> Any:
    def refuse(*arguments: Any, **options: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return refuse


def open_files() -> int:
    """How many files this process has open; 0 where the system does not tell."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir()) if Path("/proc/self/fd").is_dir() else 0


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_new_file_and_a_replaced_one_hold_exactly_the_bytes(file: Path) -> None:
    write_atomic(file, NEW)
    write_atomic(file.with_name("new.json"), b"")

    assert file.read_bytes() == NEW
    assert file.with_name("new.json").read_bytes() == b""
    assert names_in(file.parent) == ["new.json", "自评表.ziping.json"]


@pytest.mark.parametrize(
    "call", ["os.fsync", "os.replace", "tempfile.mkstemp", "os.fdopen", "pathlib.Path.chmod"]
)
@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "磁盘空间不足"), (errno.EROFS, "只读"), (errno.EACCES, "没有权限"), (errno.EIO, "EIO")],
)
def test_whatever_the_disk_refuses_the_old_file_stays_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str
) -> None:
    opened = open_files()
    with monkeypatch.context() as patched:
        patched.setattr(call, refusing(code))
        with pytest.raises(StoreError) as caught:
            write_atomic(file, NEW)

    assert file.read_bytes() == OLD
    assert names_in(file.parent) == [file.name], "the temporary file was left behind"
    assert words in caught.value.message
    assert "原有文件未动" in caught.value.message
    assert caught.value.hint
    assert call == "os.fdopen" or open_files() == opened, "a file was left open"


def test_a_disk_that_fills_up_half_way_leaves_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fdopen

    class Filling:
        def __init__(self, descriptor: int, mode: str) -> None:
            self.file = real(descriptor, mode)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *details: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fdopen", Filling)
    with pytest.raises(StoreError, match="磁盘空间不足"):
        write_atomic(file, NEW)

    assert file.read_bytes() == OLD
    assert names_in(file.parent) == [file.name]


def test_being_interrupted_leaves_the_old_file_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(file, NEW)

    assert file.read_bytes() == OLD
    assert names_in(file.parent) == [file.name]


def test_the_content_is_on_the_disk_before_the_name_points_to_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, os.replace

    def watched_fsync(descriptor: int) -> None:
        order.append(
            "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else f"file {os.fstat(descriptor).st_size}"
        )
        fsync(descriptor)

    def watched_replace(source: Any, target: Any) -> None:
        order.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    write_atomic(file, NEW)

    assert order == [f"file {len(NEW)}", "rename", "folder"]


def test_a_folder_that_cannot_be_synced_is_no_failure(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def no_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not on this file system")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", no_folders)
    write_atomic(file, NEW)

    assert file.read_bytes() == NEW


def test_permissions_are_kept_or_set(file: Path) -> None:
    file.chmod(0o640)
    write_atomic(file, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640

    write_atomic(file, NEW, mode=0o600)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    link = other / "link.json"
    link.symlink_to(file)
    write_atomic(link, NEW)

    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert names_in(other) == ["link.json"]


def test_a_name_as_long_as_the_system_allows_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / ("表" * 80 + ".json")  # 80 × 3 + 5 = 245 bytes of at most 255
    write_atomic(path, NEW)
    assert path.read_bytes() == NEW

    with pytest.raises(StoreError, match="文件名太长"):
        write_atomic(tmp_path / ("表" * 90), NEW)  # 270 bytes


def test_a_folder_a_missing_folder_and_a_file_as_folder_are_named(file: Path, tmp_path: Path) -> None:
    for path, words in [
        (tmp_path, "这是一个文件夹"),
        (tmp_path / "none" / "a.json", "文件夹不存在"),
        (file / "a.json", "文件夹不存在"),
    ]:
        with pytest.raises(StoreError, match=words) as caught:
            write_atomic(path, NEW)
        assert str(path) in caught.value.message


def test_what_a_killed_process_left_is_swept_up_but_nothing_else(tmp_path: Path) -> None:
    names = [".ziping-old.tmp", ".ziping-now.tmp", ".ziping-old.txt", "old.tmp"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
        if "old" in name:
            os.utime(tmp_path / name, (0, 0))
    sweep(tmp_path)
    assert names_in(tmp_path) == sorted(names[1:])


@pytest.mark.parametrize(
    "name", ["CON", "nul.json", "aux.ziping.json", "Com1.md", "lpt9.docx", "con .txt", "表.md.", "表.md "]
)
def test_a_name_windows_cannot_open_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match=r"在 Windows 上不能用.*请换一个名字"):
        write_atomic(tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["控制.json", "console.md", "auxiliary.docx", "com10.md", ".con", "表 1.md", "a.con"]
)
def test_names_that_only_look_like_it_are_fine(tmp_path: Path, name: str) -> None:
    write_atomic(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="no such file can be there")
def test_a_file_that_has_such_a_name_already_is_still_saved(tmp_path: Path) -> None:
    (tmp_path / "aux.json").write_bytes(b"old")
    write_atomic(tmp_path / "aux.json", b"new")
    assert (tmp_path / "aux.json").read_bytes() == b"new"
