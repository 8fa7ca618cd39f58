"""Nothing is lost on the screen: what a former sitting could not save, what somebody else saved, who changed what."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual import work

from assistant.domain.case import Case
from assistant.domain.errors import ZipingError
from assistant.tui.hints import key
from assistant.tui.screens.dialogs import ConfirmDialog
from assistant.tui.screens.editing import EditingScreen
from assistant.tui.services import SaveNews
from assistant.workspace.merge import Side, choices, merged, shown
from assistant.workspace.workspace import Author, Snapshot

if TYPE_CHECKING:
    from assistant.store.journal_reading import Unsaved
    from assistant.store.keeper import Theirs
    from assistant.store.owner import Owner
    from assistant.tui.services import Disk

LOOK_SECONDS = 3.0
"""How often the file is looked at for somebody else's changes."""

REST_SECONDS = 1.5
"""After the last letter typed, before the user is asked about them."""


class KeepingScreen(EditingScreen):
    """The walk with what becomes of other versions of the case."""

    _theirs_waits = False
    """Somebody else has changed the file and the user has not chosen yet."""
    _waiting: tuple[Unsaved, ...] = ()
    """What former sittings never saved and nobody has decided about in this one."""

    _successor: Owner | None = None
    """Who took the case over from this window, as the user was told."""
    _has_begun = False
    """The user is where he was when he left."""
    _is_broken = False
    """Something has failed that is no fault of the user's: the program is ending."""

    def begin_keeping(self) -> None:
        """Say who else has the case open, offer what was never saved, then watch the file."""
        self._has_begun = True
        self._waiting = self.services.unsaved
        disk = self.services.disk
        if disk is None or disk.owner is None:
            self._offer_unsaved()
        else:
            self._offer_takeover(disk, disk.owner)
        if disk is not None:
            self.set_interval(LOOK_SECONDS, self.look_at_disk)

    @property
    def is_coming(self) -> bool:
        """Whether the page the user went to cannot be typed into yet."""
        return not self._has_begun or not self.page.is_drawn

    # -- who else has it open ----------------------------------------------------------------------------------

    def _offer_takeover(self, disk: Disk, owner: Owner) -> None:
        """Name him; nothing depends on the answer but what his window tells him."""

        def answered(wanted: bool | None) -> None:
            if wanted:
                try:
                    disk.take_over()
                    self.notify("已接手，那边会得到提示。", timeout=5)
                except ZipingError as error:
                    self.notify(str(error), severity="error", timeout=8)
            self._offer_unsaved()

        told = "提示已由这边接着填" if owner.is_me else "提示那位同事由您接着填"
        text = (
            f"{owner.words}正打开着这份案卷。\n\n"
            f"接手：那边的窗口先存好已填的内容，再{told}。\n"
            "一起填：两边照常，都能保存；同一格两边都改了，会逐格请您选。\n"
            "两种都不会丢字。" + ("" if owner.is_me else "那台电脑若早已关机，直接接手即可。")
        )
        self.app.push_screen(ConfirmDialog("这份案卷正在别处打开着", text, "由我接手", "一起填"), answered)

    def _taken_over(self, owner: Owner) -> None:
        """Somebody else goes on with the case: everything typed here is saved first."""
        if self._successor == owner:
            return
        self._successor = owner
        self.desk.settle()
        self._save_at_once()
        self.notify(
            f"{owner.words}接手了这份案卷，您填的都已存上。请停手或先打个招呼；接着填也不会丢，会逐格合并。",
            severity="warning",
            timeout=30,
        )

    # -- what a former sitting could not save ------------------------------------------------------------------

    def _offer_unsaved(self) -> None:
        """The next of what nobody has decided about yet."""
        waiting, self._waiting = self._waiting[:1], self._waiting[1:]
        for one in waiting:
            if self._is_contained(one):
                self._offer_unsaved()
            else:
                self._offer(one)

    def _is_contained(self, unsaved: Unsaved) -> bool:
        """Whether all of it is in the form already: then there is nothing to ask."""
        found = choices(unsaved.base, unsaved.case, self.desk.settle().case)
        if all(choice.mine_changes in {(), choice.theirs_changes} for choice in found):
            self.services.decided(unsaved, "taken")
            return True
        return False

    def _offer(self, unsaved: Unsaved) -> None:
        from assistant.tui.screens.versions_dialog import VersionsDialog

        found = choices(unsaved.base, unsaved.case, self.desk.settle().case)
        at = datetime.fromisoformat(unsaved.at).astimezone()
        lost = f"另有 {unsaved.lost} 处记录损坏，读不出来。" if unsaved.lost else ""
        why = (
            f"{at:%m月%d日 %H:%M} 的改动还没写进案卷，程序就停了；下面逐处列出，由您决定用哪一边。"
            f"没用的一边仍留在改动记录里。{lost}"
        )
        if unsaved.of:
            why += f"这些改动是在“{unsaved.of}”里做的（它已不在原处），先替您选了不取回。"
        elif unsaved.is_older:
            why += "案卷在这以后又存过，先替您选了案卷里的。"
        side = Side.THEIRS if unsaved.of or unsaved.is_older else None

        def answered(picked: dict[int, Side] | None) -> None:
            if picked is None:
                self.notify("先按现在的案卷来；下次打开会再问。", timeout=5)
                return
            case = merged(unsaved.base, found, picked)
            is_taken = case != self.desk.settle().case
            if is_taken:
                self.desk.replace(case, Author.RECOVERY)
                self.notify(f"已取回（{key(self, 'undo')} 可撤销）。", timeout=5)
            self.services.decided(unsaved, "taken" if is_taken else "left")
            self._offer_unsaved()

        title = f"上次没来得及保存的改动：{len(shown(found))} 处"
        self.app.push_screen(VersionsDialog(title, why, found, ("没保存的", "案卷里的"), side), answered)

    # -- ending ------------------------------------------------------------------------------------------------

    def keep_typed(self) -> None:
        """Put what was typed into the case and draw no more: something on the screen is broken."""
        self._is_broken = True
        self.desk.flush()

    def _follow(self, snapshot: Snapshot) -> None:
        if not self._is_broken:
            super()._follow(snapshot)

    # -- who changed what --------------------------------------------------------------------------------------

    def action_changes(self) -> None:
        """Everything that was changed in this case, by whom, when and why; Enter goes to the cell."""
        from assistant.tui.screens.changes_dialog import ChangesDialog

        self.desk.settle()
        try:
            known = self.services.history()
        except ZipingError as error:
            self.notify(str(error), severity="error", timeout=8)
            return
        if known is None or not known.entries:
            self.notify("还没有改动记录。", timeout=4)
            return

        def picked(number: str | None) -> None:
            if number is not None and known.entries[int(number)].where:
                self.go_to(known.entries[int(number)].where)

        self.app.push_screen(ChangesDialog(known, self.desk), picked)

    # -- somebody else's changes -------------------------------------------------------------------------------

    def _draw_saver(self, news: SaveNews) -> None:
        if not news.is_conflict:
            super()._draw_saver(news)
            return
        self._save_news = news  # nothing has failed: the user is asked
        self._draw_title()
        self.theirs_seen()

    @work(thread=True, exclusive=True, group="disk")
    def look_at_disk(self) -> None:
        """Beside the screen: a share may be slow."""
        disk = self.services.disk
        if disk is None:
            return
        if (owner := disk.successor()) is not None:
            self.app.call_from_thread(self._taken_over, owner)
        if disk.is_changed_elsewhere():
            self.app.call_from_thread(self.theirs_seen)

    def theirs_seen(self) -> None:
        """Say that the file is not ours any more and, if nothing else is asked now, let the user choose."""
        if self._theirs_waits:
            return
        if (still := REST_SECONDS - (monotonic() - self.desk.typed_at)) > 0:
            self.set_timer(still, self.theirs_seen)  # a dialog would swallow what is being typed
            return
        self._theirs_waits = True
        if self.is_active:  # not "current": that is also true of the page behind a dialog
            self.action_choose_versions()
        else:
            self.notify("案卷文件在别处改过了，稍后请您逐处选择。", severity="warning", timeout=8)
            self.set_timer(LOOK_SECONDS, self._forget_theirs)

    def _forget_theirs(self) -> None:
        """Let the next look ask again."""
        self._theirs_waits = False

    def action_choose_versions(self) -> None:
        """Both versions, place by place; what is chosen is saved."""
        from assistant.tui.screens.versions_dialog import VersionsDialog

        disk = self.services.disk
        if disk is None:
            return
        try:
            theirs = disk.theirs()
        except ZipingError as error:
            self._ask_about_damage(str(error))
            return
        if theirs is None:
            self._theirs_waits = False
            self.notify("案卷文件没有在别处改过。", timeout=4)
            return
        mine = self.desk.settle().case
        found = choices(disk.known or theirs.case, mine, theirs.case)
        if not shown(found):
            self._take(theirs, merged(disk.known or theirs.case, found, {}))
            return

        def answered(picked: dict[int, Side] | None) -> None:
            if picked is None:
                self.notify(
                    "两边都还在：文件没有动，您的改动在程序和改动记录里。再保存时会再问。",
                    severity="warning",
                    timeout=10,
                )
                self.set_timer(10 * LOOK_SECONDS, self._forget_theirs)
                return
            self._take(theirs, merged(disk.known or theirs.case, found, picked))

        both = sum(choice.is_conflict for _, choice in shown(found))
        why = "这份案卷在别的窗口或别的电脑上也改过。" + (
            f"有 {both} 处两边都改了，其余的只有一边改，已替您选上改过的一边。"
            if both
            else "没有同一处两边都改的，已替您选上改过的一边。"
        )
        title = f"案卷文件在别处改过：{len(shown(found))} 处不同"
        self.app.push_screen(VersionsDialog(title, why, found, ("本窗口", "文件里")), answered)

    def _take(self, theirs: Theirs, case: Case) -> None:
        disk = self.services.disk
        if disk is None:
            return
        disk.take_in(theirs)
        self.desk.rebase(case, Author.MERGE)
        self._theirs_waits = False
        self.notify("已合到一起并保存。撤销从这里重新开始；没选的一边在改动记录和备份里。", timeout=8)

    @work(thread=True, group="disk")
    def _save_at_once(self) -> None:
        """Beside the screen: a share may be slow. A save that failed before would wait for a while otherwise."""
        self.services.saver.save_now()

    def _ask_about_damage(self, why: str) -> None:
        """Somebody else left what cannot be read."""

        def answered(wanted: bool | None) -> None:
            disk = self.services.disk
            if wanted and disk is not None:
                disk.keep_mine()
                self._save_at_once()
            self.set_timer(0 if wanted else 10 * LOOK_SECONDS, self._forget_theirs)

        text = f"{why}\n\n这份文件会先备份，再用本窗口的内容重新写好。"
        self.app.push_screen(
            ConfirmDialog("案卷文件在别处改过，现在读不出来", text, "用本窗口的内容", "先不动它"), answered
        )
