"""Zip containers (.docx, .xlsx) opened with care: what they would unpack to is known before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import IO

from assistant.domain.errors import InputError

LARGEST_PART = 64 * 1024 * 1024
LARGEST_WHOLE = 256 * 1024 * 1024
LARGEST_RATIO = 300
MOST_PARTS = 5000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What :mod:`zipfile` raises on damaged or encrypted members."""


class Archive:
    """The parts of an Office file, each read up to a bound."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open *data*. Raises ``InputError`` where it is damaged or would unpack to far too much."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            parts = self._zip.infolist()
        except BROKEN as error:
            raise self.damaged() from error
        packed, unpacked = len(data), sum(part.file_size for part in parts)
        if (
            len(parts) > MOST_PARTS
            or unpacked > LARGEST_WHOLE
            or unpacked > packed * LARGEST_RATIO + LARGEST_PART
        ):
            raise InputError(
                f"{name} 解压后有 {unpacked // 1024 // 1024} MB、{len(parts)} 个部分，不像一张自评表，没有读入。",
                "请确认文件来源；可以只把自评表另存为一个文件再读。",
            )
        self.parts = {part.filename.lstrip("/").replace("\\", "/"): part for part in parts}

    def damaged(self) -> InputError:
        """The error for a file cut short or damaged."""
        return InputError(f"{self.name} 已损坏或不完整，打不开。", "请重新下载或在原软件中另存一份再读。")

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    def open(self, part: str) -> IO[bytes]:
        """Open one part to read piece by piece. Raises ``InputError``."""
        info = self.parts.get(part)
        if info is None:
            raise self.damaged()
        if info.file_size > LARGEST_PART:
            raise InputError(
                f"{self.name} 里的内容有 {info.file_size // 1024 // 1024} MB，过大，没有读入。",
                "请只把自评表所在的一页另存为一个文件再读。",
            )
        try:
            return self._zip.open(info)
        except BROKEN as error:
            raise self.damaged() from error

    def read(self, part: str) -> bytes:
        """All of one part. Raises ``InputError``."""
        with self.open(part) as stream:
            try:
                data = stream.read(LARGEST_PART + 1)
            except BROKEN as error:
                raise self.damaged() from error
        if len(data) > LARGEST_PART:
            raise self.damaged()
        return data

    @property
    def has_macros(self) -> bool:
        """Whether the file carries macros (they are never run, nor read)."""
        return any(part.endswith("vbaProject.bin") for part in self.parts)
