"""Chinese lines break where a printer would break them, and nothing is lost; pasted lines are joined."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import content
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.document import _wrapped_document
from textual.geometry import Offset
from textual.widgets import Input, Label

from assistant.tui import cjk

SOME = st.text(alphabet="项目绩效，。；：、“”（）《》％12345.67 abcXYZ—…①≥", max_size=120)


def lines(text: str, width: int, **how: bool) -> list[str]:
    breaks = [0, *cjk.break_offsets(text, width, **how), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(breaks)]


def test_a_closing_mark_stays_with_the_character_before_it():
    # 10 cells a line: 五个字 fill it, so 。 takes 五 with it to the next line.
    assert lines("一二三四五。六", 10) == ["一二三四", "五。六"]


def test_an_opening_mark_goes_with_the_character_after_it():
    assert lines("一二三四《五》", 10) == ["一二三四", "《五》"]


def test_numbers_and_latin_words_are_not_divided():
    assert lines("完成率98.5%，其中ABC", 10) == ["完成率", "98.5%，其", "中ABC"]


def test_a_chinese_run_after_a_space_fills_the_line():
    """Textual's own rule would move the whole run 年度举办资源对接会 to the next line."""
    assert lines("其中 2023 年度举办资源", 16) == ["其中 2023 年度举", "办资源"]


@given(SOME, st.integers(min_value=4, max_value=80))
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    got = lines(text, width)
    assert "".join(got) == text
    assert all(cell_len(line.rstrip(" ")) <= width for line in got)
    kept_inside = lines(text, width, hang=False)
    assert "".join(kept_inside) == text
    assert all(cell_len(line) <= width for line in kept_inside)


@given(st.text(alphabet="项目绩效评价", min_size=1, max_size=8), st.integers(min_value=20, max_value=60))
def test_ordinary_sentences_never_begin_a_line_with_a_closing_mark(word, width):
    text = f"{word}，{word}。（{word}）、“{word}”；" * 8
    assert not any(line[0] in cjk.NO_START for line in lines(text, width)[1:])
    assert not any(line[-1] in cjk.NO_END for line in lines(text, width)[:-1])


def test_textual_really_uses_these_rules():
    """Private names are replaced: a new Textual must not go back to its own rules unnoticed."""
    cjk.install()
    assert _wrapped_document.compute_wrap_offsets("一二三四五。六", 10, 4) == [4]
    assert content.divide_line("一二三四五。六", 10) == [4]


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("社区图书\n角", "社区图书角"),
        ("A\r\nB", "A B"),
        ("3\t次\n", "3 次"),
        ("甲\x00乙\x1b", "甲乙"),
        ("\n\n", ""),
        ("≥3个", "≥3个"),
    ],
)
def test_pasted_lines_become_one(pasted, line):
    assert cjk.one_line(pasted) == line


class Scrolled(cjk.CursorAtCaret):
    """Fields in a scrolling container, the case in which Textual leaves the cursor behind."""

    CSS = "Input { width: 30; } VerticalScroll { height: 6; }"

    def compose(self) -> ComposeResult:
        yield Label("头")
        with VerticalScroll(can_focus=False):
            for row in range(6):
                yield Input(id=f"i{row}")


async def test_the_terminal_cursor_stands_at_the_caret_also_after_scrolling():
    app: App[None] = Scrolled()
    async with app.run_test(size=(40, 12)) as pilot:
        field = app.query_one("#i4", Input)
        field.focus()
        field.value = "绩效自评"
        await pilot.pause(0.2)
        app._display(app.screen, None)
        inside = field.content_region
        assert app.cursor_position == Offset(inside.x + 8, inside.y)  # four wide characters
