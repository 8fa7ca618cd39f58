"""How a figure is told, against what it is: a target as a result, a result as a target, a difference as either."""

from __future__ import annotations

import re

from assistant.drafting.labels import GAP, GROWTH, RATIO, SHARE_OF_TARGET
from assistant.drafting.likeness import COMPARED, IS_TARGET, MORE, Place
from assistant.drafting.sources import Source

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
_IS_GROWTH = re.compile(r"(?:增长|增幅|涨幅|超额)(?:了|为|达)?\Z")
_IS_SAVING = re.compile(r"(?:节[约省支]|提速|降低?|下降|压[减缩]|缩短|减少)了?约?\Z")
_PAID_NEXT = re.compile(r"[，,](?:已|实际|累计|共)*(?:支付|支出|执行|使用)了?\d")  # 资金742.8万元，已支付…
_OF_BUDGET = re.compile(r"预算[^。；支执]{0,16}中[，：:]?[^。；支执]*\Z")  # 预算512.8万元中，财政拨款…


def role_conflict(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """A target told as a result, a result as a target, a difference as either; ``""`` where the words allow it.

    Without any cue a figure is taken for a result, as the form's texts tell results; but money may just be named.
    """
    if _IS_GROWTH.search(place.before) and all(RATIO in source.fact.label for source in candidates):
        return f"{candidates[0].mention.text}是{RATIO}，不是增长的幅度"
    if all(GROWTH in source.fact.label for source in candidates) and not MORE.search(
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


def _cell(source: Source) -> str:
    ending = source.fact.path.rpartition(".")[2]
    return {"target": "年度指标值", "actual": "实际完成值"}.get(ending, source.fact.label)
