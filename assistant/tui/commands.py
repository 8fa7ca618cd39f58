"""The command palette in Chinese: found by 汉字, by the initials of their pinyin, and by English words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from assistant.tui.initials import initials


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it does, the words it is found by besides its name, and the action.

    The words are what else people call it, in Chinese, then letters, then English.

    Its pinyin initials follow from the name, its key from the bindings in force; neither is written here.
    """

    name: str
    about: str
    words: str
    action: str


COMMANDS = (
    Command("下一页", "", "xyy next", "screen.forward"),
    Command("上一页", "", "syy back previous", "screen.back"),
    Command("跳转到某一页", "输入序号或名称", "去 前往 定位 tz jump goto", "screen.jump"),
    Command("下一处问题", "", "xywt next finding", "screen.next_finding"),
    Command("表格或逐项", "全部指标一张表，同一个格子", "整表 bg zx grid sheet table", "screen.grid"),
    Command(
        "核对全部内容",
        "逐行看，回车去改，也列出为何不问",
        "为何不问 复核 hdqbnr review answers",
        "screen.review",
    ),
    Command("检查全表", "列出全部问题", "错误 问题 jc check", "screen.check"),
    Command("导出", "写成文档", "打印 生成 另存 word excel dc export", "screen.export"),
    Command("确认读入的内容", "确认本格或本行", "存疑 导入 qrdr confirm reading", "screen.confirm_here"),
    Command("全部确认读入的内容", "先列出再确认，可撤销", "qbqr confirm all", "screen.confirm_all"),
    Command("起草文字", "为本页的文字起草", "草稿 代写 qc draft", "screen.draft"),
    Command("补充事实再起草", "回答几个问题，都可以不答", "bcss questions facts answer", "screen.answer"),
    Command("三种写法", "按语气或长短写三稿，选一种", "szxf variants", "screen.variants"),
    Command(
        "模型设置",
        "选模型服务、试一次，或不使用模型",
        "大模型 接口 密钥 mxsz model llm endpoint",
        "screen.model",
    ),
    Command("存为文风样例", "本页的文字；只存本机，隐去姓名数字", "cwwfyl style", "screen.keep_style"),
    Command("文风样例", "查看和删除", "wfyl styles", "screen.styles"),
    Command("查看以往的草稿", "拒绝过的也在", "历史 版本 恢复 ywcg history drafts", "screen.past_drafts"),
    Command("填入计算得分", "", "trjsdf fill score", "screen.fill"),
    Command("人工评分", "写明分数和理由；可取消", "打分 扣分 rgpf override score", "screen.override"),
    Command("试算", "改一个值看看会怎样，不保存", "测算 模拟 ss what if try", "screen.what_if"),
    Command("撤销", "对所有格子有效", "撤回 后退 cx undo", "screen.undo_step"),
    Command("重做", "", "恢复 cz redo", "screen.redo_step"),
    Command(
        "别处的改动",
        "文件在别处改过时，逐处选择",
        "冲突 合并 版本 bcdgd ctcl hb conflict merge versions",
        "screen.choose_versions",
    ),
    Command(
        "改动记录",
        "谁、何时、因何改了什么",
        "历史 版本 恢复 还原 操作记录 gdjl ls history changes journal log",
        "screen.changes",
    ),
    Command("保存", "每次改动也会自动保存", "存盘 bc save", "screen.save"),
    Command(
        "新增指标",
        "加在本项之后",
        "xzzb zjzb tjzb jyh zj add 增加指标 添加指标 加一行",
        "screen.add_indicator",
    ),
    Command("复制本指标", "加在本项之后，可撤销", "fz copy duplicate", "screen.copy_indicator"),
    Command("删除本指标", "可撤销", "去掉 sczb delete remove", "screen.delete_indicator"),
    Command("本指标上移", "与上一项对调", "sy up", "screen.move_indicator(-1)"),
    Command("本指标下移", "与下一项对调", "xy down", "screen.move_indicator(1)"),
    Command(
        "带入上年的表……",
        "每项指标写出上年的目标、完成和得分",
        "去年 历年 snb drsndb last year previous",
        "screen.bring_last_year",
    ),
    Command("更换评分规则", "", "办法 标准 地区 ghpfgz rules profile", "screen.change_rules"),
    Command("查找和替换", "全表文字，先列出再替换，一次可撤销", "搜索 批量修改 find replace", "screen.find"),
    Command(
        "用外部编辑器改这段文字",
        "环境变量 EDITOR 指定的编辑器",
        "记事本 wbbjq editor vim",
        "screen.edit_outside",
    ),
    Command(
        "逐格复制到系统网页",
        "一键复制一格，按网页的顺序",
        "粘贴 一体化 录入 fz zt copy paste clipboard",
        "screen.copy_cells",
    ),
    Command("任务列表", "打开或收起", "目录 进度 状态 rwlb tasks list", "screen.tasks"),
    Command("本格怎么填", "", "帮助 说明 填报说明 bz help", "screen.help"),
    Command("切换深色或浅色", "两种配色", "主题 颜色 夜间 qhss ztys theme dark light", "app.switch_theme"),
    Command("保存屏幕截图", "SVG 图片", "截屏 jt screenshot", "app.take_picture"),
    Command("退出", "先保存再退出", "关闭 离开 tc quit exit", "app.quit"),
)


class ChineseCommands(Provider):
    """Offers :data:`COMMANDS`."""

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for command in filter(self._is_here, COMMANDS):
            yield DiscoveryHit(
                command.name, partial(self.app.run_action, command.action), help=self._about(command)
            )

    async def search(self, query: str) -> Hits:
        """The commands that match *query*."""
        matcher = self.matcher(query)
        found = tuple(self._matching(query))
        if not found:  # Textual would say so in English
            yield Hit(0.1, f"没有叫“{query}”的命令", lambda: None, help="可以输入汉字、拼音首字母或英文")
        for place, command in enumerate(found):
            yield Hit(
                1 - place / 1000,
                matcher.highlight(command.name),
                partial(self.app.run_action, command.action),
                help=self._about(command),
            )

    def _matching(self, query: str) -> Iterator[Command]:
        """The commands found by *query*, the nearest first."""
        here = filter(self._is_here, COMMANDS)
        ranked = [(rank, command) for command in here if (rank := _rank(command, query)) is not None]
        yield from (command for _, command in sorted(ranked, key=lambda found: found[0]))

    def _is_here(self, command: Command) -> bool:
        """Whether the screen below can do it."""
        where, _, action = command.action.partition(".")
        target = self.app if where == "app" else self.screen
        return hasattr(target, f"action_{action.partition('(')[0]}")

    def _about(self, command: Command) -> str:
        """The key the command has now, and what it does."""
        wanted = command.action.partition(".")[2]
        keys = (
            self.app.get_key_display(active.binding)
            for active in self.screen.active_bindings.values()
            if active.binding.action == wanted and active.binding.id
        )
        return "，".join(filter(None, (next(keys, ""), command.about)))


def _rank(command: Command, query: str) -> int | None:
    """How near *query* is to *command*, 0 nearest; ``None`` where it is not meant."""
    wanted = query.strip().lower()
    sounds = initials(command.name)
    tests = (
        command.name.startswith(wanted),
        wanted in command.name,
        wanted in command.words.split(),
        sounds.startswith(wanted),
        any(word.startswith(wanted) for word in command.words.split()),
        wanted.isascii() and wanted in sounds,
        len(wanted) > 1 and wanted in command.about,
    )
    return next((rank for rank, is_so in enumerate(tests) if is_so), None)


def palette() -> CommandPalette:
    """The command palette with a Chinese invitation."""
    return CommandPalette(placeholder="输入命令：汉字、拼音首字母或英文", id="--command-palette")
