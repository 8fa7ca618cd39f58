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
