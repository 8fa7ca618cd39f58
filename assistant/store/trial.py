"""Trying a folder: can it be written, is the disk told to write at once, is there room, is it somebody else's disk."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "davfs", "vboxsf"}
)  # fmt: skip
_DRIVE_REMOTE = 4


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        folder: Where it was tried: the folder asked about, or the nearest one above that is there.
        refusal: The system's code where nothing could be written, ``""`` if it could.
        syncs: Whether the disk takes the order to write at once.
        free_bytes: Room left; ``None`` where the system does not tell.
        is_network: Whether the folder lies on another machine; ``None`` where that cannot be told.
    """

    folder: Path
    refusal: str
    syncs: bool
    free_bytes: int | None
    is_network: bool | None


def trial(folder: Path) -> Trial:
    """Write a small file into *folder* and take it away again. Never raises for what the disk does."""
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), folder)
    refusal, syncs = "", False
    try:
        with tempfile.NamedTemporaryFile(prefix=".ziping-", suffix=".tmp", dir=there) as file:
            file.write(b"ziping")
            file.flush()
            syncs = _syncs(file.fileno())
    except OSError as error:
        refusal = errno.errorcode.get(error.errno or 0, "EIO")
    return Trial(there, refusal, syncs, _free(there), _is_network(there))


def _syncs(descriptor: int) -> bool:
    try:
        os.fsync(descriptor)
    except OSError:
        return False
    return True


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _is_network(folder: Path) -> bool | None:
    real = os.path.realpath(folder)
    if sys.platform == "win32":
        import ctypes

        if real.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(Path(real).anchor) == _DRIVE_REMOTE)
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    return type_of_mount(real, mounts) in NETWORK_TYPES


def type_of_mount(path: str, mounts: str) -> str:
    """The file system type of *path* by the table *mounts* (as ``/proc/mounts``); ``""`` where none holds it."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").rstrip("/")
        if len(point) >= best and (path == point or path.startswith(f"{point}/")):
            best, found = len(point), fields[2]
    return found
