"""PDF with ruled tables: cells by their lines, merges by their extents, rows over page breaks.

Without ruling lines or without text nothing is guessed: the file is refused, and the way out is to paste its text.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import InputError
from assistant.exchange.grid import Block, Cell, Document, Grid, Line, clean, filled
from assistant.exchange.importer import Importer, ImportReport

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST_PAGES = 400
MOST_FORM_PAGES = 30
MOST_CHARACTERS = 20_000
MOST_LINES = 6000
LARGEST_STREAMS = 400 * 1024 * 1024
_PIECE = 4096
"""Bytes unpacked at a time: what is no stream fails at once, without a copy of the rest of the file."""
_NEAR = 2
"""Points by which edges of one column may differ."""

_FORM_WORDS = re.compile(
    r"绩效指标|一级指标|三级指标|年度指标值|实际完成值|预算执行率|全年预算数|全年执行数|自评表|绩效自评|年度资金总额|指标值"
)
_PASTE = "请用阅读器打开，复制表格文字，再用 ziping read - 粘贴读入。"


def recognises(data: bytes) -> bool:
    """Whether *data* is a PDF."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str) -> ImportReport:
    """Read the form. Raises ``InputError``."""
    from assistant.exchange.recognise import recognise

    return recognise([document(data, name)], name)


def document(data: bytes, name: str) -> Document:
    """The lines and tables of the pages that carry a form. Raises ``InputError``."""
    _bounded(data, name)
    pages = _form_pages(data, name)
    found = Document("pdf", wrapped=True)
    import logging
    from io import BytesIO

    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it grumbles about is said in our words
    pieces: list[Line | _Table] = []
    try:
        with pdfplumber.open(BytesIO(data), pages=[number + 1 for number in pages]) as pdf:
            for page in pdf.pages:
                pieces += _page(page, name)
                page.close()
    except (
        PDFException,
        PSException,
        PdfminerException,
        MalformedPDFException,
        ArithmeticError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
        zlib.error,
    ) as error:
        raise _damaged(name) from error
    found.blocks = _grids(pieces)
    if not any(isinstance(block, Grid) for block in found.blocks):
        raise InputError(f"{name} 的表格没有框线，分不清各栏，没有读入。", _PASTE)
    return found


def _damaged(name: str) -> InputError:
    return InputError(f"{name} 已损坏或不完整，打不开。", f"请重新下载；如果阅读器打得开，{_PASTE}")


def _bounded(data: bytes, name: str) -> None:
    """Refuse a file whose streams would unpack to far too much, before any parser sees them."""
    total, end = 0, 0
    for match in re.finditer(rb"stream\r?\n", data):
        if match.end() > end >= 0:
            end = data.find(b"endstream", match.end())
        unpacker = zlib.decompressobj()
        rest = memoryview(data)[match.end() : end if end >= 0 else len(data)]
        piece: bytes | memoryview = b""
        while (piece or rest) and not unpacker.eof and total <= LARGEST_STREAMS:
            if not piece:
                piece, rest = rest[:_PIECE], rest[_PIECE:]
            try:
                total += len(unpacker.decompress(piece, 1 << 20))
            except zlib.error:
                break
            piece = unpacker.unconsumed_tail
        if total > LARGEST_STREAMS:
            raise InputError(
                f"{name} 解压后过大，不像一张自评表，没有读入。",
                "请确认文件来源；可以只打印自评表的几页另存为 PDF。",
            )


def _form_pages(data: bytes, name: str) -> list[int]:
    """Numbers of the pages that speak of a form, found by their text alone."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(f"{name} 设有打开密码，读不了。", "请在阅读器中取消密码后另存再读。") from error
        raise _damaged(name) from error
    try:
        texts = [_text_of(pdf, number) for number in range(min(len(pdf), MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise _damaged(name) from error
    finally:
        pdf.close()
    if not any(text.strip() for text in texts):
        raise InputError(
            f"{name} 里只有图片（扫描件），没有文字。",
            "请用文字识别软件取得文字后，用 ziping read - 粘贴读入。",
        )
    found = [number for number, text in enumerate(texts) if _FORM_WORDS.search(re.sub(r"\s", "", text))]
    if not found:
        raise InputError(
            f"{name} 里没有认得出的自评表（没有项目资金表，也没有绩效指标表）。",
            f"请确认没有选错文件；{_PASTE}",
        )
    first = found[0]
    followed = sorted({page for one in found for page in (one, one + 1) if page < len(texts)})
    return [page for page in followed if page >= first][:MOST_FORM_PAGES]


def _text_of(pdf: Any, number: int) -> str:
    page = pdf[number]
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded()) if text_page.count_chars() < MOST_CHARACTERS else ""
    finally:
        text_page.close()
        page.close()


@dataclass(slots=True)
class _Table:
    """Boxes of one table with their texts, before columns are matched over pages."""

    place: str
    boxes: list[Any]
    texts: list[str]
    top: bool


def _page(page: Page, name: str) -> list[Line | _Table]:
    """The lines and tables of one page, from top to bottom."""
    if len(page.lines) + len(page.rects) + len(page.curves) > MOST_LINES or len(page.chars) > MOST_CHARACTERS:
        raise InputError(f"{name} 第{page.page_number}页的线条或文字过多，不像一张自评表，没有读入。", _PASTE)
    tables = sorted(
        (table for table in page.find_tables() if len(table.cells) > 3), key=lambda one: one.bbox[1]
    )
    found: list[tuple[Any, Line | _Table]] = []
    for number, table in enumerate(tables):
        boxes = sorted(table.cells, key=lambda box: (box[1], box[0]))
        texts = [clean(_text(own)) for own in _characters(page.chars, boxes)]
        place = f"第{page.page_number}页表{number + 1}"
        found.append((table.bbox[1], _Table(place, boxes, texts, top=number == 0)))
    covered = [table.bbox for table in tables]
    outside = page.filter(lambda thing: not _within(thing, covered)) if covered else page
    found += [
        (line["top"], Line(line["text"], f"第{page.page_number}页"))
        for line in outside.extract_text_lines(return_chars=False, strip=True)
        if line["text"].strip()
    ]
    found.sort(key=lambda pair: pair[0])
    return [block for _, block in found]


def _within(thing: dict[str, Any], boxes: list[Any]) -> bool:
    if thing.get("object_type") != "char":
        return False
    middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return any(left <= middle_x <= right and top <= middle_y <= bottom for left, top, right, bottom in boxes)


def _edges(values: list[Any]) -> list[Any]:
    marks: list[Any] = []
    for value in sorted(values):
        if not marks or value - marks[-1] > _NEAR:
            marks.append(value)
    return marks


def _grids(pieces: list[Line | _Table]) -> list[Block]:
    """Tables as grids: a box over several columns or rows is one merged cell; all pages share their columns."""
    tables = [piece for piece in pieces if isinstance(piece, _Table)]
    across = _edges([edge for table in tables for box in table.boxes for edge in (box[0], box[2])])
    found: list[Block] = []
    for piece in pieces:
        if isinstance(piece, Line):
            found.append(piece)
            continue
        down = _edges([edge for box in piece.boxes for edge in (box[1], box[3])])
        placed = []
        for box, text in zip(piece.boxes, piece.texts, strict=True):
            left, right = _index(across, box[0]), _index(across, box[2])
            top, bottom = _index(down, box[1]), _index(down, box[3])
            cell = Cell(text, f"{piece.place}第{top + 1}行")
            placed.append((top, left, max(1, bottom - top), max(1, right - left), cell))
        rows = filled(placed, max(len(down) - 1, 1), max(len(across) - 1, 1))
        found.append(Grid(rows, top=piece.top))
    return found


def _index(marks: list[Any], value: Any) -> int:
    place = bisect_left(marks, value - _NEAR)
    return min(place, len(marks) - 1)


def _characters(characters: list[dict[str, Any]], boxes: list[Any]) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = [[] for _ in boxes]
    for character in characters:
        x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
        for number, (left, top, right, bottom) in enumerate(boxes):
            if left <= x < right and top <= y < bottom:
                found[number].append(character)
                break
    return found


def _text(characters: list[dict[str, Any]]) -> str:
    """Characters of one cell as lines, top to bottom, left to right."""
    if not characters:
        return ""
    from pdfplumber.utils.text import extract_text

    return str(extract_text(characters, x_tolerance=3, y_tolerance=3))


IMPORTER = Importer("pdf", "PDF 文档", (".pdf",), recognises, read)
