"""Checking all answers: each one is listed, a change comes back to its row with old and new score."""

from __future__ import annotations

from textual.widgets import OptionList

from assistant.domain.case import DraftRecord, DraftState
from assistant.tui.app import ZipingApp
from assistant.tui.screens.main import MainScreen
from assistant.workspace.not_asked import not_asked


def main_of(app: ZipingApp) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def prompts(app: ZipingApp) -> list[str]:
    options = main_of(app).page.query_one(OptionList)
    return [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]


def shown(app: ZipingApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in line) for line in strips)


async def test_every_row_is_listed_and_what_was_not_asked_says_why(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("answers")
        await pilot.pause(0.2)
        said = prompts(app)
        assert len(said) == 7 + 4 + 2 + 18 + 2 + len(not_asked(app.services.workspace.snapshot))
        assert any(
            line.startswith("2 组织召开") and "≥3次 → 5次" in line and "1/1 分" in line for line in said
        )
        assert any("为何不问 项目资金第2行" in line and "年度资金总额" in line for line in said)


async def test_change_comes_back_to_the_same_row_with_old_and_new_score(demo, make_services):
    """目标 ≥3次，分值 1：2 次得 0.67；总分 95.19 − 1 + 0.67 = 94.86。第 15 行是第 2 项指标（7 + 4 + 2 + 2）。"""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("answers")
        await pilot.pause(0.2)
        main_of(app).page.query_one(OptionList).highlighted = 14
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert main_of(app).current_path() == "indicators[1].actual"
        await pilot.press("backspace", "backspace", *"2次")
        await pilot.pause(0.2)
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert main_of(app).stop.key == "answers"
        assert main_of(app).page.query_one(OptionList).highlighted == 14
        assert prompts(app)[14].startswith("改后 计算得分 1.00 → 0.67，总分 95.19 → 94.86")


async def test_a_row_that_lost_points_is_asked_for_its_reason_and_is_not_in_the_list(demo, make_services):
    services = make_services(demo)
    paths = {item.path for item in not_asked(services.workspace.snapshot)}
    assert "indicators[0].reason" in paths  # 3个 of ≥3个, full score
    assert "indicators[1].reason" not in paths  # 5次 of ≥3次: a reason for the excess is asked for
    assert "indicators[16].reason" not in paths  # 14 of 15


async def test_an_earlier_draft_shows_how_it_differs_from_the_text(demo, make_services):
    path = "indicators[2].reason"
    rows = list(demo.indicators)
    rows[2] = rows[2].model_copy(update={"reason": "因资料不全。"})
    record = DraftRecord(path=path, text="因评价资料不全。", source="template", state=DraftState.REJECTED)
    case = demo.model_copy(update={"indicators": tuple(rows), "drafts": (record,)})
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to(path)
        await pilot.pause(0.1)
        main_of(app).action_past_drafts()
        await pilot.pause(0.2)
        assert "因〔增：评价〕资料不全。" in shown(app)


async def test_any_two_earlier_drafts_are_compared_with_each_other(demo, make_services):
    path = "indicators[2].reason"
    texts = ("因资料不全。", "因评价资料不全。", "因评价材料不全。")
    records = tuple(
        DraftRecord(path=path, text=text, source="template", state=DraftState.REJECTED) for text in texts
    )
    app = ZipingApp(make_services(demo.model_copy(update={"drafts": records})))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to(path)
        await pilot.pause(0.1)
        main_of(app).action_past_drafts()
        await pilot.pause(0.2)
        await pilot.press("up", "f5")  # the second is the one to compare with
        await pilot.pause(0.1)
        assert "再按 F5" in shown(app)
        await pilot.press("up")
        await pilot.pause(0.1)
        assert "与第 2 稿相比" in shown(app)
        assert "因〔删：评价〕资料不全。" in shown(app)
        await pilot.press("down", "down")
        await pilot.pause(0.1)
        assert "因评价〔删：资〕〔增：材〕料不全。" in shown(app)
        await pilot.press("up", "f5")
        await pilot.pause(0.1)
        assert "与现在的文字相比" in shown(app)
