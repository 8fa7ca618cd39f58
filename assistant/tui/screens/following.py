"""What follows from the form, for drawing: at once, and of a large form beside the screen when the hand rests.

No key waits for a check of a large form. Until what follows from a change is known, the points and findings from before
it are shown; the words are always the newest.
"""

from __future__ import annotations

from threading import Lock

from textual import work
from textual.screen import Screen
from textual.timer import Timer

from assistant.tui.desk import Desk
from assistant.tui.flow import Overview, Stop, overview, stops_of
from assistant.tui.services import Services
from assistant.tui.widgets.steady import ScreenLaidOutOnce
from assistant.workspace.workspace import Author, Snapshot

FLUSH_SECONDS = 0.04
"""How long typing is gathered before the case is written: less than the eye notices."""

QUIET_SECONDS = 0.15
"""After a change in a large form, before what follows from it is worked out."""


class FollowingScreen(ScreenLaidOutOnce[None], Screen[None]):
    """A screen that is drawn anew after every change of the case."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.desk = Desk(services.workspace, self._flush_soon)
        self.overview: Overview = overview(services.workspace.snapshot)
        self._sorted_out: tuple[Snapshot, frozenset[str]] = (services.workspace.snapshot, frozenset())
        self._quiet_timer: Timer | None = None
        self._is_working_out = False
        self.one_at_a_time = Lock()
        """Held by whatever computes beside the screen: two at once would leave the screen a third of the machine."""

    def on_mount(self) -> None:
        """Follow the case from now on."""
        self.services.workspace.listen(self._follow)

    def draw_following(self, snapshot: Snapshot) -> None:
        """Draw *snapshot*, which comes from typing, a cure, a draft or an undo."""
        raise NotImplementedError

    def known(self) -> Snapshot:
        """What may be drawn now; what is not known yet is worked out soon."""
        snapshot = self.desk.known
        if snapshot is not self.services.workspace.snapshot:
            self._work_out_soon()
        return snapshot

    def sort_out(self, snapshot: Snapshot) -> None:
        """Bring :attr:`overview` up to *snapshot*, if what follows from that is known; else the stops are the same.

        Of a large form beside the screen, unless rows came or went.
        """
        stale = self._stale()
        is_new = self._sorted_out[0] is not snapshot or self._sorted_out[1] != stale
        if not is_new or snapshot is not self.services.workspace.snapshot:
            return
        if self.desk.is_large and _keys(stops_of(snapshot.case)) == _keys(self.overview.stops):
            self._work_out_soon()
        else:
            self.overview, self._sorted_out = overview(snapshot, stale), (snapshot, stale)

    def _follow(self, snapshot: Snapshot) -> None:
        if snapshot.author is Author.TYPING and self.desk.known is not snapshot:
            self._work_out_soon()  # the field shows it already
        else:
            self.draw_following(self.known())

    def _stale(self) -> frozenset[str]:
        """The texts out of date."""
        return frozenset(figure.path for figure in self.desk.figures if figure.is_stale)

    def _flush_soon(self) -> None:
        self.set_timer(FLUSH_SECONDS, self.desk.flush)

    def _work_out_soon(self) -> None:
        if self._quiet_timer is not None:
            self._quiet_timer.stop()
        self._quiet_timer = self.set_timer(QUIET_SECONDS, self._work_out_now)

    def _work_out_now(self) -> None:
        if not self._is_working_out:
            self._is_working_out = True
            self._work_out(self.services.workspace.snapshot, self._stale())

    @work(
        thread=True, group="follow", description="what follows"
    )  # else Textual writes out the form to describe it
    def _work_out(self, snapshot: Snapshot, stale: frozenset[str]) -> None:
        with self.one_at_a_time:
            _ = self.desk.baseline  # told of beside the new points
            seen = overview(snapshot, stale)
        self.app.call_from_thread(self._worked_out, snapshot, stale, seen)

    def _worked_out(self, snapshot: Snapshot, stale: frozenset[str], seen: Overview) -> None:
        self._is_working_out = False
        if not self.app.is_running:
            return  # it is being closed: there is nothing left to draw in
        if snapshot is self.services.workspace.snapshot:
            if _keys(seen.stops) == _keys(self.overview.stops):
                self.overview, self._sorted_out = seen, (snapshot, stale)
            self.draw_following(self.known())
        else:
            self._work_out_now()


def _keys(stops: tuple[Stop, ...]) -> list[str]:
    """What the task list is made of, while rows come and go."""
    return [stop.key for stop in stops]
