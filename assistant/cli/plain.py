"""What the line-by-line interview says: whole sentences, one thought a line, no drawing, nothing told by colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.catalogue.forms import FormSpec
from assistant.domain.findings import Finding, NotChecked, Severity
from assistant.domain.patterns import pattern
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Kind
from assistant.tui.wording import cause, points, score_range, standing, total_of
from assistant.values.words import in_words
from assistant.workspace.interview import Interview, row_name
from assistant.workspace.last_year import in_one_line
from assistant.workspace.workspace import Snapshot

COMMANDS = (
    ("回车", "", "保留现在的内容，问下一格"),
    ("上", "back", "回到上一格"),
    ("下一行", "next", "跳过这一行剩下的格子"),
    ("跳 12", "jump", "去第 12 问；也可以写名称，如：跳 会议"),
    ("清空", "clear", "清空这一格（直接回车不会清空）"),
    ("算", "rule", "这一格按规则能算出来时，采用算出的数"),
    ("起草", "draft", "为这一格起草文字；启用了模型的，“起草 模型”由模型写"),
    ("采用", "take", "把刚才的草稿写入这一格"),
    ("撤销", "undo", "撤销上一次改动"),
    ("重做", "redo", "恢复刚才撤销的改动"),
    ("多行", "lines", "接下来可以写几行，单独一行“完”结束"),
    ("写 检查", "write", "把“检查”这样的命令字当作内容写进去；用没有数的话替换一个数时也要这样写"),
    ("目录", "list", "列出每一行和它的问题号"),
    ("加行", "add", "在最后加一项指标"),
    ("检查", "check", "列出全表的问题，每条带问题号"),
    ("导出", "export", "写成 Markdown；也可写文件名，如：导出 自评表.docx；“导出 公开”遮盖姓名和电话"),
    ("？", "help", "这一格怎么填，有哪些命令"),
    ("退出", "quit", "结束；每答一格都已保存"),
)
"""Word, English word and meaning of every command."""

_WITH_ARGUMENT = {"跳": "jump", "起草": "draft", "写": "write", "导出": "export"}
_WORDS = {word: name for word, name, _ in COMMANDS if name and " " not in word} | {
    name: name for _, name, _ in COMMANDS if name
}
_WORDS |= {
    "?": "help",
    "帮助": "help",
    "下": "next",
    "下一项": "next",
    "返回": "back",
    "上一格": "back",
    "保存": "save",
    "save": "save",
}
_JUMP = pattern(r"(?:跳|jump)\s*(\d+)\Z")
_SHOWN_FINDINGS = 2
_SCORED = frozenset({"target", "actual", "weight", "score", "budget", "executed", "rate"})


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the user: a command with its argument, or (``name`` is ``""``) text for the cell."""

    name: str
    argument: str = ""


def understood(line: str) -> Said:
    """Tell commands from content: a command is a known word alone, or one of 跳, 写, 导出 and a space."""
    text = line.strip()
    if text.lower() in _WORDS:
        return Said(_WORDS[text.lower()])
    if number := _JUMP.match(text):
        return Said("jump", number[1])
    word, _, argument = text.replace("\u3000", " ").partition(" ")
    name = _WITH_ARGUMENT.get(word) or (word.lower() if word.lower() in _WITH_ARGUMENT.values() else "")
    if name and argument.strip():
        return Said(name, text[len(word) + 1 :].strip())
    return Said("", text)


def asked(interview: Interview, row_before: str) -> Iterator[str]:
    """The present question: its row, if that is new, what is asked, what the cell says now."""
    question, snapshot = interview.question, interview.workspace.snapshot
    if question is None:
        yield "全部问完了。可以输入：检查、导出、上、跳 1、退出。"
        return
    yield ""
    if question.row and question.row != row_before:
        yield from _introduced(snapshot, question.row)
    now = interview.text.strip()
    computed = interview.computed()
    offer = f"按规则是 {computed}，输入“算”采用。" if computed and computed != now else ""
    yield f"第 {question.number} 问，共 {len(interview.questions)} 问。{question.label}。{offer}"
    if "\n" in now:
        yield "现在的内容："
        yield from (f"  {line}" for line in now.splitlines())
    else:
        yield f"现在：{now}" if now else "现在：空"
    for doubt in snapshot.case.doubts:
        if doubt.path == question.path and not doubt.confirmed:
            yield (
                f"读入时存疑，原文是“{doubt.raw}”：{doubt.why}"
                if doubt.raw.strip()
                else f"读入时存疑：{doubt.why}"
            )


def _introduced(snapshot: Snapshot, row: str) -> Iterator[str]:
    yield f"{row_name(snapshot.case, row)}。"
    line = snapshot.sheet.line(row)
    if line is None or line.target is None:
        return
    if line.target.kind is not Kind.NONE:
        weight = "未填" if line.weight is None else points(line.weight)
        yield f"年度指标值：{line.target.raw.strip()}，意思是：{in_words(line.target)}。分值 {weight}。"
    if last_year := in_one_line(snapshot.case, row):
        yield f"{last_year.rstrip('。')}。"


def told(before: ScoreSheet, snapshot: Snapshot, path: str) -> Iterator[str]:
    """What an answer led to: the row's points with their working, the total's change, what the checks say of it."""
    row = "funds.total" if path.startswith("funds") else path.partition(".")[0]
    line = snapshot.sheet.line(row)
    is_scored = line is not None and path.rpartition(".")[2] in _SCORED
    if line is not None and is_scored:
        yield from _earned(line)
    yield from _moved(before, snapshot.sheet, line, is_scored=is_scored)
    here = [finding for finding in snapshot.report.findings if finding.path == path]
    for finding in here[:_SHOWN_FINDINGS]:
        yield f"{finding.severity.label}：{finding.message}{f'怎么办：{finding.fix}' if finding.fix else ''}"


def _earned(line: ScoreLine) -> Iterator[str]:
    if line.computed is not None:
        yield f"这一行按规则得 {points(line.computed)} 分。算式：{'；'.join(line.working)}。"
    elif line.low is not None:
        yield f"这一行要由您评定，可填 {score_range(line).replace('～', '到')} 分。{'；'.join(line.working)}"
    else:
        yield "这一行还算不出分：没有分值。"
    if line.entered is not None:
        yield f"表上的得分{standing(line)}。"
    yield from line.notes


def _moved(
    before: ScoreSheet, after: ScoreSheet, line: ScoreLine | None, *, is_scored: bool
) -> Iterator[str]:
    old, new = total_of(before.total), total_of(after.total)
    if old is None or new is None:
        return
    if old == new:
        if is_scored:
            yield f"总分没有变，仍是 {points(new)}。"
        return
    way = "减少" if new < old else "增加"
    why = f"，因为{cause(line)}" if line is not None else ""
    yield f"总分从 {points(old)} 变为 {points(new)}，{way} {points(abs(new - old))}{why}。"


def helped(interview: Interview, form: FormSpec) -> Iterator[str]:
    """How to fill in the present cell, then every command."""
    spec = form.field(interview.question.path) if interview.question else None
    if spec is not None:
        yield f"怎么填：{_without_keys(spec.what)}"
        yield f"写得好的例子：{spec.good}"
        yield f"不要这样写：{spec.bad}"
        yield f"依据：{spec.basis}"
    yield "命令："
    for word, english, meaning in COMMANDS:
        yield f"{word}{f'（{english}）' if english else ''}：{meaning}。"


def _without_keys(help_text: str) -> str:
    """The help of a field, its keys of the full screen replaced by what does the same here."""
    for deed, said in (("fill", "“算”"), ("draft", "填报界面的 F4")):
        help_text = help_text.replace(f"{{{deed}}}", said)
    return help_text


def checked(interview: Interview) -> Iterator[str]:
    """Everything the checks found, each with the number of its question."""
    report = interview.workspace.snapshot.report
    counts = "，".join(f"{severity.label} {report.count(severity)} 条" for severity in Severity)
    yield f"检查结果：{counts}，未核对 {len(report.not_checked)} 条。"
    entries: tuple[Finding | NotChecked, ...] = (*report.findings, *report.not_checked)
    for number, entry in enumerate(entries, 1):
        yield f"{number}. {_entry(entry)}{_where(interview, entry.path)}"


def _entry(entry: Finding | NotChecked) -> str:
    if isinstance(entry, NotChecked):
        return f"未核对 {entry.code}，{spoken(entry.path)}：{entry.why}"
    fix = f"怎么办：{entry.fix}" if entry.fix else ""
    return f"{entry.severity.label} {entry.code}，{spoken(entry.path)}：{entry.message}{fix}"


def _where(interview: Interview, path: str) -> str:
    number = interview.number_of(path) if path else None
    return "" if number is None else f"（跳 {number}）"


def listed(interview: Interview) -> Iterator[str]:
    """Every row with the number of its first question that is open to change."""
    case, seen = interview.workspace.case, set[str]()
    for question in interview.questions:
        name = question.row or question.label
        if name in seen or (question.is_settled and question.row):
            continue
        seen.add(name)
        said = row_name(case, question.row) if question.row else question.label
        yield f"第 {question.number} 问：{said}"


def summed(snapshot: Snapshot) -> str:
    """Where the form stands, in one sentence."""
    total = snapshot.sheet.total
    entered = "未填" if total.entered is None else points(total.entered)
    return (
        f"总分已得 {points(total.earned)}，最低 {points(total.low)}，最高 {points(total.high)}，"
        f"表上填的总分 {entered}，等级 {snapshot.sheet.grade_words}。"
    )
