"""Documents of our own read back: each cell is found by its place, and only what somebody changed is taken anew.

A document carries the case it was made of (never a public one). Where the form still has the rows and columns it was
written with, a cell whose print is unchanged keeps its text letter for letter and an edited one counts as edited.
Where rows came or went the form is read by its headings like anybody else's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.domain.case import Case, Doubt
from assistant.domain.case_json import dumps, loads
from assistant.domain.errors import InputError
from assistant.domain.paths import with_cell
from assistant.domain.places import BESIDE
from assistant.domain.visible import UNSEEN, visible
from assistant.exchange.archive import Archive
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.form_layout import DRAFT, FormLayout, Placed
from assistant.exchange.grid import Block, Cell, Document, Line, clean
from assistant.exchange.hidden import MARK
from assistant.exchange.importer import ImportReport
from assistant.exchange.layout import ANNEX, GRADE
from assistant.exchange.measure import measured, measured_for_sheet
from assistant.exchange.ooxml import KEPT_SPACE
from assistant.exchange.xml import parsed

_ITEM = re.compile(r"customXml/item\d*\.xml")
_UNSAFE = re.compile(f"[<>&{UNSEEN}\ufffe\uffff]")  # all of these stand only inside JSON strings
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\n{2,}")


def kept_json(bundle: ExportBundle) -> str:
    """What a document carries beside the form: the case as one line of JSON; nothing in public documents."""
    if bundle.public:
        return ""
    text = re.sub(r"\n\s*", "", dumps(bundle.case))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def kept_comment(bundle: ExportBundle) -> str:
    """:func:`kept_json` as one line of HTML."""
    kept = kept_json(bundle)
    return f"<!-- {MARK} {kept} -->" if kept else f"<!-- {MARK} -->"


def carried(archive: Archive) -> str:
    """What an Office file of ours carries; Office renumbers such parts, so all of them are looked at."""
    for part in archive.parts:
        if _ITEM.fullmatch(part):
            root = parsed(archive, part)
            if root.tag == f"{{{KEPT_SPACE}}}kept":
                return root.text or ""
    return ""


def read_back(
    kept: str, document: Document, name: str, otherwise: Callable[[], ImportReport]
) -> ImportReport:
    """The case *document* carries as *kept*, with the edits made in the form since.

    Where it carries none, *otherwise* reads it; where its rows or columns are no longer those written, too, and what
    has no cell (rules, drafts, notes) is added.
    """
    document.blocks = form_blocks(document.blocks)
    try:
        case = loads(kept, name) if kept else None
    except InputError:
        case = None
    if case is None:
        return otherwise()
    form = measured_for_sheet(case) if document.format == "xlsx" else measured(case)
    edits = _edits(form.layout, _shown(document.blocks))
    if edits is None:
        return _with_unprinted(case, otherwise(), name)
    for path, text in edits.items():
        case = with_cell(case, path, text)
    return ImportReport(case, case.doubts, {"format": document.format, "layout": MARK})


def _with_unprinted(old: Case, report: ImportReport, name: str) -> ImportReport:
    why = "表格的行列与导出时不同，按内容重新读入；起草记录、补充说明照旧保留，请核对"
    doubts = (*dict.fromkeys((*old.doubts, *report.case.doubts)), Doubt(path="", raw=name, why=why))
    case = report.case.model_copy(
        update={
            **(old.model_extra or {}),
            **{name: getattr(old, name) for name in BESIDE},
            "profile": old.profile,
            "doubts": doubts,
        }
    )
    return replace(report, case=case, doubts=doubts)


def form_blocks(blocks: Iterable[Block]) -> list[Block]:
    """The blocks before the annex."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Line) and block.text.strip().startswith(ANNEX):
            break
        found.append(block)
    return found


def _flat(text: str) -> str:
    """*text* as any reader sees it: blanks and empty lines count once, those at the edges not at all."""
    lines = [_BLANKS.sub(" ", line).strip() for line in clean(visible(text)).split("\n")]
    return _GAPS.sub("\n", "\n".join(lines)).strip("\n")


def _shown(blocks: Sequence[Block]) -> tuple[list[str], list[list[Cell | None]]]:
    """The lines above the form, and all rows of its tables as one grid."""
    lines: list[str] = []
    rows: list[list[Cell | None]] = []
    for block in form_blocks(blocks):
        if isinstance(block, Line):
            lines.append(block.text)
            continue
        for row in block.rows:
            cells = {id(cell): cell for cell in row if cell is not None}
            if rows or len(cells) > 1:
                rows.append(row)
            else:  # a title printed as one cell over all columns
                lines += [cell.text for cell in cells.values()]
    return [line for line in lines if line.strip() and not line.strip().startswith(DRAFT)], rows


def _edits(layout: FormLayout, shown: tuple[list[str], list[list[Cell | None]]]) -> dict[str, str] | None:
    """Path → new text of each cell that no longer prints what it did; ``None`` where the form was rebuilt."""
    lines, rows = shown
    expected = [row for part in (layout.upper, layout.lower) for row in part.grid(layout.width)]
    if [_flat(line) for line in lines[:2]] != [layout.title, _flat(layout.year)] or len(rows) != len(
        expected
    ):
        return None
    first_lower = layout.upper.height
    edits: dict[str, str] = {}
    for number, (wanted, found) in enumerate(zip(expected, rows, strict=True)):
        if len(found) != len(wanted):
            return None
        at = number if number < first_lower else number - first_lower
        for placed, cell in zip(wanted, found, strict=True):
            text = "" if cell is None else cell.text
            if _flat(text) == _flat(placed.text):
                continue
            path = placed.path(at)
            if not path:
                return None
            edits[path] = _value(placed, text)
    return edits


def _value(placed: Placed, text: str) -> str:
    return text.removeprefix(f"{GRADE}：") if placed.paths == ("grade",) else text
