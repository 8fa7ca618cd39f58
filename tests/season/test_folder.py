"""Which files below a folder are read, and how the others are counted."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assistant.domain.errors import InputError
from assistant.season.folder import survey


def made(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    return root


def test_forms_are_found_below_the_folder_in_order(tmp_path: Path) -> None:
    root = made(tmp_path, "乙/2.docx", "甲/1.XLSX", "3.ziping.json", "乙/丙/4.pdf", "旧表.doc")
    assert list(survey(root).files) == sorted(
        ["乙/2.docx", "甲/1.XLSX", "3.ziping.json", "乙/丙/4.pdf", "旧表.doc"]
    )


def test_what_is_no_form_is_counted_by_its_reason(tmp_path: Path) -> None:
    root = made(
        tmp_path,
        "1.xlsx",
        "~$1.xlsx",
        ".x.docx",
        ".git/a.md",
        "照片.jpg",
        "项目支出绩效自评汇总表.xlsx",
        "汇总/x.md",
    )
    found = survey(root, [root / "汇总"])
    assert list(found.files) == ["1.xlsx"]
    assert found.left_out == {"锁文件（~$ 开头）": 1, "隐藏文件": 2, "其他类型的文件": 1, "汇总表、报告": 1}


def test_a_folder_without_forms_says_what_was_seen_and_what_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="其他类型的文件 2 个"):
        survey(made(tmp_path, "a.jpg", "b.mp4"))
    with pytest.raises(InputError, match="找不到文件夹"):
        survey(tmp_path / "没有")
    with pytest.raises(InputError, match="是文件"):
        survey(tmp_path / "a.jpg")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_read_and_shown(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xed.xlsx")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system refuses such names")
    found = survey(tmp_path)
    assert list(found.files) == ["\\xb1\\xed.xlsx"]
    assert found.read("\\xb1\\xed.xlsx").data == b"x"
