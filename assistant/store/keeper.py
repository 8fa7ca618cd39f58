"""One open case on the disk: loaded, backed up, locked, saved by itself, found again.

Nothing the disk does reaches the case in memory. Where the case's own place refuses it, a copy goes to the recovery
folder and the message says where; where another program changed the file meanwhile, neither version is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from assistant.domain.case import Case
from assistant.domain.errors import InputError, StoreError, ZipingError
from assistant.store.atomic import make_folder, refusal, sweep, write_atomic
from assistant.store.autosave import Autosave, Schedule
from assistant.store.backups import back_up
from assistant.store.casefile import SUFFIX, dumps, load, loads
from assistant.store.draft_edits import DraftEdits
from assistant.store.history import History, history
from assistant.store.journal import Deed, Journal
from assistant.store.journal_reading import (
    Former,
    Unsaved,
    former,
    segments_of,
    states,
)
from assistant.store.journal_records import Mark
from assistant.store.journal_upkeep import prune, settle
from assistant.store.locations import Locations
from assistant.store.owner import Owner, Presence
from assistant.store.rescue import with_cure
from assistant.store.sessions import Now, Sessions, key_of, utc_now
from assistant.store.turn import Turn

T = TypeVar("T")
Told = Callable[[ZipingError | None], None]


class ChangedElsewhere(StoreError):
    """The case file is not the one this window knows: nothing was overwritten, the user has to choose."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else has put into the case file."""

    case: Case
    digest: bytes


def only_put_aside(
    copies: Iterable[Path], journals: Path, path: Path, case: Case
) -> Iterator[tuple[Path, Case]]:
    """Those of *copies* that can be read and say what neither *case* nor any state its journals went through says.

    What a journal went through it offers itself, and further, or it is saved.
    """
    known: list[Case] | None = None
    for file in copies:
        with contextlib.suppress(ZipingError):
            put_aside = load(file)
            if known is None:
                known = [case, *states(journals, path)]
            if put_aside not in known:
                yield file, put_aside


class Keeper:
    """Keeps the case at *path* on the disk while it is open.

    Attributes:
        path: The case file.
        case: What was on the disk when it was opened; ``None`` where there was no file.
        in_use: Another window has it open. Saving stays safe; the user should know.
        owner: Who that is, where it is known.
        place: Where the user was last time.
        crashed: Last time it was not closed in good order.
        known: The case that is in the file as far as this window knows.
        former: What former sittings left: steps to undo, and what they never saved.
        draft_edits: What the user has made of drafts and not decided about.
        troubles: What did not work beside the case itself (no backup, no session): told once, harmless.
    """

    def __init__(self, path: Path, where: Locations, *, told: Told | None = None, now: Now = utc_now) -> None:
        """Open *path*. *told* hears of each save (``None``) and each failure, from whatever thread it happens in.

        Raises:
            StoreError: The file cannot be read.
            InputError: It is no case; the message names every way to have it back.
        """
        self.path = path.absolute()
        self.troubles: list[ZipingError] = []
        self._where = where
        self._told = told or (lambda error: None)
        self._sessions = Sessions(where.sessions, now)
        self._lock = Presence(self.path, where.sessions, now)
        self._saving = threading.Lock()
        self._tried: bytes | None = None  # a save may fail after the new file is in place: it is still ours
        self.owner = self._quietly(self._lock.take)
        self.in_use = self.owner is not None or not (self._lock.held or self.troubles)
        sweep(self.path.parent)
        self._quietly(lambda: back_up(self.path, where.backups, now))
        self._recovery = where.recovery / key_of(self.path) / f"{now():%Y%m%dT%H%M%S.%f}{SUFFIX}"
        try:
            self._known = self._digest()
            self.case = self.known = self._load(path)
        except ZipingError:
            self._lock.release()
            raise
        last = self._sessions.find(self.path)
        self.place = last.place if last else ""
        self.crashed = last is not None and not last.closed
        self._quietly(lambda: self._sessions.remember(self.path, self.place))
        self._journal = Journal(where.journals, self.path, now)
        self._journal_trouble: ZipingError | None = None
        self._decided: set[str] = set()
        self.draft_edits = DraftEdits(where.draft_edits, self.path)
        self.former = self._follow_former()
        self._autosave = Autosave(self._save, on_saved=lambda case: self._told(None), on_error=self._told)
        # A thread of its own: a slow share holds up the case file, never the journal.
        # And little peace between two writes: they are small, and what they wait is what a crash takes.
        self._journaling = Autosave(
            lambda case: self._journal.write(),
            on_saved=self._journal_works,
            on_error=self._journal_failed,
            schedule=Schedule(peace=1),
        )
        self._placing = Autosave(self._remember)

    @property
    def pending(self) -> bool:
        """Whether a change is not on the disk yet."""
        return self._autosave.pending

    @property
    def journal_trouble(self) -> ZipingError | None:
        """Why changes cannot be written down now; the case itself is saved all the same."""
        return self._journal_trouble

    def unsaved(self) -> tuple[Unsaved, ...]:
        """What former sittings never got into the case file, the latest first."""
        found = [one for one in self.former.unsaved if one.segment not in self._decided]
        if self.case is not None:
            copies = reversed(self._former_recoveries())
            for file, case in only_put_aside(copies, self._where.journals, self.path, self.case):
                with contextlib.suppress(OSError):
                    made = file.stat().st_mtime
                    at = f"{datetime.fromtimestamp(made, UTC):%Y-%m-%dT%H:%M:%S+00:00}"
                    is_older = made < self.path.stat().st_mtime
                    if all(case != one.case for one in found):
                        found.append(Unsaved(self.case, case, at, 0, 0, str(file), is_older=is_older))
        return tuple(found)

    def decided(self, unsaved: Unsaved, how: str) -> None:
        """The user has decided about *unsaved* (``taken`` or ``left``): do not offer it again; it is not removed."""
        if how == "taken" and not self._quietly(self._write_journal):
            return  # offered again rather than lost
        self._decided.add(unsaved.segment)
        if not unsaved.segment.endswith(SUFFIX):
            self._quietly(lambda: settle(self._where.journals, unsaved.segment, how))
        for copy in self._former_recoveries():
            with contextlib.suppress(ZipingError):
                if str(copy) == unsaved.segment or load(copy) == unsaved.case:
                    _put_aside(copy, self.path, self._where.backups)

    def _write_journal(self) -> bool:
        self._journal.write()
        return True

    def _follow_former(self) -> Former:
        if self.case is None or self._known is None:
            return Former()
        segments = segments_of(self._where.journals, self.path)
        found = former(self._where.journals, self.path, self.case, self._known.hex(), segments)
        self._journal.follow(self.case, self._known.hex(), found.mark)
        prune(self._where.journals, segments)
        return found

    def _former_recoveries(self) -> list[Path]:
        return [file for file in sorted(self._recovery.parent.glob(f"*{SUFFIX}")) if file != self._recovery]

    def changed(self, case: Case, deed: Deed = Deed()) -> None:  # noqa: B008 - frozen
        """Take *case*, made by *deed*, as what must be on the disk within a second. Returns at once."""
        self._journal.note(case, deed)
        self._journaling.changed(case)
        self._autosave.changed(case)

    def moved(self, place: str) -> None:
        """Note where the user is. Returns at once: turning a page waits for no disk."""
        self.place = place
        self._placing.changed(place)

    def save_now(self) -> bool:
        """Save what waits, in this thread. Returns whether everything is on the disk; *told* heard why not."""
        return self._autosave.flush()

    def is_changed_elsewhere(self) -> bool:
        """Whether the file holds now what this window has neither read nor written. Reads all of it: no clock and
        no time stamp of a share is trusted.
        """
        with self._saving, contextlib.suppress(StoreError):
            return self._digest() not in {self._known, self._tried, None}
        return False

    def theirs(self) -> Theirs | None:
        """What somebody else has saved; ``None`` where the file is gone or ours.

        Raises:
            StoreError: The file cannot be read.
            InputError: It is no case any more.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refusal(self.path, error, "读取") from error
        digest = hashlib.sha256(data).digest()
        if digest in {self._known, self._tried}:
            return None
        return Theirs(loads(data.decode("utf-8-sig", "replace"), self.path.name), digest)

    def take_in(self, theirs: Theirs) -> None:
        """The user has seen *theirs* and chosen: the next save may replace exactly that (a backup is made first)."""
        self._quietly(lambda: back_up(self.path, self._where.backups))
        with self._saving:
            self._known, self.known = theirs.digest, theirs.case
        self._journal.note(theirs.case, Deed("elsewhere"))  # what is not taken of it stays on record

    def take_over(self) -> None:
        """The case is ours now: its owner is told so at his window's next look. Raises ``StoreError``."""
        self._lock.take_over()

    def successor(self) -> Owner | None:
        """Who has taken the case over from this window; ``None`` if nobody has. Reads the disk."""
        return self._lock.successor()

    def history(self) -> History:
        """Who changed what, when and why, everything up to now. Raises ``StoreError``."""
        self._journal.write()
        return history(self._where.journals, self.path)

    def keep_mine(self) -> None:
        """The next save may replace whatever is there now (a backup is made first)."""
        self._quietly(lambda: back_up(self.path, self._where.backups))
        with self._saving:
            self._known = self._digest()

    def close(self) -> bool:
        """Save what waits and stop. Returns whether everything is on the disk."""
        self._placing.close()
        self._journaling.close()
        self.draft_edits.close()
        saved = self._autosave.close()
        self._journal.close()
        self._quietly(lambda: self._sessions.remember(self.path, self.place, closed=saved))
        self._lock.release()
        return saved

    def _remember(self, place: str) -> None:
        self._quietly(lambda: self._sessions.remember(self.path, place))

    def _load(self, shown: Path) -> Case | None:
        try:
            return load(self.path) if self._known is not None else None
        except InputError as error:
            raise with_cure(error, shown, self._where) from error

    def _save(self, case: Case) -> None:
        mark = None
        try:
            settled = self._journal.settle()
            if settled is not None:
                case, mark = settled  # the journal may have gone further; what it says is saved must be
        except StoreError as error:
            self._journal_failed(error)
        data = dumps(case).encode()
        digest = hashlib.sha256(data)
        with self._saving:
            try:
                with Turn(self.path):
                    if self._digest() not in {self._known, self._tried, None}:
                        raise ChangedElsewhere(
                            f"{self.path.name} 已被其他程序改动，没有覆盖它。",
                            "请用 ziping open 打开它，逐处选择用哪一边；两边都留着。",
                        )
                    self._announce(mark, digest.hexdigest(), done=False)
                    self._tried = digest.digest()
                    write_atomic(self.path, data)
            except StoreError as error:
                raise self._with_recovery(error, data) from error
            self._known, self.known = self._tried, case
            with contextlib.suppress(OSError):
                self._recovery.unlink()
        self._announce(mark, digest.hexdigest(), done=True)

    def _announce(self, mark: Mark | None, digest: str, *, done: bool) -> None:
        if mark is not None:
            try:
                self._journal.announce(mark, digest, done=done)
            except StoreError as error:
                self._journal_failed(error)

    def _journal_failed(self, error: ZipingError) -> None:
        self._journal_trouble = error

    def _journal_works(self, case: Case) -> None:
        self._journal_trouble = None

    def _with_recovery(self, error: StoreError, data: bytes) -> StoreError:
        """Put *data* into the recovery folder and say so; if that fails too, *error* stays as it is."""
        try:
            make_folder(self._recovery.parent)
            write_atomic(self._recovery, data, mode=0o600)
        except StoreError:
            return error
        cure = error.hint.partition("，或")[0] if "，或" in error.hint else ""
        hint = f"{cure}，故障过去会自动存上；" if cure else "故障过去会自动存上；"
        if isinstance(error, ChangedElsewhere):
            hint = error.hint
        return type(error)(error.message, f"{hint}已另存一份到 {self._recovery}。")

    def _digest(self) -> bytes | None:
        """What the file holds now; ``None`` where there is none."""
        try:
            return hashlib.sha256(self.path.read_bytes()).digest()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refusal(self.path, error, "读取") from error

    def _quietly(self, act: Callable[[], T]) -> T | None:
        """Do something that may fail without harm to the case; the failure is kept for telling."""
        try:
            return act()
        except StoreError as error:
            self.troubles.append(error)
            return None


def _put_aside(copy: Path, path: Path, backups: Path) -> None:
    """Put a copy nobody wants now among the backups of *path*."""
    folder = backups / key_of(path)
    make_folder(folder)
    try:
        copy.rename(folder / copy.name)
    except OSError as error:
        raise refusal(copy, error) from error
