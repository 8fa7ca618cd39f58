"""The foot of the form: sums, what is still open, overrides, caps, grades; and laws of the whole sheet."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalogue.profiles import load_profile
from assistant.domain.amounts import plain
from assistant.domain.case import Case, Indicator, Override, blank_case
from assistant.domain.paths import with_cell
from assistant.domain.scores import Status
from assistant.scoring.engine import score_case
from assistant.scoring.total import grade_of


class TestTheSampleForm:
    """Published figures: 61.91 %, 6.19, weights 10 + 90, scores 6.19 + 89 = 95.19."""

    def test_every_row_agrees_or_lies_in_its_band(self, sample):
        sheet = score_case(sample, load_profile("beijing-2022"))
        assert len(sheet.rows) == 19
        assert {line.status for line in sheet.rows} == {Status.AGREES, Status.IN_RANGE}
        assert [line.path for line in sheet.rows if line.computed is None] == [
            "indicators[10]",
            "indicators[11]",
            "indicators[16]",
        ]

    def test_the_total_and_its_grade(self, sample):
        sheet = score_case(sample, load_profile("beijing-2022"))
        total = sheet.total
        assert (total.weight, total.entered, total.sum_entered) == (100, Decimal("95.19"), Decimal("95.19"))
        assert total.computed is None  # three rows are a person's
        assert str(total.earned) == str(total.low) == str(total.high) == "95.19"
        assert sheet.grade == "优"

    def test_no_score_of_it_is_called_unreadable(self, sample):
        sheet = score_case(sample, load_profile("beijing-2022"))
        assert not any("不是数" in note for line in sheet.rows for note in line.notes)

    def test_exactly_three_rows_are_far_above_their_target(self, sample):
        sheet = score_case(sample, load_profile("beijing-2022"))
        hits = [
            line.path for line in sheet.rows if any("130%" in note and "说明" in note for note in line.notes)
        ]
        assert hits == ["indicators[1]", "indicators[6]", "indicators[8]"]

    def test_under_a_city_rule_set_with_deductions_and_caps(self, sample):
        # 1 - 2 → 0, 2 - 2 → 0, 2 - 2 → 0: 95.19 - 5 = 90.19; 61.91 % lies in [60 %, 70 %): at most 79.
        sheet = score_case(sample, load_profile("platform-manual-2022"))
        assert str(sheet.total.before_ceiling) == "90.19"
        assert str(sheet.total.earned) == str(sheet.total.high) == "79.00"
        assert sheet.total.ceiling == 79
        assert sheet.total.working[1] == "执行率 61.91% 在 60%（含）至 70% 之间，总分最高 79 分"
        assert sheet.grade == "中"


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades_at_their_edges(central, total, grade):
    assert grade_of(Decimal(total), central) == grade


@pytest.mark.parametrize(
    ("executed", "most"),
    [
        ("80", None),
        ("79.99", 89),
        ("70", 89),
        ("69.99", 79),
        ("60", 79),
        ("59.99", 69),
        ("50", 69),
        ("49.99", 59),
        ("0", 59),
    ],
)
def test_caps_at_their_edges(form, executed, most):
    case = form(("≥1个", "1个", "90", "90"), budget="100", executed=executed)
    total = score_case(case, load_profile("platform-manual-2022")).total
    assert total.ceiling == most
    earned = Decimal(executed) / 10 + 90
    assert total.computed == (earned if most is None else most)


def test_a_cap_that_takes_nothing_is_not_named(form):
    case = form(("≥10个", "5个", "90", "45"), budget="100", executed="65")  # 6.5 + 45 = 51.5 < 79
    total = score_case(case, load_profile("platform-manual-2022")).total
    assert (total.computed, total.ceiling) == (Decimal("51.50"), None)


def test_a_total_that_just_reaches_its_cap_is_not_cut(form):
    case = form(("≥1个", "1个", "72.5", "72.5"), budget="100", executed="65")  # 6.5 + 72.5 = 79
    total = score_case(case, load_profile("platform-manual-2022")).total
    assert (total.computed, total.ceiling, total.before_ceiling) == (79, None, None)


def test_while_the_rate_is_unknown_the_hardest_cap_may_still_come(form):
    case = form(("≥1个", "1个", "90", "90"), budget="100", executed="")
    total = score_case(case, load_profile("platform-manual-2022")).total
    assert (total.low, total.high) == (Decimal("59.00"), Decimal("100.00"))


def test_one_row_a_person_judges_leaves_the_total_open(central, form):
    case = form(("≥1个", "1个", "50", "50"), ("效果明显", "达成年度指标", "40", ""))
    total = score_case(case, central).total
    # 10 + 50 + [32, 40]
    assert (total.computed, total.earned, total.low, total.high) == (None, 60, 92, 100)
    assert "还有 1 行未定" in total.working


def test_a_judgement_inside_the_band_closes_it(central, form):
    case = form(("≥1个", "1个", "50", "50"), ("效果明显", "达成年度指标", "40", "36"))
    total = score_case(case, central).total
    assert (total.computed, total.earned, total.low, total.high) == (None, 96, 96, 96)


@pytest.mark.parametrize(
    ("score", "actual", "status"),
    [
        ("32", "达成年度指标", Status.IN_RANGE),
        ("31.99", "达成年度指标", Status.OUT_OF_RANGE),
        ("40.01", "达成年度指标", Status.OUT_OF_RANGE),
        ("31.99", "部分达成年度指标并具有一定效果", Status.IN_RANGE),
        ("32", "部分达成年度指标并具有一定效果", Status.OUT_OF_RANGE),  # 80 % belongs to the tier above
        ("", "达成年度指标", Status.MISSING),
        ("—", "达成年度指标", Status.MISSING),
        ("IO", "达成年度指标", Status.UNKNOWN),
    ],
)
def test_a_persons_score_against_its_band(central, form, score, actual, status):
    line = score_case(form(("效果明显", actual, "40", score)), central).rows[1]
    assert line.status is status
    assert line.counted == (Decimal(score) if status is Status.IN_RANGE else None)


def test_a_score_without_an_actual_is_not_yet_earned(central, form):
    total = score_case(form(("≥1个", "", "90", "90")), central).total
    assert (total.earned, total.low, total.high) == (10, 10, 100)


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ("9.89", Status.AGREES),
        ("9.90", Status.AGREES),
        ("9.91", Status.AGREES),
        ("9.88", Status.DIFFERS),
        ("9.92", Status.DIFFERS),
    ],
)
def test_one_cent_is_tolerated(central, form, score, status):
    assert score_case(form(("≥100个", "99个", "10", score)), central).rows[1].status is status


class TestOverride:
    def overridden(self, form, central, score="7", reason="复核后调整", path="indicators[0]"):
        case = form(("≥100个", "99个", "10", "9.90"))
        override = Override(path=path, score=score, reason=reason)
        return score_case(case.model_copy(update={"overrides": (override,)}), central)

    def test_the_computed_score_stays_and_the_persons_counts(self, form, central):
        sheet = self.overridden(form, central)
        line = sheet.rows[1]
        assert (line.computed, line.entered, line.counted) == (Decimal("9.90"), 7, 7)
        assert line.override_reason == "复核后调整"
        assert (sheet.total.earned, sheet.total.sum_entered) == (17, 7)

    @pytest.mark.parametrize(("score", "reason"), [("7", "  "), ("七", "复核后调整")])
    def test_without_a_number_or_a_reason_it_is_not_taken(self, form, central, score, reason):
        line = self.overridden(form, central, score, reason).rows[1]
        assert (line.entered, line.override_reason) == (Decimal("9.90"), "")
        assert any("没有采用" in note for note in line.notes)

    @pytest.mark.parametrize("path", ["funds.total", "funds[0]", "funds.total.score"])
    def test_the_execution_rate_can_be_overridden_too(self, form, central, path):
        assert self.overridden(form, central, path=path).rows[0].counted == 7

    def test_more_than_the_weight_counts_for_nothing_beyond_the_rule(self, form, central):
        assert self.overridden(form, central, score="11").rows[1].counted == Decimal("9.90")


def test_rows_that_only_repeat_others_are_listed_and_not_added(central):
    indicators = (
        Indicator(level1="产出指标", level3="一、工程", target="≥3个", actual="3个", weight="60", score="60"),
        Indicator(level1="产出指标", level3="1、道路", target="≥2个", actual="2个", weight="40", score="40"),
        Indicator(level1="产出指标", level3="2、桥梁", target="≥1个", actual="1个", weight="20", score="20"),
        Indicator(level1="效益指标", level3="指标1：/", weight="/", score="/"),
    )
    sheet = score_case(Case(indicators=indicators), central)
    assert [line.counts for line in sheet.rows] == [False, True, True, False]
    assert (sheet.total.weight, sheet.total.sum_entered, sheet.total.computed) == (60, 60, 60)


@pytest.mark.parametrize(("actual", "computed"), [("100%", "60.00"), ("90%", "None")])
def test_rows_that_share_a_weight_are_settled_only_where_all_are_reached(central, form, actual, computed):
    case = form(("≥25个", "25个", "60", "60"), ("100%", actual, "", ""), ("≥1次", "1次", "30", "30"))
    sheet = score_case(case, central)
    assert [line.counts for line in sheet.rows] == [True, True, False, True]
    assert str(sheet.rows[1].computed) == computed
    assert sheet.rows[1].status is (Status.AGREES if actual == "100%" else Status.IN_RANGE)
    assert sheet.total.earned == 100


def test_a_shared_weight_without_a_score_is_missing_one(central, form):
    case = form(("≥25个", "25个", "60", ""), ("100%", "90%", "", ""), ("≥1次", "1次", "30", "30"))
    line = score_case(case, central).rows[1]
    assert (line.status, line.counted, line.low, line.high) == (Status.MISSING, None, 0, 60)


def test_a_form_without_weights_or_scores_has_no_totals(central):
    case = Case(indicators=(Indicator(level3="新建", target="1", actual="1"),))
    total = score_case(case, central).total
    assert (
        total.weight,
        total.entered,
        total.sum_entered,
        total.computed,
        total.earned,
        total.low,
        total.high,
    ) == (None,) * 7


def test_a_form_without_weights_takes_the_scores_as_they_stand(central):
    rows = tuple(
        Indicator(level1="产出指标", level3="监测", target="100%", actual="100%", score=score)
        for score in ("10", "19.6")
    )
    total = score_case(Case(indicators=rows), central).total
    assert (total.weight, total.computed, total.earned, total.sum_entered) == (
        None,
        None,
        Decimal("29.60"),
        Decimal("29.6"),
    )


def test_without_weights_the_rest_can_still_be_earned_by_rows_without_a_score(central, form):
    case = form(("100%", "100%", "", "30"), ("100%", "100%", "", ""))
    other = case.indicators[1].model_copy(update={"level1": "效益指标"})
    total = score_case(case.model_copy(update={"indicators": (case.indicators[0], other)}), central).total
    assert (total.earned, total.low, total.high) == (40, 40, 100)  # 10 + 30, and 60 points not yet given


def test_a_new_form_can_still_earn_everything(central):
    total = score_case(blank_case(), central).total
    assert (total.earned, total.low, total.high) == (0, 0, 100)


def test_the_grade_waits_until_it_is_certain(central, form):
    open_form = form(("效果明显", "达成年度指标", "90", ""))  # 10 + [72, 90] = [82, 100]
    assert score_case(open_form, central).grade == ""
    assert score_case(open_form.model_copy(update={"total": "95"}), central).grade == "优"
    assert score_case(open_form.model_copy(update={"total": "60"}), central).grade == ""  # cannot be
    sure = form(("效果明显", "部分达成年度指标并具有一定效果", "50", ""), executed="50")  # 5 + [30, 40) < 60
    assert score_case(sure, central).grade == "差"


PAIRS = st.sampled_from(
    [
        ("≥10个", "7个"),
        ("≥10个", "40个"),
        ("≤10万元", "12万元"),
        ("≤10万元", "9万元"),
        ("优良中低差", "优，达成年度指标"),
        ("效果明显", "部分达成年度指标并具有一定效果"),
        ("2022年6月底前", "2022年7月"),
        ("是", "否"),
        ("举办3场、覆盖500人次", "举办3场、覆盖400人次"),
        ("0起", "0起"),
    ]
)
RULES = st.sampled_from(["central-2020", "central-2021", "system-base", "platform-manual-2022", "hubei"])


@st.composite
def filled_cells(draw):
    """A form with weights and targets, and the cells a user then fills in, in any order."""
    rows = draw(st.lists(st.tuples(PAIRS, st.integers(1, 18), st.integers(0, 100)), min_size=1, max_size=5))
    case = Case(
        year=2022,
        funds=blank_case().funds,
        indicators=tuple(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                level3=f"指标{n}：建设",
                target=target,
                weight=str(weight),
            )
            for n, ((target, _), weight, _) in enumerate(rows)
        ),
    )
    money = draw(st.sampled_from([("100", "100"), ("100", "61.91"), ("3", "2"), ("100", "130")]))
    cells = [("funds.total.budget", money[0]), ("funds.total.executed", money[1])]
    for n, ((_, actual), weight, share) in enumerate(rows):
        cells.append((f"indicators[{n}].actual", actual))
        cells.append((f"indicators[{n}].score", plain(Decimal(weight * share) / 100)))
    return case, draw(st.permutations(cells))


@settings(max_examples=60)
@given(filled_cells(), RULES)
def test_the_range_only_narrows_as_more_is_entered(start, rules):
    case, cells = start
    profile = load_profile(rules)
    totals = [score_case(case, profile).total]
    for path, text in cells:
        case = with_cell(case, path, text)
        totals.append(score_case(case, profile).total)
    for before, after in pairwise(totals):
        assert before.low <= after.low
        assert after.low <= after.high
        assert after.high <= before.high
        assert after.earned <= after.high


@settings(max_examples=40)
@given(st.lists(st.tuples(PAIRS, st.integers(1, 18)), min_size=2, max_size=6), st.randoms(), RULES)
def test_the_order_of_the_rows_changes_no_points(rows, random, rules):
    profile = load_profile(rules)

    def sheet(chosen):
        indicators = tuple(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                level3=f"{target}完成数",
                target=target,
                actual=actual,
                weight=str(weight),
            )
            for (target, actual), weight in chosen
        )
        found = score_case(Case(year=2022, funds=blank_case().funds, indicators=indicators), profile)
        return (
            sorted((line.name, line.weight, line.low, line.high) for line in found.rows),
            found.total.low,
            found.total.high,
        )

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert sheet(rows) == sheet(shuffled)
