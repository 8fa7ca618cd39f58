"""A fault of the program itself, as the user meets it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assistant.cli import assess, crash
from assistant.cli.main import run
from assistant.store.locations import locations

PRIVATE = "褚云帆 13900001111"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect in scoring that quotes a cell in its message."""

    def fault(*_: object, **__: object) -> int:
        raise RuntimeError(f"unexpected cell {PRIVATE}")

    monkeypatch.setattr(assess, "run", fault)


@pytest.mark.usefixtures("broken")
def test_a_defect_ends_in_a_sentence_not_in_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles"]) == crash.FAULT
    said = capsys.readouterr().err
    assert "不是您操作的问题" in said
    assert "Traceback" not in said
    assert PRIVATE not in said


@pytest.mark.usefixtures("broken")
def test_the_record_names_the_place_and_quotes_nothing_of_the_form() -> None:
    run(["profiles"])
    record = locations().state / "crash.txt"
    text = record.read_text("utf-8")
    assert "RuntimeError" in text
    assert "test_crash.py" in text
    assert " fault" in text
    assert PRIVATE not in text
    assert stat.S_IMODE(record.stat().st_mode) == 0o600


@pytest.mark.usefixtures("broken")
def test_where_no_record_can_be_kept_the_place_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ZIPING_HOME", str(tmp_path / "file"))
    assert run(["profiles"]) == crash.FAULT
    assert "test_crash.py" in capsys.readouterr().err
