"""What last year's form said of an indicator, in words for the screen and the line-by-line interview. Pure."""

from __future__ import annotations

from assistant.domain.case import Case, LastYearRow

MOST = 24
"""Characters of a cell that are shown in the one line."""

MOST_OF_REASON = 40


def last_year_of(case: Case, row: str) -> LastYearRow | None:
    """What is known of the indicator at *row* (``indicators[3]``), ``None`` where nothing is."""
    return next((one for one in case.last_year if one.path == row), None)


def in_one_line(case: Case, row: str) -> str:
    """``上年：目标 ≥3次，完成 3次，得分 5/5``; long cells cut short, empty ones left out; ``""`` where nothing is known."""
    known = last_year_of(case, row)
    if known is None:
        return ""
    cells = (("目标 ", known.target), ("完成 ", known.actual), ("得分 ", points(known)))
    said = "，".join(f"{word}{_shortened(text, MOST)}" for word, text in cells if text.strip())
    reason = f"，原因 {_shortened(known.reason, MOST_OF_REASON)}" if known.reason.strip() else ""
    return f"{label(case, known)}：{said}{reason}"


def in_full(known: LastYearRow) -> str:
    """Everything last year's form said of the indicator, a cell a line, as written there."""
    cells = (
        ("指标值", known.target),
        ("完成值", known.actual),
        ("得分", points(known)),
        ("原因和措施", known.reason),
    )
    return "\n".join(f"{word}：{text.strip()}" for word, text in cells if text.strip())


def label(case: Case, known: LastYearRow) -> str:
    """Which year is spoken of: ``上年``, or the year itself where it is an earlier one."""
    is_older = known.year is not None and case.year is not None and known.year != case.year - 1
    return f"{known.year} 年" if is_older else "上年"


def points(known: LastYearRow) -> str:
    """The score with the full points it is out of, both as written."""
    score, weight = known.score.strip(), known.weight.strip()
    return f"{score}/{weight}" if score and weight else score


def _shortened(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
