"""Walking through the form by keyboard: every page is reached, nothing wrong ever holds the user back."""

from __future__ import annotations

import threading

from textual.widgets import Static

from assistant.tui.app import ZipingApp
from assistant.tui.desk import text_at
from assistant.tui.flow import PageKind
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.message_line import MessageLine


def main_of(app: ZipingApp) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


async def test_f3_walks_from_the_start_over_all_eighteen_indicators_to_the_export(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = [main_of(app).stop.key]
        for _ in range(30):
            await pilot.press("f3")
            await pilot.pause()
            if main_of(app).stop.key != seen[-1]:
                seen.append(main_of(app).stop.key)
        assert seen == [
            "start",
            "basics",
            "funds",
            "goals[0]",
            *(f"indicators[{row}]" for row in range(18)),
            "answers",
            "check",
            "export",
        ]
        await pilot.press("f2")
        await pilot.pause()
        assert main_of(app).stop.kind is PageKind.CHECK
        assert app.services.workspace.case == demo


async def test_typing_five_times_over_to_two_shows_the_new_score_and_why_the_total_fell(demo, make_services):
    """目标 ≥3次，分值 1：完成 2 次得 2 ÷ 3 × 1 = 0.67；总分 95.19 − 1 + 0.67 = 94.86。"""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[1]")
        await pilot.pause()
        await pilot.press("backspace", "backspace", *"2次")
        await pilot.pause(0.2)
        workspace = app.services.workspace
        assert workspace.case.indicators[1].actual == "2次"
        line = workspace.snapshot.sheet.line("indicators[1]")
        assert str(line.computed) == "0.67"
        assert str(workspace.snapshot.sheet.total.earned) == "94.86"
        score = str(main_of(app).query_one("#score").content)
        assert "总分 −0.33：未达指标值，本项 1.00 → 0.67" in score

        await pilot.press("f5")
        await pilot.pause(0.1)
        assert workspace.case.indicators[1].score == "0.67"


async def test_f5_leaves_a_score_that_agrees_as_it_is_written(demo, make_services):
    """分值 1 全得：表上写 1，算出 1.00，是同一个分数。"""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[1]")
        await pilot.pause()
        await pilot.press("f5")
        await pilot.pause()
        assert app.services.workspace.case == demo
        assert not app.services.workspace.can_undo


async def test_f5_never_picks_a_score_for_a_qualitative_row(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[16]")
        await pilot.pause()
        await pilot.press("f5")
        await pilot.pause()
        assert app.services.workspace.case == demo


async def test_a_wrong_value_never_blocks_back_jump_or_save_and_is_kept_as_typed(demo, make_services):
    services = make_services(demo)
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[2].score")
        await pilot.pause()
        await pilot.press(*"abc满分")
        await pilot.press("f2")
        await pilot.pause()
        assert main_of(app).stop.key == "indicators[1]"
        await pilot.press("ctrl+g", *"12")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert main_of(app).stop.key == "indicators[11]"
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        assert services.saver.saved[-1].indicators[2].score == "1abc满分"


async def test_undo_goes_back_over_fields_and_shows_where(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        main.go_to("indicators[0].actual")
        await pilot.pause()
        await pilot.press(*"甲乙")
        main.go_to("indicators[4].reason")
        await pilot.pause()
        await pilot.press(*"丙")
        await pilot.pause(0.1)
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[4].reason == ""
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo
        assert main.stop.key == "indicators[0]"
        assert app.focused.value == demo.indicators[0].actual
        await pilot.press("ctrl+y")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[0].actual == f"{demo.indicators[0].actual}甲乙"


async def test_clearing_a_cell_can_be_undone(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[16].reason")
        await pilot.pause()
        await pilot.press("f7", "delete")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[16].reason == ""
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[16].reason == demo.indicators[16].reason
        assert app.focused.text == demo.indicators[16].reason


async def test_a_burst_of_typing_with_moves_between_keeps_every_letter_in_its_cell(demo, make_services):
    """An input method commits many characters at once; none may be lost, reordered or land in another row."""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        for row in range(3):
            main.go_to(f"indicators[{row}].reason")
            await pilot.pause()
            for letter in f"第{row}行因场馆维修停用，暑期二场未办。":
                app.focused.insert(letter)  # no pause in between, as from an input method
        main.desk.settle()
        for row in range(3):
            assert text_at(app.services.workspace.case, f"indicators[{row}].reason") == (
                f"{demo.indicators[row].reason}第{row}行因场馆维修停用，暑期二场未办。"
            )


async def test_several_pasted_lines_become_one_in_a_one_line_cell(demo, make_services):
    from textual import events

    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("project")
        await pilot.pause()
        app.focused.value = ""
        app.focused.post_message(events.Paste("社区图书\n角建设\r\n项目 A\nB"))
        await pilot.pause(0.2)
        assert app.services.workspace.case.project == "社区图书角建设项目 A B"


async def test_ctrl_c_ends_nothing_and_ctrl_q_saves_before_leaving(demo, make_services):
    services = make_services(demo)
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[0].evidence")
        await pilot.pause()
        await pilot.press(*"签到表")
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.is_running
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert services.saver.saved[-1].indicators[0].evidence == "签到表"


async def test_leaving_while_the_next_page_is_made_ready_is_no_fault(demo, make_services):
    """The timer may be due between Ctrl+Q and the end: Textual then refuses the new page."""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        pages = main_of(app).query_one("#pages")
        app.exit()
        main_of(app).call_later(lambda: pages.mount(Static("下一页")))
    assert app._exception is None


async def test_leaving_after_a_failed_save_asks_first(demo, make_services):
    services = make_services(demo)
    services.saver.failure = "磁盘已满，请换一个位置。"
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.is_running
        await pilot.press("escape")
        await pilot.pause()
        assert app.is_running
        assert "保存失败：磁盘已满" in str(main_of(app).query_one("#title-bar").content)


async def test_a_share_that_takes_its_time_to_save_holds_up_no_key(demo, make_services):
    services = make_services(demo)
    is_there, save_now = threading.Event(), services.saver.save_now
    services.saver.save_now = lambda: (is_there.wait(120), save_now())[1]
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[2].score")
        await pilot.pause(0.1)
        try:
            await pilot.press("ctrl+s", *"满分")
            await pilot.pause()
            assert "满分" in app.focused.value
            assert services.saver.saved == []
        finally:
            is_there.set()
        await app.workers.wait_for_complete()
        assert services.saver.saved


async def test_asking_to_save_again_tells_again_in_full_why_it_failed(demo, make_services):
    """The title is too short for the way out; the message that had it is gone after a while."""
    services = make_services(demo)
    services.saver.failure = "磁盘已满。请清理空间，或另存到其他磁盘。"
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(2):
            await pilot.press("ctrl+s")
            await app.workers.wait_for_complete()
            await pilot.pause()
            message = main_of(app).query_one(MessageLine)
            assert "请清理空间，或另存到其他磁盘" in str(message.content)
            message._said.clear()
            message._draw()


async def test_the_place_is_remembered_and_offered_again(demo, make_services):
    places: list[str] = []
    app = ZipingApp(make_services(demo, remember=places.append))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[6].reason")
        await pilot.pause()
    assert places[-1] == "indicators[6].reason"
    again = ZipingApp(make_services(demo, place=places[-1]))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert main_of(again).current_path() == "indicators[6].reason"


async def test_rows_can_be_added_removed_and_moved_and_all_of_it_undone(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main, workspace = main_of(app), app.services.workspace
        main.go_to("indicators[2]")
        await pilot.pause()
        await pilot.press("ctrl+n")
        await pilot.pause(0.1)
        await pilot.press(*"新指标")
        await pilot.pause(0.1)
        assert [row.level3 for row in workspace.case.indicators[2:5]] == [
            demo.indicators[2].level3,
            "新指标",
            demo.indicators[3].level3,
        ]
        main.action_move_indicator(-1)
        await pilot.pause()
        assert workspace.case.indicators[2].level3 == "新指标"
        main.action_delete_indicator()
        await pilot.pause()
        assert workspace.case.indicators == demo.indicators
        for _ in range(4):
            await pilot.press("ctrl+z")
            await pilot.pause(0.1)
        assert workspace.case == demo


async def test_f8_goes_finding_by_finding_within_a_page_too_and_shows_the_one_it_came_to(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        wanted = [
            (index, finding) for index, findings in enumerate(main.overview.findings) for finding in findings
        ]
        seen = []
        for _ in wanted:
            await pilot.press("f8")
            await pilot.pause()
            seen.append((main.at, main.shown_target.finding))
            assert seen[-1][1].message in str(main.query_one("#findings").content).replace("\n", "")
        assert seen == wanted
        assert len({index for index, _ in wanted}) < len(wanted)  # some page has several
        await pilot.press("f8")
        await pilot.pause()
        assert main.at == wanted[0][0]


async def test_f8_comes_to_the_empty_cell_of_a_page_to_fill(demo, make_services):
    rows = (demo.indicators[0].model_copy(update={"score": " "}), *demo.indicators[1:])
    app = ZipingApp(make_services(demo.model_copy(update={"indicators": rows})))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[0]")
        await pilot.pause(0.1)
        await pilot.press("f8")
        await pilot.pause(0.1)
        assert main_of(app).current_path() == "indicators[0].score"


async def test_an_unfinished_year_is_kept_as_typed_and_saved(demo, make_services):
    services = make_services(demo)
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("year")
        await pilot.pause(0.1)
        await pilot.press("backspace", "backspace")
        await pilot.press("f3", "f2", "ctrl+s")
        await app.workers.wait_for_complete()
        assert services.saver.saved[-1].year is None
        assert text_at(services.saver.saved[-1], "year") == "20"
        main_of(app).go_to("year")
        await pilot.pause(0.1)
        assert app.focused.value == "20"
        await pilot.press(*"23")
        await pilot.pause(0.2)
        assert app.services.workspace.case.year == 2023
        assert app.services.workspace.case.year_written == ""
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo


async def test_a_question_mark_in_a_field_is_a_question_mark(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        for path in ("indicators[0].evidence", "indicators[0].reason"):
            main_of(app).go_to(path)
            await pilot.pause(0.1)
            await pilot.press("question_mark")
            await pilot.pause(0.2)
            assert app.screen is main_of(app)
            assert text_at(app.services.workspace.case, path) == f"{text_at(demo, path)}?"
        await pilot.press("f1")
        await pilot.pause(0.1)
        assert app.screen is not main_of(app)


async def test_the_task_list_says_of_the_page_under_its_cursor_why_it_is_open(demo, make_services):
    empty = demo.indicators[1].model_copy(update={"actual": ""})
    case = demo.model_copy(update={"indicators": (demo.indicators[0], empty, *demo.indicators[2:])})
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        main.go_to("indicators[0]")
        await pilot.pause(0.1)
        await pilot.press("ctrl+t", "down")
        await pilot.pause(0.1)
        said = str(main.query_one("#findings").content)
        assert said.endswith("还没有填：绩效指标第2行“实际完成值”。")
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert str(main.query_one("#findings").content) == "本页没有发现问题。"
