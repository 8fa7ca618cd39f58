"""What the headings and labels of real forms mean, whatever a province calls them.

Meanings, not positions: a heading is compared without spaces, line breaks, brackets and width of punctuation.
Names gathered from published forms of many places (财预〔2020〕10号 附1, transfer-payment forms, local systems).
"""

from __future__ import annotations

import re
from functools import lru_cache

_PUNCTUATION = str.maketrans("（）：＊，；［］【】／％", "():*,;[][]/%")
_SPACE = re.compile(r"\s")
_BRACKETED = re.compile(r"[(\[〔][^()\[\]〔〕]*[)\]〕]")
_NUMBERED = re.compile(r"^(?:[(]?[一二三四五六七八九十]{1,2}[)、.]|[(]?\d{1,2}[)、.])")
_POINTS = re.compile(r"(\d+(?:\.\d+)?)分")


@lru_cache(maxsize=4096)
def norm(text: str) -> str:
    """*text* without spaces and line breaks, punctuation in half width, no stars before or colon behind."""
    return _SPACE.sub("", text).translate(_PUNCTUATION).lstrip("*★☆#").rstrip(":").replace("　", "")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """:func:`norm` without what stands in brackets and without a leading number."""
    flat = norm(text)
    for _ in range(3):
        flat = _BRACKETED.sub("", flat)
    return _NUMBERED.sub("", flat).strip("*:").removesuffix("(").strip()


def points_in(text: str) -> str:
    """The points printed in a heading (``预算执行情况（20分）`` → ``20``), empty where there are none."""
    for part in _BRACKETED.findall(norm(text)):
        if match := _POINTS.search(part):
            return match[1]
    return ""


_HEAD = {
    "project": r"(?:转移支付|专项资金|专项|政策|资金|二级)?(?:项目|专项|政策)?名称|项目全称|专项资金名称|转移支付名称|资金名称|(?:子|明细)项目名称",
    "department": r"(?:一级|项目|预算|业务)?主管(?:预算)?(?:部门|单位)(?:名称|及代码|及编码|代码)?|主管部门/单位|部门名称",
    "central": r"(?:中央|国家)(?:级)?主管部门",
    "local": r"(?:地方|省级|省|市级|区级|县级|市县|自治区|盟市|旗县|市|县|区)(?:级)?主管部门",
    "unit": r"(?:项目|预算|资金|具体)?(?:实施|使用|承担|执行|填报|申报|预算|承办|建设|用款|基层)(?:主体|单位|部门|机构)(?:名称|及代码|及编码)?|项目单位(?:名称)?|单位名称|资金使用单位|实施单位/部门",
    "person": r"(?:项目|单位|部门|财务|资金|实施单位|处室|科室)?(?:项目)?(?:负责人|联系人|责任人|经办人)(?:姓名)?|填报人|填表人|联系人",
    "phone": r"(?:项目|填报人|负责人|联系人)?(?:联系|固定)?(?:电话|方式|手机)(?:号码)?|联系方式|手机",
    "year": r"(?:预算|评价|自评|项目|所属|绩效|填报)?(?:年度|年份)",
    "total": r"(?:项目)?(?:自评|综合|绩效|评价|绩效自评|最终|项目自评)(?:总)?(?:得分|评分|总分|分数)|总得分|(?:自评)?总评分|(?:自评)?得分合计|合计得分",
    "total_weight": r"总分值|分值合计|合计分值|权重合计|总权重",
    "grade": r"(?:自评|评价|绩效|综合|评定|绩效自评|自评结果|绩效评价|自评绩效)?(?:评定)?(?:等级|等次|级别|档次)",
    "money_unit": r"(?:金额|资金|货币|计量)?单位",
}
_HEAD_PATTERNS = {key: re.compile(rf"(?:{pattern})\Z") for key, pattern in _HEAD.items()}


@lru_cache(maxsize=4096)
def head_key(text: str) -> str:
    """Which cell of the form's head *text* labels: ``project``, ``department``, ``person`` ..., or empty."""
    flat = bare(text)
    if not flat or len(flat) > 16:
        return ""
    return next((key for key, pattern in _HEAD_PATTERNS.items() if pattern.match(flat)), "")


_EXTRA = re.compile(
    r".*(?:复核|复评|审核|核定|抽查|评审|专家|财政部门|主管部门|核查|第三方).*|扣.*分.*|.*系数.*|.*(?:评分|评价|计分|赋分|考核|打分|自评)(?:标准|细则|方法|规则|办法|要点|依据|说明|公式)"
    r"|.*(?:完成|达成|实现|偏差)(?:率|比例|程度|度)|序号|编号|编码|指标(?:解释|说明|依据|类型|来源|编码|状态|属性|定义|内涵|分类)|.*依据|.*来源.*|.*核心.*"
    r"|.*(?:计算|取值)(?:公式|方法|方式).*|.*历史.*|.*上年.*|.*去年.*|.*下年.*|.*责任.*|.*处室|.*状态|百分位值"
)
_LEVELS = (
    (
        "level1",
        re.compile(
            r"(?:绩效)?(?:一级|1级|Ⅰ级)(?:绩效)?(?:指标|目录)?(?:名称|内容)?|(?:绩效)?指标(?:类别|大类|类型)|一级"
        ),
    ),
    ("level2", re.compile(r"(?:绩效)?(?:二级|2级|Ⅱ级)(?:绩效)?(?:指标|目录)?(?:名称|内容)?|二级")),
    (
        "level3",
        re.compile(
            r"(?:绩效)?(?:三级|3级|Ⅲ级)(?:绩效)?(?:指标|目录)?(?:名称|内容)?(?:及(?:分值|权重))?|三级|(?:具体|明细|个性|考核|评价)?(?:绩效)?指标(?:名称|内容|描述|事项)|具体指标|考核指标|评价指标"
        ),
    ),
    ("level4", re.compile(r"(?:四级|4级)(?:指标)?(?:名称|内容)?")),
)
_OP = re.compile(r".*(?:性质|符号|方向|计算符|比较符|关系符)")
_UNIT = re.compile(r"(?:度量|计量|数量|指标值?|目标值?|完成值|值)?单位")
_PLANNED = re.compile(r"计划|预期|预计|应完成|拟|设定|年初|申报|目标|批复|下达|期初")
_TARGET = re.compile(
    r".*(?:指标值|目标值|计划值|预期值|设定值|标准值|计划数|目标数|任务数|预期数|计划完成[值数]|预期完成[值数]|目标|计划|目标要求|目标任务|任务量|计划量|考核值|指标要求)(?:设定|情况|内容)?"
)
_ACTUAL = re.compile(
    r".*(?:完成|实际|实现|达成|达到|业绩|自评)(?:的)?(?:指标|目标)?(?:值|数|数值|数量|量|情况|结果|成效|指标|业绩|效果)(?:说明|描述)?|.*实际(?:完成|实现|达到|达成)?|(?:全年|年度|目标|指标|实际)?完成"
)
_SCORE = re.compile(
    r".*(?:得分|评分|自评分|打分|评价分|自评分[值数]|评定分数|自评分数|得分值|自评价|分数)|自评"
)
_WEIGHT = re.compile(r".*(?:分值|权重|权数|标准分|满分|基准分|配分|设定分|赋分|总分)(?:分值|设置|设定|值)?")
_REASON = re.compile(r".*(?:偏差|偏离|未完成|未达|原因|改进|整改|措施|存在问题).*")
_EVIDENCE = re.compile(r".*(?:佐证|证明|支撑|印证|印件|附件)(?:性)?(?:材料|资料|文件)?.*")
_REMARK = re.compile(r"备注|说明|(?:情况|完成情况|补充|其他|其它|得分|自评)说明|备注说明|情况备注")


@lru_cache(maxsize=4096)
def indicator_role(text: str, parent: str = "") -> str:
    """The meaning of a heading of the indicator table; *parent* is the heading above it in a two-line header.

    One of level1 level2 level3 level4 op value unit target actual weight score reason evidence remark extra name
    block, or empty where *text* is no such heading.
    """
    flat = bare(text)
    if not flat or len(flat) > 24:
        return ""
    if parent:
        above = indicator_role(parent)
        if above == "extra" and not _LEVELS[2][1].fullmatch(flat):
            return "extra"
        if above == "target" and re.fullmatch(r"(?:指标|目标)?(?:数?值|数量|内容)", flat):
            return "value"
        if above == "actual" and _UNIT.fullmatch(flat):
            return "extra"
    for role, pattern in _LEVELS:
        if pattern.fullmatch(flat):
            return role
    if _EVIDENCE.fullmatch(flat):
        return "evidence"
    if _UNIT.fullmatch(flat):
        return "unit"
    if _REASON.fullmatch(flat) and "得分" not in flat.replace("得分原因", ""):
        return "reason"
    if _EXTRA.fullmatch(flat):
        return "extra"
    if _OP.fullmatch(flat):
        return "op"
    if _REMARK.fullmatch(flat):
        return "remark"
    if flat in {"绩效指标", "指标"}:
        return "name"
    if re.fullmatch(r".*(?:自评|实际|实得|考评)分值|.*得分.*", flat) or _SCORE.fullmatch(flat):
        return "score"
    if _WEIGHT.fullmatch(flat):
        return "weight"
    if "实际" in flat and _ACTUAL.fullmatch(flat):
        return "actual"
    if _TARGET.fullmatch(flat) and not (re.search(r"完成|实现|达成", flat) and not _PLANNED.search(flat)):
        if "完成" in flat and not re.search(r"计划|预期|预计|应完成|拟", flat):
            return "actual"
        return "target"
    if _ACTUAL.fullmatch(flat):
        return "actual"
    return ""


@lru_cache(maxsize=4096)
def fund_role(text: str) -> str:
    """The meaning of a heading of the money table: initial budget executed rate weight score reason, or empty."""
    flat = bare(text)
    if not flat or len(flat) > 20:
        return ""
    if re.fullmatch(r".*(?:执行率|完成率|支出率|使用率|支出进度|执行进度|支付率|到位率).*", flat):
        if re.search(r"权重|分值", flat):
            return "weight"
        return "score" if "得分" in flat else "extra" if "到位" in flat else "rate"
    if re.fullmatch(r".*(?:得分|自评分|评分)", flat):
        return "score"
    if re.fullmatch(r"(?:分值|权重|标准分|满分).*", flat):
        return "weight"
    if re.fullmatch(r".*(?:原因|说明|备注|措施|偏差).*", flat):
        return "reason"
    if re.fullmatch(r".*(?:执行|支出|支付|决算|使用)(?:数|金额|额|资金|总额|合计|资金数)?", flat):
        return "executed"
    if re.fullmatch(r".*(?:年初|期初|批复|申报).*(?:数|预算|金额|额|资金|安排)", flat):
        return "initial"
    if re.fullmatch(r".*(?:预算调整|调整预算|调整后)(?:数|金额|额|资金)", flat):
        return "budget"
    if re.fullmatch(
        r".*(?:预算|预算安排|下达|安排|到位)(?:数|金额|额|资金|总额|合计|资金数|资金额|总数)?", flat
    ):
        return "budget"
    return ""


_FUND_LABEL = re.compile(
    r"(?:其中|其中:|一是|二是)?.*(?:年度资金总额|资金总额|总金额|总额|资金合计|预算总额|财政拨款|财政资金|财政补助|中央补助|省级补助|补助资金|本级资金|上年结转|结转资金|结转结余"
    r"|其他资金|其它资金|自有资金|自筹资金|单位资金|社会资金|社会投入|专户管理|地方资金|地方财政|中央资金|省级资金|市级资金|县级资金|区级资金|债券|银行贷款|一般公共预算|政府性基金|国有资本|非财政|配套资金|转移支付|市县资金|专项资金|地方配套|预算内|预算外).*"
)


@lru_cache(maxsize=4096)
def is_fund_label(text: str) -> bool:
    """Whether *text* names a row of the money table (年度资金总额, 其中:当年财政拨款 ...)."""
    flat = norm(text)
    return len(flat) <= 40 and _FUND_LABEL.fullmatch(flat.removeprefix("其中").lstrip(":")) is not None


_EXPECTED = re.compile(
    r"(?:年度|年初|全年|项目|本年|本年度|当年|总体|总|预期|计划|设定|绩效|实施期|的|主要|申报|\d{4}年|年)*(?:目标|预期目标)(?:值|内容|设定|及内容|任务)?(?:\d{1,2}|[一二三四五六七八九])?"
)
_MIDTERM = re.compile(r".*(?:中期|中长期|实施期|长期|总体规划|项目总).*目标.*")
_ACHIEVED = re.compile(
    r"(?:年度|年终|全年|目标|总体|绩效|项目|实际|预期|的|自评|年|年末|本年|当年|\d{4}年|实施期|主要)*(?:完成|实现|实施|达成|执行)(?:目标)?(?:情况|效果|结果|进度|成效|程度)(?:综述|概述|说明|描述|简述)?(?:\d{1,2})?"
    r"|(?:目标)?自评情况"
)


@lru_cache(maxsize=4096)
def goal_role(text: str) -> str:
    """``expected``, ``achieved`` or ``midterm`` where *text* labels the goals' block, else empty."""
    flat = bare(text)
    if not flat or len(flat) > 18:
        return ""
    if _ACHIEVED.fullmatch(flat):
        return "achieved"
    if _MIDTERM.fullmatch(flat) and not flat.startswith("年度"):
        return "midterm"
    return "expected" if _EXPECTED.fullmatch(flat) else ""


_TOTAL = re.compile(
    r"(?:自评|绩效|项目|评价|综合|指标|自评价|绩效自评)*(?:总分|合计|总计|总得分|总评分|得分合计|合计得分|总分合计|自评得分|综合得分|评价得分|总评|总分数|最终得分|分值合计)(?:\(?合计\)?)?"
)
_FOOT = re.compile(
    r"(?:其他|其它)?(?:需要|需|应)?(?:补充)?说明(?:的)?(?:事项|问题|情况)?(?:的)?(?:事项|问题|情况)?|说明|备注|注|注释|填[表报](?:人|说明|日期|时间|单位|要求).*|.*(?:原因分析|改进措施|应用方案|存在(?:的)?问题|主要经验|评价结论|自评结论|整改措施|有关建议|意见建议|相关建议|结果应用.*|偏差大.*)|审核(?:意见|人|单位)?|.*(?:负责人|签[字章名]|盖章).*|单位意见|部门意见|审核意见|联系人.*|联系电话.*"
)


def is_total(text: str) -> bool:
    """Whether *text* begins the row of totals."""
    flat = bare(text)
    return bool(flat) and len(flat) <= 12 and _TOTAL.fullmatch(re.sub(r":?[\d.]+分?\Z", "", flat)) is not None


def is_foot(text: str) -> bool:
    """Whether *text* labels what comes after the indicators (remarks, signatures, conclusions)."""
    flat = bare(text)
    return (bool(flat) and len(flat) <= 24 and _FOOT.fullmatch(flat) is not None) or norm(text).startswith(
        ("注:", "备注:", "说明:", "填报说明", "填表说明")
    )


_LEVEL1 = re.compile(
    r"(?:项目)?(?:产出|效益|满意度|成本|效果|决策|管理|过程|投入|绩效|实施|影响力|社会效应|预算执行|资金管理|预算执行率|履职|效率)(?:类|性)?(?:指标)?"
)
_LEVEL2 = re.compile(
    r"(?:产出)?(?:数量|质量|时效|进度|成本|经济成本|社会成本|生态环境成本|生态成本|经济效益|社会效益|生态效益|环境效益|生态环境效益|可持续影响|可持续发展|可持续|服务对象满意度|受益对象满意度|群众满意度|社会公众满意度|满意度|工作满意度|对象满意度|使用人员满意度|项目目标|项目立项|绩效目标|资金投入|投入管理|财务管理|资金管理|组织实施|项目实施|预算执行|预算执行率|具体)(?:效益)?(?:指标)?"
)


@lru_cache(maxsize=4096)
def level_of(text: str) -> int:
    """1 or 2 where *text* is a name of that level (产出指标, 数量指标), else 0."""
    flat = bare(text)
    if not flat:
        return 0
    parts = flat.split("/")
    if all(_LEVEL2.fullmatch(part) for part in parts):
        return 1 if flat in {"满意度指标", "成本指标", "项目实施", "满意度"} and flat != "成本指标" else 2
    return 1 if _LEVEL1.fullmatch(flat) else 0
