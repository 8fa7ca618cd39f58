"""One at a time, also on a share: who holds the sign replaces the file; who is gone does not hold it for ever."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from assistant.domain.errors import StoreError
from assistant.store.turn import PATIENCE_SECONDS, STALE_SECONDS, Turn


class Clock:
    """Moves on by a second whenever it is asked."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def sign_of(folder: Path) -> Path:
    return next(folder.glob(".ziping-*.turn"))


def test_the_sign_stands_while_the_turn_lasts_and_is_gone_after(tmp_path: Path) -> None:
    with Turn(tmp_path / "甲.json"):
        assert sign_of(tmp_path).exists()
    assert list(tmp_path.iterdir()) == []


def test_the_sign_of_a_process_that_died_here_is_taken_at_once(tmp_path: Path) -> None:
    with Turn(tmp_path / "甲.json"):
        sign = sign_of(tmp_path)
    sign.write_text(f"{platform.node()} 99999999 gone")
    with Turn(tmp_path / "甲.json"):
        assert "gone" not in sign.read_text()


def test_the_sign_of_another_machine_is_taken_once_it_has_not_moved_for_long(tmp_path: Path) -> None:
    with Turn(tmp_path / "甲.json"):
        sign = sign_of(tmp_path)
    sign.write_text("another-machine 1 gone")
    clock = Clock()
    with Turn(tmp_path / "甲.json", clock):
        assert clock.now > STALE_SECONDS
        assert "gone" not in sign.read_text()


def test_a_sign_that_keeps_changing_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Turn(tmp_path / "甲.json"):
        sign = sign_of(tmp_path)
    sign.write_text("another-machine 1 x")
    count = iter(range(1000))
    monkeypatch.setattr(Turn, "_read", lambda self: f"another-machine 1 {next(count)}")
    clock = Clock()
    with pytest.raises(StoreError, match="反复保存"), Turn(tmp_path / "甲.json", clock):
        pass
    assert clock.now > PATIENCE_SECONDS


def test_where_no_sign_can_be_made_the_save_itself_tells_why(tmp_path: Path) -> None:
    with Turn(tmp_path / "没有这个文件夹" / "甲.json"):
        pass
