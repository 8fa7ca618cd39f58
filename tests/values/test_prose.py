"""Figures in running text: every true one found, with its place; nothing that only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.domain.amounts import plain
from assistant.values.quantities import Mention, MentionKind, find_quantities


def said(mention: Mention) -> str:
    if mention.day is not None:
        return f"{mention.kind} {mention.day.text}"
    number = "" if mention.amount is None else f" {plain(mention.amount)}{mention.unit.text}"
    return f"{mention.kind}{number}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("梳理121家，撰写报告1部", ["quantity 121家", "quantity 1部"]),
        ("走访一百二十一家，合格率百分之九十三", ["quantity 121家", "percent 93%"]),
        ("六成以上为农户，半数为妇女", ["percent 60%", "percent 50%"]),
        ("完成两项工作任务", ["quantity 2项"]),
        ("安排1125110元，其中中央112.511万元", ["money 1125110元", "money 112.511万元"]),
        ("培训１，２００人次", ["quantity 1200人次"]),
        ("2022年11月30日前完成3场", ["date 2022-11-30", "quantity 3场"]),
        ("2022年，全年完成95.6％", ["year 2022", "percent 95.6%"]),
        ("时限由15个工作日压缩至5个工作日", ["quantity 15个工作日", "quantity 5个工作日"]),
        ("节约3-5万元", ["money 3万元", "money 5万元"]),
        ("参训一千二百余人次", ["quantity 1200人次"]),
        ("覆盖三个街道、15个社区、80余户", ["quantity 3个", "quantity 15个", "quantity 80户"]),
        ("购置设备20台（套），投资达1.2亿元", ["quantity 20台(套)", "money 1.2亿元"]),
        ("两个实验室建成，三家企业入驻", ["quantity 2个", "quantity 3家"]),
        ("同比提高2.5个百分点", ["percent 2.5个百分点"]),
        ("补助每人每月500元", ["money 500元"]),
        ("1.培训3场；2.发放5份", ["quantity 3场", "quantity 5份"]),
        ("按照财预〔2020〕10号，支付8万元", ["docnumber", "money 8万元"]),
        ("PM2.5平均浓度32微克/立方米", ["quantity 32微克/立方米"]),
        ("三季度末完成4轮", ["date 9", "quantity 4轮"]),
        ("采购A4纸200箱", ["quantity 200箱"]),
        ("接听12345热线350件", ["quantity 350件"]),
        ("走访企业一百一十八家，推行一村一品", ["quantity 118家"]),
        ("实际完成一一五期", ["quantity 115期"]),
        ("护理落实三查七对，巡查一一五次", ["quantity 115次"]),
        ("半年内完成2次", ["quantity 0.5年", "quantity 2次"]),
    ],
)
def test_the_figures_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [said(mention) for mention in find_quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "①调研②座谈③对接",
        "1.调研；2、座谈；（3）对接",
        "（一）加强领导。（二）细化措施。",
        "一、基本情况。二、主要做法。",
        "一是加强领导；二是细化措施；三是严格考核",
        "百度公司、三明市、四川省、九江市、五台县、六盘水市",
        "落实十四五规划、八项规定，推进双一流建设",
        "开展五四、七一主题教育",
        "形成《2022年度12个行业分析报告》",
        "一致认为，进一步提升，统一部署，一般问题，一次性解决，一批项目",
        "第一批、第2期、第十三届",
        "实现一网通办，最多跑一次，一村一品，一企一策",
        "联系电话010-61234567，手机13800138000",
        "二期工程、三级医院、一等奖、三甲医院",
        "形成“1+2+N”格局，7×24小时值守，5G网络",
        "数十家单位、几百人参加，上千户受益",
        "符合GB/T 15835-2011和ISO9001要求",
        "零距离服务，购买零部件，完成任务",
    ],
)
def test_what_only_looks_like_a_figure_is_passed_over(text: str) -> None:
    assert [mention.text for mention in find_quantities(text)] == []


def test_spans_are_places_in_the_raw_text() -> None:
    text = "其中：投入　１２．５　万元"
    (mention,) = find_quantities("其中：投入１２．５万元")
    assert "其中：投入１２．５万元"[mention.start : mention.end] == "１２．５万元"
    assert mention.amount == Decimal("12.5")
    assert mention.kind is MentionKind.MONEY
    assert [text[m.start : m.end][:4] for m in find_quantities(text)] == ["１２．５"]


def test_enumerated_paragraphs_of_a_published_form_hold_two_figures_and_one_count() -> None:
    # The figures stand as on the form: ten list marks, 百 in 百度 and one 两项; only 121家 and 1部 are results.
    text = (
        "完成两项工作任务。具体包括：\n1.服务协作\n①赴高校调研。\n②组织百度公司对接会。\n③对121家实验室进行梳理。\n④形成《关于甲的报告》。"
        "\n2.服务落地\n①召开研讨会。\n②梳理举措。\n③形成《关于乙的报告》1部。\n④完成研究。"
    )
    assert [mention.text for mention in find_quantities(text)] == ["两项", "121家", "1部"]


def test_an_altered_digit_is_another_amount() -> None:
    before, after = find_quantities("梳理121家")[0], find_quantities("梳理127家")[0]
    assert (before.amount, after.amount) == (Decimal(121), Decimal(127))
