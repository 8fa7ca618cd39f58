"""逐格复制: hands the form to a budget system's web page, one cell a key, in the order of that page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.case import Case
from assistant.domain.errors import StoreError
from assistant.domain.profile import Profile
from assistant.store.atomic import write_atomic
from assistant.tui.widgets.one_line import OneLine
from assistant.tui.widgets.panels import KeyBar
from assistant.tui.wording import padded
from assistant.workspace.handover import HandedCell, cells_to_hand, gbk_bytes

_TMUX = "tmux 里要先执行 tmux set -g set-clipboard on。"
"""Without it tmux keeps what programs copy from the terminal's clipboard."""

WIDEST_LABEL = 36
"""Columns of the terminal up to which all names of cells are as wide as the widest."""


class CopyList(OptionList):
    """The cells; one key copies and moves on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,c", "screen.copy_next", "复制，到下一格", id="copy.next"),
        Binding("r", "screen.toggle_spelling", "改写/原文", id="copy.spelling"),
        Binding("w", "screen.write_file", "写成文件", id="copy.file"),
        Binding("e", "screen.go_and_edit", "去改", id="copy.edit"),
        Binding("escape,q", "screen.dismiss", "返回", id="copy.leave"),
    ]


class CopyingScreen(Screen[str | None]):
    """Copies cell by cell; gives back the cell the user wants to change, or nothing.

    Args:
        case: The form.
        profile: Its rules, for the limits.
        file: Where the whole of it is written for those whose terminal has no clipboard.
        copied: Path → text copied so far; kept by the caller, so that leaving and coming back loses nothing.
    """

    def __init__(self, case: Case, profile: Profile, file: Path, copied: dict[str, str]) -> None:
        super().__init__()
        self._cells = cells_to_hand(case, profile)
        self._label_width = min(
            max((cell_len(_named(cell)) for cell in self._cells), default=0), WIDEST_LABEL
        )
        self._file = file
        self._copied = copied
        self._is_cleaned = True
        self._said = ""
        self._head = Static("", id="copy-head", markup=False)
        self._list = CopyList(id="copy-list", markup=False)
        self._text = Static("", id="copy-text", markup=False)
        self._about = Static("", id="copy-about", markup=False)

    def compose(self) -> ComposeResult:
        """Head, list, the text of the cell under the cursor, keys."""
        yield self._head
        yield self._list
        with VerticalScroll(id="copy-detail", can_focus=False):
            yield self._about
            yield self._text
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the first cell not copied yet."""
        self._list.set_options(
            [Option(OneLine.of(self._line(cell))) for cell in self._cells]
            or [Option("表里还没有可以复制的内容。", disabled=True)]
        )
        self._list.focus()
        if self._cells:
            self._list.highlighted = next(
                (at for at, cell in enumerate(self._cells) if not self._is_done(cell)), 0
            )
        self._draw()

    @property
    def cell(self) -> HandedCell | None:
        """The cell under the cursor."""
        at = self._list.highlighted
        return self._cells[at] if at is not None and at < len(self._cells) else None

    def action_copy_next(self) -> None:
        """Put the cell into the clipboard and go to the next one."""
        cell, at = self.cell, self._list.highlighted
        if cell is None or at is None:
            return
        text = self._handed(cell)
        self.app.copy_to_clipboard(text)
        self._copied[cell.path] = text
        self._said = f"已复制：{cell.row} {cell.label}，{len(text)} 字。请到网页里粘贴，再回来按一次。"
        self._list.replace_option_prompt_at_index(at, OneLine.of(self._line(cell)))
        if at + 1 < len(self._cells):
            self._list.highlighted = at + 1
        else:
            self._said += "这是最后一格。"
        self._draw()

    def action_toggle_spelling(self) -> None:
        """Hand over the respelled text or the text as written."""
        self._is_cleaned = not self._is_cleaned
        for at, cell in enumerate(self._cells):
            self._list.replace_option_prompt_at_index(at, OneLine.of(self._line(cell)))
        self._draw()

    def action_write_file(self) -> None:
        """Write all cells into a text file, for copying from there."""
        blocks = (f"【{cell.row} {cell.label}】\n{self._handed(cell)}\n" for cell in self._cells)
        try:
            write_atomic(self._file, "\n".join(blocks).encode(), mode=0o600)
        except StoreError as error:
            self.notify(str(error), severity="error", timeout=10)
            return
        self._said = f"全部 {len(self._cells)} 格已写到：{self._file}"
        self._draw()

    def action_go_and_edit(self) -> None:
        """Leave for the cell under the cursor."""
        self.dismiss(self.cell.path if self.cell else None)

    @on(OptionList.OptionHighlighted)
    def _show_cell(self) -> None:
        self._draw()

    def _handed(self, cell: HandedCell) -> str:
        return cell.cleaned if self._is_cleaned else cell.written

    def _is_done(self, cell: HandedCell) -> bool:
        return self._copied.get(cell.path) in {cell.written, cell.cleaned}

    def _draw(self) -> None:
        done = sum(map(self._is_done, self._cells))
        spelling = "改写后的" if self._is_cleaned else "原文"
        self._head.update(
            Content.assemble(
                Content.styled(f" 逐格复制  已复制 {done}/{len(self._cells)} 格  ", "bold $primary"),
                Content(f"复制{spelling}\n"),
                Content.styled(
                    f" {self._said or '按回车复制一格，到系统网页里粘贴，再回来按回车。'}", "bold"
                ),
                Content.styled(
                    f"\n {_TMUX if os.environ.get('TMUX') else ''}粘贴不出来时按 W，全部内容写到：{self._file}",
                    "$muted",
                ),
            )
        )
        cell = self.cell
        if cell is None:
            self._about.update("")
            self._text.update("")
            return
        text = self._handed(cell)
        lines = [
            Content(
                f"{cell.row}  {cell.label}：{len(text)} 字（上限 {cell.limit} 字），GBK {gbk_bytes(text)} 字节"
            )
        ]
        lines += [Content.styled(f"注意：{remark}", "bold $warning") for remark in cell.remarks(text)]
        if cell.changes and self._is_cleaned:
            said = "；".join(f"{change.before} → {change.after}" for change in cell.changes)
            lines.append(Content.styled(f"改写：{said}（R 用原文）", "$primary"))
        self._about.update(Content("\n").join(lines))
        self._text.update(text)

    def _line(self, cell: HandedCell) -> Content:
        text = self._handed(cell)
        before = self._copied.get(cell.path)
        state = "已复制" if self._is_done(cell) else "已改动" if before is not None else "　　　"
        problem = next(cell.remarks(text), "")
        marks = [*(["太长"] if problem.startswith("太长") else ["注意"] if problem else [])]
        marks += ["改写"] if cell.changes and self._is_cleaned else []
        name = cell.row.partition(" ")[2]
        return Content.assemble(
            Content.styled(f"{state} ", "$success" if state == "已复制" else "bold $warning"),
            Content(f"{padded(_named(cell), self._label_width)}  "),
            Content.styled("".join(f"[{mark}] " for mark in marks), "bold $warning"),
            Content.styled(f"{' '.join(text.split())}  ", "bold"),
            Content.styled(name, "$muted"),
        )


def _named(cell: HandedCell) -> str:
    """The number or the name of the row, and the cell's own name."""
    return f"{cell.row.partition(' ')[0]} {cell.label}"
