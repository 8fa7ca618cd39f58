"""A person's score stands in place of the computed one only with a reason, and everybody can see both."""

from __future__ import annotations

from assistant.domain.case import Override
from assistant.tui.app import ZipingApp
from assistant.tui.flow import State
from assistant.tui.screens.main import MainScreen
from assistant.tui.screens.score_dialog import ScoreDialog

ROW = "indicators[2]"  # 目标 ≥120家，完成 121家，分值 1：计算得分 1


def main_of(app: ZipingApp) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def shown(app: ZipingApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in line) for line in strips)


async def open_dialog(pilot, app: ZipingApp, row: str = ROW) -> None:
    main_of(app).go_to(row)
    await pilot.pause(0.1)
    await pilot.press("f12")
    await pilot.pause(0.1)


async def test_score_and_reason_go_into_cell_and_record_as_one_step(demo, make_services):
    """95.19 − 1 + 0.8 = 94.99"""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot, app)
        assert "计算得分 1.00（分值 1.00）" in shown(app)
        await pilot.press(*"0.8", "enter", *"有一家未提交材料", "enter")
        await pilot.pause(0.1)
        workspace = app.services.workspace
        assert workspace.case.overrides == (
            Override(path=f"{ROW}.score", score="0.8", reason="有一家未提交材料"),
        )
        assert workspace.case.indicators[2].score == "0.8"
        assert str(workspace.snapshot.sheet.total.earned) == "94.99"
        text = shown(app)
        for words in ("人工评分 0.80", "有一家未提交材料", "总分 −0.20：人工评分"):
            assert words in text, words
        assert main_of(app).overview.states[main_of(app).at] is State.PERSON
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert workspace.case == demo


async def test_without_a_reason_or_above_the_weight_nothing_is_taken(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot, app)
        await pilot.press(*"0.8", "enter", "enter")
        await pilot.pause(0.1)
        assert "请写明理由" in shown(app)
        await pilot.press("up", "backspace", "backspace", "backspace", "9", "enter", *"理由", "enter")
        await pilot.pause(0.1)
        assert "得分应在 0 到 1 分之间" in shown(app)
        await pilot.press("backspace", *"满", "enter", "enter")
        await pilot.pause(0.1)
        assert "请写一个数" in shown(app)
        assert isinstance(app.screen, ScoreDialog)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo


async def test_it_is_taken_away_in_the_dialog_or_by_filling_in_the_computed_score(demo, make_services):
    case = demo.model_copy(
        update={"overrides": (Override(path=f"{ROW}.score", score="0.8", reason="少一家"),)}
    )
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(80, 24)) as pilot:
        workspace = app.services.workspace
        await open_dialog(pilot, app)
        await pilot.press("f5")
        await pilot.pause(0.1)
        assert workspace.case.overrides == ()
        assert workspace.case.indicators[2].score == "1.00"
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert workspace.case == case
        await pilot.press("f5")
        await pilot.pause(0.1)
        assert workspace.case.overrides == ()


async def test_a_score_typed_later_is_the_persons_score_with_the_same_reason(demo, make_services):
    case = demo.model_copy(
        update={"overrides": (Override(path=f"{ROW}.score", score="0.8", reason="少一家"),)}
    )
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to(f"{ROW}.score")
        await pilot.pause(0.1)
        await pilot.press("ctrl+u", *"0.7")
        await pilot.pause(0.2)
        workspace = app.services.workspace
        assert workspace.case.overrides[0].score == workspace.case.indicators[2].score == "0.7"
        assert workspace.snapshot.sheet.line(ROW).override_reason == "少一家"


async def test_the_money_row_has_it_too_and_the_check_page_lists_it(demo, make_services):
    """执行率 6.19 改为 5：95.19 − 6.19 + 5 = 94.00"""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot, app, "funds")
        await pilot.press(*"5", "enter", *"结余未上缴", "enter")
        await pilot.pause(0.1)
        workspace = app.services.workspace
        assert workspace.case.funds[0].score == "5"
        assert str(workspace.snapshot.sheet.total.earned) == "94.00"
        await pilot.press("f9", "end")
        await pilot.pause(0.1)
        text = shown(app)
        assert "人工评分 1" in text
        assert "5 分，理由：结余未上缴" in text
        assert "计算得分 6.19" in text
