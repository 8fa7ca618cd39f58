"""D01, D02, D04, D08: 指标放在哪一类，与项目相关不相关，必要的类别齐不齐。

D14（核心目标没有指标）要读懂目标句的主旨，规则做不到，尚未提供。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.basis import DESIGN
from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text_names import bare_name
from assistant.domain.amounts import ZERO
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Dimension, Kind, Op

FEW_ROWS = 3
_RATE_NAME = pattern(r"率\Z|率[（(]|比例|占比|比重|满意度|及时性|合格|达标|准确性|规范性")
_COUNT_NAME = pattern(r"(数|数量|人数|次数|个数|场次|人次|份数|面积|里程)\Z")
_GRADES = frozenset(
    {"分", "级", "星", "星级", "档", "等", "类", "名", "位"}
)  # they tell how good, not how many
_FAULTS = pattern(r"事故|投诉|差错|违规|违法|故障|缺陷|失误|纠纷|返工|退回|不合格|零")
_MONEY_NAME = pattern(r"资金|支付|经费|金额|拨款|投资额|支出|预算|补助款|费用")
_GROUPS = pattern(
    r"老年人|残疾人|学生|教师|家长|农户|农民|村民|居民|患者|病人|儿童|妇女|退役军人|贫困户|脱贫户|企业|商户|游客|旅客|读者|观众|运动员|科研人员|职工|干部|市民|消费者|用水户|司机|业主"
)


@row_check("D01", "三级指标与二级指标相符", Severity.WARNING, DESIGN)
def fits_its_kind(row: Row, profile: Profile) -> Iterator[Outcome]:
    """三级指标放错了二级指标。

    做什么：数量指标里找比率，质量指标里找单纯的次数、个数，成本和时效指标里找对不上的单位，
    效益类名称放在产出之下的也提醒。
    为什么：放错位置的指标，复核时可能整项记 0 分。
    触发：
    - 二级 数量指标｜三级 家庭医生签约率｜指标值 24694人｜完成值 22584人
    - 二级 质量指标｜三级 完成战略合作签约｜指标值 ≥2次｜完成值 2次
    - 一级 产出指标｜二级 经济效益指标｜三级 奖补资金兑付情况｜指标值 ≥100%｜完成值 100%
    - 一级 效益指标｜二级 社会效益指标｜三级 服务对象满意度｜指标值 ≥95%｜完成值 98%
    不触发：
    - 二级 数量指标｜三级 培训人次｜指标值 ≥100人次｜完成值 120人次
    - 二级 质量指标｜三级 验收合格率｜指标值 100%｜完成值 100%
    - 二级 质量指标｜三级 卫生检查评分｜指标值 ≥85分｜完成值 92分
    - 二级 质量指标｜三级 重大安全事故次数｜指标值 ≤0次｜完成值 0次
    来源：财预〔2020〕10号的指标分类；复核时不相符的指标可记 0 分。
    """
    why = _misfit(row)
    if why:
        yield Remark(
            f"{row.path}.level2",
            f"{row.place}放在“{row.cells.level2.strip()}”之下，{why}。",
            fix="移到相符的二级指标之下，或改写指标名称和指标值；指标已批复的，下年申报时调整。",
            cell=row.cells.level2,
        )


def _misfit(row: Row) -> str:
    unit, name = row.target.unit, bare_name(row)
    is_rate = unit.dimension is Dimension.RATE
    match row.kind:
        case "数量":
            if is_rate or _RATE_NAME.search(name):
                return f"却是比率或程度（{row.cells.target.strip() or name[-8:]}），更像质量指标"
        case "质量":
            is_count = row.target.kind is Kind.QUANTITY and unit.dimension is Dimension.COUNT
            at_least = row.target.op not in {Op.LE, Op.LT} and row.target.amount != ZERO
            is_count = is_count and unit.text not in _GRADES
            if is_count and at_least and not _FAULTS.search(name) and not _RATE_NAME.search(name):
                return f"指标值 {row.cells.target.strip()} 是数量，说不出质量好坏"
        case "时效":
            if unit.dimension in {Dimension.MONEY, Dimension.AREA, Dimension.LENGTH}:
                return f"指标值 {row.cells.target.strip()} 不是时间"
        case "成本":
            if unit.dimension is Dimension.COUNT and not re.search(r"次数|人数|标准|单价|成本", name):
                return f"指标值 {row.cells.target.strip()} 不是成本"
    if row.area == "产出" and row.kind in {"经济效益", "社会效益", "生态效益", "可持续影响"}:
        return f"一级却是“{row.cells.level1.strip()}”，效益应列在效益指标之下"
    if row.area == "效益" and row.kind not in {"", "满意度"} and "满意度" in name:
        return "却是满意度，应列在满意度指标之下"
    return ""


@row_check("D02", "资金不作数量指标", Severity.WARNING, DESIGN)
def money_is_no_quantity(row: Row, profile: Profile) -> Iterator[Outcome]:
    """把花了多少钱当作数量指标。

    做什么：数量指标的单位是元、万元，或名称是资金、经费、支付一类时提醒。
    为什么：花钱不是产出，执行率已经考核过一次；复核时这样的指标可记 0 分。
    触发：
    - 二级 数量指标｜三级 校园维修资金｜指标值 300万元｜完成值 300万元
    - 二级 数量指标｜三级 工程资金支付金额｜指标值 43.2｜完成值 37.24
    不触发：
    - 二级 数量指标｜三级 维修校舍面积｜指标值 300平方米｜完成值 300平方米
    - 二级 成本指标｜三级 校园维修资金｜指标值 ≤300万元｜完成值 300万元
    - 二级 数量指标｜三级 发放补助资金人数｜指标值 300人｜完成值 300人
    来源：复核规则：以资金代替产出数量的不得分。
    """
    if row.kind != "数量":
        return
    dimension = row.target.unit.dimension
    by_name = (
        dimension is Dimension.BARE
        and row.target.kind is Kind.QUANTITY
        and _MONEY_NAME.search(bare_name(row))
    )
    if dimension is Dimension.MONEY or (by_name and not _COUNT_NAME.search(bare_name(row))):
        yield Remark(
            f"{row.path}.target",
            f"{row.place}以金额（{row.cells.target.strip()}）作数量指标，与预算执行率重复。",
            fix="改用这笔钱买到、建成或服务的数量；金额放到成本指标。",
            cell=row.cells.target,
        )


@check("D04", "指标与项目相关", Severity.WARNING, DESIGN)
def indicator_belongs_here(form: Form) -> Iterator[Outcome]:
    """满意度的对象在项目里没有出现过。

    做什么：看满意度指标所说的人群（学生、农户、老年人等），是否在项目名称、单位、目标或其他指标里出现过。
    为什么：从别的项目抄来的指标常露在这里；不相关的指标复核时记 0 分。
    触发：
    - 项目 民族团结进步宣传经费 ‖ 三级 宣传活动场次 ‖ 一级 满意度指标｜三级 受益老年人满意度｜指标值 ≥95%
    不触发：
    - 项目 养老服务补贴 ‖ 三级 发放老年人补贴人数 ‖ 一级 满意度指标｜三级 受益老年人满意度｜指标值 ≥95%
    - 项目 民族团结进步宣传经费 ‖ 三级 宣传活动场次 ‖ 一级 满意度指标｜三级 群众满意度｜指标值 ≥95%
    来源：财预〔2020〕10号：指标与项目密切相关；真实案例见于复核通报。
    """
    asked = [(row, found[0]) for row in form.scored_rows if (found := _asked_group(row))]
    if not asked or not form.case.project.strip():
        return
    case = form.case
    others = [row.cells.level3 + row.cells.target for row in form.rows if row.area != "满意度"]
    told = "".join(
        [
            case.project,
            case.unit,
            case.department,
            *others,
            *(goal.expected + goal.actual for goal in case.goals),
        ]
    )
    for row, group in asked:
        roots = {group, group.removesuffix("人"), group[:2]}
        if not any(root in told for root in roots) and not _kindred(group, told):
            yield Remark(
                f"{row.path}.level3",
                f"{row.place}调查的是“{group}”，项目名称、目标和其他指标里都没有提到。",
                fix="核对是否从别的项目抄来；确实是服务对象的，在目标里写明。",
                cell=row.cells.level3,
            )


def _asked_group(row: Row) -> re.Match[str] | None:
    return _GROUPS.search(bare_name(row)) if row.area == "满意度" or row.kind == "满意度" else None


_KIN = (
    ("学生教师家长", ("学", "校", "教", "幼儿", "班")),
    ("农户农民村民", ("农", "村", "乡", "镇", "耕", "田", "种植", "养殖", "水利")),
    ("患者病人", ("医", "卫生", "诊", "疾", "药", "健康")),
    ("居民市民业主", ("社区", "街道", "小区", "城", "镇", "道路", "民生", "公园")),
    ("企业商户", ("企业", "产业", "招商", "商", "市场", "经济", "园区", "工业")),
    ("职工干部科研人员", ("机关", "单位", "培训", "人员", "科", "办公", "员工")),
    ("儿童妇女", ("妇", "幼", "童", "母婴", "孕", "学")),
    ("老年人", ("老", "养老", "康养")),
    ("残疾人", ("残", "康复")),
    ("退役军人", ("军", "优抚", "双拥")),
    ("游客旅客观众读者运动员", ("旅", "景", "文化", "馆", "体育", "演出", "展", "赛", "车站", "图书")),
    ("贫困户脱贫户", ("扶贫", "脱贫", "帮扶", "振兴", "低保")),
    ("用水户司机消费者", ("水", "路", "交通", "车", "消费", "市场", "食品")),
)


def _kindred(group: str, told: str) -> bool:
    return any(group in groups and any(word in told for word in words) for groups, words in _KIN)


@check("D08", "必要的指标类别", Severity.WARNING, DESIGN)
def needed_kinds_present(form: Form) -> Iterator[Outcome]:
    """缺少必要的指标类别。

    做什么：看规则要求的二级指标（数量、质量、时效、成本）和一级指标（效益、满意度）是否都有。
    为什么：缺哪一类，就少了一面的考核；权重还留着而没有指标，分就没处打。
    触发：
    - 二级 数量指标 ‖ 二级 质量指标 ‖ 一级 效益指标｜二级 社会效益指标 ‖ 一级 满意度指标｜二级 服务对象满意度指标
    不触发：
    - 二级 数量指标 ‖ 二级 质量指标 ‖ 二级 时效指标 ‖ 二级 成本指标 ‖ 一级 效益指标｜二级 社会效益指标
      ‖ 一级 满意度指标｜二级 服务对象满意度指标
    - 二级 数量指标 ‖ 二级 质量指标
    来源：财预〔2020〕10号附表的二级指标；确实不适用的可以没有。
    """
    rows = form.scored_rows
    if len(rows) < FEW_ROWS or not any(row.kind or row.area for row in rows):
        return
    kinds = {row.kind for row in rows} | {row.area for row in rows}
    wanted = [*form.profile.required_level2, *form.profile.level1]
    missing = [stem for stem in dict.fromkeys(wanted) if stem not in kinds]
    if missing:
        yield Remark(
            "indicators",
            f"没有{'、'.join(f'{stem}指标' for stem in missing)}。",
            fix="补上这些指标；确实不适用的，在说明里写一句，并把分值调到其他指标。",
            data={"missing": "、".join(missing)},
        )
