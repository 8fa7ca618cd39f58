"""Workbooks written part by part: texts are always texts, numbers exact decimals, formulas carry their value.

The little of SpreadsheetML a printed form needs; no library writes exact decimals, cached values and carried data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.domain.amounts import plain
from assistant.domain.errors import ExchangeError
from assistant.exchange.ooxml import (
    HEAD,
    KEPT_TYPE,
    OFFICE,
    Part,
    content_types,
    kept_parts,
    packed,
    relations,
    xml,
)
from assistant.exchange.sheet_styles import MAIN, Style, styles_part

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DIGIT_PIXELS = 8
"""Width of a digit in the workbook's default font (Times New Roman 12): the unit of column widths."""

_NUMBER = re.compile(r"(-?)(0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3}){1,3})(\.\d{1,8})?(%?)")
_MOST_DIGITS = 15
_LONGEST_TEXT = 32_767
_RISKY = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula when a cell is edited; a Chinese one also in full width."""
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text writes it: its exact value and the format that shows it so."""

    value: Decimal
    format: str


def number_in(text: str) -> Number | None:
    """The number *text* is, if a spreadsheet can hold it and show it letter for letter: 112.511000, 1,234.5, 61.91%."""
    match = _NUMBER.fullmatch(text)
    if match is None or sum(character.isdigit() for character in text) > _MOST_DIGITS:
        return None
    sign, whole, fraction, percent = match[1], match[2], match[3] or "", match[4]
    value = Decimal(sign + whole.replace(",", "") + fraction)
    if sign and not value:
        return None
    zeros = f".{'0' * (len(fraction) - 1)}" if fraction else ""
    return Number(
        value.scaleb(-2) if percent else value, ("#,##0" if "," in whole else "0") + zeros + percent
    )


@dataclass(slots=True)
class Sheet:
    """One sheet as it is filled. Rows and columns count from 1.

    Attributes:
        widths: Of the columns, in millimetres.
        heading: Rows repeated on each printed page, first and last.
        breaks: Rows that begin a printed page.
        cells: Row → column → the cell as XML.
    """

    name: str
    widths: Sequence[float]
    landscape: bool = False
    heading: tuple[int, int] | None = None
    header: str = ""
    frozen: int = 0
    breaks: Sequence[int] = ()
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    heights: dict[int, int] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)


class Workbook:
    """Sheets and the styles they share."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._styles: dict[Style, int] = {Style("Times New Roman", size="12", down="bottom"): 0}

    def add(self, sheet: Sheet) -> Sheet:
        """Add *sheet* and return it."""
        self.sheets.append(sheet)
        return sheet

    def put(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        text: str,
        style: Style,
        *,
        formula: str = "",
        as_number: bool = True,
    ) -> None:
        """Write *text* into a cell; a text that is a number becomes one, and nothing else becomes a formula.

        Raises ``ExchangeError`` for a text longer than a spreadsheet's cell may be.
        """
        place = reference(row, column)
        if len(text) > _LONGEST_TEXT:
            raise ExchangeError(
                f"{place} 一格有 {len(text)} 字，超过电子表格一格的上限 {_LONGEST_TEXT} 字。",
                "请缩短，或导出为 Word。",
            )
        number = number_in(text) if as_number else None
        cells = sheet.cells.setdefault(row, {})
        if number is not None:
            index = self._index(replace(style, number=number.format))
            told = f"<f>{xml(formula)}</f>" if formula else ""
            cells[column] = f'<c r="{place}" s="{index}">{told}<v>{plain(number.value)}</v></c>'
        elif text:
            index = self._index(replace(style, quoted=True) if text.lstrip().startswith(_RISKY) else style)
            held = _ESCAPE_LIKE.sub("_x005F_", xml(text))
            cells[column] = (
                f'<c r="{place}" s="{index}" t="inlineStr"><is><t xml:space="preserve">{held}</t></is></c>'
            )
        else:
            cells[column] = f'<c r="{place}" s="{self._index(style)}"/>'

    def _index(self, style: Style) -> int:
        return self._styles.setdefault(style, len(self._styles))

    def data(self, kept: str = "") -> bytes:
        """The whole file; *kept* is carried beside the sheets."""
        numbers = range(1, len(self.sheets) + 1)
        carried = kept_parts(kept)
        targets = {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in numbers}
        targets |= {"rIdStyles": ("styles", "styles.xml")}
        targets |= {"rIdKept": ("customXml", "../customXml/item1.xml")} if carried else {}
        types = {"xl/workbook.xml": f"{_TYPE}.sheet.main+xml", "xl/styles.xml": f"{_TYPE}.styles+xml"}
        types |= {f"xl/worksheets/sheet{number}.xml": f"{_TYPE}.worksheet+xml" for number in numbers}
        types |= KEPT_TYPE if carried else {}
        parts: dict[str, Part] = {
            "[Content_Types].xml": content_types(types),
            "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": relations(targets),
            "xl/styles.xml": styles_part(list(self._styles)),
        }
        parts |= {
            f"xl/worksheets/sheet{number}.xml": _sheet(sheet, first=number == 1)
            for number, sheet in enumerate(self.sheets, 1)
        }
        return packed(parts | carried)

    def _workbook(self) -> str:
        sheets, names = [], []
        for number, sheet in enumerate(self.sheets, 1):
            sheets.append(f'<sheet name="{xml(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>')
            last = max(sheet.cells)
            area = f"'{sheet.name}'!$A$1:${letters(len(sheet.widths))}${last}"
            names.append(
                f'<definedName name="_xlnm.Print_Area" localSheetId="{number - 1}">{xml(area)}</definedName>'
            )
            if sheet.heading:
                rows = f"'{sheet.name}'!${sheet.heading[0]}:${sheet.heading[1]}"
                names.append(
                    f'<definedName name="_xlnm.Print_Titles" localSheetId="{number - 1}">{xml(rows)}</definedName>'
                )
        return (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews><sheets>{"".join(sheets)}</sheets>'
            f'<definedNames>{"".join(names)}</definedNames><calcPr calcId="191029"/></workbook>'
        )


def letters(column: int) -> str:
    """The name of a column: 1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def reference(row: int, column: int) -> str:
    """The name of a cell: B7."""
    return f"{letters(column)}{row}"


def _sheet(sheet: Sheet, *, first: bool) -> Iterator[str]:
    """The part of *sheet*, row by row."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{_width(width)}" customWidth="1"/>'
        for at, width in enumerate(sheet.widths, 1)
    )
    last = reference(max(sheet.cells), len(sheet.widths))
    chosen = ' tabSelected="1"' if first else ""
    pane = (
        f'<pane ySplit="{sheet.frozen}" topLeftCell="A{sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        if sheet.frozen
        else ""
    )
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/>'
        f'<sheetViews><sheetView showGridLines="0"{chosen} workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15.75"/><cols>{columns}</cols><sheetData>'
    )
    for row, cells in sorted(sheet.cells.items()):
        height = f' ht="{sheet.heights[row]}" customHeight="1"' if row in sheet.heights else ""
        yield f'<row r="{row}"{height}>{"".join(cell for _, cell in sorted(cells.items()))}</row>'
    merges = "".join(f'<mergeCell ref="{merge}"/>' for merge in sheet.merges)
    merged = f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if sheet.merges else ""
    turned = "landscape" if sheet.landscape else "portrait"
    header = f"<oddHeader>&amp;R&amp;14{xml(sheet.header)}</oddHeader>" if sheet.header else ""
    yield (
        f"</sheetData>{merged}"
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.7" right="0.7" top="0.78" bottom="0.7" header="0.4" footer="0.4"/>'
        f'<pageSetup paperSize="9" fitToHeight="0" orientation="{turned}"/>'
        f"<headerFooter>{header}<oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
        f'{_breaks(sheet.breaks)}<ignoredErrors><ignoredError sqref="A1:{last}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )


def _breaks(rows: Sequence[int]) -> str:
    if not rows:
        return ""
    lines = "".join(f'<brk id="{row - 1}" max="16383" man="1"/>' for row in rows)
    return f'<rowBreaks count="{len(rows)}" manualBreakCount="{len(rows)}">{lines}</rowBreaks>'


def _width(millimetres: float) -> str:
    pixels = round(millimetres * 96 / 25.4)
    return plain((Decimal(pixels) / _DIGIT_PIXELS).quantize(Decimal("0.0001")))
