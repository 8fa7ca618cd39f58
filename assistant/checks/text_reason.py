"""What a 偏差原因分析及改进措施 says: causes, measures, when and who; judged clause by clause, without a model.

Leans to silence: a clause that might be a cause counts as one, and so does a measure. Structure after
财预〔2020〕10号: fact, cause, effect, measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.text import clauses, squeeze, unwrap
from assistant.checks.text_words import EMPTY_CAUSES, EMPTY_MEASURES, FILLERS, NOTHING_SAID
from assistant.domain.patterns import pattern

_MEASURE_LEAD = pattern(
    r"下一?步|下一阶段|今后|以后(?!来)|后续|改进措施|整改措施|改进计划|整改计划|改进意见|改进方向|解决办法|措施[:：为是]"
    r"|(?:明年|次年|下一?年度?|20\d\d年度?)[^，。；]{0,12}(?:将|拟|予以|编制|申报|设定|调整|安排|按)"
)
_CAUSE_LEAD = pattern(
    r"(?:^|[^成])因(?![此而素地材公])|由于|鉴于|缘于|源于|受(?!益|理|众|训|邀|聘|助|检|评|表彰)[^，。；]{1,20}|原因|归因"
    r"|导致|造成|致使|使得|所致|引起|引发|之所以|主要是(?!加强|完善)|取决于|有关(?:系)?$"
)
_DEFICIT = pattern(
    r"才|尚缺|仍缺|难以|很难|不易|不足|不够|不到位|不力|不高|不全|不熟|不强|不畅|不及时|不准确|不合理|不科学|不完善|不健全|不清|不符|不同意|不愿|不配合|未"
    r"|尚无|没有|没能|无法|不能|缺乏|缺少|短缺|偏[低高少大小紧慢差弱]|过[低高少大小紧长短慢]|较[低高少大小紧慢晚长差弱]|延[期迟误后]"
    r"|推迟|滞后|缓慢|取消|停[工办摆产诊]|暂停|暂缓|减少|下降|下滑|降低|增加|增多|新增|上涨|退[出学订货]|搬迁|死亡|离职|调离|流标|废标|中标价|结余"
    r"|变更|变化|变动|调整为?|困难|冲突|疫情|暴雨|洪水|台风|降雨|干旱|高温|雨季|客观|实行|跨年|尾款|质保|尚在|仍在|正在|处于|周期|依据"
)
_MEASURE_VERB = pattern(
    r"(?<![不未没被])(?:加强|加快|加大|完善|优化|细化|强化|健全|建立|规范|督促|督办|催促|协调|提前|尽快|尽早|改为|改由|改成|纳入|列入"
    r"|制定|制订|修订|出台|明确|落实|压实|补[齐充办训做发报选种采课检测验录]|追[缴加回责]|约谈|函告|倒排|按月|按季|按周|逐[月季]"
    r"|调[低高增减]|核减|核增|核实|收回|统筹|整改|更换|增派|增设|配备|增配|扩大|组织|开展|安排|启动|参照|测算|结合|科学|合理|精准|严格"
    r"|提高|提升|改进|深化|推进|推动|跟踪|监控|监督|预警|通报|考核|引入|引进|设定|设置|量化|争取|力争|确保|保证|避免|杜绝|做好|做实|抓好|跟进)"
)
_INTENT = pattern(
    r"(?:^|[^虚模草比])拟(?!定|合|态|人)|(?<![即可必])将(?=[在于继进加按对把会由从不严建完积持适逐及组开启以尽全参督协重调]|20|下|明|次)|计划(?=[于在明次下加开组启补]|20\d\d\s*年)"
    r"|准备|打算|应当|应加强|建议|需(?:要)?(?:加强|进一步)"
)
_APPOINTED = pattern(
    r"(?:[于在]|^)(?:20\d\d\s*年|次年|明年|下一?年)[^，。；]{0,10}(?:前|恢复|补|接入|交付|开课|开工|到位|办理|复训|举办)|由[^，。；]{2,12}于"
)
_DONE_MEASURE = pattern(
    r"已[^，。；]{0,14}?(?:补|整改|督促|协调|沟通|约谈|催|追缴|函告|调整|重新|启动|明确|制定|制订|印发|修订|纳入|列入|更换|签订|安排|要求"
    r"|申请|上报|收回|退回|完成|验收|支付|恢复|采取|建立|委托|联系|追究|商|转入|落实|组织|建成|到位)|经[^，。；]{0,12}(?:商定|协商|同意)"
)
_POSTPONED = pattern(r"推迟|延|才|尚|仍|未")
_YEAR = pattern(r"(?<!\d)20\d\d(?=\s*年)")
_TIME = pattern(
    r"20\d\d\s*年?|(?<!下一)阶段|\d{1,2}\s*月|[一二三四五六七八九十]{1,2}月份?|次年|明年|下一?年度?|下半年|上半年|季度|年[底末初中内]|月[底末初内]|本年|当年|当月|学期"
    r"|\d+\s*个?(?:工作)?[日天周月]|[一两二三四五六七八九十]个?(?:工作)?(?:[日天周]|个月)|每[年季月周]|按[月季周]|逐[月季]|即日起|期限|截止"
)
_SUBJECT = pattern(
    r"[我本](?:单位|部门|局|中心|院|校|所|厅|委|站|馆|镇|乡|街道|处|科|县|区|市)|[处科室股部局院所]室|(?:财务|业务|办公|项目|人事|采购|基建|综合|工程|规划|后勤|信息)[处科室股部组]"
    r"|由[^，。；]{2,16}|责任[人处科部单]|[\u4e00-\u9fff]{2,10}(?:处|科|股|中心|办公室|领导小组|工作组|项目组)(?:负责|牵头|将|已|拟|每|按|于|对)"
    r"|施工(?:方|单位|企业)|供应商|承办(?:方|单位)|中标(?:方|单位)|监理|主管部门|代理机构"
)
_EMPTY_MEASURE = pattern("|".join(sorted(map(re.escape, EMPTY_MEASURES), key=len, reverse=True)))
_EMPTY_ANY = pattern(
    "|".join(sorted(map(re.escape, (*EMPTY_CAUSES, *EMPTY_MEASURES)), key=len, reverse=True))
)
_FILLER = pattern("|".join(sorted(map(re.escape, FILLERS), key=len, reverse=True)))
_FACT = pattern(
    r"^(?:年度|全年|本年|原|年初|当年)?(?:计划|目标|指标值?|预算|预期|应)[^因由]*\d|^(?:实际|全年|已|共|仅|累计|完成率?|执行率?|完成值?|自评|偏差|扣)[^因由]*\d"
    r"|^达成|^未达成|^部分达成|^(?:该|本)?(?:指标|项目|任务|工作)?(?:未|没有|尚未|未能)(?:能|全部|按期|按时|完全)?(?:完成|达到|达成|实现|达标)[^，。；]{0,10}$"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason taken apart.

    Attributes:
        causes: The clauses that give (or may give) a cause.
        measures: The clauses that say what was or will be done.
        is_dated: A time is named in the measures, or they are already done.
        has_actor: Somebody is named who acts.
        is_hollow: Every measure is an empty phrase.
        substance: What is left without empty phrases and joints, squeezed.
    """

    causes: tuple[str, ...]
    measures: tuple[str, ...]
    is_dated: bool
    has_actor: bool
    is_hollow: bool
    substance: str


def says_nothing(text: str) -> bool:
    """Whether a cell is blank or a placeholder: 无, 暂无, 略, 没有偏差, —, / ..."""
    said = squeeze(text)
    return not said or said in NOTHING_SAID


def substance(text: str) -> str:
    """What *text* says beyond empty phrases and joints."""
    return _FILLER.sub("", _EMPTY_ANY.sub("", squeeze(text)))


@lru_cache(maxsize=2048)
def analyse(text: str, year: int | None = None) -> Reason:
    """Take a reason apart; what is said of a time after the form's *year* is a plan."""
    causes: list[str] = []
    measures: list[str] = []
    in_measures = False
    done = False
    for clause in clauses(text):
        lead = _MEASURE_LEAD.search(clause)
        cause = _CAUSE_LEAD.search(clause)
        if cause and (lead is None or cause.start() < lead.start()):
            in_measures = False
        if lead:
            in_measures = True
            before = clause[: lead.start()]
            if cause and cause.start() < lead.start() and len(squeeze(before)) >= 4:
                causes.append(before)
            measures.append(clause)
            continue
        if in_measures:
            measures.append(clause)
        elif _DONE_MEASURE.search(clause) and not cause:
            measures.append(clause)
            done = True
        elif cause:
            causes.append(clause)
        elif _is_measure(clause, bool(measures), year):
            measures.append(clause)  # also what goes on about a measure: by when, by whom, and what else
        elif not _FACT.search(clause) and len(squeeze(clause)) >= 4:
            causes.append(clause)
    told = "".join(measures)
    return Reason(
        causes=tuple(causes),
        measures=tuple(measures),
        is_dated=done or bool(told and _TIME.search(told)),
        has_actor=bool(told and _SUBJECT.search(told)),
        is_hollow=bool(measures) and len(_FILLER.sub("", _EMPTY_MEASURE.sub("", squeeze(told)))) < 4,
        substance=substance(text),
    )


def _is_measure(clause: str, goes_on: bool, year: int | None) -> bool:
    """Whether a clause without a cause's or a measure's lead says what is done about it."""
    if _INTENT.search(clause) or _is_ahead(clause, year):
        return True
    acts = goes_on or bool(_APPOINTED.search(clause) or _MEASURE_VERB.search(clause))
    return acts and not _DEFICIT.search(clause)


def _is_ahead(clause: str, year: int | None) -> bool:
    """Whether the clause plans something for a later year (and does not tell of a postponement)."""
    if year is None or _POSTPONED.search(clause):
        return False
    return any(int(found) > year for found in _YEAR.findall(clause))


def is_dated_or_documented(text: str) -> bool:
    """Whether a date, a document or a measured effect backs the text."""
    return bool(_DATED.search(unwrap(text)))


_DATED = pattern(
    r"20\d\d|\d{1,2}\s*月|[一二三四五六七八九十]{1,2}月|第?[一二三四1-4]季度|[上下]半年|〔20\d\d〕|《[^》]+》|\d+号文?|\d"
)
