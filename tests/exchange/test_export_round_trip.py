"""Word and Excel out and back: every form, whatever its cells say, letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from assistant.domain.case import Case
from assistant.exchange.exporter import export
from assistant.exchange.read import read_document
from tests.exchange.builders import CASES, bundle
from tests.exchange.documents import FORM_CASES

FORMATS = ("docx", "xlsx")
PRINTED = ("year", "project", "department", "unit", "money_unit", "funds", "goals", "indicators", "total")


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("name", FORM_CASES)
def test_every_form_comes_back_as_it_was(name: str, code: str) -> None:
    case = FORM_CASES[name]
    assert read_document(export(code, bundle(case)), f"a.{code}").case == case


@pytest.mark.parametrize("code", FORMATS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(case=CASES)
def test_whatever_the_cells_say_the_case_comes_back_and_the_same_case_gives_the_same_bytes(
    code: str, case: Case
) -> None:
    data = export(code, bundle(case))
    assert read_document(data, f"a.{code}").case == case
    assert export(code, bundle(case)) == data


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("name", FORM_CASES)
def test_the_printed_form_alone_says_all_that_is_printed(name: str, code: str) -> None:
    """A public document carries nothing beside the form: it is read by its headings like anybody else's."""
    case = FORM_CASES[name].model_copy(update={"people": ()})
    found = read_document(export(code, bundle(case, public=True)), f"a.{code}").case
    for part in PRINTED:
        assert getattr(found, part) == getattr(case, part), part
