"""Whatever a case can hold is held by everything that keeps it: a field added tomorrow is tried here without a word."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import docx
import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, CaseRecord
from assistant.domain.case_json import dumps, loads
from assistant.domain.changes import applied, changes, taken_back
from assistant.domain.paths import ROOT_CELLS, cell
from assistant.domain.places import BESIDE, ROWS
from assistant.exchange.read import read_document
from assistant.exchange.skeleton import skeleton
from assistant.store.casefile import load
from assistant.store.journal import Deed, Journal
from assistant.store.journal_reading import segments_of
from assistant.store.keeper import Keeper
from assistant.store.locations import locations
from assistant.store.salvage import salvaged
from assistant.tui.rows import with_indicator_moved, with_new_indicator, without_indicator
from assistant.wiring import exported
from assistant.workspace.merge import choices, merged

FILES = Path(__file__).parents[1] / "data" / "schema"
WHOLE = load(max(FILES.glob("v*.json")))
"""Something stands in every field of it: ``test_schema`` sees to that."""
PATHS = [
    *(name for name in Case.model_fields if name not in ROWS and name != "schema_version"),
    *(f"{name}[0].{field}" for name, (record, _) in ROWS.items() for field in record.model_fields),
    "以后的键",
    *(f"{name}[0].以后的键" for name in ROWS),
]
"""Every field there is, and one of a newer program at each place."""


def other_than(value: Any) -> Any:
    """A value of the same kind that is not *value*."""
    if isinstance(value, Enum):
        return next(one for one in type(value) if one is not value)
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value or ''}改"


def changed(case: Case, path: str, change: Callable[[Any], Any] = other_than) -> Case:
    """*case* with another value at *path*."""
    place, dot, field = path.rpartition(".")
    if not dot:
        return case.model_copy(update={path: change(value_at(case, path))})
    name = place.partition("[")[0]
    first, *rest = getattr(case, name)
    row = first.model_copy(update={field: change(value_at(case, path))})
    return case.model_copy(update={name: (row, *rest)})


def value_at(case: Case, path: str) -> Any:
    """What stands at *path*; ``None`` for a key that is not there."""
    place, _, field = path.rpartition(".")
    record: CaseRecord = getattr(case, place.partition("[")[0])[0] if place else case
    return getattr(record, field, None)


@pytest.mark.parametrize("path", PATHS)
def test_it_is_written_and_read_back(path: str) -> None:
    case = changed(WHOLE, path)
    assert case != WHOLE
    assert loads(dumps(case)) == case


@pytest.mark.parametrize("path", PATHS)
def test_a_change_of_it_is_made_and_taken_back_by_the_journal(path: str) -> None:
    case = changed(WHOLE, path)
    found = changes(WHOLE, case)
    assert [one.path for one in found] == [path]
    assert applied(WHOLE, found) == case
    assert taken_back(case, found) == WHOLE


def test_a_journal_of_changes_of_all_of_them_leads_to_the_same_case(tmp_path: Path) -> None:
    journal = Journal(tmp_path, tmp_path / "甲.ziping.json")
    journal.follow(WHOLE)
    steps = [WHOLE]
    for path in PATHS:
        steps.append(changed(steps[-1], path))
        journal.note(steps[-1], Deed("typing", path))
        journal.write()
    journal.close()
    (segment,) = segments_of(tmp_path, tmp_path / "甲.ziping.json")
    assert [one.path for entry in segment.made for one in entry.changes] == PATHS
    assert segment.base is not None
    case = segment.base.case
    for entry in segment.made:
        case = applied(case, entry.changes)
    assert case == steps[-1]


@pytest.mark.parametrize("path", PATHS)
def test_changed_in_one_window_it_survives_a_change_in_the_other(path: str) -> None:
    mine = changed(WHOLE, path)
    other = "unit" if path == "project" else "project"
    theirs = changed(WHOLE, other)
    for one, two in ((mine, theirs), (theirs, mine)):
        both = merged(WHOLE, choices(WHOLE, one, two), {})
        assert value_at(both, path) == value_at(mine, path)
        assert value_at(both, other) == value_at(theirs, other)


@pytest.mark.parametrize("name", ROWS)
def test_rows_both_windows_added_are_all_kept(name: str) -> None:
    row = getattr(WHOLE, name)[0]
    more = [row.model_copy(update={"以后的键": number}) for number in (1, 2)]
    mine, theirs = (WHOLE.model_copy(update={name: (*getattr(WHOLE, name), one)}) for one in more)
    both = getattr(merged(WHOLE, choices(WHOLE, mine, theirs), {}), name)
    assert [one for one in both if one in more] == more


@pytest.mark.parametrize("path", PATHS)
def test_it_is_read_from_a_file_whose_end_is_missing(path: str) -> None:
    case = changed(WHOLE, path)
    text = dumps(case).rstrip().removesuffix("}")
    found = salvaged(text.encode()).case
    assert value_at(found, path) == value_at(case, path)


@pytest.mark.parametrize("path", PATHS)
def test_a_copy_put_aside_when_the_disk_refused_holds_it(path: str, tmp_path: Path) -> None:
    case = changed(WHOLE, path)
    keeper = Keeper(tmp_path / "没有这个文件夹" / "甲.ziping.json", locations())
    keeper.changed(case)
    assert not keeper.close()
    (copy,) = (locations().recovery).rglob("*.ziping.json")
    assert load(copy) == case


def beside(case: Case) -> Iterator[tuple[str, CaseRecord]]:
    """Everything that is not printed, with the list it is in."""
    for name in BESIDE:
        yield from ((name, row) for row in getattr(case, name))


@pytest.mark.parametrize("code", ["md", "docx", "xlsx"])
def test_what_is_not_printed_comes_back_with_a_document(code: str) -> None:
    data = exported(WHOLE, load_profile("central-2020"), code)
    back = read_document(data, f"表.{code}").case
    assert list(beside(back)) == list(beside(WHOLE))


@pytest.mark.parametrize("name", BESIDE)
def test_it_comes_back_too_where_somebody_took_a_row_out_of_the_document(name: str) -> None:
    rows = tuple(row.model_copy(update={"path": "goals[0].actual"}) for row in getattr(WHOLE, name))
    case = WHOLE.model_copy(update={"indicators": WHOLE.indicators * 2, name: rows})
    document = docx.Document(io.BytesIO(exported(case, load_profile("central-2020"), "docx")))
    row = document.tables[1].rows[-2]._tr
    table = row.getparent()
    assert table is not None
    table.remove(row)
    written = io.BytesIO()
    document.save(written)
    report = read_document(written.getvalue(), "表.docx")
    assert any("行列与导出时不同" in doubt.why for doubt in report.doubts)
    assert set(map(dumped, getattr(case, name))) <= set(map(dumped, getattr(report.case, name)))


def dumped(row: CaseRecord) -> str:
    return row.model_dump_json()


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_said_of_a_row_goes_with_it_and_goes_when_it_is_removed(name: str) -> None:
    row = getattr(WHOLE, name)[0].model_copy(update={"path": "indicators[0]"})
    case = WHOLE.model_copy(update={name: (row,), "indicators": (WHOLE.indicators[0], WHOLE.indicators[0])})
    (moved,) = getattr(with_indicator_moved(case, 0, 1), name)
    assert moved.path == "indicators[1]"
    (kept,) = getattr(with_new_indicator(case, 0), name)
    assert kept == row
    assert getattr(without_indicator(case, 0), name) == ()


@pytest.mark.parametrize("path", ROOT_CELLS)
def test_a_public_document_prints_every_cell_of_the_head(path: str) -> None:
    case = WHOLE.model_copy(update={"year": None})
    public = read_document(exported(case, load_profile("central-2020"), "json", public=True), "表.json").case
    assert cell(public, path) == cell(case, path)


@pytest.mark.parametrize("name", BESIDE)
def test_next_year_begins_with_nothing_said_of_this_years_results(name: str) -> None:
    rows = tuple(row.model_copy(update={"path": "indicators[0].actual"}) for row in getattr(WHOLE, name))
    plan = skeleton(WHOLE.model_copy(update={name: rows}))
    assert getattr(plan, name) == (() if name != "last_year" else rows)
