"""A cell as long as a book: its beginning is checked at once, the rest openly is not, and nothing of it is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import run_checks
from assistant.domain.case import Case, Goal, Indicator
from assistant.domain.case_json import dumps, loads
from assistant.domain.findings import Report
from assistant.domain.reach import MOST_CHARACTERS, case_within_reach, within_reach
from assistant.scoring.engine import score_case

SENTENCE = "本年度按计划完成全部工作，各项指标均有台账可查，资料齐全，验收合格。"
LONG = SENTENCE * 10_000  # about a megabyte in the file


def case_saying(reason: str) -> Case:
    row = Indicator(
        level1="产出指标",
        level2="数量指标",
        level3="培训人次",
        target="≥100人次",
        actual="90人次",
        weight="10",
        score="9",
        reason=reason,
    )
    return Case(project="培训", goals=(Goal(expected="培训100人次", actual="培训90人次"),), indicators=(row,))


@pytest.fixture
def checked() -> Callable[[Case], Report]:
    profile = load_profile("central-2020")
    return lambda case: run_checks(case, score_case(case, profile), profile)


def test_the_rest_of_a_cell_too_long_is_said_to_be_not_checked(checked: Callable[[Case], Report]) -> None:
    first = checked(case_saying(LONG)).not_checked[0]
    assert first.path == "indicators[0].reason"
    assert f"{len(LONG):,}字" in first.why
    assert "未核对" in first.why


def test_of_a_text_of_usual_length_nothing_is_said(checked: Callable[[Case], Report]) -> None:
    case = case_saying(SENTENCE * 20)
    assert case_within_reach(case) == (case, {})
    assert case_within_reach(case)[0] is case
    assert not any("字" in one.why and "贴进来" in one.why for one in checked(case).not_checked)


def test_what_is_wrong_at_the_beginning_is_still_found_without_a_cure_that_would_cut_the_cell(
    checked: Callable[[Case], Report],
) -> None:
    wrong = "帐户已经核对。"
    (short,) = [one for one in checked(case_saying(wrong)).findings if one.code == "L03"]
    assert short.cures, "the same text alone can be mended at a key"
    (found,) = [one for one in checked(case_saying(wrong + LONG)).findings if one.code == "L03"]
    assert found.path == "indicators[0].reason"
    assert found.cures == ()


def test_what_is_wrong_behind_the_part_that_is_read_is_not_found(checked: Callable[[Case], Report]) -> None:
    assert not any(one.code == "L03" for one in checked(case_saying(f"{LONG}帐户已经核对。")).findings)


def test_what_is_read_ends_with_a_sentence() -> None:
    assert within_reach(LONG).endswith("。")
    assert MOST_CHARACTERS - len(SENTENCE) <= len(within_reach(LONG)) <= MOST_CHARACTERS
    assert within_reach("长" * 30_000) == "长" * MOST_CHARACTERS


def test_every_text_of_a_form_has_its_bound() -> None:
    long = "长" * (MOST_CHARACTERS + 1)
    case = case_saying(long).model_copy(
        update={"project": long, "goals": (Goal(expected=long, actual="短"),)}
    )
    read, too_long = case_within_reach(case)
    assert set(too_long) == {"project", "goals[0].expected", "indicators[0].reason"}
    assert (
        max(len(read.project), len(read.goals[0].expected), len(read.indicators[0].reason)) <= MOST_CHARACTERS
    )
    assert read.goals[0].actual == "短"


def test_the_case_itself_keeps_every_character(checked: Callable[[Case], Report]) -> None:
    case = case_saying(LONG)
    checked(case)
    assert case.indicators[0].reason == LONG
    assert loads(dumps(case)) == case


@pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="needs the clock of another thread")
def test_no_single_step_of_checking_or_writing_a_megabyte_holds_up_the_screen(
    checked: Callable[[Case], Report],
) -> None:
    """What one thread does without letting another run, in its own processor time: another program does not count.

    Held against a text a hundredth as long, whose checks are all done anew: the longest step must not grow with it.
    """

    def longest_step(case: Case) -> float:
        clocks: list[int] = []
        is_done = threading.Event()

        def work() -> None:
            clocks.append(time.pthread_getcpuclockid(threading.get_ident()))
            checked(case)
            dumps(case)
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

    checked(case_saying(SENTENCE))  # patterns are compiled at their first use
    begun = time.thread_time()
    checked(case_saying(LONG[:MOST_CHARACTERS]))
    at_the_bound = time.thread_time() - begun
    held = min(longest_step(case_saying(f"{number}{LONG}")) for number in range(3))
    assert held < at_the_bound
