"""L: numbering, punctuation, spelling, two spellings of one amount."""

from __future__ import annotations

from assistant.domain.case import Case, Goal
from assistant.domain.paths import with_cell
from tests.checks.words import findings


def test_a_skipped_number_is_named_with_the_one_before() -> None:
    (found,) = findings("L01", "预期目标 1.办班6期；2.编写2册；4.建基地1处。")

    assert found.message == "预期目标的编号“4.”不连续，前一项是“2.”。"


def test_a_list_that_begins_again_under_each_heading_is_in_order() -> None:
    text = "一、培训\n1.办班6期\n2.考核312人\n二、教材\n1.编写2册\n2.印制600本"

    assert findings("L01", Case(goals=(Goal(expected=text),))) == []


def test_the_cure_of_mixed_punctuation_settles_it() -> None:
    case = Case(goals=(Goal(actual="办班6期,培训1,312人；编写2册(含修订)，印制（600本)。"),))

    (found,) = findings("L02", case)
    (cure,) = found.cures
    cured = with_cell(case, cure.path, cure.text)

    assert cured.goals[0].actual == "办班6期，培训1,312人；编写2册（含修订），印制（600本）。"
    assert findings("L02", cured) == []


def test_a_text_in_half_width_throughout_is_left_alone() -> None:
    assert findings("L02", "完成情况 办班6期,培训312人,编写2册.") == []


def test_the_cure_of_typos_settles_them_and_leaves_neighbours() -> None:
    case = Case(goals=(Goal(actual="截止目前，帐户余额12万元，公园满意度95%，审核消防设施6处。"),))

    (found,) = findings("L03", case)
    assert "“截止目前”应为“截至目前”" in found.message
    (cure,) = found.cures
    assert cure.text == "截至目前，账户余额12万元，公园满意度95%，审核消防设施6处。"
    assert findings("L03", with_cell(case, cure.path, cure.text)) == []


def test_one_amount_in_two_spellings_is_told_once_for_the_form() -> None:
    form = (
        "预算 112.511000｜执行 69.655900 ‖ 二级 成本指标｜指标值 ≤112.511万元｜完成值 全年执行数69.6559万元"
    )

    (found,) = findings("L04", form)
    assert "“112.511000万元”又写“112.511万元”等2个金额" in found.message


def test_different_amounts_and_different_units_are_no_spellings_of_one() -> None:
    assert findings("L04", "预算 20｜执行 19.50 ‖ 二级 成本指标｜指标值 ≤20万元｜完成值 195000元") == []
