"""Places in a ranking: 全省前三名, 排名前10位, 进入前30%, 第8名. A smaller number is the better place."""

from __future__ import annotations

from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Kind, Op, Unit, Value
from assistant.values.numbers import NUMERAL, chinese_numeral, decimal_of
from assistant.values.units import PERCENT

PLACE = "名次"  # the base unit of a place

_AMONG = (
    r"(?:在|居|列|于|位|名|排名?|排序|排位|名次|位次|进入|力争|确保|保持|稳居|达到|获得?|取得|考核|评比|考评|综合|总分|成绩|得分|同类|同级|"
    r"系统|行业|全国|全省|全市|全区|全县|全州|全盟|省内|市内|区内|县内|[省市县区州]直?级?|部门|单位|高校|医院|中|为|是|均|:|≤)*"
)
_NUMBER = rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}})?|{NUMERAL}{{1,3}})"
_FIRST = pattern(
    rf"(?P<among>{_AMONG})前{_NUMBER}(?P<unit>名次?|位次?|强|%)?(?:以内|之内|内|\(含\))?(?:水平|行列)?"
)
_PLACE = pattern(rf"(?P<among>{_AMONG})第{_NUMBER}(?P<unit>名|位)?")
_RANKED = pattern(r"排|名|位|列|居|全[国省市区县州盟]|[省市区县]内|考核|评比|考评|进入")


def read_rank(seen: str, *, beside_rank: bool = False) -> Value | None:
    """Read *seen* (compact) as a place in a ranking, or ``None``. Both 前三名 and 第三名 are met by a better place.

    A bare 第三 is a place only *beside_rank*, where the target asks for one; elsewhere it may be an ordinal of anything.
    """
    match = _FIRST.fullmatch(seen) or _PLACE.fullmatch(seen)
    if match is None or not (beside_rank or match["unit"] or _RANKED.search(match["among"])):
        return None
    written = match["number"]
    amount = decimal_of(written) if written.isascii() else chinese_numeral(written)
    if amount is None or not amount:
        return None
    unit = (
        PERCENT
        if match["unit"] == "%"
        else Unit(text=match["unit"] or "名", dimension=Dimension.OTHER, base=PLACE)
    )
    notes = (f"“{seen}”按名次理解，数字越小越好",)
    return Value(raw=seen, kind=Kind.QUANTITY, op=Op.LE, amount=amount, unit=unit, notes=notes)
