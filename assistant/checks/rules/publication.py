"""P: what must not be published, or not leave the house at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.checks.check import Outcome, Remark, check
from assistant.checks.form import Form, Row
from assistant.checks.text_private import Private, masked, private_parts, secrecy_words
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile

_LEFT_BEHIND = pattern(
    r"(?P<path>[A-Za-z]:\\[^\s，。；]+|\\\\[^\s，。；]+\\[^\s，。；]+|/(?:home|Users|mnt|media)/[^\s，。；]+|file://[^\s，。；]+)"
    r"|(?P<note>[\[【（(]\s*(?:批注|修订|审阅|注释|备注)\s*[^\]】）)]{0,40}[\]】）)]|[\[【（(]?(?:此处|这里)(?:需|待|请|要)(?:补充|核实|修改|确认)[^\]】）)。]{0,20}[\]】）)]?)"
)
_LABELS = {
    "project": "项目名称",
    "unit": "实施单位",
    "department": "主管部门",
    "expected": "预期目标",
    "actual": "完成情况",
    "level3": "指标名称",
    "target": "指标值",
    "reason": "原因说明",
    "evidence": "佐证材料",
}


def _head(form: Form) -> Iterator[tuple[str, str, str]]:
    """The cells of words outside the rows: path, name for a message, text."""
    case = form.case
    for name, text in (("project", case.project), ("department", case.department), ("unit", case.unit)):
        yield name, f"“{_LABELS[name]}”", text
    for index, goal in enumerate(case.goals):
        yield f"goals[{index}].expected", f"“{_LABELS['expected']}”", goal.expected
        yield f"goals[{index}].actual", f"“{_LABELS['actual']}”", goal.actual


def _of_row(row: Row) -> Iterator[tuple[str, str, str]]:
    """The cells of words of one row, likewise."""
    cells = row.cells
    for name, text in (
        ("level3", cells.level3),
        ("target", cells.target),
        ("actual", cells.actual),
        ("reason", cells.reason),
        ("evidence", cells.evidence),
    ):
        if len(text) > 3:
            yield f"{row.path}.{name}", f"{row.place}的{_LABELS[name]}", text


def _private(cells: Iterable[tuple[str, str, str]]) -> Iterator[Remark]:
    for path, where, text in cells:
        if found := private_parts(text):
            yield Remark(
                path=path,
                cell=masked(text, found),
                message=f"{where}含有{_kinds(found)}（{found[0].shown}），公开前应遮住。",
                fix="删去或遮住；需要留存的放在不公开的附件里。",
                cures=(Fix(path=path, text=masked(text, found), label="遮住个人信息"),),
                data={"kinds": ",".join(dict.fromkeys(part.kind for part in found))},
            )


def _private_in_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    return _private(_of_row(row))


@check(
    "P01",
    "含个人信息",
    Severity.WARNING,
    "《中华人民共和国个人信息保护法》；自评表随决算公开",
    in_rows=_private_in_row,
)
def personal_data(form: Form) -> Iterator[Outcome]:
    """表上有姓名、电话、身份证号、银行账号或住址，公开前要遮住。

    做什么：表头填了负责人姓名或电话时提出；在各处文字中查手机号、固定电话、身份证号（校验末位）、银行账号、家庭住址和标明的姓名。
    为什么：自评表一般随决算公开，个人信息不应公开，也不应发给联网的模型。
    触发：
    - 负责人 某某某｜电话 13800000000
    - 完成值 9场｜原因 场馆维修，联系人：王某某，电话13800000000，拟于3月补办。
    不触发：
    - 完成值 9场｜原因 场馆维修，拟于2023年3月补办，预算1380000.00元。
    来源：《中华人民共和国个人信息保护法》；政府信息公开的一般做法。
    """
    for index, person in enumerate(form.case.people):
        held = [word for word, text in (("姓名", person.name), ("联系电话", person.phone)) if _is_told(text)]
        if held:
            yield Remark(
                path=f"people[{index}]",
                cell=person.role,
                message=f"表头的{person.role}填有{'和'.join(held)}，公开时应遮住。",
                fix="送审版照填；公开时用“公开版”导出，姓名和电话会自动遮住。",
                data={"kinds": ",".join(held)},
            )
    yield from _private(_head(form))


def _is_told(cell: str) -> bool:
    """Whether a cell holds somebody's data: neither blank nor masked (×××, 张**, 138****0000)."""
    said = cell.strip()
    return said.strip("-—–/\\_.…无略暂xX") != "" and not any(mask in said for mask in "*＊×✱")


def _kinds(found: tuple[Private, ...]) -> str:
    return "、".join(dict.fromkeys(part.kind for part in found))


def _secret(cells: Iterable[tuple[str, str, str]]) -> Iterator[Remark]:
    for path, where, text in cells:
        if words := secrecy_words(text):
            yield Remark(
                path=path,
                cell=text,
                message=f"{where}出现“{'”“'.join(words)}”，可能涉密。",
                fix="先请保密部门确认；涉密的不公开，也不使用联网的模型，只用本机功能填报。",
                data={"words": ",".join(words)},
            )


def _secret_in_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    return _secret(_of_row(row))


@check(
    "P02",
    "可能涉密",
    Severity.WARNING,
    "《中华人民共和国保守国家秘密法》；涉密项目不公开",
    in_rows=_secret_in_row,
)
def maybe_secret(form: Form) -> Iterator[Outcome]:
    """出现涉密、内部资料、国防工程等字样，先停下来确认。

    做什么：在各处文字中查涉密一类的词；“非涉密”“不涉及国家秘密”“商业秘密”“计算机密码”等不算。
    为什么：涉密项目不公开，也不得使用联网的模型；敏感项目可以公开结果、不公开细节。
    触发：
    - 项目 涉密机房改造
    - 完成情况 完成机密级网络建设2处。
    不触发：
    - 项目 机房改造（非涉密）
    - 完成情况 更换计算机密码设备，加强内部控制，完成内部审计2次。
    来源：《中华人民共和国保守国家秘密法》；财预〔2016〕143号（除涉及国家秘密外应公开）。
    """
    yield from _secret(_head(form))


def _traces(cells: Iterable[tuple[str, str, str]]) -> Iterator[Remark]:
    for path, where, text in cells:
        if left := _left_in(text):
            yield Remark(
                path=path,
                cell=text,
                message=f"{where}留有{left}。",
                fix="定稿前删去；佐证只写文件名称、文号或份数。",
            )


def _traces_in_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    return _traces(_of_row(row))


@check("P03", "留有路径或批注", Severity.HINT, "公开文件应清除编辑痕迹", in_rows=_traces_in_row)
def left_behind(form: Form) -> Iterator[Outcome]:
    r"""文字里留有本机路径、批注或“此处待核实”一类的话。

    做什么：在各处文字中查电脑路径和批注；文档本身的作者、修订记录在导入时另行去除。
    为什么：这些痕迹会暴露账号和内部意见，也说明文字没有定稿。
    触发：
    - 完成值 9场｜原因 场馆维修（批注：请核实日期），拟于3月补办。
    - 完成值 9场｜佐证 D:\绩效\佐证\验收单.pdf
    不触发：
    - 完成值 9场｜佐证 验收单（2022年11月30日）
    来源：公开自评表文件中的实例。
    """
    yield from _traces(_head(form))


@lru_cache(maxsize=4096)
def _left_in(text: str) -> str:
    """The first path or note of *text*, with its kind; ``""`` where it has none."""
    found = _LEFT_BEHIND.search(text)
    if found is None:
        return ""
    return f"{'电脑路径' if found['path'] else '批注'}“{found[0]}”"
