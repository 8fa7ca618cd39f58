"""What to ask the user before a draft: a few short questions for each kind of deviation, all optional, no model needed.

An answer becomes a :class:`~assistant.domain.case.Note` on the row, and with it a fact.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.domain.case import Case, Note
from assistant.domain.record import Record
from assistant.domain.scores import ScoreSheet
from assistant.drafting.deviations import Deviation, deviation
from assistant.drafting.facts import GOAL


class Part(StrEnum):
    """Where in the text an answer goes."""

    CAUSE = "cause"
    EFFECT = "effect"
    MEASURE = "measure"
    EVIDENCE = "evidence"


class Question(Record):
    """One question, with typical answers to begin from. Each answer is a sentence the user completes."""

    part: Part
    text: str
    answers: tuple[str, ...] = ()


def _cause(text: str, *answers: str) -> Question:
    return Question(part=Part.CAUSE, text=text, answers=answers)


def _measure(text: str, *answers: str) -> Question:
    return Question(part=Part.MEASURE, text=text, answers=answers)


_EFFECT = Question(
    part=Part.EFFECT,
    text="对年度目标有没有影响？",
    answers=("不影响年度总体目标的实现", "影响了部分目标，未完成部分为……"),
)
_PROOF = Question(
    part=Part.EVIDENCE,
    text="有什么材料可以证明？",
    answers=("验收单", "会议纪要", "统计台账", "问卷及汇总表"),
)
_BY_WHOM = "接下来由谁、在什么时候前、做什么？"

BANK: dict[Deviation, tuple[Question, ...]] = {
    Deviation.UNSPENT: (
        _cause(
            "钱为什么没有花完？",
            "合同尾款按约定须在验收后支付，验收时间为……",
            "中标价低于预算控制价，节约……",
            "部分任务调整或取消，依据是……",
            "采购程序完成较晚，合同签订于……",
            "资金下达较晚，下达时间为……",
        ),
        _EFFECT,
        _measure(
            "剩下的钱怎么办，下年度预算怎么改？",
            "……前完成验收并支付尾款",
            "结余资金按规定交回财政",
            "下年度预算按近年实际支出和合同金额测算",
        ),
    ),
    Deviation.SHORT: (
        _cause(
            "为什么没有达到指标值？",
            "服务对象人数减少，原因是……",
            "采购或招标推迟，时间为……",
            "政策调整，文件为……",
            "合作单位未按合同完成，具体是……",
            "申报时测算依据不足，指标值定得偏高",
        ),
        _EFFECT,
        _measure(_BY_WHOM, "由……于……前补齐未完成部分", "下年度按……重新测算指标值"),
    ),
    Deviation.LATE: (
        _cause(
            "为什么推迟了？",
            "采购程序较计划晚，合同签订于……",
            "前期手续办理时间较长，批复日期为……",
            "需求变更，变更时间和内容为……",
            "资金下达较晚，下达时间为……",
        ),
        _EFFECT,
        _measure(_BY_WHOM, "下年度把采购启动时间提前到……", "按月倒排进度，由……负责督办"),
    ),
    Deviation.FAR_OVER: (
        _cause(
            "为什么比指标值多这么多？",
            "申报时依据不足，指标值定得偏低",
            "年中需求增加，来自……",
            "新增任务，文件为……",
            "统计口径与申报时不同，不同在……",
        ),
        _measure("下年度指标值怎么定？", "参照近年实际完成值设定指标值", "与任务来源单位核定数量后再申报"),
    ),
    Deviation.CEILING: (
        _cause(
            "为什么超出上限？",
            "价格上涨，涨幅依据为……",
            "服务对象增加，增加……",
            "标准调整，文件为……",
            "申报时漏列……",
        ),
        _EFFECT,
        _measure("怎样控制？", "由……对超出部分逐笔核实", "下年度按新标准重新测算上限"),
    ),
    Deviation.PARTIAL: (
        _cause(
            "哪一部分还没有达到，为什么？",
            "尚缺……数据，无法证明全部达到",
            "成果尚未应用，预计应用时间为……",
            "问卷未覆盖……",
        ),
        _PROOF,
        _measure("怎样改进，指标怎么改得能量化？", "把指标改为“……数量”或“……比例”", "由……于……前完成数据收集"),
    ),
    Deviation.LOST: (
        _cause("达到了指标值，为什么还扣分？", "完成质量有不足，具体是……", "佐证材料不全，缺……"),
        _PROOF,
        _measure(_BY_WHOM, "由……于……前改进，具体做法是……", "由……于……前补齐佐证材料"),
    ),
    Deviation.MET: (_PROOF,),
    Deviation.OPEN: (),
}
NARRATIVE = (
    Question(
        part=Part.EFFECT,
        text="有什么成果可以写上？（名称、数量，报告写书名号）",
        answers=("形成《……》……部", "建成……"),
    ),
    Question(part=Part.CAUSE, text="哪些没有做完，为什么？", answers=("……未完成，原因是……",)),
)

_PARTS = {question.text: question.part for asked in (*BANK.values(), NARRATIVE) for question in asked}
_MEASURE_WORDS = re.compile(r"下一步|今后|将(?!近)|拟(?!定)|改进|整改|下年度|明年")
_EFFECT_WORDS = re.compile(r"影响")


def questions_for(case: Case, sheet: ScoreSheet, path: str) -> tuple[Question, ...]:
    """What to ask before drafting the text cell *path*; every answer may be left out."""
    if GOAL.match(path):
        return NARRATIVE
    return BANK[deviation(case, sheet, path)]


def note(path: str, question: Question, answer: str) -> Note:
    """The answer as the case keeps it."""
    return Note(path=path, text=answer.strip(), question=question.text)


def part_of(question: str, text: str) -> Part:
    """Where a note goes: by its question, else by what it says; a bare remark is a cause."""
    if (part := _PARTS.get(question)) is not None:
        return part
    if _MEASURE_WORDS.search(text):
        return Part.MEASURE
    return Part.EFFECT if _EFFECT_WORDS.search(text) else Part.CAUSE
