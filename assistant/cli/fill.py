"""``ziping fill``: the whole form as questions and answers, line by line; for screen readers, pipes and bare lines."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import select
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assistant.catalogue.forms import FormSpec, load_form
from assistant.catalogue.profiles import load_profile
from assistant.cli import plain
from assistant.cli.inputs import settings
from assistant.cli.plain_drafts import PlainDrafts
from assistant.cli.screen import go_on, made, opened, unused
from assistant.domain.case import Case
from assistant.domain.errors import InputError, ZipingError
from assistant.domain.places import spoken
from assistant.store.casefile import SUFFIX
from assistant.store.journal import Deed
from assistant.store.keeper import Keeper
from assistant.store.locations import locations
from assistant.workspace.interview import Interview, Outcome
from assistant.workspace.workspace import Workspace

PASTE_SECONDS = 0.05
"""Lines that follow each other faster than this at a keyboard were pasted: they belong to one cell."""
END_OF_LINES = "完"
SHOWN = 30
"""Characters told of what a cell said before."""


def run(arguments: argparse.Namespace) -> int:
    """Ask and answer; without ``--plain`` and in a terminal, the full screen on the same case."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if is_terminal and not arguments.plain:
        from assistant.cli import screen

        command = "new" if arguments.new else "open"
        return screen.run(
            argparse.Namespace(command=command, case=arguments.case, profile=arguments.profile, source=None)
        )
    found = (
        made(arguments.case, arguments.profile)
        if arguments.new
        else opened(arguments.case, _ask_again(is_terminal))
    )
    if found is None:
        return 0
    path, begin = found
    troubles: list[ZipingError] = []
    keeper = Keeper(path, locations(), told=lambda error: troubles.append(error) if error else None)
    try:
        case = keeper.case or begin()
        if arguments.profile:
            case = case.model_copy(
                update={"profile": load_profile(arguments.profile, locations().profiles).id}
            )
        return Conversation(keeper, case, troubles, is_terminal=is_terminal).hold()
    finally:
        if not keeper.close():
            print("退出时没有保存成功。", file=sys.stderr)


def _ask_again(is_terminal: bool) -> Callable[[Path, Path], bool | None]:
    """How to decide about a document that was read before: a person is asked, a script goes on with its case."""

    def ask(document: Path, case: Path) -> bool | None:
        print(f"{document.name} 以前读入过，已经开始填了。")
        print(f"直接回车接着填 {case.name}；输入“新”重新读一遍，另存为 {unused(case).name}；输入“退出”结束。")
        with contextlib.suppress(EOFError):
            return {"": True, "新": False}.get(input("> ").strip())
        return None

    return ask if is_terminal else go_on


class Conversation:
    """One sitting at the questions; the case is on the disk after every answer.

    Args:
        keeper: Keeps the case on the disk.
        case: What to begin with.
        troubles: Where the keeper's told failures arrive.
        is_terminal: Whether a person sits at the other end.
    """

    def __init__(self, keeper: Keeper, case: Case, troubles: list[ZipingError], *, is_terminal: bool) -> None:
        where = locations()
        rules = load_profile(case.profile or settings().settings.profile, where.profiles)
        self._keeper = keeper
        self._troubles = troubles
        self._replaceable: set[Path] = set()  # written from here, or the user was told that they are there
        self._lines = _typed_lines() if is_terminal else _piped_lines()
        self._form: FormSpec = load_form()
        workspace = Workspace(case, rules, keeper.former.past, keeper.former.future)
        self._talk = Interview(workspace, keeper.place if is_terminal else "")
        self._drafts = PlainDrafts(self._talk.workspace, keeper.path, where)
        self._row = ""
        self._failed = False
        self._is_terminal = is_terminal
        self._is_lost = False
        """Whether a step did not go as written: what a script says next would land in the wrong cell."""

    def hold(self) -> int:
        """Ask until the user leaves or the input ends. Returns the exit code."""
        workspace = self._talk.workspace
        _say(
            [
                f"{workspace.case.project or '（未填项目名称）'}。评分规则：{workspace.profile.label}。",
                plain.summed(workspace.snapshot),
                "一格一格地问。直接回车保留原来的内容，输入问号看说明，输入“退出”结束。",
            ]
        )
        if self._keeper.in_use:
            owner = self._keeper.owner
            who = owner.words if owner is not None else "另一个窗口"
            _say([f"{who}也打开着这份案卷。两边都改时，后保存的一方会得到提示，不会互相覆盖。"])
        if self._keeper.unsaved():
            _say(["上次有改动没来得及存进案卷。请用 ziping open 打开这份案卷，逐处取舍。"])
        self._ask()
        for line in self._lines:
            said = plain.understood(line)
            if said.name == "quit":
                break
            self._do(said)
            if self._is_lost and not self._is_terminal:
                raise InputError(
                    f"输入的这一行没有照办：{line}。", "已填的都已保存，后面的没有再填，以免填错格子。"
                )
            self._is_lost = False
            self._ask()
        _say([plain.summed(self._talk.workspace.snapshot), f"案卷：{self._keeper.path}"])
        return 1 if self._failed else 0

    def _ask(self) -> None:
        _say(plain.asked(self._talk, self._row))
        question = self._talk.question
        self._row = question.row if question else ""
        if question is not None:
            self._keeper.place = question.path

    def _do(self, said: plain.Said) -> None:
        deeds: dict[str, Callable[[str], Iterable[str]]] = {
            "": self._answer,
            "write": lambda text: self._answer(text, is_sure=True),
            "lines": lambda _: self._answer("\n".join(self._until_end())),
            "back": lambda _: () if self._talk.back() else ["已经是第一格。"],
            "next": self._next_row,
            "jump": self._jump,
            "clear": self._clear,
            "rule": self._take_computed,
            "undo": lambda _: self._stepped(self._talk.undo(), "已撤销", "没有可撤销的了。"),
            "redo": lambda _: self._stepped(self._talk.redo(), "已重做", "没有可重做的了。"),
            "draft": self._draft,
            "take": self._take_draft,
            "add": self._add,
            "list": lambda _: plain.listed(self._talk),
            "check": lambda _: plain.checked(self._talk),
            "export": self._export,
            "save": lambda _: [self._saved()],
            "help": lambda _: plain.helped(self._talk, self._form),
        }
        _say(deeds[said.name](said.argument))

    def _draft(self, wanted: str) -> Iterator[str]:
        yield from self._drafts.offer(self._talk.question.path if self._talk.question else "", wanted)

    def _take_draft(self, _: str) -> Iterator[str]:
        question = self._talk.question
        path = question.path if question else ""
        if refusal := self._drafts.refusal(path):
            self._is_lost = True
            yield refusal
        elif question is not None and self._drafts.take(path):
            yield self._saved(f"“{question.label}”已采用草稿。")
            self._talk.forward()

    def _answer(self, text: str, *, is_sure: bool = False) -> Iterator[str]:
        question, before = self._talk.question, self._talk.workspace.snapshot.sheet
        if question is None:
            if text:
                self._is_lost = True
                yield "已经没有要问的了，这句话没有记下。"
            return
        text = text if question.is_text else " ".join(text.split("\n"))
        was = " ".join(self._talk.text.split())
        match self._talk.answer(text, is_sure=is_sure):
            case Outcome.KEPT:
                return
            case Outcome.REFUSED:
                self._is_lost = True
                yield f"没有记下：“{text}”不能填在“{question.label}”里。"
            case Outcome.DOUBTED:
                self._is_lost = True
                yield f"“{question.label}”现在是“{self._talk.text.strip()}”，“{text}”里没有数，没有改。"
                yield f"真要改成这样，请输入：写 {text}"
            case Outcome.WRITTEN:
                known = f"，原来是“{was[:SHOWN]}{'…' if len(was) > SHOWN else ''}”" if was else ""
                yield self._saved(f"“{question.label}”已改{known}。")
                yield from plain.told(before, self._talk.workspace.snapshot, question.path)
                if question.path == "year" and self._talk.workspace.case.year is None:
                    yield "看不出是哪一年，请写四位年份，如 2024。输入“上”可以改。"

    def _until_end(self) -> Iterator[str]:
        _say([f"请写，可以几行，单独一行“{END_OF_LINES}”结束。"])
        for line in self._lines:
            if line.strip() == END_OF_LINES:
                return
            yield line

    def _next_row(self, _: str) -> Iterable[str]:
        self._talk.next_row()
        return ()

    def _jump(self, wanted: str) -> Iterator[str]:
        self._is_lost = True
        if not wanted:
            yield "请写去哪里，如：跳 12，或：跳 会议。"
        elif not self._talk.jump(wanted):
            yield f"没有第 {wanted} 问。" if wanted.isdecimal() else f"没有名称里带“{wanted}”的格子。"
        else:
            self._row, self._is_lost = "", False

    def _clear(self, _: str) -> Iterator[str]:
        question, before = self._talk.question, self._talk.workspace.snapshot.sheet
        if question is None or not self._talk.clear():
            yield "这一格本来就是空的。"
            return
        yield self._saved(f"已清空“{question.label}”，可以撤销。")
        yield from plain.told(before, self._talk.workspace.snapshot, question.path)

    def _take_computed(self, _: str) -> Iterator[str]:
        if computed := self._talk.computed():
            yield from self._answer(computed)
        else:
            self._is_lost = True
            yield "这一格没有算得出的数，请您自己填。"

    def _stepped(self, path: str | None, done: str, none: str) -> Iterator[str]:
        if path is None:
            yield none
            return
        self._row = ""
        yield self._saved(f"{done}：{spoken(path) if path else '上一次改动'}。")

    def _add(self, _: str) -> Iterator[str]:
        self._talk.add_row()
        yield self._saved("已在最后加一项指标。")

    def _export(self, wanted: str) -> Iterator[str]:
        from assistant.exchange.exporter import exporters
        from assistant.store.atomic import write_atomic
        from assistant.wiring import exported

        is_public = wanted == "公开" or wanted.startswith("公开 ")
        name = wanted.removeprefix("公开").strip() if is_public else wanted
        default = f"{self._keeper.path.name.removesuffix(SUFFIX)}{'-公开' if is_public else ''}.md"
        path = Path(name).expanduser() if name else self._keeper.path.with_name(default)
        workspace = self._talk.workspace
        code = path.suffix.lower().removeprefix(".")
        try:
            if code not in exporters():
                kinds = "、".join(sorted({one.suffix for one in exporters().values()}))
                raise InputError(
                    f"不能导出为“{path.suffix or path.name}”。", f"文件名请以这些结尾：{kinds}。"
                )
            if path.resolve() == self._keeper.path.resolve():
                raise InputError("这是案卷文件本身。", "请换一个文件名。")
            if path.is_file() and path not in self._replaceable:
                self._replaceable.add(path)
                yield f"{path} 已经存在，还没有动它。再输入一次同样的话就覆盖它，或换个文件名。"
                return
            write_atomic(path, exported(workspace.case, workspace.profile, code, public=is_public))
        except ZipingError as error:
            self._failed = True
            yield f"没有导出：{error}"
            return
        self._replaceable.add(path)
        yield f"已导出{'公开版' if is_public else ''}：{path}"

    def _saved(self, done: str = "") -> str:
        """Put the case on the disk at once and say so behind *done*."""
        self._troubles.clear()
        now = self._talk.workspace.snapshot
        self._keeper.changed(now.case, Deed(now.author, now.changed, now.turn))
        if self._keeper.save_now():
            self._failed = False
            return f"{done}已保存。"
        self._failed = True
        return f"{done}保存失败：{self._troubles[-1] if self._troubles else '磁盘没有接受。'}"


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()


def _piped_lines() -> Iterator[str]:
    """Lines from a pipe or file, as they come."""
    try:
        for line in sys.stdin:
            yield line.rstrip("\r\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError("输入的文字编码不对，读不出来。", "请用 UTF-8 编码输入。") from error


def _typed_lines() -> Iterator[str]:
    """Lines from a keyboard; several lines pasted at once come as one, joined by line breaks."""
    with contextlib.suppress(ImportError):
        # Lifts the terminal's limit of 4096 bytes a line and deletes a Chinese character whole.
        importlib.import_module("readline")
    while True:
        try:
            lines = [input("> ")]
            while sys.platform != "win32" and select.select([sys.stdin], [], [], PASTE_SECONDS)[0]:
                lines.append(input())
        except EOFError:
            return
        yield "\n".join(lines)
