"""What ``ziping doctor`` says of terminals, from described ones."""

from __future__ import annotations

import re

import pytest

from assistant.cli.health.answers import AMBIGUOUS, Answers, answers
from assistant.cli.health.line import State
from assistant.cli.health.screen_probes import (
    Console,
    clipboard,
    colours,
    encoding,
    input_method,
    keyboard,
    locale,
    look_at_screen,
    size,
    terminal,
    widths,
)
from assistant.cli.health.terminals import terminal_of


def console(platform: str = "linux", **variables: str) -> Console:
    return Console(platform, variables, is_terminal=True, columns=120, lines=40)


@pytest.mark.parametrize(
    ("variables", "platform", "name"),
    [
        ({"WT_SESSION": "x", "TERM": "xterm-256color"}, "win32", "Windows Terminal"),
        ({}, "win32", "Windows 控制台（conhost）"),
        ({"TERM_PROGRAM": "iTerm.app"}, "darwin", "iTerm2"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "darwin", "macOS 终端"),
        ({"KONSOLE_VERSION": "230800"}, "linux", "Konsole"),
        ({"TMUX": "/tmp/t,1,0", "KONSOLE_VERSION": "230800"}, "linux", "tmux"),
        ({"VTE_VERSION": "7200"}, "linux", "GNOME 终端一类（VTE）"),
        ({"TERM": "xterm"}, "linux", "没有认出的终端"),
    ],
)
def test_terminals_are_told_apart_by_their_variables(
    variables: dict[str, str], platform: str, name: str
) -> None:
    assert terminal_of(variables, platform).name == name


def test_over_ssh_the_input_method_is_the_users_own() -> None:
    there = console(TERM_PROGRAM="WezTerm", SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert "经 ssh 连接" in terminal(there).found
    assert input_method(there).cure.startswith("输入法用的是您自己电脑上的")


def test_a_terminal_without_chinese_is_bad() -> None:
    assert terminal(console(TERM="linux")).state is State.BAD
    assert terminal(console(TERM="dumb")).state is State.BAD


def test_a_small_window_is_to_be_enlarged() -> None:
    assert size(Console("linux", {}, is_terminal=True, columns=79, lines=24)).state is State.MIND
    assert size(Console("linux", {}, is_terminal=True, columns=80, lines=24)).state is State.WELL


def test_gbk_is_bad_and_its_cure_fits_the_system() -> None:
    windows = encoding(Console("win32", {}, is_terminal=True, encoding="gbk", code_page=936))
    assert (windows.state, "chcp 65001" in windows.cure) == (State.BAD, True)
    linux = encoding(Console("linux", {}, is_terminal=True, encoding="ANSI_X3.4-1968"))
    assert (linux.state, "LC_ALL=C.UTF-8" in linux.cure) == (State.BAD, True)
    assert (
        encoding(Console("win32", {}, is_terminal=True, encoding="utf-8", code_page=936)).state is State.MIND
    )


def test_lc_all_goes_before_lang() -> None:
    assert locale(console(LC_ALL="C", LANG="zh_CN.UTF-8")).state is State.MIND
    assert locale(console(LANG="zh_CN.UTF-8")).state is State.WELL


def test_colours() -> None:
    assert colours(console(COLORTERM="truecolor")).code == "truecolor"
    assert colours(console(TERM="xterm-256color")).state is State.WELL
    assert colours(console(TERM="vt100")).state is State.MIND


def test_a_terminal_that_takes_no_copies_is_told_with_a_way_out() -> None:
    assert "写到文件" in clipboard(console(VTE_VERSION="7200")).cure
    assert clipboard(console(WT_SESSION="x")).state is State.WELL


def test_characters_drawn_wider_than_counted_are_named() -> None:
    def seen(**measured: int) -> Console:
        return Console("linux", {}, is_terminal=True, answers=Answers(widths=measured))

    assert widths(seen(中=2, 甲=2)).state is State.WELL
    found = widths(Console("linux", {}, is_terminal=True, answers=Answers({"中": 2, "①": 2, "±": 1})))
    assert (found.state, found.found[0]) == (State.MIND, "①")
    assert widths(seen(中=1)).state is State.BAD


def test_every_line_that_is_not_well_has_a_cure() -> None:
    for platform in ("win32", "darwin", "linux"):
        for variables in ({}, {"TERM": "linux"}, {"TERM": "dumb"}, {"STY": "1"}, {"VTE_VERSION": "1"}):
            for line in look_at_screen(Console(platform, variables, is_terminal=True, encoding="ascii")):
                assert line.state is State.WELL or line.cure.endswith("。"), line


class Fake:
    """A terminal that draws every character in *wide* columns."""

    def __init__(self, wide: int, said: bytes = b"\x1b[?0u\x1b[?1006;2$y\x1b[?62;4c") -> None:
        self.wide, self.said, self.asked = wide, said, 0

    def __call__(self, question: bytes, awaited: re.Pattern[bytes]) -> bytes:
        self.asked += 1
        return b"\x1b[5;%dR" % (self.wide + 1) if question.endswith(b"\x1b[6n") else self.said


def test_a_terminal_is_asked_and_its_answers_are_understood() -> None:
    found = answers(Fake(2))
    assert found == Answers(dict.fromkeys(f"中{AMBIGUOUS}", 2), kitty=True, mouse=True)
    assert keyboard(Console("linux", {}, is_terminal=True, answers=found)).code == "kitty"


def test_a_terminal_that_says_nothing_is_asked_once() -> None:
    silent = Fake(1, said=b"")
    assert answers(silent) == Answers()
    assert silent.asked == 1
