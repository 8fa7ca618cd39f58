"""Work on the whole form at once: hand it to a web page, find and replace, another editor for a long text."""

from __future__ import annotations

from textual.app import SuspendNotSupported
from textual.content import Content

from assistant.domain.errors import ZipingError
from assistant.domain.places import spoken
from assistant.tui.cjk import one_line
from assistant.tui.desk import text_at
from assistant.tui.hints import key
from assistant.tui.pages.page import path_of
from assistant.tui.screens.dialogs import ConfirmDialog
from assistant.tui.screens.scoring import ScoringScreen
from assistant.tui.services import Services
from assistant.tui.widgets.fields import CellArea
from assistant.workspace.workspace import Author


class EditingScreen(ScoringScreen):
    """The walk with deeds over all texts."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._copied: dict[str, str] = {}

    def action_copy_cells(self) -> None:
        """Open the copy mode."""
        from assistant.tui.screens.copying import CopyingScreen

        case = self.desk.settle().case
        name = self.services.path.name.removesuffix(".ziping.json")
        file = self.services.path.with_name(f"{name}-逐格复制.txt")
        screen = CopyingScreen(case, self.services.workspace.profile, file, self._copied)

        def left(path: str | None) -> None:
            if path:
                self.go_to(path)

        self.app.push_screen(screen, left)

    def action_find(self) -> None:
        """Find a text, go there or replace it everywhere."""
        from assistant.tui.screens.find_dialog import Asked, FindDialog
        from assistant.workspace.find import places, replaced

        def answered(asked: Asked | None) -> None:
            if asked is None:
                return
            if asked.path:
                self.go_to(asked.path)
                return
            case = self.desk.settle().case
            found = places(case, asked.wanted)
            self.desk.replace(replaced(case, asked.wanted, asked.new), Author.REPLACE, found[0].path)
            self.notify(f"已替换 {len(found)} 处（{key(self, 'undo')} 一次撤销全部）。", timeout=5)

        self.app.push_screen(FindDialog(self.desk), answered)

    def action_edit_outside(self) -> None:
        """Edit the text under the cursor, else the page's text, in the user's own editor."""
        from assistant.tui.outside import edited, editor

        path = path_of(self.focused) or self.page.draft_path()
        if not path:
            self.notify("请先把光标放到要编辑的格子里。", timeout=4)
            return
        is_line = not isinstance(self.focused, CellArea) and bool(path_of(self.focused))
        before = text_at(self.desk.settle().case, path)
        try:
            command = editor()
            with self.app.suspend():
                print(f"正在编辑{spoken(path)}，保存并退出编辑器后回到自评。")  # noqa: T201
                new = edited(before, command)
        except SuspendNotSupported:
            self.notify("这里不能打开外部编辑器（浏览器里和 Windows 旧终端不支持）。", timeout=6)
            return
        except ZipingError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._take_edited(path, before, one_line(new) if is_line else new)

    def _take_edited(self, path: str, before: str, new: str) -> None:
        now = text_at(self.desk.settle().case, path)
        if new == before.rstrip():
            self.notify("文字没有改动。", timeout=3)
        elif not new:
            self.notify("编辑器里存的是空的，原文没有动。要清空请在格子里删除。", timeout=6)
        elif now in {before, new}:
            self._put_edited(path, new)
        else:
            self._ask_which(path, now, new)

    def _put_edited(self, path: str, text: str) -> None:
        self.desk.write(path, text, Author.EDITOR)
        self.go_to(path)
        self.notify(
            f"已采用编辑后的{spoken(path)}，{len(''.join(text.split()))} 字（{key(self, 'undo')} 可撤销）。",
            timeout=4,
        )

    def _ask_which(self, path: str, now: str, new: str) -> None:
        """Both were changed meanwhile: show both, change nothing unasked."""
        text = Content.assemble(
            f"编辑期间，{spoken(path)}也改过。\n\n",
            Content.styled("现在格子里：\n", "bold"),
            f"{now or '（空）'}\n\n",
            Content.styled("编辑器里：\n", "bold"),
            new,
        )

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._put_edited(path, new)

        self.app.push_screen(ConfirmDialog("两边都改过", text, "用编辑器里的", "保留格子里的"), answered)
