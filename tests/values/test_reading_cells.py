"""How cells of 年度指标值 and 实际完成值 are read. One line a cell: what it is, sign, number or date, unit."""

from __future__ import annotations

import pytest

from assistant.domain.amounts import plain
from assistant.domain.value import Approximation, Kind, Tier, Value
from assistant.values.read import read_actual, read_target, read_value


def summary(value: Value) -> str:
    """``quantity ge 3 个``; parts of several joined with `` + ``."""
    if value.kind is Kind.MULTI:
        return "multi: " + " + ".join(summary(part).removeprefix("quantity ") for part in value.parts)
    words = [value.kind.value]
    if value.op:
        words.append(value.op.value)
    if value.amount is not None:
        words.append(plain(value.amount) + (f"..{plain(value.upper)}" if value.upper is not None else ""))
    if value.day is not None:
        words.append(value.day.text or f"day {value.day.day}")
    if value.unit.text:
        words.append(value.unit.text)
    if value.scale:
        words.append("".join(value.scale))
    if value.level:
        words.append(value.level)
    if value.tier:
        words.append(value.tier.value)
    if value.approximation:
        words.append(value.approximation.value)
    return " ".join(words)


SIGNS = """
≥３０人次              quantity ge 30 人次
＞=95％                quantity ge 95 %
>＝ 85%                quantity ge 85 %
=>85%                  quantity ge 85 %
⩾12期                  quantity ge 12 期
≮100户                 quantity ge 100 户
≯3起                   quantity le 3 起
≦5%                    quantity le 5 %
＜3‰                   quantity lt 3 ‰
﹥50人                 quantity gt 50 人
>＝10                  quantity ge 10
＝100％                quantity eq 100 %
等于4次                quantity eq 4 次
不低于90%              quantity ge 90 %
不得低于 90 %          quantity ge 90 %
大于（等于）95%        quantity ge 95 %
大于或等于10个         quantity ge 10 个
大于等于3件次          quantity ge 3 件次
至少5篇                quantity ge 5 篇
最少2次                quantity ge 2 次
达到95%以上            quantity ge 95 %
98%以上                quantity ge 98 %
80%及以上              quantity ge 80 %
90分（含）以上         quantity ge 90 分
≥98%以上               quantity ge 98 %
超过50人               quantity gt 50 人
大于1000亩             quantity gt 1000 亩
突破3000人             quantity gt 3000 人
小于等于1              quantity le 1
不高于20万元           quantity le 20 万元
不得超过 5 %           quantity le 5 %
最多3次                quantity le 3 次
控制在5%以内           quantity le 5 %
控制在112.5万元以内    quantity le 112.5 万元
成本控制在8万元以内    quantity le 8 万元
10个工作日内           quantity le 10 个工作日
24小时之内             quantity le 24 小时
30日内                 quantity le 30 日
50人以下               quantity le 50 人
低于2%                 quantity lt 2 %
不足10天               quantity lt 10 天
不超过批复预算112.5万元  quantity le 112.5 万元
95%（含）              quantity 95 %
"""

NUMBERS = """
三场                   quantity 3 场
两个                   quantity 2 个
十二次                 quantity 12 次
二十名                 quantity 20 名
一百二十一家           quantity 121 家
一千零五户             quantity 1005 户
三万五千亩             quantity 35000 亩
不少于五次             quantity ge 5 次
百分之九十五           quantity 95 %
百分之九十五以上       quantity ge 95 %
九成以上               quantity ge 90 %
六成                   quantity 60 %
半数以上               quantity ge 50 %
千分之三               quantity 0.3 %
1.2万                  quantity 1.2 万
1.2万人次              quantity 1.2 万人次
3000万                 quantity 3000 万
5亿元                  quantity 5 亿元
0.5千万元              quantity 0.5 千万元
112.511000万元         quantity 112.511 万元
250,000.00元           quantity 250000 元
215，457.6元           quantity 215457.6 元
￥5,000元              quantity 5000 元
￥５０００元           quantity 5000 元
-5%                    quantity -5 %
100.00                 quantity 100
0次                    quantity 0 次
零                     quantity 0
零投诉                 quantity 0
零事故                 quantity 0
0事故                  quantity 0
节约10%                quantity 10 %
误差≤±5%               quantity le 5 %
0起                    quantity 0 起
"""

UNITS = """
≥2场/季度              quantity ge 2 场/季度
每季度2次              quantity 2 次/季度
每年不少于2次          quantity ge 2 次/年
每月1次                quantity 1 次/月
2小时30分              quantity 150 分钟
2分40秒                quantity 160 秒
≤3天12小时             quantity le 84 小时
每周5天8小时           text
18时30分               text
1次/月                 quantity 1 次/月
500元/人·月            quantity 500 元/人·月
500元/人/月            quantity 500 元/人/月
500元/（人•月）        quantity 500 元/人·月
500元/人*年            quantity 500 元/人*年
500元每人              quantity 500 元/人
人均500元              quantity 500 元/人
每人500元              quantity 500 元/人
户均1.5万元            quantity 1.5 万元/户
≤18万元/公里           quantity le 18 万元/公里
0.5元/千瓦时           quantity 0.5 元/千瓦时
320 人/天              quantity 320 人/天
>=101人/次             quantity ge 101 人/次
20台（套）             quantity 20 台（套）
≥20台/套               quantity ge 20 台/套
2000㎡                 quantity 2000 ㎡
2000 m²                quantity 2000 m²
2000 平米              quantity 2000 平方米
15.5km                 quantity 15.5 km
3000立方米             quantity 3000 立方米
3500公斤               quantity 3500 公斤
20吨                   quantity 20 吨
25TB                   quantity 25 TB
50分贝                 quantity 50 分贝
1000千瓦时             quantity 1000 千瓦时
≤35微克/立方米         quantity le 35 微克/立方米
30℃                    quantity 30 ℃
≥95分                  quantity ge 95 分
3000万美元             quantity 3000 万美元
5倍                    quantity 5 倍
95个百分点             quantity 95 个百分点
100百分比              quantity 100 %
≥100剂次               quantity ge 100 剂次
12头                   quantity 12 头
5000羽                 quantity 5000 羽
30只                   quantity 30 只
≥17600株               quantity ge 17600 株
6.5公顷                quantity 6.5 公顷
5瓩                    quantity 5 瓩
≤10/10万               quantity le 10 /10万
12/10万                quantity 12 /10万
每年一期               quantity 1 期/年
每半年1次              quantity 1 次/半年
≤450元/人天            quantity le 450 元/人天
600元/生·年            quantity 600 元/生·年
每生每年800元          quantity 800 元/生*年
不低于3000元每人每年   quantity ge 3000 元/人*年
半年内                 quantity le 0.5 年
15个日历天             quantity 15 个日历天
5个县（区）            quantity 5 个
50名学生               quantity 50 名
20万字                 quantity 20 万字
365天                  quantity 365 天
18月                   quantity 18 月
5年                    quantity 5 年
"""

DATES = """
≤11月                  deadline le 11
＜12月                 deadline lt 12
11月底前               deadline le 11
2021年12月31日前       deadline le 2021-12-31
2021年12月31日之前完成 deadline le 2021-12-31
2021年12月底前         deadline le 2021-12
2022.11月完成          deadline 2022-11
2022.11.30             deadline 2022-11-30
2022-11-05             deadline 2022-11-05
2022-11                deadline 2022-11
2022/11/30             deadline 2022-11-30
20221130               deadline 2022-11-30
2021-12-31 00:00:00    deadline 2021-12-31
2021/12/31 0:00        deadline 2021-12-31
2022年9月中旬          deadline 2022-09
9月初                  deadline 9
11月30日               deadline 11-30
12.31前                deadline le 12-31
22年12月底前           deadline le 2022-12
每月15日前             deadline le day 15
每年12月底前           deadline le 12
每年12月31日前完成拨付 deadline le 12-31
三季度末               deadline 9
三季度前               deadline le 9
第三季度               deadline 9
2022年第四季度         deadline 2022-12
上半年                 deadline 6
2023年上半年完成       deadline 2023-06
下半年完成             deadline 12
年底前完成             deadline le 12
2025年年底前           deadline le 2025-12
2022年内完成           deadline 2022-12
2022年度               deadline 2022
当年完成               deadline 12
1-12月                 deadline 12
2022年1-12月           deadline 2022-12
2022年1月至12月        deadline 2022-12
2022年1月1日—12月31日  deadline 2022-12-31
2022年6月至2023年5月   deadline 2023-05
二〇二二年十一月       deadline 2022-11
十二月底前             deadline le 12
十一月三十日前         deadline le 11-30
截至2022年12月底       deadline 2022-12
不晚于11月30日         deadline le 11-30
最迟12月               deadline le 12
提前至10月完成         deadline 10
项目于2022年11月30日前完成验收   deadline le 2022-11-30
完成时间：2022年11月   deadline 2022-11
按进度于12月底前支付   deadline le 12
定性 11月底之前        deadline le 11
2022年12月31日（含）前 deadline le 2022-12-31
第二、三季度           deadline 9
一至四季度             deadline 12
2022.5.20-5.25         deadline 2022-05-25
本年12月               deadline 12
次年3月底前            text
12月31日24:00前        deadline le 12-31
2022年11月15日-17日    deadline 2022-11-17
11月15-17日            deadline 11-17
2022.1-2022.12         deadline 2022-12
2021-2023年            deadline 2023
2022年全年             deadline 2022
9月15日举办，9月底完成 multi: deadline 9-15 + deadline 9
每季度首月10日前       deadline le day 10
2022年11月已完成       deadline 2022-11
已完成，2022年11月     deadline 2022-11
"""

RANGES_AND_SEVERAL = """
90%-95%                range 90..95 %
90～95%                range 90..95 %
90%—95%                range 90..95 %
90%至95%               range 90..95 %
5-10个                 range 5..10 个
10到15人               range 10..15 人
三至五次               range 3..5 次
3%—5%之间              range 3..5 %
≥90%且≤95%             range 90..95 %
85%≤满意度≤95%         range 85..95 %
大于5小于10            range 5..10
举办3场、覆盖500人次   multi: 3 场 + 500 人次
3场，500人             multi: 3 场 + 500 人
1.培训3场；2.发放资料500份   multi: 3 场 + 500 份
①培训3场②覆盖500人     multi: 3 场 + 500 人
培训3场和调研5次       multi: 3 场 + 5 次
满意度≥95%，投诉率≤1%  multi: ge 95 % + le 1 %
新建3公里、改造5公里   multi: 3 公里 + 5 公里
100%|90%|85%|85%       multi: 100 % + 90 % + 85 % + 85 %
≥|30|万元              quantity ge 30 万元
=|100|%                quantity eq 100 %
1、培训3场；2、调研5次   multi: 3 场 + 5 次
（1）≥3次              quantity ge 3 次
一、3次                quantity 3 次
≥3个，2022年12月前完成 multi: ge 3 个 + deadline le 2022-12
50户120人              multi: 50 户 + 120 人
共5台，其中服务器2台、交换机3台   quantity 5 台
30≤x≤50                range 30..50
"""

PROSE = """
举办培训3场            quantity 3 场
3场培训                quantity 3 场
论文3篇                quantity 3 篇
全年执行数69.6559万元  quantity 69.6559 万元
实际完成：3个          quantity 3 个
共3个                  quantity 3 个
累计完成12期           quantity 12 期
完成率100%             quantity 100 %
合格率为100%           quantity 100 %
100%覆盖               quantity 100 %
100%全部达标           quantity 100 %
群众满意度达到95%以上  quantity ge 95 %
新增就业500个以上      quantity ge 500 个
较上年增长5%           quantity 5 %
由85%提高到90%         quantity 90 %
从3个增加到5个         quantity 5 个
重大事故0起            quantity 0 起
投诉率为0              quantity 0
5G基站10个             quantity 10 个
A4纸3箱                quantity 3 箱
PM2.5≤35微克/立方米    quantity le 35 微克/立方米
收到申请后15个工作日内办结   quantity le 15 个工作日
2022年11月举办培训3场  quantity 3 场
正向 ≥98%              quantity ge 98 %
反向 ≤5%               quantity le 5 %
有效提升               text
定性 有效提升          text
显著提高               text
不低于上年水平         text
较上年持平             text
十四五规划落实         text
一次性完成             text
一体化推进             text
一级                   text
三级甲等               text
三星级                 text
双一流建设             text
落实八项规定           text
符合GB/T 15835-2011标准   text
按照财预〔2020〕10号执行   text
严格执行《政府会计制度》第3条   text
7×24小时               text
1:3                    text
三分之二               text
万分之三               text
一村一品               text
50%:50%                text
±5%                    quantity le 5 %
二级以上               text
2022年11月15日召开会议 text
数十家                 text
几十个                 text
长期                   text
及时                   text
按时完成               text
已完成                 text
"""

WORDS = """
优良中低差             scale 优良中低差
优良中差               scale 优良中差
优/良/中/差            scale 优良中差
优、良、中、差         scale 优良中差
定性 高中低            scale 高中低
好坏                   scale 好坏
是/否                  scale 是否
优秀、良好、合格、不合格   scale 优秀良好合格不合格
优                     level 优 full
优秀                   level 优秀 full
良好                   level 良好
高                     level 高
优，达成年度指标       level 优 full
优（达成年度指标）     level 优 full
良，部分达成年度指标并具有一定效果   level 良 part
达成年度指标           level full
达成预期目标           level full
全部达成年度指标       level full
达到预期目标           level full
基本达成预期指标       level full
部分达成               level part
部分达成预期指标并具有一定效果   level part
部分实现               level part
未达成                 level missed
达成年度指标（优）     level 优 full
达成年度指标，良       level 良 full
达成年度指标100%-80%（含）   level full
部分达成年度指标并具有一定效果（80%）   level part
未达成年度指标，效果较差   level missed
预期目标已达成         level full
完成年度指标           level full
良（80-90分）          level 良
优良                   level 优良
合格                   level 合格
未达成年度指标且效果较差   level missed
实现程度较低           level missed
是                     yesno 是
否                     yesno 否
有                     yesno 有
无                     none
暂无                   none
一                     none
—                      none
——                     none
/                      none
*                      none
未填报                 none
不适用                 none
N/A                    none
约200人                quantity 200 人 about
200人左右              quantity 200 人 about
近200人                quantity 200 人 nearly
200余人                quantity 200 人 over
500多人                quantity 500 人 over
十余家                 quantity 10 家 over
百余人                 quantity 100 人 over
1.2万余人              quantity 1.2 万人 over
200余万元              quantity 200 万元 over
3000+                  quantity 3000 over
3000人+                quantity 3000 人 over
上百家                 quantity 100 家 over
上千人次               quantity 1000 人次 over
数十家                 text
九成五以上             quantity ge 95 %
九成半                 quantity 95 %
12（次）               quantity 12 次
≥85（%）               quantity ge 85 %
≥1000 （人/天）        quantity ge 1000 人/天
5（个/套）             quantity 5 个/套
30（含运费）           quantity 30
是，已完成             yesno 是
“3次”                  quantity 3 次
"""

UNREADABLE = """
M.8万元                unknown
IO                     unknown
l0个                   unknown
1OO%                   unknown
1 200人                unknown
1,23个                 unknown
**月**日前             unknown
XX个                   unknown
××项                   unknown
20XX年12月             unknown
》 元/亩               unknown
≥                      unknown
%                      unknown
万元                   unknown
"""


def rows(table: str) -> list[tuple[str, str]]:
    """Cell and summary of each line; the summary begins with the kind."""
    kinds = ("quantity", "range", "deadline", "scale", "level", "yesno", "text", "multi:", "none", "unknown")
    found = []
    for line in table.strip().splitlines():
        at = line.find(" multi:") if " multi:" in line else max(line.find(f" {kind}") for kind in kinds)
        found.append((line[:at].strip(), line[at:].strip()))
    return found


ALL = [
    row
    for table in (SIGNS, NUMBERS, UNITS, DATES, RANGES_AND_SEVERAL, PROSE, WORDS, UNREADABLE)
    for row in rows(table)
]


@pytest.mark.parametrize(("cell", "expected"), ALL, ids=[cell for cell, _ in ALL])
def test_a_cell_is_read_as_its_writer_meant_it(cell: str, expected: str) -> None:
    assert summary(read_value(cell)) == expected


@pytest.mark.parametrize("cell", ["", " ", "　", "\n", "\u200b"])
def test_a_blank_cell_is_nothing(cell: str) -> None:
    assert read_value(cell).kind is Kind.NONE


def test_the_raw_text_is_kept_with_its_spaces_and_full_width_signs() -> None:
    assert read_value(" ≥ ９５ ％\n").raw == " ≥ ９５ ％\n"


def test_lines_within_a_cell_are_joined_or_taken_apart() -> None:
    assert summary(read_value("≥120\n家")) == "quantity ge 120 家"
    assert summary(read_value("3场\n500人次")) == "multi: 3 场 + 500 人次"
    assert summary(read_value("有效\n提升")) == "text"


def test_a_mistyped_sign_is_read_and_remarked() -> None:
    value = read_value("》90%")
    assert summary(value) == "quantity gt 90 %"
    assert value.doubtful
    assert "》" in value.notes[0]


def test_every_unreadable_cell_says_why_and_asks_for_a_look() -> None:
    for cell, _ in rows(UNREADABLE):
        value = read_value(cell)
        assert value.notes, cell
        assert value.doubtful, cell


def test_a_long_text_stays_a_text_whatever_figures_stand_in_it() -> None:
    text = "全年围绕中心工作，持续完善制度建设，统筹推进各类业务，共开展检查12次，各项工作得到群众的广泛认可与好评，成效明显"
    value = read_value(text)
    assert value.kind is Kind.TEXT
    assert "12次" in value.notes[0]


def test_a_sentence_beside_a_target_gives_the_figure_with_the_target_s_unit() -> None:
    text = "全年围绕中心工作，持续完善制度建设，统筹推进各类业务，共开展检查12次，各项工作得到群众的广泛认可与好评，成效明显"
    value = read_actual(text, read_target("≥10次"))
    assert summary(value) == "quantity 12 次"
    assert value.doubtful
    assert value.raw == text


def test_a_sign_copied_into_the_actual_is_remarked() -> None:
    value = read_actual("≥266米", read_target("≥266米"))
    assert summary(value) == "quantity ge 266 米"
    assert "照抄" in value.notes[-1]


def test_a_lost_sign_is_suspected_but_never_repaired() -> None:
    value = read_actual("90%", read_target("290%"))
    assert summary(value) == "quantity 90 %"
    assert "≥90%" in value.notes[-1]
    assert read_actual("95%", read_target("290%")).notes == ()


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≤11月", "11", "deadline 11"),
        ("≤11月", "2022.11", "deadline 2022-11"),
        ("2022年", "2022", "deadline 2022"),
        ("≤12个月", "10月", "quantity 10 月"),
        ("是", "无", "yesno 无"),
        ("优良中低差", "良", "level 良"),
        ("≥3个", "无", "none"),
        ("2022年12月前", "2022年11月15日召开会议", "deadline 2022-11-15"),
        ("2022年12月前", "2022年11月举办培训3场", "deadline 2022-11"),
        ("同比增长5%", "同比下降1%", "text"),
    ],
)
def test_the_target_tells_what_a_bare_actual_means(target: str, actual: str, expected: str) -> None:
    assert summary(read_actual(actual, read_target(target))) == expected


def test_unit_and_deadline_in_the_indicator_s_name_are_remarked() -> None:
    assert "万美元" in read_target("20000", "服务外包在岸（万美元）").notes[0]
    assert "2022年11月30日前" in read_target("100%", "完成报告（2022年11月30日前）").notes[0]
    assert read_target("≥3个", "举办培训（线下）").notes == ()


def test_a_tier_is_kept_beside_the_level() -> None:
    value = read_value("优，达成年度指标")
    assert (value.level, value.tier) == ("优", Tier.FULL)


def test_a_little_over_is_an_approximation() -> None:
    assert read_value("600余人").approximation is Approximation.OVER
