"""The rules most checks rest on, as they are cited."""

from __future__ import annotations

RULES = "财预〔2020〕10号《项目支出绩效评价管理办法》"
SCORING = f"{RULES}：指标得分"
DESIGN = f"{RULES}：指标与目标密切相关、突出重点、可衡量"
FORM = f"{RULES}附表：项目资金"
