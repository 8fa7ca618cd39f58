"""Reading documents: ours against the bare library touching the same cells, in turns, in one process.

    python bench/documents.py [ROUNDS]

Ours reads the file to a whole case (cells, merges, meaning, doubts); the library only touches every cell's text.
markitdown is measured beside them where it is installed. Prints median milliseconds and the ratio; aim against the bare library: at most 1.5.
"""

from __future__ import annotations

import importlib.util
import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.domain.case import Case  # noqa: E402
from assistant.exchange.read import read_document  # noqa: E402
from bench.figures import Absent, Figure, rounds, tell, tell_absent  # noqa: E402
from tests.exchange.corpus.layouts import facts, national  # noqa: E402
from tests.exchange.corpus.render import docx, xls, xlsx  # noqa: E402

LIBRARIES = {"python-docx", "openpyxl", "xlrd"}


def python_docx(data: bytes) -> int:
    """Every cell's text, merged cells repeated, as a reader of the form needs it."""
    import docx as library

    return sum(
        len(cell.text)
        for table in library.Document(io.BytesIO(data)).tables
        for row in table.rows
        for cell in row.cells
    )


def bare_openpyxl(data: bytes) -> int:
    """Every cell's value, the merged ranges at hand."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return sum(
        len(str(cell.value or "")) for sheet in book for row in sheet.iter_rows() for cell in row
    ) + sum(len(sheet.merged_cells.ranges) for sheet in book)


def bare_xlrd(data: bytes) -> int:
    """Every cell's value, formats and merges loaded."""
    import xlrd

    book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    return sum(len(str(cell.value)) for sheet in book.sheets() for row in sheet.get_rows() for cell in row)


def markitdown(data: bytes) -> int:
    """The document as Markdown."""
    from markitdown import MarkItDown

    return len(MarkItDown().convert_stream(io.BytesIO(data)).text_content)


def main() -> None:
    """Measure in turns and print."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else rounds(30, 10)
    form = facts(
        Case.model_validate(json.loads((ROOT / "tests/data/forms/000.json").read_text("utf-8"))["case"])
    )
    printed, _ = national(form)
    others: dict[str, list[tuple[str, Callable[[bytes], int]]]] = {
        "docx": [("python-docx", python_docx)],
        "xlsx": [("openpyxl", bare_openpyxl)],
        "xls": [("xlrd", bare_xlrd)],
    }
    if importlib.util.find_spec("markitdown"):
        for runs in others.values():
            runs.append(("markitdown", markitdown))
    else:
        tell_absent(Absent("documents.*.markitdown", "markitdown", "这台机器上没有安装"))
    for ending, make in (("docx", docx), ("xlsx", xlsx), ("xls", xls)):
        data = make(printed)
        assert len(read_document(data, f"a.{ending}").case.indicators) == 18
        runs: list[tuple[str, Callable[[bytes], object]]] = [
            ("ours", lambda data, e=ending: read_document(data, f"a.{e}")),
            *others[ending],
        ]
        times: dict[str, list[float]] = {name: [] for name, _ in runs}
        for _ in range(turns):
            for name, run in runs:
                start = time.perf_counter()
                run(data)
                times[name].append((time.perf_counter() - start) * 1000)
        ours = statistics.median(times["ours"])
        for name, _ in runs[1:]:
            theirs = statistics.median(times[name])
            tell(
                Figure(
                    f"documents.{ending}.{name}",
                    f"读 .{ending}",
                    ours,
                    theirs,
                    name,
                    aim=1.5 * (name in LIBRARIES),
                )
            )


if __name__ == "__main__":
    main()
