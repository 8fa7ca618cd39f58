"""Writing documents: ours against a library that only places and merges the same cells, in turns, in one process.

    python bench/writing.py [ROUNDS]

Ours measures the form, finds the page ends, dresses every cell and adds formulas; the library writes plain texts and
merges. Prints median milliseconds and the ratio for the 18-row sample and for the same rows five times over.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.domain.case import Case  # noqa: E402
from assistant.exchange.exporter import export  # noqa: E402
from assistant.exchange.measure import measured  # noqa: E402
from bench.figures import Figure, rounds, tell  # noqa: E402
from tests.exchange.builders import bundle, sample  # noqa: E402


def python_docx(case: Case) -> bytes:
    """The same cells and merges with python-docx."""
    import docx

    document, layout = docx.Document(), measured(case).layout
    for part in (layout.upper, layout.lower):
        table = document.add_table(part.height, layout.width)
        for cell in part.cells:
            first = table.cell(cell.row, cell.column)
            if (cell.down, cell.across) != (1, 1):
                first = first.merge(table.cell(cell.row + cell.down - 1, cell.column + cell.across - 1))
            first.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def openpyxl_plain(case: Case) -> bytes:
    """The same cells and merges with openpyxl."""
    import openpyxl

    book, layout = openpyxl.Workbook(), measured(case).layout
    sheet, top = book.active, 1
    for part in (layout.upper, layout.lower):
        for cell in part.cells:
            row, column = top + cell.row, cell.column + 1
            sheet.cell(row, column).value = cell.text.replace("=", "＝")
            if (cell.down, cell.across) != (1, 1):
                sheet.merge_cells(None, row, column, row + cell.down - 1, column + cell.across - 1)
        top += part.height
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def milliseconds(action: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure in turns and print."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else rounds(5, 2)
    many = sample().model_copy(update={"indicators": sample().indicators * 5})
    for rows, case in ((18, sample()), (90, many)):
        made = bundle(case, annex=False)
        for code, name, library in (
            ("docx", "python-docx 逐格写、合并", python_docx),
            ("xlsx", "openpyxl 逐格写、合并", openpyxl_plain),
        ):
            export(code, made)  # the first one also pays for the imports
            library(case)
            ours: list[float] = []
            theirs: list[float] = []
            for _ in range(turns):
                ours.append(milliseconds(lambda code=code, made=made: export(code, made)))
                theirs.append(milliseconds(lambda library=library, case=case: library(case)))
            one, other = statistics.median(ours), statistics.median(theirs)
            tell(Figure(f"writing.{code}.{rows}", f"写 .{code}，{rows} 行", one, other, name))


if __name__ == "__main__":
    main()
