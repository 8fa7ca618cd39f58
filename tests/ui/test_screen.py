"""The screen as a whole: it fits, it speaks Chinese everywhere, every field has help, nothing makes it fall over."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from textual.color import Color
from textual.content import Content
from textual.widgets import Input, OptionList, TextArea

from assistant.catalogue.forms import load_form
from assistant.domain.case import Case, Indicator, blank_case
from assistant.domain.errors import CatalogueError, ExchangeError
from assistant.tui.app import ZipingApp
from assistant.tui.commands import COMMANDS
from assistant.tui.pages.check import CheckPage
from assistant.tui.pages.page import Page
from assistant.tui.screens.copying import CopyList
from assistant.tui.screens.dialogs import ReadDialog
from assistant.tui.screens.main import MainScreen
from assistant.tui.screens.walk import PAGES
from assistant.tui.theme import GROUNDS, TEXT_COLOURS, THEMES
from assistant.tui.widgets.draft_panel import DraftPanel
from assistant.tui.widgets.fields import CellArea, CellInput
from assistant.wiring import FORMATS

OWNED_BY_FIELDS = {"ctrl+d", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+x", "ctrl+a", "ctrl+e", "f6", "f7", "tab"}
OWNED_BY_TERMINALS = {"ctrl+b", "ctrl+z_", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+[", "f11"}


def main_of(app: ZipingApp) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def long_form(demo: Case, rows: int) -> Case:
    return demo.model_copy(
        update={"indicators": tuple(itertools.islice(itertools.cycle(demo.indicators), rows))}
    )


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_no_page_is_wider_than_the_terminal_and_every_page_shows_its_first_field(
    demo, make_services, size
):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=size) as pilot:
        main = main_of(app)
        await pilot.pause(0.3)
        for stop in main.overview.stops:
            main.go_to(stop.key)
            await pilot.pause()
            for widget in main.query("*"):
                if widget.is_on_screen and widget.region:
                    assert widget.region.right <= size[0], (stop.key, widget)
            assert main.page.max_scroll_x == 0
            focused = app.focused
            assert focused is not None, stop.key
            assert main.page.region.contains_region(focused.region), (stop.key, focused.region)


async def test_the_words_of_every_page_state_stand_in_the_task_list(demo, make_services):
    broken = demo.indicators[0].model_copy(update={"score": "9"})
    empty = demo.indicators[1].model_copy(update={"actual": ""})
    case = demo.model_copy(update={"indicators": (broken, empty, *demo.indicators[2:])})
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        tasks = main_of(app).query_one("#tasks")
        words = [str(tasks.get_option_at_index(index).prompt).split()[0] for index in range(4, 7)]
        assert words == ["待改", "待填", "已完成"]


async def test_three_hundred_indicators_open_and_can_be_walked(demo, make_services):
    app = ZipingApp(make_services(long_form(demo, 300)))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        main.go_to("indicators[298]")
        await pilot.pause()
        await pilot.press("f3")
        await pilot.pause()
        assert main.stop.key == "indicators[299]"
        assert len(list(main.query("*"))) < 200  # as many as for 18 rows


async def test_five_hundred_random_keys_break_nothing_and_lose_no_row(demo, make_services):
    keys = [
        *(
            "f1",
            "f2",
            "f3",
            "f4",
            "f5",
            "f8",
            "f9",
            "f10",
            "tab",
            "shift+tab",
            "enter",
            "escape",
            "up",
            "down",
        ),
        *("left", "right", "home", "end", "backspace", "delete", "space", "pageup", "pagedown", "f6", "f7"),
        *("ctrl+z", "ctrl+y", "ctrl+s", "ctrl+g", "ctrl+t", "ctrl+p", "ctrl+r", "ctrl+n", "ctrl+c", "ctrl+k"),
        *("1", "2", "3", "4", "a", "中", "％", "≥", "[", "]", "question_mark"),
    ]
    chosen = random.Random(7)
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(500):
            await pilot.press(chosen.choice(keys))
        await pilot.pause(0.2)
        assert app.is_running
        assert len(app.services.workspace.case.indicators) >= 18


async def test_an_empty_case_can_be_walked_and_filled(make_services):
    app = ZipingApp(make_services(blank_case()))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(10):
            await pilot.press("f3", "f1", "escape")
        main_of(app).go_to("people[0].name")
        await pilot.pause()
        await pilot.press(*"张某")
        await pilot.pause(0.2)
        assert app.services.workspace.case.people[0].name == "张某"


async def test_a_case_without_rows_at_all_does_not_break_the_screen(make_services):
    app = ZipingApp(make_services(Case(indicators=(), funds=(), goals=())))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(8):
            await pilot.press("f3", "f5", "f4", "f8")
        await pilot.press("ctrl+n")
        await pilot.pause(0.2)
        assert app.services.workspace.case.indicators == (Indicator(),)


async def test_enter_on_a_finding_goes_to_its_cell(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await pilot.pause()
        page = main_of(app).page
        assert isinstance(page, CheckPage)
        wanted = next(
            (at, entry) for at, entry in enumerate(page._entries) if entry.path.startswith("indicators[16].")
        )
        page.query_one("#finding-list").highlighted = wanted[0]
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert main_of(app).current_path() == wanted[1].path


async def test_every_finding_and_everything_not_checked_is_listed(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await pilot.pause()
        report = app.services.workspace.snapshot.report
        shown = main_of(app).query_one("#finding-list").option_count
        assert shown == len(report.findings) + len(report.not_checked) > 0


async def test_f1_on_the_check_page_explains_the_check(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9", "f1")
        await pilot.pause()
        assert isinstance(app.screen, ReadDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is main_of(app)


async def test_export_writes_where_and_how_it_was_told(demo, make_services, tmp_path: Path):
    orders = []

    def export(order):
        orders.append(order)
        return order.path

    app = ZipingApp(make_services(demo, export=export))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("down", "down", "space", "f10")
        await pilot.pause(0.1)
        order = orders[0]
        assert (order.format, order.path, order.public, order.final) == (
            "md",
            tmp_path / "case.md",
            True,
            False,
        )
        assert f"已导出草稿（公开版）：{order.path}" in str(main_of(app).query_one("#export-result").content)
        await pilot.press("shift+tab", "shift+tab", "right", "f10")
        await pilot.pause(0.1)
        assert (orders[1].format, orders[1].path.name) == ("json", "case.json")
        assert orders[1].annex
        main_of(app).query_one("#export-plain").action_turn()
        await pilot.press("f10")
        await pilot.pause(0.1)
        assert not orders[2].annex


async def test_word_comes_first_and_no_two_kinds_of_document_share_a_file(demo, make_services):
    app = ZipingApp(make_services(demo, formats=FORMATS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await pilot.pause(0.1)
        page = main_of(app).page
        names = [Path(page.query_one("#export-path").value).name]
        for _ in FORMATS[1:]:
            await pilot.press("right")
            await pilot.pause()
            names.append(Path(page.query_one("#export-path").value).name)
        assert names[0] == "case.docx"
        assert "case-指标导入表.xlsx" in names
        assert len(set(names)) == len(FORMATS)


async def test_a_refused_export_says_why_and_writes_nothing(demo, make_services):
    def export(order):
        raise ExchangeError("还有 2 处错误，不能定稿。", "改正后再试，或先导出草稿。")

    app = ZipingApp(make_services(demo, export=export))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause(0.1)
        said = str(main_of(app).query_one("#export-result").content)
        assert said.startswith("没有导出：还有 2 处错误，不能定稿。改正后再试，或先导出草稿。")


async def test_other_rules_can_be_chosen_and_taken_back(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+r", *"central", "enter")
        await pilot.pause(0.1)
        assert app.services.workspace.case.profile == app.services.workspace.profile.id != demo.profile


def test_every_cell_of_the_form_has_help_with_examples_and_basis():
    form = load_form()
    cells = [f"indicators[3].{name}" for name in Indicator.model_fields]
    cells += [
        f"funds[0].{name}" for name in ("label", "initial", "budget", "executed", "weight", "rate", "score")
    ]
    cells += ["funds.total.rate", "goals[0].expected", "goals[0].actual", "people[0].name", "people[0].phone"]
    cells += [
        "project",
        "department",
        "unit",
        "year",
        "money_unit",
        "profile",
        "total",
        "total_weight",
        "grade",
    ]
    for cell in cells:
        field = form.field(cell)
        assert field is not None, cell
        assert all(text.strip() for text in (field.what, field.good, field.bad, field.basis)), cell


def test_a_form_file_with_a_field_without_help_is_refused_with_file_and_key(tmp_path: Path):
    text = '[[field]]\ncell = "project"\nlabel = "项目名称"\ngood = "甲"\nbad = "乙"\nbasis = "丙"\n'
    (tmp_path / "own.toml").write_text(f'id = "own"\ntitle = "表"\nbasis = "无"\n{text}', encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_form("own", tmp_path)
    assert "own.toml 的 fields.0.what" in caught.value.message


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_colour_keeps_a_contrast_of_four_and_a_half(theme):
    colours = {**theme.to_color_system().generate(), **theme.variables}
    for ground, ink in itertools.product(GROUNDS, TEXT_COLOURS):
        text, back = Color.parse(colours[ink]), Color.parse(colours[ground])
        assert _contrast(text, back) >= 4.5, (ink, ground)


def _contrast(one: Color, other: Color) -> float:
    """WCAG 2.1: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(colour: Color) -> float:
        parts = [value / 255 for value in (colour.r, colour.g, colour.b)]
        r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_no_key_of_ours_is_one_the_fields_or_the_terminal_keep_for_themselves():
    ours = {key for binding in (*MainScreen.BINDINGS, *ZipingApp.BINDINGS) for key in binding.key.split(",")}
    assert not ours & (OWNED_BY_FIELDS | OWNED_BY_TERMINALS)
    ids = [binding.id for binding in MainScreen.BINDINGS]
    assert None not in ids
    assert len(set(ids)) == len(ids)


async def test_a_command_is_found_by_characters_initials_and_english(demo, make_services):
    from assistant.tui.commands import ChineseCommands

    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)):
        provider = ChineseCommands(main_of(app))
        for query in ("导出", "dc", "export"):
            assert next(command.name for command in provider._matching(query)) == "导出", query
        for command in COMMANDS:
            assert not command.name.isascii()


async def test_the_palette_opens_and_runs_a_command(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        assert app.screen.query_one(Input).placeholder == "输入命令：汉字、拼音首字母或英文"
        await pilot.press(*"dc")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert main_of(app).stop.title == "导出"


async def test_user_text_is_never_read_as_markup(demo, make_services):
    hostile = "[bold]甲[/] [@click=app.quit]乙[/x] {F1}"
    rows = (
        demo.indicators[0].model_copy(update={"level3": hostile, "reason": hostile}),
        *demo.indicators[1:],
    )
    app = ZipingApp(make_services(demo.model_copy(update={"project": hostile, "indicators": rows})))
    async with app.run_test(size=(140, 40)) as pilot:
        main_of(app).go_to("indicators[0]")
        await pilot.pause(0.1)
        asked = main_of(app).page.query_one(".asked").content
        assert isinstance(asked, Content)
        assert hostile in asked.plain
        await pilot.press("f9", "ctrl+g", "escape")
        await pilot.pause(0.1)


async def test_the_cursor_does_not_blink_in_any_field(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = main_of(app)
        kinds = {PAGES[screen._kind(stop)] for stop in screen.overview.stops}
        for _ in range(100):
            if {type(page) for page in screen.query(Page)} >= kinds:
                break
            await pilot.pause(0.05)
        else:
            pytest.fail(f"not every page was prepared: {kinds}")
        await pilot.pause()
        fields = [
            *main_of(app).query(CellInput),
            *main_of(app).query(CellArea),
            *main_of(app).query(TextArea),
        ]
        assert len(fields) > 20
        assert not any(field.cursor_blink for field in fields)


async def test_without_colour_the_states_are_still_words(demo, make_services, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    rows = (demo.indicators[0].model_copy(update={"score": "9"}), *demo.indicators[1:])
    app = ZipingApp(make_services(demo.model_copy(update={"indicators": rows})))
    async with app.run_test(size=(140, 40)) as pilot:
        main_of(app).go_to("indicators[0]")
        await pilot.pause(0.2)
        shown = "\n".join(
            "".join(part.text for part in line) for line in app.screen._compositor.render_strips()
        )
        for word in ("待改", "已完成", "有提醒", "不一致", "错误", "已保存", "按 F5 采用计算得分"):
            assert word in shown, word


def test_the_page_of_keys_lists_every_binding_as_it_is():
    page = (Path(__file__).parents[2] / "docs" / "keys.md").read_text(encoding="utf-8")
    for binding in (*ZipingApp.BINDINGS, *MainScreen.BINDINGS, *DraftPanel.BINDINGS, *CopyList.BINDINGS):
        if binding.id:
            assert f"| {binding.key.replace(',', ' / ')} | {binding.description} | `{binding.id}` |" in page


async def test_the_palette_speaks_chinese_also_when_nothing_matches(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"zzz")
        await pilot.pause(1)
        options = app.screen.query_one(OptionList).options
        assert ["没有叫“zzz”的命令" in str(option.prompt) for option in options] == [True]


async def test_what_is_said_in_passing_is_never_read_as_markup(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        main_of(app).notify("文件[/x]【甲】[bold]不存在")
        await pilot.pause(0.3)
        shown = "\n".join(
            "".join(part.text for part in line) for line in app.screen._compositor.render_strips()
        )
        assert "文件[/x]【甲】[bold]不存在" in shown
