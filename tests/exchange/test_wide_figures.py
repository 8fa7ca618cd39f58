"""Figures typed full-width leave the house half-width; the case keeps them as typed."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook

from assistant.domain.case import Case
from assistant.exchange.exporter import export
from assistant.exchange.read import read_document
from tests.exchange.builders import bundle, sample


def typed_wide() -> Case:
    case = sample()
    row = case.indicators[0].model_copy(update={"weight": "１２．５", "score": "１２"})
    return case.model_copy(update={"indicators": (row, *case.indicators[1:]), "total": "９５．１９"})


@pytest.mark.parametrize("code", ["md", "html"])
def test_a_document_prints_them_half_width(code: str) -> None:
    form = export(code, bundle(typed_wide(), annex=False)).decode()
    face = form.split("<!-- ziping")[0]  # the case beside the form is as typed
    assert "12.5" in face
    assert "１２" not in face
    assert "９５" not in face


@pytest.mark.parametrize("code", ["xlsx", "import-xlsx"])
def test_a_workbook_holds_them_as_numbers(code: str) -> None:
    sheet = load_workbook(io.BytesIO(export(code, bundle(typed_wide(), annex=False)))).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert 12.5 in cells
    assert not [cell for cell in cells if isinstance(cell, str) and "１２" in cell]


@pytest.mark.parametrize("code", ["docx", "xlsx", "html"])
def test_they_come_back_as_typed(code: str) -> None:
    data = export(code, bundle(typed_wide()))
    assert read_document(data, f"a.{code}").case == typed_wide()


def test_the_data_for_scripts_is_the_case_as_typed() -> None:
    document = json.loads(export("json", bundle(typed_wide())))
    assert document["case"]["indicators"][0]["weight"] == "１２．５"
