"""Keys and commands: which keys are free, whose wish may replace them, and how a command is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input, OptionList

from assistant.catalogue.settings import load_settings
from assistant.tui.app import ZipingApp
from assistant.tui.commands import COMMANDS, ChineseCommands
from assistant.tui.initials import initials, matches
from assistant.tui.keymap import ARE_OURS_IN_FIELDS, TERMINAL_KEYS, field_keys, keymap
from assistant.tui.screens.main import MainScreen

EVERYWHERE = (*ZipingApp.BINDINGS, *MainScreen.BINDINGS)
PAGE = (Path(__file__).parents[2] / "docs" / "keys.md").read_text("utf-8")


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


def test_no_key_of_ours_is_taken_by_the_text_fields_the_terminal_or_tmux():
    for binding in Binding.make_bindings(EVERYWHERE):
        if binding.id in {None, "leave"}:  # Esc only comes back from the task list
            continue
        assert binding.key not in TERMINAL_KEYS, binding
        assert binding.key not in field_keys() - ARE_OURS_IN_FIELDS, binding


def test_the_keys_of_the_fields_are_those_of_the_installed_textual():
    # From its documentation: deleting, moving and selecting, and F6/F7 in text areas.
    assert {
        "ctrl+a",
        "ctrl+e",
        "ctrl+d",
        "ctrl+w",
        "ctrl+u",
        "ctrl+k",
        "ctrl+x",
        "f6",
        "f7",
        "up",
    } <= field_keys()
    assert "f3" not in field_keys()


@pytest.mark.parametrize(
    ("wish", "kept"),
    [
        ({"forward": "Alt-N"}, {"forward": "alt+n"}),
        ({"forward": "^L", "editor": "M-e"}, {"forward": "ctrl+l", "editor": "alt+e"}),
        ({"forward": "F3, alt+n"}, {"forward": "f3,alt+n"}),
        ({"back": "f3", "forward": "f2"}, {"back": "f3", "forward": "f2"}),  # exchanged
        ({"forward": "alt+n", "back": "f3"}, {"forward": "alt+n", "back": "f3"}),
    ],
)
def test_wishes_are_read_as_people_write_keys(wish, kept):
    assert keymap(wish, EVERYWHERE)[0] == kept


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"forwrad": "f6"}, "没有编号为“forwrad”的按键。是不是想写 forward？"),
        ({"forward": "ctrl+b"}, "ctrl+b 是 tmux 的前缀键"),
        ({"forward": "f7"}, "f7 在文本框里另有用处"),
        ({"forward": "n"}, "n 会和打字相冲"),
        ({"forward": "?"}, "question_mark 会和打字相冲"),
        ({"forward": "hyper+q"}, "看不懂按键“hyper+q”"),
        ({"forward": ""}, "没有写按键"),
        ({"forward": "f9"}, "f9 已用于 check"),
        ({"forward": "enter"}, "enter 用来换行或选定"),
    ],
)
def test_a_wish_that_cannot_be_had_is_told_and_the_old_key_stays(wish, said):
    kept, notices = keymap(wish, EVERYWHERE)
    assert kept == {}
    assert len(notices) == 1
    assert said in notices[0]


def test_a_refusal_gives_its_key_back_and_what_wanted_that_key_is_refused_too():
    kept, notices = keymap({"forward": "f9", "back": "f3"}, EVERYWHERE)  # F9 is 检查, so F3 stays 下页
    assert kept == {}
    assert notices == (
        "改键没有采用：forward = f9，f9 已用于 check。仍用 f3。",
        "改键没有采用：back = f3，f3 已用于 forward。仍用 f2。",
    )


async def test_a_remapped_key_works_and_the_old_one_no_longer_does(demo, make_services):
    app = ZipingApp(make_services(demo, keys={"forward": "alt+n", "check": "ctrl+b"}))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause(0.2)
        start = main_of(app).at
        await pilot.press("f3")
        await pilot.pause()
        assert main_of(app).at == start
        await pilot.press("alt+n")
        await pilot.pause()
        assert main_of(app).at == start + 1
        assert [note.message for note in app._notifications] == [
            "改键没有采用：check = ctrl+b，ctrl+b 是 tmux 的前缀键。仍用 f9。"
        ]
        provider = ChineseCommands(main_of(app))
        forward = next(command for command in COMMANDS if command.action == "screen.forward")
        assert provider._about(forward) == "Alt+N"


async def test_every_key_listed_in_the_guide_can_be_remapped(demo, make_services):
    listed = dict.fromkeys(re.findall(r"\| `([a-z.-]+)` \|", PAGE))
    assert len(listed) > 20
    wishes = {name: f"ctrl+shift+f{number}" for number, name in enumerate(list(listed)[:24], 1)}
    wishes |= {name: f"alt+shift+f{number}" for number, name in enumerate(list(listed)[24:], 1)}
    app = ZipingApp(make_services(demo, keys=wishes))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause(0.2)
        assert [note.message for note in app._notifications] == []
        assert app._keymap == wishes


def test_keys_are_read_from_the_settings_and_nonsense_there_is_only_told(tmp_path: Path):
    (tmp_path / "settings.toml").write_text('[keys]\nforward = "alt+n"\nback = 3\n', "utf-8")
    loaded = load_settings(environment={}, folder=tmp_path)
    assert loaded.keys == {"forward": "alt+n"}
    assert 'back 没有采用，应写成 back = "f6" 这样' in loaded.notices[0]
    (tmp_path / "settings.toml").write_text('keys = "f6"\n', "utf-8")
    assert "应写成 [keys] 的小节" in load_settings(environment={}, folder=tmp_path).notices[0]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("下一页", "xyy"),
        ("实际完成情况", "sjwcqk"),
        ("绩效自评", "jxzp"),
        ("GBK 字节①", "gbkzj"),
        ("偏差原因分析及改进措施", "pcyyfxjgjcs"),
        ("阿八擦咋", "abcz"),
    ],
)
def test_initials_follow_the_pinyin(text, letters):
    assert initials(text) == letters


def test_a_name_is_matched_by_characters_initials_or_latin_letters_in_either_case():
    assert matches("dc", "导出")
    assert matches("DC", "导出")
    assert matches("出", "导出")
    assert matches("gbk", "按 GBK 计")
    assert not matches("dx", "导出")


async def test_every_command_is_found_by_its_characters_its_initials_and_an_english_word(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        provider = ChineseCommands(main_of(app))
        for command in COMMANDS:
            english = command.words.split()[-1]
            for query in (command.name, initials(command.name), english):
                assert command in tuple(provider._matching(query)), (command.name, query)
        assert next(provider._matching("dc")).name == "导出"
        assert next(provider._matching("cz")).name == "重做"  # by its other reading
        assert "F3" in provider._about(next(provider._matching("下一页")))


OTHER_NAMES = {
    "打印": "导出",
    "搜索": "查找和替换",
    "历史": "改动记录",
    "版本": "改动记录",
    "帮助": "本格怎么填",
    "去年": "带入上年的表……",
    "颜色": "切换深色或浅色",
    "何时": "改动记录",
    "word": "导出",
}
"""What people type, and the command they mean."""


async def test_a_command_is_found_by_what_else_people_call_it(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        provider = ChineseCommands(main_of(app))
        for said, meant in OTHER_NAMES.items():
            assert meant in [command.name for command in provider._matching(said)], said


async def test_a_page_is_found_by_the_initials_of_its_name_in_the_jump_list(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("ctrl+g")
        await pilot.pause(0.1)
        await pilot.press(*"xmzj")
        await pilot.pause(0.1)
        shown = app.screen.query_one(OptionList)
        assert "项目资金" in str(shown.get_option_at_index(0).prompt)
        assert app.screen.query_one(Input).value == "xmzj"
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert main_of(app).stop.title == "项目资金"
