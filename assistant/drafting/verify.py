"""Holds a text against facts: every figure, date, document number and title is bound to a fact or flagged.

Equality is exact in common units (1125110元 = 112.511万元, 百分之九十三 = 93%, 一百二十一家 = 121家). A rounder figure
passes only where the text says it is one (约, 近, 余). Beyond the value, the words around it must fit the fact: a target
is no result, and a figure of one indicator is not another's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.domain.value import Approximation, Day, Op
from assistant.drafting.bodies import altered_offices, bodies
from assistant.drafting.counts import speaks, tells_rows
from assistant.drafting.drafter import Fact, Span, Verification
from assistant.drafting.elsewhere import contradicted, misplaced
from assistant.drafting.likeness import ALIKE, Place, fitting, grown, spoken
from assistant.drafting.multiples import multiples
from assistant.drafting.prompts import SLOT
from assistant.drafting.proportions import proportions
from assistant.drafting.reckoned import NO_SUCH, Held, reckoned
from assistant.drafting.rests import word_of
from assistant.drafting.roles import role_conflict
from assistant.drafting.shares import in_figures, is_share_of_whole, restated, roughly, with_approximation
from assistant.drafting.sources import (
    Source,
    money_per,
    other_classifier,
    other_unit,
    same_amount,
    same_unit,
    sources_of,
    unit_left_out,
)
from assistant.drafting.stray import strays
from assistant.drafting.topics import other_topic, spoken_of
from assistant.drafting.uncounted import counts_nothing, sums_up
from assistant.drafting.years import last_year, next_year
from assistant.values.normalise import fold, with_wide_stops
from assistant.values.quantities import Mention, MentionKind, find_quantities

_PENDING = re.compile(r"【待补充[^】]*】")
# “两个覆盖” “三重一大”: a slogan in quotation marks is a name.
_SLOGAN = re.compile(
    r"[“‘\"](?=[一二三四五六七八九十两百千][\u4e00-\u9fff])(?![^”’\"]{0,6}\d)[\u4e00-\u9fff、，]{3,16}[”’\"]"
    r"|[“‘\"][\d+＋A-Za-z]{1,8}[”’\"]"
    r"|[“‘\"]\d{1,4}[\u4e00-\u9fff]{2,5}(?:、\d{1,4}[\u4e00-\u9fff]{2,5})+[”’\"]"  # “300米见绿、500米见园”
    r"|[“‘\"][^”’\"，。；]{1,24}[+＋][^”’\"，。；]{1,24}[”’\"]"  # “1名护理员+1名志愿者”
)
_SPAN = re.compile(r"\d[年月日]?\s*[-~—–至]+\s*\d")  # 2018-2022: must stand in a fact as it is
_ISO_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_NOT = re.compile(r"(?:没有?|未|不|并未)(?:曾|能)?\Z")
_AS_A_RULE = re.compile(r"目标|要求|指标|标准|计划|[应须]|不得|预期")
_UNIT_PRICE = re.compile(r"(?:单价|单位成本)(?:为|是|：|:)?\Z")
_EACH = re.compile(r"(?:每|均|单(?![位价]))[^，。；、\d]{1,6}\Z")
_FULL_STOP = re.compile(r"[。\n]")
_SEGMENT = re.compile(r"[。；;\n]")
_SPACE = re.compile(r"\s+")
NO_SUCH_DAY = "没有这一天"
_NONE_HAS_IT = ("日期没有依据", "文号没有依据", "单位与事实不符")
_DAY_LEFT = re.compile(r"\d{1,2}[日号]")
_NO_NUMBER = re.compile(r"0\d")
_FORMER_LATTER = re.compile(r"[前后]者(?=[^，。；、前后]*\Z)")
_TENTHS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_TENTH = re.compile("[上中下]旬|月份?(初|[底末])")


@dataclass(frozen=True, slots=True)
class _Text:
    """The text with its figures found once."""

    raw: str
    mentions: tuple[Mention, ...]


def verify(text: str, facts: tuple[Fact, ...]) -> Verification:
    """Bind everything checkable in *text* to *facts*. List marks and names with numerals are no figures.

    What stands inside 【待补充：…】 is not asserted and not looked at.
    """
    raw, text = text, with_wide_stops(text)
    skipped = [match.span() for pattern in (_PENDING, _SLOGAN) for match in pattern.finditer(text)]
    pairs = list(proportions(text, facts))
    skipped += [(span.start, span.end) for span in pairs]
    mentions = tuple(m for m in find_quantities(text) if not _inside(m.start, skipped))
    seen = _Text(text, mentions)
    sources = sources_of(facts)
    spans = _figures(seen, sources)
    spans += [
        span
        for span in (
            *strays(text, facts),
            *bodies(text, facts),
            *altered_offices(text, facts),
            *multiples(text, facts),
            *last_year(text, facts),
        )
        if not _inside(span.start, skipped)
    ]
    spans += pairs
    spans += [
        Span(start=m.start(), end=m.end(), text=m[0], why="槽位没有对应的事实") for m in SLOT.finditer(text)
    ]
    if raw != text:
        spans = [span.model_copy(update={"text": raw[span.start : span.end]}) for span in spans]
    spans.sort(key=lambda span: (span.start, span.end))
    return Verification(
        supported=tuple(span for span in spans if not span.why),
        unsupported=tuple(span for span in spans if span.why),
    )


def has_no_source(why: str) -> bool:
    """Whether *why* a figure is not supported is that no fact has it at all."""
    return why == NO_SUCH or why.startswith(_NONE_HAS_IT)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _figures(text: _Text, sources: tuple[Source, ...]) -> list[Span]:
    """Bind every figure, or say why it cannot be bound."""
    spans: list[Span] = []
    held: list[Held] = []  # of this sentence
    earlier: list[Held] = []  # of this sentence before a semicolon
    row, end, begin, opened = (
        "",
        0,
        0,
        0,
    )  # the row spoken of just before, where, where the clause and all began
    rows: frozenset[str] = frozenset()  # of the sentence before
    for position, found in enumerate(text.mentions):
        if stop := _SEGMENT.search(text.raw, end, found.start):
            spans += reckoned(
                text.raw, (opened, begin, stop.start()), held, sources, earlier=earlier, rows=rows
            )
            rows = frozenset(one.source.row for one in held if one.source) | spoken_of(
                text.raw[begin : stop.start()], sources
            )
            full = _FULL_STOP.search(text.raw, end, found.start)
            earlier, opened = ([], stop.end()) if full else ([*earlier, *held], opened)
            row, held, begin = "", [], stop.end()
        place = Place.around(text.raw, text.mentions, position)
        row = _referred(place, held) or row
        mention = with_approximation(found, place)
        if counts_nothing(mention, place):
            continue
        candidates, why = _candidates(mention, place, sources)
        if mention.day is not None and _DAY_LEFT.match(text.raw, mention.end):
            candidates, why = [], NO_SUCH_DAY
        mention, place, candidates, why = _as_share(mention, place, candidates, why, sources)
        if in_figures(text.raw, found):  # held against the form by the figure itself
            continue
        if held and (told := restated(text.raw, held[-1].mention, mention)) is not None:
            fact = held[-1].span.fact if told else ""
            why = "" if told else f"前面说的是{held[-1].mention.text}"
            span = Span(start=mention.start, end=mention.end, text=mention.text, fact=fact, why=why)
            held.append(Held(mention, span, None, not told))
            end = mention.end
            continue
        if why and sums_up(mention, place, sources):
            continue
        is_false = bool(why) and (
            _NO_NUMBER.match(mention.text) is not None
            or (
                not candidates
                and mention.amount is not None
                and bool(contradicted(place, mention, [], sources))
            )
        )
        if not why:
            candidates = fitting(place, grown(place, spoken(place, candidates)))
            why = contradicted(place, mention, candidates, sources)
            is_false = bool(why)
            why = (
                why
                or role_conflict(place, candidates, sources)
                or misplaced(place, mention, candidates, sources, row)
                or other_topic(place, mention, candidates, sources, row)
                or next_year(mention, place, candidates, sources)
            )
        best = max(
            candidates,
            key=lambda source: (place.likeness(source), source.row == row, not source.derived),
            default=None,
        )
        bound = best if best is not None and not why else None
        fact = bound.fact.id if bound else ""
        span = Span(start=mention.start, end=mention.end, text=mention.text, fact=fact, why=why)
        if why == NO_SUCH_DAY and (rest := _DAY_LEFT.match(text.raw, mention.end)):
            span = span.model_copy(update={"end": rest.end(), "text": text.raw[mention.start : rest.end()]})
        held.append(Held(mention, span, bound, is_false, bool(why and candidates)))
        row, end = bound.row if bound else row, mention.end
    stop = _SEGMENT.search(text.raw, end)
    last = stop.start() if stop else len(text.raw)
    return spans + reckoned(text.raw, (opened, begin, last), held, sources, earlier=earlier, rows=rows)


def _as_share(
    mention: Mention, place: Place, candidates: list[Source], why: str, sources: tuple[Source, ...]
) -> tuple[Mention, Place, list[Source], str]:
    """九成以上, 不足90%: as a claim of over or nearly so much, where it is no figure of the form as it stands."""
    said = roughly(mention)
    if said is None or not (why or "成" in mention.text):
        return mention, place, candidates, why
    around = replace(place, shown=mention.text.removesuffix("以上"))
    others, wrong = _candidates(said, around, sources)
    # 超过九成, of a result below its 90%, is not saved by other rows.
    unmet = bool(why) and any(map(place.is_about, candidates)) and "完成" not in place.before
    if (why or not wrong) and not unmet:
        return said, around, [*candidates, *others], wrong
    return mention, place, candidates, why


def _referred(place: Place, held: list[Held]) -> str:
    """The row that 前者 or 后者 stands for: the first or the second the sentence spoke of."""
    said = _FORMER_LATTER.search(place.before)
    rows = list(dict.fromkeys(one.source.row for one in held if one.source and one.source.row))
    if said is None or len(rows) != 2:
        return ""
    return rows[said[0] == "后者"]


def _candidates(mention: Mention, place: Place, sources: tuple[Source, ...]) -> tuple[list[Source], str]:
    """The facts that say the same value, or none and why.

    A figure of another text of the form counts where the words around it are repeated as well.
    """
    sources = tuple(s for s in sources if speaks(s, place, sources) and not _is_the_part(s, place))
    if mention.kind is MentionKind.DOCNUMBER:
        found = [source for source in sources if _same_number(mention, place, source)]
        return found, "" if found else "文号没有依据，需核实"
    if _NO_NUMBER.match(mention.text):
        return [], "事实里没有这个数"
    if mention.day is not None:
        found = [
            source
            for source in sources
            if source.mention.day
            and _covers(source.mention.day, mention.day)
            and _in_that_part(source.mention, mention)
            and (
                not _SPAN.search(mention.text)
                or _ISO_DAY.fullmatch(mention.text)
                or fold(mention.text) in fold(source.fact.text + source.fact.label)
            )
        ]
        return found, "" if found else "日期没有依据"
    equal = [source for source in sources if same_amount(mention, source)]
    found = [source for source in equal if same_unit(mention, source)] or [
        source
        for source in equal
        if (
            (other_classifier(mention, source) or unit_left_out(mention, source))
            and (
                place.likeness(source) >= ALIKE
                or (source.fact.path == "indicators" and ("指标" in place.near or tells_rows(place)))
            )
        )
        or (
            money_per(mention, source)
            and (
                place.is_about(source)
                or _each(source) in place.sentence
                or _EACH.search(place.before)
                or _UNIT_PRICE.search(place.before)
            )
        )
    ]
    if mention.unit.text in {"个", "项"} and tells_rows(place):
        found = [source for source in found if source.fact.path == "indicators" or source.is_told]
    if is_share_of_whole(mention, place):  # no row's 完成率 or 超出幅度 is a part of anything
        found = [one for one in found if not (one.derived and one.row.startswith("indicators"))]
    if is_share_of_whole(mention, place) and not any(map(place.is_about, found)):
        return [], NO_SUCH  # another row's rate; what the sentence counts itself may still give it
    if found:
        wrong = [
            _overstated(mention, source, place) or _not_reached(mention, source, place, sources)
            for source in found
        ]
        return found, "" if "" in wrong else wrong[0]
    other = next((source for source in equal if other_unit(mention, source)), None)
    return [], f"单位与事实不符：事实是{other.mention.text}" if other else NO_SUCH


def _is_the_part(source: Source, place: Place) -> bool:
    """Whether the words make a rest the very part it is not: 合格10条."""
    word = word_of(source.fact.label)
    return bool(word) and (place.before.endswith(word) or place.after.startswith(word))


def _each(source: Source) -> str:
    """每场 for 1.15万元/场."""
    return f"每{source.mention.unit.text.partition('/')[2]}"


def _overstated(mention: Mention, source: Source, place: Place) -> str:
    """超过121家 where the fact is 121家: the value is there, the claim is not."""
    fact = source.mention
    if (
        mention.op in {Op.GT, Op.LT}
        and fact.op is None
        and mention.amount == fact.amount
        and not source.derived
        and not (source.role == "target" and place.role == "target")  # a result above its target
    ):
        return f"事实是{fact.text}，没有超过或不足"
    if (
        mention.approximation in {Approximation.OVER, Approximation.NEARLY}
        and mention.amount == fact.amount
        and fact.approximation is None
    ):
        return f"事实是整{fact.text}"
    return ""


def _not_reached(mention: Mention, source: Source, place: Place, sources: tuple[Source, ...]) -> str:
    """超过60%, told of a result below that target; where the words state the target itself nothing is claimed."""
    over = Op.GT is mention.op or mention.approximation is Approximation.OVER
    if not over and mention.op is not Op.LT and mention.approximation is not Approximation.NEARLY:
        return ""
    clause = re.split("[，,]", place.before)[-1]
    if source.role != "target" or not source.row.startswith("indicators") or _AS_A_RULE.search(clause):
        return ""
    if _NOT.search(clause):  # 没有突破1200元
        return ""
    results = [one.base for one in sources if one.row == source.row and one.role == "actual"]
    if not results or any(result > source.base if over else result < source.base for result in results):
        return ""
    return f"实际没有{'超过' if over else '低于'}{source.mention.text}"


def _in_that_part(fact: Mention, said: Mention) -> bool:
    """Whether the part of the month said (11月上旬, 11月底) has the fact's day or is the fact's own."""
    part = _TENTH.search(said.text)
    if part is None or fact.day is None:
        return True
    low, high = _TENTHS[part[1] or part[0]]
    if fact.day.day is not None:
        return low <= fact.day.day <= high
    own = _TENTH.search(fact.text)
    return own is None or (own[1] or own[0]) == (part[1] or part[0]) or {own[1], part[1]} == {"底", "末"}


def _covers(fact: Day, said: Day) -> bool:
    """Whether *said* claims nothing that *fact* does not say; 11月 is covered by 2022年11月30日."""
    pairs = ((fact.year, said.year), (fact.month, said.month), (fact.day, said.day))
    return all(claim is None or claim == known for known, claim in pairs)


def _same_number(mention: Mention, place: Place, source: Source) -> bool:
    """Whether a document number is the fact's, the issuer's last characters before it included."""
    if source.mention.kind is not MentionKind.DOCNUMBER or _plain(mention.text) != _plain(
        source.mention.text
    ):
        return False
    before = source.before[-2:]
    return not before or place.before.endswith(before)


def _plain(text: str) -> str:
    return re.sub(r"[\[【(（〔]", "〔", re.sub(r"[\]】)）〕]", "〕", _SPACE.sub("", text)))
