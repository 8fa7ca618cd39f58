"""Companies, universities, institutes and firms a text names: each must be one the form or the user named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.drafter import Fact, Span

_KIND = r"(?:有限公司|有限责任公司|股份公司|集团公司|集团有限|大学(?![生城堂])|研究院|研究所|事务所)"
_BODY = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,10}}?)(?P<kind>{_KIND})")
_GENERIC = re.compile(
    r"[各所家个名该本些此][\u4e00-\u9fff]?$|相关|有关|重点|知名|合作|高等|多所|几所|第三方|会计师|律师|国内|国外|本地|中标|承建|施工"
)
_BEFORE_A_NAME = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[由与和请经在对向至为从将把被让给同跟及或的了]|委托|聘请|邀请|联合|组织|选定|确定|依托|通过|选聘|引入|采用|中标|系)$"
)
_OWN = 4  # characters of a name, kind apart, that are enough to know it by


_PLACE = re.compile(r"(?:[\u4e00-\u9fff]{2,5}?[省市县区旗州盟])+")
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,16}?(?:委员会|办公室|中心|林场|学校|医院|局|厅|处|所|站|馆|院|队)")
_ALIKE = 66  # percent of a name's letters that make it a slip for the form's
_LEAST_NAME = 4  # characters a name has after its place


def altered_offices(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """云岭市园林绿化中心 where the form's unit is 云溪市园林绿化中心: a slip for a name of the form.

    Other offices may well be told of; only names that are nearly the form's are flagged.
    """
    names = [fact.text for fact in facts if fact.path in {"department", "unit"}]
    for name in names:
        place = _PLACE.match(name)
        own = name[place.end() :] if place else ""
        if place is None or len(own) < _LEAST_NAME:
            continue
        here = place[0][-3:]
        for match in re.finditer(re.escape(own), text):
            there = text[max(0, match.start() - len(here)) : match.start()]
            if there != here and _same_letters(there, here) == len(here) - 1:
                yield _altered(text, match.start() - len(here), match.end(), name)
        for match in re.finditer(re.escape(here), text):
            said = _ORGAN.match(text, match.end())
            if said is None or any(text.startswith(here + known, match.start()) for known in _owns(names)):
                continue
            if _likeness(said[0], own) >= _ALIKE:
                yield _altered(text, match.start(), said.end(), name)


def _owns(names: list[str]) -> Iterator[str]:
    """The names without their places."""
    for name in names:
        place = _PLACE.match(name)
        yield name[place.end() :] if place else name


def _same_letters(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False)) if len(one) == len(other) else 0


def _likeness(said: str, own: str) -> int:
    """How much of the longer name both begin and end with, in percent; 0 for a short form of it."""
    if said == own or len(said) < _LEAST_NAME:
        return 0
    least = min(len(said), len(own))
    head = next((at for at in range(least) if said[at] != own[at]), least)
    tail = next((at for at in range(least - head) if said[-1 - at] != own[-1 - at]), least - head)
    return 100 * (head + tail) // max(len(said), len(own))


def _altered(text: str, start: int, end: int, name: str) -> Span:
    return Span(start=start, end=end, text=text[start:end], why=f"单位名称与表里的“{name}”不一致")


def bodies(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """Each body of *text* that no fact names, or that differs from the one a fact names."""
    whole = "\n".join(fact.text + "\n" + fact.label for fact in facts)
    for match in _BODY.finditer(text):
        if _GENERIC.search(match["name"]) or _is_named(match, whole):
            continue
        start = max(match.start(), match.end("name") - _OWN)
        yield Span(
            start=start, end=match.end(), text=text[start : match.end()], why="这个单位名称没有依据，需核实"
        )


def _is_named(match: re.Match[str], whole: str) -> bool:
    """Whether the words before the kind are those of a fact, as far back as the name goes in one of the two."""
    name, kind = match["name"], match["kind"]
    for found in re.finditer(re.escape(kind), whole):
        before = whole[max(0, found.start() - 12) : found.start()]
        same = 0
        while same < min(len(name), len(before)) and name[-1 - same] == before[-1 - same]:
            same += 1
        if same >= 2 and (
            same == len(name)
            or _BEFORE_A_NAME.search(before[: len(before) - same])
            or _BEFORE_A_NAME.search(name[: len(name) - same])
        ):
            return True
    return False
