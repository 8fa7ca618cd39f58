"""A report in a model's words: figures as slots, the same verifier, the template wherever the model fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from assistant.domain.errors import DraftingUnavailable
from assistant.drafting.drafter import Draft, DraftRequest, Event, Finished
from assistant.drafting.inventions import verify_model_text
from assistant.drafting.privacy import secrets_of
from assistant.drafting.prompts import Prompts, messages, render
from assistant.drafting.replies import pending
from assistant.reporting.compose import self_report
from assistant.reporting.document import Passage, SelfReport
from assistant.reporting.drafted import drafted, request_for, requests_of
from tests.reporting.test_numbers import subject
from tests.season.forms import small

REPORT = self_report(subject(small("河道管护")))


class Model:
    """Answers each request by *reply*, as the client does: slots filled, verified."""

    name = "假模型"

    def __init__(self, reply: Callable[[DraftRequest], str]) -> None:
        self.reply = reply

    async def stream(self, request: DraftRequest) -> AsyncIterator[Event]:
        text = render(self.reply(request), request.facts, request.masks)
        unsupported = verify_model_text(text, request.facts).unsupported
        draft = Draft(
            path=request.path,
            text=text,
            source="model",
            unsupported=unsupported,
            pending=pending(text),
            usable=not unsupported,
        )
        yield Finished(draft=draft)


class Dead(Model):
    async def stream(self, request: DraftRequest) -> AsyncIterator[Event]:
        raise DraftingUnavailable("服务没有应答。")
        yield


def passage(report: SelfReport, key: str) -> Passage:
    return next(one for one in report.passages if one.key == key)


def run(model: Model) -> SelfReport:
    return asyncio.run(drafted(REPORT, model, parallel=2))


def test_a_model_that_keeps_to_the_facts_words_every_passage() -> None:
    report = run(Model(lambda request: request.context["outline"].replace("本次自评", "本年度的自评")))
    assert {one.source for one in report.passages} == {"model"}
    assert passage(report, "organisation").text.startswith("本年度的自评依据")
    assert "预算执行率80.00%" in passage(report, "execution").text


def test_a_figure_of_the_model_s_own_is_refused_and_the_template_stands() -> None:
    report = run(Model(lambda request: request.context["outline"] + "完成率99.9%。"))
    execution = passage(report, "execution")
    assert execution.source == "template"
    assert execution.text == passage(REPORT, "execution").text
    assert "99.9%" in execution.notes[0]


def test_a_model_may_not_fill_in_what_nobody_told() -> None:
    report = run(Model(lambda request: "已完成。"))
    plans = passage(report, "plans")
    assert (plans.source, plans.text) == ("template", passage(REPORT, "plans").text)


def test_a_dead_service_leaves_the_template_and_says_so() -> None:
    report = run(Dead(lambda request: ""))
    assert {one.source for one in report.passages} == {"template"}
    assert all("服务没有应答" in one.notes[0] for one in report.passages)


def test_units_leave_the_house_as_slots_and_figures_of_the_outline_too() -> None:
    request = request_for("预算执行情况", passage(REPORT, "execution"))
    assert "80万元" not in request.context["outline"]
    sent = "\n".join(part["content"] for part in messages(request, Prompts()))
    assert "水务局" not in sent
    overview = request_for("项目概况", passage(REPORT, "overview"))
    assert "{N1}" in "\n".join(part["content"] for part in messages(overview, Prompts()))


def test_a_mark_of_secrecy_anywhere_in_the_report_locks_every_passage() -> None:
    report = self_report(subject(small("河道管护（机密）")))
    assert len(list(requests_of(report))) > 1
    assert {secrets_of(request)[0] for request in requests_of(report)} == {"机密"}
    assert not any(map(secrets_of, requests_of(REPORT)))


def test_a_phone_number_in_a_text_of_the_report_does_not_leave_the_house() -> None:
    told = passage(REPORT, "problems")
    request = request_for("存在问题", replace(told, text=f"{told.text}联系电话13800000000。"))
    sent = "\n".join(part["content"] for part in messages(request, Prompts()))
    assert "13800000000" not in sent
    assert "13800000000" in [mask.text for mask in request.masks]
