"""Numbers and dates of spreadsheets as the sheet shows them: 1 under ``0%`` is "100%", 44561 under a date its date.

Exact: a double is taken at its shortest decimal form and rounded half up, as a spreadsheet shows it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats without a text of their own (ECMA-376 18.8.30, and the Chinese ones of 27-58)."""

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_DATE_PART = re.compile(
    r"yyyy|yy|y|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|上午/下午|[^ymdhsAM上]+|.", re.IGNORECASE
)


def shown(number: Decimal, code: str, year_1904: bool = False) -> str:
    """*number* as a cell with format *code* shows it."""
    section = _section(number, code)
    if section in {"", "@"} or section.lower().startswith("general") or section.startswith("G/"):
        return general(number)
    if is_date(section):
        return _date(number, section, year_1904)
    prefix, digits, suffix, literal = _pattern(section)
    if not digits:
        return literal or general(number)
    if "E" in digits.upper() or "/" in digits:
        return general(number)
    whole_part, _, fraction = digits.partition(".")
    percent = section.count("%") - literal.count("%") if "%" in section else 0
    scaled = number * (Decimal(100) ** percent if percent > 0 else 1)
    if whole_part.endswith(","):
        scaled /= Decimal(1000) ** (len(whole_part) - len(whole_part.rstrip(",")))
        whole_part = whole_part.rstrip(",")
    places = sum(character in "0#?" for character in fraction)
    needed = sum(character == "0" for character in fraction)
    rounded = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):f}"
    whole, _, decimals = text.partition(".")
    while len(decimals) > needed and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = whole.zfill(sum(character == "0" for character in whole_part))
    if whole == "0" and "0" not in whole_part and decimals:
        whole = ""
    if "," in whole_part:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+\Z)", ",", whole)
    text = whole + (f".{decimals}" if decimals else "")
    negative = (rounded < 0 and code.count(";") == 0) or (
        rounded < 0 and ";" in code and section is code.split(";", maxsplit=1)[0]
    )
    return f"{'-' if negative else ''}{prefix}{text}{suffix}"


def general(number: Decimal) -> str:
    """*number* under the format General: 10.0 → 10, 0.1 → 0.1, at most 11 significant digits."""
    if number == number.to_integral_value() and abs(number) < Decimal("1e15"):
        return f"{number.to_integral_value():f}"
    rounded = +number
    digits = number.adjusted() + 1
    places = max(0, 10 - max(digits, 1)) if digits > 0 else 9
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal(text: str) -> Decimal | None:
    """The number written in a file, ``None`` where it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 300 else None


def _section(number: Decimal, code: str) -> str:
    sections = code.split(";")
    if len(sections) == 1:
        return sections[0]
    if number < 0:
        return sections[1]
    if number == 0 and len(sections) > 2 and sections[2]:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=512)
def is_date(section: str) -> bool:
    """Whether a format shows a date or a time."""
    plain = re.sub(r"\[(?!h|m|s)[^\]]*\]", "", _QUOTED.sub("", section), flags=re.IGNORECASE)
    return re.search(r"[ymdhs]", plain, re.IGNORECASE) is not None and not re.search(
        r"[0#?]", plain.replace("ss.0", "ss")
    )


@lru_cache(maxsize=512)
def _pattern(section: str) -> tuple[str, str, str, str]:
    """What stands before the digits, the digits' pattern, what stands behind, and all literals."""
    section = re.sub(r"\[\$([^\]-]*)[^\]]*\]", lambda match: f'"{match[1]}"' if match[1] else "", section)
    section = re.sub(r"\[[^\]]*\]", "", section)
    before, digits, after, literals = "", "", "", ""
    position = 0
    while position < len(section):
        if match := _QUOTED.match(section, position):
            literal = match[1] if match[1] is not None else match[2] or ""
            literals += literal
            if digits:
                after += literal
            else:
                before += literal
            position = match.end()
            continue
        character = section[position]
        if character in "0#?.,eE/" and not after:
            digits += character
        elif character == "+" and digits.endswith(("e", "E")):
            pass
        elif digits:
            after += character
        else:
            before += character
        position += 1
    return before.strip(), digits, after.rstrip(), literals


def _date(number: Decimal, section: str, year_1904: bool) -> str:
    if number < 0 or number > 2958465:
        return general(number)
    days = int(number) + (1462 if year_1904 else 0)
    seconds = int(((number - int(number)) * 86400).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    moment = datetime(1899, 12, 30) + timedelta(days=days + (1 if days < 60 else 0), seconds=seconds)
    plain = re.sub(r"\[[^\]]*\]", "", section)
    literals: list[str] = []

    def held(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2] or "")
        return "\0"

    out: list[str] = []
    hours = False
    for part in _DATE_PART.findall(_QUOTED.sub(held, plain)):
        low = part.lower()
        if low[0] == "h":
            hours = True
            out.append(f"{moment.hour:0{len(low)}d}")
        elif low[0] == "m" and hours and set(low) == {"m"}:
            out.append(f"{moment.minute:0{len(low)}d}")
            hours = False
        elif low[0] in "ymds" and set(low) <= set("ymds"):
            out.append(_part(moment, low))
        else:
            out.append(part)
    text = "".join(out)
    for literal in literals:
        text = text.replace("\0", literal, 1)
    return text.strip()


def _part(moment: datetime, part: str) -> str:
    return {
        "yyyy": f"{moment.year}", "yy": f"{moment.year % 100:02d}", "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month}", "mm": f"{moment.month:02d}", "mmm": f"{moment.month}月", "mmmm": f"{moment.month}月",
        "d": f"{moment.day}", "dd": f"{moment.day:02d}", "s": f"{moment.second}", "ss": f"{moment.second:02d}",
    }.get(part, "")  # fmt: skip
