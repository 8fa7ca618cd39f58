"""The template's words: seven sections, best and worst rows, causes and measures only as told, else 【待补充：…】."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.domain.case import Case, FundRow, Goal, Indicator, Note, Person
from assistant.reporting.compose import self_report
from assistant.reporting.document import SelfReport, chinese, numbered
from assistant.reporting.plain import plain_text
from assistant.reporting.told import told_of
from tests.reporting.test_numbers import subject
from tests.season.forms import small

GOLDEN = Path(__file__).parents[1] / "data" / "report" / "demo.txt"
DEMO = Path(__file__).parents[2] / "config" / "samples" / "demo.ziping.json"


def row(name: str, target: str, actual: str, weight: str, score: str, reason: str = "") -> Indicator:
    return Indicator(
        level1="产出指标",
        level2="数量指标",
        level3=name,
        target=target,
        actual=actual,
        weight=weight,
        score=score,
        reason=reason,
    )


def form(*rows: Indicator, notes: tuple[Note, ...] = (), people: tuple[Person, ...] = ()) -> Case:
    return Case(
        year=2024,
        project="河道管护",
        department="水利局",
        unit="水务站",
        people=people,
        funds=(FundRow(label="年度资金总额", budget="100", executed="95", weight="10", score="9.5"),),
        goals=(Goal(expected="管护全县河道。"),),
        indicators=rows,
        notes=notes,
    )


def text_of(report: SelfReport, key: str) -> str:
    return next(one.text for one in report.passages if one.key == key)


def test_the_sample_s_report_reads_as_it_was_agreed() -> None:
    """Compare with tests/data/report/demo.txt; read every change of it before taking it over."""
    case = Case.model_validate(json.loads(DEMO.read_text("utf-8")))
    assert plain_text(self_report(subject(case)), 78) + "\n" == GOLDEN.read_text("utf-8")


def test_a_report_has_the_seven_sections_in_their_order() -> None:
    headings = [heading for heading, _ in numbered(self_report(subject(small("巡查"))).sections)]
    assert headings == [
        "一、项目概况",
        "二、自评组织开展情况",
        "三、预算执行情况",
        "四、绩效指标完成情况",
        "五、存在的问题",
        "六、改进措施",
        "七、下一步安排",
    ]


def test_undone_and_worst_rows_are_named_with_target_result_and_points() -> None:
    text = text_of(
        self_report(
            subject(
                form(
                    row("巡查次数", "≥12次", "9次", "20", "15"),
                    row("清淤长度", "≥5公里", "5公里", "70", "70"),
                )
            )
        ),
        "indicators",
    )
    assert "共设绩效指标2项，完成1项，未完成1项。" in text
    assert "完成较好的指标：\n清淤长度：指标值为≥5公里，实际" in text
    assert "巡查次数扣5分，分值20分，自评得分15分（指标值为≥12次，实际完成9次）。" in text
    assert "未完成的指标：\n巡查次数：指标值为≥12次，实际完成9次。" in text


def test_cause_measure_and_plan_come_from_the_reason_and_are_parted() -> None:
    reason = "原因是汛期延长，三次巡查推迟。下一步：由工程股于3月底前补齐巡查。2025年按月排定巡查计划。"
    report = self_report(subject(form(row("巡查次数", "≥12次", "9次", "20", "15", reason))))
    assert "汛期延长，三次巡查推迟。" in text_of(report, "problems")
    assert text_of(report, "measures") == "巡查次数：由工程股于3月底前补齐巡查。"
    assert text_of(report, "plans") == "2025年按月排定巡查计划。"


def test_what_nobody_told_is_left_open_and_never_made_up() -> None:
    report = self_report(subject(form(row("巡查次数", "≥12次", "9次", "20", "15"))))
    assert "【待补充：“巡查次数”的具体原因】" in text_of(report, "problems")
    assert text_of(report, "measures") == "【待补充：“巡查次数”的改进措施，写明责任部门、时限和做法】。"
    assert text_of(report, "plans").startswith("【待补充：")
    assert "【待补充：自评由哪个部门牵头" in text_of(report, "organisation")


def test_an_empty_word_in_the_reason_cell_is_no_cause() -> None:
    for empty in ("无", "暂无", "/", "—", ""):
        assert (
            told_of(form(row("巡查次数", "≥12次", "9次", "20", "15", empty)), "indicators[0].reason").cause
            == ""
        )


def test_an_answer_to_a_question_counts_as_told() -> None:
    note = Note(path="indicators[0].reason", question="为什么没有达到指标值？", text="采购推迟到8月")
    report = self_report(subject(form(row("巡查次数", "≥12次", "9次", "20", "15"), notes=(note,))))
    assert "采购推迟到8月。" in text_of(report, "problems")


def test_an_empty_form_makes_a_report_of_open_places() -> None:
    report = self_report(subject(Case()))
    assert "【待补充：项目名称】" in text_of(report, "overview")
    assert text_of(report, "execution") == "【待补充：全年预算数和全年执行数】。"
    assert text_of(report, "indicators") == "【待补充：绩效指标及完成情况】。"


def test_a_public_report_names_no_person_no_telephone_and_no_finding() -> None:
    people = (Person(role="项目负责人", name="王小明", phone="13800138000"),)
    case = form(row("巡查次数", "≥12次", "9次", "20", "20", "王小明（13800138000）正在补办"), people=people)
    own, public = (plain_text(self_report(subject(case, public=public))) for public in (False, True))
    assert "王小明" in own
    assert "处错误没有改正" in own
    for hidden in ("王小明", "13800138000", "处错误没有改正"):
        assert hidden not in public


def test_a_number_in_a_project_s_name_is_a_name_and_nothing_to_prove() -> None:
    report = self_report(subject(small("003号桥维修"), small("K0+500段整治")))
    assert [one.unsupported for one in report.passages if one.unsupported] == []


def test_projects_without_problems_take_no_room_in_a_folder_s_report() -> None:
    good = form(row("清淤长度", "≥5公里", "5公里", "90", "90")).model_copy(update={"project": "清淤"})
    report = self_report(subject(form(row("巡查次数", "≥12次", "9次", "20", "15")), good))
    keys = [one.key for one in report.passages if one.key.startswith("measures")]
    assert keys == ["measures[0]"]


def test_headings_count_in_chinese() -> None:
    assert [chinese(number) for number in (1, 10, 12, 20, 35)] == ["一", "十", "十二", "二十", "三十五"]
    assert [chinese(number) for number in (100, 101, 110, 748)] == [
        "一百",
        "一百零一",
        "一百一十",
        "七百四十八",
    ]
