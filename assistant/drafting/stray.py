"""What in a text is no figure and still must have a fact: stray digits, codes, titles, persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.text_words import FAMILY_NAMES
from assistant.domain.value import Dimension
from assistant.drafting.drafter import Fact, Span
from assistant.drafting.labels import GRADE
from assistant.drafting.prompts import SLOT
from assistant.values.names import LIST_MARK, NAMES, ORDINAL, TITLE
from assistant.values.normalise import fold
from assistant.values.quantities import find_quantities
from assistant.values.units import match_unit

_TITLE = re.compile(r"《[^《》]{1,120}》")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")  # also 指标3：28种
_DIGITS = re.compile(r"\d+(?:[.~\-—至]+\d+)*")
_CODE = re.compile(
    r"(?<![A-Za-z\d])(?:[A-Z]{1,6}(?:/[A-Z]{1,3})?[ -]?\d{2,}(?:[.:-]\d+)*|\d{3,4}-\d{7,8}|1[3-9]\d{9})(?![A-Za-z\d%])"
)
_THING = re.compile(r"(?<!\d)(?P<number>\d{1,4})号(?P<thing>[\u4e00-\u9fff]{1,3})")
_PERSON = re.compile(
    rf"(?:负责人|联系人|经办人|填报人|填表人|组长|负责同志)(?:为|是|：|:)\s*(?P<name>[{''.join(sorted(FAMILY_NAMES))}][\u4e00-\u9fff]{{1,2}})"
    r"(?=[，,。；;、（(\s]|同志|$)"
)
_OFFICE_AND_NAME = re.compile(
    r"(?:负责人|联系人|经办人|填报人|填表人|组长|负责同志)(?:为|是|：|:)?\s*(?P<name>[\u4e00-\u9fff]{3})"
)
_DOES = r"(?:同志|牵头|负责|督办|具体|担任|带队|统筹|主持|分管|协调)"
_SOMEONE = re.compile(rf"(?<=[由请让])(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?={_DOES})")
_COMRADE = re.compile(
    rf"(?:(?<=[由请让，。；、：])|^)(?P<name>[{''.join(sorted(FAMILY_NAMES))}][^\W员干部领各全位党]{{1,2}})(?=同志)"
)
_GRADE = re.compile(
    r"(?:等[级次]|评[定为]|结[果论])(?:评定|确定)?(?:为|是|：|:)?[“\"]?(?P<grade>优|良|中|差)(?:秀|好|等)?[”\"]?"
    r"(?=[，。；、）)\s]|等[级次]|级|$)"
)
_OF_FORM = re.compile("自评|绩效|总分|得分")
_ONE = re.compile(r"(?<=[即共仅有成达为])一[个次](?=[，。；）)、\n]|$)")
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})月?份?[至到~\-—]+(\d{1,2})月")
_SPACE = re.compile(r"\s+")
_DIGIT_BY_DIGIT = re.compile(
    r"(?<![十百千万亿点第〇零一二三四五六七八九])[〇零一二三四五六七八九]{2,}(?![十百点])"
)
_ABOUT_SO_MANY = frozenset({"一二", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"})
_POINTS = re.compile(
    r"(?:(?<=[得扣为是成即共约：])|(?<=另有))[一二两三四五六七八九十]+(?=分(?![之别类析支工担开散配数值钟公]))"
)


def strays(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """All of them, those with a fact (codes, titles, persons) as well."""
    yield from _stray(text, facts)
    yield from _just_one(text, facts)
    yield from _people(text, facts)
    yield from _grades(text, facts)
    yield from _codes(text, facts)
    yield from _things(text, facts)
    yield from _titles(text, facts)
    yield from _spans_of_months(text, facts)


def _stray(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """Digits that are no figure, mark, name or title (2018-2022, 0-36月龄) must stand in a fact as they are."""
    covered = [False] * len(text)
    seen = fold(text)
    spans = [(mention.start, mention.end) for mention in find_quantities(text)]
    for start, end in spans:
        covered[start:end] = [True] * (end - start)
    figures = covered.copy()
    for rule in (LIST_MARK, NAMES, ORDINAL, TITLE, SLOT):
        for match in rule.finditer(seen):
            if not _CLOCK.fullmatch(match[0]):
                covered[slice(*match.span())] = [True] * len(match[0])
    whole = "\n".join(fold(fact.text + "\n" + fact.label) for fact in facts)
    for match in _DIGITS.finditer(seen):
        if all(covered[at] for at in range(*match.span()) if seen[at].isdecimal()):
            continue
        holder = re.search(rf"(?<![\d.-]){re.escape(match[0])}(?![\d-])", whole)
        if holder is None:
            raw = text[slice(*match.span())]
            yield Span(start=match.start(), end=match.end(), text=raw, why="事实里没有这个数")
    for start, end in _spelled(seen, figures):
        yield Span(start=start, end=end, text=text[start:end], why="数字不能逐字写成汉字，无法核对")


def _spelled(seen: str, figures: list[bool]) -> Iterator[tuple[int, int]]:
    """Numbers that only look like words: digit by digit before a unit (一五个, 零一分), points (得九分)."""
    for match in _DIGIT_BY_DIGIT.finditer(seen):
        unit = match_unit(seen, match.end())
        if unit is None or any(figures[slice(*match.span())]):
            continue
        if match[0] == "三九" and unit[0].text == "天":
            continue
        if match[0] in _ABOUT_SO_MANY and unit[0].dimension is Dimension.COUNT and unit[0].text != "分":
            continue
        if unit[0].text not in {"年", "期", "节", "届", "路"}:  # 二〇二三年, 五一期间, 五四路
            yield match.span()
    yield from (match.span() for match in _POINTS.finditer(seen))


def _just_one(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """完成一个。 is a count, unlike 一个平台; some fact must be one."""
    if any(fact.amount == 1 for fact in facts):
        return
    for match in _ONE.finditer(text):
        yield Span(start=match.start(), end=match.end(), text=match[0], why="事实里没有这个数")


def _people(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """A person named for an office (负责人为…) must stand in a fact."""
    named = {match.start("name"): match for match in _PERSON.finditer(text)}
    known = [fact.text for fact in facts if fact.path.startswith("people")]
    for match in _OFFICE_AND_NAME.finditer(text):  # 负责人：褚云飞统筹实施: it begins as a known name does
        begun = [name for name in known if name[0] == match["name"][0]]
        if begun and not any(match["name"].startswith(name) for name in begun):
            named.setdefault(match.start("name"), match)
    for match in _SOMEONE.finditer(text):  # 由陈立军牵头: a slip for a name of the form
        if any(_is_slip(match["name"], name) for name in known):
            named.setdefault(match.start("name"), match)
    for match in _COMRADE.finditer(text):
        named.setdefault(match.start("name"), match)
    for match in named.values():
        holder = next((fact.id for fact in facts if match["name"] in fact.text), "")
        start, end = match.span("name")
        why = "" if holder else "人名没有依据，需核实"
        yield Span(start=start, end=end, text=match["name"], fact=holder, why=why)


def _is_slip(said: str, name: str) -> bool:
    """Whether two names differ in one character."""
    return len(said) == len(name) > 1 and sum(a != b for a, b in zip(said, name, strict=True)) == 1


def _grades(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """自评等级为良 where the form's points make it 优."""
    known = {fact.text: fact.id for fact in reversed(facts) if fact.label == GRADE}
    for match in _GRADE.finditer(text) if known else ():
        begin = max(text.rfind(stop, 0, match.start()) for stop in "。；\n") + 1
        if _OF_FORM.search(text, begin, match.start()):
            fact = known.get(match["grade"], "")
            why = "" if fact else f"按得分是“{'”或“'.join(known)}”"
            start, end = match.span("grade")
            yield Span(start=start, end=end, text=match["grade"], fact=fact, why=why)


def _codes(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """Codes and telephones (NZ-2024-016, GB/T 30600-2022): one built like a fact's must be that fact's."""
    known = {code[0]: fact.id for fact in facts for code in _CODE.finditer(fold(fact.text))}
    shapes = {re.sub(r"\d", "0", code): code for code in known}
    for match in _CODE.finditer(fold(text)):
        alike = shapes.get(re.sub(r"\d", "0", match[0]))
        if alike is None:
            continue
        fact = known.get(match[0], "")
        why = "" if fact else f"编号与事实不符：事实是{alike}"
        start, end = match.span()
        yield Span(start=start, end=end, text=text[start:end], fact=fact, why=why)


def _things(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """003号桥: where facts tell such things apart by numbers, it must be one of theirs."""
    known = {
        (found["thing"][:1], found["number"])
        for fact in facts
        for found in _THING.finditer(fold(f"{fact.text}\n{fact.label}"))
    }
    kinds = {thing for thing, _ in known}
    for match in _THING.finditer(fold(text)):
        thing = match["thing"][:1]
        if thing in kinds and (thing, match["number"]) not in known:
            start, end = match.start(), match.start("thing") + 1
            yield Span(start=start, end=end, text=text[start:end], why="事实里没有这个编号")


def _spans_of_months(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """10月至12月 where a fact has 10月至11月: one end is the fact's, the other is not."""
    known = {(one[1], one[2]) for fact in facts for one in _MONTHS.finditer(fold(fact.text))}
    for match in _MONTHS.finditer(fold(text)):
        ends = match[1], match[2]
        alike = next((pair for pair in known if (pair[0] == ends[0]) != (pair[1] == ends[1])), None)
        if alike is not None and ends not in known:
            start, end = match.span()
            why = f"事实里是{alike[0]}月至{alike[1]}月"
            yield Span(start=start, end=end, text=text[start:end], why=why)


def _titles(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """Titles in 书名号 must be in a fact, blanks apart."""
    known = [(fact.id, _SPACE.sub("", fact.text + fact.label)) for fact in facts]
    for match in _TITLE.finditer(text):
        title = _SPACE.sub("", match[0])
        holder = next((name for name, whole in known if title in whole), "")
        if not holder:  # a fact may name it without 书名号
            holder = next((name for name, whole in known if len(title) > 6 and title[1:-1] in whole), "")
        why = "" if holder else "书名没有依据，需核实"
        yield Span(start=match.start(), end=match.end(), text=match[0], fact=holder, why=why)
