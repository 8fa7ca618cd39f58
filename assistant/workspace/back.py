"""One step of long ago taken back, all that was done since kept. Pure.

What the step did and what was done after it are two sides of the case as it was in between; a cell only the step touched
goes back, one that was changed again since is left as it is and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.case import Case
from assistant.domain.changes import Change, taken_back
from assistant.domain.places import spoken
from assistant.workspace.merge import choices, merged, shown


@dataclass(frozen=True, slots=True)
class Back:
    """What follows from taking a step back.

    Attributes:
        case: The case then.
        left: Where something was changed again since and stays, in the user's words.
    """

    case: Case
    left: tuple[str, ...] = ()


def without(made: Sequence[Change], after: Case, now: Case) -> Back:
    """*now* without the step *made*, which led to *after*.

    Raises:
        Misfit: The step did not lead to *after*.
    """
    found = choices(after, now, taken_back(after, made))
    left = [choice.words for _, choice in shown(found) if choice.is_conflict]
    return Back(merged(after, found, {}), tuple(left))


def places_changed(before: Case, after: Case) -> tuple[tuple[str, str, str], ...]:
    """(place, what it says, what it will say) for everything of the form that differs, in the form's order."""
    return tuple((spoken(one.path), one.base, one.theirs) for _, one in shown(choices(before, before, after)))
