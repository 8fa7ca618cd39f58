"""One row: every kind of value at the boundary, just below and just above, under each rule a place may choose."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.profile import Band, LateRule, OverTarget, OverTargetAction, ReverseFormula
from assistant.domain.value import Verdict


def shown(points):
    """(computed, low, high) as printed."""
    return tuple(
        None if amount is None else str(amount) for amount in (points.computed, points.low, points.high)
    )


@pytest.mark.parametrize(
    ("target", "actual", "weight", "expected"),
    [
        # at least: 9.9 ÷ 10 × 10 = 9.90; 203 ÷ 214 × 2 = 1.8972
        ("≥10个", "9.9个", "10", "9.90"),
        ("≥10个", "10个", "10", "10.00"),
        ("≥10个", "10.1个", "10", "10.00"),
        ("214人", "203人", "2", "1.90"),
        ("≥95%", "94.60%", "10", "9.96"),  # 9.9578…
        ("≥112.511万元", "696559元", "10", "6.19"),  # 69.6559 ÷ 112.511
        # equal: above is full as well, below in proportion
        ("=100%", "99%", "10", "9.90"),
        ("=100%", "100%", "10", "10.00"),
        ("=20场", "21场", "10", "10.00"),
        # nothing to come, nothing came
        ("0起", "0起", "5", "5.00"),
        ("0起", "1起", "5", "0.00"),
        ("≤0次", "0次", "5", "5.00"),
        ("≤0次", "2次", "5", "0.00"),
        # a ceiling kept
        ("≤160万元", "159万元", "15", "15.00"),
        ("≤160万元", "160万元", "15", "15.00"),
        # within a range: 89 ÷ 90 × 10 = 9.888…
        ("90%-95%", "90%", "10", "10.00"),
        ("90%-95%", "95%", "10", "10.00"),
        ("90%-95%", "89%", "10", "9.89"),
        # in time
        ("≤11月", "2022.11月完成", "5", "5.00"),
        ("2022年11月30日前", "2022年11月29日", "5", "5.00"),
        ("2022年11月30日前", "2022年11月30日", "5", "5.00"),
        # yes or no
        ("是", "是", "5", "5.00"),
        ("是", "否", "5", "0.00"),
        # a negative result counts as nothing
        ("≥10个", "-3个", "10", "0.00"),
        ("≥3个", "2个", "0", "0.00"),
    ],
)
def test_a_rule_decides(scored, target, actual, weight, expected):
    assert shown(scored(target, actual, weight)) == (expected, expected, expected)


@pytest.mark.parametrize(
    ("actual", "low", "high", "high_included"),
    [
        ("优，达成年度指标", "8.00", "10.00", True),
        ("达成预期指标", "8.00", "10.00", True),
        ("部分达成年度指标并具有一定效果", "6.00", "8.00", False),
        ("未达成年度指标且效果较差", "0.00", "6.00", False),
    ],
)
def test_a_qualitative_row_is_bounded_by_its_tier_and_never_scored(scored, actual, low, high, high_included):
    points = scored("优良中低差", actual, "10")

    assert shown(points) == (None, low, high)
    assert points.high_included is high_included
    assert points.tier_label in points.working[0]


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("≥3个", "", Verdict.UNDECIDED),
        ("", "3个", Verdict.UNDECIDED),
        ("效果明显", "效果较为明显", Verdict.UNDECIDED),
        ("≥3个", "建设中", Verdict.UNDECIDED),
        ("≥3公里", "3个", Verdict.UNDECIDED),
        ("≤-5%", "3%", Verdict.OVER),  # no share of a negative target
        ("M.8万元", "14.8万元", Verdict.UNKNOWN),
    ],
)
def test_what_no_rule_decides_stays_open_from_nothing_to_the_weight(scored, target, actual, verdict):
    points = scored(target, actual, "7.5")

    assert shown(points) == (None, "0.00", "7.50")
    assert points.comparison.verdict is verdict
    assert points.understood is (actual != "" and verdict is not Verdict.UNKNOWN)


def test_without_a_weight_the_comparison_still_holds(scored):
    points = scored("≥3个", "5次", None)

    assert shown(points) == (None, None, None)
    assert points.comparison.verdict is Verdict.MET


class TestExceededCeiling:
    def test_ratio(self, scored):
        # 15 × 160 ÷ 386 = 6.2176…
        points = scored("≤160万元", "386万元", "15", reverse_formula=ReverseFormula.RATIO)
        assert shown(points) == ("6.22", "6.22", "6.22")
        assert points.working == ("15 × 160 ÷ 386 = 6.22",)

    def test_linear(self, scored):
        # 10 × (1 - (5830 - 5300) ÷ 5300) = 9
        points = scored("<=5300元/户", "5830元/户", "10", reverse_formula=ReverseFormula.LINEAR)
        assert shown(points) == ("9.00", "9.00", "9.00")
        assert points.working == ("10 × (1 - (5830 - 5300) ÷ 5300) = 9.00",)

    def test_unspecified_is_bounded_by_both(self, scored):
        # ratio: 10 × 5300 ÷ 5830 = 9.0909…
        points = scored("<=5300元/户", "5830元/户", "10")
        assert shown(points) == (None, "9.00", "9.09")
        assert len(points.working) == 2

    def test_units_are_brought_together_in_the_working(self, scored):
        points = scored("≤1万元", "12500元", "10", reverse_formula=ReverseFormula.RATIO)
        assert points.working == ("10 × 1 ÷ 1.25 = 8.00",)  # 12500元 = 1.25万元, the target's unit

    def test_days_against_hours_are_worked_out_in_hours(self, scored):
        points = scored("≤24小时", "1.5天", "10", reverse_formula=ReverseFormula.RATIO)  # 1.5 × 24 = 36
        assert points.working == ("10 × 24 ÷ 36 = 6.67",)

    def test_above_a_range_a_person_judges(self, scored):
        assert shown(scored("90%-95%", "96%", "10")) == (None, "0.00", "10.00")


class TestLate:
    def test_without_a_rule_a_person_judges(self, scored):
        assert shown(scored("2022年11月30日前", "2022年12月1日", "5")) == (None, "0.00", "5.00")

    def test_zero(self, scored):
        points = scored("2022年11月30日前", "2022年12月1日", "5", late=LateRule.ZERO)
        assert shown(points) == ("0.00", "0.00", "0.00")


class TestFarAboveTheTarget:
    @staticmethod
    def rule(action, points="0", ratio="1.3"):
        return OverTarget(ratio=Decimal(ratio), action=action, points=Decimal(points))

    @pytest.mark.parametrize(
        "action", [OverTargetAction.NONE, OverTargetAction.HINT, OverTargetAction.REQUIRE_REASON]
    )
    def test_full_points_where_nothing_is_deducted(self, scored, action):
        assert shown(scored("≥100个", "200个", "8", over_target=self.rule(action)))[0] == "8.00"

    def test_without_a_limit_nothing_is_far_above(self, scored):
        rule = OverTarget(ratio=None, action=OverTargetAction.DEDUCT, points=Decimal(2))
        assert shown(scored("≥100个", "900个", "8", over_target=rule))[0] == "8.00"

    @pytest.mark.parametrize(("actual", "said"), [("129个", False), ("130个", True), ("131个", True)])
    def test_the_remark_starts_at_the_limit(self, scored, actual, said):
        points = scored("≥100个", actual, "8", over_target=self.rule(OverTargetAction.HINT))
        assert any("130%" in note for note in points.notes) is said

    @pytest.mark.parametrize(
        ("actual", "expected"), [("129个", "8.00"), ("130个", "6.00"), ("900个", "6.00")]
    )
    def test_points_are_deducted_from_the_limit_on(self, scored, actual, expected):
        rule = self.rule(OverTargetAction.DEDUCT, "2")
        assert shown(scored("≥100个", actual, "8", over_target=rule))[0] == expected

    def test_a_deduction_never_goes_below_nothing(self, scored):
        rule = self.rule(OverTargetAction.DEDUCT, "2")
        assert shown(scored("≥3次", "5次", "1", over_target=rule))[0] == "0.00"

    def test_in_proportion(self, scored):
        # 8 × 100 ÷ 160 = 5
        rule = self.rule(OverTargetAction.PROPORTIONAL)
        assert shown(scored("≥100个", "160个", "8", over_target=rule))[0] == "5.00"

    def test_a_ceiling_far_undercut_is_not_far_above(self, scored):
        rule = self.rule(OverTargetAction.DEDUCT, "2")
        assert shown(scored("≤100万元", "20万元", "8", over_target=rule))[0] == "8.00"

    def test_a_target_of_nothing_has_its_own_limit(self, scored):
        rule = self.rule(OverTargetAction.REQUIRE_REASON).model_copy(
            update={"zero_target_actual": Decimal(30)}
        )
        below, at = (scored("≥0个", f"{n}个", "8", over_target=rule) for n in (29, 30))
        assert (shown(below)[0], shown(at)[0]) == ("8.00", "8.00")
        assert not any("须说明" in note for note in below.notes)
        assert any("须说明" in note for note in at.notes)


class TestPartialCompletionByRule:
    def test_pass_mark(self, scored):
        # (0.80 - 0.60) ÷ (1 - 0.60) × 10 = 5, where plain proportion gives 8
        assert shown(scored("≥10个", "8个", "10", pass_mark=Decimal("0.6")))[0] == "5.00"
        assert shown(scored("≥10个", "5.9个", "10", pass_mark=Decimal("0.6")))[0] == "0.00"

    def test_a_mark_is_printed_as_it_is(self, scored):
        # (0.80 - 0.625) ÷ 0.375 × 10 = 4.666…
        points = scored("≥10个", "8个", "10", pass_mark=Decimal("0.625"))
        assert points.working[1] == "10 × (8 ÷ 10 - 62.5%) ÷ (1 - 62.5%) = 4.67"

    def test_steps_show_the_proportion_as_well(self, scored):
        steps = (
            Band(low=Decimal(0), high=Decimal("0.6"), share=Decimal(0)),
            Band(low=Decimal("0.6"), high=Decimal(1), share=Decimal("0.5")),
        )
        points = scored("≥10个", "8个", "10", steps=steps)
        assert shown(points)[0] == "5.00"
        assert "10 × 8 ÷ 10 = 8.00" in points.working[2]


class TestSeveralThingsInOneRow:
    def test_all_reached_is_full(self, scored):
        assert shown(scored("举办3场、覆盖500人次", "举办3场、覆盖520人次", "10"))[0] == "10.00"

    def test_otherwise_a_person_judges_with_both_ways_shown(self, scored):
        # 100 % and 400 ÷ 500 = 80 %: least 8.00, mean 9.00
        points = scored("举办3场、覆盖500人次", "举办3场、覆盖400人次", "10")
        assert shown(points) == (None, "0.00", "10.00")
        assert "8.00" in points.working[1]
        assert "9.00" in points.working[1]

    def test_a_mere_level_is_still_a_persons(self, scored):
        assert shown(scored("举办3场、覆盖500人次", "达成年度指标", "10")) == (None, "8.00", "10.00")


def test_a_bare_cost_is_a_ceiling(scored):
    assert scored("20万元", "25万元", "10", is_cost=True).comparison.verdict is Verdict.OVER
    assert shown(scored("20万元", "15万元", "10", is_cost=True))[0] == "10.00"


def test_an_inexact_figure_is_said_to_be_one(scored):
    points = scored("≥500人", "约300人", "10")  # 10 × 300 ÷ 500
    assert shown(points)[0] == "6.00"
    assert any("约数" in note for note in points.notes)


def test_rules_resting_on_an_unconfirmed_number_say_so(scored):
    points = scored("≥10个", "8个", "10", pass_mark=Decimal("0.6"), unconfirmed={"pass_mark": "凭记忆"})
    assert any("凭记忆" in note for note in points.notes)


texts = st.text(max_size=12) | st.sampled_from(
    [
        "≥3个",
        "3个",
        "≤5%",
        "达成年度指标",
        "2022年11月",
        "是",
        "90%-95%",
        "0",
        "",
        "/",
        "≥0.0001%",
        "99999999999999999999个",
    ]
)


@given(texts, texts, st.decimals("0", "100", places=2))
def test_no_cell_breaks_the_scoring_and_points_stay_within_the_weight(scored, target, actual, weight):
    points = scored(target, actual, str(weight))

    assert points.low is not None
    assert points.high is not None
    assert 0 <= points.low <= points.high <= weight
    assert points.computed in {None, points.low}
    assert points.rule
    assert points.working
    assert points.basis


counts = st.integers(1, 400)


@given(counts, counts, counts, st.sampled_from(["≥{}个", "={}个", "{}个"]))
def test_a_better_result_never_earns_less(scored, target, one, other, pattern):
    less, more = sorted((one, other))
    cell = pattern.format(target)
    assert scored(cell, f"{less}个", "10").computed <= scored(cell, f"{more}个", "10").computed


@given(counts, counts, counts, st.sampled_from([ReverseFormula.RATIO, ReverseFormula.LINEAR]))
def test_a_ceiling_exceeded_further_never_earns_more(scored, target, one, other, formula):
    less, more = sorted((one, other))
    cell = f"≤{target}万元"
    points = [scored(cell, f"{n}万元", "10", reverse_formula=formula).computed for n in (less, more)]
    assert points[0] >= points[1]


def test_one_part_of_the_actual_that_answers_the_target_is_scored_by_it(scored):
    # 2 ÷ 3 × 6 = 4
    points = scored("≥3场", "举办2场，覆盖500人次", "6")
    assert points.comparison.verdict is Verdict.SHORT
    assert shown(points) == ("4.00", "4.00", "4.00")
