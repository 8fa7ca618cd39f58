"""A defect of the program ends the screen and is raised to whoever ran it; the user never meets Textual's own report.

That report is a page of English that quotes local variables, and with them what the user typed.
"""

from __future__ import annotations

from typing import Any

from textual.app import App, ReturnType
from textual.widget import MountError
from textual.worker import WorkerFailed


class RaisesFaults(App[ReturnType]):
    """An app that leaves the terminal in good order when something in it fails, and lets the command line tell of it."""

    def run(self, *args: Any, **options: Any) -> ReturnType | None:
        """Run as Textual does.

        Raises:
            Exception: Whatever went wrong first in a handler, a timer or a thread, once the terminal is restored.
        """
        returned = super().run(*args, **options)
        fault = self._exception
        if isinstance(fault, WorkerFailed) and isinstance(fault.error, Exception):
            fault = fault.error  # where it happened, not where it was noticed
        if fault is not None:
            raise fault
        return returned

    def _handle_exception(self, error: Exception) -> None:
        """End the app; Textual would write its report first."""
        if self._exit and isinstance(error, MountError):
            return  # an app that is leaving takes no new widgets; one made ready in that moment is not missed
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()
