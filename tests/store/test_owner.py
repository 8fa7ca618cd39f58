"""Who has a case open is named, may be relieved, and a sign somebody left behind keeps nobody out."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.case import Case
from assistant.store.casefile import save
from assistant.store.keeper import Keeper
from assistant.store.locations import Locations, locations
from assistant.store.owner import MOST_BYTES, Owner, owner_of, user
from assistant.store.sessions import key_of
from assistant.store.turn import beside

SINCE = datetime(2026, 11, 29, 1, 12, tzinfo=UTC)
NOBODY = 2**22 + 1
"""No process has this number: Linux gives none above 2²²."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "甲.ziping.json"
    save(file, Case(project="甲"))
    return file


@pytest.fixture
def window(path: Path, tmp_path: Path) -> Callable[[str], Keeper]:
    """Opens the case at home *name*: another home is another user's, or another portable copy."""

    def opened(name: str = "home") -> Keeper:
        return Keeper(path, home(tmp_path, name), now=lambda: SINCE)

    return opened


def home(folder: Path, name: str) -> Locations:
    return locations({"ZIPING_HOME": str(folder / name)})


def left(path: Path, **differs: object) -> Owner:
    """A sign of somebody else's beside the case."""
    sign = {
        "who": "李某",
        "machine": "PC-2",
        "process": 7,
        "since": SINCE,
        "home": "x",
        "token": "0" * 32,
        **differs,
    }
    owner = Owner.model_validate(sign)
    beside(path, "open").write_text(owner.model_dump_json())
    return owner


def test_a_second_window_is_told_who_has_the_case_where_and_since_when(path: Path, window) -> None:
    first, second = window(), window()
    assert first.owner is None
    assert second.owner is not None
    assert (second.owner.who, second.owner.machine, second.owner.since) == (user(), platform.node(), SINCE)
    assert "您自己在本机的另一个窗口" in second.owner.words
    first.close()
    second.close()
    assert owner_of(path) is None
    assert not beside(path, "open").exists()


def test_who_takes_over_is_named_to_the_other_and_the_sign_stays_his(path: Path, window) -> None:
    first, second = window("one"), window("another")
    assert first.successor() is None
    second.take_over()
    found = first.successor()
    assert found is not None
    assert found == owner_of(path)
    assert second.successor() is None
    first.close()
    assert owner_of(path) == found, "who goes does not take the other's sign along"
    second.close()
    assert owner_of(path) is None


def test_who_stayed_beside_the_owner_is_the_owner_once_he_has_gone(path: Path, window) -> None:
    first, second = window("one"), window("another")
    assert second.successor() is None, "beside another nobody takes anything over"
    first.close()
    assert owner_of(path) is None
    assert second.successor() is None
    assert owner_of(path) is not None
    third = window("third")
    assert third.in_use
    third.close()
    second.close()


def test_two_windows_of_one_home_relieve_each_other_and_a_third_sees_who_stayed(path: Path, window) -> None:
    first, second = window(), window()
    second.take_over()
    for _ in range(2):
        assert first.successor() == owner_of(path)
        assert second.successor() is None, "who took over is not relieved by whom he relieved"
    first.take_over()
    assert second.successor() == owner_of(path)
    second.take_over()
    first.close()
    third = window()
    assert third.owner == owner_of(path), "also where the system's lock is free again"
    third.close()
    second.close()


@pytest.mark.parametrize(
    "gone",
    [
        pytest.param({"process": NOBODY}, id="its process is no more"),
        pytest.param({"process": os.getpid()}, id="its number is ours now"),
        pytest.param({"process": os.getppid(), "home": None}, id="the system gave its lock back"),
    ],
)
def test_a_sign_left_by_a_killed_process_keeps_nobody_out(
    path: Path, window, tmp_path: Path, gone: dict[str, object]
) -> None:
    if "home" in gone:
        gone = {**gone, "home": key_of(home(tmp_path, "home").sessions)}
    sign = left(path, machine=platform.node(), **gone)
    keeper = window()
    assert (keeper.owner, keeper.in_use) == (None, False)
    assert owner_of(path) not in {None, sign}
    keeper.close()


def test_a_sign_of_another_machine_names_it_and_gives_way_only_to_the_user(path: Path, window) -> None:
    sign = left(path)
    keeper = window()
    assert keeper.owner == sign
    assert keeper.in_use
    # 01:12 in UTC, by the clock of this machine.
    assert keeper.owner.words == f"李某（电脑 PC-2，{SINCE.astimezone():%m月%d日 %H:%M} 起）"
    assert owner_of(path) == sign
    keeper.take_over()
    assert owner_of(path) != sign
    keeper.close()
    assert owner_of(path) is None


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b" " * (MOST_BYTES + 1), b'{"who": 1}'])
def test_a_sign_that_cannot_be_read_names_nobody_and_is_replaced(path: Path, window, data: bytes) -> None:
    beside(path, "open").write_bytes(data)
    keeper = window()
    assert keeper.owner is None
    assert owner_of(path) is not None
    keeper.close()


def test_a_name_written_elsewhere_is_only_a_name(path: Path, window) -> None:
    left(path, who="\x1b]0;t\x07李\n某" + "长" * 500, machine="\u202e[red]PC[/]")
    keeper = window()
    assert keeper.owner is not None
    assert len(keeper.owner.words) < 120
    assert not {"\x1b", "\x07", "\n", "\u202e"} & set(keeper.owner.words)
    keeper.close()


def test_where_no_sign_can_be_made_the_case_opens_all_the_same(
    path: Path, window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, *words: object, **more: object) -> None:
        raise PermissionError(13, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        keeper = window()
    assert (keeper.owner, keeper.in_use, keeper.troubles) == (None, False, [])
    assert keeper.successor() is None
    keeper.close()
