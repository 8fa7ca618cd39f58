"""D01-D16: 指标设得合不合理。D14（核心目标没有指标）要读懂目标句的主旨，规则做不到，尚未提供。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text import PENDING, squeeze
from assistant.domain.amounts import ZERO, plain
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Dimension, Kind, Op
from assistant.values.units import unit_of

RULES = "财预〔2020〕10号《项目支出绩效评价管理办法》"
DESIGN = f"{RULES}：指标与目标密切相关、突出重点、可衡量"
REVIEW = "复核实践：指标设置"
GUIDE = "财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》"
LONG_NAME = 30  # characters of a 三级指标
FEW_ROWS = 3
NEAR = Decimal("0.005")  # share by which a cost may differ from the budget and still be the same figure

_ORDINAL = pattern(
    r"\A[★☆*＊\s]*(指标\s*[\d一二三四五六七八九十]*\s*[:：、.]|[（(]?\d{1,2}[)）.、．:：]|[一二三四五六七八九十]+[、.])\s*"
)
_RATE_NAME = pattern(r"率\Z|率[（(]|比例|占比|比重|满意度|及时性|合格|达标|准确性|规范性")
_COUNT_NAME = pattern(r"(数|数量|人数|次数|个数|场次|人次|份数|面积|里程)\Z")
_FAULTS = pattern(r"事故|投诉|差错|违规|违法|故障|缺陷|失误|纠纷|返工|退回|不合格|零")
_MONEY_NAME = pattern(r"资金|支付|经费|金额|拨款|投资额|支出|预算|补助款|费用")
_SAVES = pattern(
    r"节约|节省|降低|下降|减少|压减|控制率|节支|执行率|支付率|完成率|到位率|使用率|自筹|配套|筹资|收入|收益"
)
_TOTAL_COST = pattern(
    r"总成本|总投资|总费用|总支出|项目成本|项目预算|预算控制|控制数|项目总|资金总额|预算总|预算金额|项目经费"
)
_VAGUE = pattern(
    r"有效|明显|显著|逐步|持续|不断|进一步|较好|良好|提升|提高|改善|增强|促进|推动|加强|优化|保障|长期|稳定|较大|一定|符合|严格|基本"
)
_MEASURE_NAME = pattern(r"率|比例|占比|比重|度\Z|度[（(]|百分|%|％|增幅|增长|下降|提高|提升\d|完成情况|水平")
_SENTENCE = pattern(r"[。；;！？]|，.*，")
_DATE_IN_NAME = pattern(
    r"\d{4}\s*[年.]\s*\d{1,2}\s*(月|日|\.)|\d{1,2}\s*月(底|末|份)?\s*(\d{1,2}\s*日)?\s*(前|之前|以前|完成)|年底前|\d{1,2}月\d{1,2}日"
)
_VALUE_IN_NAME = pattern(
    r"[≥≤>＜<＞≧≦=＝]\s*\d|(不少于|不低于|不超过|达到|达)\s*\d+(\.\d+)?|\d+(\.\d+)?\s*(%|％|万元)"
)
_ONLY_PLACEHOLDER = pattern(
    r"(三级)?指标\s*[\d一二三四五六七八九十]*\s*[:：]?|[.…·]+|[Xx×＊*？?_—-]+|[（(].{0,4}(填写|填报|自填|名称).{0,8}[)）]|指标名称|请填写.*|示例\d*|待定|待补充"
)
_SOME_PLACEHOLDER = pattern(r"[Xx×]{2,}|[＊*]{2,}|_{2,}|【[^】]*】|□|……\Z|（填写|请填写|○{2,}")
_DATED = pattern(r"\d{1,2}\s*月|\d{4}\s*年|季度|年底|年末|\d+\s*(天|日|个?工作日|小时|个月)")
_PRAISE = pattern(r"批示|表彰|获奖|嘉奖|领导(肯定|认可|表扬)|上级(肯定|表扬)|荣誉")
_DIFFERENT_SAYING = pattern(r"[\s（()）、，,。.；;:：“”\"'《》★☆*-]|的|数量|人数|情况|完成|次数|个数|数\Z")
_GROUPS = pattern(
    r"老年人|残疾人|学生|教师|家长|农户|农民|村民|居民|患者|病人|儿童|妇女|退役军人|贫困户|脱贫户|企业|商户|游客|旅客|读者|观众|运动员|科研人员|职工|干部|市民|消费者|用水户|司机|业主"
)
_ANYBODY = pattern(r"群众|公众|服务对象|受益|社会|相关|用户|满意度")


def _bare_name(row: Row) -> str:
    return _without_ordinal(row.cells.level3)


# A keystroke changes one cell; what was found in the others is remembered.
@lru_cache(maxsize=4096)
def _without_ordinal(name: str) -> str:
    return _ORDINAL.sub("", name.strip())


@lru_cache(maxsize=4096)
def _gist(name: str) -> str:
    """What is left of a name when numbering, marks and filler words are gone: equal gists are one indicator."""
    return _DIFFERENT_SAYING.sub("", _without_ordinal(name))


@lru_cache(maxsize=4096)
def _name_fault(level3: str) -> str:
    """Why a 三级指标 is no name, in words; ``""`` for a good one."""
    name = _without_ordinal(level3)
    if found := _DATE_IN_NAME.search(name) or _VALUE_IN_NAME.search(name):
        return f"含有“{found[0].strip()}”，期限和数值应写在指标值里"
    if len(name) > LONG_NAME:
        return f"有 {len(name)} 个字，像一句话"
    return "是句子，不是名称" if _SENTENCE.search(name) else ""


@lru_cache(maxsize=4096)
def _placeholder(level3: str) -> tuple[bool, str]:
    """Whether a name is nothing but a placeholder, and the placeholder in it."""
    name = level3.strip()
    if _ONLY_PLACEHOLDER.fullmatch(name):
        return True, name
    found = _SOME_PLACEHOLDER.search(name)
    return False, found[0] if found else ""


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
    unit, name = row.target.unit, _bare_name(row)
    is_rate = unit.dimension is Dimension.RATE
    match row.kind:
        case "数量":
            if is_rate or _RATE_NAME.search(name):
                return f"却是比率或程度（{row.cells.target.strip() or name[-8:]}），更像质量指标"
        case "质量":
            is_count = row.target.kind is Kind.QUANTITY and unit.dimension is Dimension.COUNT
            at_least = row.target.op not in {Op.LE, Op.LT} and row.target.amount != ZERO
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
        and _MONEY_NAME.search(_bare_name(row))
    )
    if dimension is Dimension.MONEY or (by_name and not _COUNT_NAME.search(_bare_name(row))):
        yield Remark(
            f"{row.path}.target",
            f"{row.place}以金额（{row.cells.target.strip()}）作数量指标，与预算执行率重复。",
            fix="改用这笔钱买到、建成或服务的数量；金额放到成本指标。",
            cell=row.cells.target,
        )


@check("D03", "指标不重复", Severity.WARNING, DESIGN)
def no_indicator_twice(form: Form) -> Iterator[Outcome]:
    """同一个指标列了两次。

    做什么：去掉序号、标点和“情况、数量”等字眼后比较三级指标名称；同一二级之下相同，或产出与效益里相同的提醒。
    数量与时效各考核一次同一任务的不算。
    为什么：重复的指标等于一件事算两次分，复核时第二个可记 0 分。
    触发：
    - 三级 举办培训班｜指标值 3期 ‖ 三级 举办培训班数量｜指标值 3期
    - 一级 产出指标｜二级 数量指标｜三级 受益农户数｜指标值 50户 ‖ 一级 效益指标｜二级 社会效益指标｜三级 受益农户｜指标值 50户
    不触发：
    - 三级 教师满意度｜指标值 95% ‖ 三级 学生满意度｜指标值 95%
    - 二级 数量指标｜三级 编制研究报告｜指标值 1个 ‖ 二级 时效指标｜三级 编制研究报告｜指标值 11月底前
    来源：复核规则：重复指标后一个不得分。
    """
    seen: dict[str, Row] = {}
    for row in form.scored_rows:
        name = _gist(row.cells.level3)
        if len(name) < 2:
            continue
        crosses = row.area == "效益"
        for key in (f"{row.area}/{row.kind}/{name}", f"产出-效益/{name}"):
            first = seen.get(key)
            if first is None:
                if not (key.startswith("产出-") and crosses):
                    seen[key] = row
                continue
            if key.startswith("产出-") and not (crosses and first.area == "产出"):
                continue
            yield Remark(
                f"{row.path}.level3",
                f"{row.place}与{first.place}是同一个指标。",
                fix="删去一个，或改成两件不同的事；指标已批复的，在说明里写清两者的区别。",
                cell=row.cells.level3,
                data={"other": first.path},
            )
            break


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
    return _GROUPS.search(_bare_name(row)) if row.area == "满意度" or row.kind == "满意度" else None


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


@row_check("D05", "成本指标用上限", Severity.ERROR, DESIGN)
def cost_is_a_ceiling(row: Row, profile: Profile) -> Iterator[Outcome]:
    """成本指标用了“≥”。

    做什么：成本指标的指标值带“≥”“>”“不低于”，单位又是金额时报错；节约率、降低额等越多越好的不看。
    为什么：成本应当控制在一定数以内；写成“≥”等于要求多花钱。
    触发：
    - 二级 成本指标｜三级 项目成本｜指标值 ≥17.4万元｜完成值 17.4万元
    - 二级 经济成本指标｜三级 人均培训费用｜指标值 ≥300元/人｜完成值 300元/人
    不触发：
    - 二级 成本指标｜三级 项目成本｜指标值 ≤17.4万元｜完成值 17.4万元
    - 二级 成本指标｜三级 成本节约额｜指标值 ≥2万元｜完成值 3万元
    - 二级 成本指标｜三级 预算执行率｜指标值 ≥95%｜完成值 98%
    来源：复核规则：成本指标用“≤”或“=”。
    """
    if (
        "成本" not in {row.area, row.kind}
        or row.target.op not in {Op.GE, Op.GT}
        or _SAVES.search(row.cells.level3)
    ):
        return
    unit = row.target.unit
    is_money = unit.dimension is Dimension.MONEY or (
        unit.dimension is Dimension.COMPOUND and "元" in unit.base
    )
    if is_money or (
        unit.dimension is Dimension.BARE and re.search(r"成本|费|支出|投资|预算|资金|单价", row.cells.level3)
    ):
        yield Remark(
            f"{row.path}.target",
            f"{row.place}是成本指标，指标值 {row.cells.target.strip()} 用了“{row.target.op.sign}”，等于要求至少花这么多。",
            fix="改为“≤”或“=”；指标已批复的，下年申报时改正并在本年说明。",
            cell=row.cells.target,
        )


def _cost_totals(form: Form) -> Iterator[tuple[Row, Decimal]]:
    """Cost rows about the whole project's money, with the target in the form's unit."""
    costs = [row for row in form.scored_rows if "成本" in {row.area, row.kind}]
    for row in costs:
        if row.target.kind is not Kind.QUANTITY or row.target.amount is None:
            continue
        dimension = row.target.unit.dimension
        if dimension not in {Dimension.MONEY, Dimension.BARE} or not _TOTAL_COST.search(row.cells.level3):
            continue
        yield row, _in_form_unit(row.target.amount * row.target.unit.factor, dimension, form)


def _in_form_unit(base: Decimal, dimension: Dimension, form: Form) -> Decimal:
    """An amount in 元 (or as written, where no unit is) as an amount of the form."""
    return base / _yuan_in(form.case.money_unit) if dimension is Dimension.MONEY else base


@lru_cache(maxsize=16)
def _yuan_in(unit: str) -> Decimal:
    return unit_of(unit).factor


@check("D06", "成本指标与资金相符", Severity.WARNING, DESIGN)
def cost_agrees_with_money(form: Form) -> Iterator[Outcome]:
    """成本指标的金额与资金栏对不上。

    做什么：总成本、预算控制数一类的成本指标，指标值与全年（或年初）预算数比较，完成值与全年执行数比较。
    为什么：同一张表上两处金额不同，至少有一处不对。
    触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤150万元｜完成值 69.6559万元
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目总成本｜指标值 ≤112.511万元｜完成值 112.511万元
    不触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤112.511万元｜完成值 全年执行数69.6559万元
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 人均成本｜指标值 ≤500元｜完成值 480元
    来源：自评表各栏口径一致；没有文件规定。
    """
    money, unit = form.funds, form.case.money_unit
    if money is None:
        return
    for row, target in _cost_totals(form):
        budgets = [amount for amount in (money.budget, money.initial) if amount]
        if budgets and not any(_near(target, amount) for amount in budgets):
            yield Remark(
                f"{row.path}.target",
                f"{row.place}指标值 {row.cells.target.strip()}，全年预算 {plain(budgets[0])}{unit}，"
                f"相差 {plain(abs(target - budgets[0]))}{unit}。",
                fix="核对成本指标与预算数；预算调整过的，在说明里写明。",
                cell=row.cells.target,
            )
        if row.actual.kind is not Kind.QUANTITY or row.actual.amount is None or not money.executed:
            continue
        dimension = row.actual.unit.dimension
        if dimension not in {Dimension.MONEY, Dimension.BARE}:
            continue
        spent = _in_form_unit(row.actual.amount * row.actual.unit.factor, dimension, form)
        if not _near(spent, money.executed):
            yield Remark(
                f"{row.path}.actual",
                f"{row.place}完成 {row.cells.actual.strip()}，全年执行数 {plain(money.executed)}{unit}，"
                f"相差 {plain(abs(spent - money.executed))}{unit}。",
                fix="完成值改为全年执行数，或说明两者口径为何不同。",
                cell=row.cells.actual,
            )


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * NEAR


@check("D07", "成本指标不只是总预算", Severity.HINT, f"{GUIDE}：成本指标")
def cost_is_only_the_budget(form: Form) -> Iterator[Outcome]:
    """成本指标只是重复了预算总额。

    做什么：成本指标只有预算总额、没有单位成本时提示。
    为什么：它与预算执行率考核的是同一件事；单位成本才看得出钱花得值不值。
    触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤112.511万元｜完成值 69.6559万元
    不触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤112.511万元｜完成值 69.6559万元
      ‖ 二级 成本指标｜三级 每场活动成本｜指标值 ≤2万元｜完成值 1.8万元
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 每场活动成本｜指标值 ≤2万元｜完成值 1.8万元
    来源：财预〔2021〕101号要求按成本类别和单位成本设置（凭记忆，未核对原文）。
    """
    costs = [row for row in form.scored_rows if "成本" in {row.area, row.kind}]
    if not costs or form.funds is None or not form.funds.budget:
        return
    budget = form.funds.budget
    same = {row.index for row, target in _cost_totals(form) if _near(target, budget)}
    if len(same) == len(costs):
        yield Remark(
            f"{costs[0].path}.target",
            f"{costs[0].place}就是全年预算 {plain(budget)}{form.case.money_unit}，与预算执行率重复，没有单位成本。",
            fix="下年改设单位成本（每人、每场、每平方米多少钱）。",
            cell=costs[0].cells.target,
        )


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


@row_check("D09", "指标值可以衡量", Severity.WARNING, DESIGN)
def target_is_measurable(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值是空泛的文字，没有可以衡量的标准。

    做什么：指标值是“有效提升”“效果明显”“逐步改善”一类没有数、没有对象的短语时提醒。
    为什么：说不清怎样算达到，复核时按表述的空泛程度扣 30%、60% 直至全部。
    触发：
    - 指标值 有效提升｜完成值 达成年度指标
    - 指标值 效果明显｜完成值 达成预期指标
    不触发：
    - 指标值 投诉量比上年下降10%｜完成值 下降12%
    - 指标值 ≥3个｜完成值 3个
    - 指标值 优｜完成值 优
    来源：财预〔2020〕10号：指标可衡量；扣分幅度取自成都某区复核规则。
    """
    text = row.cells.target.strip()
    if row.target.kind is not Kind.TEXT or any(sign.isdecimal() for sign in text) or len(text) > LONG_NAME:
        return
    if found := _VAGUE.search(text):
        yield Remark(
            f"{row.path}.target",
            f"{row.place}指标值“{text}”没有可以衡量的标准（“{found[0]}”到什么程度？）。",
            fix="写成可以数、可以比、可以查的说法，例如数量、比例、时间或与上年相比。",
            cell=row.cells.target,
        )


@row_check("D10", "效益指标不凑数字", Severity.WARNING, DESIGN)
def made_up_rate(row: Row, profile: Profile) -> Iterator[Outcome]:
    """效益指标配了一个百分数，却没有说是什么的百分之几。

    做什么：效益指标的名称不是率、比例、度，指标值却是百分数时提醒。
    为什么：“社会效益明显 ≥95%”形式上定量、实际上定性，复核时按不可衡量处理。
    触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 社会效益明显｜指标值 ≥95%｜完成值 95%
    不触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 政策知晓率｜指标值 ≥95%｜完成值 95%
    - 一级 效益指标｜二级 社会效益指标｜三级 投诉下降｜指标值 ≥10%｜完成值 12%
    来源：复核规则：形式上定量、实质上定性的扣分。
    """
    if row.area != "效益" or row.target.kind not in {Kind.QUANTITY, Kind.RANGE}:
        return
    if row.target.unit.dimension is not Dimension.RATE or _MEASURE_NAME.search(_bare_name(row)):
        return
    yield Remark(
        f"{row.path}.target",
        f"{row.place}指标值 {row.cells.target.strip()}，没有说是什么占什么的比例。",
        fix="写明分子、分母和数据来源，或改成能直接统计的指标。",
        cell=row.cells.target,
    )


@row_check("D11", "指标名称简短", Severity.HINT, REVIEW)
def name_is_a_name(row: Row, profile: Profile) -> Iterator[Outcome]:
    """三级指标名称是一句话，或把指标值、期限写进了名称。

    做什么：名称超过 30 字、带句号分号，或含“≥100”“11月30日前”一类数值、期限时提示。
    为什么：名称只说考核什么，要求写在指标值里；系统按名称对应，太长容易对不上。
    触发：
    - 三级 梳理完成全国重点实验室情况（2022年11月30日前）｜指标值 ≤11月
    - 三级 培训合格率不低于95%｜指标值 100%
    - 三级 组织开展基层干部培训；编写教材｜指标值 3期
    不触发：
    - 三级 培训合格率｜指标值 ≥95%
    - 三级 2022年度培训人次｜指标值 ≥100人次
    来源：复核实践；系统导入按三级指标名称逐字对应。
    """
    why = _name_fault(row.cells.level3)
    if not why:
        return
    yield Remark(
        f"{row.path}.level3",
        f"{row.place}名称{why}。",
        fix="名称只写考核什么；指标已批复、系统里改不了的，不必改。",
        cell=row.cells.level3,
    )


@row_check("D12", "一行一件事", Severity.HINT, DESIGN)
def one_thing_a_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    """一行指标里有几个指标值。

    做什么：指标值一格里有几个数（“3场、500人次”）时提示。
    为什么：一个达到、一个没达到就不好打分；复核时一项没完成约扣三成。
    触发：
    - 指标值 举办3场、覆盖500人次｜完成值 3场、520人次
    不触发：
    - 指标值 ≥3场｜完成值 3场
    来源：复核规则：复合指标应拆分。
    """
    if row.target.kind is Kind.MULTI and len(row.target.parts) > 1:
        yield Remark(
            f"{row.path}.target",
            f"{row.place}指标值“{row.cells.target.strip()[:30]}”里有 {len(row.target.parts)} 个数。",
            fix="拆成几行，各给分值；本年不能拆的，完成值按同样顺序逐项写。",
            cell=row.cells.target,
        )


def _gap(path: str, place: str, text: str) -> Iterator[Remark]:
    """The first gap a draft left open in *text*."""
    if "【待补充" in text and (found := PENDING.search(text)):
        said = f"{place}里还留着“{found[0]}”，没有补上。"
        yield Remark(path, said, fix="补上事实；没有这回事的，把这一句删去。", cell=text)


def _gaps_in_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    yield from _gap(f"{row.path}.reason", f"{row.place}的原因", row.cells.reason)
    yield from _gap(f"{row.path}.actual", f"{row.place}的完成值", row.cells.actual)


@check("D13", "没有填完的文字", Severity.ERROR, REVIEW, in_rows=_gaps_in_row)
def placeholder_left(form: Form) -> Iterator[Outcome]:
    """三级指标还是表样里的占位文字，或文字里还留着“【待补充：…】”。

    做什么：名称只有“指标1”“……”“×××”的报错；名称里夹着“**”“XX”“【】”的提醒；各处文字里的“【待补充：…】”报错。
    为什么：表样的提示文字没有换成自己的指标，草稿的空处没有补上，说明表没有填完。
    触发：
    - 三级 指标3｜指标值 ≥6种｜完成值 28种｜分值 1｜得分 1
    - 三级 ……｜指标值 3｜完成值 3｜分值 1｜得分 1
    - 三级 发放人数(≥**人)｜指标值 ≥7人｜完成值 7人｜分值 5｜得分 5
    - 三级 ｜指标值 ≥7人｜完成值 7人｜分值 5｜得分 5
    - 完成值 9场｜分值 10｜得分 9｜原因 计划10场，实际9场。主要原因：【待补充：未完成的原因】。
    不触发：
    - 三级 指标1：培训人次｜指标值 ≥6人｜完成值 8人｜分值 1｜得分 1
    - 三级 指标1:/｜指标值 ｜完成值 ｜分值 /｜得分 /
    来源：附表以“指标1、指标2、……”占位。
    """
    half: list[tuple[Row, str]] = []
    for row in form.scored_rows:
        only, mark = _placeholder(row.cells.level3)
        if not row.cells.level3.strip():
            message = f"{row.place}没有三级指标名称。"
        elif only:
            message = f"第{row.index + 1}行的名称只是“{mark}”，没有写考核什么。"
        else:
            if mark:
                half.append((row, mark))
            continue
        yield Remark(
            f"{row.path}.level3",
            message,
            fix="写上指标的名称；不用的行整行删去或全部填“/”。",
            cell=row.cells.level3,
        )
    if half:
        row, mark = half[0]
        more = f"等 {len(half)} 行" if len(half) > 1 else ""
        yield Remark(
            f"{row.path}.level3",
            f"{row.place}{more}的名称里还留着“{mark}”。",
            fix="把占位符号换成自己的数，或从名称里去掉。",
            cell=row.cells.level3,
            severity=Severity.WARNING,
            data={"rows": "、".join(str(each.index + 1) for each, _ in half)},
        )
    for index, goal in enumerate(form.case.goals):
        yield from _gap(f"goals[{index}].actual", "“实际完成情况”", goal.actual)


@check("D15", "时效指标有期限", Severity.HINT, DESIGN)
def deadline_said(form: Form) -> Iterator[Outcome]:
    """时效指标只写“及时”“100%”，没有期限。

    做什么：所有时效指标都没有日期、天数时提示。
    为什么：没有期限就说不出及时不及时。
    触发：
    - 二级 时效指标｜三级 费用结算及时性｜指标值 及时｜完成值 及时
    - 二级 时效指标｜三级 项目按时完成率｜指标值 100%｜完成值 100%
    不触发：
    - 二级 时效指标｜三级 项目完成时间｜指标值 2022年11月底前｜完成值 2022年10月
    - 二级 时效指标｜三级 拨付时限（收到申请后10个工作日内）｜指标值 100%｜完成值 100%
    来源：财预〔2020〕10号：时效指标反映完成的及时程度。
    """
    rows = [row for row in form.scored_rows if row.kind == "时效"]
    if not rows:
        return
    for row in rows:
        dated = row.target.kind is Kind.DEADLINE or row.target.unit.dimension is Dimension.DURATION
        if dated or _DATED.search(row.cells.level3) or _DATED.search(row.cells.target):
            return
    yield Remark(
        f"{rows[0].path}.target",
        f"{len(rows)} 项时效指标都没有写明期限（如{rows[0].place}的“{rows[0].cells.target.strip()[:12] or '空'}”）。",
        fix="写明完成的日期或办理的天数。",
        cell=rows[0].cells.target,
    )


@row_check("D16", "批示表彰不当作效益", Severity.HINT, REVIEW)
def praise_is_no_benefit(row: Row, profile: Profile) -> Iterator[Outcome]:
    """把领导批示、表彰奖励当作效益指标。

    做什么：效益指标的名称是批示、表彰、获奖一类时提示。
    为什么：效益应落到公众和服务对象身上；批示内容还可能不宜公开。
    触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 获得领导批示｜指标值 ≥2次｜完成值 2次
    不触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 服务覆盖人数｜指标值 ≥200人｜完成值 220人
    - 一级 产出指标｜二级 质量指标｜三级 学生竞赛获奖数量｜指标值 ≥2项｜完成值 2项
    来源：复核实践，没有文件规定。
    """
    if row.area == "效益" and (found := _PRAISE.search(row.cells.level3)):
        yield Remark(
            f"{row.path}.level3",
            f"{row.place}以“{found[0]}”作效益，看不出公众受益多少。",
            fix="改成服务对象得到的好处；公开前核对批示内容是否涉密。",
            cell=row.cells.level3,
        )


@check("D17", "预期目标未填", Severity.WARNING, RULES)
def expected_missing(form: Form) -> Iterator[Outcome]:
    """年度总体目标填了实际完成情况，预期目标是空的。

    做什么：实际完成情况不空而预期目标为空（或只有“/”“—”）时提出；两格都空的见 G01。
    为什么：没有预期目标，完成得怎样无从对照。
    触发：
    - 完成情况 培训312人，编写教材2册。
    不触发：
    - 预期目标 培训300人，编写教材2册。｜完成情况 培训312人，编写教材2册。
    - 预期目标 培训300人，编写教材2册。
    来源：财预〔2020〕10号；自评表表样。
    """
    for index, goal in enumerate(form.case.goals):
        if squeeze(goal.actual) and not squeeze(goal.expected):
            yield Remark(
                path=f"goals[{index}].expected",
                cell=goal.expected,
                message="“实际完成情况”已经填写，“预期目标”却是空的。",
                fix="按批复的绩效目标填写预期目标。",
            )
