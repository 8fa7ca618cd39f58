"""Formulas for the totals of a workbook: only where they give exactly what the form says.

A total that disagrees with its rows stays the number somebody wrote: a workbook must not silently correct a form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.domain.amounts import rounded
from assistant.domain.case import Case
from assistant.domain.paths import cell
from assistant.domain.scores import ScoreSheet, Status
from assistant.exchange.sheetml import Number, number_in


def formulas(case: Case, sheet: ScoreSheet, places: Mapping[str, str]) -> dict[str, str]:
    """Path → formula (without ``=``) of the cells that follow from others; *places* maps paths to cell names."""
    return _Book(case, sheet, places).all()


class _Book:
    def __init__(self, case: Case, sheet: ScoreSheet, places: Mapping[str, str]) -> None:
        self._case, self._sheet, self._places = case, sheet, places

    def all(self) -> dict[str, str]:
        found: dict[str, str] = {}
        total = self._case.total_funds_index
        for column in ("score", "weight"):
            paths = [] if total is None else [f"funds[{total}].{column}"]
            paths += [f"indicators[{at}].{column}" for at in range(len(self._case.indicators))]
            target = "total" if column == "score" else "total_weight"
            core = self._sheet.total.sum_entered if column == "score" else self._sheet.total.weight
            printed = self._number(target)
            if printed is not None and printed.value == core:
                self._sum(target, paths, found)
        if total is not None:
            others = [at for at in range(len(self._case.funds)) if at != total]
            for column in ("initial", "budget", "executed"):
                self._sum(f"funds[{total}].{column}", [f"funds[{at}].{column}" for at in others], found)
            self._points(total, found)
        for at in range(len(self._case.funds)):
            self._rate(at, found)
        return found

    def _number(self, path: str) -> Number | None:
        return number_in(cell(self._case, path)) if path in self._places else None

    def _sum(self, target: str, paths: Sequence[str], found: dict[str, str]) -> None:
        printed = self._number(target)
        numbers = [number for path in paths if (number := self._number(path)) is not None]
        if (
            printed is not None
            and numbers
            and sum((one.value for one in numbers), Decimal(0)) == printed.value
        ):
            found[target] = f"SUM({_ranges([self._places[path] for path in paths])})"

    def _rate(self, at: int, found: dict[str, str]) -> None:
        """执行率 = 全年执行数 ÷ 全年预算数, rounded as printed."""
        rate, budget, executed = (
            self._number(f"funds[{at}].{name}") for name in ("rate", "budget", "executed")
        )
        if (
            rate is None
            or budget is None
            or executed is None
            or not budget.value
            or not rate.format.endswith("%")
        ):
            return
        decimals = len(rate.format.partition(".")[2].rstrip("%")) + 2
        if rounded(executed.value / budget.value, decimals) == rate.value:
            of, by = self._places[f"funds[{at}].executed"], self._places[f"funds[{at}].budget"]
            found[f"funds[{at}].rate"] = f"ROUND({of}/{by},{decimals})"

    def _points(self, at: int, found: dict[str, str]) -> None:
        """得分 = 分值 × 执行率, at most 分值; only where the core agrees with what is printed."""
        line = self._sheet.line("funds.total")
        names = ("score", "weight", "budget", "executed")
        score, weight, budget, executed = (self._number(f"funds[{at}].{name}") for name in names)
        if line is None or line.status is not Status.AGREES or score is None or weight is None:
            return
        if budget is None or executed is None or not budget.value:
            return
        decimals = len(score.format.partition(".")[2])
        if rounded(min(weight.value, weight.value * executed.value / budget.value), decimals) == score.value:
            points, by, of = (self._places[f"funds[{at}].{name}"] for name in names[1:])
            found[f"funds[{at}].score"] = f"ROUND(MIN({points},{points}*{of}/{by}),{decimals})"


def _ranges(cells: Sequence[str]) -> str:
    """Cell names as ranges where they stand below each other: ``H8,H12:H29``."""
    runs: list[list[str]] = []
    for name in cells:
        if runs and _below(runs[-1][-1]) == name:
            runs[-1].append(name)
        else:
            runs.append([name])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs)


def _below(name: str) -> str:
    column = name.rstrip("0123456789")
    return f"{column}{int(name[len(column) :]) + 1}"
