"""The screen with real parts (scores, checks, templates, Markdown) and scripted ones (the model, the disk)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from assistant.catalogue.forms import load_form
from assistant.catalogue.profiles import load_profile, load_profiles
from assistant.checks.engine import all_checks
from assistant.domain.case import Case
from assistant.drafting.drafter import (
    Draft,
    DraftRequest,
    Event,
    Fact,
    Finished,
    Piece,
    Preview,
    Span,
    Verification,
)
from assistant.resources import shipped
from assistant.store.atomic import write_atomic
from assistant.store.casefile import load
from assistant.tui.services import (
    ExportFormat,
    ExportOrder,
    ProfileChoice,
    SaveNews,
    SaveState,
    Services,
)
from assistant.workspace.workspace import Workspace
from tests.machine import slowness


@pytest.fixture(autouse=True)
def pauses_last_as_long_as_the_machine_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause of a test stands for "the program has had its time": on a busy machine that is a longer time."""
    pause = Pilot.pause

    async def patient(self: Pilot[Any], delay: float | None = None) -> None:
        slow = min(slowness(10_000, on_the_wall=True), 6)
        await pause(self, None if delay is None else delay * slow)

    monkeypatch.setattr(Pilot, "pause", patient)
    # Textual gives a screen 30 seconds to settle, which is much here and little on a machine ten times slower.
    monkeypatch.setattr(Pilot, "_wait_for_screen", partialmethod(Pilot._wait_for_screen, timeout=180))


class FakeSaver:
    """Keeps what it was told to save; fails when told to."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.saved: list[Case] = []
        self.news = SaveNews(SaveState.SAVED)
        self.failure = ""
        self._listeners: list[Callable[[SaveNews], None]] = []

    def listen(self, listener: Callable[[SaveNews], None]) -> None:
        self._listeners.append(listener)

    def tell(self, news: SaveNews) -> None:
        self.news = news
        for listener in self._listeners:
            listener(news)

    def save_now(self) -> SaveNews:
        if self.failure:
            self.tell(SaveNews(SaveState.FAILED, self.failure))
        else:
            self.saved.append(self.workspace.case)
            self.tell(SaveNews(SaveState.SAVED))
        return self.news


@dataclass
class ScriptedDrafter:
    """Plays a list of events, exceptions and pauses (numbers, in seconds); says whether its stream was closed."""

    script: Sequence[Event | Exception | float]
    name: str = "测试模型"
    requests: list[DraftRequest] = field(default_factory=list)
    was_cancelled: bool = False

    async def stream(self, request: DraftRequest) -> AsyncIterator[Event]:
        self.requests.append(request)
        try:
            for step in self.script:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, int | float):
                    await asyncio.sleep(step)
                else:
                    yield step
        except (asyncio.CancelledError, GeneratorExit):
            self.was_cancelled = True
            raise


@pytest.fixture
def scripted() -> type[ScriptedDrafter]:
    """The scripted model."""
    return ScriptedDrafter


@pytest.fixture(name="says")
def _says() -> Callable[..., list[Event]]:
    """The events of a model that writes a text."""
    return says


def says(path: str, text: str, *unsupported: str) -> list[Event]:
    """The events of a model that writes *text*, of which the parts *unsupported* have no fact behind them."""
    spans = tuple(
        Span(start=text.index(part), end=text.index(part) + len(part), text=part, why="表内没有这个数")
        for part in unsupported
    )
    draft = Draft(path=path, text=text, source="model", model="测试模型", unsupported=spans, usable=not spans)
    return [*(Piece(text=letter) for letter in text), Finished(draft=draft)]


@pytest.fixture
def demo() -> Case:
    """The shipped sample form: 18 indicators, 10 points of execution rate."""
    return load(Path(str(shipped("config") / "samples" / "demo.ziping.json")))


@pytest.fixture
def make_services(tmp_path: Path) -> Callable[..., Services]:
    """Build services around a case, with scripted parts where they are given."""

    def made(case: Case, **parts: Any) -> Services:
        workspace = Workspace(case, load_profile(case.profile))
        agreed: set[str] = set()
        values: dict[str, Any] = {
            "workspace": workspace,
            "path": tmp_path / "case.ziping.json",
            "saver": FakeSaver(workspace),
            "form": load_form(),
            "profiles": lambda: tuple(
                ProfileChoice(profile.id, profile.label, profile.basis)
                for profile in load_profiles().values()
            ),
            "load_profile": load_profile,
            "explain": lambda code: all_checks()[code].page if code in all_checks() else None,
            "request": lambda case, path, instruction, previous="": DraftRequest(
                path=path,
                prompt="deviation_reason",
                facts=(Fact(id="F1", label="项目名称", text=case.project),),
                instruction=instruction,
                previous=previous,
            ),
            "has_agreed": agreed.__contains__,
            "agree": agreed.add,
            "preview": lambda request: Preview(
                address="http://127.0.0.1:9/v1/chat/completions",
                model="测试模型",
                body=f'{{"facts": "{request.facts[0].text}"}}',
                sent=812,
                received=1200,
            ),
            "template": lambda case, path: Draft(
                path=path, text="因〔待补充〕。", source="template", pending=("【待补充：原因】",)
            ),
            "verify": lambda case, path, text: Verification(),
            "export": _write,
            "formats": (
                ExportFormat("md", "Markdown 文档", ".md"),
                ExportFormat("json", "JSON 数据", ".json"),
            ),
        }
        return Services(**{**values, **parts})

    return made


def _write(order: ExportOrder) -> Path:
    write_atomic(order.path, f"{order.format} public={order.public} final={order.final}".encode())
    return order.path
