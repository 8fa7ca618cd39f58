"""The tools that take Chinese prose apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.text import clauses, contained, likeness, sentences, squeeze, titles, unwrap
from assistant.checks.text_claims import all_done, none_undone, undone
from assistant.checks.text_coverage import coverage, is_out_of_order
from assistant.checks.text_items import broken_order, items, leaves, mixed_styles, parts
from assistant.checks.text_private import masked, private_parts, secrecy_words
from assistant.checks.text_punctuation import misprints, respelled, widened
from assistant.checks.text_reason import analyse

PROSE = st.text(
    alphabet="培训完成6期312人，,；;。.:：()（）1、2《》%-〔〕 \n①一是帐户截止目前20年", max_size=120
)


def test_lines_that_the_page_broke_are_joined_and_list_items_are_not() -> None:
    text = "1.走访企业，梳理名\n录121家。\n2.形成《产业\n报告》1份\n①调研"

    assert unwrap(text) == "1.走访企业，梳理名录121家。\n2.形成《产业报告》1份\n①调研"


def test_sentences_and_clauses_keep_their_marks_and_leave_numbers_whole() -> None:
    text = "培训1,312人次，合格率98.5%；编写教材2册。"

    assert sentences(text) == ("培训1,312人次，合格率98.5%；", "编写教材2册。")
    assert clauses(text) == ("培训1,312人次，", "合格率98.5%；", "编写教材2册。")


def test_titles_are_read_across_a_line_end() -> None:
    assert titles("形成《产业分析\n报告》和《名录》") == ("产业分析报告", "名录")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("1.培训；2.教材", ["1.", "2."]),
        ("1、培训；2、教材", ["1、", "2、"]),
        ("（一）培训；（二）教材", ["（一）", "（二）"]),
        ("(1)培训;(2)教材", ["(1)", "(2)"]),
        ("①培训②教材", ["①", "②"]),
        ("一是培训，二是教材", ["一是", "二是"]),
        ("第一，培训；第二，教材", ["第一，", "第二，"]),
        ("一、培训\n二、教材", ["一、", "二、"]),
        ("目标1：培训；目标2：教材", ["目标1：", "目标2："]),
        ("1.维修校舍；2.5所学校受益；3.验收", ["1.", "2.", "3."]),
        ("全年培训1.5万人次，2022.11月竣工，财预〔2020〕10号", []),
        ("一、二、三级指标均有数据", []),
        ("依据（2020）10号文，第（1）期", []),
    ],
)
def test_list_marks_of_every_kind_are_found_and_numbers_are_none(text: str, marks: list[str]) -> None:
    assert [item.mark for item in items(text)] == marks


def test_a_nested_list_yields_its_innermost_items() -> None:
    text = "1.培训\n①办班6期\n②考核312人\n2.教材\n①编写2册\n②印制600本"

    assert [item.text for item in leaves(text)] == ["办班6期", "考核312人", "编写2册", "印制600本"]
    assert broken_order(text) is None


def test_a_goal_without_marks_is_divided_at_its_sentences() -> None:
    assert parts("举办培训班6期；编写教材2册。") == ("举办培训班6期；", "编写教材2册。")


def test_mixed_and_broken_marks_are_told() -> None:
    assert mixed_styles("1.培训；2、教材；3.基地") == ("1.", "1、")
    broken = broken_order("1.培训；2.教材；4.基地")
    assert broken is not None
    assert (broken[0].number, broken[1] and broken[1].number) == (4, 2)


def test_likeness_is_the_share_of_common_pairs() -> None:
    # 开展 展培 培训 against 开展 展训 训练: one pair of three on either side is common, 2·1 / 6 = 33 %
    assert likeness("开展培训", "开展训练") == 33
    assert likeness("开展培训", "开展，培训。") == 100
    assert likeness("", "") == 0
    # 编写 写教 教材: two of the three pairs are in the whole
    assert contained("编写教材", "编写了教材") == 66


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("设备尚未验收", "尚未验收"),
        ("两期没有举办", "没有举办"),
        ("仅完成一期", "仅完成"),
        ("没有未完成的事项", ""),
        ("不存在未完成情况", ""),
        ("未完成的绩效目标（无）", ""),
        ("如未完成则扣款", ""),
        ("上年未完成的2处已全部完成", ""),
        ("原未完成部分现已补齐", ""),
        ("形成《未完成事项清单》1份", ""),
        ("以未成年人为服务对象", ""),
        ("未接到投诉", ""),
    ],
)
def test_undone_is_a_matter_of_polarity(text: str, words: str) -> None:
    assert undone(text) == words


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("各项绩效指标均已完成", True),
        ("圆满完成了年度各项目标任务", True),
        ("圆满完成采样任务", False),
        ("除培训外，各项指标均已完成", False),
        ("为全面完成年度目标，成立专班", False),
        ("基本完成各项年度任务", False),
        ("各项指标均已完成，但平台尚未验收", False),
    ],
)
def test_all_done_is_a_claim_about_everything(text: str, claims: bool) -> None:
    assert bool(all_done(text)) is claims


def test_none_undone_reads_the_printed_heading() -> None:
    assert none_undone("未完成的绩效目标（无）") == "未完成的绩效目标（无"
    assert none_undone("未完成的绩效目标：培训人次") == ""


def test_a_reason_is_taken_apart() -> None:
    told = analyse("因讲师调离，第二期停办。培训科拟于2023年3月底前补训20人。", 2022)

    assert told.causes == ("因讲师调离，", "第二期停办。")
    assert told.measures == ("培训科拟于2023年3月底前补训20人。",)
    assert told.is_dated
    assert not told.is_hollow


def test_an_empty_phrase_leaves_no_substance() -> None:
    told = analyse("由于客观原因，未能完成，下一步加强管理。")

    assert told.substance == ""
    assert told.is_hollow


def test_personal_data_are_found_by_their_form_and_check_digit() -> None:
    # 11010519491231002X is the worked example of GB 11643-1999; with 3 in the last place the check digit is wrong.
    assert [part.kind for part in private_parts("身份证号11010519491231002X")] == ["身份证号"]
    assert private_parts("编号110105194912310023") == ()
    assert masked("电话13912345678。", private_parts("电话13912345678。")) == "电话139******78。"
    assert private_parts("预算1380000.00元，合同202211300001号") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("涉密机房", ("涉密",)),
        ("非涉密机房", ()),
        ("计算机密码、飞机密封件", ()),
        ("机密级网络", ("机密",)),
        ("内部控制", ()),
    ],
)
def test_secrecy_words_in_their_context(text: str, words: tuple[str, ...]) -> None:
    assert secrecy_words(text) == words


@pytest.mark.parametrize(
    ("text", "cured"),
    [
        ("培训6期,编写2册；印制600本", "培训6期，编写2册；印制600本"),
        ("培训（6期)，编写2册", "培训（6期），编写2册"),
        ("（一）培训(含线上)。", "（一）培训（含线上）。"),
        ("培训1,312人次，9:30开馆", "培训1,312人次，9:30开馆"),
        ("培训6期,编写2册", "培训6期,编写2册"),
    ],
)
def test_half_width_marks_are_widened_only_where_both_widths_are_used(text: str, cured: str) -> None:
    assert widened(text) == cured


@given(PROSE)
def test_a_cure_changes_no_digit_and_settles(text: str) -> None:
    cured = widened(text)

    assert [letter for letter in cured if letter.isdigit()] == [letter for letter in text if letter.isdigit()]
    assert len(cured) == len(text)
    assert misprints(cured) == ()


@given(PROSE)
def test_correcting_spelling_changes_no_digit(text: str) -> None:
    corrected, pairs = respelled(text)

    assert [letter for letter in corrected if letter.isdigit()] == [
        letter for letter in text if letter.isdigit()
    ]
    assert bool(pairs) is (corrected != text)


@given(PROSE, PROSE)
def test_likeness_is_a_share_and_symmetric(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 100
    assert likeness(one, one) == (100 if len(squeeze(one)) >= 2 else 0)


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    for tool in (
        sentences,
        clauses,
        titles,
        items,
        leaves,
        parts,
        undone,
        all_done,
        analyse,
        private_parts,
        secrecy_words,
    ):
        tool(text)


def test_coverage_names_the_answer_and_the_rows_of_every_goal_item() -> None:
    expected = "①走访园区企业；②召开供需对接会；③编制产业规划。"
    actual = "①走访园区企业36家；②召开对接会5次。"

    first, second, third = coverage(
        expected, actual, ("走访园区企业数量", "产业规划编制完成率", "学员满意度")
    )

    assert (first.answer, second.answer, third.answer) == (0, 1, None)
    assert (first.rows, second.rows, third.rows) == ((0,), (), (1,))
    assert [each.is_answered for each in (first, second, third)] == [True, True, False]


def test_answers_in_another_order_are_noticed() -> None:
    expected = "①走访园区企业；②召开供需对接会；③编制产业规划。"

    assert is_out_of_order(coverage(expected, "①召开对接会5次；②走访园区企业36家；③编制产业规划1部。"))
    assert not is_out_of_order(coverage(expected, "①走访园区企业36家；②召开对接会5次；③编制产业规划1部。"))
