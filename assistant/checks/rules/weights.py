"""A01-A14: 分值与得分。"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.check import Outcome, Remark, check
from assistant.checks.form import Form
from assistant.domain.amounts import plain
from assistant.domain.findings import Fix, Severity

RULES = "财预〔2020〕10号《项目支出绩效评价管理办法》"


@check("A05", "得分不超过分值", Severity.ERROR, f"{RULES}第十六条")
def score_above_weight(form: Form) -> Iterator[Outcome]:
    """得分高于分值。

    做什么：逐行比较得分与分值，也看预算执行率一行。
    为什么：分值是满分，超额完成也不加分；高出的部分会被整行退回。
    触发：
    - 指标值 ≥10人｜完成值 20人｜分值 10｜得分 12
    - 预算 100｜执行 110｜资金得分 11
    不触发：
    - 指标值 ≥10人｜完成值 20人｜分值 10｜得分 10
    - 预算 100｜执行 80｜资金得分 8
    来源：财预〔2020〕10号，达到指标值记满分。
    """
    for line in form.sheet.rows:
        if line.entered is None or line.weight is None or line.entered <= line.weight:
            continue
        yield Remark(
            line.path,
            f"“{line.name}”得分 {plain(line.entered)} 分，高于分值 {plain(line.weight)} 分，"
            f"多出 {plain(line.entered - line.weight)} 分。",
            fix="把得分改到分值以内；超额完成不加分，只需说明原因。",
            cell=plain(line.entered),
            cures=(
                Fix(
                    path=f"{line.path}.score", text=plain(line.weight), label=f"得分改为 {plain(line.weight)}"
                ),
            ),
        )
