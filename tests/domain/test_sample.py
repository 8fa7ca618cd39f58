"""The shipped sample: its figures are those of the published form (北京 2022), nobody is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from assistant.domain.case_json import loads
from assistant.resources import shipped

SAMPLE = loads((Path(str(shipped("config"))) / "samples" / "demo.ziping.json").read_text(encoding="utf-8"))


def test_the_figures_add_up_as_printed() -> None:
    weights = [Decimal(row.weight) for row in SAMPLE.indicators]
    scores = [Decimal(row.score) for row in SAMPLE.indicators]
    assert len(weights) == 18
    # 产出 2+1+1+1+2+2+2+2+2 + 5+5+5 + 5+5 + 10 = 50, 效益 15+15 = 30, 满意度 10
    assert (sum(weights[:15]), sum(weights[15:17]), weights[17]) == (50, 30, 10)
    assert sum(weights) == 90
    assert sum(scores) == 89
    assert sum(scores) + Decimal(SAMPLE.funds[0].score) == Decimal(SAMPLE.total) == Decimal("95.19")
    assert SAMPLE.total_weight == "100"


def test_the_money_is_as_printed() -> None:
    total = SAMPLE.funds[0]
    assert (total.initial, total.budget, total.executed) == ("112.511000", "112.511000", "69.655900")
    assert (total.weight, total.rate, total.score) == ("10", "61.91%", "6.19")
    assert [row.label for row in SAMPLE.funds] == [
        "年度资金总额",
        "其中:当年财政拨款",
        "上年结转资金",
        "其他资金",
    ]


def test_cells_are_as_printed() -> None:
    pairs = [(row.target, row.actual) for row in SAMPLE.indicators]
    assert pairs[:4] == [("≥3个", "3个"), ("≥3次", "5次"), ("≥120家", "121家"), ("≥30项", "31项")]
    assert pairs[12] == ("≤11月", "2022.11月完成")
    assert pairs[14] == ("≤112.511万元", "全年执行数69.6559万元")
    assert pairs[16:] == [("优良中低差", "优，达成年度指标"), ("≥85%", "93%")]


def test_the_goals_hold_the_facts_in_two_groups() -> None:
    (goal,) = SAMPLE.goals
    for text in (goal.expected, goal.actual):
        assert [text.count(mark) for mark in "①②③④"] == [2, 2, 2, 2]
    for fact in ("121家", "1部", "《关于中美科研环境重点要素的分析报告》", "《知识产权管理和战略研究分析报告》",
                 "《网络空间安全领域专利分析报告》", "《战略科技成果转化政策和措施研究报告》"):  # fmt: skip
        assert fact in goal.actual


def test_nobody_is_named() -> None:
    assert [(person.name, person.phone) for person in SAMPLE.people] == [("×××", "***")]
    assert (SAMPLE.profile, SAMPLE.year, SAMPLE.money_unit) == ("beijing-2022", 2022, "万元")
