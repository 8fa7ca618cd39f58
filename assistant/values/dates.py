"""Deadlines and dates: 2022.11月完成, 11月底前, 三季度末, 每年12月底前, 2021-12-31 00:00:00.

A month's end and the month itself are the same here: 11月底前 and ≤11月 both ask for November.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.value import Day, Op

_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}  # fmt: skip
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

YEAR = r"(?:19|20)\d{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_CLOCK = r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
_PART_OF_MONTH = r"(?:份?(?:月?底|末|初|中旬|上旬|下旬|中)?)"

_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<y>{YEAR})年(?P<m>{_MONTH})月(?P<d>{_DAY})[日号]?(?!\d){_CLOCK}",
        rf"(?P<y>{YEAR})(?P<sep>[-/.])(?P<m>{_MONTH})(?P=sep)(?P<d>{_DAY})日?(?!\d){_CLOCK}",
        rf"(?P<y>{YEAR})(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?![\d.,%个万元人])",
        rf"(?P<y>{YEAR})[年./-](?P<m>{_MONTH})月{_PART_OF_MONTH}",
        rf"(?P<y>{YEAR})[-/](?P<m>{_MONTH})(?![\d./-])",
        rf"(?P<y>{YEAR})年度?(?:全年)?(?P<end>年?底|年?末|以?内)",
        rf"(?P<y>{YEAR})年度?第?(?P<q>[1-4一二三四])季度?(?:末|底|内)?",
        rf"(?P<y>{YEAR})年度?(?P<h>上半年|下半年)(?:末|底|内)?",
        rf"(?P<y>{YEAR})年(?:度)?",
        rf"(?P<m>{_MONTH})月(?P<d>{_DAY})[日号](?!\d)",
        rf"(?P<m>{_MONTH})月{_PART_OF_MONTH}",
        r"(?P<cm>十[一二]?|[一二三四五六七八九])月(?P<cd>[一二三四五六七八九十]{1,3})[日号]",
        rf"(?P<cm>十[一二]?|[一二三四五六七八九])月{_PART_OF_MONTH}",
        r"(?:(?:本|当|该)年度?|全年)?第?(?P<q>[1-4一二三四])季度?(?:末|底|内)",
        r"(?:(?:本|当|该)年度?)?(?P<h>上半年|下半年)(?:末|底|内)?",
        r"(?:(?:本|当|该)年度?|年度)?(?P<end>年底|年末|年内|年终)|(?:本|当)年度?内(?P<end2>)",
        r"每月(?P<d>" + _DAY + r")[日号]",
    )
)
_BEFORE = re.compile(
    r"^(?:(?:完成|截止|截至|办结|验收|支付|拨付|交付|到位)?(?:时间|日期|时限)(?:为|是)?[::]?|定性|计划|预计|实际|项目|工作|任务|全部|已经?|"
    r"须|应|需|要求|力争|确保|[于在]|每年度?|当年|本年度?|次年|各年|截[至止]到?|提前(?:至|到)|到|按照?|自)+"
)
_LATEST = re.compile(r"^(?:≤|不晚于|不迟于|不超过|不得晚于|最晚(?:于|在)?|最迟(?:于|在)?|早于|先于|限)")
_SIGN = re.compile(r"^[<=≥>]")
_UNTIL = re.compile(r"^(?:之|以)?(?:前|内)|^止|^为止")
_AFTER = re.compile(
    r"^(?:(?:按时|按期|及时|如期|全部|全面|提前|均已|均|已|顺利|基本|正式|陆续|初步|并)?"
    r"(?:完成|到位|竣工|交付|验收|完工|上线|开工|启动|结束|投产|运行|使用|实施|拨付|支付|发放|兑付|下达|办结|办理|建成|达标|合格|完毕|"
    r"采购|招标|签订|提交|报送|投入|通过|开展|举办|执行|付款|安装|改造|建设|施工|工作|任务|项目|全部|到账|入库|配送|配备|率)?)*[。.；;，,]?$"
)
_RANGE_SEP = re.compile(r"^(?:-|—{1,2}|~|至|到)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline as read: the day, the sign if one was meant, remarks."""

    day: Day
    op: Op | None
    notes: tuple[str, ...] = ()


def match_day(text: str, start: int = 0) -> tuple[Day, int] | None:
    """The date written in *text* (folded) from *start* on and where it ends, or ``None``."""
    if start >= len(text) or text[start] not in "0123456789一二三四五六七八九十第上下年本当该全每":
        return None
    for pattern in _POINTS:
        match = pattern.match(text, start)
        if match and match.end() > start:
            day = _day(match.groupdict())
            if day is not None:
                return day, match.end()
    return None


def _day(said: dict[str, str | None]) -> Day | None:
    year = int(said["y"]) if said.get("y") else None
    month, day = said.get("m"), said.get("d")
    if cm := said.get("cm"):
        chinese_day = said.get("cd")
        if chinese_day is None:
            return Day(month=_CHINESE[cm])
        number = _chinese_day(chinese_day)
        return None if number is None else Day(month=_CHINESE[cm], day=number)
    if month:
        found = Day(year=year, month=int(month), day=int(day) if day else None)
        return found if _exists(found) else None
    if day:
        return Day(day=int(day))
    if quarter := said.get("q"):
        number = _CHINESE.get(quarter) or int(quarter)
        return Day(year=year, month=3 * number)
    if half := said.get("h"):
        return Day(year=year, month=6 if half == "上半年" else 12)
    if said.get("end") is not None or said.get("end2") is not None:
        return Day(year=year, month=12)
    return Day(year=year) if year else None


def _chinese_day(text: str) -> int | None:
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE.get(text)
    number = _CHINESE.get(tens, 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)
    return number if 10 <= number <= 31 else None


def _exists(day: Day) -> bool:
    longest = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
    return day.day is None or day.month is None or day.day <= longest.get(day.month, 31)


def read_deadline(text: str) -> Dated | None:
    """Read *text* (compact) as a deadline, or ``None`` where it is not one and nothing else."""
    if "年" in text and text[:1] in "二一":
        head, year, rest = text.partition("年")
        if len(head) == 4:
            text = head.translate(_YEAR_DIGITS) + year + rest
    rest, op = text, None
    if match := _BEFORE.match(rest):
        rest = rest[match.end() :]
    if match := _LATEST.match(rest):
        op, rest = Op.LE, rest[match.end() :]
    elif match := _SIGN.match(rest):
        op = {"<": Op.LT, "=": Op.EQ, "≥": Op.GE, ">": Op.GT}[match[0]]
        rest = rest[match.end() :]
    if op and (match := _BEFORE.match(rest)):
        rest = rest[match.end() :]
    found = match_day(rest)
    notes: tuple[str, ...] = ()
    if span := re.match(rf"({_MONTH})(?:-|—|~|至)(?={_MONTH}月)", rest):
        found = match_day(rest, span.end())
        notes = ("写的是起止时间，按截止时间理解",)
    if found is None:
        return None
    day, end = found
    rest = rest[end:]
    if (match := _RANGE_SEP.match(rest)) and (later := match_day(rest, match.end())):
        until, end = later
        day = until if until.year or not day.year else until.model_copy(update={"year": day.year})
        rest, notes = rest[end:], ("写的是起止时间，按截止时间理解",)
    if match := _UNTIL.match(rest):
        op = op or Op.LE
        rest = rest[match.end() :]
    if not _AFTER.match(rest):
        return None
    return Dated(day, op, notes)
