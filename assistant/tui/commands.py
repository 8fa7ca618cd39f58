"""The command palette in Chinese: found by 汉字, by the initials of their pinyin, and by English words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it does, the words it is found by, and the action."""

    name: str
    about: str
    words: str
    action: str


COMMANDS = (
    Command("下一页", "F3", "xyy next", "screen.forward"),
    Command("上一页", "F2", "syy back previous", "screen.back"),
    Command("跳转到某一页", "Ctrl+G，输入序号或名称", "tz jump goto", "screen.jump"),
    Command("下一处问题", "F8", "xywt next finding", "screen.next_finding"),
    Command("检查全表", "F9，列出全部问题", "jc check", "screen.check"),
    Command("导出", "F10，写成文档", "dc export", "screen.export"),
    Command("确认读入的内容", "Ctrl+O，确认本格或本行", "qrdr confirm reading", "screen.confirm_here"),
    Command("全部确认读入的内容", "先列出再确认，可撤销", "qbqr confirm all", "screen.confirm_all"),
    Command("起草文字", "F4，为本页的文字起草", "qc draft", "screen.draft"),
    Command("补充事实再起草", "回答几个问题，都可以不答", "bcss questions facts answer", "screen.answer"),
    Command("查看以往的草稿", "拒绝过的也在", "ywcg history drafts", "screen.past_drafts"),
    Command("填入计算得分", "F5", "trjsdf fill score", "screen.fill"),
    Command("人工评分", "F12，写明分数和理由；可取消", "rgpf override score", "screen.override"),
    Command("撤销", "Ctrl+Z，对所有格子有效", "cx undo", "screen.undo_step"),
    Command("重做", "Ctrl+Y", "cz redo", "screen.redo_step"),
    Command("保存", "Ctrl+S；每次改动也会自动保存", "bc save", "screen.save"),
    Command("新增指标", "Ctrl+N，加在本项之后", "xzzb add", "screen.add_indicator"),
    Command("删除本指标", "可撤销", "sczb delete remove", "screen.delete_indicator"),
    Command("本指标上移", "与上一项对调", "sy up", "screen.move_indicator(-1)"),
    Command("本指标下移", "与下一项对调", "xy down", "screen.move_indicator(1)"),
    Command("更换评分规则", "Ctrl+R", "ghpfgz rules profile", "screen.change_rules"),
    Command("任务列表", "Ctrl+T，打开或收起", "rwlb tasks list", "screen.tasks"),
    Command("本格怎么填", "F1", "bz help", "screen.help"),
    Command("切换深色或浅色", "两种配色", "qhss ztys theme dark light", "app.switch_theme"),
    Command("保存屏幕截图", "SVG 图片", "jt screenshot", "app.take_picture"),
    Command("退出", "Ctrl+Q，先保存再退出", "tc quit exit", "app.quit"),
)


class ChineseCommands(Provider):
    """Offers :data:`COMMANDS`."""

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for command in COMMANDS:
            yield DiscoveryHit(command.name, partial(self.app.run_action, command.action), help=command.about)

    async def search(self, query: str) -> Hits:
        """The commands that match *query*."""
        matcher = self.matcher(query)
        found = tuple(self._matching(query))
        if not found:  # Textual would say so in English
            yield Hit(0.1, f"没有叫“{query}”的命令", lambda: None, help="可以输入汉字、拼音首字母或英文")
        for command in found:
            shown = matcher.highlight(command.name)
            score = 1.0 if query in command.name else 0.8
            yield Hit(score, shown, partial(self.app.run_action, command.action), help=command.about)

    def _matching(self, query: str) -> Iterator[Command]:
        wanted = query.strip().lower()
        for command in COMMANDS:
            if wanted in command.name or any(word.startswith(wanted) for word in command.words.split()):
                yield command


def palette() -> CommandPalette:
    """The command palette with a Chinese invitation."""
    return CommandPalette(placeholder="输入命令：汉字、拼音首字母或英文", id="--command-palette")
