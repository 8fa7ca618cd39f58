"""What the figures of a sentence give when reckoned with: sums, differences, shares, averages, complements.

Which operation is meant is read off the words just before the result; its operands come from the sentence, from the
rows it names, or from those it goes on about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations

from assistant.domain.amounts import HUNDRED, rounded
from assistant.domain.value import Approximation, Dimension, Op
from assistant.drafting.derived import quotient
from assistant.drafting.labels import UNSPENT
from assistant.drafting.likeness import name_of
from assistant.drafting.sources import SAME, Source, money_for_each, same_amount, top
from assistant.values.quantities import Mention
from assistant.values.units import PERCENT

SUM = re.compile(r"(?:合计|共计?|总计|总[额量数]?|累计|相加|之和|加起来|两项|三项|各项)[^，。；、\d]{0,8}\Z")
_DIFFERENCE = re.compile(
    r"(?:[增减]加?|[提升]高|下降|上升|[多少高低长短超余差欠迟快慢早晚]|降低?|压减|缩短|节[约省支]|结余|剩余|相差|缺口|[未没]|净增|追加|调[增减]|核减|便宜|新增|不(?:达标|合格|及格|满意|符合|通过))"
    r"[^，。；、\d]{0,8}\Z"
)
_REST = re.compile(r"(?:尚[有余]?|[还仍]有|其余|余下|剩下|另有|另外)[^，。；、\d]{0,6}\Z")
_SHARE = re.compile(
    r"(?:占|率|面|比例|比重|比|达|为|仅|的|节约|[省速]|长|[加少降升高低快减超多]|偏差|幅)了?[^，。；、\d]{0,14}\Z"
)
_SHARES = re.compile(r"占比?[^。；]*\Z")  # 刑事占六成，民事四成
_OWN_RATE = re.compile(r"(?:完成|执行)(?:率|进度)[^，。；、\d]{0,4}\Z")  # the core computes these
_SO_MUCH = r"(?:[出了率幅度为达到约近超]|超过)*\Z"
_UP = re.compile(rf"(?:偏差|增[长加幅]?|超[出过额]?|[多高升涨]|提[高升]|上升){_SO_MUCH}")
_DOWN = re.compile(rf"(?:偏差|[减降]幅?|下降|降低|[少低快]|压[减缩]|缩短|提速|节[约支省]|结余){_SO_MUCH}")
_PERIOD = re.compile(r"(?:每个?|平均(?:一个)?)(?:月|季度?|周)|月均|季均|周均")
_IN_A_YEAR = {"月": 12, "季": 4, "周": 52}
_A_DAY = re.compile(r"(?:日均|每[天日]|平均每[天日])[^，。；、\d]{0,10}\Z")
_PART = re.compile(r"占比?(?![^，。；、\d]*(?:目标|指标|要求|计划|标准|预期|任务))[^，。；、\d]{0,6}\Z")
_WHOLE = re.compile(r"占(?:到|了)?([^，。；、\d]{2,12}?)的?\Z")
_TARGET = re.compile(r"目标|指标值|要求|计划|标准|预期|任务")
_LACKING = re.compile(r"[\u4e00-\u9fff]{0,4}(?:未|没有|不[合达及满符]|无效|作废|空白)")
_OF_BEFORE = re.compile(r"上年|去年|同期|20\d\d年")
_SINCE = re.compile(r"上年|去年|同期|上一年|20\d\d年|[比较]")
_IN_ALL = re.compile(r"(?:总|共|全部|合计|累计|相当于)[^，。；、\d]{0,8}\Z")
_COSTS = re.compile(
    r"(?:费用?|经费|造价|支出|投资|总价|[共约]需|[计测]算)(?:为|合|约)*\Z"
)  # 单价4.05元，年管护费约…
_RECKONED = re.compile(
    r"(?:按|每)[^。；]*(?:折合|折算|测算|计算|推算|采购|计)[^。；\d]{0,12}\Z"
)  # 按838元/米折算，…约
_FOR_EACH = re.compile(
    r"(?:每一?|平均一|(?=[人户亩]均))(?P<unit>[\u4e00-\u9fff])(?:次|均)?[^，。；\d]{0,12}\Z"
)
_EACH = re.compile(r"(?:平均|均|每)[^，。；、\d]{0,8}\Z")
_TO_THE_FULL = re.compile(r"(?:差|离|距|低|少|欠|未|没)[^，。；、\d]{0,6}\Z")
_WANTING = re.compile(
    r"(?:缺|漏|误|未|不|差错|出错|流失|失败|返工)[^，。；、\d]{0,5}率[^，。；、\d]{0,4}\Z"
)  # 缺报率只有0.9%
_DAYS = (365, 366)
_ROUGHLY = {Op.LT: Approximation.NEARLY, Op.GT: Approximation.OVER}  # 不到3% is said of 2.3%
_TEN_THOUSAND = Decimal(10_000)
_SEVERAL = 3  # digits that hardly come out by chance
_MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Operands:
    """What a result may be reckoned from.

    Attributes:
        said: The supported figures of the sentence, in its order.
        named: Figures of rows and of money that the sentence names or goes on about.
        listed: Figures told in words of the user that the sentence repeats: 62场 for 进学校.
        last: The count or amount told just before the result.
        wide: Figures of every row it shares a word with; they count only for results of several digits.
    """

    said: Sequence[Source]
    named: Sequence[Source] = ()
    listed: Sequence[Source] = ()
    wide: Sequence[Source] = ()
    last: Source | None = None

    @property
    def pool(self) -> list[Source]:
        """All, those of the sentence first and no figure twice."""
        return [
            *self.said,
            *(one for one in self.named if all(one.base != other.base for other in self.said)),
        ]


def results(mention: Mention, before: str, after: str, operands: Operands) -> Iterator[Source]:
    """Of what the operands give, what *mention* says; *before* and *after* are the words around it.

    Each result keeps the fact of its first operand.
    """
    if mention.op in _ROUGHLY:
        mention = replace(mention, op=None, approximation=_ROUGHLY[mention.op])
    if _digits(mention) >= _SEVERAL:
        operands = replace(operands, named=[*operands.named, *operands.wide])
    sorts: list[Iterator[Source]] = []
    said = operands.said
    if SUM.search(before):
        sorts += [_sums(mention, said), _sums(mention, operands.named), _sums(mention, operands.listed)]
    if _DIFFERENCE.search(before) or _REST.search(before) or _LACKING.match(after):
        years = [one for one in operands.pool if not _OF_BEFORE.search(one.clause) or one in said]
        sorts.append(_differences(mention, before, operands.pool if _SINCE.search(before) else years, said))
    if mention.unit == PERCENT and _WANTING.search(before):
        sorts.append(_complements(mention, said))
    if mention.unit.dimension is Dimension.RATE and (
        _TO_THE_FULL if "百分点" in mention.text else _REST
    ).search(before):
        sorts.append(_complements(mention, operands.pool))
    of_rows = all(one.fact.path == "indicators" for one in said)
    is_rate = mention.unit == PERCENT and "百分点" not in mention.text
    if (
        is_rate
        and (_SHARE.search(before) or _SHARES.search(before))
        and (of_rows or not _OWN_RATE.search(before))
    ):
        sorts.append(_shares(mention, before, operands))
    if mention.unit.dimension is Dimension.MONEY and _IN_ALL.search(before):
        sorts.append(_products(mention, operands.pool))
    elif mention.unit.dimension is Dimension.MONEY and _COSTS.search(before):
        sorts.append(_products(mention, said))
    if mention.unit.dimension is Dimension.MONEY and _RECKONED.search(before):
        prices = [one for one in said if one.mention.unit.dimension is Dimension.COMPOUND]
        sorts += [
            _products(mention, [price, many]) for price in prices for many in [*operands.pool, *operands.wide]
        ]
    if each := _FOR_EACH.search(before):
        sorts.append(_for_each(mention, each["unit"], [*operands.pool, *operands.wide]))
    if _EACH.search(before) or _A_DAY.search(before):
        sorts += [_averages(mention, said), _by_month(mention, before, operands.pool)]
    if _A_DAY.search(before):
        sorts.append(_by_day(mention, operands.pool))
    return (result for sort in sorts for result in sort if same_amount(mention, result))


def _sums(mention: Mention, operands: Sequence[Source]) -> Iterator[Source]:
    """Of neighbours, two or more."""
    fitting = [one for one in operands if one.mention.unit.base == mention.unit.base][:_MOST_PARTS]
    for size in range(2, len(fitting) + 1):
        for start in range(len(fitting) - size + 1):
            parts = fitting[start : start + size]
            yield _made(parts[0], sum((part.base for part in parts), Decimal(0)), mention)


def _differences(
    mention: Mention, before: str, pool: Sequence[Source], said: Sequence[Source]
) -> Iterator[Source]:
    """Of two of one row; of two rows only where the sentence has both and speaks of no target."""
    dimension = mention.unit.dimension
    if mention.unit.text == "分":  # points lost are facts of their own
        return
    if dimension is Dimension.BARE or (dimension is Dimension.RATE and "点" not in mention.text):
        return
    of_target = _TARGET.search(before) is not None and not _REST.search(before)
    alike = [one for one in pool if one.mention.unit.base == mention.unit.base]
    for one, two in combinations(alike, 2):
        in_sentence = one in said and two in said
        if of_target and "target" not in {one.role, two.role}:
            continue
        if one.line == two.line or ((in_sentence or _is_part_of(one, two)) and not of_target):
            yield _made(one, abs(one.base - two.base), mention)


def _is_part_of(one: Source, two: Source) -> bool:
    """Whether one is a part of the money and the other the whole of it: 县级资金执行率, 总的执行率."""
    funds = one.line.startswith("funds") and two.line.startswith("funds")
    return funds and "funds.total" in {one.line, two.line} and one.line != two.line


def _complements(mention: Mention, pool: Sequence[Source]) -> Iterator[Source]:
    """What a rate lacks to the full: 差6.89个百分点 where 93.11% were executed."""
    for one in pool:
        if one.mention.unit == PERCENT and one.base < 1:
            yield _made(one, 1 - one.base, mention)


def _shares(mention: Mention, before: str, operands: Operands) -> Iterator[Source]:
    """One in percent of another, or how much more or less it is than the other.

    Where the sentence itself tells both, how much more or less is reckoned from these and from no others.
    """
    up, down = _UP.search(before) is not None, _DOWN.search(before) is not None
    whole = _WHOLE.search(before)
    pool = [one for one in operands.pool if one.mention.unit.text != "分" or "分" in before]
    told = [one for one in operands.said if one.role != "difference" and one.mention.unit != PERCENT]
    if (up or down) and any(
        one.mention.unit.base == two.mention.unit.base and one.line == two.line and one.base != two.base
        for one, two in combinations(told, 2)
    ):
        pool = told
    if _PART.search(before):  # a part of what there is, not of what was planned
        pool = [
            one for one in pool if one.role != "target" or one in told or one.fact.path.startswith("funds")
        ]
    # In tenths nearly anything is a share of something: 95场，占四成 speaks of the figure just before.
    parts = [operands.last] if "成" in mention.text and _PART.search(before) and operands.last else []
    for one, two in permutations(pool, 2):
        if (
            (parts and one not in parts)
            or not _comparable(one, two, before)
            or one.mention.unit == PERCENT
            or two.base <= 0
            or (whole and not _is_whole(whole[1], two))
            or (not whole and one.role == "difference" and two.fact.path.endswith("executed"))
        ):
            continue
        ratio = quotient(one.base, two.base)
        if up or down:
            if (ratio > 1 and not up) or (ratio < 1 and not down and not re.search("[差缺]", before)):
                continue
            if one.role != "difference":
                ratio = abs(ratio - 1)
            elif one.line != two.line or two.role == "actual":  # 调减117.6万元，减幅25.57%, of what it was
                continue
        yield _made(one, printed(ratio * HUNDRED, mention) / HUNDRED, mention)


_OF_SURVEY = re.compile(r"(?:有效|回收|收回|应答)率(?:为|达到?|是)?\Z")
_ASKED = {"人", "名", "份", "张", "户"}  # 调查300人，收回有效问卷288份
_TIMES_OF_PEOPLE = {"人", "人次"}  # 脱贫劳动力占参训总人次的12.55%


def _comparable(one: Source, two: Source, before: str) -> bool:
    """Whether one can be a share of the other: of one unit, or people of so many 人次 where the words say 人次."""
    bases = {one.mention.unit.base, two.mention.unit.base}
    if len(bases) == 2 and _OF_SURVEY.search(before):
        return bases <= _ASKED
    return len(bases) == 1 or (bases == _TIMES_OF_PEOPLE and "人次" in before[-12:])


def _is_whole(said: str, source: Source) -> bool:
    """Whether *source* can be what 占…的 names: the budget, what was spent, a target, or anything else."""
    if "预算" in said:
        return source.fact.path.endswith(("budget", "initial"))
    if re.search("[未没余]", said):
        return UNSPENT in source.fact.label
    if re.search("支出|执行", said):
        return source.fact.path.endswith("executed")
    if re.search("(?:全部|所有|总).*指标", said):
        return source.fact.path == "indicators"
    return source.role == "target" if re.search("目标|任务|计划|指标", said) else True


def _averages(mention: Mention, operands: Sequence[Source]) -> Iterator[Source]:
    """One of the sentence's figures for each of another."""
    for one, two in permutations(operands, 2):
        if one.mention.unit.base == mention.unit.base != two.mention.unit.base and two.base > 0:
            yield _rounded(one, quotient(one.base, two.base), mention)


def _for_each(mention: Mention, unit: str, pool: Sequence[Source]) -> Iterator[Source]:
    """One figure for each of what 每座, 人均 names."""
    for one, two in permutations(pool, 2):
        of_unit = _is_one_of(unit, two)
        units = {one.mention.unit.base, mention.unit.base}
        # 人均60次 of 26.3万人次, 每站4.13次 of 512站次
        is_alike = len(units) == 1 or ("次" in units and all(base.endswith("次") for base in units))
        if of_unit and is_alike and two.base > 0 and two.role != "points":
            yield _rounded(one, quotient(one.base, two.base), mention)


def _is_one_of(unit: str, source: Source) -> bool:
    """Whether what 每场, 每站, 人均 divides by is counted by *source*: 46场次, 124个 of 已建区域站, 113人."""
    counted = source.mention.unit.text.lstrip("万千")
    if unit == "人":
        return counted in {"人", "名", "位"}
    return (
        counted == unit
        or {counted, unit} in SAME
        or (counted in {"个", "座"} and unit in name_of(source)[-4:])
    )


def _products(mention: Mention, pool: Sequence[Source]) -> Iterator[Source]:
    """So much for each, times how many: 亩均节支32元，全部造林节支40.32万元."""
    for one, two in permutations(pool, 2):
        counts = {Dimension.COUNT, Dimension.AREA}
        if one.mention.unit.dimension is Dimension.MONEY and two.mention.unit.dimension in counts:
            yield _made(one, one.base * two.base, mention)
        elif money_for_each(one.mention, two.mention):  # 4.05元/平方米, of 426万平方米
            many = (two.mention.amount or Decimal(0)) * (
                _TEN_THOUSAND if two.mention.unit.text.startswith("万") else 1
            )
            yield _made(one, (one.mention.amount or Decimal(0)) * top(one.mention).factor * many, mention)


def _by_month(mention: Mention, before: str, pool: Sequence[Source]) -> Iterator[Source]:
    """The year's figure for each month, quarter or week."""
    period = _PERIOD.search(before)
    many = next((many for word, many in _IN_A_YEAR.items() if period and word in period[0]), 1)
    for one in pool if period else ():
        units = {one.mention.unit.base, mention.unit.base}
        if period and (len(units) == 1 or units in SAME) and one.role == "actual":
            yield _rounded(one, quotient(one.base, Decimal(many)), mention)


def _by_day(mention: Mention, pool: Sequence[Source]) -> Iterator[Source]:
    """The year's figure for each day of the year, or of the days the form tells."""
    days = [
        one.mention.amount for one in pool if one.mention.unit.text in {"天", "日"} and one.mention.amount
    ]
    for one in pool:
        if one.mention.unit.base == mention.unit.base and one.role == "actual":
            for many in (*days, *map(Decimal, _DAYS)):
                yield _rounded(one, quotient(one.base, many), mention)


def _rounded(operand: Source, base: Decimal, mention: Mention) -> Source:
    """A quotient to the decimals *mention* prints (two where it prints none), unless it says 约 itself."""
    ratio = quotient(base, mention.unit.factor)
    result = printed(ratio, mention)
    if mention.amount == rounded(ratio, 0):  # 月均411人次 of 411.25: people and things are told whole
        result = mention.amount
    if not result:
        result = ratio  # 15分钟 ÷ 411人次 is no 0分钟
    return _made(operand, result * mention.unit.factor, mention)


def printed(amount: Decimal, mention: Mention) -> Decimal:
    """*amount* as *mention* would print it: 38.2% and 38.17% are both said of 0.38172."""
    if mention.approximation or mention.amount is None:
        return amount
    exponent = mention.amount.as_tuple().exponent
    return rounded(amount, 1 if exponent == -1 else 2)


def _digits(mention: Mention) -> int:
    return len(mention.amount.normalize().as_tuple().digits) if mention.amount else 0


def _made(operand: Source, base: Decimal, mention: Mention) -> Source:
    """A result in the unit of *mention*."""
    amount = quotient(base, mention.unit.factor)
    return Source(
        operand.fact,
        replace(mention, amount=amount.normalize(), approximation=None, op=None),
    )
