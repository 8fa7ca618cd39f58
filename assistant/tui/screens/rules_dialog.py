"""Which rules? With every set under the cursor: what it would change in this form, and by which rule."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from assistant.domain.case import Case
from assistant.domain.errors import ZipingError
from assistant.domain.profile import Profile
from assistant.scoring.compare import Change, compare_profiles
from assistant.tui.screens.effect_dialog import EffectDialog


class RulesDialog(EffectDialog):
    """Pick a set of rules, its effect on *case* in sight.

    Args:
        choices: (profile id, words) in order.
        present: The rules in force.
        load: Reads one set. Raises ``CatalogueError``.
        case: The form.
    """

    def __init__(
        self, choices: list[tuple[str, str]], present: Profile, load: Callable[[str], Profile], case: Case
    ) -> None:
        super().__init__("按哪套规则评分？", choices, present.id)
        self._present = present
        self._load = load
        self._case = case
        self._known: dict[str, Content] = {}

    def effect_of(self, chosen: str) -> Content:
        """What the rules *chosen* would change."""
        if chosen not in self._known:
            self._known[chosen] = self._compared(chosen)
        return self._known[chosen]

    def _compared(self, profile_id: str) -> Content:
        if profile_id == self._present.id:
            return Content.styled("现在用的就是这一套。", "$muted")
        try:
            other = self._load(profile_id)
        except ZipingError as error:
            return Content.styled(str(error), "bold $error")
        found = compare_profiles(self._case, self._present, other)
        if not found.changes:
            return Content.styled("换成这一套，本表各项得分、总分和等级都不变。", "$success")
        heavy = [change for change in found.changes if change.path in {"total", "grade"}]
        rows = [change for change in found.changes if change.path not in {"total", "grade"}]
        lines = [Content.styled(f"换成这一套，{len(rows)} 项得分不同：", "bold")]
        for change in (*heavy, *rows):
            lines += _told(change)
        return Content("\n").join(lines)


def _told(change: Change) -> list[Content]:
    head = Content.assemble(
        Content.styled(f"{change.name} ", "bold"), Content(f"{change.before} → {change.after}")
    )
    return [head, *(Content.styled(f"  {why}", "$muted") for why in change.why)]
