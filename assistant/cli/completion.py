"""``ziping completion``: the script that lets the shell complete commands, options, rule sets and check codes."""

from __future__ import annotations

import argparse

import shtab

from assistant.catalogue.profiles import load_profiles
from assistant.checks.engine import all_checks
from assistant.cli.main import build_parser
from assistant.store.locations import locations

_EVALUATED = "if [[ $zsh_eval_context[-1] == eval ]]; then"
_EVALUATED_OR_SOURCED = "if [[ $zsh_eval_context[-1] == (eval|file) ]]; then"
_PATHS = {"文件", "文档", "案卷", "路径"}


def run(arguments: argparse.Namespace) -> int:
    """Print the completion script of the shell that was named."""
    parser = build_parser()
    _tell(parser)
    # shtab's zsh script knows `eval` only; after `source` it would run outside a completion and fail.
    print(shtab.complete(parser, arguments.shell).replace(_EVALUATED, _EVALUATED_OR_SOURCED))
    return 0


def _tell(parser: argparse.ArgumentParser) -> None:
    """Add to the description what only the shell wants to know: which arguments are files, rule sets, check codes."""
    for action in parser._actions:  # noqa: SLF001 - argparse offers no other way to its arguments
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                _tell(command)
        elif action.metavar in _PATHS:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar == "文件夹":
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.dest in {"profile", "compare"} and action.metavar == "编号":
            action.choices = list(load_profiles(locations().profiles))
        elif action.dest == "code":
            action.choices = sorted(all_checks())
