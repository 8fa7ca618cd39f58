"""Writes the reference in ``docs/reference`` from the program itself: ``python docs/reference.py``.

The pages of the checks have their own generator (``python -m assistant.checks.pages``). A test compares all of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.catalogue.profiles import load_profiles
from assistant.catalogue.settings import Settings
from assistant.cli.main import build_parser
from assistant.domain.amounts import Rounding
from assistant.domain.case_json import schema
from assistant.domain.profile import (
    Band,
    Ceiling,
    LateRule,
    OverTargetAction,
    Profile,
    ReverseFormula,
    rule_name,
)

FOLDER = Path(__file__).parent / "reference"
_NOTE = "由程序生成，请勿手改：`python docs/reference.py`。\n"


def pages() -> dict[str, str]:
    """Every page of the reference by its file name."""
    return {
        "commands.md": _commands(),
        "profiles.md": _profiles(),
        "case.md": _case(),
        "settings.md": _settings(),
    }


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> list[str]:
    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    return [line(head), "|" + "---|" * len(head), *map(line, rows), ""]


def _commands() -> str:
    parser = build_parser()
    lines = ["# 命令", "", _NOTE, str(parser.epilog), ""]
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        for name, command in action.choices.items():
            lines += [f"## ziping {name}", "", str(command.description), ""]
            rows = [
                (_spelling(one), one.help or "")
                for one in command._actions
                if not isinstance(one, argparse._HelpAction)
            ]
            lines += _table(("参数", "说明"), rows) if rows else []
    return "\n".join(lines)


def _spelling(action: argparse.Action) -> str:
    value = str(action.metavar or "/".join(map(str, action.choices or ())))
    names = "、".join(f"`{name}`" for name in action.option_strings)
    if not names:
        return f"`{value}`"
    return names if action.nargs == 0 else f"{names} {value}"


def _profiles() -> str:
    lines = [
        "# 评分规则",
        "",
        _NOTE,
        "每个地方一个文件（`config/profiles/`）。没有查到的规则不编造：算分时给出区间，由您评定。",
        "",
    ]
    for one in load_profiles().values():
        lines += [f"## {one.label}", "", f"编号 `{one.id}`", "", f"依据：{one.basis}", ""]
        if one.valid_from or one.valid_until:
            lines += [f"有效期：{one.valid_from or '未注明'} 至 {one.valid_until or '今'}", ""]
        lines += _table(("规则", "内容"), list(_rules(one)))
        lines += [f"- {note}" for note in one.notes] + [""] * bool(one.notes)
        if one.unconfirmed:
            rows = [(f"{rule_name(key)}（`{key}`）", why) for key, why in sorted(one.unconfirmed.items())]
            lines += ["未证实：", "", *_table(("哪一项", "为什么"), rows)]
    return "\n".join(lines)


def _rules(one: Profile) -> Iterator[tuple[str, str]]:
    """The rules in force in words, a row each; what a place leaves open is said to be open."""
    yield "总分和预算执行率", f"总分 {one.total_points} 分，其中预算执行率 {one.execution_weight} 分"
    stems = "，".join(f"{stem} {points}" for stem, points in one.level1.items())
    yield "一级指标分值", (f"{stems}{'（不得调整）' if one.level1_fixed else ''}" if stems else "自定")
    if one.execution.bands:
        yield (
            "执行率得分",
            "；".join(f"{_span(band)} 得 {band.share:%} 的分值" for band in one.execution.bands),
        )
    else:
        yield "执行率得分", "分值 × 执行率，不超过分值"
    if one.execution.ceilings:
        caps = "；".join(f"执行率 {_span(cap)} 不超过 {cap.total} 分" for cap in one.execution.ceilings)
        yield "总分上限", caps
    if one.execution.explain_below is not None:
        yield "须说明原因的执行率", f"低于 {one.execution.explain_below:%}"
    if one.steps:
        yield (
            "未达指标值",
            "按完成程度分档：" + "；".join(f"{_span(band)} 得 {band.share:%}" for band in one.steps),
        )
    else:
        yield "未达指标值", "按完成比例得分"
    if one.pass_mark is not None:
        yield (
            "及格线",
            f"完成比例低于 {one.pass_mark:%} 不得分，以上按（比例 − {one.pass_mark:%}）÷（1 − {one.pass_mark:%}）得分",
        )
    yield "反向指标超过上限", _REVERSE[one.reverse_formula]
    yield "逾期完成", _LATE[one.late]
    if one.over_target.ratio is not None:
        yield (
            "超指标值",
            f"达到指标值的 {one.over_target.ratio:%}：{_OVER[one.over_target.action].format(one.over_target.points)}",
        )
    tiers = (
        f"{band.name} {band.low:%}～{band.high:%}{'' if band.high_included else '（不含）'}"
        for band in one.tiers
    )
    yield "定性指标", "；".join(tiers)
    yield "等级", "，".join(f"{grade.name} {grade.least} 分起" for grade in one.grades)
    mode = {Rounding.HALF_UP: "四舍五入", Rounding.TRUNCATE: "截尾"}[one.rounding.score_mode]
    yield "取舍", f"得分保留 {one.rounding.score_places} 位小数，{mode}"
    if one.text_limits:
        names = {"goal": "目标", "reason": "原因"}
        yield (
            "字数限制",
            "，".join(f"{names.get(key, key)} {limit} 字" for key, limit in one.text_limits.items()),
        )


_REVERSE = {
    ReverseFormula.RATIO: "分值 × 指标值 ÷ 完成值",
    ReverseFormula.LINEAR: "分值 ×（1 −（完成值 − 指标值）÷ 指标值），到两倍为 0",
    ReverseFormula.UNSPECIFIED: "没有写公式：只给出区间，由人评定",
}
_LATE = {LateRule.UNSPECIFIED: "没有写规则：只给出区间，由人评定", LateRule.ZERO: "不得分"}
_OVER = {
    OverTargetAction.NONE: "不处理",
    OverTargetAction.HINT: "建议说明原因",
    OverTargetAction.REQUIRE_REASON: "须说明原因",
    OverTargetAction.DEDUCT: "扣 {} 分",
    OverTargetAction.PROPORTIONAL: "按指标值 ÷ 完成值折算",
}


def _span(band: Band | Ceiling) -> str:
    """A band in words: the lower end belongs to it, the upper does not."""
    return f"{band.low:%} 起" if band.high is None else f"{band.low:%}～{band.high:%}（不含）"


def _case() -> str:
    whole = schema()
    lines = ["# 案卷文件", "", _NOTE, "案卷文件（`*.ziping.json`）是 UTF-8 的 JSON，每一格都是表上写的原文。"]
    lines += ["机器可读的定义：[case.schema.json](../case.schema.json)（`ziping schema`）。", ""]
    defined = whole.get("$defs", {})
    for name, part in {"Case": whole, **defined}.items():
        if "properties" not in part:
            continue
        rows = [
            (f"`{key}`", _type(one, defined), one.get("description", ""))
            for key, one in part["properties"].items()
        ]
        lines += [f"## {name}", "", *_table(("键", "类型", "说明"), rows)]
    return "\n".join(lines)


def _type(one: dict[str, Any], defined: dict[str, Any]) -> str:
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        words = defined[name].get("enum")
        return "、".join(f"`{word}`" for word in words) if words else f"[{name}](#{name.lower()})"
    if "anyOf" in one:
        return " 或 ".join(_type(each, defined) for each in one["anyOf"])
    if one.get("type") == "array":
        return f"{_type(one['items'], defined)} 的列表" if "items" in one else "列表"
    words = {
        "string": "文字",
        "integer": "整数",
        "number": "数",
        "boolean": "是或否",
        "object": "键值",
        "null": "空",
    }
    return words.get(one.get("type", ""), "任意")


def _settings() -> str:
    lines = ["# 设置", "", _NOTE]
    lines += ["`ziping config show` 列出每项设置的值和来处。环境变量为 `ZIPING_` 加键名的大写。", ""]
    rows = [(f"`{key}`", field.description or "") for key, field in Settings.model_fields.items()]
    return "\n".join([*lines, *_table(("键", "说明"), rows)])


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
