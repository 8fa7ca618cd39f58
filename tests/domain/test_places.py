"""Every cell has a name in the user's words."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from assistant.domain.case import Case, CaseRecord, blank_case
from assistant.domain.paths import ROOT_CELLS, cell
from assistant.domain.places import ROWS, spoken


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", "全表"),
        ("project", "项目名称"),
        ("total", "总分"),
        ("year", "预算年度"),
        ("indicators", "绩效指标"),
        ("indicators[3]", "绩效指标第4行"),
        ("indicators[3].reason", "绩效指标第4行“偏差原因分析及改进措施”"),
        ("goals[0].actual", "年度总体目标第1行“实际完成情况”"),
        ("funds.total", "年度资金总额"),
        ("funds.total.rate", "年度资金总额“执行率”"),
        ("funds[1].executed", "项目资金第2行“全年执行数”"),
        ("people[0].phone", "人员第1行“联系电话”"),
    ],
)
def test_a_path_in_the_user_s_words(path: str, name: str) -> None:
    assert spoken(path) == name


@pytest.mark.parametrize("path", ["新键", "a.b[3].c", "[", "..", "新键[0].x"])
def test_what_is_not_known_is_given_back(path: str) -> None:
    assert spoken(path) == path


def test_every_printed_cell_has_a_chinese_name() -> None:
    case = blank_case(year=2024)
    paths = list(ROOT_CELLS)
    for name in ("funds", "goals", "indicators"):
        paths += [f"{name}[0].{column}" for column in ROWS[name][0].model_fields]
    for path in paths:
        cell(case, path)
        assert not re.search("[A-Za-z_]", spoken(path)), path


def test_every_list_of_a_case_is_known_to_the_code_that_keeps_what_was_typed() -> None:
    """Reading back a document and rescuing a damaged file go by these lists: one left out would be lost there."""
    lists = {
        name: get_args(field.annotation)[0]
        for name, field in Case.model_fields.items()
        if (of := get_args(field.annotation)) and isinstance(of[0], type) and issubclass(of[0], CaseRecord)
    }
    assert lists == {name: row for name, (row, _) in ROWS.items()}
