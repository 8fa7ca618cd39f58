"""Last year's form and the goal sheet as the beginning of this year's."""

from __future__ import annotations

from assistant.domain.case import Case, Doubt, FundRow, Goal, Indicator
from assistant.exchange.skeleton import skeleton, target_differences

FORM = Case(
    year=2022,
    project="水质监测",
    unit="某站",
    funds=(FundRow(label="年度资金总额", initial="20", budget="30", executed="29", weight="10", rate="96.67%", score="9.67"), FundRow(label="其他资金", score="-")),
    goals=(Goal(expected="监测 12 次", actual="监测了 12 次"),),
    indicators=(
        Indicator(level1="产出指标", level2="数量指标", level3="监测次数", target="≥12次", actual="12次", weight="50", score="50", evidence="台账"),
        Indicator(level1="效益指标", level2="社会效益指标", level3="公众知晓率", target="≥80%", actual="78%", weight="30", score="29.25", reason="宣传不够"),
    ),
    total_weight="100",
    total="98.92",
    grade="优",
    doubts=(Doubt(path="indicators[0].actual", raw="12次", why="x"), Doubt(path="indicators[0].target", raw="≥12次", why="y")),
)  # fmt: skip


def test_the_skeleton_keeps_the_plan_and_drops_what_came_of_it() -> None:
    plan = skeleton(FORM)
    assert (plan.year, plan.project, plan.unit, plan.total_weight) == (2022, "水质监测", "某站", "100")
    assert plan.funds[0] == FundRow(label="年度资金总额", initial="20", budget="30", weight="10")
    assert plan.funds[1].score == "-"
    assert plan.goals == (Goal(expected="监测 12 次"),)
    assert [(row.level3, row.target, row.weight) for row in plan.indicators] == [
        ("监测次数", "≥12次", "50"),
        ("公众知晓率", "≥80%", "30"),
    ]
    assert all(not (row.actual or row.score or row.reason or row.evidence) for row in plan.indicators)
    assert (plan.total, plan.grade) == ("", "")
    assert [doubt.path for doubt in plan.doubts] == ["indicators[0].target"]


def test_next_years_skeleton_has_no_money_and_the_next_year() -> None:
    plan = skeleton(FORM, next_year=True)
    assert plan.year == 2023
    assert plan.funds[0] == FundRow(label="年度资金总额", weight="10")


def test_the_skeleton_of_a_skeleton_is_itself() -> None:
    assert skeleton(skeleton(FORM)) == skeleton(FORM)


def test_documents_that_plan_the_same_do_not_differ() -> None:
    assert target_differences(FORM, skeleton(FORM)) == ()


def test_changed_added_and_removed_targets_are_listed() -> None:
    old, gone = FORM.indicators
    new = Indicator(level1="效益指标", level2="生态效益指标", level3="断面达标率", target="100%")
    changed = old.model_copy(update={"target": "≥10次", "weight": "40", "level3": "监测 次数"})
    other = FORM.model_copy(update={"indicators": (new, changed), "goals": (Goal(expected="监测 10 次"),)})
    found = [(one.path, one.what, one.cell, one.before, one.after) for one in target_differences(FORM, other)]
    assert found == [
        ("goals[0].expected", "changed", "expected", "监测 12 次", "监测 10 次"),
        ("indicators[0]", "added", "", "", "100%"),
        ("indicators[1].target", "changed", "target", "≥12次", "≥10次"),
        ("indicators[1].weight", "changed", "weight", "50", "40"),
        ("indicators[1]", "removed", "", gone.target, ""),
    ]


def test_two_rows_of_one_name_are_matched_by_their_kind() -> None:
    rows = tuple(
        Indicator(level2=kind, level3="完成率", target=target)
        for kind, target in (("数量指标", "90%"), ("质量指标", "95%"))
    )
    first = Case(indicators=rows)
    second = Case(indicators=(rows[1], rows[0].model_copy(update={"target": "92%"})))
    assert [(one.path, one.before, one.after) for one in target_differences(first, second)] == [
        ("indicators[1].target", "90%", "92%")
    ]
