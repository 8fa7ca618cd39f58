"""In which three ways a draft may be asked for, to choose from: by tone, by length, or by both."""

from __future__ import annotations

from typing import Final

from assistant.domain.record import Record


class Variants(Record):
    """Attributes:
    label: How the three differ, for choosing.
    wishes: The name of each on the screen, and what the model is asked for.
    """

    label: str
    wishes: dict[str, str]

    @property
    def first_wish(self) -> str:
        """What the first request of the three asks for."""
        return next(iter(self.wishes.values()))

    @property
    def words(self) -> str:
        """One line for a list: 语气不同（平实、正式、恳切）."""
        return f"{self.label}（{'、'.join(self.wishes)}）"


_PLAIN = "用平实的语气，一句一件事，不用套话。"

MIXED: Final = "mixed"
VARIANTS: Final = {
    MIXED: Variants(
        label="语气、长短都不同",
        wishes={
            "简短": "写得简短，只留事实、原因和措施的要点，60字左右。",
            "平实": _PLAIN,
            "周全": "写得周全，依次写清事实、原因、影响和措施。",
        },
    ),
    "tone": Variants(
        label="语气不同",
        wishes={
            "平实": _PLAIN,
            "正式": "用正式公文的语气，措辞严谨，句式完整，不用口语。",
            "恳切": "语气恳切：不足直说，责任不推，改进写得具体，不喊口号。",
        },
    ),
    "length": Variants(
        label="长短不同",
        wishes={
            "短": "写得短，约为篇幅上限的三分之一，只留要点。",
            "中": "长短适中，约为篇幅上限的三分之二。",
            "长": "写足，接近篇幅上限而不超过，该写的依次写清，不加空话。",
        },
    ),
}
"""By the names of the command line; the first is what is taken where nobody chose."""
