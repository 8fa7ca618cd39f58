"""What kind of form was read, in one word for scripts; and columns a form has beyond the official ones."""

from __future__ import annotations

from assistant.domain.case import Indicator
from assistant.exchange.form_draft import FormDraft

_KNOWN = set(Indicator.model_fields) | {"target_op", "target_value", "target_unit", "goal", "initial_target"}


def layout_of(draft: FormDraft) -> str:
    """Name the layout and note extra columns: ``national``, ``weight-first``, ``goal-sheet`` ..."""
    roles = [role for role in draft.roles if role]
    extras = sorted({key for row in draft.indicators for key in row if key not in _KNOWN})
    for heading in extras:
        draft.doubt("indicators", heading, f"“{heading}”一列不是自评表的标准栏目，内容已附带保存，不参与计分")
    if not draft.indicators:
        return "funds-only"
    if "actual" not in roles and "score" not in roles:
        return "goal-sheet"
    if "score" not in roles and "weight" not in roles:
        return "transfer-payment"
    parts = []
    if "value" in roles:
        parts.append("split-target")
    if "weight" not in roles:
        parts.append("no-weight")
    elif "target" in roles and roles.index("weight") < roles.index("target"):
        parts.append("weight-first")
    if (draft.goals and any(row.get("goal") for row in draft.indicators)) or len(draft.goals) > 1:
        parts.append("several-goals")
    if not draft.funds and not draft.cells.get("project"):
        parts.append("indicators-only")
    return "+".join(parts) or "national"
