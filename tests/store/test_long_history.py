"""A case with thousands of earlier drafts: read like any other, and in steps between which the screen goes on."""

from __future__ import annotations

import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from assistant.domain.case import Case, DraftRecord
from assistant.domain.case_json import dumps, loads
from assistant.domain.errors import InputError
from assistant.store.journal_records import LARGE, Base, line, read
from assistant.tui.app import TURN_SECONDS
from assistant.tui.screens.history_dialog import MOST, listed

DRAFTS = tuple(
    DraftRecord(path="indicators[0].reason", text=f"因材料晚到，有关部门补办第{number}次。", source="model")
    for number in range(3_000)
)
CASE = Case(project="甲", drafts=DRAFTS)
TEXT = dumps(CASE)
BASE = Base(at="2024-01-01T00:00:00Z", who="a@b", run="r", path="甲", case=CASE)


def test_it_comes_back_from_the_case_file_and_from_the_journal_as_it_was() -> None:
    assert loads(TEXT) == CASE
    written = line(BASE)
    assert len(written) > LARGE
    assert read(written).entries == (BASE,)


def test_what_a_newer_program_wrote_stays_with_its_draft() -> None:
    found = loads(TEXT.replace('"source": "model"', '"source": "model", "费用": 2'))
    assert (found.drafts[-1].model_extra or {})["费用"] == 2


def test_a_mistake_among_thousands_is_told_with_its_place() -> None:
    wrong = TEXT.replace('补办第700次。"', '补办第700次。", "kept_percent": "多"')
    with pytest.raises(InputError, match=r"drafts\[700\]"):
        loads(wrong)


def test_a_journal_line_of_a_case_of_another_kind_is_skipped_whatever_its_length() -> None:
    written = line(BASE).partition(b"{")[2]
    body = b"{" + written.rstrip(b"\n").replace(b'"source":"model"', b'"source":7')
    assert read(b"%08d %08x %s\n" % (len(body), zlib.crc32(body), body)).entries == ()


def test_the_list_of_earlier_drafts_holds_the_latest() -> None:
    found = listed(list(DRAFTS))
    assert len(found) == MOST
    assert found[-1][0] == "2999", "the position among all of them"
    assert "3000 未决定" in found[-1][1]


@pytest.fixture
def fair_turns() -> Iterator[None]:
    """As the screen asks for: with Python's own turns of 5 ms, a quick machine has read most of it in one."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    yield
    sys.setswitchinterval(before)


@pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="needs the clock of another thread")
@pytest.mark.parametrize("act", [lambda: loads(TEXT), lambda: read(line(BASE))], ids=["case file", "journal"])
@pytest.mark.usefixtures("fair_turns")
def test_no_step_of_reading_it_takes_most_of_the_time(act: Callable[[], object]) -> None:
    """In processor time of the reading thread, so that other programs do not count.

    Read in one piece, the journal's line was one step from beginning to end, and the drafts of the file the longest.
    """

    def longest_step() -> float:
        clocks: list[int] = []
        is_done = threading.Event()

        def work() -> None:
            clocks.append(time.pthread_getcpuclockid(threading.get_ident()))
            act()
            is_done.set()
            time.sleep(0.05)  # the clock is read once more

        worker = threading.Thread(target=work)
        worker.start()
        longest = before = 0.0
        while not is_done.is_set():
            time.sleep(0.001)
            now = time.clock_gettime(clocks[0]) if clocks else 0.0
            longest, before = max(longest, now - before), now
        worker.join()
        return longest

    act()
    begun = time.thread_time()
    act()
    whole = time.thread_time() - begun
    assert min(longest_step() for _ in range(3)) < whole / 2
