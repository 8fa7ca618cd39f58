"""A chart as a native part of a Word document: bars that Word and WPS can edit, with the figures in a workbook inside."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.amounts import plain
from assistant.exchange.ooxml import HEAD, OFFICE, xml
from assistant.exchange.sheet_styles import Style
from assistant.exchange.sheetml import Sheet, Workbook, letters
from assistant.reporting.charts import Chart, Series, shortened

TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SHEET = "Sheet1"
_COLOURS = ("1F5FA8", "8DB7E2")
_AXES = ("111111111", "222222222")
_EMU_PER_MM = 36_000
WIDE = 150
"""Millimetres: the text's width on A4."""

_HEAD_MM, _BAR_MM, _GROUP_MM = 22, 5, 3
_LONGEST_NAME = 28
"""Columns of a name beside its bars; the workbook inside has it whole."""

_ROOM = Decimal("1.15")
"""The axis goes on beyond the longest bar, so that the number beside it has room."""


def height(chart: Chart) -> int:
    """Millimetres the chart takes: what title and legend take, and so much a bar."""
    return _HEAD_MM + len(chart.categories) * (len(chart.series) * _BAR_MM + _GROUP_MM)


def anchor(chart: Chart, number: int, relation: str) -> str:
    """The run that stands for the chart in the text; *number* is its own among the document's drawings."""
    size = f'cx="{WIDE * _EMU_PER_MM}" cy="{height(chart) * _EMU_PER_MM}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="图 {number}" descr="{xml(chart.title)}"/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{OFFICE}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart_part(chart: Chart) -> str:
    """``word/charts/chartN.xml``; its relationship ``rId1`` is :func:`workbook`."""
    series = "".join(_series(chart, one, number) for number, one in enumerate(chart.series))
    legend = (
        '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    )
    category, value = _AXES
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{OFFICE}"><c:roundedCorners val="0"/>'
        f"<c:chart><c:title><c:tx><c:rich><a:bodyPr/>{_words(chart.title)}</c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/><c:axId val="{category}"/><c:axId val="{value}"/></c:barChart>'
        f'<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_look(1000)}<c:crossAx val="{value}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{value}"/><c:scaling><c:orientation val="minMax"/><c:max val="{plain(chart.most * _ROOM)}"/>'
        '<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="{category}"/>'
        f'<c:crosses val="autoZero"/></c:valAx></c:plotArea>{legend}<c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart>{_look(1000)}'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(chart: Chart, series: Series, number: int) -> str:
    column, last = letters(number + 2), len(chart.categories) + 1
    names = "".join(
        f'<c:pt idx="{at}"><c:v>{xml(shortened(name, _LONGEST_NAME))}</c:v></c:pt>'
        for at, name in enumerate(chart.categories)
    )
    values = "".join(
        f'<c:pt idx="{at}"><c:v>{plain(value)}</c:v></c:pt>'
        for at, value in enumerate(series.values)
        if value is not None
    )
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    form = f'General"{chart.suffix}"' if chart.suffix else "General"
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{_SHEET}!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{xml(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{_COLOURS[number % 2]}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="{xml(form)}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_look(900)}'
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _words(text: str) -> str:
    return (
        f'<a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1">{_FONT}</a:rPr>'
        f"<a:t>{xml(text)}</a:t></a:r></a:p>"
    )


_FONT = '<a:latin typeface="Times New Roman"/><a:ea typeface="黑体"/>'


def _look(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}"><a:latin typeface="Times New Roman"/>'
        '<a:ea typeface="仿宋_GB2312"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def workbook(chart: Chart) -> bytes:
    """The figures as Word opens them for editing: categories in column A, a column for each series."""
    book, look = Workbook(), Style("宋体")
    sheet = book.add(Sheet(_SHEET, [48, *(24 for _ in chart.series)]))
    for column, one in enumerate(chart.series, 2):
        book.put(sheet, 1, column, one.name, look, as_number=False)
        for row, value in enumerate(one.values, 2):
            book.put(sheet, row, column, "" if value is None else plain(value), look)
    for row, name in enumerate(chart.categories, 2):
        book.put(sheet, row, 1, name, look, as_number=False)
    return book.data()
