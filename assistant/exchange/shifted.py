"""Rows that slid to the left: text copied from a page often drops the positions a merged cell covers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.exchange.headings import (
    fund_role,
    goal_role,
    indicator_role,
    is_foot,
    is_fund_label,
    is_total,
    norm,
)
from assistant.exchange.layout_columns import settled_roles
from assistant.exchange.text_tokens import cost

_CLEAR = 60
"""How much better a shifted row must fit its headings before it is moved."""


def straightened(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], bool]:
    """*rows* with those that slid left under the last headings moved back; and whether any was moved."""
    roles: list[str] = []
    goals: list[int] = []
    found: list[list[str]] = []
    moved = False
    for row in rows:
        texts = list(row)
        own = _headings(texts)
        if own:
            roles, goals = own, []
        elif len([one for one in texts if goal_role(one)]) > 2:
            goals = [place for place, text in enumerate(texts) if goal_role(text)][-2:]
            roles = []
        elif texts and (is_total(texts[0]) or is_foot(texts[0])):
            roles = []
        elif goals:
            filled = [text for text in texts if text.strip()]
            if len(filled) == 2 and texts[: len(filled)] == filled and goals[0] > 0 and goals[1] < len(texts):
                texts = [""] * len(texts)
                texts[goals[0]], texts[goals[1]] = filled
                moved = True
            goals = []
        elif roles and (step := _slid(texts, roles)):
            texts = ([""] * step + texts)[: len(texts)]
            moved = True
        found.append(texts)
    return found, moved


def _headings(texts: Sequence[str]) -> list[str]:
    """The meanings of a row of headings, empty where it is none."""
    funds = [fund_role(text) for text in texts]
    if len({role for role in funds if role}) >= 3 and {"budget", "executed", "initial"} & set(funds):
        first = next((place for place, role in enumerate(funds) if role and norm(texts[place])), 0)
        if funds[first] == "budget" and funds.count("budget") > 1:
            funds[first] = ""  # 年度预算数 above the names of the rows
        return ["label" if not role and norm(text) else role for role, text in zip(funds, texts, strict=True)]
    if sum(bool(indicator_role(text)) for text in texts) >= 4:
        return settled_roles(texts)
    return []


def _slid(texts: Sequence[str], roles: Sequence[str]) -> int:
    """By how many positions *texts* slid to the left; 0 where they stand well or it is not clear."""
    if not texts[0].strip():
        return 0
    last = max(place for place, text in enumerate(texts) if text.strip())
    if "label" in roles:
        names = [place for place, role in enumerate(roles) if role == "label"]
        return len(names) - 1 if is_fund_label(texts[0]) and last + len(names) - 1 < len(texts) else 0
    prices = {step: _price(texts[: last + 1], roles, step) for step in range(min(4, len(texts) - last))}
    best = min(prices, key=lambda step: (prices[step], step))
    return best if prices[best] + _CLEAR <= prices[0] else 0


def _price(texts: Sequence[str], roles: Sequence[str], step: int) -> int:
    return sum(
        cost(text, roles[place + step]) if roles[place + step] != "block" else 40
        for place, text in enumerate(texts)
        if text.strip() and place + step < len(roles)
    )
