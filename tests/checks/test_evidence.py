"""V: what a reviewer would ask to see."""

from __future__ import annotations

from assistant.domain.findings import Severity
from tests.checks.words import findings

OPINION = "一级 满意度指标｜二级 服务对象满意度指标｜三级 学员满意度｜指标值 ≥85%｜完成值 93%"


def test_every_row_of_words_and_every_benefit_is_asked_for_evidence() -> None:
    form = (
        "三级 服务质量｜指标值 优良中低差｜完成值 优 ‖ 一级 效益指标｜二级 社会效益指标｜三级 采纳建议｜指标值 ≥2次｜完成值 2次"
        " ‖ 指标值 ≥10场｜完成值 10场"
    )

    assert [found.path for found in findings("V01", form)] == [
        "indicators[0].evidence",
        "indicators[1].evidence",
    ]


def test_a_row_not_yet_filled_in_is_not_asked() -> None:
    assert findings("V01", "三级 服务质量｜指标值 优良中低差") == []
    assert findings("V02", "一级 满意度指标｜三级 学员满意度｜指标值 ≥85%") == []


def test_what_the_survey_lacks_is_named() -> None:
    (found,) = findings("V02", f"{OPINION}｜佐证 2022年12月问卷")

    assert found.severity is Severity.WARNING
    assert found.message == "第1行“学员满意度”完成值“93%”没有写样本量。"


def test_a_missing_date_alone_is_a_hint() -> None:
    (found,) = findings("V02", f"{OPINION}｜佐证 发放问卷120份，收回118份")

    assert found.severity is Severity.HINT


def test_the_survey_may_be_told_in_the_goal_text() -> None:
    form = f"{OPINION} ‖ 完成情况 2022年12月发放问卷120份，收回118份，满意率93%。"

    assert findings("V02", form) == []


def test_no_complaints_are_no_survey() -> None:
    (found,) = findings("V02", f"{OPINION}｜佐证 全年12315平台未收到投诉")

    assert "以没有投诉代替满意度调查" in found.message


def test_a_small_sample_is_counted() -> None:
    (found,) = findings("V03", f"{OPINION}｜佐证 12月电话访谈12户")

    assert found.data["sample"] == "12"
    assert findings("V03", f"{OPINION}｜佐证 12月电话访谈30户") == []
