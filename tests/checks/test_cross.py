"""X: what the form itself quotes of other documents."""

from __future__ import annotations

from assistant.checks.engine import all_checks
from assistant.domain.findings import Severity
from tests.checks.words import findings


def test_only_what_the_form_alone_can_decide_is_checked() -> None:
    assert [code for code in all_checks() if code[0] == "X"] == ["X03", "X04"]


def test_a_quoted_total_is_compared_as_a_number() -> None:
    assert findings("X03", "总分 95.00｜完成情况 走访36家，自评得分95分。") == []
    (found,) = findings("X03", "总分 95.19｜完成情况 走访36家，自评总得分为98分。")
    assert found.severity is Severity.ERROR
    assert "表上的总分是95.19分" in found.message


def test_other_scores_in_the_text_are_not_the_total() -> None:
    for text in ("学员考试得分98分", "分值98分", "单项得分10分", "满意度测评得分98分"):
        assert findings("X03", f"总分 95.19｜完成情况 走访36家，{text}。") == []


def test_a_form_without_a_total_is_not_compared() -> None:
    assert findings("X03", "完成情况 走访36家，自评得分98分。") == []


def test_the_body_that_speaks_must_be_the_one_that_fills_in_the_form() -> None:
    (found,) = findings("X04", "单位 某市水利局｜部门 某市水利局｜完成情况 我校维修教室3间。")

    assert "“我校”" in found.message
    for unit in ("某市第三中学", "某职业技术学院附属学校"):
        assert findings("X04", f"单位 {unit}｜部门 某市教育局｜完成情况 我校维修教室3间。") == []
    assert findings("X04", "单位 某市水利局｜完成情况 基本所有村通水，资本金到位。") == []
