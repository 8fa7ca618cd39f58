"""No binary float enters the core: points, money and rates are decimals from the cell to the printed total."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "assistant"
ROOMS = ("domain", "values", "scoring", "checks", "workspace")
MODULES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
FLOAT_MAKERS = {"float", "round"}
FLOAT_MODULES = {"math", "statistics", "cmath", "random", "numpy"}


def floats(source: str) -> list[str]:
    """Every place where *source* makes, names or may produce a float, as ``line: what``."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=float() | complex()):
                found.append(f"{node.lineno}: literal {node.value}")
            case ast.Name(id=name) if name in FLOAT_MAKERS:
                found.append(f"{node.lineno}: {name}")
            case ast.BinOp(op=ast.Div(), left=left, right=right) if _whole(left) and _whole(right):
                found.append(f"{node.lineno}: division of whole numbers")
            case ast.BinOp(op=ast.Pow(), right=ast.UnaryOp(op=ast.USub())):
                found.append(f"{node.lineno}: negative power")
            case ast.Import(names=names):
                found += [
                    f"{node.lineno}: import {name.name}" for name in names if name.name in FLOAT_MODULES
                ]
            case ast.ImportFrom(module=module) if module in FLOAT_MODULES:
                found.append(f"{node.lineno}: import {module}")
            case ast.Attribute(attr="total_seconds" | "timestamp"):
                found.append(f"{node.lineno}: {node.attr}")
    return found


def _whole(node: ast.expr) -> bool:
    """Whether *node* is surely an int: a literal, ``len()``, ``int()``, or arithmetic on such."""
    match node:
        case ast.Constant(value=int()):
            return True
        case ast.Call(func=ast.Name(id="len" | "int" | "ord")):
            return True
        case ast.BinOp(left=left, right=right):
            return _whole(left) and _whole(right)
        case ast.UnaryOp(operand=operand):
            return _whole(operand)
    return False


@pytest.mark.parametrize("module", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_float_in_the_core(module):
    assert floats(module.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 0.5",
        "x = float('1')",
        "def f(x: float) -> None: ...",
        "x: list[float] = []",
        "x = 1 / 3",
        "x = len(a) / len(b)",
        "x = (len(a) + 1) / 2",
        "x = round(y, 2)",
        "import math",
        "from statistics import mean",
        "x = 10 ** -2",
    ],
)
def test_the_test_sees_floats(source):
    assert floats(source) != []


@pytest.mark.parametrize(
    "source", ["x = 1 // 3", "x = Decimal('0.5')", "x = a / b", "from decimal import Decimal", "x = 10 ** 2"]
)
def test_the_test_lets_decimals_pass(source):
    assert floats(source) == []
