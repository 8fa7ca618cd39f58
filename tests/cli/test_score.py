"""What ``ziping score`` prints for people; its JSON is the contract's."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.domain.case import Case, FundRow, Indicator
from assistant.store.casefile import save
from tests.cli.calls import call

ROWS = (
    Indicator(level3="扫描页数", target="≥100页", actual="120页", weight="50", score="50"),
    Indicator(level3="等候时间", target="≤3分钟", actual="2分40秒", weight="50", score="50"),
)


def numbers(printed: str) -> list[str]:
    return re.findall(r"^(资金|\d+\.) ", printed, re.MULTILINE)


def test_rows_are_numbered_as_on_the_form_with_and_without_money(tmp_path: Path) -> None:
    funds = (FundRow(label="年度资金总额", budget="10", executed="9"),)
    for name, case in (("无资金", Case(indicators=ROWS)), ("有资金", Case(indicators=ROWS, funds=funds))):
        save(tmp_path / f"{name}.ziping.json", case)
    bare = call("score", str(tmp_path / "无资金.ziping.json")).stdout
    with_money = call("score", str(tmp_path / "有资金.ziping.json")).stdout
    assert numbers(bare) == ["1.", "2."]
    assert numbers(with_money) == ["资金", "1.", "2."]


def test_a_conversion_without_end_is_worked_in_the_smaller_unit(tmp_path: Path) -> None:
    """2分40秒 in minutes is 2.666…; 160 seconds against 180 is what a reader can follow."""
    save(tmp_path / "表.ziping.json", Case(indicators=ROWS))
    printed = call("score", str(tmp_path / "表.ziping.json")).stdout
    assert "160 ≤ 180，没有超过上限" in printed
    assert "666" not in printed


def test_figures_of_a_cell_that_were_not_compared_are_told(tmp_path: Path) -> None:
    row = Indicator(
        level3="读者活动",
        target="120场（其中线上≥30场）",
        actual="126场（线上28场）",
        weight="10",
        score="10",
    )
    save(tmp_path / "表.ziping.json", Case(indicators=(row,)))
    printed = call("score", str(tmp_path / "表.ziping.json")).stdout
    assert "126 ÷ 120 = 105.00%" in printed
    assert "括号里的文字没有参与比较：(其中线上≥30场)" in printed
    assert "括号里的文字没有参与比较：(线上28场)" in printed
