"""Numbers as the form writes them: weights, scores, money, rates and Chinese numerals. Exact, never a float."""

from __future__ import annotations

from decimal import Decimal, localcontext

from assistant.domain.amounts import HUNDRED
from assistant.domain.patterns import pattern
from assistant.values.normalise import compact

PRECISION = 80  # enough that no product or conversion of two admitted numbers is ever rounded
MAX_DIGITS = 20  # on either side of the point; longer digit strings are codes, not amounts

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NUMBER = pattern(rf"[-+]?{NUMBER}")
_MONEY = pattern(rf"(?:[¥￥]|人民币)?([-+]?{NUMBER})(亿元?|千万元?|百万元?|万元?|元|圆)?(?:整|人民币)?")
_MONEY_UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "元": 1, "圆": 1}
_RATE = pattern(rf"([-+]?{NUMBER})(%|‰)?")

_DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "贰": 2, "三": 3, "叁": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
NUMERAL = r"[零〇○一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿]"
_TENTHS = pattern(rf"({NUMERAL}+)成([半一二三四五六七八九])?")
_SHARE = pattern(rf"(百|千)分之({NUMERAL}+(?:点{NUMERAL}+)?|{NUMBER})")


def decimal_of(digits: str) -> Decimal | None:
    """The number spelled by ASCII *digits* (thousands commas allowed); ``None`` for other text and for endless ones."""
    bare = digits.replace(",", "")
    whole, _, part = bare.lstrip("+-").partition(".")
    if (
        len(whole) > MAX_DIGITS
        or len(part) > MAX_DIGITS
        or not _NUMBER.fullmatch(digits)
        or not bare.isascii()
    ):
        return None
    return Decimal(bare)


def read_number(text: str) -> Decimal | None:
    """A weight, a score, a plain amount: ``"10.00"``, ``"215,457.6"``; ``None`` for ``"—"``, ``"/"``, ``"IO"`` and prose."""
    seen = compact(text).removesuffix("分")
    return decimal_of(seen) if _NUMBER.fullmatch(seen) else None


def read_money(text: str, unit: str = "万元") -> Decimal | None:
    """The amount a money cell holds, in the form's *unit* (``万元`` or ``元``).

    The cell's own unit wins: ``read_money("72890元", "万元")`` is 7.289. A unit alone holds no amount. A form whose own
    unit is none of these is taken to be in 万元.
    """
    match = _MONEY.fullmatch(compact(text))
    amount = None if match is None else decimal_of(match[1])
    if match is None or amount is None:
        return None
    if not match[2]:
        return amount
    written = _MONEY_UNITS[match[2].removesuffix("元") or "元"]
    with localcontext() as context:
        context.prec = PRECISION
        return amount * written / _MONEY_UNITS.get(compact(unit).removesuffix("元") or "元", 10**4)


def read_rate(text: str) -> tuple[Decimal, ...]:
    """What a printed execution rate may mean (1 = 100 %), likeliest first; empty where it is no number.

    With a sign there is one reading. ``100`` and ``79.27`` are percentages; ``1`` and ``0.86`` are more likely shares.
    """
    match = _RATE.fullmatch(compact(text))
    number = None if match is None else decimal_of(match[1])
    if match is None or number is None:
        return ()
    with localcontext() as context:
        context.prec = PRECISION
        if match[2]:
            return (number / (HUNDRED if match[2] == "%" else 1000),)
        share, hundredth = number, number / HUNDRED
    if number == 0:
        return (number,)
    return (share, hundredth) if abs(number) <= 1 else (hundredth, share)


def chinese_numeral(text: str) -> Decimal | None:
    """The number spelled in Chinese: 十二, 两, 一百二十一, 三万五千, 一千五, 二〇二二, 三点五, 六成, 半数, 百分之九十五.

    Shares (六成, 半数, 百分之…) are returned with 1 = 100 %.
    """
    if text in {"半数", "一半"}:
        return Decimal("0.5")
    if text == "半成":
        return Decimal("0.05")
    if match := _TENTHS.fullmatch(text):
        tenths = _integer(match[1])
        hundredths = 5 if match[2] == "半" else _DIGITS.get(match[2] or "零", 0)
        return None if tenths is None else (tenths * 10 + hundredths) / 100
    if match := _SHARE.fullmatch(text):
        share = (
            decimal_of(match[2])
            if match[2][0].isdigit() and match[2].isascii()
            else chinese_numeral(match[2])
        )
        return None if share is None else share.scaleb(-2 if match[1] == "百" else -3)
    whole, point, part = text.partition("点")
    number = _integer(whole)
    if number is None or not point:
        return number
    if not part or any(sign not in _DIGITS for sign in part) or len(part) > MAX_DIGITS:
        return None
    return number + Decimal("0." + "".join(str(_DIGITS[sign]) for sign in part))


def _integer(text: str) -> Decimal | None:
    if not text or len(text) > MAX_DIGITS:
        return None
    if all(sign in _DIGITS for sign in text):
        return (
            Decimal("".join(str(_DIGITS[sign]) for sign in text)) if len(text) != 2 or "零" in text else None
        )
    total = section = digit = 0
    last = 1
    seen_digit = False
    for sign in text:
        if sign in _DIGITS:
            if seen_digit and digit:
                return None
            digit, seen_digit = _DIGITS[sign], True
            if digit == 0:
                last = 1
        elif sign in _PLACES:
            last = _PLACES[sign]
            section += (digit if seen_digit and digit else 1) * last
            digit, seen_digit = 0, False
        elif sign in _GROUPS:
            last = _GROUPS[sign]
            section += digit
            if section == 0 and total == 0:
                return None
            if last == 10**8:
                total, section = (total + section) * last, 0
            else:
                total, section = total + section * last, 0
            digit, seen_digit = 0, False
        else:
            return None
    # 一千五 is 1500, 三万五 35000; after 零 and after 十 the digit stands for itself.
    return Decimal(total + section + digit * (last // 10 if last > 10 and digit else 1))
