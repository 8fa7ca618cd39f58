"""argparse in Chinese: headings, usage and error sentences."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import NoReturn

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

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` whose help and errors are Chinese; a wrong call exits with 2."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", _Formatter)
        options["add_help"] = False
        super().__init__(**options)  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in one Chinese line what is wrong with the call, and how to get help."""
        for pattern, chinese in _SENTENCES:
            message, count = re.subn(pattern, chinese, message)
            if count:
                break
        print(f"ziping：{message}。查看用法：{self.prog} --help", file=sys.stderr)
        sys.exit(2)
