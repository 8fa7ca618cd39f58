"""What facts are called, and the list they are gathered in."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.drafting.drafter import Fact

PROJECT = "项目名称"
TARGET = "年度指标值"
ACTUAL = "实际完成值"
RATIO = "完成率"
SHARE_OF_TARGET = "实际值与指标值之比"
GAP = "与指标值相差"
SAVED = "低于上限"
EXCESS = "超出指标值"
GROWTH = "超出幅度"
WEIGHT = "分值"
SCORE = "自评得分"
LOST = "扣分"
GRADE = "自评等级"
EVIDENCE = "佐证材料"
EXPECTED = "预期目标"
BUDGET = "全年预算数"
EXECUTED = "全年执行数"
RATE = "预算执行率"
UNSPENT = "未执行金额"
ADJUSTED = "年中调整金额"
UNSPENT_SHARE = "未执行占预算"
NOTE = "情况说明"
REST = "以外"


class Facts:
    """A growing list; blank texts are no facts. Ids follow the order of adding."""

    def __init__(self) -> None:
        self._list: list[Fact] = []

    def add(
        self,
        label: str,
        text: str,
        path: str = "",
        *,
        amount: Decimal | None = None,
        unit: str = "",
        formula: str = "",
        kind: str = "cell",
    ) -> None:
        """Append one fact unless *text* is blank."""
        if text.strip():
            self._list.append(
                Fact(
                    id=f"F{len(self._list) + 1}",
                    label=label,
                    text=text.strip(),
                    path=path,
                    amount=amount,
                    unit=unit,
                    formula=formula,
                    kind=kind,
                )
            )

    def done(self) -> tuple[Fact, ...]:
        """All of them."""
        return tuple(self._list)


def by_label(facts: tuple[Fact, ...]) -> Callable[[str], str]:
    """Look up a fact's text by its label; ``""`` where there is none."""
    texts: dict[str, str] = {}
    for fact in facts:
        texts.setdefault(fact.label, fact.text)
    return lambda label: texts.get(label, "")
