"""All texts of the sample drafted by a real, small, badly hallucinating model (SmolLM2-135M in llama.cpp).

``.ci/real_model`` installs what it needs and runs it. What the model writes is not repeatable to the letter; what the
program makes of it must hold whatever it writes.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.catalogue.settings import load_settings
from assistant.domain.case import Case
from assistant.domain.paths import text_paths
from assistant.drafting.drafter import Draft
from assistant.drafting.service import draft_many, drafter_for
from assistant.drafting.streams import repetition
from assistant.drafting.templates import template_draft
from assistant.resources import shipped
from assistant.scoring.engine import score_case
from assistant.values.normalise import fold

pytestmark = pytest.mark.real_model

_MARK = re.compile(
    r"(?:^|(?<=[\s；;：:。]))\d{1,2}[.．、)）](?!\d)|第\d+|【待补充[^】]*】|《[^》]*》",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of the running model; it runs in a Python of its own, which ``.ci/real_model`` makes."""
    python = os.environ.get("REAL_MODEL_PYTHON")
    if python is None:
        pytest.skip(".ci/real_model installs the model and runs this")
    server = Path(__file__).with_name("model_server.py")
    with subprocess.Popen([python, str(server)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        port = running.stdout.readline().strip()
        assert port, "the model did not start"
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


FLAGS = {
    "model": "smollm2",
    "max_tokens": 96,  # two cores speak 60 tokens a second; enough for it to lie and to loop
    "read_seconds": 600,
    "total_seconds": 3600,  # on a machine ten times slower too
}


def test_what_it_asks_for_is_allowed_by_the_settings(tmp_path):
    """Runs everywhere: the one below needs a model."""
    assert load_settings(FLAGS, {}, tmp_path).settings.model == FLAGS["model"]


async def test_the_sample_survives_a_real_model(address, tmp_path):
    text = shipped("config").joinpath("samples", "demo.ziping.json").read_text("utf-8")
    case = Case.model_validate_json(text)
    sheet = score_case(case, load_profile(case.profile))
    drafter = drafter_for(load_settings({**FLAGS, "base_url": address}, {}, tmp_path).settings)
    paths = text_paths(case)
    assert len(paths) == 19  # the narrative, and the reason of each of the 18 indicators, expected or not

    # As many at a time as the model has talks: what one has read of a prompt then serves its repair round.
    drafts = await draft_many(case, sheet, paths, drafter, parallel=os.cpu_count() or 1)

    assert len(drafts) == len(paths)
    assert any(draft.source == "model" for draft in drafts if draft)
    for draft in filter(None, drafts):
        print(draft.path, repr(draft.text), [span.text for span in draft.unsupported], *draft.notes)
        assert loose_numbers(draft) == [], draft.text
        assert repetition(draft.text) is None
        assert draft.usable == (not draft.unsupported)
        assert draft.source == "model" or "不停重复" in draft.notes[-1]
        assert not draft.usable or "\ufffd" not in draft.text
        offered = template_draft(case, sheet, draft.path)
        assert offered.text
        assert offered.usable
