"""How a run over a folder is put together from what the user asked for: the command line and the screen use the same."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from assistant.catalogue.profiles import DEFAULT_PROFILE, load_profile, load_profiles
from assistant.season.crew import Crew, processes
from assistant.season.folder import SUMMARY_NAME, Folder, survey
from assistant.season.judge import Rules
from assistant.season.result import FormResult
from assistant.season.season import run
from assistant.season.summary import Summary, summarise
from assistant.season.tables import all_tables
from assistant.season.writers import WRITERS
from assistant.store.atomic import make_folder, write_atomic
from assistant.store.ledger import Ledger
from assistant.store.locations import Locations
from assistant.store.sessions import key_of

OUT = "自评汇总"
"""Where the summary goes inside the folder unless another place is named."""

FORMS_A_PROCESS = 16
"""Starting a process costs as much as judging so many forms."""


@dataclass(slots=True)
class Season:
    """One folder under one set of rules.

    Attributes:
        folder: Its forms.
        rules: What judges them.
        ledger: What is done already.
        edition: The program's version: another one judges anew.
        address: Of a Dask cluster; ``""`` = this machine.
        workers: How many processes at most; ``None`` = one a core.
        own: What this run writes, left out when reading.
        results: What came of the last run.
    """

    folder: Folder
    rules: Rules
    ledger: Ledger
    edition: str
    address: str = ""
    workers: int | None = None
    own: tuple[Path, ...] = ()
    results: list[FormResult] = field(default_factory=list)

    def go(self) -> Generator[FormResult, None, None]:
        """Judge what is not judged yet; each result is kept in ``results`` too. Closing it stops the work."""
        self.results.clear()
        with self.ledger:
            for result in run(self.folder, self.rules, self._crew, self.ledger, self.edition):
                self.results.append(result)
                yield result

    def look_again(self) -> None:
        """Somebody worked in the folder: see what is there now. Raises ``InputError`` where nothing is left."""
        self.folder = survey(self.folder.root, self.own)

    def summary(self) -> Summary:
        """What is known so far."""
        return summarise(self.results, dict(self.folder.left_out), self.folder.closed)

    def _crew(self, forms: int) -> Crew:
        if self.address:
            from assistant.season.cluster import cluster

            return cluster(self.address)
        return processes(self.workers, most=-(-forms // FORMS_A_PROCESS))


def begin(
    root: Path,
    where: Locations,
    edition: str,
    *,
    profile: str = "",
    default: str = "",
    compare: str = "",
    out: Path | None = None,
    anew: bool = False,
    address: str = "",
    workers: int | None = None,
) -> Season:
    """Look through *root* and get ready.

    Args:
        root: The folder.
        where: The user's folders: own rules, and where results are kept from run to run.
        edition: See :class:`Season`.
        profile: Judges all forms; ``""`` = each by its own.
        default: Judges forms that name none.
        compare: A second rule set to score under.
        out: Where the summary will go, left out when reading.
        anew: Forget what was done before.
        address: See :class:`Season`.
        workers: See :class:`Season`.

    Raises:
        ZipingError: There is no such folder or rule set, or nothing to read.
    """
    for name in filter(None, (profile, compare, default)):
        load_profile(name, where.profiles)  # says which there are
    rules = Rules(load_profiles(where.profiles), default or DEFAULT_PROFILE, profile, compare)
    ledger = Ledger(where.state / "seasons" / f"{key_of(root)}.jsonl")
    own = (root / OUT, *([out] if out else []))
    folder = survey(root, own)
    if anew:
        ledger.forget()
    return Season(folder, rules, ledger, edition, address, workers, own)


def write_summary(summary: Summary, out: Path, compare: str = "") -> tuple[Path, ...]:
    """Write the summary: a single file where *out* ends like one, else .xlsx, .md and .csv into the folder *out*.

    Raises ``StoreError``.
    """
    tables = all_tables(summary, compare)
    if out.suffix.lower() in WRITERS:
        files: Iterable[Path] = [out]
    else:
        make_folder(out)
        files = [out / f"{SUMMARY_NAME}{ending}" for ending in WRITERS]
    for file in files:
        write_atomic(file, WRITERS[file.suffix.lower()](tables))
    return tuple(files)
