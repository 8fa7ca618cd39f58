"""Ways into written documents for their tests, independent of the writers: libraries people use."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree

from assistant.domain.case import Case, Goal, Person
from tests.exchange.builders import sample

FORMS = Path(__file__).parents[1] / "data" / "forms"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def forms() -> dict[str, Case]:
    """The published forms and the shipped sample, by name."""
    found = {
        path.stem: Case.model_validate(json.loads(path.read_text("utf-8"))["case"])
        for path in sorted(FORMS.glob("*.json"))
    }
    return {"sample": sample(), **found}


FORM_CASES = forms()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an Office file."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def word_part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(data)[name])


def long_case(times: int = 3) -> Case:
    """The sample with each indicator *times* over, in the order of its groups."""
    rows = sample().indicators
    many = tuple(
        row.model_copy(update={"level3": f"{row.level3}（第{number + 1}批）"})
        for row in rows
        for number in range(times)
    )
    return sample().model_copy(update={"indicators": many})


def risky_case() -> Case:
    """Cells a spreadsheet could take for formulas."""
    rows = sample().indicators
    first = rows[0].model_copy(
        update={"level3": "=1+1", "target": "@SUM(A1)", "actual": "+3", "reason": "-cmd|' /C calc'!A0"}
    )
    return sample().model_copy(update={"project": '=HYPERLINK("x")', "indicators": (first, *rows[1:])})


def private_case() -> Case:
    """A case with a person and a telephone number in cells and in a text."""
    return sample().model_copy(
        update={
            "people": (Person(role="项目负责人", name="甄某某", phone="62345678"),),
            "goals": (Goal(expected="由甄某某负责", actual="已完成，联系电话62345678。"),),
        }
    )
