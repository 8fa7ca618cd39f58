"""argparse in Chinese: headings, usage and error sentences."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn

from rich.cells import cell_len

_CLOSING = "，。；：、！？）”》…"
_WORDS = re.compile(r"[!-~]+|[^!-~]", re.DOTALL)
_CHOICE = re.compile(r"invalid choice: '(.*?)' \(choose from (.*)\)")
_HEADINGS = {"positional arguments": "参数", "options": "选项"}
_SENTENCES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"参数 \1 不能是 \2，可选：\3"),
    (r"argument (.*?): expected one argument", r"参数 \1 后面要跟一个值"),
    (r"argument (.*?): expected at least one argument", r"参数 \1 后面至少要跟一个值"),
    (r"argument (.*?): invalid int value: (.*)", r"参数 \1 要填整数，写的是 \2"),
    (r"argument (.*?): not allowed with argument (.*)", r"参数 \1 不能与 \2 同用"),
    (r"argument (.*?): ignored explicit argument (.*)", r"参数 \1 不带值，写的是 \2"),
    (r"ambiguous option: (.*?) could match (.*)", r"参数 \1 不明确，可能是：\2"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        """One line a word with its help beside it. argparse counts characters; Chinese ones take two columns."""
        head = " " * self._current_indent + self._format_action_invocation(action)
        column = min(self._action_max_length + 2, self._max_help_position)
        lines = self._split_lines(self._expand_help(action), self._width - column) if action.help else []
        if lines and cell_len(head) + 2 <= column:
            head += " " * (column - cell_len(head)) + lines.pop(0)
        parts = [f"{head}\n", *(f"{' ' * column}{line}\n" for line in lines)]
        parts += [self._format_action(inner) for inner in self._iter_indented_subactions(action)]
        return "".join(parts)

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if action.help is argparse.SUPPRESS:
            return
        inside = (
            (one, self._current_indent) for one in self._iter_indented_subactions(action)
        )  # deeper there
        shown = [(action, self._current_indent), *inside]
        wide = (cell_len(self._format_action_invocation(one)) + indent for one, indent in shown)
        self._action_max_length = max(self._action_max_length, *wide)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{line}" for line in wrapped(text, width - cell_len(indent)))

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))


def wrapped(text: str, width: int) -> list[str]:
    """*text* in lines of at most *width* columns; no Latin word is divided that a line has room for.

    A closing mark hangs over rather than begin a line.
    """
    lines = [""]
    for word in _WORDS.findall(text):
        for piece in (word,) if cell_len(word) <= width else word:
            if cell_len(lines[-1] + piece) > width and piece not in _CLOSING:
                lines.append("")
            lines[-1] += piece
    return [line.strip() for line in lines]


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` whose help and errors are Chinese; a wrong call exits with 2."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", _Formatter)
        options["add_help"] = False
        super().__init__(**options)  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in one Chinese line what is wrong with the call, and how to get help."""
        likely = ""
        if wrong := _CHOICE.search(message):
            near = get_close_matches(wrong[1], re.findall(r"[\w-]+", wrong[2]), 1)
            likely = f"您是不是要写 {near[0]}？" if near else ""
        for pattern, chinese in _SENTENCES:
            message, count = re.subn(pattern, chinese, message)
            if count:
                break
        print(f"ziping：{message}。{likely}查看用法：{self.prog} --help", file=sys.stderr)
        sys.exit(2)
