"""The pictures of ``docs/performance/``: plain SVG, text as text in the reader's own fonts, light and dark, no library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from assistant.exchange.measure import ems
from assistant.exchange.ooxml import xml
from assistant.reporting.charts import Chart, Series
from assistant.reporting.svg import picture
from bench.figures import Figure

WIDTH = 940
_FONT, _ROW, _TOP, _BOTTOM, _SIDE = 13, 26, 48, 34, 14
_FIGURE_WIDTH = 60
_STYLE = (
    'text{font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",SimHei,sans-serif;'
    "font-size:13px;fill:#1f2328}.t{font-size:16px;font-weight:bold}.p{fill:#ffffff}.a{font-size:11px;fill:#59636e}"
    ".good{fill:#2f7f5f}.bad{fill:#b5651d}.grid{stroke:#d1d9e0}.one{stroke:#59636e;stroke-width:2}"
    ".aim{stroke:#1f2328;stroke-width:3}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.p{fill:#0d1117}.a{fill:#9198a1}.good{fill:#4fae8a}"
    ".bad{fill:#e09a55}.grid{stroke:#30363d}.one{stroke:#9198a1}.aim{stroke:#e6edf3}}"
)


def ratios(title: str, figures: Sequence[Figure]) -> str:
    """Bars from 1 on a logarithmic axis: to the left we need less. A short stroke is the aim."""
    shown = [one for one in figures if one.ratio > 0]
    names = [f"{one.what} ÷ {one.against}" for one in shown]
    left = _SIDE + round(max(map(ems, names)) * _FONT) + 10
    width = max(WIDTH, left + 420)
    marks = [one.ratio for one in shown] + [one.aim for one in shown if one.aim] + [1.0]
    least, most = math.floor(math.log10(min(marks))), math.ceil(math.log10(max(marks)) + 0.01)
    room = width - left - _FIGURE_WIDTH - _SIDE

    def across(ratio: float) -> float:
        return left + (math.log10(ratio) - least) / (most - least) * room

    foot = _TOP + _ROW * len(shown)
    said = "；".join(f"{name} {ratio_text(one.ratio)}" for name, one in zip(names, shown, strict=True))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{foot + _BOTTOM}" '
            f'viewBox="0 0 {width} {foot + _BOTTOM}" role="img" aria-label="{xml(f"{title}：{said}")}">'
            f"<style>{_STYLE}</style>"
        ),
        f'<rect class="p" width="{width}" height="{foot + _BOTTOM}"/>',
        f'<text class="t" x="{_SIDE}" y="28">{xml(title)}：与对照之比（灰线为 1，短线为目标）</text>',
    ]
    for power in range(least, most + 1):
        x, tick = across(10.0**power), f"{10.0**power:g}"
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{_TOP - 6}" x2="{x:.1f}" y2="{foot}"/>')
        parts.append(f'<text class="a" x="{x:.1f}" y="{foot + 18}" text-anchor="middle">{tick}</text>')
    for at, (name, one) in enumerate(zip(names, shown, strict=True)):
        y, start, end = _TOP + at * _ROW, *sorted((across(1), across(one.ratio)))
        colour = "good" if one.ratio <= (one.aim or 1) else "bad"
        parts += [
            f'<text x="{left - 10}" y="{y + 15}" text-anchor="end">{xml(name)}</text>',
            f'<rect class="{colour}" x="{start:.1f}" y="{y + 3}" width="{max(1.5, end - start):.1f}" height="15"/>',
            f'<text x="{max(end, across(one.aim or 1)) + 8:.1f}" y="{y + 15}">{ratio_text(one.ratio)}</text>',
        ]
        if one.aim:
            x = across(one.aim)
            parts.append(f'<line class="aim" x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{y + 21}"/>')
    parts.append(f'<line class="one" x1="{across(1):.1f}" y1="{_TOP - 6}" x2="{across(1):.1f}" y2="{foot}"/>')
    return "\n".join([*parts, "</svg>\n"])


def growth(title: str, figures: Sequence[Figure]) -> str:
    """What one row or one form costs, a bar for each size: bars of one length say that the cost grows with the size alone."""
    sizes = (figures[0].against, *(one.size for one in figures))
    costs = (figures[0].other, *(one.ours for one in figures))
    exact = tuple(Decimal(f"{cost:.3g}") for cost in costs)
    unit = figures[0].unit
    return picture(Chart("growth", f"{title}（{unit}）", sizes, (Series(unit, exact),))).decode()


def ratio_text(ratio: float) -> str:
    """A ratio as table and picture show it."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"
