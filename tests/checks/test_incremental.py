"""What the engine remembers never shows: after any edits a form is judged as if it were seen for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalogue.profiles import load_profile
from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.engine import Catalogue, all_checks, forget_reports, run_checks
from assistant.checks.examples import case_of
from assistant.checks.form import Form, Row, build_form, forget_rows
from assistant.domain.case import Case, Goal
from assistant.domain.findings import Report, Severity
from assistant.domain.paths import with_cell
from assistant.domain.profile import Profile
from assistant.domain.recent import same
from assistant.scoring import engine as scoring
from assistant.scoring import execution, rows

PROFILES = ("central-2020", "beijing-2022", "sichuan-2023")
START = case_of(
    "总分 90｜预算 100｜执行 80｜资金得分 8 ‖ 三级 培训人次｜指标值 ≥100人｜完成值 80人｜分值 30｜得分 24｜原因 因讲师调离，少培训20人。"
    " ‖ 三级 编写教材｜指标值 2册｜完成值 2册｜分值 30｜得分 30 ‖ 一级 满意度指标｜三级 学员满意度｜指标值 ≥90%｜完成值 95%｜分值 30｜得分 30"
).model_copy(update={"goals": (Goal(expected="培训100人，编写教材2册。", actual="培训80人，编写教材2册。"),)})

# texts that are equal as numbers, but not as written, and those that change which rows count
CELLS = st.sampled_from(
    ["", "/", "0", "10", "10.0", "10.00", "30", "24", "２４", "≥100人", "80人", "95%", "0.95", "2册", "小计", "一、培训", "1、教材", "因讲师调离，少培训20人；拟于2023年6月补训。", "无", "联系人：王某某，电话13800000000", "【待补充：原因】", "2022年11月底前"]
)  # fmt: skip
PATHS = st.sampled_from(
    [f"indicators[{row}].{cell}" for row in range(3) for cell in ("level1", "level2", "level3", "target")]
    + [f"indicators[{row}].{cell}" for row in range(3) for cell in ("actual", "weight", "score", "reason", "evidence")]
    + [f"funds[0].{cell}" for cell in ("initial", "budget", "executed", "weight", "rate", "score")]
    + ["goals[0].expected", "goals[0].actual", "project", "unit", "department", "total", "total_weight", "grade", "money_unit"]
)  # fmt: skip
EDITS = st.lists(st.tuples(PATHS, CELLS, st.sampled_from(PROFILES)), min_size=1, max_size=8)


def _forget() -> None:
    forget_reports()
    for module in (scoring, execution, rows):
        for value in vars(module).values():
            if callable(value) and hasattr(value, "cache_clear"):
                value.cache_clear()


def _assessed(case: Case, profile: Profile) -> tuple[str, str]:
    """Sheet and report to the last digit: ``10`` and ``10.0`` differ here."""
    sheet = scoring.score_case(case, profile)
    return sheet.model_dump_json(), run_checks(case, sheet, profile).model_dump_json()


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_after_any_edits_the_form_is_judged_as_if_seen_for_the_first_time(
    edits: list[tuple[str, str, str]],
) -> None:
    _forget()
    case, seen = START, []
    for path, text, name in edits:
        case = with_cell(case, path, text)
        seen.append((case, load_profile(name), _assessed(case, load_profile(name))))

    for before, profile, remembered in seen:
        _forget()
        assert _assessed(before, profile) == remembered


def _judge(catalogue: Catalogue, case: Case) -> Report:
    profile = load_profile("central-2020")
    return catalogue.report(build_form(case, scoring.score_case(case, profile), profile))


def test_a_check_runs_again_only_when_something_it_read_changes() -> None:
    runs: list[str] = []

    @check("Z01", "示例", Severity.HINT, "依据")
    def heavy(form: Form) -> Iterator[Outcome]:
        """示例。"""
        runs.append("heavy")
        if sum(row.weight or 0 for row in form.scored_rows) > 50:
            yield Remark("indicators", f"分值合计超过50，{form.case.project}。")

    catalogue = Catalogue({"Z01": heavy})
    _judge(catalogue, START)
    _judge(catalogue, with_cell(START, "indicators[0].reason", "讲师调离。"))
    _judge(catalogue, Case.model_validate_json(START.model_dump_json()))
    assert runs == ["heavy"]

    renamed = _judge(catalogue, with_cell(START, "project", "教师培训"))
    assert runs == ["heavy", "heavy"]
    assert "教师培训" in renamed.findings[0].message


def _names_a_lecturer(row: Row) -> bool:
    return "讲师" in row.reason


def test_a_check_that_asks_rows_for_little_runs_again_only_when_an_answer_changes() -> None:
    runs: list[str] = []

    @check("Z01", "示例", Severity.HINT, "依据")
    def of_lecturers(form: Form) -> Iterator[Outcome]:
        """示例。"""
        runs.append("run")
        for row, _ in form.rows_saying(_names_a_lecturer):
            yield Remark(row.path, f"{row.name}提到讲师")

    catalogue = Catalogue({"Z01": of_lecturers})
    first = _judge(catalogue, START)
    _judge(catalogue, with_cell(START, "indicators[0].reason", "讲师另有任务。"))  # says the same
    _judge(catalogue, with_cell(START, "indicators[0].actual", "90人"))  # nobody asked
    assert [one.message for one in first.findings] == ["培训人次提到讲师"]
    assert runs == ["run"]

    silent = _judge(catalogue, with_cell(START, "indicators[0].reason", "场地不足。"))
    assert not silent.findings
    assert runs == ["run", "run"]


def test_what_a_check_did_not_read_because_it_stopped_early_is_read_when_it_goes_on() -> None:
    @check("Z01", "示例", Severity.HINT, "依据")
    def curious(form: Form) -> Iterator[Outcome]:
        """示例。"""
        if form.case.project:
            yield Remark("project", form.case.unit)

    catalogue = Catalogue({"Z01": curious})
    nameless = START.model_copy(update={"project": "", "unit": "甲局"})
    assert not _judge(catalogue, nameless).findings

    named = with_cell(nameless, "project", "培训")
    assert _judge(catalogue, named).findings[0].message == "甲局"
    assert _judge(catalogue, with_cell(named, "unit", "乙局")).findings[0].message == "乙局"


def test_a_first_look_takes_no_notes_and_the_second_does() -> None:
    seen: list[str] = []

    @check("Z01", "示例", Severity.HINT, "依据")
    def curious(form: Form) -> Iterator[Outcome]:
        """示例。"""
        seen.append(type(form).__name__)
        yield from ()

    catalogue = Catalogue({"Z01": curious}, plain_first=True)
    for _ in range(3):
        _judge(catalogue, START)

    assert seen == ["Form", "_FormTwin"]  # the third time, nothing it read has changed


def test_a_row_is_judged_again_only_when_it_changes() -> None:
    judged: list[int] = []

    @row_check("Z01", "示例", Severity.HINT, "依据")
    def each(row: Row, profile: Profile) -> Iterator[Outcome]:
        """示例。"""
        judged.append(row.index)
        yield from ()

    forget_rows()
    catalogue = Catalogue({"Z01": each})
    _judge(catalogue, START)
    _judge(catalogue, with_cell(START, "indicators[1].reason", "已完成。"))

    assert judged == [0, 1, 2, 1]


def test_a_twin_of_a_row_is_no_key_and_has_no_methods_of_the_case() -> None:
    # through either, a check could read what nobody noted
    @check("Z01", "示例", Severity.HINT, "依据")
    def hashing(form: Form) -> Iterator[Outcome]:
        """示例。"""
        yield Remark("", str({form.rows[0]}))

    @check("Z02", "示例", Severity.HINT, "依据")
    def dumping(form: Form) -> Iterator[Outcome]:
        """示例。"""
        yield Remark("", form.case.model_dump_json())

    with pytest.raises(TypeError, match="unhashable"):
        _judge(Catalogue({"Z01": hashing}), START)
    with pytest.raises(AttributeError, match="model_dump_json"):
        _judge(Catalogue({"Z02": dumping}), START)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Decimal(10), Decimal("10.0"), False),
        (Decimal("1.50"), Decimal("1.50"), True),
        (True, 1, False),
        (("a", Decimal(1)), ("a", Decimal("1.0")), False),
        (Goal(expected="甲"), Goal(expected="甲"), True),
        (Goal(expected="甲"), Goal.model_validate({"expected": "甲", "新栏": "乙"}), False),
        (load_profile("central-2020"), load_profile("beijing-2022"), False),
    ],
)
def test_the_same_means_the_same_in_every_digit(one: object, other: object, equal: bool) -> None:
    assert same(one, other) is equal


def test_every_shipped_check_reads_nothing_but_what_is_noted() -> None:
    # a check that hashed a row or called a method of the case would fail here
    report = _judge(Catalogue(all_checks()), START)

    assert report.profile == "central-2020"
