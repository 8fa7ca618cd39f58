"""T01-T03, T13, T17-T19: 指标值与完成值填了没有，单位和写法合不合。与上年的比较（T14、T20）在 ``last_year``。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.checks.basis import SCORING
from assistant.checks.check import Outcome, Remark, not_checked, row_check
from assistant.checks.figures import BAD_THINGS, score_cure
from assistant.checks.form import Row
from assistant.checks.text_pairs import NUMERIC, pair, said
from assistant.domain.amounts import ONE, ZERO, plain
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Dimension, Kind, Op
from assistant.values.convert import comparable, counts_alike

KNOWN_AREAS = frozenset({"产出", "效益", "满意度", "成本"})
_SATISFIED_WORDS = pattern(
    r"[优良中低差高好坏]|达成|达到|年度|预期|既定|绩效|指标值?|目标值?|部分|未|并?具有一定(的)?效果|且?效果较?差|已|完成|基本|，|,|。|；|\s|[（）()：:]"
)
_DONE = pattern(
    r"(?:已|均|都|全部|全面|全|按时|按期|及时|如期|按计划|按要求|足额|圆满)*"
    r"(?:完成|合格|达标|通过|到位|发放|覆盖|验收|兑付|兑现|支付|拨付|落实|办结|办理|整改|入库|公示|公开|及时|开展|交付)+"
    r"(?:完毕|完成)?[。.]?"
)
_NONE_HAPPENED = frozenset({"无", "没有", "未发生", "零", "未出现", "无发生"})


def _none_happened(row: Row, cell: str) -> bool:
    """Whether “无” is the answer itself: 安全事故 无."""
    return cell.strip() in _NONE_HAPPENED and BAD_THINGS.search(row.cells.level3) is not None


@row_check("T01", "填写实际完成值", Severity.ERROR, SCORING)
def actual_given(row: Row, profile: Profile) -> Iterator[Outcome]:
    """没有填写实际完成值。

    做什么：看每一行的实际完成值；写“无”“—”“未填报”的也算没有填，整行不适用的（全是“/”）不看。
    为什么：没有完成值，得分就没有依据，复核时按 0 分处理。
    触发：
    - 指标值 ≥3个｜完成值 ｜分值 5｜得分 5
    - 指标值 100%｜完成值 未填报｜分值 5｜得分 5
    不触发：
    - 指标值 ≥3个｜完成值 0｜分值 5｜得分 0
    - 指标值 /｜完成值 /｜分值 /｜得分 /
    - 三级 重大安全事故｜指标值 无｜完成值 无｜分值 5｜得分 5
    来源：财预〔2020〕10号：自评表内容完整。
    """
    if row.actual.kind is Kind.NONE and not _none_happened(row, row.cells.actual):
        raw = row.cells.actual.strip()
        said = f"实际完成值写作“{raw}”，等于没有填" if raw else "没有填实际完成值"
        score = f"，却得 {plain(row.score)} 分" if row.score else ""
        yield Remark(
            f"{row.path}.actual",
            f"{row.place}{said}{score}。",
            fix="填写实际完成的数量、比例、日期或档次；确实没有发生的，写 0 并说明原因。",
            cell=row.cells.actual,
        )


@row_check("T02", "填写年度指标值", Severity.ERROR, SCORING)
def target_given(row: Row, profile: Profile) -> Iterator[Outcome]:
    """没有填写年度指标值。

    做什么：看产出、效益、满意度、成本各行的年度指标值；决策、管理等过程类指标没有指标值不算。
    为什么：没有目标就无从比较，达成与否只能各说各话。
    触发：
    - 指标值 ｜完成值 3台｜分值 9.3｜得分 9.3
    - 指标值 未填报｜完成值 3台｜分值 5｜得分 5
    不触发：
    - 指标值 3台｜完成值 3台｜分值 5｜得分 5
    - 一级 项目决策｜二级 项目立项｜三级 可行性｜指标值 —｜完成值 符合实际需求｜分值 2｜得分 2
    - 三级 预算执行率｜指标值 —｜完成值 100%｜分值 10｜得分 10
    来源：财预〔2020〕10号：绩效指标及其目标值在预算批复时确定。
    """
    if row.target.kind is not Kind.NONE or row.area not in KNOWN_AREAS or "执行率" in row.cells.level3:
        return
    if _none_happened(row, row.cells.target):
        return
    raw = row.cells.target.strip()
    said = f"年度指标值写作“{raw}”，等于没有填" if raw else "没有填年度指标值"
    in_name = "（名称里的数字请移到指标值一栏）" if any(sign.isdecimal() for sign in _unnumbered(row)) else ""
    yield Remark(
        f"{row.path}.target",
        f"{row.place}{said}{in_name}。",
        fix="按批复的绩效目标补填年度指标值。",
        cell=row.cells.target,
    )


def _unnumbered(row: Row) -> str:
    return re.sub(r"\A指标\s*\d+\s*[:：]?", "", row.cells.level3.strip())


@row_check("T03", "完成值与指标值单位一致", Severity.ERROR, SCORING)
def same_unit(row: Row, profile: Profile) -> Iterator[Outcome]:
    """实际完成值的单位与年度指标值不同。

    做什么：比较两格写明的单位；一格没写单位的不算，能换算的（元、万元）不算。
    “个、项、份、部”一类通用量词互换只作建议。
    为什么：单位不同就不能直接比较，3 个和 5 次不是一回事。
    触发：
    - 指标值 ≥3个｜完成值 5次｜分值 5｜得分 5
    - 指标值 ≥95%｜完成值 120人｜分值 5｜得分 5
    - 指标值 ≥3个｜完成值 3项｜分值 5｜得分 5
    - 指标值 ≥100人｜完成值 120人次｜分值 5｜得分 5
    不触发：
    - 指标值 ≥50个｜完成值 50｜分值 5｜得分 5
    - 指标值 15台(套)｜完成值 15台套｜分值 5｜得分 5
    - 指标值 ≤90万元｜完成值 899740元｜分值 5｜得分 5
    - 指标值 ≥100百分比｜完成值 100｜分值 5｜得分 5
    来源：附表：实际完成值与年度指标值口径一致。
    """
    if row.target.kind not in NUMERIC or row.actual.kind not in NUMERIC:
        return
    wanted, given = row.target.unit, row.actual.unit
    if comparable(wanted, given):
        return
    yield Remark(
        f"{row.path}.actual",
        f"{row.place}指标值以“{wanted.text}”计（{said(row.cells.target)}），"
        f"完成值以“{given.text}”计（{said(row.cells.actual)}），单位不同。",
        fix=f"完成值改用“{wanted.text}”为单位；确实不是同一口径的，说明如何换算。",
        cell=row.cells.actual,
        severity=Severity.HINT if counts_alike(wanted, given) else None,
    )


@row_check("T13", "评价等级当作指标值", Severity.HINT, SCORING)
def scale_as_target(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值写的是整个评价等级，没有说要达到哪一级。

    做什么：指标值是“优良中低差”“好坏”“高中低”时提示。
    为什么：这是一把尺子，不是目标；不写明要到哪一级，“良”算不算达成就说不清。
    触发：
    - 指标值 优良中低差｜完成值 优，达成年度指标｜分值 5｜得分 5
    不触发：
    - 指标值 优｜完成值 优｜分值 5｜得分 5
    - 指标值 ≥3个｜完成值 3个｜分值 5｜得分 5
    来源：北京市表样允许这样写；复核实践要求写明目标档次。
    """
    if row.target.kind is Kind.SCALE:
        yield Remark(
            f"{row.path}.target",
            f"{row.place}指标值“{said(row.cells.target)}”是评价等级，没有说要达到哪一级。",
            fix=f"在材料里写明目标是哪一级（例如“{row.target.scale[0] if row.target.scale else '优'}”），"
            "下年改成可以衡量的说法。",
            cell=row.cells.target,
        )


@row_check("T17", "数字指标要填数字", Severity.ERROR, SCORING)
def prose_for_a_number(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值是数字，完成值却只有文字。

    做什么：指标值是数量、比例、金额的，看完成值里有没有数；只写“完成”“达标”“建设中”的报错；
    要求 100% 而写“全部合格”“及时完成”的，意思清楚，只提醒写出数。
    为什么：“完成”说不出完成了多少，无法与数字目标比较。
    触发：
    - 指标值 ≤30万元｜完成值 完成｜分值 10｜得分 10
    - 指标值 1｜完成值 建设中
    - 指标值 ≥3个｜完成值 达成预期指标｜分值 10｜得分 10
    - 指标值 100%｜完成值 全部合格｜分值 10｜得分 10
    不触发：
    - 三级 安全事故｜指标值 0起｜完成值 未发生安全事故｜分值 10｜得分 10
    - 指标值 ≥3个｜完成值 完成5个｜分值 10｜得分 10
    - 指标值 效果明显｜完成值 达成预期指标｜分值 10｜得分 10
    来源：财预〔2020〕10号：定量指标按完成值与指标值比较记分。
    """
    if row.target.kind not in NUMERIC or row.actual.kind not in {
        Kind.TEXT,
        Kind.LEVEL,
        Kind.YESNO,
        Kind.SCALE,
    }:
        return
    if any(sign.isdecimal() for sign in row.cells.actual):
        yield not_checked(
            f"{row.path}.actual", f"{row.place}完成值是一段文字，里面的数没有当作完成值，未核对。"
        )
        return
    share = row.target.base_amount if row.target.unit.dimension is Dimension.RATE else None
    all_done = share == ONE and _DONE.fullmatch(row.cells.actual.strip()) is not None
    yield Remark(
        f"{row.path}.actual",
        f"{row.place}指标值 {said(row.cells.target)} 是数，完成值“{row.cells.actual.strip()[:20]}”没有写出数。",
        fix="写出实际完成的数，例如完成多少、占多少。",
        cell=row.cells.actual,
        severity=Severity.WARNING if all_done else None,
    )


@row_check("T18", "定性完成值要有描述", Severity.WARNING, SCORING)
def tier_without_words(row: Row, profile: Profile) -> Iterator[Outcome]:
    """定性指标只写了档次，没有说完成了什么。

    做什么：指标值是文字或等级的，完成值只有“优”“达成年度指标”这类档次、佐证材料也空着时提醒。
    为什么：档次是结论，没有事实就无法复核；有的地方（如广西）规定必须写完成情况简述。
    触发：
    - 指标值 优良中低差｜完成值 优，达成年度指标｜分值 5｜得分 5
    - 指标值 效果明显｜完成值 达成预期指标｜分值 10｜得分 10
    不触发：
    - 指标值 效果明显｜完成值 达成年度指标，办结群众诉求312件，同比下降两成｜分值 10｜得分 10
    - 指标值 效果明显｜完成值 达成预期指标｜分值 10｜得分 10｜佐证 12345热线年度通报
    - 指标值 ≥3个｜完成值 3个｜分值 10｜得分 10
    来源：广西等地系统要求填写完成情况简要描述；其他地方为复核实践。
    """
    if row.target.kind not in {Kind.TEXT, Kind.SCALE, Kind.LEVEL} or row.actual.kind is not Kind.LEVEL:
        return
    if row.actual.tier is None and row.target.kind is Kind.LEVEL:
        return
    if row.cells.evidence.strip() or _beyond_the_tier(row.cells.actual) >= 4:
        return
    yield Remark(
        f"{row.path}.actual",
        f"{row.place}完成值只写了“{row.cells.actual.strip()}”，没有说明完成了什么。",
        fix="补一句可以核实的事实（做了什么、多少、依据什么材料），或填写佐证材料。",
        cell=row.cells.actual,
    )


@lru_cache(maxsize=4096)
def _beyond_the_tier(cell: str) -> int:
    """How many characters of *cell* say more than the tier itself."""
    return len(_SATISFIED_WORDS.sub("", cell))


@row_check("T19", "指标值为零", Severity.ERROR, SCORING)
def zero_target(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值是 0，完成值大于 0 却有得分；或“≥0”这样没有意义的指标值。

    做什么：指标值为 0 的行按特殊规则看：完成值不大于 0 得满分，否则不得分，不能用比例算。
    为什么：除数是 0，比例没有意义；“零事故”发生了一起就是没有完成。
    触发：
    - 三级 安全事故｜指标值 0起｜完成值 1起｜分值 5｜得分 5
    - 三级 安全事故｜指标值 ≤0起｜完成值 2起｜分值 5｜得分 3
    - 三级 培训人次｜指标值 ≥0人｜完成值 30人｜分值 5｜得分 5
    不触发：
    - 三级 安全事故｜指标值 0起｜完成值 0起｜分值 5｜得分 5
    - 三级 安全事故｜指标值 0起｜完成值 1起｜分值 5｜得分 0
    来源：预算绩效系统的计算规则：指标值为 0 时不用比例。
    """
    if row.target.kind is not Kind.QUANTITY or row.target.amount != ZERO:
        return
    reached = row.actual.amount
    severity: Severity | None = None
    cures: tuple[Fix, ...] = ()
    if row.target.op in {Op.GE, Op.GT}:
        message, severity = (
            f"{row.place}指标值 {said(row.cells.target)}，任何结果都算达到。",
            Severity.WARNING,
        )
        fix = "写出真正要达到的数。"
    elif row.line.override_reason:
        return
    elif reached is not None and reached > 0 and row.score is not None and row.score > 0:
        message = f"{row.place}{pair(row)}，大于 0，不应得分，却得 {plain(row.score)} 分。"
        fix = "得分改为 0，并写明原因；目标本来不是 0 的，先改指标值。"
        cures = score_cure(row.path, "0")
        bad = BAD_THINGS.search(row.cells.level3) or row.target.op is not None or row.kind == "成本"
        severity = None if bad else Severity.WARNING
    else:
        return
    yield Remark(
        f"{row.path}.target", message, fix=fix, cell=row.cells.target, cures=cures, severity=severity
    )
