"""The shapes of drafting: facts go in, events and a draft come out. No network here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Protocol

from pydantic import Field

from assistant.domain.record import Record


class Fact(Record):
    """One thing a text may say. Nothing else may appear in a text as a fact.

    Attributes:
        id: ``F1``, ``F2`` ... in a stable order; ``{F3}`` is its slot in a model's reply.
        label: What it is: "年度指标值", "完成率", "未执行金额".
        text: How it is written in a text: "≥3次", "61.91%", "42.8551万元".
        path: The cell it comes from, the row for a derived one; ``""`` where there is none.
        amount: Its number in ``unit``, where it has one.
        unit: The unit, "" where none.
        formula: How the core computed it, for derived facts: "69.6559 ÷ 112.511".
        kind: ``cell`` (as written), ``derived`` (computed by the core), ``note`` (told by the user), ``written``
            (another text of the form: it vouches for what repeats its words) or ``drafted`` (such a text by a model:
            it vouches for titles and document numbers, never for figures).
    """

    id: str
    label: str
    text: str
    path: str = ""
    amount: Decimal | None = None
    unit: str = ""
    formula: str = ""
    kind: str = "cell"


class Span(Record):
    """A place in a text that was bound to a fact (``fact``) or not supported by any (``why``).

    ``start`` and ``end`` are ``str`` indices.
    """

    start: int
    end: int
    text: str
    fact: str = ""
    why: str = ""


class Verification(Record):
    """Every quantity, date, title and number found in a text, bound or flagged."""

    supported: tuple[Span, ...] = ()
    unsupported: tuple[Span, ...] = ()


class Usage(Record):
    """Tokens one draft cost, as the service counted them; 0 where it did not say."""

    sent: int = 0
    received: int = 0


class Draft(Record):
    """A finished draft for one text cell, verified. ``usable`` is False while anything is unsupported, or it went in circles."""

    path: str
    text: str
    source: str  # "model" | "template"
    model: str = ""
    prompt: str = ""  # "deviation_reason/1"
    attempts: int = 1
    facts: tuple[Fact, ...] = ()
    unsupported: tuple[Span, ...] = ()
    pending: tuple[str, ...] = ()  # 【待补充：…】 left for the user
    usable: bool = True
    cut: bool = False  # the service stopped it at its length limit
    repeated: bool = False  # it went on for ever saying the same, and was stopped
    usage: Usage = Usage()
    notes: tuple[str, ...] = ()  # what the user should know: cut off, repaired
    instruction: str = ""  # what the user had asked for
    thoughts: str = ""  # a model's reasoning, to be shown folded; never kept


class Mask(Record):
    """A name or number that must not leave the house: ``slot`` (``N1``) goes out in place of ``text``.

    ``unit``: the name of a unit, hidden unless the user chose otherwise; people and numbers always are.
    """

    slot: str
    text: str
    unit: bool = False


class DraftRequest(Record):
    """What is asked of a model: the prompt's stem, the facts, and what the user added.

    Attributes:
        prompt: The prompt file's stem, ``deviation_reason``.
        context: Further values for the prompt's placeholders (the goal's text, the length limit).
        instruction: What the user asked for: "写短一些".
        previous: The text that *instruction* is to change; ``""`` for a first draft.
        examples: Texts that show the manner of writing and nothing else; no facts, already without names and figures.
        masks: What is replaced before sending and put back afterwards, in this order.
        marks: Words of secrecy that stand on the form elsewhere than in what would be sent: they stop it all the same.
    """

    path: str
    prompt: str
    facts: tuple[Fact, ...]
    context: dict[str, str] = Field(default_factory=dict)
    instruction: str = ""
    previous: str = ""
    examples: tuple[str, ...] = ()
    masks: tuple[Mask, ...] = ()
    marks: tuple[str, ...] = ()


class Preview(Record):
    """What one request would send, for the user to see before it goes.

    Attributes:
        address: Where it goes, without anything secret.
        model: Who is asked.
        body: The very text that is sent, as UTF-8.
        sent: Tokens that go out, about.
        received: Tokens that may come back at most.
        cost: What that may cost, in words; ``""`` where no price was given.
        masks: What goes out as slots.
        hides_units: Whether the user wants names of units among them.
    """

    address: str
    model: str
    body: str
    sent: int = 0
    received: int = 0
    cost: str = ""
    masks: tuple[Mask, ...] = ()
    hides_units: bool = True

    @property
    def hidden_words(self) -> str:
        """What is hidden, for the user."""
        return "姓名、电话、单位名称已遮盖" if self.hides_units else "姓名、电话已遮盖，单位名称照原样发出"


class Piece(Record):
    """Event: text that arrived."""

    text: str


class Restarted(Record):
    """Event: forget the pieces so far; the text begins anew (a repair round, or what came was reasoning)."""

    why: str


class Waiting(Record):
    """Event: the service did not answer; trying again."""

    attempt: int
    seconds: float
    why: str


class Finished(Record):
    """Event, the last one: the verified draft."""

    draft: Draft


Event = Piece | Restarted | Waiting | Finished


class Drafter(Protocol):
    """Anything that can draft. Closing the iterator (cancelling the task) closes the connection."""

    @property
    def name(self) -> str:
        """The model's name, for provenance."""

    def stream(self, request: DraftRequest) -> AsyncIterator[Event]:
        """Draft. Raises ``DraftingUnavailable`` or ``DraftingRefused``."""
