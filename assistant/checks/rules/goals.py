"""G: 年度总体目标 — does 实际完成情况 answer the 预期目标, and does it agree with the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.check import Outcome, Remark, check
from assistant.checks.form import Form
from assistant.checks.text import (
    han_count,
    likeness,
    shortened,
    squeeze,
    unwrap,
    without_titles,
)
from assistant.checks.text_claims import all_done, undone
from assistant.checks.text_coverage import coverage, is_out_of_order
from assistant.checks.text_items import leaves
from assistant.checks.text_rows import goal_place, is_missed, is_missed_by_number
from assistant.checks.text_words import SLOGANS, VAGUE
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern

RULES = "财预〔2020〕10号：自评内容包括总体绩效目标完成情况"
REVIEW = "绩效自评复核常见问题"

_ONLY_AMOUNT = pattern(r"(?:共|合计|全年|支出|执行|完成)*\d+(?:\d|[万亿元个次项%])*(?:元)?")
_ONLY_DONE = pattern(
    r"(?:已|均已|全部|已全部|按期|按时|按计划|如期|顺利|圆满|基本|达成|项目|目标|任务|年度|预期|指标|工作|良好|正常)*(?:完成|达成|达标|实现|达到)?(?:年度|预期|目标|任务|指标|情况|良好|工作|项目|了)*"
)
_VAGUE = pattern("|".join(sorted(map(re.escape, VAGUE), key=len, reverse=True)))
_SLOGAN = pattern("|".join(sorted(map(re.escape, SLOGANS), key=len, reverse=True)))
_FUTURE = pattern(
    r"(?<![已即必可行])将(?:进一步|继续|会|要|于(?:20|\d|明|次|下)|在(?:20|\d|明|次|下|今后)|持续|积极|不断|加快|加大|大力|努力|逐步|力争|适时|尽快|开展|启动|举办|推进|完善|加强|组织)"
    r"|(?<![虚模草比起初])拟(?=[于在开建举组对投启出召申采将聘请新用进通制])(?![定订])|力争|争取(?=在|于|实现|完成|达到|尽快|早日)|(?<!有)计划(?=于|在(?:明|次|下|20)|明年|次年|下一?年)"
    r"|预计(?=[于在到可将\d明次能])|打算|有望|即将(?=[完开启投竣])|下一步|明年将?|今后将?|将于"
)
_PAST = pattern(r"了|已经?|均")
_COPIED = 90


def _is_trivial(text: str) -> bool:
    """Whether G01 or G04 already says that the text is no account at all."""
    plain_text = squeeze(text)
    return not plain_text or bool(_ONLY_AMOUNT.fullmatch(plain_text) or _ONLY_DONE.fullmatch(plain_text))


def _is_figure(text: str) -> bool:
    return han_count(text) <= 8 and any(map(str.isdigit, text))


@check("G01", "实际完成情况未填", Severity.ERROR, RULES)
def actual_missing(form: Form) -> Iterator[Outcome]:
    """年度总体目标填了预期目标，实际完成情况是空的。

    做什么：预期目标不空而实际完成情况为空（或只有“/”“—”）时提出；两格都空的，作提醒；只有预期目标空的见 D17。
    为什么：总体目标完成情况是自评的必填内容。
    触发：
    - 预期目标 培训300人，编写教材2册。
    不触发：
    - 完成情况 培训312人，编写教材2册。
    - 预期目标 培训300人，编写教材2册。｜完成情况 培训312人，编写教材2册。
    来源：财预〔2020〕10号；自评表表样。
    """
    for index, goal in enumerate(form.case.goals):
        if squeeze(goal.actual):
            continue
        promised = bool(squeeze(goal.expected))
        yield Remark(
            path=f"goals[{index}].actual",
            cell=goal.actual,
            message=f"{goal_place(form, index)}没有填写。"
            if promised
            else "年度总体目标的预期目标和实际完成情况都没有填写。",
            fix="对照预期目标逐项写明做了什么、数量多少、形成什么成果。"
            if promised
            else "先按批复的绩效目标填写预期目标，再逐项写明完成情况。",
            severity=None if promised else Severity.WARNING,
        )


@check("G02", "完成情况照抄预期目标", Severity.WARNING, REVIEW)
def actual_copies_expected(form: Form) -> Iterator[Outcome]:
    """实际完成情况与预期目标几乎一字不差。

    做什么：两段文字（不计标点）相似度达到90%时提出。
    为什么：照抄目标等于没有写完成情况。
    触发：
    - 预期目标 开展技能培训300人，编写教材2册，提升从业人员水平。｜完成情况 开展技能培训300人，编写教材2册，提升从业人员水平。
    不触发：
    - 预期目标 开展技能培训300人，编写教材2册，提升从业人员水平。｜完成情况 全年办班6期，培训312人；编写《电工基础》等教材2册；结业考核合格率98%。
    来源：公开自评表中的实例。
    """
    for index, goal in enumerate(form.case.goals):
        if han_count(goal.expected) < 6 or _is_trivial(goal.actual):
            continue
        alike = likeness(_PAST.sub("", goal.expected), _PAST.sub("", goal.actual))
        if alike >= _COPIED:
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"{goal_place(form, index)}与预期目标相似度{alike}%，几乎照抄。",
                fix="改写为已经做的事：动作、对象、实际数量、成果名称和效果。",
                data={"likeness": str(alike)},
            )


@check("G03", "目标没有逐项回应", Severity.WARNING, REVIEW)
def goal_items_unanswered(form: Form) -> Iterator[Outcome]:
    """预期目标列了几项，实际完成情况没有一一回应。

    做什么：把预期目标按编号（没有编号的按句）分项，看完成情况有没有对应编号、或提到该项的字眼；都没有的逐项列出。各项都有而次序不同的，作建议。
    为什么：复核时逐项对照，少一项就问一项。
    触发：
    - 预期目标 1.举办技能培训班6期；2.编写电工教材2册；3.建设实训基地1处。｜完成情况 1.举办技能培训班6期，培训312人；2.编写电工教材2册。
    不触发：
    - 预期目标 1.举办技能培训班6期；2.编写电工教材2册。｜完成情况 1.举办技能培训班6期，培训312人；2.编写电工教材2册。
    - 预期目标 举办技能培训班6期；编写电工教材2册。｜完成情况 全年办技能培训班6期，电工教材编写完成2册。
    来源：绩效自评复核常见问题。
    """
    for index, goal in enumerate(form.case.goals):
        if _is_trivial(goal.actual) or likeness(goal.expected, goal.actual) >= _COPIED:
            continue
        covered = coverage(goal.expected, goal.actual)
        if len(covered) < 2:
            continue
        marks = len(leaves(goal.expected))
        as_many_marks = 2 <= marks <= len(leaves(goal.actual))
        missing = [each.item for each in covered if not (each.share if as_many_marks else each.is_answered)]
        if missing and not (as_many_marks and len(missing) == len(covered)):
            shown = "、".join(f"“{shortened(piece.rstrip('。；;'), 16)}”" for piece in missing[:3])
            more = f"等{len(missing)}项" if len(missing) > 3 else f"（{len(missing)}项）"
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"预期目标分{len(covered)}项，{goal_place(form, index)}没有回应{shown}{more}。",
                fix="按预期目标的编号和次序逐项写完成情况；没有做的写明原因。",
                data={"missing": str(len(missing)), "promised": str(len(covered))},
            )
        elif as_many_marks and not missing and is_out_of_order(covered):
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"{goal_place(form, index)}各项的次序与预期目标不一致。",
                fix="按预期目标的编号和次序排列，便于逐项对照。",
                severity=Severity.HINT,
            )


@check("G04", "完成情况只有一个数或“完成”", Severity.ERROR, RULES)
def actual_is_trivial(form: Form) -> Iterator[Outcome]:
    """实际完成情况只写了一个金额、一个数，或只写“完成”。

    做什么：整格只有数字（可带单位）或“已完成”“完成年度目标”一类的话时提出。
    为什么：看不出做了什么、做了多少，不构成完成情况。
    触发：
    - 预期目标 维修校舍3处｜完成情况 43.2
    - 预期目标 维修校舍3处｜完成情况 已全部完成。
    不触发：
    - 预期目标 维修校舍3处｜完成情况 维修校舍3处，11月通过验收。
    来源：财预〔2020〕10号；公开自评表中的实例。
    """
    for index, goal in enumerate(form.case.goals):
        if squeeze(goal.actual) and _is_trivial(goal.actual):
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"{goal_place(form, index)}只写“{shortened(goal.actual)}”，看不出做了什么。",
                fix="对照预期目标逐项写明动作、对象、数量和成果。",
                # a goal that is itself only a figure (发放率100%) may be answered by one, if poorly
                severity=Severity.WARNING if _is_figure(goal.expected) and _is_figure(goal.actual) else None,
            )


@check("G05", "文字与指标的完成情况矛盾", Severity.ERROR, REVIEW)
def text_contradicts_rows(form: Form) -> Iterator[Outcome]:
    """完成情况说全部完成，却有指标没达到；或者说有未完成的，指标却全部满分。

    做什么：“各项指标全部完成”一类的话与数字、日期确实未达标的行同时出现时为错误；其余未达成的行、以及说未完成而全部满分的，作提醒。
    为什么：总述与指标矛盾，复核时首先被问。
    触发：
    - 完成情况 全年各项绩效指标均已完成。 ‖ 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8
    - 完成情况 设备已采购，信息平台尚未验收。 ‖ 指标值 ≥100人｜完成值 120人｜分值 10｜得分 10
    不触发：
    - 完成情况 除培训人次外，各项绩效指标均已完成。 ‖ 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8
    - 完成情况 全年各项绩效指标均已完成。 ‖ 指标值 ≥100人｜完成值 120人｜分值 10｜得分 10
    来源：绩效自评复核常见问题。
    """
    missed = [row for row in form.scored_rows if is_missed(row)]
    all_full = bool(form.scored_rows) and all(row.is_full for row in form.scored_rows)
    for index, goal in enumerate(form.case.goals):
        if missed:
            if said := all_done(goal.actual):
                firm = next((row for row in missed if is_missed_by_number(row)), None)
                row = firm or missed[0]
                yield Remark(
                    path=f"goals[{index}].actual",
                    cell=goal.actual,
                    message=f"{goal_place(form, index)}写“{said}”，但{row.place}目标“{row.cells.target.strip()}”、实际“{row.cells.actual.strip()}”。",
                    fix="如实写明哪些完成、哪些没有完成，没有完成的说明原因。",
                    severity=None if firm else Severity.WARNING,
                    data={"row": row.path},
                )
        elif all_full and (said := undone(goal.actual)):
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"{goal_place(form, index)}写“{said}”，而全部指标都是满分。",
                fix="核对：确有未完成的，相应指标应扣分；已完成的，改掉这句话。",
                severity=Severity.WARNING,
            )


@check("G07", "完成情况用词含糊", Severity.HINT, REVIEW)
def vague_words(form: Form) -> Iterator[Outcome]:
    """完成情况用“基本完成”“大部分”“若干”“相关工作”代替数量。

    做什么：查实际完成情况中的含糊用词（书名号里的不算），一格提一次并列出。
    为什么：含糊的词无法核实，复核时会要求改成数字。
    触发：
    - 完成情况 基本完成设备采购，开展相关工作若干次。
    不触发：
    - 完成情况 采购设备12台，举办培训6期312人。
    来源：绩效自评复核常见问题。
    """
    for index, goal in enumerate(form.case.goals):
        words = tuple(dict.fromkeys(_VAGUE.findall(without_titles(unwrap(goal.actual)))))
        if words:
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"{goal_place(form, index)}用了“{'”“'.join(words[:4])}”，没有说清数量。",
                fix="换成具体的数：完成几项、占多少、还差多少。",
                data={"words": ",".join(words)},
            )


@check("G08", "把打算写成完成", Severity.HINT, REVIEW)
def plans_as_results(form: Form) -> Iterator[Outcome]:
    """完成情况里写了将来的打算或口号。

    做什么：查实际完成情况中的“将继续”“拟于”“力争”“下一步”和口号；“将……纳入”“已即将”等叙述不算。
    为什么：这一格只写已经做的事；打算应写进改进措施。
    触发：
    - 完成情况 建成平台1个，下一步将继续完善功能，力争明年投入使用。
    不触发：
    - 完成情况 建成平台1个，将12个部门的数据纳入目录，比计划提前1个月。
    来源：绩效自评复核常见问题。
    """
    for index, goal in enumerate(form.case.goals):
        text = without_titles(unwrap(goal.actual))
        words = tuple(dict.fromkeys((*_FUTURE.findall(text), *_SLOGAN.findall(text))))
        if words:
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"{goal_place(form, index)}里“{'”“'.join(words[:4])}”是打算或口号，不是已完成的事。",
                fix="改成已做的事；下一步的打算移到“偏差原因分析及改进措施”。",
                data={"words": ",".join(words)},
            )
