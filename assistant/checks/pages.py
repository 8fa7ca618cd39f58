"""The page of a check, and all pages as one document: ``python -m assistant.checks.pages > docs/checks.md``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from itertools import groupby

from assistant.checks.check import Check
from assistant.checks.engine import all_checks
from assistant.checks.examples import sections
from assistant.domain.profile import Profile

AREAS = {
    "A": "分值与得分",
    "F": "资金与执行率",
    "T": "完成值与指标值",
    "D": "指标设置",
    "R": "偏差原因与改进措施",
    "V": "佐证材料",
    "G": "年度总体目标",
    "Y": "日期",
    "X": "表间一致",
    "P": "公开前",
    "L": "文字规范",
}
_HEAD = """\
# 检查目录

由检查程序自己的说明生成，请勿手改：`python -m assistant.checks.pages > docs/checks.md`。

每项检查有固定编号。“错误”不改不能定稿，“提醒”请看一看，“建议”供参考；各地规则可以改变轻重。
无法判断的会列为“未核对”，不会悄悄略过。例子里“｜”分开各栏，“‖”分开各行，都由测试逐条运行。
"""


def page_of(check: Check) -> str:
    """Return the page of *check* as plain text for the terminal."""
    parts = sections(inspect.cleandoc(check.page))
    lines = [f"{check.code} {check.title}（{check.severity.label}）", parts.pop(""), ""]
    for heading, body in parts.items():
        joined = _joined(body)
        lines += [heading, *joined] if len(joined) > 1 else [f"{heading}{joined[0]}"]
    return "\n".join([*lines, f"依据：{check.basis}"])


_FOR_USERS = {"触发：": "会提出的例子：", "不触发：": "不会提出的例子："}


def help_of(check: Check, profile: Profile) -> str:
    """Return what a user is told of *check*, with its severity under *profile*; examples as a form's reader says them."""
    parts = sections(inspect.cleandoc(check.page))
    lines = [f"{check.code} {check.title}", parts.pop(""), "", _in_force(check, profile)]
    for heading, body in parts.items():
        joined = _joined(body)
        if heading in _FOR_USERS:
            lines += ["", _FOR_USERS[heading], *(f"- {_spoken(example[2:])}" for example in joined)]
        else:
            lines += ["", f"{heading}{''.join(joined)}"]
    return "\n".join([*lines, "", f"依据：{check.basis}"])


def _in_force(check: Check, profile: Profile) -> str:
    if check.code in profile.excused:
        return f"轻重：{profile.label}不适用本项（{profile.excused[check.code]}）"
    severity = profile.severity.get(check.code)
    if severity is None:
        return f"轻重：一般是“{check.severity.label}”，个别情形更重或更轻，以提示为准"
    return f"轻重：{profile.label}定为“{severity.label}”"


def _spoken(example: str) -> str:
    """``指标值 ≥3场｜完成值 2场 ‖ …`` as text: cells with a colon, rows apart."""
    rows = [
        "，".join("：".join(cell.strip().split(" ", 1)) for cell in row.split("｜") if cell.strip())
        for row in example.split("‖")
    ]
    return "；另一行 ".join(rows)


def document(checks: Iterable[Check]) -> str:
    """Return every page as one Markdown document, by area."""
    blocks = [_HEAD]
    for letter, members in groupby(checks, key=lambda check: check.code[0]):
        blocks.append(f"## {letter} {AREAS.get(letter, letter)}\n")
        blocks.extend(_markdown(check) for check in members)
    return "\n".join(blocks)


def _markdown(check: Check) -> str:
    parts = sections(inspect.cleandoc(check.page))
    lines = [f"### {check.code} {check.title}（{check.severity.label}）", "", parts.pop(""), ""]
    for heading, body in parts.items():
        name, joined = heading.rstrip("："), _joined(body)
        if len(joined) == 1 and not joined[0].startswith("- "):
            lines += [f"**{name}** {joined[0]}", ""]
        else:
            lines += [f"**{name}**", ""]
            lines += [f"- `{line[2:]}`" if line.startswith("- ") else line for line in joined]
            lines.append("")
    return "\n".join([*lines, f"**依据** {check.basis}", ""])


def _joined(body: str) -> list[str]:
    """The lines of a section; a wrapped line is joined to the one it continues."""
    lines: list[str] = []
    for line in body.splitlines():
        if lines and not line.startswith("- "):
            lines[-1] += line.strip()
        else:
            lines.append(line.strip())
    return lines


if __name__ == "__main__":
    sys.stdout.write(document(all_checks().values()))
