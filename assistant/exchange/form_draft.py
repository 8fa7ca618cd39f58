"""The form while it is being read: cells found so far, doubts, and what was met on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assistant.domain.amounts import ZERO
from assistant.domain.case import Case, Doubt
from assistant.exchange.grid import flowed, one_line

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_MONEY = ("initial", "budget", "executed")
_MORE_THAN_ANY = Decimal(1_000_000)
"""万元: no unit's project has ten thousand million, so that such a figure counts yuan."""
_EMPTY = {"", "-", "—", "－", "/", "／", "一", "--", "——", "\\", "无"}


@dataclass(slots=True)
class FormDraft:
    """What has been read of one form; :meth:`case` closes it."""

    wrapped: bool = False
    cells: dict[str, Any] = field(default_factory=dict)
    people: list[dict[str, str]] = field(default_factory=list)
    funds: list[dict[str, str]] = field(default_factory=list)
    goals: list[dict[str, str]] = field(default_factory=list)
    indicators: list[dict[str, str]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    roles: tuple[str, ...] = ()
    money_unit_seen: bool = False

    def doubt(self, path: str, raw: str, why: str) -> None:
        """Note a cell whose reading should be confirmed."""
        found = Doubt(path=path, raw=raw, why=why)
        if found not in self.doubts:
            self.doubts.append(found)

    def put(self, key: str, text: str) -> None:
        """Keep the first non-empty reading of a cell of the head."""
        if text and not self.cells.get(key):
            self.cells[key] = text

    def short(self, text: str) -> str:
        """A short cell: one line."""
        return one_line(text)

    def told(self, text: str) -> str:
        """A sentence or a narrative: as written, unless its lines were broken by the page."""
        return flowed(text) if self.wrapped else text

    def money(self, text: str) -> None:
        """Take the unit of money from a heading such as 项目资金（万元）."""
        if self.money_unit_seen:
            return
        if match := re.search(
            r"[(（:：/](?:金额)?(?:单位)?[:：]?(万元|亿元|元)(?:[)）]|\Z)", re.sub(r"\s", "", text)
        ):
            self.cells["money_unit"] = match[1]
            self.money_unit_seen = True

    def case(self) -> Case:
        """The case as read so far, with its doubts."""
        if self.funds and not self.money_unit_seen:
            in_yuan = any(_amount(row.get(key, "")) >= _MORE_THAN_ANY for row in self.funds for key in _MONEY)
            self.cells["money_unit"] = "元" if in_yuan else "万元"
            self.doubt("money_unit", "", f"表上没有写明资金单位，按{self.cells['money_unit']}读入")
        self._figures()
        return Case.model_validate(
            {
                **self.cells,
                "people": tuple(self.people),
                "funds": tuple(self.funds),
                "goals": tuple(self.goals),
                "indicators": tuple(self.indicators),
                "doubts": tuple(self.doubts),
            }
        )

    def _figures(self) -> None:
        """Weights and scores that are no numbers."""
        for index, row in enumerate(self.indicators):
            for key, label in (("weight", "分值"), ("score", "得分")):
                text = row.get(key, "").replace(" ", "").removesuffix("分").removesuffix("%")
                if text not in _EMPTY and not _NUMBER.match(text):
                    self.doubt(f"indicators[{index}].{key}", row[key], f"{label}不是数字，请对照原表核对")


def _amount(text: str) -> Decimal:
    bare = re.sub(r"[,，\s]", "", text)
    return Decimal(bare) if _NUMBER.match(bare) else ZERO


def is_number(text: str) -> bool:
    """Whether *text* is a bare figure, a share or an amount."""
    return re.fullmatch(r"[-+]?[\d,，]*\.?\d+\s*(?:%|％|分|万元|元|亿元)?", text.strip()) is not None


def is_blank(text: str) -> bool:
    """Whether *text* says "nothing here": empty or a dash."""
    return text.strip() in _EMPTY
