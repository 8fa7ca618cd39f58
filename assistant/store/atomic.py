"""Replacing a file whole: a reader, a crash or a power cut finds the old content or the new one, never half."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
import time
from pathlib import Path

from assistant.domain.errors import StoreError

_PREFIX, _SUFFIX = ".ziping-", ".tmp"
_STALE_SECONDS = 600
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}
"""Names Windows keeps for itself, whatever ending follows."""
_DIRECTORY_SYNC_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF, errno.EISDIR}


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_UMASK = _umask()  # the system tells it only by setting it, which must not happen beside other threads


def write_atomic(path: Path, data: bytes, mode: int | None = None, durable: bool = True) -> None:
    """Put *data* at *path*: a temporary file beside it, flushed to the disk, then renamed over it.

    A symbolic link stays one, its target is replaced. An existing file keeps its permissions unless *mode* is given.
    Without *durable* nothing waits for the disk: for what may be lost in a power cut.

    Raises:
        StoreError: The disk refused; what stood at *path* is untouched.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        if _is_reserved(target.name) and (os.name == "nt" or not target.exists()):
            raise _reserved(path)
        permissions = _permissions(target) if mode is None else mode
        # The name is short and its own: 80 Chinese characters already fill the 255 bytes a name may have.
        descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.chmod(permissions)
        os.replace(temporary, target)  # noqa: PTH105 - one name to watch for both failures and tests
        temporary = None
        if durable:
            _sync_directory(target.parent)
    except OSError as error:
        raise refusal(path, error) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _is_reserved(name: str) -> bool:
    """Whether Windows takes *name* for a device or drops its end: on a shared folder it could not be opened there."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES or name != name.rstrip(". ")


def _reserved(path: Path) -> StoreError:
    return StoreError(
        f"无法保存 {path}：“{path.name}”这个名字在 Windows 上不能用（CON、NUL、AUX、COM1 等是系统的名字，"
        "末尾也不能是点或空格）。已填内容仍在程序里。",
        "请换一个名字，如 自评表.ziping.json。",
    )


def _permissions(target: Path) -> int:
    """What the file has now, or what a new one gets under the user's umask."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return 0o666 & ~_UMASK


def _sync_directory(directory: Path) -> None:
    """Make the new name last through a power cut, where the system knows how (Windows does not)."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(directory, os.O_RDONLY)
    except OSError:
        return  # a folder may be writable yet not readable; the file itself is safe
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _DIRECTORY_SYNC_UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed process left in *folder* more than ten minutes ago."""
    with contextlib.suppress(OSError):
        for file in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            if time.time() - file.stat().st_mtime > _STALE_SECONDS:
                file.unlink()


def make_folder(folder: Path) -> None:
    """Make *folder*, for this user alone, if it is not there. Raises ``StoreError``."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(folder, error) from error


def refusal(path: Path, error: OSError, doing: str = "保存") -> StoreError:
    """Say in the user's words why *doing* (保存, 读取) failed at *path*, and the way out."""
    folder = path.parent
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            why, cure = "磁盘空间不足", "请清理空间，或另存到其他磁盘。"
        case errno.EROFS:
            why, cure = f"{folder} 所在磁盘是只读的", "请另存到可以写入的位置。"
        case errno.EACCES | errno.EPERM:
            why, cure = (
                f"没有权限{'写入' if doing == '保存' else '读取'}该位置",
                "请换一个文件夹，或请管理员开通权限；文件被其他程序占用时请先关闭它。",
            )
        case errno.EISDIR:
            why, cure = "这是一个文件夹", "请写明文件名，如 自评表.ziping.json。"
        case errno.ENOENT | errno.ENOTDIR:
            why, cure = ("文件夹不存在" if doing == "保存" else "文件不存在"), "请检查路径，或先建好文件夹。"
        case errno.ENAMETOOLONG:
            why, cure = "文件名太长", "请换一个短一些的名字（中文约 80 字以内）。"
        case errno.ELOOP:
            why, cure = "链接互相指向，找不到真正的文件", "请改用真实路径。"
        case _:
            code = errno.errorcode.get(error.errno or 0, "未知")
            why, cure = f"磁盘没有接受（{code}）", "请检查磁盘后重试，或另存到其他位置。"
    kept = "原有文件未动，已填内容仍在程序里。" if doing == "保存" else ""
    return StoreError(f"无法{doing} {path}：{why}。{kept}", cure)
