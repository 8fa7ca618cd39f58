"""Drafting for a folder: blank cells only, saved form by form, gone on with where it stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.domain.case import Case, DraftState
from assistant.domain.errors import DraftingUnavailable
from assistant.drafting.drafter import Draft, DraftRequest, Event, Finished
from assistant.season.drafts import TO_CONFIRM, Drafted, FolderDrafter
from assistant.store.backups import backups_of
from assistant.store.casefile import load, save
from assistant.store.locations import locations
from assistant.store.lock import Lock
from assistant.store.sessions import key_of
from tests.season.forms import RULES, small


class Model:
    """Answers every request with one text, and fails from the *good*-th on."""

    name = "试验模型"

    def __init__(self, good: int = 1000, *, usable: bool = True) -> None:
        self.asked: list[str] = []
        self._good, self._usable = good, usable

    async def stream(self, request: DraftRequest) -> AsyncIterator[Event]:
        self.asked.append(request.path)
        if len(self.asked) > self._good:
            raise DraftingUnavailable("服务没有应答。")
        yield Finished(
            draft=Draft(
                path=request.path,
                text="已完成全年任务。",
                source="model",
                model=self.name,
                usable=self._usable,
            )
        )


def folder(root: Path, *cases: Case) -> list[tuple[str, Path]]:
    files = [(f"{at}.ziping.json", root / f"{at}.ziping.json") for at in range(len(cases))]
    for (_, path), case in zip(files, cases, strict=True):
        save(path, case)
    return files


async def drafted(
    files: list[tuple[str, Path]], model: Model | None = None, *, away: bool = False
) -> list[Drafted]:
    drafter = FolderDrafter(RULES, locations(), lambda: "2025-01-10T09:00:00+08:00", model, 2, away=away)
    return [one async for one in drafter.draft(files)]


async def test_a_blank_text_is_written_recorded_and_left_to_be_confirmed(tmp_path: Path) -> None:
    files = folder(tmp_path, small("甲"))
    (one,) = await drafted(files, Model())
    assert one.written == ("goals[0].actual",)
    case = load(files[0][1])
    assert case.goals[0].actual == "已完成全年任务。"
    assert [(record.path, record.state, record.source) for record in case.drafts] == [
        ("goals[0].actual", DraftState.ACCEPTED, "model")
    ]
    assert [(doubt.path, doubt.why, doubt.confirmed) for doubt in case.doubts] == [
        ("goals[0].actual", TO_CONFIRM, False)
    ]
    assert backups_of(files[0][1], locations().backups)


async def test_a_text_that_is_there_is_never_touched(tmp_path: Path) -> None:
    files = folder(tmp_path, small("甲", done="我自己写的。"))
    before = files[0][1].read_bytes()
    model = Model()
    assert await drafted(files, model) == [Drafted("0.ziping.json")]
    assert model.asked == []
    assert files[0][1].read_bytes() == before


async def test_figures_without_a_source_do_not_get_into_the_form(tmp_path: Path) -> None:
    files = folder(tmp_path, small("甲"))
    (one,) = await drafted(files, Model(usable=False))
    assert (one.written, one.offered) == ((), ("goals[0].actual",))
    case = load(files[0][1])
    assert case.goals[0].actual == ""
    assert case.drafts[0].state is DraftState.OFFERED


async def test_a_second_run_goes_on_where_the_model_failed(tmp_path: Path) -> None:
    files = folder(tmp_path, small("甲"), small("乙"), small("丙"))
    with pytest.raises(DraftingUnavailable, match=r"起草到 1\.ziping\.json 时停下了"):
        await drafted(files, Model(good=1))
    assert [load(path).goals[0].actual for _, path in files] == ["已完成全年任务。", "", ""]
    model = Model()
    await drafted(files, model)
    assert len(model.asked) == 2  # the first form is not drafted again
    assert all(load(path).goals[0].actual for _, path in files)


async def test_templates_draft_where_there_is_no_model(tmp_path: Path) -> None:
    files = folder(tmp_path, small("甲"))
    (one,) = await drafted(files)
    assert one.written == ("goals[0].actual",)
    assert load(files[0][1]).drafts[0].source == "template"


async def test_a_form_with_a_secrecy_mark_is_not_sent_and_the_others_are(tmp_path: Path) -> None:
    model = Model()
    secret, plain = await drafted(folder(tmp_path, small("涉密（机密★）"), small("乙")), model, away=True)
    assert model.asked == ["goals[0].actual"]  # of 乙 alone
    assert secret.written == ("goals[0].actual",)
    assert "密级" in secret.note
    assert load(tmp_path / "0.ziping.json").drafts[0].source == "template"
    assert load(tmp_path / "1.ziping.json").drafts[0].source == "model"
    assert plain.note == ""


async def test_a_form_open_in_a_window_and_a_broken_one_are_named_and_left(tmp_path: Path) -> None:
    files = folder(tmp_path, small("甲"), small("乙"), small("丙"))
    files[1][1].write_text("{", "utf-8")
    before = files[0][1].read_bytes()
    with Lock(locations().sessions / f"{key_of(files[0][1])}.lock"):
        found = await drafted(files)
    assert "另一个窗口" in found[0].trouble
    assert found[1].trouble
    assert found[2].written
    assert files[0][1].read_bytes() == before


async def test_a_form_changed_meanwhile_keeps_the_change(tmp_path: Path) -> None:
    files = folder(tmp_path, small("甲"))

    class Meanwhile(Model):
        async def stream(self, request: DraftRequest) -> AsyncIterator[Event]:
            save(files[0][1], small("甲", done="别处写的。"))
            async for event in super().stream(request):
                yield event

    (one,) = await drafted(files, Meanwhile())
    assert "改动过" in one.trouble
    assert load(files[0][1]).goals[0].actual == "别处写的。"
