"""A draft stands beside the user's text; what happens to the field is the user's decision alone."""

from __future__ import annotations

import re

from assistant.domain.case import DraftState
from assistant.domain.errors import DraftingRefused, DraftingUnavailable
from assistant.drafting.drafter import Draft, Finished, Piece, Span, Verification, Waiting
from assistant.store.draft_edits import DraftEdits
from assistant.tui.app import ZipingApp
from assistant.tui.widgets.draft_messages import Stage
from assistant.tui.widgets.draft_panel import DraftPanel

PATH = "indicators[16].reason"


async def ask(pilot, app, path=PATH, agree=True):
    """Go to the text, ask for a draft and agree to sending."""
    app.screen_stack[0].go_to(path)
    await pilot.pause()
    await pilot.press("f4")
    await pilot.pause()
    if agree:
        await pilot.press("1")
        await pilot.pause()


def panel_of(app) -> DraftPanel:
    return app.screen_stack[0].page.draft_panel()


async def test_a_draft_changes_nothing_until_it_is_accepted(demo, make_services, scripted, says):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因评价资料不全。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        assert panel_of(app).stage is Stage.OFFERED
        assert app.services.workspace.case == demo
        await pilot.press("1")
        await pilot.pause(0.1)
        case = app.services.workspace.case
        assert case.indicators[16].reason == "因评价资料不全。"
        (record,) = case.drafts[len(demo.drafts) :]
        assert (record.path, record.state) == (PATH, DraftState.ACCEPTED)
        assert (record.kept_percent, record.unsupported) == (100, 0)
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo


async def test_a_rejected_draft_leaves_the_text_and_stays_on_record(demo, make_services, scripted, says):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因评价资料不全。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        await pilot.press("4")
        await pilot.pause(0.1)
        case = app.services.workspace.case
        assert case.indicators == demo.indicators
        assert case.drafts[-1].state is DraftState.REJECTED
        assert case.drafts[-1].text == "因评价资料不全。"
        app.screen_stack[0].action_past_drafts()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert panel_of(app).stage is Stage.OFFERED
        await pilot.press("1")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[16].reason == "因评价资料不全。"


async def test_an_edited_draft_goes_in_as_edited(demo, make_services, scripted, says):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因资料不全。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        await pilot.press("2")
        await pilot.pause(0.1)
        await pilot.press(*"已补齐")
        assert app.services.workspace.case == demo
        await pilot.press("f4")
        await pilot.pause(0.1)
        case = app.services.workspace.case
        assert case.indicators[16].reason == "因资料不全。已补齐"
        assert (case.drafts[-1].state, case.drafts[-1].text) == (DraftState.EDITED, "因资料不全。")


async def test_escape_stops_the_stream_keeps_what_came_and_does_not_touch_the_text(
    demo, make_services, scripted
):
    drafter = scripted([Piece(text="因评价"), 0.2, Piece(text="资料"), 60.0, Piece(text="不全")])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.4)
        assert panel_of(app).stage is Stage.STREAMING
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert drafter.was_cancelled
        assert panel_of(app).stage is Stage.OFFERED
        assert panel_of(app).draft.text == "因评价资料"
        assert app.services.workspace.case == demo


async def test_a_figure_without_support_is_marked_listed_and_not_accepted_unread(
    demo, make_services, scripted, says
):
    services = make_services(
        demo,
        drafter=scripted(says(PATH, "共37份材料。", "37份")),
        verify=lambda case, path, text: Verification(
            unsupported=(Span(start=1, end=4, text="37份", why="表内没有这个数"),) if "37份" in text else ()
        ),
    )
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        panel = panel_of(app)
        assert str(panel.query_one(".draft-body").content) == "共37份〔？〕材料。"
        assert "没有依据：37份 表内没有这个数" in str(panel.query_one(".draft-notes").content)
        await pilot.press("1")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo
        assert panel.stage is Stage.OFFERED


async def countdown(pilot, app):
    """The head of the draft once it tells of waiting, however slow the machine; its seconds go down meanwhile."""
    for _ in range(100):
        head = str(panel_of(app).query_one(".draft-head").content)
        if "秒后" in head:
            break
        await pilot.pause(0.02)
    return re.sub("[1-8] 秒后，", "n 秒后，", head, count=1)


async def test_waiting_is_told_with_number_and_seconds(demo, make_services, scripted):
    drafter = scripted([Waiting(attempt=2, seconds=8, why="服务繁忙"), 60.0])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        head = await countdown(pilot, app)
        assert head.startswith("第2次，n 秒后，按 Esc 取消")
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert drafter.was_cancelled
        assert panel_of(app).stage is Stage.IDLE


async def test_the_reason_for_waiting_stands_behind_the_countdown_as_one_sentence(
    demo, make_services, scripted
):
    drafter = scripted([Waiting(attempt=3, seconds=8, why="请求太频繁（HTTP 429，要求 8 秒后再试）。"), 60.0])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        head = await countdown(pilot, app)
        assert head == "第3次，n 秒后，按 Esc 取消。请求太频繁（HTTP 429，要求 8 秒后再试）。"
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.screen_stack[0].current_path() == PATH  # the cursor is back in the user's own text


async def test_a_model_that_goes_in_circles_gives_way_to_the_template(demo, make_services, scripted):
    circles = Draft(
        path=PATH, text="完成情况：1.", source="model", model="测试模型", repeated=True, usable=False
    )
    drafter = scripted([Piece(text="完成情况：1."), Finished(draft=circles)])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        panel = panel_of(app)
        assert panel.stage is Stage.OFFERED
        assert panel.draft.source == "template"
        assert "以下是模板草稿" in str(panel.query_one(".draft-head").content)
        assert app.services.workspace.case == demo


async def test_a_stream_that_breaks_keeps_all_that_came_and_offers_to_go_on(demo, make_services, scripted):
    broken = DraftingUnavailable("连接在中途断开，草稿不完整。", "已收到的文字还在。")
    drafter = scripted([*(Piece(text=letter) for letter in "因评价资料"), broken])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        panel = panel_of(app)
        assert panel.stage is Stage.BROKEN
        assert panel.draft.text == "因评价资料"
        assert "1 继续写完  2 重来" in str(panel.query_one(".draft-verbs").content)
        await pilot.press("1")
        await pilot.pause(0.3)
        assert drafter.requests[-1].previous == "因评价资料"


async def test_a_spent_budget_is_told_and_the_template_offered(demo, make_services, scripted):
    spent = DraftingRefused("这次运行已用 244 个词元，再发就要超过上限 300。", "可调大 budget_tokens。")
    app = ZipingApp(make_services(demo, drafter=scripted([spent])))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        assert panel_of(app).draft.source == "template"
        assert any("超过上限 300" in toast.message for toast in app._notifications)


async def test_a_service_that_does_not_help_gives_way_to_the_template(demo, make_services, scripted):
    drafter = scripted([DraftingUnavailable("模型服务没有回应。", "请稍后再试。")])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        assert panel_of(app).stage is Stage.OFFERED
        assert panel_of(app).draft.source == "template"
        assert app.services.workspace.case == demo


async def test_a_drafter_that_breaks_does_not_leave_the_panel_waiting(demo, make_services, scripted):
    app = ZipingApp(make_services(demo, drafter=scripted([RuntimeError("broken")])))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        assert panel_of(app).stage is Stage.OFFERED


async def test_without_a_model_the_template_comes_at_once_and_nothing_is_asked(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app, agree=False)
        assert panel_of(app).stage is Stage.OFFERED
        assert "待您补充" in str(panel_of(app).query_one(".draft-notes").content)


async def test_nothing_is_sent_before_the_user_has_seen_the_facts_and_agreed(
    demo, make_services, scripted, says
):
    drafter = scripted(says(PATH, "因资料不全。"))
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app, agree=False)
        assert drafter.requests == []
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert drafter.requests == []
        assert panel_of(app).draft.source == "template"


async def test_redo_asks_for_a_wish_and_sends_it(demo, make_services, scripted, says):
    drafter = scripted(says(PATH, "因资料不全。"))
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        await pilot.press("3")
        await pilot.pause(0.1)
        await pilot.press(*"写短些", "enter")
        await pilot.pause(0.2)
        assert [request.instruction for request in drafter.requests] == ["", "写短些"]
        assert app.services.workspace.case.indicators == demo.indicators


async def test_moving_on_while_it_streams_stops_it_and_keeps_what_came_for_later(
    demo, make_services, scripted
):
    drafter = scripted([Piece(text="因评价"), 60.0])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        app.screen_stack[0].action_forward()
        await pilot.pause(0.1)
        assert drafter.was_cancelled
        assert panel_of(app).stage is Stage.IDLE
        app.screen_stack[0].action_back()
        await pilot.pause(0.1)
        assert panel_of(app).stage is Stage.OFFERED
        assert panel_of(app).draft.text == "因评价"
        assert app.services.workspace.case == demo


async def test_answers_to_the_questions_become_facts_of_the_case_before_the_draft(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app, agree=False)
        await pilot.press("5")
        await pilot.pause(0.1)
        await pilot.press(*"评价资料不全", "enter")
        await pilot.pause(0.1)
        for _ in range(5):  # the other questions are left unanswered
            if app.screen is not app.screen_stack[0]:
                await pilot.press("enter")
                await pilot.pause(0.1)
        notes = app.services.workspace.case.notes
        assert [(note.path, note.text) for note in notes] == [(PATH, "评价资料不全")]
        assert panel_of(app).stage is Stage.OFFERED


async def test_escape_in_the_editor_keeps_what_was_written_and_goes_back_to_the_text(
    demo, make_services, scripted, says
):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因资料不全。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        await pilot.press("2")
        await pilot.pause(0.1)
        await pilot.press(*"已补齐")
        await pilot.press("escape")
        await pilot.pause(0.1)
        panel = panel_of(app)
        assert panel.stage is Stage.OFFERED
        assert app.screen_stack[0].current_path() == PATH
        assert str(panel.query_one(".draft-body").content) == "因资料不全。已补齐"
        assert "您改过，还没有采用" in str(panel.query_one(".draft-head").content)
        app.screen_stack[0].action_forward()
        await pilot.pause(0.1)
        app.screen_stack[0].action_back()
        await pilot.pause(0.1)
        assert str(panel.query_one(".draft-body").content) == "因资料不全。已补齐"
        assert app.services.workspace.case == demo
        await pilot.press("f4", "1")
        await pilot.pause(0.1)
        case = app.services.workspace.case
        assert case.indicators[16].reason == "因资料不全。已补齐"
        assert (case.drafts[-1].state, case.drafts[-1].text) == (DraftState.EDITED, "因资料不全。")


async def test_moving_on_from_the_editor_keeps_the_edits_and_refusing_is_explicit(
    demo, make_services, scripted, says
):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因资料不全。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        await pilot.press("2")
        await pilot.pause(0.1)
        await pilot.press(*"已补齐")
        await pilot.press("f3")
        await pilot.pause(0.1)
        await pilot.press("f2")
        await pilot.pause(0.1)
        panel = panel_of(app)
        assert str(panel.query_one(".draft-body").content) == "因资料不全。已补齐"
        await pilot.press("f4", "4")
        await pilot.pause(0.1)
        case = app.services.workspace.case
        assert case.indicators == demo.indicators
        assert (case.drafts[-1].state, case.drafts[-1].text) == (DraftState.REJECTED, "因资料不全。已补齐")


async def test_editing_a_draft_names_the_keys_the_user_has_chosen(demo, make_services, scripted, says):
    services = make_services(demo, drafter=scripted(says(PATH, "因资料不全。")), keys={"draft": "alt+j"})
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen_stack[0].go_to(PATH)
        await pilot.pause()
        await pilot.press("alt+j", "1")
        await pilot.pause(0.3)
        await pilot.press("2")
        await pilot.pause(0.1)
        assert "按 Alt+J 采用" in str(panel_of(app).query_one(".draft-head").content)
        await pilot.press("alt+j")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[16].reason == "因资料不全。"


async def test_a_draft_changed_and_not_taken_outlives_the_program(
    demo, make_services, scripted, says, tmp_path
):
    edits = DraftEdits(tmp_path, tmp_path / "甲.ziping.json")
    services = make_services(demo, drafter=scripted(says(PATH, "因资料不全。")))
    services.draft_edits = edits
    async with ZipingApp(services).run_test(size=(80, 24)) as pilot:
        await ask(pilot, pilot.app)
        await pilot.pause(0.2)
        await pilot.press("2")
        await pilot.pause(0.1)
        await pilot.press(*"已补齐")
        assert edits.close(), "the window is closed from outside: nobody decides, nobody leaves the editor"

    services = make_services(demo)
    services.draft_edits = DraftEdits(tmp_path, tmp_path / "甲.ziping.json")
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen_stack[0].go_to(PATH)
        await pilot.pause()
        panel = panel_of(app)
        assert (panel.stage, panel.text) == (Stage.OFFERED, "因资料不全。已补齐")
        assert app.services.workspace.case == demo, "it waits for the user's word"
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause(0.1)
        await pilot.press(*"了")
        await pilot.press("f4")
        await pilot.pause(0.1)
        case = app.services.workspace.case
        assert case.indicators[16].reason == "因资料不全。已补齐了"
        assert (case.drafts[-1].state, case.drafts[-1].text) == (DraftState.EDITED, "因资料不全。")
    assert services.draft_edits.close()
    assert services.draft_edits.all() == {}, "decided"


async def test_a_draft_changed_back_to_what_it_was_is_what_is_taken(demo, make_services, scripted, says):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因资料不全。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.2)
        await pilot.press("2")
        await pilot.pause(0.1)
        await pilot.press("补", "escape")
        await pilot.pause(0.1)
        assert panel_of(app).text == "因资料不全。补"
        await pilot.press("f4", "2")
        await pilot.pause(0.1)
        await pilot.press("backspace", "escape")
        await pilot.pause(0.1)
        assert panel_of(app).text == "因资料不全。"
