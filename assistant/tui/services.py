"""Everything the screen needs from the rest of the house, in one place and no more.

All of it is synchronous and quick, but for the drafter's stream. The composition root fills it in; tests fill it
with fakes. Nothing here imports the network or a document library.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.catalogue.forms import FormSpec
from assistant.domain.case import Case
from assistant.domain.errors import ZipingError
from assistant.domain.profile import Profile
from assistant.drafting.drafter import Draft, Drafter, DraftRequest, Preview, Usage, Verification
from assistant.store.draft_edits import DraftEdits
from assistant.store.history import History
from assistant.store.journal_reading import Unsaved
from assistant.store.keeper import Theirs
from assistant.store.owner import Owner
from assistant.workspace.workspace import Workspace

if TYPE_CHECKING:  # loaded when their dialogs are opened
    from assistant.drafting.model_choice import ModelSettings
    from assistant.drafting.styles import StyleShelf
    from assistant.exchange.importer import ImportReport


class SaveState(StrEnum):
    """How the case on the disk stands to the case in memory."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveNews:
    """One change of the save state; *detail* says why it failed and what to do, or what else did not work.

    *is_conflict*: somebody else has changed the file, and the user has to choose.
    """

    state: SaveState
    detail: str = ""
    is_conflict: bool = False

    @property
    def words(self) -> str:
        """What the user reads."""
        if self.is_conflict:
            return "还没保存：文件在别处改过，请用命令“别处的改动”逐处选择"
        words = {SaveState.SAVED: "已保存", SaveState.SAVING: "保存中", SaveState.FAILED: "保存失败"}[
            self.state
        ]
        return f"{words}：{self.detail}" if self.detail else words


class Saver(Protocol):
    """Keeps the case on the disk. It listens to the workspace itself; the screen only asks and watches."""

    @property
    def news(self) -> SaveNews:
        """The state now."""

    def listen(self, listener: Callable[[SaveNews], None]) -> None:
        """Call *listener* at every change, from whatever thread it happens in."""

    def save_now(self) -> SaveNews:
        """Write at once and say how it went. Never raises."""


class Disk(Protocol):
    """The case file that others may write too."""

    @property
    def known(self) -> Case | None:
        """The case in the file as far as this window knows."""

    @property
    def journal_trouble(self) -> ZipingError | None:
        """Why changes cannot be put on record now; ``None`` while they are."""

    def is_changed_elsewhere(self) -> bool:
        """Whether the file holds something else now. Reads it: not for the screen's own thread."""

    def theirs(self) -> Theirs | None:
        """What somebody else has saved. Raises ``ZipingError``."""

    def take_in(self, theirs: Theirs) -> None:
        """The user has chosen: what is saved next may replace exactly that."""

    @property
    def owner(self) -> Owner | None:
        """Who had it open before this window came."""

    def take_over(self) -> None:
        """It is this window's now. Raises ``ZipingError``."""

    def successor(self) -> Owner | None:
        """Who has taken it over from this window. Reads the disk: not for the screen's own thread."""

    def keep_mine(self) -> None:
        """What is saved next may replace whatever is there; it is backed up first."""


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """One set of rules to choose from."""

    id: str
    label: str
    basis: str


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One kind of document: its code, its name for the user and how its file name ends (``.md``)."""

    code: str
    label: str
    suffix: str


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What the user wants written, and where."""

    format: str
    path: Path
    public: bool = False
    final: bool = False
    annex: bool = True


@dataclass(slots=True)
class Services:
    """The screen's whole world.

    Attributes:
        workspace: The open case.
        path: The case file, for the title and the export's default path.
        saver: Keeps the case on the disk.
        form: Labels and help of every field.
        profiles: The rules to choose from.
        load_profile: Reads one of them. Raises ``CatalogueError``.
        explain: The page of a check by its code, or ``None``.
        request: Case, cell path, the user's instruction and the text it is to change → what a model would be sent.
        template: Case and cell path → the draft that needs no model.
        verify: Case, cell path and text → which figures in the text have no fact behind them.
        export: Writes a document and returns its path. Raises ``ZipingError`` with the reason and the way out.
        formats: What can be written.
        drafter: The language model, or ``None`` while none is configured.
        preview: What sending a request would mean; ``None`` where that cannot be told.
        spent: What a draft has taken, in words: tokens, and yuan where a price was given.
        has_agreed: Whether the user has agreed to send texts of this case to an address.
        agree: Keeps that he has.
        variants: Case, cell path, kind of ``drafting.variants`` → drafts to choose from by name; raises ``DraftingError``.
        models: The choice of a model service, to be looked at and changed.
        use_model: Takes up a changed choice: ``drafter`` is another one then, or ``None``.
        styles: Texts of the user's own that show how he writes.
        place: Where the user was last time (a cell or row path), ``""`` at the first time.
        remember: Keeps the place for next time.
        resume: Go to ``place`` at once, since the user asked to go on.
        keys: The user's own keys by binding id, as written; :mod:`keymap` sorts them.
        notices: What the user should know from the start (another window has the case open, no backup ...).
        unsaved: What former sittings never got into the case file, to be taken or left, place by place.
        decided: Called with one of them and ``taken`` or ``left`` when the user has decided about it.
        draft_edits: What the user has made of drafts and not decided about; ``None`` where nothing is kept of it.
        disk: The case file as others see it; ``None`` where nobody else can have it.
        history: Who changed what, when and why. Raises ``StoreError``.
        now: The time for provenance, ISO.
        read_form: Reads another form, a case file or any document. Raises ``ZipingError``.
        readable: The endings of the files it can read.
        last_year: Last year's form, read already, to be brought at the beginning.
    """

    workspace: Workspace
    path: Path
    saver: Saver
    form: FormSpec
    profiles: Callable[[], tuple[ProfileChoice, ...]]
    load_profile: Callable[[str], Profile]
    explain: Callable[[str], str | None]
    request: Callable[[Case, str, str, str], DraftRequest]
    template: Callable[[Case, str], Draft]
    verify: Callable[[Case, str, str], Verification]
    export: Callable[[ExportOrder], Path]
    formats: tuple[ExportFormat, ...]
    drafter: Drafter | None = None
    preview: Callable[[DraftRequest], Preview | None] = lambda request: None
    spent: Callable[[Usage], str] = lambda usage: ""
    has_agreed: Callable[[str], bool] = lambda address: False
    agree: Callable[[str], None] = lambda address: None
    variants: Callable[[Case, str, str], Awaitable[Mapping[str, Draft | None]]] | None = None
    models: ModelSettings | None = None
    use_model: Callable[[], None] = lambda: None
    styles: StyleShelf | None = None
    place: str = ""
    remember: Callable[[str], None] = lambda place: None
    now: Callable[[], str] = lambda: ""
    resume: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    unsaved: tuple[Unsaved, ...] = ()
    decided: Callable[[Unsaved, str], None] = lambda unsaved, how: None
    draft_edits: DraftEdits | None = None
    disk: Disk | None = None
    history: Callable[[], History | None] = lambda: None
    read_form: Callable[[str], ImportReport] | None = None
    readable: Callable[[], frozenset[str]] = frozenset
    last_year: ImportReport | None = None
