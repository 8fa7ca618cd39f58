"""R: 偏差原因分析及改进措施 — is there one where points are lost, and does it agree with the row and the text.

What makes a reason a good one is in ``reason_quality``.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text import length, shortened
from assistant.checks.text_claims import none_undone, undone
from assistant.checks.text_reason import says_nothing
from assistant.checks.text_row_numbers import claims
from assistant.checks.text_rows import is_met_by_number, is_missed, is_missed_by_number, points
from assistant.domain.amounts import ZERO
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Kind, Verdict

RULES = "财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并提出改进措施"
PRACTICE = "绩效自评复核常见问题"

_OVER_ONLY = pattern(r"超额|超出|超过|超目标|超预期|高于(?:年度|预期|计划|指标|目标)|大幅超")
_TARGET_SET = pattern(
    r"指标值|目标值|设定|申报|测算|预估|估计|预计|保守|偏低|编制|次年|下一?年|20\d\d年|需求|增加|新增|报名|依据"
)


@row_check("R01", "扣分未说明原因", Severity.ERROR, RULES)
def deduction_without_reason(row: Row, profile: Profile) -> Iterator[Outcome]:
    """扣了分，但没有填写偏差原因分析及改进措施。

    做什么：得分低于分值、而“偏差原因分析及改进措施”为空时提出。数字已达标却扣分的由 T05 提出；自评已达成仍扣分的，作提醒。
    为什么：扣分而不说明，复核时首先被退回。
    触发：
    - 指标值 ≥10场｜完成值 9场｜分值 10｜得分 9
    - 三级 群众生活改善｜指标值 明显改善｜完成值 部分达成年度指标并具有一定效果｜分值 10｜得分 7
    不触发：
    - 指标值 ≥10场｜完成值 9场｜分值 10｜得分 9｜原因 场馆维修停用，12月一场改至次年1月举办，由培训科落实。
    - 指标值 ≥10场｜完成值 10场｜分值 10｜得分 10
    来源：财预〔2020〕10号；预算管理系统填报时的必填提示。
    """
    if not row.loses_points or row.reason or is_met_by_number(row) or (row.score or ZERO) < ZERO:
        return  # a score below nothing is a slip (A06), no deduction
    is_reached = row.comparison.verdict is Verdict.MET
    given = row.line.override_reason  # said to the program, not yet on the form
    yield Remark(
        path=f"{row.path}.reason",
        message=f"{row.place}{points(row)}，扣了分但没有写偏差原因和改进措施。",
        fix="写明差在哪里、为什么、由谁在什么时间怎么改进；若不应扣分，请改得分。",
        cures=(Fix(path=f"{row.path}.reason", text=given, label="填入改分时写的理由"),) if given else (),
        severity=Severity.HINT if given else Severity.WARNING if is_reached else None,
    )


@row_check("R02", "扣分原因填了“无”", Severity.ERROR, RULES)
def placeholder_as_reason(row: Row, profile: Profile) -> Iterator[Outcome]:
    """扣了分，原因栏却写“无”“暂无”“略”一类的话。

    做什么：得分低于分值、原因栏只有占位的话（无、暂无、略、没有偏差、已完成、—）时提出；数字已达标的作提醒。
    为什么：扣分与“无偏差”自相矛盾，等于没有说明。
    触发：
    - 指标值 ≥10场｜完成值 9场｜分值 10｜得分 9｜原因 无
    - 指标值 ≥95%｜完成值 94.6%｜分值 10｜得分 9｜原因 没有偏差。
    不触发：
    - 指标值 ≥10场｜完成值 10场｜分值 10｜得分 10｜原因 无
    - 指标值 ≥10场｜完成值 9场｜分值 10｜得分 9｜原因 无合适场地，1场未办，拟于2023年3月前补办。
    来源：财预〔2020〕10号；公开自评表中的实例。
    """
    if row.loses_points and row.reason and says_nothing(row.reason):
        yield Remark(
            path=f"{row.path}.reason",
            cell=row.reason,
            message=f"{row.place}{points(row)}，原因栏却只写“{row.reason}”。",
            fix="写明扣分的具体原因和改进措施；确无偏差的，请把得分改为分值。",
            severity=Severity.WARNING if is_met_by_number(row) else None,
        )


@row_check("R06", "满分却说未完成", Severity.WARNING, PRACTICE)
def full_marks_but_undone(row: Row, profile: Profile) -> Iterator[Outcome]:
    """得了满分，说明里却写着没有完成。

    做什么：得分等于分值，原因、文字的完成值或佐证又说“未完成”“尚未验收”“仅完成”时提出；“没有未完成的”“原未完成部分已补齐”不算。
    为什么：文字与得分矛盾，复核时以文字为准扣分。
    触发：
    - 指标值 100%｜完成值 100%｜分值 10｜得分 10｜原因 设备已到货，尚未验收，拟于2023年1月验收。
    - 三级 平台建设｜指标值 建成平台｜完成值 主体已建成，尚未验收｜分值 10｜得分 10
    不触发：
    - 三级 平台建设｜指标值 建成平台｜完成值 平台已建成，3月上线运行｜分值 10｜得分 10
    - 指标值 100%｜完成值 100%｜分值 10｜得分 10｜原因 没有未完成的事项。
    - 指标值 100%｜完成值 100%｜分值 10｜得分 10｜原因 上年未完成的2台已于3月全部到货验收。
    来源：绩效自评复核常见问题。
    """
    if not row.is_full:
        return
    for cell, text in (
        ("reason", row.reason),
        ("actual", row.cells.actual),
        ("evidence", row.cells.evidence),
    ):
        if cell == "actual" and (row.actual.kind is not Kind.TEXT or is_missed(row)):
            continue  # a level or a figure that misses its target is the business of T04
        if said := undone(text):
            yield Remark(
                path=f"{row.path}.{cell}",
                cell=text,
                message=f"{row.place}{points(row)}是满分，{_CELLS[cell]}里却写“{said}”。",
                fix="核对完成情况：确未完成的相应扣分；已完成的，改掉这句话。",
            )
            return


_CELLS = {"reason": "原因说明", "actual": "实际完成值", "evidence": "佐证材料"}


@check("R11", "称无未完成目标而有行未达标", Severity.ERROR, RULES)
def claims_nothing_undone(form: Form) -> Iterator[Outcome]:
    """文字说没有未完成的绩效目标，表中却有指标没有达到。

    做什么：“未完成的绩效目标（无）”“不存在未完成的指标”与未达标的行同时出现时提出；只有数字或日期确实未达标才算错误。
    为什么：差一点也是未完成，写“无”与表内数据矛盾。
    触发：
    - 完成情况 项目按计划实施。未完成的绩效目标（无）。 ‖ 指标值 ≥95%｜完成值 94.60%｜分值 10｜得分 9
    不触发：
    - 完成情况 项目按计划实施。未完成的绩效目标（无）。 ‖ 指标值 ≥95%｜完成值 95%｜分值 10｜得分 10
    来源：公开自评报告中的实例；财预〔2020〕10号。
    """
    missed = [row for row in form.scored_rows if is_missed(row)]
    if not missed:
        return
    firm = next((row for row in missed if is_missed_by_number(row)), None)
    for path, text in _said(form):
        if said := none_undone(text):
            row = firm or missed[0]
            yield Remark(
                path=path,
                cell=text,
                message=f"文字写“{said}”，但{row.place}目标“{row.cells.target}”、实际“{row.cells.actual}”，没有达到。",
                fix="把未达标的指标逐项列出，并说明原因和改进措施。",
                severity=None if firm else Severity.WARNING,
            )


def _said(form: Form) -> Iterator[tuple[str, str]]:
    """The texts that speak of the whole form: 实际完成情况, and blocks a form added."""
    for index, goal in enumerate(form.case.goals):
        yield f"goals[{index}].actual", goal.actual
    for name, extra in (form.case.model_extra or {}).items():
        if isinstance(extra, str):
            yield name, extra


@row_check("R12", "原因中的数与本行不符", Severity.ERROR, PRACTICE)
def numbers_in_reason_disagree(row: Row, profile: Profile) -> Iterator[Outcome]:
    """原因里写的计划数、实际数、完成率或扣分，与本行的指标值、完成值、得分不一致。

    做什么：只比较写明了身份的数：“目标（指标值）××”“实际完成××”“完成率××%”“扣×分”，以及成对的“计划××，实际××”；
    单位不同、分期分项、约数不比较。
    为什么：原因与本行两个数，必有一个是错的。
    触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 计划100人，实际完成85人，因讲师调离第二期停办，次年1月补训。
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 因讲师调离第二期停办，自评扣1分，次年1月补训。
    不触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 计划100人，实际完成80人，完成率80%，第二期20人因讲师调离停办，次年1月补训。
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 第二期计划50人，实际30人，因讲师调离，次年1月补训。
    来源：绩效自评复核常见问题。
    """
    if not row.reason or not any(map(str.isdigit, row.reason)):
        return
    for claim in claims(row):
        yield Remark(
            path=f"{row.path}.reason",
            cell=row.reason,
            message=f"{row.place}的原因写“{claim.said}”，本行{claim.about}是“{claim.shown}”。",
            fix="核对后把两处改成同一个数。",
            severity=None if claim.is_firm else Severity.WARNING,
            data={"text": claim.said},
        )


@row_check(
    "R14", "只写“超额完成”", Severity.HINT, "财预〔2020〕10号：远超目标值的应分析原因，目标偏低的适度调减"
)
def only_exceeded(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值超过目标，说明只写“超额完成”。

    做什么：实际值高于目标，原因栏只有“超额完成”“超出预期”，没有说为什么超、目标怎么定时提出。
    为什么：超出很多往往是目标定低了，应说明依据并在下一年调整。
    触发：
    - 指标值 ≥3次｜完成值 6次｜分值 5｜得分 5｜原因 超额完成年度任务。
    不触发：
    - 指标值 ≥3次｜完成值 6次｜分值 5｜得分 5｜原因 企业报名增加，加办3次；2023年指标值按近三年均数设定。
    - 指标值 ≥3次｜完成值 3次｜分值 5｜得分 5
    来源：财预〔2020〕10号。
    """
    if not row.reason or row.comparison.verdict is not Verdict.MET:
        return
    ratio = row.comparison.ratio
    if ratio is None or ratio <= 1 or not _OVER_ONLY.search(row.reason) or _TARGET_SET.search(row.reason):
        return
    if not any(word in row.reason for word in ("因", "由于", "受")):
        yield Remark(
            path=f"{row.path}.reason",
            cell=row.reason,
            message=f"{row.place}目标“{row.cells.target}”、实际“{row.cells.actual}”，只写了“{shortened(row.reason)}”，没有说为什么超出。",
            fix="说明超出的原因（需求增加、目标定低等），以及下一年指标值怎么设定。",
        )


def _over(path: str, where: str, text: str, limit: int | None) -> Iterator[Remark]:
    if limit and len(text) > limit and (count := length(text)) > limit:
        yield Remark(
            path=path,
            cell=text,
            message=f"{where}有{count}字，超出{limit}字的限制。",
            fix=f"删去{count - limit}字以上：先删重复的事实和套话，保留数字、原因和措施。",
            data={"length": str(count), "limit": str(limit)},
        )


def _reason_too_long(row: Row, profile: Profile) -> Iterator[Outcome]:
    return _over(f"{row.path}.reason", f"{row.place}的原因", row.reason, profile.text_limits.get("reason"))


@check(
    "R15",
    "文字超出字数",
    Severity.WARNING,
    "各地表样和预算管理系统的字数限制",
    in_rows=_reason_too_long,
)
def too_long(form: Form) -> Iterator[Outcome]:
    """文字超出本地规则允许的字数。

    做什么：按所选规则的字数限制（不计空格和换行）检查偏差原因和实际完成情况；规则没有限制的不检查。
    为什么：超出的部分系统存不进去，或打印时被截断。
    触发：
    - 规则 sichuan-2023｜完成值 9场｜原因 因场馆自3月起维修停用，原定第三季度的两场改在分馆举办，分馆座位只有主馆的一半，报名人数虽然较多，现场只能
      按座位数接待，少服务了四十二人次；已与主馆商定2023年4月恢复使用，由活动部于2023年5月底前补办两场，同时在线上开放录像，并按近三年平均人次
      重新测算2023年指标值。
    不触发：
    - 规则 sichuan-2023｜完成值 9场｜原因 场馆维修停用，2023年4月补办。
    来源：各地表样（如四川100字）；预算管理系统（2000字）。
    """
    limit = form.profile.text_limits.get("goal")
    for index, goal in enumerate(form.case.goals):
        yield from _over(f"goals[{index}].actual", "“实际完成情况”", goal.actual, limit)
