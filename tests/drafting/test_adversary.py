"""A thousand replies of a model that gets one number wrong: none becomes a draft that counts as usable."""

from __future__ import annotations

import asyncio
import random
import re
from contextlib import aclosing
from functools import cache

import httpx
import pytest

from assistant.catalogue.settings import Settings, load_settings
from assistant.drafting.client import OpenAIDrafter
from assistant.drafting.drafter import Draft, DraftRequest, Fact, Finished
from assistant.drafting.inventions import verify_model_text
from assistant.drafting.service import request_for
from tests.drafting.test_sentences import NAMES, scored_case, sentences

REPLIES = 1000
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CHINESE = "零一二三四五六七八九"


def said(fact: Fact, chance: random.Random) -> str:
    """A fact as a model writes it: mostly as its slot, sometimes in its own digits."""
    return f"{{{fact.id}}}" if chance.random() < 0.6 else fact.text


def other_number(number: str, chance: random.Random) -> str:
    """*number* with one digit changed, two swapped, the point moved, or one digit more."""
    digits = [at for at, sign in enumerate(number) if sign.isdecimal()]
    at = chance.choice(digits)
    changed = [
        number[:at] + chance.choice([d for d in "123456789" if d != number[at]]) + number[at + 1 :],
        number[::-1] if "." not in number and number != number[::-1] else number + "7",
        number.replace(".", "") if "." in number and number.replace(".", "") != number else number + "3",
        f"{number}.7" if "." not in number else number + "8",
        chance.choice("123456789") + number,
    ]
    return chance.choice(changed)


def spelled(number: str) -> str:
    """*number* digit by digit: 18 → 一八."""
    return "".join(_CHINESE[int(sign)] if sign.isdecimal() else "点" for sign in number)


@cache
def requests() -> tuple[DraftRequest, ...]:
    """One narrative and three reasons of each form."""
    found = []
    for name in NAMES:
        case, sheet = scored_case(name)
        paths = ["goals[0].actual", *(f"indicators[{row}].reason" for row in (0, 1, 4))]
        found += [request_for(case, sheet, path) for path in paths]
    return tuple(found)


def values(request: DraftRequest) -> set[str]:
    """Every number that stands in a fact."""
    whole = " ".join(f"{fact.text} {fact.label} {fact.amount}" for fact in request.facts)
    return {number.lstrip("0") for number in _NUMBER.findall(whole)}


def sentence(fact: Fact, text: str) -> str:
    """The fact told in one sentence."""
    if fact.path.endswith(".target"):
        return f"{fact.label.removesuffix('（年度指标值）')}年度指标值为{text}"
    return f"{fact.label.partition('（')[0]}{'为' if fact.kind == 'derived' else '实际完成'}{text}"


def reply(request: DraftRequest, chance: random.Random) -> str:
    """True sentences and one number that stands in no fact."""
    usable = [
        fact
        for fact in request.facts
        if fact.amount is not None and fact.path.partition(".")[2] != "" and _NUMBER.search(fact.text)
    ]
    some = chance.sample(usable, min(len(usable), chance.randint(1, 4)))
    parts = [sentence(fact, said(fact, chance)) for fact in some]
    victim = chance.choice(usable)
    known = values(request)
    number = _NUMBER.search(victim.text)
    assert number is not None
    wrong = number[0]
    while wrong.lstrip("0") in known or wrong.lstrip("0") == number[0]:
        wrong = other_number(number[0], chance)
    written = spelled(wrong) if chance.random() < 0.1 and "." not in wrong else wrong
    lie = victim.text[: number.start()] + written + victim.text[number.end() :]
    kinds = (
        sentence(victim, lie),
        f"其中{sentence(victim, said(victim, chance))}，另有{written}{victim.unit or '项'}正在办理",
        f"<think>{lie}</think>{sentence(victim, lie)}",
        f"{sentence(victim, f'{{{victim.id}}}')}（即{lie}）",
        f"**{sentence(victim, lie)}**",
        f"{written}{victim.unit or '个'}任务全部完成",
    )
    parts.insert(chance.randint(0, len(parts)), chance.choice(kinds))
    marks = chance.choice((["；"] * 9, ["，"] * 9, ["。\n"] * 9, [f"；\n{mark}" for mark in "②③④⑤⑥⑦⑧⑨⑩"]))
    text = parts[0]
    for part, mark in zip(parts[1:], marks, strict=False):
        text += mark + part
    return f"{text}。"


class Model:
    """A model that says ``content``, and says it again when asked to mend it."""

    def __init__(self, settings: Settings) -> None:
        self.content = ""
        self.drafter = OpenAIDrafter(settings, verify_model_text, transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        body = {"choices": [{"message": {"content": self.content}}]}
        return httpx.Response(200, json=body)

    async def draft(self, request: DraftRequest, content: str) -> Draft:
        """What comes of the reply *content*."""
        self.content = content
        async with aclosing(self.drafter.stream(request)) as events:
            async for event in events:
                if isinstance(event, Finished):
                    return event.draft
        raise AssertionError


@pytest.fixture
def model(tmp_path) -> Model:
    """A model of its own for each test."""
    flags = {"base_url": "http://127.0.0.1:9/v1", "model": "m"}
    return Model(load_settings(flags, {}, tmp_path).settings)


def test_no_wrong_number_reaches_a_usable_draft(model):
    """Never left out, however slow the machine: it is what the program promises."""
    chance = random.Random(20231130)

    async def usable() -> list[str]:
        passed = []
        for _ in range(REPLIES):
            request = chance.choice(requests())
            content = reply(request, chance)
            draft = await model.draft(request, content)
            if draft.usable:
                passed.append(f"{content} → {draft.text}")
        return passed

    assert asyncio.run(usable()) == []


@pytest.mark.long
def test_no_labelled_mistake_reaches_a_usable_draft(model):
    """The other ways to lie: units, rows, numerals in Chinese, sums and ratios, dates, document numbers, titles.

    Persons are not: a model is never told their names.
    """
    altered = [sentence for sentence in sentences() if sentence.kind not in {"true", "d", "p"}]
    assert {sentence.kind for sentence in altered} == set("urnctwbi")
    assert len(altered) >= 400

    async def usable() -> list[str]:
        narrative = {name: request_for(*scored_case(name), "goals[0].actual") for name in NAMES}
        return [
            sentence.text
            for sentence in altered
            if (await model.draft(narrative[sentence.case], sentence.text)).usable
        ]

    assert asyncio.run(usable()) == []


def test_true_replies_stay_usable(model):
    """The other side: the same sentences without the lie are not thrown away."""
    chance = random.Random(7)

    async def refused() -> list[str]:
        lost = []
        for _ in range(200):
            request = chance.choice(requests())
            cells = [f for f in request.facts if f.path.endswith(".actual") and f.amount is not None]
            some = chance.sample(cells, min(len(cells), 3))
            content = "；".join(sentence(fact, said(fact, chance)) for fact in some) + "。"
            draft = await model.draft(request, content)
            lost += [] if draft.usable else [f"{draft.text} {draft.unsupported}"]
        return lost

    assert asyncio.run(refused()) == []
