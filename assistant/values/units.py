"""Units of measure as the field writes them: one table, longest spelling first.

A unit not in the table is kept under its own spelling (``Dimension.OTHER``) and only compares with itself.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.domain.value import Dimension, Unit

# Classifiers: compared by number; a different classifier is remarked, not refused.
_CLASSIFIERS = ["个", "次", "家", "项", "人", "人次", "人数", "名", "位", "员", "场", "场次", "期", "班", "班次", "份", "篇", "部", "册", "本", "套", "台", "台套", "台次", "件", "件次", "起", "例", "例次", "户", "户次", "批", "批次", "株", "棵", "只", "头", "匹", "羽", "尾", "条", "座", "处", "所", "栋", "幢", "间", "层", "门", "道", "辆", "辆次", "艘", "架", "架次", "列", "趟", "支", "枝", "根", "把", "张", "幅", "块", "片", "面", "盏", "颗", "粒", "枚", "瓶", "盒", "箱", "袋", "桶", "包", "捆", "卷", "盘", "筐", "罐", "组", "队", "支队", "对", "双", "副", "类", "种", "款", "级", "档", "课", "课时", "学时", "节", "学分", "期次", "轮", "轮次", "回", "遍", "届", "站", "点", "点位", "站点", "网点", "路", "线", "口", "眼", "孔", "井次", "床", "床位", "张床位", "席", "座次", "村", "村次", "乡镇", "乡", "镇", "街道", "社区", "县", "区", "市", "省", "校", "学校", "企业", "单位", "机构", "部门", "家次", "户数", "家庭", "学生", "教师", "干部", "专家", "职工", "群众", "患者", "居民", "农户", "贫困户", "脱贫户", "监测户", "人天", "人月", "人年", "人日", "人时", "台时", "机时", "工日", "分", "星", "倍", "成", "折", "案", "案件", "宗", "桩", "单", "票", "笔", "版", "版次", "期刊", "标段", "标准", "方案", "字", "万字", "词", "页", "篇次", "首", "曲", "部次", "集", "条次", "则", "帧", "期数", "门次", "师次", "车次", "航次", "班列", "户均", "人均", "组次", "样本", "样品", "批样", "项次", "点次", "处次", "座位", "车位", "泊位", "亭", "厅", "室", "馆", "园", "棚", "圈", "舍", "池", "塘", "库", "坝", "泵", "塔", "杆", "灯", "厂", "店", "铺", "摊", "亩次", "亩均", "平台", "系统", "模块", "接口", "端口", "用户", "账号", "终端", "节点", "数据", "图斑", "宗地", "地块", "图幅", "幅次", "小时数", "工程", "项目", "课题", "专利", "论文", "成果", "报告", "标牌", "批文", "证", "证书", "团", "团组", "团次", "党组织", "支部", "宣传栏", "工位", "岗", "岗位", "床日", "台班", "窗口", "机位", "具", "尊", "顶", "盆", "丛", "簇", "畦", "垄", "缸", "坛", "壶", "杯", "碗", "碟", "筒", "管", "剂", "剂次", "针", "针次", "贴", "帖", "枪", "发", "门课", "节课", "堂", "堂课", "讲", "台戏", "场演出", "周次", "人份", "人头", "多个", "元组", "吨次", "标箱", "TEU", "元次", "万"]

_MEASURES: dict[Dimension, tuple[str, dict[str, str]]] = {
    Dimension.RATE: (
        "1",
        {
            "%": "0.01", "百分比": "0.01", "百分号": "0.01", "个百分点": "0.01", "百分点": "0.01",
            "‰": "0.001", "千分比": "0.001", "个千分点": "0.001", "‱": "0.0001",
        },
    ),
    Dimension.MONEY: (
        "元",
        {
            "元": "1", "圆": "1", "元整": "1", "元人民币": "1", "块钱": "1", "角": "0.1", "RMB": "1", "人民币": "1",
        },
    ),
    Dimension.LENGTH: (
        "米",
        {
            "米": "1", "m": "1", "M": "1", "延米": "1", "延长米": "1", "公里": "1000", "千米": "1000", "km": "1000", "KM": "1000",
            "Km": "1000", "㎞": "1000", "里": "500", "华里": "500", "分米": "0.1", "dm": "0.1", "厘米": "0.01", "cm": "0.01",
            "CM": "0.01", "㎝": "0.01", "公分": "0.01", "毫米": "0.001", "mm": "0.001", "MM": "0.001", "㎜": "0.001", "微米": "0.000001",
        },
    ),
    Dimension.AREA: (
        "平方米",
        {
            "平方米": "1", "平米": "1", "㎡": "1", "m2": "1", "m²": "1", "M2": "1", "M²": "1", "平方": "1", "米2": "1", "米²": "1",
            "公顷": "10000", "hm2": "10000", "hm²": "10000", "平方公里": "1000000", "平方千米": "1000000", "km2": "1000000", "km²": "1000000",
            "平方厘米": "0.0001",
        },
    ),
    Dimension.VOLUME: (
        "立方米",
        {
            "立方米": "1", "立方": "1", "㎥": "1", "m3": "1", "m³": "1", "M3": "1", "M³": "1", "方": "1", "土石方": "1", "升": "0.001", "L": "0.001",
            "毫升": "0.000001", "ml": "0.000001", "mL": "0.000001", "立方厘米": "0.000001",
        },
    ),
    Dimension.MASS: (
        "千克",
        {
            "千克": "1", "公斤": "1", "kg": "1", "KG": "1", "Kg": "1", "㎏": "1", "斤": "0.5", "市斤": "0.5", "两重": "0.05", "克": "0.001",
            "g": "0.001", "毫克": "0.000001", "mg": "0.000001", "微克": "0.000000001", "μg": "0.000000001", "ug": "0.000000001",
            "吨": "1000", "t": "1000", "公担": "100", "担": "50",
        },
    ),
    Dimension.DURATION: (
        "天",
        {
            "天": "1", "日": "1", "周": "7", "个星期": "7", "星期": "7",
        },
    ),
    Dimension.DATA: (
        "GB",
        {
            "GB": "1", "G": "1", "gb": "1", "TB": "1024", "T": "1024", "tb": "1024", "PB": "1048576", "MB": "0.0009765625", "mb": "0.0009765625",
        },
    ),
}  # fmt: skip

# Measures with a base of their own: they convert among themselves and with nothing else.
_APART: tuple[tuple[Dimension, str, dict[str, str]], ...] = (
    # 1 亩 = 2000/3 平方米 has no exact decimal, so 亩 has its own base; the comparison converts.
    (Dimension.AREA, "亩", {"亩": "1", "市亩": "1"}),
    (Dimension.DURATION, "工作日", {"工作日": "1", "个工作日": "1"}),
    (Dimension.DURATION, "小时", {"小时": "1", "个小时": "1", "h": "1", "H": "1", "时": "1", "钟头": "1"}),
    (Dimension.DURATION, "分钟", {"分钟": "1", "min": "1"}),
    (Dimension.DURATION, "秒", {"秒": "1", "秒钟": "1", "s": "1", "毫秒": "0.001", "ms": "0.001"}),
    (Dimension.DURATION, "月", {"个月": "1", "月": "1", "个季度": "3", "季度": "3", "个季": "3", "季": "3"}),
    (Dimension.DURATION, "年", {"年": "1", "年度": "1", "周年": "1", "个年度": "1", "学年": "1"}),
    (Dimension.DURATION, "学期", {"学期": "1", "个学期": "1"}),
    (Dimension.OTHER, "千瓦时", {"千瓦时": "1", "度": "1", "kWh": "1", "kwh": "1", "KWH": "1", "KWh": "1", "兆瓦时": "1000"}),
    (Dimension.OTHER, "千瓦", {"千瓦": "1", "kW": "1", "kw": "1", "KW": "1", "瓦": "0.001", "W": "0.001", "兆瓦": "1000", "MW": "1000"}),
    (Dimension.OTHER, "千伏安", {"千伏安": "1", "kVA": "1", "KVA": "1"}),
    (Dimension.OTHER, "千伏", {"千伏": "1", "kV": "1", "KV": "1"}),
    (Dimension.OTHER, "兆", {"兆": "1", "M带宽": "1", "Mbps": "1", "兆带宽": "1"}),
    (Dimension.OTHER, "分贝", {"分贝": "1", "dB": "1", "db": "1", "dB(A)": "1"}),
    (Dimension.OTHER, "℃", {"℃": "1", "°C": "1", "摄氏度": "1"}),
    (Dimension.OTHER, "吨标准煤", {"吨标准煤": "1", "吨标煤": "1"}),
    (Dimension.OTHER, "车公里", {"车公里": "1"}),
    (Dimension.OTHER, "吨公里", {"吨公里": "1"}),
)  # fmt: skip

_FOREIGN = ["美元", "美金", "欧元", "港元", "港币", "日元", "英镑", "卢布", "韩元", "澳元", "加元", "新元", "瑞士法郎"]
_MULTIPLES = {"百": "100", "千": "1000", "万": "10000", "十万": "100000", "百万": "1000000", "千万": "10000000", "亿": "100000000", "万亿": "1000000000000"}  # fmt: skip
_SPELLING = {"百分比": "%", "百分号": "%", "平米": "平方米"}
_PAIRS = frozenset(
    "次套件个项家份本册户人台场期班"
)  # 人/次, 台/套: two classifiers of one thing, not a quotient


def _table() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for name in _CLASSIFIERS:
        units[name] = Unit(text=name, dimension=Dimension.COUNT, base=name)
    for dimension, (base, spellings) in _MEASURES.items():
        for name, factor in spellings.items():
            units[name] = Unit(
                text=_SPELLING.get(name, name), dimension=dimension, factor=Decimal(factor), base=base
            )
    for dimension, base, spellings in _APART:
        for name, factor in spellings.items():
            units[name] = Unit(text=name, dimension=dimension, factor=Decimal(factor), base=base)
    for name in _FOREIGN:
        units[name] = Unit(text=name, dimension=Dimension.FOREIGN_MONEY, base=name)
    units["万"] = Unit(text="万", factor=Decimal(10000))
    return units


_UNITS = _table()
_NAME = "|".join(sorted(map(re.escape, (n for n in _UNITS if n != "万")), key=len, reverse=True))
_MULTIPLE = "|".join(sorted(_MULTIPLES, key=len, reverse=True))
SIMPLE = rf"(?:百分比|百分点|百分号|千分比|(?:{_MULTIPLE})?(?:{_NAME})|(?:{_MULTIPLE}))(?![A-Za-z])"
_SIMPLE = re.compile(SIMPLE)
# 元/人*月, 元/人/月, 元/人·月, 元/(人·月), 元每人, 台(套)
UNIT = re.compile(
    rf"(?P<top>{SIMPLE})"
    rf"(?:\((?P<also>{SIMPLE})\)|(?:/|每)\(?(?P<per>{SIMPLE}(?:[*·./×]?{SIMPLE})?)\)?)?"
)
_PER = re.compile(rf"({SIMPLE})[*·./×]?({SIMPLE})?")

BARE = Unit()
PERCENT = _UNITS["%"]


@lru_cache(maxsize=512)
def unit_of(text: str) -> Unit:
    """The unit spelled *text* (already folded, no white space); ``""`` is no unit, an unknown spelling ``OTHER``."""
    if not text:
        return BARE
    match = UNIT.fullmatch(text)
    if match is None:
        return Unit(text=text, dimension=Dimension.OTHER, base=text)
    top = _simple(match["top"])
    if match["also"]:
        return top.model_copy(update={"text": f"{top.text}({match['also']})"})
    if not match["per"]:
        return top
    per = _PER.fullmatch(match["per"])
    if per is None:
        return Unit(text=text, dimension=Dimension.OTHER, base=text)
    lower = [_simple(name) for name in per.groups() if name]
    if len(lower) == 1 and top.dimension is Dimension.COUNT and lower[0].text in _PAIRS:
        return Unit(
            text=text, dimension=Dimension.COUNT, factor=top.factor, base=f"{top.base}{lower[0].base}"
        )
    spelled = f"{top.text}/{'*'.join(unit.text for unit in lower)}"
    base = f"{top.base}/{'*'.join(unit.base if unit.factor == 1 else unit.text for unit in lower)}"
    return Unit(text=spelled, dimension=Dimension.COMPOUND, factor=top.factor, base=base)


def _simple(text: str) -> Unit:
    """A unit without a denominator, with its multiple: 万元, 千人次."""
    if text in _UNITS:
        return _UNITS[text]
    for name in sorted(_MULTIPLES, key=len, reverse=True):
        rest = text.removeprefix(name)
        if rest != text and (not rest or rest in _UNITS):
            unit = _UNITS[rest] if rest else BARE
            factor = unit.factor * Decimal(_MULTIPLES[name])
            return unit.model_copy(update={"text": name + unit.text, "factor": factor})
    return Unit(text=text, dimension=Dimension.OTHER, base=text)


def match_unit(text: str, start: int) -> tuple[Unit, int] | None:
    """The unit written in *text* from *start* on and where it ends, or ``None``."""
    match = UNIT.match(text, start)
    if match is None:
        return None
    return unit_of(match[0]), match.end()
