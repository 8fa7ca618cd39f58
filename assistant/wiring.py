"""The composition root: puts the parts together for the command line and the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import __version__
from assistant.catalogue.forms import load_form
from assistant.catalogue.profiles import load_profile, load_profiles
from assistant.catalogue.settings import MERGED, Loaded, Settings, load_settings
from assistant.domain.case import Case
from assistant.domain.errors import ExchangeError, ZipingError
from assistant.domain.places import spoken
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreSheet
from assistant.drafting.drafter import Draft, DraftRequest, Verification
from assistant.drafting.late import late_drafter
from assistant.drafting.model_choice import ModelSettings
from assistant.drafting.styles import StyleShelf
from assistant.store.consents import Consents
from assistant.store.journal import Deed
from assistant.store.keeper import ChangedElsewhere, Keeper
from assistant.store.locations import Locations, locations
from assistant.tui.services import (
    ExportFormat,
    ExportOrder,
    ProfileChoice,
    SaveNews,
    SaveState,
    Services,
)
from assistant.workspace.workspace import Snapshot, Workspace, assess

if TYPE_CHECKING:
    from assistant.exchange.importer import ImportReport

REPORT = "report"
"""The code of the self-evaluation report among the documents to export."""

FORMATS = (
    ExportFormat("docx", "Word 文档（正式表样，可直接打印）", ".docx"),
    ExportFormat("xlsx", "Excel 工作簿（正式表样，合计带公式）", ".xlsx"),
    ExportFormat("md", "Markdown 文档", ".md"),
    ExportFormat("html", "网页（可打印，Word 和 WPS 可打开）", ".html"),
    ExportFormat("import-xlsx", "指标导入表（一体化系统用，.xlsx）", "-指标导入表.xlsx"),
    ExportFormat(REPORT, "绩效自评报告（Word，按模板写好，缺的留空待补）", "-自评报告.docx"),
    ExportFormat("json", "JSON 数据", ".json"),
)
"""What ``exchange.exporters`` can write, and the report; the document most people want first, named here so that the screen starts without loading the writers."""


def exported(
    case: Case,
    profile: Profile,
    code: str,
    *,
    public: bool = False,
    final: bool = False,
    merged: bool = False,
    annex: bool = True,
) -> bytes:
    """Write *case* as a document; *merged*: labels of Markdown tables; *annex*: with workings and findings.

    Raises:
        InputError: There is no such format.
        ExchangeError: A final document was asked for while something in it is open.
    """
    from assistant.exchange.bundle import ExportBundle
    from assistant.exchange.exporter import export

    sheet, report = assess(case, profile)
    if final:
        _require_decisions(case, sheet)
    bundle = ExportBundle(
        case,
        sheet,
        report,
        profile,
        public=public,
        final=final,
        merged=merged,
        annex=annex,
        generator=f"ziping {__version__}",
    )
    return export(code, bundle)


def write_self_report(case: Case, profile: Profile, order: ExportOrder) -> None:
    """Write the self-evaluation report on *case* from the template.

    Raises:
        InputError: The file's name ends in neither .docx nor .md.
        ExchangeError: A final document was asked for while something in the form is open.
        StoreError: The disk refuses.
    """
    from assistant.reporting.compose import self_report
    from assistant.reporting.subject import project_of, subject_of
    from assistant.reporting.write import write_report

    if order.final:
        exported(case, profile, "json", final=True)
    project = project_of(case, profile, order.path.name, public=order.public)
    write_report(self_report(subject_of([project], public=order.public)), order.path)


def _require_decisions(case: Case, sheet: ScoreSheet) -> None:
    """Raise ``ExchangeError`` with the list where figures in texts wait for a person's word."""
    from assistant.drafting.figures import open_figures

    figures = open_figures(case, sheet)
    if figures:
        lines = "\n".join(f"  - {spoken(figure.path)}：{figure.why}" for figure in figures)
        raise ExchangeError(
            f"文字里有{len(figures)}处过期或没有依据的内容，不能导出定稿：\n{lines}\n",
            "请用 ziping open 打开案卷，在“检查”页逐条更正或确认保留；只是内部传阅，可导出草稿。",
        )


class KeptSaver:
    """The screen's view of a :class:`Keeper`: state in words, passed on from whatever thread it happens in."""

    def __init__(self) -> None:
        self._news = SaveNews(SaveState.SAVED)
        self._listeners: list[Callable[[SaveNews], None]] = []
        self._keeper: Keeper | None = None

    @property
    def news(self) -> SaveNews:
        """The state now."""
        return self._news

    def listen(self, listener: Callable[[SaveNews], None]) -> None:
        """Call *listener* at every change."""
        self._listeners.append(listener)

    def keep(self, keeper: Keeper, workspace: Workspace) -> None:
        """From now on every new snapshot of *workspace* goes to the disk through *keeper*."""
        self._keeper = keeper
        workspace.listen(self._changed)

    def told(self, error: ZipingError | None) -> None:
        """The keeper's report of one save."""
        if error is not None:
            self._tell(SaveNews(SaveState.FAILED, str(error), isinstance(error, ChangedElsewhere)))
            return
        trouble = self._keeper.journal_trouble if self._keeper is not None else None
        note = f"改动记录暂时写不进去，撤销只到退出为止（{trouble.message}）" if trouble is not None else ""
        self._tell(SaveNews(SaveState.SAVED, note))

    def save_now(self) -> SaveNews:
        """Write at once and say how it went. Never raises."""
        if self._keeper is not None:
            self._keeper.save_now()
        return self._news

    def _changed(self, snapshot: Snapshot) -> None:
        if self._keeper is not None:
            self._tell(SaveNews(SaveState.SAVING))
            self._keeper.changed(snapshot.case, Deed(snapshot.author, snapshot.changed, snapshot.turn))

    def _tell(self, news: SaveNews) -> None:
        self._news = news
        for listener in self._listeners:
            listener(news)


def _notices(keeper: Keeper) -> Iterator[str]:
    if keeper.in_use and keeper.owner is None:  # whose owner is known, the screen asks
        yield "另一个窗口也打开了这份案卷。两边都改时，后保存的一方会得到提示，不会互相覆盖。"
    if keeper.former.is_elsewhere:
        yield "案卷在别处改过（别的程序、别的电脑，或拷来的文件）：撤销从现在算起，以前的改动见“改动记录”。"
    if keeper.former.damaged:
        yield f"改动记录有 {keeper.former.damaged} 行损坏，已跳过；案卷本身不受影响。"
    if waiting := keeper.draft_edits.all():
        where = "、".join(spoken(path) for path in list(waiting)[:3]) + (" 等" if len(waiting) > 3 else "")
        yield f"有 {len(waiting)} 处改过的草稿还没有采用，都留着：{where}。翻到那一页就在正文下面。"
    yield from map(str, keeper.troubles)


def open_services(
    keeper: Keeper, saver: KeptSaver, case: Case, where: Locations, *, resume: bool = False
) -> Services:
    """Everything the screen needs for *case*, kept on the disk by *keeper*."""
    loaded = _settings(where)
    settings = loaded.settings
    former = keeper.former
    workspace = Workspace(
        case, load_profile(case.profile or settings.profile, where.profiles), former.past, former.future
    )
    saver.keep(keeper, workspace)
    styles = StyleShelf(where.data / "styles.json", _private)

    def request(case: Case, path: str, instruction: str, previous: str) -> DraftRequest:
        from assistant.drafting.service import request_for

        return request_for(
            case,
            workspace.snapshot.sheet,
            path,
            instruction,
            workspace.profile.text_limits,
            previous=previous,
            examples=styles.for_cell(path),
        )

    def template(case: Case, path: str) -> Draft:
        from assistant.drafting.templates import template_draft

        return template_draft(case, workspace.snapshot.sheet, path)

    def verify(case: Case, path: str, text: str) -> Verification:
        from assistant.drafting.service import verify_text

        return verify_text(case, workspace.snapshot.sheet, text, path)

    def write(order: ExportOrder) -> Path:
        from assistant.store.atomic import write_atomic

        if order.format == REPORT:
            write_self_report(workspace.case, workspace.profile, order)
            return order.path
        data = exported(
            workspace.case,
            workspace.profile,
            order.format,
            public=order.public,
            final=order.final,
            annex=order.annex,
            merged=settings.markdown_tables == MERGED,
        )
        write_atomic(order.path, data)
        return order.path

    def explain(code: str) -> str | None:
        from assistant.checks.engine import all_checks
        from assistant.checks.pages import help_of

        check = all_checks().get(code)
        return None if check is None else help_of(check, workspace.profile)

    services = Services(
        workspace=workspace,
        path=keeper.path,
        saver=saver,
        form=load_form(),
        profiles=lambda: tuple(
            ProfileChoice(one.id, one.label, one.basis) for one in load_profiles(where.profiles).values()
        ),
        load_profile=lambda name: load_profile(name, where.profiles),
        explain=explain,
        request=request,
        template=template,
        verify=verify,
        export=write,
        formats=FORMATS,
        models=ModelSettings(where.config, _private),
        styles=styles,
        place=keeper.place,
        remember=keeper.moved,
        resume=resume,
        keys=loaded.keys,
        notices=(*_notices(keeper), *loaded.notices),
        unsaved=keeper.unsaved(),
        decided=keeper.decided,
        draft_edits=keeper.draft_edits,
        disk=keeper,
        history=keeper.history,
        read_form=_read_form,
        readable=_readable,
        now=lambda: datetime.now().astimezone().isoformat(timespec="seconds"),
    )
    consents = Consents(where.state / "consents", keeper.path)
    services.has_agreed, services.agree = consents.has, consents.add
    services.use_model = lambda: _use_model(services, where, load_settings(folder=where.config).settings)
    _use_model(services, where, settings)
    return services


def _settings(where: Locations) -> Loaded:
    """The user's settings; where they cannot be read, those that come with the program, and a sentence about it."""
    try:
        return load_settings(folder=where.config)
    except ZipingError as error:
        shipped = load_settings(environment={}, folder=where.config / "none")
        return shipped.model_copy(
            update={"notices": (f"设置没有读成，先用缺省的：{error}", *shipped.notices)}
        )


def _use_model(services: Services, where: Locations, settings: Settings) -> None:
    """Give the screen the model that *settings* name, and what belongs to it."""
    drafter = late_drafter(settings, where.prompts)
    if drafter is not None:
        from assistant.store.request_log import keep_requests

        keep_requests(where.requests)
    services.drafter = drafter
    services.preview = drafter.preview if drafter else lambda request: None
    services.spent = drafter.spent if drafter else lambda usage: ""

    async def variants(case: Case, path: str, kind: str) -> Mapping[str, Draft | None]:
        from assistant.drafting.service import draft_variants

        if drafter is None:
            return {}
        workspace, limits = services.workspace, services.workspace.profile.text_limits
        examples = services.styles.for_cell(path) if services.styles else ()
        sheet = workspace.snapshot.sheet
        return await draft_variants(
            case,
            sheet,
            path,
            drafter,
            kind=kind,
            parallel=settings.parallel,
            limits=limits,
            examples=examples,
        )

    services.variants = variants if drafter else None


def _read_form(path: str) -> ImportReport:
    from assistant.api import read

    return read(path)


def _readable() -> frozenset[str]:
    from assistant.exchange.importer import readable_suffixes

    return readable_suffixes()


def _private(path: Path, data: bytes) -> None:
    """Put *data* where only its owner can read it. Raises ``StoreError``."""
    from assistant.store.atomic import make_folder, write_atomic

    make_folder(path.parent)
    write_atomic(path, data, mode=0o600)


def open_case(path: Path, begin: Callable[[], Case], *, resume: bool = False) -> tuple[Keeper, Services]:
    """Open the case file at *path* for the screen; the caller closes the keeper.

    Args:
        path: The case file.
        begin: Makes the case to begin with where there is no file yet.
        resume: Go at once to where the user was.

    Raises:
        ZipingError: The file cannot be read or is no case, the rules are unknown, the settings are wrong.
    """
    where = locations()
    saver = KeptSaver()
    keeper = Keeper(path, where, told=saver.told)
    try:
        case = begin() if keeper.case is None else keeper.case
        if keeper.case is None:
            keeper.changed(case)  # a new case is on the disk from its first second
        return keeper, open_services(keeper, saver, case, where, resume=resume)
    except ZipingError:
        keeper.close()
        raise
