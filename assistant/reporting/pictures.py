"""The charts over many projects, the same in a report and on the screen of a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.domain.amounts import HUNDRED, rounded
from assistant.reporting.charts import Chart, Series
from assistant.scoring.arithmetic import product
from assistant.season.result import FormResult
from assistant.season.summary import Summary


def of_summary(summary: Summary) -> tuple[Chart, ...]:
    """What a folder looks like: scores, execution, grades."""
    return (
        score_chart(summary.forms),
        rate_chart(summary.forms),
        grade_chart(summary.overall.grades),
    )


def score_chart(forms: Sequence[FormResult]) -> Chart:
    """The total each form prints, out of 100."""
    scores = Series("自评得分", tuple(one.entered for one in forms))
    return Chart("scores", "各项目自评得分（分）", _names(forms), (scores,), whole=HUNDRED)


def rate_chart(forms: Sequence[FormResult]) -> Chart:
    """预算执行率 of each form."""
    rates = tuple(None if one.rate is None else rounded(product(one.rate, HUNDRED)) for one in forms)
    series = (Series("执行率", rates),)
    return Chart("execution", "各项目预算执行率（%）", _names(forms), series, "%", HUNDRED, "算不出")


def grade_chart(grades: Mapping[str, int]) -> Chart:
    """How many projects have which grade."""
    counts = Series("项目数", tuple(map(Decimal, grades.values())))
    return Chart("grades", "等级分布（项目数）", tuple(grades), (counts,))


def _names(forms: Sequence[FormResult]) -> tuple[str, ...]:
    return tuple(one.project or one.file or "（未填项目名称）" for one in forms)
