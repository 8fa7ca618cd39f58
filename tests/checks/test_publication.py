"""P: what must not be published."""

from __future__ import annotations

from assistant.domain.case import Case, Goal, Indicator, Person
from assistant.domain.paths import cell, with_cell
from tests.checks.words import findings


def test_people_on_the_head_are_named_by_role_and_never_quoted() -> None:
    (found,) = findings("P01", Case(people=(Person(name="某某某", phone="13800000000"),)))

    assert found.path == "people[0]"
    assert found.message == "表头的项目负责人填有姓名和联系电话，公开时应遮住。"
    assert "13800000000" not in found.model_dump_json()


def test_an_empty_head_is_no_finding() -> None:
    assert findings("P01", Case(people=(Person(),))) == []


def test_a_masked_head_is_no_finding() -> None:
    masked = Case(people=(Person(name="×××", phone="***"), Person(name="张**", phone="138****0000")))
    assert findings("P01", masked) == []


def test_the_cure_masks_and_nothing_of_the_finding_gives_the_number_away() -> None:
    case = Case(indicators=(Indicator(reason="场馆维修，联系电话13912345678，3月补办。"),))

    (found,) = findings("P01", case)

    assert "13912345678" not in found.model_dump_json()
    (cure,) = found.cures
    cured = with_cell(case, cure.path, cure.text)
    assert cell(cured, "indicators[0].reason") == "场馆维修，联系电话139******78，3月补办。"
    assert findings("P01", cured) == []


def test_amounts_codes_and_counts_are_no_personal_data() -> None:
    text = "支出1380000.00元，合同编号20221130000112，热线接听13800次，项目代码110000-2022-001。"

    assert findings("P01", Case(goals=(Goal(actual=text),))) == []


def test_every_secret_word_of_a_cell_is_listed_once() -> None:
    (found,) = findings("P02", "项目 涉密机房改造｜完成情况 走访36家")

    assert found.path == "project"
    assert found.data["words"] == "涉密"


def test_paths_and_comments_are_left_behind() -> None:
    (path,) = findings("P03", "佐证 C:\\Users\\x\\验收单.pdf")
    (note,) = findings("P03", "原因 场馆维修（此处待核实），3月补办。")

    assert "电脑路径" in path.message
    assert "批注" in note.message
