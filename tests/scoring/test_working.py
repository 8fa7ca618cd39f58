"""The working can be followed by hand: every equation it prints is true to the last printed place."""

from __future__ import annotations

import ast
import operator
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, FundRow, Indicator
from assistant.scoring.engine import score_case

EQUATION = re.compile(r"((?:max)?[\d(][\d.,×÷+\-()% ]*?) = (\d[\d.]*)(%?)")
OPERATORS = {ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Add: operator.add, ast.Sub: operator.sub}


def value(expression: str) -> Fraction:
    """Work out a printed expression exactly: ``10 × (1 - (5830 - 5300) ÷ 5300)``, ``max(1 - 2, 0)``, ``10 × 61.91%``."""
    python = re.sub(r"([\d.]+)%", r"(\1 / 100)", expression).replace("×", "*").replace("÷", "/")

    def work_out(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant():
                return Fraction(ast.get_source_segment(python, node) or "")
            case ast.BinOp(left=left, op=op, right=right):
                return OPERATORS[type(op)](work_out(left), work_out(right))
            case ast.Call(func=ast.Name(id="max"), args=args):
                return max(work_out(argument) for argument in args)
        raise AssertionError(f"not arithmetic: {expression}")

    return work_out(ast.parse(python, mode="eval").body)


def equations(lines: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """Each equation of *lines*: as printed, its value printed, whether it holds when rounded half up to its places."""
    found = []
    for line in lines:
        for left, right, sign in EQUATION.findall(re.sub(r"（[^（）]*）", "", line)):
            places = len(right.partition(".")[2])
            exact = value(left) * (100 if sign else 1)
            cut = int(exact * 10**places + Fraction(1, 2))
            found.append((left, right + sign, Fraction(right) == Fraction(cut, 10**places)))
    return found


def false_equations(lines: tuple[str, ...]) -> list[str]:
    return [f"{left} = {right}" for left, right, holds in equations(lines) if not holds]


@pytest.mark.parametrize(
    ("line", "count", "holds"),
    [
        ("69.6559 ÷ 112.511 = 61.91%", 1, True),
        ("10 × 61.91% = 6.19", 1, True),
        ("10 × 61.95% = 6.19", 1, False),
        ("达成年度指标：5 × 80% = 4（含）至 5 × 100% = 5（含）", 2, True),
        ("max(1 - 2, 0) = 0", 1, True),
        ("10 × (1 - (5830 - 5300) ÷ 5300) = 9.01", 1, False),
        ("6.19 + 2 + 1 = 9.19", 1, True),
    ],
)
def test_this_test_can_tell(line, count, holds):
    assert [found[2] for found in equations((line,))] == [holds] * count


@pytest.mark.parametrize("rules", ["beijing-2022", "platform-manual-2022", "central-2021", "hubei"])
def test_every_equation_of_the_sample_is_true(sample, rules):
    sheet = score_case(sample, load_profile(rules))
    lines = tuple(line for row in sheet.rows for line in row.working) + sheet.total.working
    assert len(equations(lines)) >= 19
    assert false_equations(lines) == []


numbers = st.decimals("0.01", "9999", places=2)
RULES = ["central-2020", "central-2021", "system-base", "hubei", "platform-manual-2022", "guangxi"]
PATTERNS = ["≥{}个", "≤{}万元", "={}%", "{}人", "≤{}元/户"]


@settings(max_examples=150)
@given(
    numbers, numbers, st.decimals("0.5", "60", places=1), st.sampled_from(PATTERNS), st.sampled_from(RULES)
)
def test_every_equation_of_any_row_is_true(target, actual, weight, pattern, rules):
    profile = load_profile(rules)
    row = Indicator(
        level3="完成数",
        target=pattern.format(target),
        actual=pattern.lstrip("≥≤=").format(actual),
        weight=str(weight),
    )
    funds = FundRow(label="年度资金总额", budget=str(target), executed=str(actual), weight="10")
    sheet = score_case(Case(funds=(funds,), indicators=(row,)), profile)
    lines = tuple(line for found in sheet.rows for line in found.working) + sheet.total.working
    assert equations(lines)
    assert false_equations(lines) == []
