"""Chinese lines break where a printer would break them, and nothing is lost; pasted lines are joined."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import content
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.document import _wrapped_document
from textual.geometry import Offset
from textual.widgets import Input, Label, TextArea
from textual.widgets.text_area import Selection

from assistant.tui import cjk
from assistant.tui.widgets.fields import CellArea

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


def breaks_by_pieces(text: str, width: int, *, fold: bool, hang: bool) -> list[int]:
    """The rule told piece by piece: a piece goes to the next line where it does not fit, one wider than a line is cut."""
    breaks: list[int] = []
    column = start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and not cjk._may_break(text[end - 1], text[end]):
            continue
        piece, start = text[start:end], end
        needed = cell_len(piece.rstrip(" ")) if hang else cell_len(piece)
        if column + needed > width and column:
            breaks.append(end - len(piece))
            column = 0
        if column + needed <= width or not fold:
            column += cell_len(piece)
            continue
        for at, character in enumerate(piece, end - len(piece)):
            if column and column + cell_len(character) > width:
                breaks.append(at)
                column = 0
            column += cell_len(character)
    return breaks


@given(
    st.text(alphabet="项目绩效，。；、“”（）％12.67 abcXYZ—①  \u0301\u200b", max_size=80)
    | st.text(alphabet="ab，（ "),
    st.integers(min_value=1, max_value=40),
    st.booleans(),
    st.booleans(),
)
def test_lines_found_by_halves_are_those_found_piece_by_piece(text, width, fold, hang):
    assert cjk.break_offsets(text, width, fold=fold, hang=hang) == breaks_by_pieces(
        text, width, fold=fold, hang=hang
    )


def test_a_paragraph_of_ten_thousand_characters_asks_where_to_break_only_at_its_line_ends(monkeypatch):
    asked: list[str] = []
    may_break = cjk._may_break
    monkeypatch.setattr(cjk, "_may_break", lambda *pair: asked.append("".join(pair)) or may_break(*pair))
    text = "本年度按计划完成全部工作，各项指标均有台账可查，资料齐全，验收合格。" * 300
    got = lines(text, 80, hang=False)
    assert "".join(got) == text
    assert len(asked) < 3 * len(got), "every key in a long paragraph waits for this"


class Paragraph(App[None]):
    """A text area that draws only what is seen of a paragraph, and one of Textual's own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        desk = SimpleNamespace(note=lambda path, text: None)
        self.areas = CellArea(desk), TextArea(text, compact=True)
        self.areas[0].load_text(text)

    def compose(self) -> ComposeResult:
        for area in self.areas:
            area.styles.height, area.styles.border = 6, ("none", "black")
            area.highlight_cursor_line = area.cursor_blink = False
        yield from self.areas


@pytest.mark.parametrize(
    "text", ["一二三四五，（六）“七”。" * 40, "甲\t乙，" * 60, "短", "", "第一段，很长。" * 30 + "\n第二段"]
)
async def test_a_paragraph_looks_the_same_as_cut_into_all_its_lines(text):
    app = Paragraph(text)
    async with app.run_test(size=(60, 20)) as pilot:
        mine, plain = app.areas
        for where, to in (
            ((0, 0), (0, 0)),
            ((0, 1), (0, 1)),
            ((0, 5), (0, 200)),
            ((0, 400), (0, 400)),
            ((0, 3), (9, 999)),
        ):
            seen = []
            for area in (mine, plain):
                area.focus()
                area.selection = Selection(where, to)
                area.scroll_cursor_visible(animate=False)
                await pilot.pause()
                seen.append([[(part.text, part.style) for part in area._render_line(y)] for y in range(6)])
            assert seen[0] == seen[1]
            assert mine.wrapped_document.get_sections(0) == mine.wrapped_document.lines[0]


class Watched(CellArea):
    """Notes how much of its text it puts into a line to draw."""

    def get_line(self, line_index):
        line = super().get_line(line_index)
        self.most = max(getattr(self, "most", 0), len(line.plain))
        return line


async def test_of_a_paragraph_of_any_length_only_what_is_seen_is_ever_drawn():
    """Also in the first frame, before the area knows its width."""
    app = Paragraph("")
    area = Watched(SimpleNamespace(note=lambda path, text: None))
    area.load_text("年度绩效，" * 20_000)
    async with app.run_test(size=(60, 20)) as pilot:
        await app.mount(area, before=0)
        await pilot.pause()
        area.move_cursor(area.document.end)
        await pilot.pause()
    assert 1 < area.most <= 60


def test_textual_really_uses_these_rules():
    """Private names are replaced: a new Textual must not go back to its own rules unnoticed."""
    cjk.install()
    assert _wrapped_document.WrappedDocument.get_sections is cjk._sections
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
