"""What the user can do on the main screen: one short method a deed, each bound to a key and listed as a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content

from assistant.catalogue.examples import examples_for
from assistant.domain.case import Doubt
from assistant.domain.findings import Finding, NotChecked
from assistant.domain.places import spoken
from assistant.tui import rows
from assistant.tui.flow import PageKind, next_target, targets
from assistant.tui.hints import hinted, key
from assistant.tui.pages.check import CheckPage
from assistant.tui.pages.export import ExportPage
from assistant.tui.screens.dialogs import PickDialog, ReadDialog
from assistant.tui.screens.last_year import LastYearScreen
from assistant.tui.services import SaveNews, SaveState
from assistant.tui.widgets.fields import LinesJoined, RedoAsked, UndoAsked
from assistant.tui.widgets.task_list import state_column
from assistant.tui.wording import indicator_index, stepped
from assistant.workspace.last_year import in_full, label, last_year_of
from assistant.workspace.workspace import Author


class MainScreen(LastYearScreen):
    """The walk with its deeds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "帮助", id="help"),
        Binding("question_mark", "help", "帮助", show=False, id="help.sign"),
        Binding("f2", "back", "上页", id="back"),
        Binding("f3", "forward", "下页", id="forward"),
        Binding("f4", "draft", "起草", id="draft"),
        Binding("f5", "fill", "采用", id="fill"),
        Binding("f8", "next_finding", "找问题", id="next-finding"),
        Binding("f9", "check", "检查", id="check"),
        Binding("f10", "export", "导出", id="export"),
        Binding("f12", "override", "人工评分", show=False, id="override"),
        Binding("ctrl+backslash", "grid", "表格或逐项", show=False, id="grid"),
        Binding("ctrl+g", "jump", "跳转", show=False, id="jump"),
        Binding("ctrl+t", "tasks", "任务列表", show=False, id="tasks"),
        Binding("ctrl+z", "undo_step", "撤销", show=False, id="undo"),
        Binding("ctrl+y", "redo_step", "重做", show=False, id="redo"),
        Binding("ctrl+s", "save", "保存", show=False, id="save"),
        Binding("ctrl+r", "change_rules", "更换评分规则", show=False, id="rules"),
        Binding("ctrl+n", "add_indicator", "新增指标", show=False, id="add"),
        Binding("ctrl+o", "confirm_here", "确认读入的内容", show=False, id="confirm"),
        Binding("ctrl+f", "find", "查找和替换", show=False, id="find"),
        Binding("ctrl+l", "edit_outside", "用外部编辑器", show=False, id="editor"),
        Binding("escape", "leave", "回到页面或列表", show=False, id="leave"),
    ]

    # -- beginning --------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin once the frame is there."""
        self.call_after_refresh(self._begin_here)

    def _begin_here(self) -> None:
        """Go on where the user was, and say what there is to know."""
        if self.services.resume and self.services.place:
            self.go_to(self.services.place)
        for notice in self.services.notices:
            self.notify(notice, severity="warning", timeout=12)
        if self.services.last_year is not None:
            self.bring(self.services.last_year)
        self.begin_keeping()

    # -- moving ------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """The page before."""
        self.go(self.at - 1)

    def action_forward(self) -> None:
        """The next page."""
        self.go(self.at + 1)

    def action_check(self) -> None:
        """The list of all findings."""
        self.go_to(PageKind.CHECK.value)

    def action_export(self) -> None:
        """The export page; on it, export."""
        if isinstance(self.page, ExportPage):
            self.page.export_now()
        else:
            self.go_to(PageKind.EXPORT.value)

    def action_tasks(self) -> None:
        """Open the task list and go into it, or put it away."""
        if self._tasks.has_focus or (self.has_class("-show-tasks") and self.has_class("-narrow")):
            self.remove_class("-show-tasks")
            self.page.focus_cell(self.current_path())
            self.draw()
        else:
            self.add_class("-show-tasks")
            self._tasks.focus()

    def action_leave(self) -> None:
        """Come back from the task list, or to the list of findings or readings one came from."""
        if self.has_class("-show-tasks"):
            self.remove_class("-show-tasks")
            self.page.focus_cell(self.current_path())
            self.draw()
        else:
            self.come_back()

    def action_jump(self) -> None:
        """Ask for a number or a name and go there."""
        seen = self.overview
        choices = [(str(index), stop.title) for index, stop in enumerate(seen.stops)]
        states = {str(index): state_column(state) for index, state in enumerate(seen.states)}
        self.app.push_screen(PickDialog("跳到哪一页？", choices, str(self.at), states), self._jumped)

    def _jumped(self, answer: str | None) -> None:
        if answer is not None:
            self.go(int(answer))

    def action_next_finding(self) -> None:
        """The next thing to look at, one by one within a page too, round and round."""
        found = targets(self.desk.settle(), self.overview)
        target = next_target(found, self.shown_target, self.at, self.current_path())
        if target is None:
            self.notify("没有需要处理的问题。", timeout=3)
            return
        self.go(target.index, self.own_path(target.path))
        self.shown_target = target
        self.draw()

    # -- changing ----------------------------------------------------------------------------------------------

    def action_fill(self) -> None:
        """Fill in the computed score, or apply the cure of the finding under the cursor."""
        self.desk.settle()
        if isinstance(self.page, CheckPage):
            entry = self.page.chosen
            if isinstance(entry, Doubt):
                self.confirm(entry)
            elif isinstance(entry, Finding) and entry.cures:
                cure = entry.cures[0]
                self._write(cure.path, cure.text)
                self.notify(f"{cure.label}（{key(self, 'undo')} 可撤销）", timeout=4)
            elif entry in self.desk.figures and entry.new:
                self.mend([entry])
            else:
                self.notify("这一条没有现成的改法，按回车去原处修改。", timeout=4)
            return
        if not self.mend_here():
            self.fill_computed()

    def _write(self, path: str, text: str) -> None:
        self.desk.write(path, text, Author.CURE)

    def action_undo_step(self) -> None:
        """Take back the last step, wherever it was, and show it."""
        self._stepped(self.desk.undo, "已撤销", "没有可撤销的了。")

    def action_redo_step(self) -> None:
        """Bring back the step last taken back."""
        self._stepped(self.desk.redo, "已重做", "没有可重做的了。")

    @on(UndoAsked)
    def undo_from_text(self) -> None:
        """The undo key inside a text area."""
        self.action_undo_step()

    @on(RedoAsked)
    def redo_from_text(self) -> None:
        """The redo key inside a text area."""
        self.action_redo_step()

    def _stepped(self, step: Callable[[], str | None], done: str, none: str) -> None:
        before = self.desk.settle().case
        path = step()
        if path is None:
            self.notify(none, timeout=3)
            return
        if path:
            self.go_to(path)
        said = stepped(before, self.services.workspace.case) or (spoken(path) if path else "起草记录")
        self.notify(f"{done}：{said}", timeout=5)

    def action_add_indicator(self) -> None:
        """A new indicator behind the one shown."""
        case = self.desk.settle().case
        after = self.stop.index if self.stop.kind is PageKind.INDICATOR else len(case.indicators) - 1
        self.desk.replace(rows.with_new_indicator(case, after), Author.ROWS)
        self.go_to(f"indicators[{after + 1}].level3")
        self.notify(f"已新增一项指标（{key(self, 'undo')} 可撤销）。", timeout=4)

    def action_copy_indicator(self) -> None:
        """The indicator shown once more, behind itself."""
        if self.stop.kind is not PageKind.INDICATOR:
            self.notify("请先到要复制的指标页。", timeout=3)
            return
        index = self.stop.index
        self.desk.replace(rows.with_indicator_copied(self.desk.settle().case, index), Author.ROWS)
        self.go_to(f"indicators[{index + 1}].level3")
        self.notify(f"已复制为第 {index + 2} 项（{key(self, 'undo')} 可撤销）。", timeout=4)

    def action_delete_indicator(self) -> None:
        """Remove the indicator shown."""
        if self.stop.kind is not PageKind.INDICATOR:
            self.notify("请先到要删除的指标页。", timeout=3)
            return
        index = self.stop.index
        self.desk.replace(rows.without_indicator(self.desk.settle().case, index), Author.ROWS)
        self.go(min(self.at, len(self.overview.stops) - 1))
        self.notify(f"已删除第 {index + 1} 项指标（{key(self, 'undo')} 可撤销）。", timeout=5)

    def action_move_indicator(self, by: int) -> None:
        """Exchange the indicator shown with its neighbour and stay with it."""
        if self.stop.kind is not PageKind.INDICATOR:
            self.notify("请先到要移动的指标页。", timeout=3)
            return
        index, case = self.stop.index, self.desk.settle().case
        moved = rows.with_indicator_moved(case, index, by)
        if moved != case:
            self.desk.replace(moved, Author.ROWS)
            self.go_to(f"indicators[{index + by}]")
            self.notify(f"已移到第 {index + by + 1} 项（{key(self, 'undo')} 可撤销）。", timeout=4)
        else:
            self.notify("已经是最后一项。" if by > 0 else "已经是第一项。", timeout=3)

    # -- telling -----------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """How to fill in this cell; on the check page, the page of the check."""
        entry = self.page.chosen if isinstance(self.page, CheckPage) else None
        if isinstance(entry, Finding | NotChecked):
            code = entry.code
            page = self.services.explain(code)
            self.app.push_screen(ReadDialog(f"检查 {code}", page or "没有这项检查的说明。"))
            return
        path = self.current_path() or self.stop.kind.value
        spec = self.services.form.field(path) or self.services.form.field(self.page.draft_path())
        if spec is None:
            spec = self.services.form.field(self.stop.kind.value)
        if spec is None:
            self.notify(f"按 {key(self, 'palette')} 可看全部命令。", timeout=4)
            return
        good, bad = self._examples_at(path) or (spec.good, spec.bad)
        parts = [
            (("怎么填", spec.what), "bold $primary"),
            (("写得好", good), "bold $success"),
            (("不要这样", bad), "bold $error"),
            (("依据", spec.basis), "bold $muted"),
        ]
        if known := last_year_of(self.services.workspace.case, path.partition(".")[0]):
            parts.insert(
                1, ((f"{label(self.services.workspace.case, known)}写的", in_full(known)), "bold $primary")
            )
        lines = [
            Content.assemble(Content.styled(f"{word}\n", style), Content(f"{hinted(self, text)}\n"))
            for (word, text), style in parts
        ]
        self.app.push_screen(ReadDialog(spec.label, Content("\n").join(lines)))

    def _examples_at(self, path: str) -> tuple[str, str] | None:
        """A good and a bad example for the kind of indicator at *path*, where it has its own."""
        index, name = indicator_index(path), path.rpartition(".")[2]
        if index is None or name not in {"target", "actual", "reason"}:
            return None
        row = self.services.workspace.case.indicators[index]
        found = examples_for(row.level2, row.level1)
        return None if found is None else (getattr(found, name).good, getattr(found, name).bad)

    def action_save(self) -> None:
        """Save at once; it happens by itself anyway."""
        self.desk.settle()
        self._save_asked(self._save_news)

    @work(thread=True, group="disk")
    def _save_asked(self, told: SaveNews) -> None:
        """Beside the screen: a share may be slow, and a case with thousands of drafts takes its time. Then answer."""
        news = self.services.saver.save_now()
        self.app.call_later(self._answer_save, news, told)

    def _answer_save(self, news: SaveNews, told: SaveNews) -> None:
        """Say how it went. *told* was said before: the title has no room for all of a failure's words."""
        if not self.app.is_running:
            return  # it is being closed, and that has told already
        self._draw_saver(news)
        if news.state is not SaveState.FAILED:
            self.notify(f"{news.words}：{self.services.path}", timeout=3)
        elif news == told and not news.is_conflict:
            self.tell_failure(news)

    @on(LinesJoined)
    def tell_joined(self) -> None:
        """Say that a paste was joined."""
        self.notify("粘贴的多行文字已合并为一行。", timeout=4)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something here."""
        kind = self.stop.kind
        if action == "draft":
            return kind in {PageKind.GOAL, PageKind.INDICATOR}
        if action == "fill":
            mends = kind is PageKind.GOAL and any(figure.new for figure in self.desk.figures)
            return mends or kind in {PageKind.FUNDS, PageKind.INDICATOR, PageKind.CHECK}
        return True
