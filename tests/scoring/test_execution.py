"""预算执行率: the published example, then blanks, zero budgets, rates above 100 % and every way of rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.domain.amounts import Rounding
from assistant.domain.case import Case, FundRow
from assistant.domain.profile import Rounds
from assistant.domain.scores import Status
from assistant.scoring.engine import score_case


def line(profile, **cells):
    weights = {"weight": "10", **cells}
    case = Case(funds=(FundRow(label="年度资金总额", **weights),))
    found = score_case(case, profile).line("funds.total")
    assert found is not None
    return found


def test_the_published_example(central):
    found = line(central, budget="112.511000", executed="69.655900", score="6.19", rate="61.91%")

    assert found.computed == Decimal("6.19")
    assert found.rate == "61.91%"
    assert found.status is Status.AGREES
    assert found.working == ("69.6559 ÷ 112.511 = 61.91%", "10 × 61.91% = 6.19")


@pytest.mark.parametrize(
    ("budget", "executed", "weight", "expected"),
    [
        ("65.66", "65.07", "10", "9.91"),  # 99.1014 %
        ("250000.00", "215,457.6", "10", "8.62"),  # 86.183 %
        ("278.4449", "30.00", "20", "2.15"),  # 2.15482
        ("800万元", "800万元", "20", "20.00"),
        ("7.29", "72900元", "10", "10.00"),
        ("100", "0", "10", "0.00"),
        ("100", "-5", "10", "0.00"),
        ("100", "130", "10", "10.00"),
    ],
)
def test_weight_times_rate_capped_at_the_weight(central, budget, executed, weight, expected):
    assert str(line(central, budget=budget, executed=executed, weight=weight).computed) == expected


def test_a_rate_above_100_percent_is_capped_and_said(central):
    found = line(central, budget="100", executed="130")
    assert found.rate == "130.00%"
    assert any("超过 100%" in note for note in found.notes)


def test_the_working_can_be_followed_by_hand_where_the_printed_rate_would_mislead(central):
    # 61.9499 % prints as 61.95 %, and 10 × 61.95 % would be 6.20; unrounded it is 6.19.
    found = line(central, budget="100", executed="61.9499")
    assert found.computed == Decimal("6.19")
    assert found.working[1] == "10 × 61.9499%（执行率未舍入） = 6.19"


def test_a_place_may_round_the_rate_first(central):
    early = central.model_copy(update={"rounding": Rounds(rate_first=True)})
    found = line(early, budget="100", executed="61.9499", score="6.19")
    assert found.computed == Decimal("6.20")
    assert found.status is Status.AGREES  # one cent is within the tolerance


def test_a_place_may_cut_instead_of_round(central):
    cutting = central.model_copy(update={"rounding": Rounds(score_mode=Rounding.TRUNCATE)})
    assert line(cutting, budget="3", executed="2").computed == Decimal("6.66")
    assert line(central, budget="3", executed="2").computed == Decimal("6.67")


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"budget": "0", "executed": "0", "score": "0"}, Status.UNKNOWN),
        ({"budget": "0", "executed": "207.4538", "score": "10"}, Status.UNKNOWN),
        ({"budget": "", "executed": "5", "score": "10"}, Status.UNKNOWN),
        ({"budget": "5", "executed": ""}, Status.MISSING),
        ({"budget": "5", "executed": "待定", "score": "10"}, Status.UNKNOWN),
        ({"budget": "5", "executed": "", "score": "10.5"}, Status.OUT_OF_RANGE),
    ],
)
def test_blank_is_unknown_and_never_zero(central, cells, status):
    found = line(central, **cells)
    assert (found.computed, found.low, found.high) == (None, Decimal("0.00"), Decimal("10.00"))
    assert found.status is status


@pytest.mark.parametrize(
    ("budget", "executed", "said"),
    [
        ("", "5", "全年预算数未填，暂不计分"),
        ("5", "", "全年执行数未填，暂不计分"),
        ("", "", "全年预算数、全年执行数未填，暂不计分"),
        ("5", "待定", "全年执行数不是金额，暂不计分"),
        ("0", "0", "全年预算数为 0，执行率没有意义，请核对金额"),
        ("-5", "1", "全年预算数为负数，执行率没有意义，请核对金额"),
    ],
)
def test_the_rule_says_what_is_missing(central, budget, executed, said):
    assert line(central, budget=budget, executed=executed).rule == said


@pytest.mark.parametrize("executed", ["0", "50", "100"])
def test_an_ordinary_rate_needs_no_remark(central, executed):
    found = line(central, budget="100", executed=executed)
    assert found.notes == ()
    assert found.working[1] == f"10 × {executed}.00% = {found.computed}"


def test_bands_take_the_place_of_the_proportion():
    from assistant.catalogue.profiles import load_profile

    by_bands = load_profile("central-2021")
    earned = [
        line(by_bands, budget="1000", executed=x).computed
        for x in ("1000", "999", "800", "799", "600", "599", "0")
    ]
    assert [str(points) for points in earned] == ["10.00", "7.00", "7.00", "5.00", "5.00", "0.00", "0.00"]


def test_a_missing_weight_is_the_profiles_where_the_form_leaves_room(central, form):
    case = form(("≥1个", "1个", "90", "90"))
    bare = case.model_copy(update={"funds": (case.funds[0].model_copy(update={"weight": ""}),)})
    assert score_case(bare, central).rows[0].weight == 10


@pytest.mark.parametrize("rows", [[("≥1个", "1个", "100", "100")], [("≥1个", "1个", "", "")]])
def test_a_missing_weight_stays_unknown_where_the_form_has_no_room_or_no_weights(central, form, rows):
    case = form(*rows)
    bare = case.model_copy(update={"funds": (case.funds[0].model_copy(update={"weight": ""}),)})
    found = score_case(bare, central).rows[0]
    assert (found.weight, found.computed, found.status) == (None, None, Status.UNKNOWN)
    assert found.rate == "100.00%"


@pytest.mark.parametrize(("name", "weight"), [("预算执行率", None), ("资金执行率", None), ("政策执行率", 10)])
def test_a_rate_that_stands_among_the_indicators_is_not_weighed_again(central, form, name, weight):
    case = form(("100%", "100%", "10", "10"))
    named = case.indicators[0].model_copy(update={"level3": name})
    bare = case.funds[0].model_copy(update={"weight": ""})
    sheet = score_case(case.model_copy(update={"funds": (bare,), "indicators": (named,)}), central)
    assert sheet.rows[0].weight == weight


@pytest.mark.parametrize(
    ("executed", "verdict"),
    [("99.99", "short"), ("100", "met"), ("101", "met"), ("", "undecided"), ("待定", "unknown")],
)
def test_the_verdict_of_a_rate(central, executed, verdict):
    assert line(central, budget="100", executed=executed).verdict.value == verdict


def test_only_the_total_row_is_scored(central):
    rows = (
        FundRow(label="其中:本年财政拨款", budget="10", executed="1", weight="10"),
        FundRow(label="年度资金总额:", budget="30", executed="30", weight="10"),
    )
    sheet = score_case(Case(funds=rows), central)
    assert [(found.path, found.computed) for found in sheet.rows] == [("funds.total", Decimal("10.00"))]


def test_a_form_without_a_money_block_has_no_such_line(central):
    assert score_case(Case(), central).rows == ()
