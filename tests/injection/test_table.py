"""The table door × exit: a part of it in the suite, all of it by ``python -m tests.injection``."""

from __future__ import annotations

import pytest
from lxml import html

from tests.injection import batches, payloads
from tests.injection.doors import DOORS
from tests.injection.exits import EXITS, NAMED, RAW, _live, _lost, shown

BATCHES = list(batches())


def test_the_set_is_large_and_of_many_kinds() -> None:
    kinds = {payload.kind for payload in payloads()}
    assert len(payloads()) >= 200
    assert {
        "csi",
        "osc",
        "c1",
        "bidi",
        "markup",
        "html",
        "markdown",
        "formula",
        "xml",
        "path",
        "prompt",
    } <= kinds
    assert len({payload.text for payload in payloads()}) == len(payloads())


@pytest.mark.parametrize("way", EXITS)
def test_no_cell_value_does_harm(way: str) -> None:
    for texts in BATCHES:
        assert EXITS[way](DOORS["cell value"](texts)) == []


@pytest.mark.parametrize("door", [name for name in DOORS if name != "cell value"])
def test_no_document_nor_answer_does_harm(door: str) -> None:
    first = list(DOORS).index(door)
    for texts in (BATCHES[first % len(BATCHES)], BATCHES[(first + 5) % len(BATCHES)]):
        case = DOORS[door](texts)
        assert len(case.indicators) > len(texts) // 2, "the strings came in"
        for leave in EXITS.values():
            assert leave(case) == []


@pytest.mark.parametrize("way", NAMED)
def test_no_file_name_does_harm(way: str) -> None:
    for payload in payloads()[::9]:
        assert NAMED[way](payload.text) == []


def test_the_gauges_see_harm_where_there_is_some() -> None:
    assert all(RAW.search(text) for text in ("完成\x1b[2J", "\x9b", "\u202e"))
    assert not RAW.search("完成\n\t👩\u200d🔬")
    page = html.document_fromstring('<html><body><p onclick="x">a<script>b</script></p></body></html>')
    assert len(_live(page, "html")) == 2
    case = DOORS["cell value"](["<b>粗</b>"])
    assert _lost(case, "", "md")
    assert shown("a \x1b\u202eb␛") == "ab"
