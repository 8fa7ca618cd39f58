"""Right number, wrong place: whether the words around a figure fit the fact it was bound to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.drafting.labels import GAP, GROWTH, RATIO, SHARE_OF_TARGET
from assistant.drafting.sources import Source
from assistant.values.quantities import Mention

_STOP = "。；;！!？?\n"
_WHO = "人群|群体|人口|对象|[男女学考儿]?[童生员]|客户|用户|市场|区域|地区|企业|家庭|群众|患者"
"""Behind 目标: whom or what something is for, not what is planned."""
_FULL_STOP = "。\n"
CLAUSE = f"{_STOP}，,、：:（）()"
COMPARED = "晚早低高少多优好快慢短长"
_TARGET = re.compile(
    rf"(?:(?<![响供对效适反])应(?![急聘届邀声答酬激]|.尽)|[拟需须])[当该]?(?:完成|达到)|计划(?!生育)|规划|(?<!完成)任务(?:数|量)?(?:为|是|：|:)?\Z|目标(?!{_WHO})|要求|指标值|预期|预算|年初|(?:[队员岗]|岗位|核定)编制(?:数|为)?\Z|(?<![响供对效适反相])应当?(?![用急聘届邀声答酬激]|.尽)|申报|设定|原定|下达|安排|上限|下限"
    rf"|[{COMPARED}]于|不足|未达|未能|超过|超出|[比较距](?!上年|去年|往年)"
)
_ACTUAL = re.compile(r"实际|实[办收到发建投支付]|已(?!批)|累计|[增升]加?[到至]|提[高升][到至]")
_DONE = re.compile(
    r"完成(?!率|时[间限])|达到|举办|召开|形成|执行(?!率)|支出|支付|建成|开展"
)  # weaker: 计划召开
_DIFFERENCE = re.compile(
    r"[优好快慢](?=于|[\d一二两三四五六七八九十半了约])|[超欠迟多少差低高增减未没缺余晚早推延剩短扣降升]|提前|相[差比]|结转|节[约余省]|届时|缩|[失丢]|便宜|追加|调[增减]|核减|逾期"
)
_IS_SO_MUCH = re.compile(
    r"[多少高低长短快慢早晚省失增减升降差超缺余宽贵](?:了|约|出|近)*\Z"
)  # 长6.3公里: the word just before
_STILL_OPEN = re.compile(r"[未没待]|跨年|[下次]年|尾款|质保金|结转|余")  # money not yet spent
_EITHER = re.compile(rf"[{COMPARED}]于|不足|超[过出]|未[达能]|[比较距]|预算|下达|安排")  # either may follow
_IS_DIFFERENCE = re.compile(
    r"(?:超出|超额(?:完成)?|结余|未执行|扣|尚有|还有|仍有|剩余|其余|尚余|未(?:完成|建成|达标)的|(?<![不至最])[少低差晚早多欠])(?:了|约|出)?\Z"
)
IS_TARGET = re.compile(
    r"(?:指标值|目标值)(?:为|是|：|:)?\Z"
    r"|(?:超[出过额]?|比|较|[高低多少优早晚好快慢短长]于|未?达到?)了?(?:年度|年初|预期|计划|既定|控制|国家|省级|上级|规定|考核|行业)*(?:目标|指标|计划|任务|标准|上限|要求)[值数]?的?\Z"
)  # 未达到指标值…, 高于目标…: goes on about the figure before
AFTER_TARGET = re.compile(r"的(?:年度|预期|计划|既定|控制|考核)?(?:目标|指标|计划|要求|上限|下限|标准)")
_DONE_OF_IT = re.compile(r"[^，。；\d]{0,8}(?:完成|建成|实现|达到|实际|已)[^，。；\d]{0,8}\d")
_SOON = 24  # characters
_ADJUSTED = re.compile(r"(?:追加|调整|调[增减]|核减|预算)[^，。；]{0,12}[到至为]\Z")
_AMONG = re.compile(r"[^，。；、\d]{0,6}中，?(?:仅|只|还|已)?有")  # 300户中有13户退出
_PUT_OFF = re.compile(
    r"[^，。；、\d]{0,3}(?:推迟|推后|顺延|延[后期迟长]?|拖[延后]?|调整|提前)[到至为]"
)  # 由5月底顺延至6月18日
_OF_THEM = re.compile(r"\d[^，。；、\d]{0,3}中，?(?:还|仅|只)?有\Z")
_FELL_OUT = re.compile(
    r"(?![^。；未没不]{0,6}(?:完成|建成|实现|达标))[^。；、\d]{0,12}(?:未|没|不|退出|取消|拆|延|缺|放弃|暂停|合并|并入|停[用办运建]|撤)"
)
_OPENS = re.compile(r"(?:主要)?(?:因|因为|由于|系|有|另有|其中)?")
_TOLD_OF_IT = re.compile(
    r"(?![^，。；\d]*(?:完成|建成|建设|实现|达[到标]|举办|召开|开展|组织|执行|支出|实施|通过|合格|到位|投入|投用|安装|采购|培训|发放|发布|全部))"
    r"[^，。；、\d]{2,}"
)
_IS_REST = re.compile(r"(?:剩余|其余|余下|剩下|尚有|尚余)的?\Z")
_RESTATED = re.compile(r"(?:即|合|折合|相当于|也就是)约?\Z")  # 多0.6千米，即600米
_IS_BUDGET = re.compile(r"预算(?:数|总?额|金额|资金|安排|批复|下达|合计|共计|总计|为|是|共|：|:)*\Z")
_NUMBERED = re.compile(
    r"(?:目标|任务|计划|指标)[\d一二三四五六七八九十]{1,2}(?:[：:、]|的?(?:完成|实现|达成)(?:情况)?[：:]?|(?=[已未基全按方]))"
)  # 目标1：is a mark
_STRONG = (("target", _TARGET), ("actual", _ACTUAL))
_AFTER = re.compile(
    rf"的?(?:年度|预期|计划|既定|控制|考核)?(?:目标(?!{_WHO})|任务|指标|计划|要求|上限|下限|标准|预算)"
)
_AS_DONE = re.compile(
    "的?(?:实际|实有|完成|执行|支出|达到)(?:水平|情况|[数值量])"
)  # 参照5.86万平方米的实际水平
_HEADING = re.compile(
    r"(?:对照|对标|围绕|紧扣|聚焦|根据|按照)[^，。；：:\d]{0,10}(?:目标|计划|任务|要求|指标)[^，。；：:\d]{0,4}[：:]"
)  # 对照年初目标：what follows is told against it
_COMPARISON = re.compile(
    r"[比较距].{0,8}(?:计划|目标|指标|任务|预期|要求)[^，]*[多少高低差快慢早晚超]"
    r"|(?:未能?|没有?)(?:达到?|完成)[^，]*(?:计划|目标|指标|任务|预期|要求)"
    r"|(?:完成了?|[为占是])(?:年度|全年|总|预期)*(?:目标|计划|任务|指标)[值数]?的\d"  # 完成目标的130.49%，…
    r"|超[出过额]?(?:完成)?(?:年度|全年)*(?:计划|目标|指标|任务)\d"  # 超计划68批次，…
    r"|不[到足](?:年度|全年)*(?:计划|目标|指标|任务|上限|控制)[^，]*的"  # 不到上限的四成，…
)
_SIGN = re.compile(r"[≥≤＞＜<>]|不[少低高小大多]于|不得|不超|以内|以上|以下|至少|控制在")
_COMMON = frozenset(
    {"完成", "指标", "项目", "工作", "情况", "数量", "年度", "实际", "达到", "组织", "开展", "相关", "其中"}
)

_SENTENCE = re.compile(f"[{_STOP}]")
_TWO_DIGITS = 10  # such figures hardly agree by chance
_SEVERAL = 3  # words, as pairs of letters, that two sentences share when one says again what the other said
MARGIN = 25  # percent by which another indicator's name must fit better before a figure counts as misplaced
ENOUGH = 50
_NAME_ONLY = re.compile(r"（[^）]*）|[^\u4e00-\u9fffA-Za-z]")
_TAIL = 4  # characters of an indicator's name that may stand for it: 演出场次 for 文化惠民演出场次
_IS_GROWTH = re.compile(r"(?:增长|增幅|涨幅|超额)(?:了|为|达)?\Z")
_MORE = re.compile("[超增多高涨升余长]|提前|翻")
_IS_SAVING = re.compile(r"(?:节[约省支]|提速|降低?|下降|压[减缩]|缩短|减少)了?约?\Z")
_RESPECTIVE = re.compile(r"(?P<names>[^。；;，,\n]+)[，,]?分别(?:为|是|达到?|完成|[扣得占]|：|:)?")
_NAMES_APART = re.compile(r"、|和|与|以及|及")
_LEVELS = re.compile(r"[两三四五](?=级)")  # 中央、省、县三级资金
_TWO_NAMES = 4  # characters
_FIGURES_APART = re.compile(r"[、，,和与及以\s]{1,3}")
_PAID_NEXT = re.compile(r"[，,](?:已|实际|累计|共)*(?:支付|支出|执行|使用)了?\d")  # 资金742.8万元，已支付…
_SPENT_OF_IT = re.compile(
    r"(?:已|实际|累计|共|现)*(?:执行|支出|支付|使用)(?:了|为)?"
)  # 资金36万元执行33.4万元
_VERSUS = re.compile("对|比|，对比")
_OF_BUDGET = re.compile(r"预算[^。；支执]{0,16}中[，：:]?[^。；支执]*\Z")  # 预算512.8万元中，财政拨款…
ALIKE = 34  # percent of an indicator's name that must stand near a figure with another classifier


@dataclass(frozen=True, slots=True)
class Place:
    """A figure in its surroundings.

    Attributes:
        before: The sentence up to the figure.
        near: What belongs to the figure alone, up to the next stop or figure on both sides.
        after: What follows in the clause.
        whole: The sentence with its neighbours up to full stops: what stands between 。 and 。.
        name: Its name in a list of names and figures: 甲 of 甲、乙分别为1个和2个.
    """

    shown: str
    before: str
    near: str
    after: str
    sentence: str
    name: str = ""
    whole: str = ""

    @classmethod
    def around(cls, text: str, mentions: Sequence[Mention], position: int) -> Place:
        """The surroundings of ``mentions[position]``."""
        mention = mentions[position]
        left = mentions[position - 1].end if position else 0
        right = mentions[position + 1].start if position + 1 < len(mentions) else len(text)
        begin = _last(text, _STOP, 0, mention.start)
        clause = _last(text, CLAUSE, left, mention.start)
        close = _next(text, CLAUSE, mention.end, right)
        after = text[mention.end : close]
        if done := _AS_DONE.match(after):  # what comes after says no more of the figure
            after = done[0]
        name = _respective(text, mentions, position, begin)
        return cls(
            shown=mention.text,
            before=text[begin : mention.start],
            near=(name or text[max(left, clause) : mention.start]) + after,
            after=after,
            sentence=text[begin : _next(text, _STOP, mention.end, len(text))],
            name=name,
            whole=text[
                _last(text, _FULL_STOP, 0, mention.start) : _next(text, _FULL_STOP, mention.end, len(text))
            ],
        )

    @property
    def role(self) -> str:
        """How the figure is told: as ``target``, as ``actual``, or ``""`` where no word says."""
        if _SIGN.search(self.shown) or _AFTER.match(self.after) or _SPENT_OF_IT.fullmatch(self.after):
            return "target"
        if _AS_DONE.match(self.after) or _VERSUS.fullmatch(self.after):  # 远超目标（13.5%对5%）
            return "actual"
        clauses = re.split("[，,]", _HEADING.sub("", _NUMBERED.sub("", self.before)))
        for clause in reversed(clauses):
            if clause is not clauses[-1] and _COMPARISON.search(
                clause
            ):  # 较计划多4台，…: 计划 is only compared with
                continue
            strong = [(found.start(), name) for name, rule in _STRONG for found in rule.finditer(clause)]
            if strong:
                return max(strong)[1]
            if _DONE.search(clause):
                return "actual"
        return ""

    def likeness(self, source: Source) -> int:
        """How much of the fact's name stands near the figure, in percent; its last words may stand for all of it."""
        name = _NAME_ONLY.sub("", source.fact.label)
        shortened = len(name) > _TAIL and name[-_TAIL:] in self.near
        return max(share(source.fact.label, self.near), ENOUGH if shortened else 0)

    def repeats(self, source: Source) -> bool:
        """Whether the sentence has the words that stand around the figure in the fact's own text, or just before it."""
        last = source.before[-2:]
        if len(last) == 2 and last.isalpha() and last not in _COMMON and self.before.endswith(last):
            return True
        if share(source.clause, self.sentence) >= ENOUGH:
            return True
        told = f"{_SENTENCE.split(source.before)[-1]}　{_SENTENCE.split(source.after)[0]}"
        figure = source.mention
        least = (
            _SEVERAL
            if figure.worded or figure.amount is None
            else 2
            if abs(figure.amount) < _TWO_DIGITS
            else 1
        )
        return len(letter_pairs(told) & letter_pairs(self.sentence)) >= least

    def is_about(self, source: Source) -> bool:
        """Whether the sentence speaks of the fact at all."""
        return share(source.fact.label, self.sentence) >= ALIKE


def role_conflict(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """A target told as a result, a result as a target, a difference as either; ``""`` where the words allow it.

    Without any cue a figure is taken for a result, as the form's texts tell results; but money may just be named.
    """
    if _IS_GROWTH.search(place.before) and all(RATIO in source.fact.label for source in candidates):
        return f"{candidates[0].mention.text}是{RATIO}，不是增长的幅度"
    if all(GROWTH in source.fact.label for source in candidates) and not _MORE.search(
        re.split("[，,]", place.before)[-1] + place.shown + place.near
    ):
        return f"{candidates[0].mention.text}是{GROWTH}，这句话没有说超出"
    if _IS_SAVING.search(place.before) and all(SHARE_OF_TARGET in source.fact.label for source in candidates):
        return f"{candidates[0].mention.text}是{SHARE_OF_TARGET}，不是减少的幅度"
    clauses = re.split("[，,]", place.before)
    clause = "，".join(clauses[-2:]) if _RESTATED.search(clauses[-1]) else clauses[-1]
    differs = bool(_DIFFERENCE.search(clause + place.near + place.shown) or _IS_SO_MUCH.search(clause))
    rest = place.sentence[len(place.before) + len(place.shown) :]
    differs = differs or bool(_OF_THEM.search(clause) and _FELL_OUT.match(rest))
    if all(source.fact.path.startswith("funds") for source in candidates):
        differs = differs or _STILL_OPEN.search(place.sentence) is not None
    # What the goal's own text says is both a promise and the name of the task (两项工作任务); rows are clearer.
    rows = [source for source in candidates if not source.fact.path.endswith(".expected")]
    if not differs and any(source.role != "difference" for source in rows):
        rows = [source for source in rows if source.role != "difference"]
    roles = {source.role for source in rows}
    role = place.role
    if roles == {"difference"} and not differs and _is_what_is_wanting(clause, rest, rows):
        return ""
    if roles == {"difference"} and not differs:
        return f"{rows[0].mention.text}是差额（{rows[0].fact.label}），不是{'计划' if role == 'target' else '完成'}的数"
    shortened = any(
        clause.endswith(word) and not any(word in row.fact.label for row in rows) for word in ("缩短", "提前")
    )
    if (
        roles
        and roles <= {"target", "actual", "points"}
        and (shortened or _IS_DIFFERENCE.search(clause) is not None)
    ):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是差额"
    if _IS_REST.search(clause) and all(
        source.fact.path.endswith(".evidence") and not _STILL_OPEN.search(source.clause) for source in rows
    ):
        return f"{rows[0].mention.text}在{rows[0].fact.label}里不是剩余的数"
    exceeds = "超" in clause and any(GROWTH in source.fact.label for source in candidates)  # 超过目标五成五
    if (
        roles
        and "target" not in roles
        and IS_TARGET.search(clause)
        and _computed_or_done(candidates)
        and not exceeds
    ):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是指标值"
    if roles == {"target"} and (_AMONG.match(rest) or _PUT_OFF.match(rest)):
        return ""
    if (
        roles == {"target"}
        and role != "target"
        and _DONE_OF_IT.match(rest)
        and _result_follows(rows, rest, sources)
    ):
        return ""
    if (
        roles == {"target"}
        and _ADJUSTED.search(place.before)
        and all(source.fact.path.startswith("funds") for source in rows)
    ):
        return ""
    if roles == {"target"} and role != "target" and not _exceeded(place, rows, sources):
        is_money = any(source.fact.path.startswith("funds") for source in rows)
        if role == "actual" or not is_money:
            return f"{rows[0].mention.text}是{_cell(rows[0])}，不是实际完成的数"
    if (
        roles == {"actual"}
        and (_IS_BUDGET.search(clause) or _OF_BUDGET.search(place.before))
        and all(s.fact.path.endswith("executed") for s in rows)
    ):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是预算数"
    if (
        not role
        and _PAID_NEXT.match(rest)
        and {s.fact.path.rpartition(".")[2] for s in candidates} == {"executed"}
    ):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是预算数"
    if roles == {"actual"} and place.shown.startswith("控制在"):
        return ""
    if roles == {"actual"} and role == "target" and not _EITHER.search(place.before + place.after):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是计划的数"
    return ""


def _is_what_is_wanting(clause: str, rest: str, rows: list[Source]) -> bool:
    """2条线路并入其他线路, 2个站点位于保护区: what a target lacks, as that of which the reason is told."""
    return (
        all(GAP in source.fact.label for source in rows)
        and _OPENS.fullmatch(clause) is not None
        and _TOLD_OF_IT.match(rest) is not None
    )


def _result_follows(rows: list[Source], rest: str, sources: tuple[Source, ...]) -> bool:
    """24座水库完成加固23座: whether the row's own result stands just behind its target."""
    said = rest[:_SOON]
    return any(
        source.role == "actual" and source.row == row.row and source.mention.text in said
        for row in rows
        for source in sources
    )


def _computed_or_done(candidates: list[Source]) -> bool:
    """Whether every fact with the value is a result or a ratio, so that none can be a target."""
    return all(source.role == "actual" or (source.derived and source.role == "") for source in candidates)


def _exceeded(place: Place, rows: list[Source], sources: tuple[Source, ...]) -> bool:
    """超过九成, 不足62%: true of a result above or below the target it names."""
    named = rows[0].base
    results = [source.base for source in sources if source.role == "actual" and source.row == rows[0].row]
    if place.shown.startswith(("超", "突破", "高于", "大于", "多于")):
        return any(result > named for result in results)
    if place.shown.startswith(("不足", "低于", "少于", "不到", "小于")):
        return any(result < named for result in results)
    return False


def spoken(place: Place, candidates: list[Source]) -> list[Source]:
    """Of facts with the same value those of cells, and those told in words of which the sentence has any."""
    kept = [source for source in candidates if not source.is_told or share(source.clause, place.sentence)]
    return kept or candidates


def grown(place: Place, candidates: list[Source]) -> list[Source]:
    """Without by how much a target was exceeded, where no word says 超 or 增 and another fact has the value."""
    if _MORE.search(re.split("[，,]", place.before)[-1] + place.shown + place.near):
        return candidates
    return [source for source in candidates if GROWTH not in source.fact.label] or candidates


def fitting(place: Place, candidates: list[Source]) -> list[Source]:
    """Of facts with the same value those whose name stands near, if any name does."""
    best = max(map(place.likeness, candidates), default=0)
    if best < ENOUGH:
        return candidates
    return [source for source in candidates if place.likeness(source) >= best - MARGIN]


def _cell(source: Source) -> str:
    ending = source.fact.path.rpartition(".")[2]
    return {"target": "年度指标值", "actual": "实际完成值"}.get(ending, source.fact.label)


def name_of(source: Source) -> str:
    """The indicator's name, without what the figure is of it."""
    return source.fact.label.partition("（")[0]


def _respective(text: str, mentions: Sequence[Mention], position: int, begin: int) -> str:
    """The name a figure of a list belongs to: 甲、乙分别为1个和2个; ``""`` where it is in no such list."""
    mention = mentions[position]
    said = list(_RESPECTIVE.finditer(text, begin, mention.start))
    if not said:
        return ""
    first = next(at for at, one in enumerate(mentions) if one.start >= said[-1].end())
    if mentions[first].start != said[-1].end():
        return ""
    last = first
    while last + 1 < len(mentions) and _FIGURES_APART.fullmatch(
        text[mentions[last].end : mentions[last + 1].start]
    ):
        last += 1
    names = _NAMES_APART.split(said[-1]["names"])
    if len(names) == 1 and len(names[0]) == _TWO_NAMES and last == first + 1:  # 线上线下分别为…
        names = [names[0][:2], names[0][2:]]
    fits = len(names) == last - first + 1 > 1 and first <= position <= last
    return _LEVELS.sub("", names[position - first]) if fits else ""


def _last(text: str, stops: str, low: int, high: int) -> int:
    return max((text.rfind(stop, low, high) + 1 for stop in stops), default=0) or low


def _next(text: str, stops: str, low: int, high: int) -> int:
    return min((at for stop in stops if (at := text.find(stop, low, high)) != -1), default=high)


def share(label: str, text: str) -> int:
    """How much of *label* stands in *text*, in percent of its letter pairs."""
    name = letter_pairs(label)
    return 100 * len(name & letter_pairs(text)) // len(name) if name else 0


@lru_cache(maxsize=1024)
def letter_pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of *text*, without brackets, digits, and words that say nothing."""
    text = re.sub(r"（[^）]*）|[^\u4e00-\u9fffA-Za-z]", "", text)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) - _COMMON
