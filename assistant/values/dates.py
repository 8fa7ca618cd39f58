"""Deadlines and dates: 2022.11月完成, 11月底前, 三季度末, 每年12月底前, 2021-12-31 00:00:00.

A month's end and the month itself are the same here: 11月底前 and ≤11月 both ask for November.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.patterns import pattern
from assistant.domain.value import Day, Op

_DIGITS = "〇○零一二三四五六七八九"
_TO_ARABIC = str.maketrans(_DIGITS, "000123456789")
_PERIOD = "写的是起止时间，按截止时间理解"

_YEAR = rf"(?:(?:19|20)\d{{2}}|[一二][〇○零九][{_DIGITS}]{{2}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_ARABIC_MONTH = r"(?:1[0-2]|0?[1-9])"
_ARABIC_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_CLOCK = r"(?:[T ]?(?:\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?|24[时点]))?"
_WITHIN_MONTH = r"(?:份?(?:月?底|末|初|中旬|上旬|下旬|中)?)"
_THIS_YEAR = r"(?:(?:本|当|该)年度?|全年|年度)?"
_HEAD = pattern(
    rf"\d{{1,4}}[年月日号季./\-—~至到]|\d{{8}}|[{_DIGITS}十第上下年本当该全每]|(?:19|20)\d\d年?全年"
)

_POINTS = tuple(
    pattern(point)
    for point in (
        rf"(?:(?P<y>{_YEAR})年)?(?P<m>{_MONTH})月{_DAY}[日号]?[-—~至到](?P<d>{_DAY})[日号]",
        rf"(?P<y>{_YEAR})年(?P<m>{_MONTH})月(?P<d>{_DAY})[日号]?{_CLOCK}(?!\d)",
        rf"(?:19|20)\d\d[./]{_ARABIC_MONTH}(?:-|—|~|至|到)(?P<y>(?:19|20)\d\d)[./](?P<m>{_ARABIC_MONTH})(?![\d.])",
        r"(?:19|20)\d\d(?:-|—|~|至|到)(?P<y>(?:19|20)\d\d)(?:年度?)?(?![\d.])",
        rf"(?P<y>(?:19|20)\d\d)[./]{_ARABIC_MONTH}[./]{_ARABIC_DAY}[-—~至到](?P<m>{_ARABIC_MONTH})[./](?P<d>{_ARABIC_DAY})(?![\d.])",
        rf"(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>{_ARABIC_MONTH})(?P=sep)(?P<d>{_ARABIC_DAY})日?{_CLOCK}(?!\d)",
        r"(?P<y>(?:19|20)\d\d)(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?![\d.,%‰]|[个万亿元人次户亩米])",
        rf"(?P<y>{_YEAR})[年./-](?P<m>{_MONTH})月{_WITHIN_MONTH}",
        rf"(?P<y>(?:19|20)\d\d)[-/](?P<m>{_ARABIC_MONTH})(?![\d./-])",
        rf"(?P<y>{_YEAR})年度?(?:全年)?(?P<end>年?[底末终]|以?内)",
        rf"(?P<y>{_YEAR})年度?第?(?P<q>[1-4一二三四])季度?(?:末|底|内)?",
        rf"(?P<y>{_YEAR})年度?(?P<h>上半年|下半年)(?:末|底|内)?",
        rf"(?P<y>{_YEAR})(?:年度?)?全年|(?P<y2>{_YEAR})年度?",
        rf"(?P<yy>[12]\d)年(?P<m>{_ARABIC_MONTH})月(?:(?P<d>{_ARABIC_DAY})[日号](?!\d)|{_WITHIN_MONTH})",
        rf"(?P<m>{_MONTH})月(?P<d>{_DAY})[日号]{_CLOCK}(?!\d)",
        rf"(?P<m>{_ARABIC_MONTH})[./](?P<d>{_ARABIC_DAY})(?=日?(?:之|以)?前)日?",
        rf"(?P<m>{_MONTH})月{_WITHIN_MONTH}",
        rf"(?:(?P<y>{_YEAR})年度?)?第?[1-4一二三四](?:季度)?[-—~至到、](?P<q>[1-4一二三四])季度(?:末|底|内)?",
        rf"{_THIS_YEAR}(?:第(?P<q>[1-4一二三四])季度?|(?P<q2>[一二三四])季度)(?:末|底|内)?",
        rf"{_THIS_YEAR}(?P<q>[1-4一二三四])季度?[末底]",
        rf"{_THIS_YEAR}(?P<h>上半年|下半年)(?:末|底|内)?",
        rf"{_THIS_YEAR}(?P<end>年[底末内终])|(?:本|当)年度?(?P<end2>内|年?[底末])",
        rf"每月(?P<d>{_ARABIC_DAY})[日号]|(?P<d2>{_ARABIC_DAY})[日号](?=(?:之|以)?前)",
    )
)
_LEAD = pattern(
    r"(?:(?:完成|截止|截至|办结|验收|支付|拨付|交付|到位|实施)?(?:时间|日期|时限|时点)(?:为|是|在)?:?|计划|预计|实际|项目|工作|任务|全部|已经?|均|"
    r"须|应|需|要求|力争|确保|不?[于在]|每年度?|各年|(?:本|当|该)年度?(?=\d{1,2}月)|至(?=\d)|截[至止]到?|提前[至到]|到|按照?|自|从)+"
)
_NEXT_YEAR = pattern(r"[次下翌明]一?年")  # a year that only the form's year would tell
_LATEST = pattern(r"≤|不得?晚于|不迟于|不超过|最[晚迟]于?|早于|先于|限于?|赶在")
_SIGNS = {"<": Op.LT, "=": Op.EQ, "≥": Op.GE, ">": Op.GT}
_UNTIL = pattern(r"(?:\(含\))?(?:之|以)?[前内]|止|为止")
_DONE = pattern(
    r"(?:按时|按期|及时|如期|全部|全面|提前|均|已|顺利|基本|正式|陆续|初步|并|完成|到位|竣工|交付|验收|完工|上线|开工|启动|结束|投产|运行|使用|"
    r"实施|拨付|支付|发放|兑付|下达|办结|办理|建成|达标|合格|完毕|采购|招标|签订|提交|报送|投入|通过|开展|举办|执行|付款|安装|改造|建设|施工|工作|"
    r"任务|项目|到账|入库|配送|配备|资金|完|了)*[。.；;，,]?"
)
_TO = pattern(r"-{1,2}|—{1,2}|~|至|到")
_MONTHS_SPAN = pattern(rf"(?:(?P<y>{_YEAR})年度?)?{_ARABIC_MONTH}(?:-|—|~|至|到)(?={_ARABIC_MONTH}月)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as read: the day, the sign if one was meant, remarks."""

    day: Day
    op: Op | None
    notes: tuple[str, ...] = ()


def match_day(text: str, start: int = 0) -> tuple[Day, int] | None:
    """The date written in *text* (folded) from *start* on and where it ends, or ``None``."""
    if not _HEAD.match(text, start):
        return None
    for point in _POINTS:
        match = point.match(text, start)
        if match and (day := _day(match.groupdict())):
            return day, match.end()
    return None


def _day(said: dict[str, str | None]) -> Day | None:
    year = None
    if written := said.get("y") or said.get("y2"):
        year = int(written.translate(_TO_ARABIC))
    elif written := said.get("yy"):
        year = 2000 + int(written)
    month = day = None
    if written := said.get("m"):
        month = _small(written)
    if written := said.get("d") or said.get("d2"):
        day = _small(written)
    if quarter := said.get("q") or said.get("q2"):
        month = 3 * _small(quarter)
    elif half := said.get("h"):
        month = 6 if half == "上半年" else 12
    elif said.get("end") or said.get("end2"):
        month = 12
    found = Day(year=year, month=month, day=day)
    return found if _exists(found) else None


def _small(text: str) -> int:
    """A month or a day in either script: 11, 十一, 二十."""
    if text[0] not in "一二三四五六七八九十":
        return int(text)
    tens, ten, ones = text.partition("十")
    units = int((ones if ten else tens).translate(_TO_ARABIC) or "0")
    return (int(tens.translate(_TO_ARABIC) or "1") * 10 if ten else 0) + units


def _exists(day: Day) -> bool:
    if day.year is None and day.month is None and day.day is None:
        return False
    return day.day is None or day.month is None or day.day <= longest_day(day)


def longest_day(day: Day) -> int:
    """The last day of the month of *day*; 29 for a February without a year."""
    if day.month == 2:
        leap = day.year is None or (day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0))
        return 29 if leap else 28
    return {4: 30, 6: 30, 9: 30, 11: 30}.get(day.month or 0, 31)


def read_deadline(text: str) -> Deadline | None:
    """Read *text* (compact) as a deadline and nothing else, or ``None``."""
    if _NEXT_YEAR.search(text):
        return None
    position, op = _skip(_LEAD, text, 0), None
    if match := _LATEST.match(text, position):
        op, position = Op.LE, match.end()
    elif position < len(text) and text[position] in _SIGNS:
        op, position = _SIGNS[text[position]], position + 1
    position = _skip(_LEAD, text, position) if op else position
    notes: tuple[str, ...] = ()
    span = _MONTHS_SPAN.match(text, position)
    found = match_day(text, span.end() if span else position)
    if found is None and _this_year_done(text[position:]):
        return Deadline(Day(month=12), op)
    if found is None:
        return None
    day, position = found
    if span:
        year = int(span["y"].translate(_TO_ARABIC)) if span["y"] else None
        day, notes = day.model_copy(update={"year": year}), (_PERIOD,)
    elif (match := _TO.match(text, position)) and (later := match_day(text, match.end())):
        until, position = later
        day = until if until.year or not day.year else until.model_copy(update={"year": day.year})
        notes = (_PERIOD,)
    if match := _UNTIL.match(text, position):
        op, position = op or Op.LE, match.end()
    return Deadline(day, op, notes) if _DONE.fullmatch(text, position) else None


def _this_year_done(rest: str) -> bool:
    """当年完成, 本年度完成: by December."""
    match = re.match(r"(?:当年|本年度?)(?:内|底)?", rest)
    return match is not None and match.end() < len(rest) and _DONE.fullmatch(rest, match.end()) is not None


def _skip(lead: re.Pattern[str], text: str, position: int) -> int:
    match = lead.match(text, position)
    return match.end() if match else position
