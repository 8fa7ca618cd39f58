"""Small sums several checks share: printed decimals, rounding-size differences, points in labels."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from assistant.checks.form import Form, Row
from assistant.domain.amounts import ZERO
from assistant.domain.findings import Fix
from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Kind, Op
from assistant.scoring.rows import counts_something_bad
from assistant.values.numbers import read_number

_POINTS = pattern(r"(\d+(?:\.\d+)?)\s*分(?!之)")
_LOOKALIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0", "o": "0", "〇": "0", "S": "5", "B": "8"})
BAD_THINGS = pattern(
    r"事故|事件|投诉|差错|违规|违法|违纪|伤亡|死亡|伤害|失误|逾期|拖欠|上访|信访|污染|故障|案件|缺陷|舆情"
)
"""What a form wants none of."""
_SAVES = pattern(
    r"节约|节省|降低|下降|减少|压减|控制率|节支|执行率|支付率|完成率|到位率|使用率|自筹|配套|筹资|收入|收益"
)
_PAID = pattern(r"低保|救助|补助|补贴|津贴|供养|待遇|工资|慰问|抚恤|优待|奖励|奖补|生活费|养老金|保障标准")
_COSTS = pattern(r"成本|费|支出|投资|预算|资金|单价")
_ROUNDING_MOST = Decimal("0.1")  # points; beyond this a difference is no matter of rounding
_PER_MILLE = Decimal("0.001")


def decimals(amount: Decimal) -> int:
    """How many decimals *amount* shows, trailing zeros left out."""
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0:
        return 0
    stripped = amount.normalize().as_tuple().exponent
    return max(0, -stripped) if isinstance(stripped, int) else 0


def unit_in_last_place(amount: Decimal) -> Decimal:
    """The step of the last printed digit: 0.01 for ``86.19``, 1 for ``86``."""
    exponent = amount.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def is_rounding(printed: Decimal, exact: Decimal) -> bool:
    """Whether *printed* differs from *exact* by no more than rounding, or cutting off, can explain."""
    difference = abs(printed - exact)
    return difference < unit_in_last_place(printed) and difference <= _ROUNDING_MOST


def same_points(one: Decimal, other: Decimal) -> bool:
    """Whether two scores are the same but for binary-looking tails."""
    return abs(one - other) <= _PER_MILLE


@lru_cache(maxsize=1024)
def printed_points(label: str) -> Decimal | None:
    """The points a label states: ``产出指标(50分)`` → 50, ``100`` → 100."""
    match = _POINTS.search(label)
    return Decimal(match[1]) if match else read_number(label)


def written(cell: str) -> str:
    """What a figure's cell says; ``""`` for a dash or a stroke, which leave it open."""
    said = cell.strip()
    return "" if not said.strip("-—–―一/\\*") else said


def lookalike(cell: str) -> str:
    """The number a scanned cell probably shows (``IO`` → ``10``), or ``""``."""
    seen = cell.strip().translate(_LOOKALIKE)
    return seen if seen != cell.strip() and read_number(seen) is not None else ""


def score_cure(row_path: str, text: str) -> tuple[Fix, ...]:
    """The cure that writes *text* as the row's score."""
    return (Fix(path=f"{row_path}.score", text=text, label=f"得分改为 {text}"),)


def total_ceiling(form: Form, known: Decimal) -> Decimal | None:
    """The most the rows can add to: *known*, and full points for each row without a score.

    ``None`` where such a row has no weight, so that nobody can say.
    """
    most = known
    for row in form.scored_rows:
        if row.score is None and row.line.counts:
            if row.weight is None:
                return None
            most += row.weight
    if form.funds_line is not None and form.funds_line.entered is None:
        rate_is_a_row = any("执行率" in row.cells.level3 for row in form.rows)
        most += form.funds_line.weight or (ZERO if rate_is_a_row else form.profile.execution_weight)
    return most


def is_bare_ceiling(row: Row) -> bool:
    """Whether a number without sign is probably the most that may be: 差错率 5%, 投诉次数 3次."""
    bare = row.target.op is None and row.target.kind is Kind.QUANTITY
    return bare and (counts_something_bad(row.cells.level3) or counts_something_bad(row.cells.target))


def is_floor_on_cost(row: Row) -> bool:
    """Whether a cost is asked to be at least an amount (成本 ≥17.4万元); savings and the like may well be."""
    if "成本" not in {row.area, row.kind} or row.target.op not in {Op.GE, Op.GT}:
        return False
    unit, name = row.target.unit, row.cells.level3
    match unit.dimension:
        case Dimension.MONEY:
            is_money = True
        case Dimension.COMPOUND:
            is_money = "元" in unit.base
        case Dimension.BARE:
            is_money = _COSTS.search(name) is not None
        case _:
            is_money = False
    return is_money and _SAVES.search(name) is None


def is_paid_standard(row: Row) -> bool:
    """Whether the row is what each person is paid (低保标准, 补助标准): there more may be wanted, though it is a cost."""
    return _PAID.search(row.cells.level3) is not None
