"""What is done to a draft before it is taken, with a scripted model."""

from __future__ import annotations

import asyncio

import pytest

from assistant.domain.case import DraftState
from assistant.domain.errors import DraftingUnavailable
from assistant.drafting.drafter import Draft, Piece, Span, Usage, Verification
from assistant.drafting.model_choice import ModelSettings
from assistant.drafting.variants import VARIANTS
from assistant.tui.app import ZipingApp
from assistant.tui.screens.sentences_dialog import sentences_of
from assistant.tui.widgets.draft_messages import Stage

PATH = "indicators[16].reason"
OWN = "定性指标，效益无法准确衡量"  # what the sample form says there


async def ask(pilot, app, agree=True):
    app.screen_stack[0].go_to(PATH)
    await pilot.pause()
    await pilot.press("f4")
    await pilot.pause(0.1)
    if agree:
        await pilot.press("1")
        await pilot.pause(0.3)


def panel_of(app):
    return app.screen_stack[0].page.draft_panel()


def shown(app, selector) -> str:
    return str(app.screen.query(selector).last().content)


def doubts(case, path, text):
    at = text.find("37份")
    if at < 0:
        return Verification()
    return Verification(unsupported=(Span(start=at, end=at + 3, text="37份", why="表内没有这个数"),))


def test_sentences_joined_again_are_the_text():
    text = "①梳理情况；②写出报告。\n二、转化“落地。”\n另有"
    assert sentences_of(text) == ("①梳理情况；", "②写出报告。\n", "二、转化“落地。”\n", "另有")
    assert "".join(sentences_of(text)) == text


async def test_one_sentence_is_taken_and_the_own_text_stays(demo, make_services, scripted, says):
    script = says(PATH, "共37份材料。由业务处补齐资料。", "37份")
    app = ZipingApp(make_services(demo, drafter=scripted(script), verify=doubts))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.press("6")
        await pilot.pause(0.1)
        await pilot.press("space")  # the cursor is on the draft's first sentence, which has no support
        await pilot.pause(0.1)
        assert "没有依据" in shown(app, ".dialog-said")
        await pilot.press("down", "space", "f4")
        await pilot.pause(0.2)
        case = app.services.workspace.case
        assert case.indicators[16].reason == f"{OWN}。由业务处补齐资料。"
        assert case.drafts[-1].state is DraftState.EDITED
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[16].reason == OWN


async def test_a_sentence_without_support_is_taken_once_it_was_edited(demo, make_services, scripted, says):
    script = says(PATH, "共37份材料。", "37份")
    app = ZipingApp(make_services(demo, drafter=scripted(script), verify=doubts))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.press("6")
        await pilot.pause(0.1)
        await pilot.press("e")
        await pilot.pause(0.1)
        await pilot.press(*(["backspace"] * 8), *"材料已补齐", "f4")
        await pilot.pause(0.1)
        await pilot.press("f4")
        await pilot.pause(0.2)
        assert app.services.workspace.case.indicators[16].reason == f"{OWN}。材料已补齐"


async def test_escape_from_the_sentences_changes_nothing(demo, make_services, scripted, says):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "由业务处补齐资料。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.press("6")
        await pilot.pause(0.1)
        await pilot.press("a", "escape")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo
        assert panel_of(app).stage is Stage.OFFERED


async def test_what_is_sent_is_shown_whole_with_its_size_and_asked_once(demo, make_services, scripted, says):
    drafter = scripted(says(PATH, "因资料不全。"))
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app, agree=False)
        text = shown(app, ".dialog-body Static")
        assert f'{{"facts": "{demo.project}"}}' in text
        assert "约发出 812 个词元，最多收回 1200 个" in text
        keys = app.screen.query_one(".dialog-keys")
        assert keys.region.bottom <= app.screen.query_one(".dialog").region.bottom  # the way on is in sight
        await pilot.press("1")
        await pilot.pause(0.3)
        await pilot.press("4")
        await pilot.pause(0.1)
        await pilot.press("f4")
        await pilot.pause(0.3)
        assert len(drafter.requests) == 2


async def test_a_wish_changes_the_present_draft_and_both_stay_on_record(demo, make_services, scripted, says):
    drafter = scripted(says(PATH, "因资料不全。"))
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.press("3")
        await pilot.pause(0.1)
        await pilot.press("escape")  # thought better of it: the draft is still there
        await pilot.pause(0.1)
        assert panel_of(app).stage is Stage.OFFERED
        assert app.services.workspace.case.drafts == demo.drafts
        await pilot.press("3")
        await pilot.pause(0.1)
        await pilot.press(*"再短些", "enter")
        await pilot.pause(0.3)
        assert (drafter.requests[-1].instruction, drafter.requests[-1].previous) == ("再短些", "因资料不全。")
        assert app.services.workspace.case.drafts[-1].state is DraftState.REJECTED
        assert panel_of(app).stage is Stage.OFFERED


async def test_a_stream_that_breaks_off_offers_to_go_on_and_to_begin_anew(demo, make_services, scripted):
    drafter = scripted([Piece(text="因资料"), 0.1, DraftingUnavailable("连接在中途断开，草稿不完整。")])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await pilot.pause(0.3)
        panel = panel_of(app)
        assert panel.stage is Stage.BROKEN
        assert str(panel.query_one(".draft-body").content) == "因资料"
        assert "1 继续写完  2 重来" in str(panel.query_one(".draft-verbs").content)
        await pilot.press("1")
        await pilot.pause(0.3)
        assert drafter.requests[-1].previous == "因资料"
        await pilot.press("2")
        await pilot.pause(0.3)
        assert drafter.requests[-1].previous == ""
        assert app.services.workspace.case.indicators == demo.indicators


async def test_a_draft_cut_at_the_length_limit_says_so_and_can_be_written_to_its_end(
    demo, make_services, scripted
):
    from assistant.drafting.drafter import Finished

    drafter = scripted([Finished(draft=Draft(path=PATH, text="因资料", source="model", cut=True))])
    app = ZipingApp(make_services(demo, drafter=drafter))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        panel = panel_of(app)
        assert "没有写完：达到长度上限" in str(panel.query_one(".draft-head").content)
        assert "1 继续写完  2 重来" in str(panel.query_one(".draft-verbs").content)
        await pilot.press("1")
        await pilot.pause(0.3)
        assert drafter.requests[-1].previous == "因资料"
        assert app.services.workspace.case.indicators == demo.indicators


async def test_thoughts_are_folded_and_what_it_took_is_told(demo, make_services, scripted):
    from assistant.drafting.drafter import Finished

    draft = Draft(
        path=PATH,
        text="因资料不全。",
        source="model",
        thoughts="先看指标。",
        usage=Usage(sent=812, received=64),
    )
    services = make_services(
        demo,
        drafter=scripted([Finished(draft=draft)]),
        spent=lambda usage: f"发出 {usage.sent}、收到 {usage.received}",
    )
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        notes = panel_of(app).query_one(".draft-notes")
        assert "发出 812、收到 64" in str(notes.content)
        assert "模型的思考 5 字" in str(notes.content)
        assert "先看指标" not in str(notes.content)
        await pilot.press("t")
        await pilot.pause(0.1)
        assert "先看指标" in str(notes.content)


@pytest.mark.parametrize(
    ("size", "keys", "kind"),
    [((80, 24), "", "mixed"), ((140, 40), "2", "tone"), ((80, 24), "3", "length")],
)
async def test_three_variants_are_shown_and_the_chosen_one_is_offered(
    demo, make_services, scripted, says, size, keys, kind
):
    asked = []

    async def variants(case, path, kind):
        asked.append(kind)
        await asyncio.sleep(0)
        return {
            name: Draft(path=path, text=f"{name}的一稿。", source="model") for name in VARIANTS[kind].wishes
        }

    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因资料不全。")), variants=variants))
    async with app.run_test(size=size) as pilot:
        await ask(pilot, app)
        await pilot.press("7")
        await pilot.pause(0.3)
        await pilot.press(*keys, "enter")
        await pilot.pause(0.3)
        assert asked == [kind]
        assert len(app.screen.query(".variant")) == 3
        await pilot.press("2")
        await pilot.pause(0.3)
        first, second, third = VARIANTS[kind].wishes
        assert panel_of(app).draft.text == f"{second}的一稿。"
        texts = [record.text for record in app.services.workspace.case.drafts]
        assert texts == [f"{first}的一稿。", f"{third}的一稿。", "因资料不全。"]
        assert app.services.workspace.case.indicators == demo.indicators


async def test_the_questions_go_back_and_keep_what_was_answered(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app, agree=False)
        await pilot.press("5")
        await pilot.pause(0.1)
        await pilot.press(*"资料不全", "enter")
        await pilot.pause(0.1)
        await pilot.press("f2")
        await pilot.pause(0.1)
        assert app.screen.query_one("AnswerInput").value == "资料不全"
        await pilot.press(*"了", "f4")
        await pilot.pause(0.2)
        assert [note.text for note in app.services.workspace.case.notes] == ["资料不全了"]
        await pilot.press("5")  # once more: the answer is there, and is not kept twice
        await pilot.pause(0.1)
        await pilot.press("f4")
        await pilot.pause(0.2)
        assert [note.text for note in app.services.workspace.case.notes] == ["资料不全了"]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_model_service_is_chosen_and_kept_without_the_key_in_the_settings(
    demo, make_services, tmp_path, size
):
    models = ModelSettings(tmp_path, lambda path, data: (path.write_bytes(data), None)[1], {})
    taken_up = []
    services = make_services(demo, models=models, use_model=lambda: taken_up.append(models.now()))
    app = ZipingApp(services)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.2)
        app.screen_stack[0].action_model()
        await pilot.pause(0.2)
        assert "现在不使用模型" in str(app.screen.query(".dialog Static")[1].content)
        await pilot.press("right")  # the first preset
        await pilot.pause(0.1)
        app.screen.query_one("#model-key").focus()
        await pilot.press("right", "right")  # from 环境变量 to 粘贴密钥
        await pilot.press("tab", *"sk-secret")
        keys = app.screen.query_one(".dialog-keys")
        assert keys.region.bottom <= size[1]
        await pilot.press("f4")
        await pilot.pause(0.2)
    assert taken_up[0].model == "deepseek-chat"
    assert "sk-secret" not in (tmp_path / "model.toml").read_text("utf-8")
    assert (tmp_path / "model.key").read_text("utf-8") == "sk-secret\n"
