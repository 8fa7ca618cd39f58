"""Last year's form beside this one: picked by the user, or named when the program was started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from assistant.domain.errors import ZipingError
from assistant.tui.file_picker import FilePicker
from assistant.tui.hints import key
from assistant.tui.screens.dialogs import ReadDialog
from assistant.tui.screens.keeping import KeepingScreen
from assistant.workspace.workspace import Author

if TYPE_CHECKING:
    from assistant.exchange.importer import ImportReport


class LastYearScreen(KeepingScreen):
    """The walk with what last year said."""

    def action_bring_last_year(self) -> None:
        """Ask which file is last year's form."""

        def named(path: str | None) -> None:
            if path is not None:
                self.notify("正在读上年的表……", timeout=3)
                self._read_last_year(path)

        self.app.push_screen(FilePicker(self.services.readable(), "带入上年的表", "带入"), named)

    @work(thread=True, exclusive=True, group="last-year")
    def _read_last_year(self, path: str) -> None:
        """Beside the screen: a large document takes its time."""
        read = self.services.read_form
        if read is None:
            return
        try:
            report = read(path)
        except ZipingError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", timeout=12)
        else:
            self.app.call_from_thread(self.bring, report)

    def bring(self, report: ImportReport) -> None:
        """Put what *report* says of the indicators beside this form's, as one step, and say what did not fit."""
        from assistant.exchange.last_year import with_last_year

        try:
            brought = with_last_year(self.desk.settle().case, report.case)
        except ZipingError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.desk.replace(brought.case, Author.IMPORT)
        undo = f"（{key(self, 'undo')} 可撤销）" if brought.found else ""
        said = f"{brought.summary.removesuffix('。')}{undo}。"
        if brought.gaps:
            self.app.push_screen(ReadDialog("带入上年的表", "\n\n".join((said, *brought.gaps))))
        else:
            self.notify(said, timeout=8)
