"""V: 佐证材料 — what would a reviewer ask to see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text import sentences, squeeze
from assistant.checks.text_rows import is_qualitative
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Kind

REVIEW = "绩效自评复核：无佐证材料的不予认可"
GUIDE = "财预〔2021〕101号：佐证资料、完成值取值方式"

_PROOF = pattern(
    r"佐证|见附件|附件\d|详见|《[^》]+》|验收(?:报告|单|意见)|检测报告|统计(?:表|数据|报表)|通知|批复|证书|截图|报道|台账|发票|合同|签到表|问卷"
)
_SURVEY_NUMBER = pattern(
    r"(?:发放|发出|收回|回收|有效|样本|抽样|抽取|随机|访谈|访问|回访|随访|走访|入户|调查|参评|评价|问卷)[^。；]{0,14}?(\d[\d,]*)\s*(?:余|多)?\s*(?:份|人|户|名|家|位|件|个|张)"
    r"|(\d[\d,]*)\s*(?:余|多)?\s*(?:份|人|户|名|家|位|个)[^。；，]{0,10}(?:问卷|样本|受访|参与(?:调查|评价)|评价|调查)"
    r"|样本(?:量|数)[为：:]?\s*(\d[\d,]*)|n\s*=\s*(\d+)"
)
_SURVEY_METHOD = pattern(
    r"问卷|访谈|访问|走访|面访|随访|暗访|入户|上门|电话(?:回访|调查)|网上(?:评议|评价|调查)|线上(?:评议|评价|调查)|抽样|座谈|测评|扫码|评价系统|第三方|回访|满意度调查|调查表|评价表|好差评"
)
_SURVEY_DATE = pattern(r"20\d\d|\d{1,2}\s*月|季度|[上下]半年|年[底末初中]|学期末?")
_NO_COMPLAINT = pattern(
    r"(?:未|没有?|无|零)(?:收到|接到|发生|出现)?[^。；，]{0,12}(?:投诉|举报|信访|差评)|12315|12345"
)
_BARE_DONE = frozenset(
    {
        "完成",
        "已完成",
        "全部完成",
        "已全部完成",
        "按期完成",
        "按时完成",
        "按计划完成",
        "已按计划完成",
        "如期完成",
        "基本完成",
        "完成率100",
    }
)
_DEFINED = pattern(
    r"签[订约署]|合同|验收|交付|竣工|完工|通过|支付|拨付|发布|印发|上线|投[用运]|开[工馆业]|举办|结题|备案|报告|培训|编制|采购|安装|入库"
)
SMALL_SAMPLE = 30


@row_check("V01", "定性或效益指标没有佐证", Severity.WARNING, REVIEW)
def no_evidence(row: Row, profile: Profile) -> Iterator[Outcome]:
    """定性指标、效益指标没有登记佐证材料。

    做什么：指标值是文字（含优良中低差）的行和效益指标的行，已填完成值而“佐证材料”为空、完成值和说明里也没有提到材料时提出。
    为什么：复核时没有材料的定性、效益指标可能按0分计。
    触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 群众生活改善｜指标值 明显改善｜完成值 达成年度指标｜分值 10｜得分 10
    - 三级 知识产权服务｜指标值 优良中低差｜完成值 优｜分值 5｜得分 5
    不触发：
    - 三级 知识产权服务｜指标值 优良中低差｜完成值 优｜分值 5｜得分 5｜佐证 服务台账、用户评价表12份
    - 指标值 ≥10场｜完成值 10场｜分值 10｜得分 10
    来源：绩效自评复核规则；财预〔2021〕101号。
    """
    if row.actual.kind is Kind.NONE or row.area == "满意度" or row.cells.evidence.strip():
        return
    is_worded = is_qualitative(row)
    if not (is_worded or row.area == "效益"):
        return
    if _PROOF.search(row.cells.actual) or _PROOF.search(row.reason):
        return
    sort = "定性指标" if is_worded else "效益指标"
    yield Remark(
        path=f"{row.path}.evidence",
        message=f"{row.place}是{sort}，完成值“{row.cells.actual.strip()}”没有登记佐证材料。",
        fix="在“佐证材料”写上能证明的文件，例如通知、验收单、统计表、评价表的名称和份数。",
    )


def _about_satisfaction(form: Form) -> list[str]:
    """The sentences of the goal texts that speak of satisfaction or a survey."""
    return [
        sentence
        for goal in form.case.goals
        for sentence in sentences(goal.actual)
        if "满意" in sentence or "问卷" in sentence
    ]


def _is_satisfaction(row: Row) -> bool:
    """Whether the row reports a satisfaction."""
    return (row.area == "满意度" or "满意" in row.cells.level3) and row.actual.kind is not Kind.NONE


def _told_of_satisfaction(row: Row) -> tuple[str, str, str] | None:
    """Evidence, actual and reason of a row that counts and reports a satisfaction."""
    if not row.counts or not _is_satisfaction(row):
        return None
    return row.cells.evidence, row.cells.actual, row.reason


def _sample(text: str) -> str:
    """The number of people asked, as digits, or ``""``."""
    found = _SURVEY_NUMBER.search(text)
    return next((group for group in found.groups() if group), "").replace(",", "") if found else ""


@check("V02", "满意度没有调查依据", Severity.WARNING, REVIEW)
def no_survey(form: Form) -> Iterator[Outcome]:
    """满意度没有写调查的方式、样本量和时间。

    做什么：满意度指标已填完成值，而佐证、完成值、说明和实际完成情况中找不到调查方式或样本量时提出；只缺时间的作建议；
    以“没有投诉”代替调查的一并提出。
    为什么：没有调查数据的满意度，复核时可能按0分计；“没有投诉”不等于满意。
    触发：
    - 一级 满意度指标｜二级 服务对象满意度指标｜三级 学员满意度｜指标值 ≥85%｜完成值 93%｜分值 10｜得分 10
    - 一级 满意度指标｜二级 服务对象满意度指标｜三级 商户满意度｜指标值 ≥90%｜完成值 100%｜佐证 全年未收到投诉
    不触发：
    - 一级 满意度指标｜二级 服务对象满意度指标｜三级 学员满意度｜指标值 ≥85%｜完成值 93%｜佐证 2022年12月发放问卷120份，收回118份
    来源：绩效自评复核规则；财预〔2021〕101号（问卷调查取值）。
    """
    about = None
    for row, (evidence, actual, reason) in form.rows_saying(_told_of_satisfaction):
        if about is None:
            about = "。".join(_about_satisfaction(form))
        told = "。".join((evidence, actual, reason, about))
        has_method, has_size = bool(_SURVEY_METHOD.search(told)), bool(_sample(told))
        if _NO_COMPLAINT.search(told) and not (has_method and has_size):
            yield Remark(
                path=f"{row.path}.evidence",
                cell=evidence,
                message=f"{row.place}完成值“{actual.strip()}”以没有投诉代替满意度调查，复核一般不认可。",
                fix="补做问卷或电话回访，写明方式、发放和收回份数、时间和满意率的算法。",
            )
            continue
        lacking = [
            word
            for word, has in (
                ("调查方式", has_method),
                ("样本量", has_size),
                ("调查时间", bool(_SURVEY_DATE.search(told))),
            )
            if not has
        ]
        if lacking:
            yield Remark(
                path=f"{row.path}.evidence",
                cell=evidence,
                message=f"{row.place}完成值“{actual.strip()}”没有写{'、'.join(lacking)}。",
                fix="在“佐证材料”写明何时、以什么方式、调查了多少人，例如“×年×月发放问卷×份，收回×份”。",
                severity=Severity.HINT if lacking == ["调查时间"] else None,
            )


@row_check("V03", "满意度样本过少", Severity.HINT, "抽样调查的一般要求（样本不少于30）")
def small_sample(row: Row, profile: Profile) -> Iterator[Outcome]:
    """满意度调查的样本不足30。

    做什么：佐证或说明中写了样本量，而样本少于30时提出；服务对象总数本来就少的，说明是全部调查即可。
    为什么：样本太少，满意率没有代表性。
    触发：
    - 一级 满意度指标｜三级 学员满意度｜指标值 ≥85%｜完成值 93%｜佐证 2022年12月发放问卷15份
    不触发：
    - 一级 满意度指标｜三级 学员满意度｜指标值 ≥85%｜完成值 93%｜佐证 2022年12月发放问卷120份
    - 一级 满意度指标｜三级 学员满意度｜指标值 ≥85%｜完成值 93%｜佐证 2022年12月全部15名学员问卷，收回15份
    来源：抽样调查的一般要求。
    """
    if not _is_satisfaction(row):
        return
    told = "。".join((row.cells.evidence, row.cells.actual, row.reason))
    size = _sample(told)
    if (
        size
        and len(size) < 5
        and int(size) < SMALL_SAMPLE
        and not re.search(r"全部|全体|全员|普查|逐一|均", told)
    ):
        yield Remark(
            path=f"{row.path}.evidence",
            cell=row.cells.evidence,
            message=f"{row.place}只调查了{size}个样本，少于{SMALL_SAMPLE}个，满意率代表性不足。",
            fix="扩大调查；服务对象总共不足30个的，写明是全部调查。",
            data={"sample": size},
        )


@row_check("V04", "“完成”没有说清到哪一步", Severity.HINT, "绩效自评复核：同一项目对“完成”口径不一")
def done_is_undefined(row: Row, profile: Profile) -> Iterator[Outcome]:
    """只写“完成”，没有说清是签合同、验收还是付款。

    做什么：产出指标的完成值只有“完成”“已完成”一类的话，指标名称和佐证也没有说明完成的标志时提出。
    为什么：签了合同、到了货、验了收都有人叫“完成”，复核按最后一步认定。
    触发：
    - 三级 信息系统建设｜指标值 完成｜完成值 已完成｜分值 10｜得分 10
    不触发：
    - 三级 信息系统验收｜指标值 完成｜完成值 已完成｜分值 10｜得分 10
    - 三级 信息系统建设｜指标值 完成｜完成值 已完成｜分值 10｜得分 10｜佐证 2022年11月竣工验收报告
    来源：绩效自评复核常见问题。
    """
    if squeeze(row.cells.actual) not in _BARE_DONE or row.area not in {"产出", ""}:
        return
    if not _DEFINED.search(f"{row.cells.level3}{row.cells.evidence}{row.reason}{row.cells.target}"):
        yield Remark(
            path=f"{row.path}.actual",
            cell=row.cells.actual,
            message=f"{row.place}的完成值只写“{row.cells.actual.strip()}”，没有说清完成到哪一步。",
            fix="写明完成的标志和时间，例如“×年×月通过验收”“合同已签订、设备已交付”。",
        )
