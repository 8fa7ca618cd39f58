"""A chart as an SVG picture: text stays text, no script, readable on light and on dark pages, exact to a tenth of a pixel."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.amounts import plain, rounded
from assistant.exchange.measure import ems
from assistant.exchange.ooxml import xml
from assistant.reporting.charts import Chart, shortened

WIDTH = 760
_FONT = 14
_BAR, _GAP, _GROUP = 16, 3, 12
_TOP, _LEGEND, _BOTTOM, _SIDE = 44, 26, 16, 16
_LONGEST_NAME = 30
_STYLE = (
    'text{font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",'
    "SimHei,sans-serif;font-size:14px;fill:#1f2328}.t{font-size:16px;font-weight:bold}.p{fill:#ffffff}"
    ".s0{fill:#1f5fa8}.s1{fill:#8db7e2}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.p{fill:#0d1117}.s0{fill:#4c9bf0}.s1{fill:#2c5a8c}}"
)


def picture(chart: Chart) -> bytes:
    """The whole file, UTF-8."""
    names = [shortened(name, _LONGEST_NAME) for name in chart.categories]
    left = _SIDE + round(max((ems(name) for name in names), default=0) * _FONT) + 10
    figures = [chart.label(value) for one in chart.series for value in one.values]
    right = round(max((ems(figure) for figure in figures), default=0) * _FONT) + _SIDE + 8
    room = WIDTH - left - right
    group = len(chart.series) * (_BAR + _GAP) + _GROUP
    several = len(chart.series) > 1
    top = _TOP + (_LEGEND if several else 0)
    height = top + group * len(names) + _BOTTOM
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
            f'role="img" aria-label="{xml(_told(chart))}"><style>{_STYLE}</style>'
        ),
        f'<rect class="p" width="{WIDTH}" height="{height}"/>',
        f'<text class="t" x="{_SIDE}" y="28">{xml(chart.title)}</text>',
    ]
    if several:
        parts += _legend(chart)
    for at, name in enumerate(names):
        y = top + at * group
        middle = y + (group - _GROUP) // 2 + 4
        parts.append(f'<text x="{left - 10}" y="{middle}" text-anchor="end">{xml(name)}</text>')
        for number, one in enumerate(chart.series):
            value = one.values[at]
            long = rounded(chart.share(value) * room, 1)
            place = y + number * (_BAR + _GAP)
            parts.append(
                f'<rect class="s{number % 2}" x="{left}" y="{place}" width="{plain(long)}" height="{_BAR}"/>'
                f'<text x="{plain(left + long + Decimal(8))}" y="{place + 13}">{xml(chart.label(value))}</text>'
            )
    return ("".join(parts) + "</svg>\n").encode()


def _legend(chart: Chart) -> list[str]:
    parts, x = [], _SIDE
    for number, one in enumerate(chart.series):
        parts.append(f'<rect class="s{number % 2}" x="{x}" y="{_TOP}" width="12" height="12"/>')
        parts.append(f'<text x="{x + 18}" y="{_TOP + 11}">{xml(one.name)}</text>')
        x += 18 + round(ems(one.name) * _FONT) + 20
    return parts


def _told(chart: Chart) -> str:
    """The picture in words, for those who do not see it."""
    told = [
        f"{name} "
        + "、".join(
            (f"{one.name}" if len(chart.series) > 1 else "") + chart.label(one.values[at])
            for one in chart.series
        )
        for at, name in enumerate(chart.categories)
    ]
    return f"{chart.title}：{'；'.join(told)}"
