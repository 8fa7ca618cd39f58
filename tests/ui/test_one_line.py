"""A row of a long list stands on one line, and looks like any other row."""

from __future__ import annotations

from textual.app import App
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.tui.widgets.one_line import OneLine

NAMES = ["数量指标", "12 验收合格率（一个很长很长的名字，放不下的部分省略）", "写在\n两行里的"]


class Lists(App[None]):
    CSS = "OptionList { width: 30; height: 10; border: none; text-wrap: nowrap; text-overflow: ellipsis; }"

    def compose(self):
        yield OptionList(*[Option(OneLine.of(Content.styled("已完成 ", "bold"), name)) for name in NAMES])
        yield OptionList(
            *[Option(Content.assemble(("已完成 ", "bold"), name.replace("\n", " "))) for name in NAMES]
        )


async def test_a_row_looks_as_if_it_had_been_measured():
    app = Lists()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        one_line, measured = app.query(OptionList)
        one_line.highlighted = measured.highlighted = None
        await pilot.pause()
        for row in range(4):
            assert one_line.render_line(row).text == measured.render_line(row).text
        assert one_line.virtual_size.height == len(NAMES)


async def test_a_changed_row_is_drawn_anew():
    app = Lists()
    async with app.run_test(size=(60, 24)) as pilot:
        listed = app.query(OptionList).first()
        listed.replace_option_prompt_at_index(1, OneLine.of("待填 数量指标"))
        await pilot.pause()
        assert listed.render_line(1).text.rstrip() == "待填 数量指标"
