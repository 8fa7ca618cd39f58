"""``ziping export`` and ``ziping read`` with Word and Excel, through pipes as scripts use them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.resources import shipped
from assistant.store.casefile import load
from tests.cli.calls import call

SAMPLE = Path(str(shipped("config"))) / "samples" / "demo.ziping.json"


def ziping(*words: str, given: bytes = b"", code: int = 0) -> bytes:
    done = call(*words, given=given)
    assert done.returncode == code, done.stderr
    return done.out


def piped(*words: str, given: bytes = b"") -> bytes:
    """The same in a process of its own, through real pipes."""
    run = subprocess.run(
        [sys.executable, "-m", "assistant", *words], input=given, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def test_a_word_document_goes_through_real_pipes_and_comes_back(tmp_path: Path) -> None:
    case = tmp_path / "back.ziping.json"
    piped("read", "-", "-o", str(case), given=piped("export", str(SAMPLE), "--to", "docx", "-o", "-"))
    assert load(case) == load(SAMPLE)


@pytest.mark.parametrize("code", ["docx", "xlsx", "html", "md"])
def test_a_document_goes_through_pipes_and_comes_back(code: str, tmp_path: Path) -> None:
    data = ziping("export", str(SAMPLE), "--to", code, "-o", "-")
    if code in {"docx", "xlsx"}:
        assert data.startswith(b"PK\x03\x04")
    case = tmp_path / "back.ziping.json"
    ziping("read", "-", "-o", str(case), given=data)
    assert load(case) == load(SAMPLE)


def test_tables_of_markdown_follow_the_flag_and_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"<table>" not in ziping("export", str(SAMPLE), "--to", "md")
    assert b"<table>" in ziping("export", str(SAMPLE), "--to", "md", "--tables", "merge")
    monkeypatch.setenv("ZIPING_MARKDOWN_TABLES", "merge")
    assert b"<table>" in ziping("export", str(SAMPLE), "--to", "md")
    assert b"<table>" not in ziping("export", str(SAMPLE), "--to", "md", "--tables", "repeat")


@pytest.mark.parametrize("code", ["docx", "xlsx", "html", "md"])
def test_a_final_document_is_refused_while_errors_are_open(code: str, tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    broken = tmp_path / "broken.ziping.json"
    broken.write_text(text.replace('"total": "95.19"', '"total": "99.99"'), "utf-8")
    target = tmp_path / f"final.{code}"
    ziping("export", str(broken), "--to", code, "-o", str(target), "--final", code=1)
    assert not target.exists()
    assert ziping("export", str(broken), "--to", code, "-o", str(target)) == b""
    assert target.exists()
