"""Target against actual. Expected verdicts and ratios worked out by hand beside each case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.value import Comparison, Direction, Verdict
from assistant.values.compare import compare
from assistant.values.read import read_actual, read_target


def between(target: str, actual: str, *, is_cost: bool = False, year: int | None = None) -> Comparison:
    asked = read_target(target)
    return compare(asked, read_actual(actual, asked), is_cost=is_cost, year=year)


CASES = """
≥3个              | 5个               | met
≥3个              | 2个               | short
≥3个              | 3次               | met
>3个              | 3个               | short
>3个              | 4个               | met
=100%             | 100%              | met
=100%             | 99%               | short
=3次              | 5次               | met
3次               | 5次               | met
3次               | 2次               | short
90%               | 100%              | met
≤160万            | 386万元           | over
≤112.511万元      | 全年执行数69.6559万元 | met
≤5%               | 5%                | met
<5%               | 5%                | over
≤5300元/户        | 5830元/户         | over
≤90万元           | 90                | met
≤3分钟            | 2分40秒           | met
≤3分钟            | 3分10秒           | over
≤2小时            | 1小时45分         | met
≤1小时30分        | 1小时45分         | over
≥3天              | 2天18小时         | short
较上年减少2%      | -2.6%             | met
较上年减少2%      | -1.2%             | short
减少至2%          | -2.6%             | short
≤90万元           | 900000            | undecided
≥1.2万人次        | 12500             | undecided
≥1.2万人次        | 12500人次         | met
500               | 1.2万人           | met
50000             | 5万               | met
20万元            | 20万元            | met
20万元            | 18万元            | undecided
30天              | 25天              | undecided
≤30天             | 25天              | met
户均增收2000元    | 户均增收2350元    | met
户均增收2000元    | 户均增收1350元    | short
95%≤              | 94%               | short
5%≥               | 6%                | over
3次（≤）          | 4次               | over
提升3%-5%         | 提升4%            | met
由3%提至5%        | 5%                | undecided
达标              | 未达标            | short
≥2公顷            | 2.1ha             | met
5支队伍           | 4支               | short
8月中旬前         | 8月30日           | late
8月中旬前         | 8月15日           | met
8月中旬前         | 8月               | undecided
8月15日前         | 8月中旬           | undecided
8月15日前         | 8月下旬           | late
8月底前           | 8月下旬           | met
≤50万元           | ￥495,000.00      | met
≥200万像素        | 100万像素         | short
≤24小时           | 1天               | met
≤24小时           | 2天               | over
≤12个月           | 1年               | met
≤30天             | 1个月             | undecided
≥2公顷            | 30亩              | met
≥2公顷            | 29.9亩            | short
≥1.5亩            | 1000㎡            | met
≥80%              | 不足80%           | undecided
≥80%              | 超过80%           | met
<3%               | <3%               | met
前三名            | 第5名             | over
第3名             | 第1名             | met
一等奖1项         | 二等奖1项         | undecided
国家级1项、省级2项 | 省级3项、国家级1项 | met
（90%，100%]      | 90%               | undecided
[90%，100%]       | 90%               | met
≥1.500人          | 1600人            | unknown
2/3以上           | 75%               | undecided
≥1.5亩            | 999㎡             | short
≥2公里            | 1999米            | short
≥1吨              | 1000公斤          | met
≥1TB              | 1024GB            | met
≥3万元            | 30000元           | met
≤1亿元            | 10000万元         | met
≤10万元/公里      | 100元/米          | met
≤10万元/公里      | 101元/米          | over
≥500元/人         | 500元             | met
每月1次           | 12次              | undecided
每年2次           | 2次               | met
≥100万美元        | 90万元            | undecided
≥3个              | 5万元             | undecided
≥90%              | 80人              | undecided
≥95%              | 0.96              | undecided
100%              | 1                 | undecided
≥95%              | 96                | met
0.95              | 96%               | undecided
95                | 96%               | met
≥90%              | 950‰              | met
290%              | 90%               | undecided
0起               | 0起               | met
0起               | 1起               | over
=0次              | 2次               | over
≤0次              | 1次               | over
≥0次              | 0次               | met
≥3个              | -1个              | short
≤-5%              | -6%               | met
≥-5               | -6                | short
-5%               | -6%               | undecided
1                 | 100%              | met
2万               | 20000             | met
0起               | 0投诉             | met
200人             | 200余人           | met
≤200人            | 200余人           | over
>200人            | 200余人           | met
≥210人            | 200余人           | undecided
≥300人            | 200余人           | short
≥200人            | 约200人           | undecided
≥150人            | 约200人           | met
≥4场              | 举办4场（线上2场）    | met
≥3场，≥400人次     | 举办4场（500人次）    | met
≥500万元          | 约520万元         | met
≥517万元          | 约520万元         | undecided
≥530万元          | 约520万元         | short
≤500万元          | 约495万元         | met
≥200人            | 近200人           | undecided
≤200人            | 近200人           | met
90%-95%           | 92%               | met
90%-95%           | 80%               | short
90%-95%           | 99%               | over
≥3次              | 3-5次             | met
≥4次              | 3-5次             | undecided
≤11月             | 2022.11月完成     | met
≤11月             | 12月              | late
≤11月             | 11                | met
<11月             | 11月              | late
11月底前          | 10月              | met
11月30日前        | 11月              | met
11月15日前        | 11月              | undecided
11月15日前        | 11月15日          | met
11月15日前        | 11月16日          | late
2021年12月        | 2022年1月         | late
2021年12月        | 2021年            | undecided
2021年            | 2021年3月         | met
2022年底前        | 2022年9月30日     | met
2024年2月29日前   | 2024年2月         | met
≤11月             | 已完成            | undecided
≤12月             | 10个月            | met
优良中低差        | 优，达成年度指标  | met
优良中低差        | 优                | met
优良中低差        | 良                | undecided
优良中低差        | 差                | short
高中低            | 高                | met
高                | 高                | met
优                | 优秀              | met
优                | 良                | partial
优                | 差                | short
合格              | 良好              | met
良好              | 良好              | met
效果明显          | 达成预期指标      | met
效果明显          | 部分达成预期指标并具有一定效果 | partial
效果明显          | 未达成            | short
效果明显          | 效果明显          | undecided
显著提升          | 有所提升          | undecided
是                | 是                | met
是                | 否                | short
≤30万元           | 完成              | undecided
0起               | 未发生安全事故    | met
≥0起              | 未发生安全事故    | undecided
逐步完善          | 达成年度指标，印发办法1份 | met
逐步完善          | 未达成预期指标，尚未落实管护单位 | short
≥95%              | 达成预期指标，98% | met
无                | 3个               | undecided
3个               |                   | undecided
                  | 100%              | undecided
M.8万元           | 14.8万元          | unknown
≥3个              | l0个              | unknown
3场、500人次      | 3场、600人次      | met
3场、500人次      | 600人次、3场      | met
3场、500人次      | 3场、400人次      | partial
3场、500人次      | 2场、400人次      | short
3场、500人次      | 3场               | undecided
≥3场              | 举办5场、覆盖800人次 | met
100%|90%|85%      | 100%              | met
100%|90%|85%      | 92%               | undecided
"""


def table(text: str) -> list[tuple[str, str, Verdict]]:
    found = []
    for line in text.strip("\n").splitlines():
        target, actual, verdict = line.rsplit(" | ", 2)
        found.append((target.strip(), actual.strip(), Verdict(verdict.strip())))
    return found


@pytest.mark.parametrize(("target", "actual", "verdict"), table(CASES))
def test_target_and_actual_come_to(target: str, actual: str, verdict: Verdict) -> None:
    assert between(target, actual).verdict is verdict


def test_everything_undecided_or_unknown_says_why() -> None:
    for target, actual, verdict in table(CASES):
        if verdict in {Verdict.UNDECIDED, Verdict.UNKNOWN}:
            assert between(target, actual).notes, (target, actual)


def test_the_ratio_is_not_rounded() -> None:
    ratio = between("≥3个", "5次").ratio
    assert ratio is not None
    assert str(ratio).startswith("1.66666666666666666666")  # 5 ÷ 3
    assert between("38508人", "37442人").ratio == Decimal(37442) / Decimal(38508) or ratio > 1


def test_different_classifiers_are_compared_and_remarked() -> None:
    assert between("≥3个", "5次").notes == ("单位不同：个 / 次",)


def test_amounts_are_told_in_the_common_unit() -> None:
    result = between("≤3万元", "45000元")
    assert (result.target_base, result.actual_base) == (Decimal(30000), Decimal(45000))
    assert result.ratio == Decimal("1.5")
    assert result.direction is Direction.DOWN


def test_a_bare_amount_is_a_ceiling_only_for_a_cost() -> None:
    assert between("20万元", "18万元", is_cost=True).verdict is Verdict.MET
    assert between("20万元", "21万元", is_cost=True).verdict is Verdict.OVER
    assert "符号" in between("20万元", "21万元").notes[-1]


def test_a_negative_actual_counts_as_nothing() -> None:
    result = between("≥3个", "-1个")
    assert (result.actual_base, result.ratio) == (Decimal(0), Decimal(0))
    assert "负数" in result.notes[-1]


def test_a_goal_of_nothing_has_no_ratio() -> None:
    assert between("0起", "1起").ratio is None


def test_a_missing_year_is_the_form_s() -> None:
    assert between("≤11月", "2023年1月", year=2022).verdict is Verdict.LATE
    assert between("2022年11月", "12月", year=2022).verdict is Verdict.LATE
    assert between("≤11月", "2022年10月", year=2022).verdict is Verdict.MET


def test_a_level_beside_a_number_is_remarked() -> None:
    result = between("≥95%", "达成预期指标")
    assert result.verdict is Verdict.MET
    assert "没有数字" in result.notes[0]


def test_parts_that_fail_are_counted() -> None:
    assert between("3场、500人次", "3场、400人次").notes[0] == "2 个值中有 1 个没有达到"


AMOUNT = st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False, allow_infinity=False)


@given(AMOUNT)
def test_an_amount_equals_itself_in_another_unit(amount: Decimal) -> None:
    # 1 万元 = 10000 元, 1 公里 = 1000 米, 1 公顷 = 15 亩, 1 吨 = 1000 公斤
    for big, small, factor in (
        ("万元", "元", 10000),
        ("公里", "米", 1000),
        ("公顷", "亩", 15),
        ("吨", "公斤", 1000),
    ):
        result = between(f"≥{amount:f}{big}", f"{amount * factor:f}{small}")
        assert result.verdict is Verdict.MET
        assert result.ratio in {None, Decimal(1)}


@given(AMOUNT)
def test_the_least_shortfall_in_another_unit_is_seen(amount: Decimal) -> None:
    least = Decimal("0.000001")
    for big, small, factor in (("万元", "元", 10000), ("公顷", "亩", 15)):
        assert (
            between(f"≥{amount + 1:f}{big}", f"{(amount + 1) * factor - least:f}{small}").verdict
            is Verdict.SHORT
        )
        assert (
            between(f"≤{amount + 1:f}{big}", f"{(amount + 1) * factor + least:f}{small}").verdict
            is Verdict.OVER
        )


@given(AMOUNT, AMOUNT, AMOUNT)
def test_more_never_turns_met_into_short(goal: Decimal, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    if between(f"≥{goal:f}个", f"{less:f}个").verdict is Verdict.MET:
        assert between(f"≥{goal:f}个", f"{more:f}个").verdict is Verdict.MET
    if between(f"≤{goal:f}元", f"{more:f}元").verdict is Verdict.MET:
        assert between(f"≤{goal:f}元", f"{less:f}元").verdict is Verdict.MET


def test_a_value_that_cannot_be_read_is_told_with_what_it_may_have_been() -> None:
    done = read_actual("2l个", asked := read_target("≥3个"))
    assert compare(asked, done).notes == ("实际值看不懂：像是识别错误，可能是“21个”，请对照原件",)
