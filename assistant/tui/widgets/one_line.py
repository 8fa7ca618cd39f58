"""Rows of a list that never wrap: a list of thousands is laid out without measuring each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from textual.css.styles import RulesMap


class OneLine(Content):
    """Words that stay on one line, for lists whose style says ``text-wrap: nowrap``.

    Textual wraps and cuts every row of a list to learn how high it is, those out of sight too: a second and more for
    2,000 rows, and again whenever one of them changes.
    """

    @classmethod
    def of(cls, *parts: str | Content | tuple[str, str]) -> OneLine:
        """*parts* put together, line breaks made blanks."""
        whole = Content.assemble(*parts)  # which strips control codes
        return cls(whole.plain.replace("\n", " "), list(whole.spans), strip_control_codes=False)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """One line, at any width."""
        return 1
