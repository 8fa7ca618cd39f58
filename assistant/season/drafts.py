"""Drafting for a folder: the blank texts of every case file, never one that is there; as far as it got is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.case import Case, Doubt, DraftState
from assistant.domain.errors import DraftingUnavailable, InputError, ZipingError
from assistant.domain.paths import cell, with_cell
from assistant.drafting.deviations import draft_paths
from assistant.drafting.drafter import Draft, Drafter, DraftRequest
from assistant.drafting.privacy import secrets_of
from assistant.drafting.records import record_of
from assistant.drafting.service import draft_many, request_for
from assistant.scoring.engine import score_case
from assistant.season.judge import Rules
from assistant.store.backups import back_up
from assistant.store.casefile import load, save
from assistant.store.locations import Locations
from assistant.store.lock import Lock
from assistant.store.rescue import with_cure
from assistant.store.sessions import key_of

TO_CONFIRM = "批量起草的文字，请读过再确认"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What became of one case file.

    Attributes:
        file: Its name below the folder.
        written: Cells that got a text.
        offered: Cells whose draft has figures without a source: kept with the drafts to choose from, not in the form.
        trouble: Why nothing was done, ``""`` where all is well.
        note: What the user should know of how it was done.
    """

    file: str
    written: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    trouble: str = ""
    note: str = ""


def to_draft(case: Case, rules: Rules) -> tuple[str, ...]:
    """The cells of *case* that want a text, are blank, and were not drafted before."""
    sheet = score_case(case, rules.of(case))
    before = {record.path for record in case.drafts}
    return tuple(
        path for path in draft_paths(case, sheet) if path not in before and not cell(case, path).strip()
    )


@dataclass(frozen=True, slots=True)
class FolderDrafter:
    """Drafts for case files one after the other, each saved before the next begins.

    Attributes:
        rules: Which rules say what needs a reason.
        where: The user's folders, for locks and backups.
        now: The time for provenance, ISO.
        drafter: The model; without one the templates draft.
        parallel: How many requests the model may get at once.
        away: Whether the model is on another machine, where nothing classified may go.
    """

    rules: Rules
    where: Locations
    now: Callable[[], str]
    drafter: Drafter | None = None
    parallel: int = 1
    away: bool = False

    def to_send(self, files: Iterable[Path]) -> Iterator[tuple[Path, DraftRequest]]:
        """What would be asked of the model for *files*, form by form; a form that cannot be read has nothing to send."""
        for path in files:
            try:
                case = load(path)
                requests = self._requests(case)
            except ZipingError:  # told when its turn comes
                continue
            if not self._is_classified(requests):
                yield from ((path, request) for request in requests)

    def _requests(self, case: Case) -> list[DraftRequest]:
        profile = self.rules.of(case)
        sheet = score_case(case, profile)
        return [request_for(case, sheet, at, "", profile.text_limits) for at in to_draft(case, self.rules)]

    def _is_classified(self, requests: Iterable[DraftRequest]) -> bool:
        return self.away and any(map(secrets_of, requests))

    async def draft(self, files: Iterable[tuple[str, Path]]) -> AsyncIterator[Drafted]:
        """What became of each of *files* (name, path).

        Raises ``DraftingUnavailable`` where the model did not help with any text of a form; those before it are saved.
        """
        for file, path in files:
            lock = Lock(self.where.sessions / f"{key_of(path)}.lock")
            try:
                if lock.take():
                    yield await self._one(file, path)
                else:
                    yield Drafted(
                        file, trouble="这份案卷正在另一个窗口里打开，没有动它。请关闭后再运行一次。"
                    )
            except DraftingUnavailable:
                raise
            except ZipingError as error:
                yield Drafted(file, trouble=str(error))
            finally:
                lock.release()

    async def _one(self, file: str, path: Path) -> Drafted:
        try:
            case = load(path)
        except InputError as error:
            raise with_cure(error, path, self.where) from error
        wanted = to_draft(case, self.rules)
        if not wanted:
            return Drafted(file)
        profile, drafter, note = self.rules.of(case), self.drafter, ""
        if drafter is not None and self._is_classified(self._requests(case)):
            drafter, note = None, "内容里有密级字样，没有发给模型，用的是模板。"
        made = await draft_many(
            case,
            score_case(case, profile),
            wanted,
            drafter,
            parallel=self.parallel,
            limits=profile.text_limits,
        )
        drafts = [draft for draft in made if draft is not None]
        if drafter is not None and all(draft.source != "model" for draft in drafts):
            why = next((note for draft in drafts for note in draft.notes), "")
            raise DraftingUnavailable(
                f"起草到 {file} 时停下了。{why}",
                "做完的都已保存；检查模型服务后再运行，或加 --offline 只用模板。",
            )
        if load(path) != case:
            return Drafted(file, trouble="起草期间这份案卷被改动过，没有写入。请再运行一次。")
        back_up(path, self.where.backups)
        save(path, _with(case, drafts, self.now()))
        return Drafted(
            file,
            written=tuple(draft.path for draft in drafts if draft.usable),
            offered=tuple(draft.path for draft in drafts if not draft.usable),
            note=note,
        )


def _with(case: Case, drafts: Iterable[Draft], made_at: str) -> Case:
    """Every draft on record; one whose figures all have a source in its cell, too, to be confirmed by a person."""
    for draft in drafts:
        state = DraftState.ACCEPTED if draft.usable else DraftState.OFFERED
        record = record_of(draft, state, draft.text, made_at, len(draft.unsupported))
        case = case.model_copy(update={"drafts": (*case.drafts, record)})
        if draft.usable:
            doubt = Doubt(path=draft.path, raw=draft.text, why=TO_CONFIRM)
            case = with_cell(case, draft.path, draft.text)
            case = case.model_copy(update={"doubts": (*case.doubts, doubt)})
    return case
