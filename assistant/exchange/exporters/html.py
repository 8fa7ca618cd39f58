"""The form as one HTML page with the merged cells of the printed form; browsers print it, Word and WPS open it."""

from __future__ import annotations

from html import escape

from assistant.domain.visible import visible
from assistant.exchange.annex import Block, Shape, annex
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter
from assistant.exchange.form_layout import Kind, Part, Placed
from assistant.exchange.measure import Measures, measured
from assistant.exchange.own import kept_comment
from assistant.exchange.wording import banner_text

_STYLE = """
@page { size: A4 %(turned)s; margin: 20mm 18mm 18mm; @bottom-center { content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font-size: 9pt; } }
body { font-family: "Times New Roman", "仿宋_GB2312", "FangSong", "仿宋", "Noto Serif CJK SC", serif; max-width: %(width)smm; margin: 1em auto; }
h1 { font: 22pt "方正小标宋简体", "FZXiaoBiaoSong-B05S", "STZhongsong", "华文中宋", "SimSun", serif; }
h1, .year, .draft { text-align: center; margin: 0; }
.year { font-size: 14pt; padding-bottom: 4pt; }
table { border-collapse: collapse; table-layout: fixed; width: 100%%; font-size: 10.5pt; line-height: 14pt; }
table + table { margin-top: -1px; }
th, td { border: 1px solid #000; padding: 1pt 1mm; overflow-wrap: anywhere; vertical-align: middle; height: 17pt; }
th { font-family: "Times New Roman", "黑体", "SimHei", "Noto Sans CJK SC", sans-serif; font-weight: normal; }
.above { border-bottom: none; }
.below { border-top: none; }
.figure { text-align: center; }
.amount { text-align: right; }
thead { display: table-header-group; }
td:not([rowspan]), th:not([rowspan]) { break-inside: avoid; }
.annex, .page { break-before: page; }
.detail { list-style: none; margin-left: 1em; }
.draft { color: #c00000; font-weight: bold; padding-bottom: 4pt; }
@media print { body { margin: 0; } }
"""

_KINDS = {
    Kind.LABEL: "",
    Kind.LEVEL: "figure",
    Kind.TEXT: "",
    Kind.VALUE: "figure",
    Kind.FIGURE: "figure",
    Kind.AMOUNT: "amount",
}


def write(bundle: ExportBundle) -> bytes:
    """The whole page, UTF-8, nothing loaded from elsewhere."""
    banner = banner_text(bundle)
    form = measured(bundle.case, banner=bool(banner))
    layout = form.layout
    style = _STYLE % {
        "turned": "landscape" if form.page[0] > form.page[1] else "portrait",
        "width": sum(form.widths),
    }
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>{_text(layout.title)}</title><style>{style}</style></head>',
        "<body>",
        f'<h1>{_text(layout.title)}</h1><p class="year">{_text(layout.year)}</p>',
    ]
    if banner:
        lines.append(f'<p class="draft">{_text(banner)}</p>')
    lines += [*_table(layout.upper, form), *_table(layout.lower, form, form.starts)]
    if bundle.annex:
        lines += [
            '<div class="annex">',
            *(line for block in annex(bundle) for line in _dressed(block)),
            "</div>",
        ]
    return "\n".join([*lines, kept_comment(bundle), "</body></html>", ""]).encode()


def _text(text: str) -> str:
    return escape(visible(text)).replace("\n", "<br>")


def _table(part: Part, form: Measures, starts: tuple[int, ...] = ()) -> list[str]:
    whole = sum(form.widths)
    columns = "".join(f'<col style="width:{width * 100 / whole:.2f}%">' for width in form.widths)
    rows = [
        "".join(
            _cell(cell) for column, cell in enumerate(cells) if (cell.row, cell.column) == (number, column)
        )
        for number, cells in enumerate(part.grid(form.layout.width))
    ]
    lines = [f"<tr>{row}</tr>" for row in rows]
    head = ["<thead>", *lines[: part.heading], "</thead>"] if part.heading else []
    for start in starts:
        if start > part.heading:
            lines[start] = f'</tbody><tbody class="page">{lines[start]}'
    return [
        f"<table><colgroup>{columns}</colgroup>",
        *head,
        "<tbody>",
        *lines[part.heading :],
        "</tbody></table>",
    ]


def _cell(cell: Placed) -> str:
    tag = "th" if cell.kind is Kind.LABEL else "td"
    kind = "above" if cell.open_below else "below" if cell.open_above else _KINDS[cell.kind]
    spans = f' colspan="{cell.across}"' if cell.across > 1 else ""
    spans += f' rowspan="{cell.down}"' if cell.down > 1 else ""
    spans += f' class="{kind}"' if kind else ""
    return f"<{tag}{spans}>{_text(cell.text)}</{tag}>"


_TAGS = {
    Shape.TITLE: ("h2", ""),
    Shape.HEADING: ("h3", ""),
    Shape.PARAGRAPH: ("p", ""),
    Shape.ITEM: ("li", ""),
    Shape.DETAIL: ("li", ' class="detail"'),
}


def _dressed(block: Block) -> list[str]:
    lines = []
    for line in block:
        tag, kind = _TAGS[line.shape]
        strong = f"<b>{_text(line.strong)}</b>" if line.strong else ""
        lines.append(f"<{tag}{kind}>{strong}{_text(line.text)}</{tag}>")
    return ["<ul>", *lines, "</ul>"] if lines and lines[0].startswith("<li") else lines


EXPORTER = Exporter("html", "网页（可打印，Word 和 WPS 可打开）", ".html", write)
