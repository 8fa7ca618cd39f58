"""Prompts as files: a TOML head between ``+++`` lines, then Chinese text with ``$placeholders``.

The head declares ``version`` and ``placeholders``; the loader compares them with the text, both ways. A prompt of the
same name in the user's ``prompts`` folder goes before the shipped one; a broken one falls back, with a sentence why.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Template

from assistant.domain.errors import CatalogueError
from assistant.domain.record import Record
from assistant.drafting.drafter import DraftRequest, Fact, Mask
from assistant.resources import shipped

_HEAD = re.compile(r"\A\ufeff?\+\+\+\r?\n(?P<head>.*?)\r?\n\+\+\+\r?\n(?P<body>.*)\Z", re.DOTALL)
SLOT = re.compile(r"[{｛]{1,2}\s*(?P<id>[FN]\d{1,3})\s*[}｝]{1,2}")


class Prompt(Record):
    """One prompt, checked."""

    name: str
    version: str
    body: str
    placeholders: tuple[str, ...]

    @property
    def label(self) -> str:
        """``deviation_reason/1``, kept with every draft."""
        return f"{self.name}/{self.version}"

    def fill(self, **values: str) -> str:
        """Put *values* in; one that is not given stays empty, one not asked for is left out."""
        return Template(self.body).substitute({key: values.get(key, "") for key in self.placeholders}).strip()


def parse_prompt(name: str, text: str) -> Prompt:
    """Read a prompt. Raises ``CatalogueError`` naming what is wrong."""
    match = _HEAD.match(text)
    if match is None:
        raise CatalogueError(f"提示词 {name}.md 缺少 +++ 之间的文件头。", "请照随程序发布的提示词的样子写。")
    try:
        head = tomllib.loads(match["head"])
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"提示词 {name}.md 的文件头写法有误。", '一行一个：键 = "值"。') from error
    version, placeholders = head.get("version"), head.get("placeholders")
    if not isinstance(version, str) or not isinstance(placeholders, list):
        raise CatalogueError(f"提示词 {name}.md 的文件头要有 version 和 placeholders。")
    template = Template(match["body"])
    if not template.is_valid():
        raise CatalogueError(f"提示词 {name}.md 里有孤立的 $。", "要写 $ 本身请写 $$。")
    used, declared = set(template.get_identifiers()), set(map(str, placeholders))
    if used != declared:
        wrong = "、".join(sorted(used ^ declared))
        raise CatalogueError(f"提示词 {name}.md 的占位与文件头不符：{wrong}。", "两处要一致。")
    return Prompt(name=name, version=version, body=match["body"], placeholders=tuple(sorted(declared)))


class Prompts:
    """All prompts; the user's folder first. ``messages`` tells what fell back and why."""

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._read: dict[str, Prompt] = {}
        self.messages: list[str] = []

    def get(self, name: str) -> Prompt:
        """The prompt *name*. Raises ``CatalogueError`` where the shipped one is missing or wrong."""
        if name not in self._read:
            self._read[name] = self._own_one(name) or _shipped_one(name)
        return self._read[name]

    def _own_one(self, name: str) -> Prompt | None:
        if self._own is None:
            return None
        path = self._own / f"{name}.md"
        try:
            return parse_prompt(name, path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (CatalogueError, OSError, UnicodeDecodeError) as error:
            why = str(error) if isinstance(error, CatalogueError) else "文件读不出来。"
            self.messages.append(f"{path} 不能用，已改用随程序发布的提示词。{why}")
            return None


def _shipped_one(name: str) -> Prompt:
    try:
        text = shipped("prompts").joinpath(f"{name}.md").read_text("utf-8")
    except FileNotFoundError as error:
        raise CatalogueError(f"没有名为 {name} 的提示词。") from error
    return parse_prompt(name, text)


def messages(request: DraftRequest, prompts: Prompts) -> list[dict[str, str]]:
    """The exact messages to send: facts as a numbered list, names and phones behind ``{N1}`` slots."""
    context = {key: masked(value, request.masks) for key, value in request.context.items()}
    wish = masked(request.instruction, request.masks)
    user = prompts.get(request.prompt).fill(
        **context,
        facts="\n".join(_line(fact, request.masks) for fact in request.facts),
        instruction="无" if request.previous else wish or "无",
    )
    if request.examples:
        shown = "\n\n".join(masked(example, request.masks) for example in request.examples)
        user = f"{user}\n\n{prompts.get('style').fill(examples=shown)}"
    talk = [
        {"role": "system", "content": prompts.get("system").fill()},
        {"role": "user", "content": user},
    ]
    if request.previous:
        talk += [
            {"role": "assistant", "content": masked(request.previous, request.masks)},
            {"role": "user", "content": prompts.get("revise").fill(instruction=wish or "换一种写法")},
        ]
    return talk


def _line(fact: Fact, masks: tuple[Mask, ...]) -> str:
    working = f"（{fact.formula}）" if fact.formula else ""
    return f"{fact.id} {masked(fact.label, masks)}：{masked(fact.text, masks)}{working}"


def masked(text: str, masks: tuple[Mask, ...]) -> str:
    """Replace what must not leave the house by its slot."""
    for mask in masks:
        text = text.replace(mask.text, f"{{{mask.slot}}}")
    return text


def render(text: str, facts: tuple[Fact, ...], masks: tuple[Mask, ...] = ()) -> str:
    """Fill the slots of a model's reply with the facts' texts. An unknown slot stays, for the verifier to flag.

    A sign or unit the model wrote around the slot as well is not doubled: ``{F5}次`` with F5 = 5次 is 5次.
    """
    values = {fact.id: fact.text for fact in facts} | {mask.slot: mask.text for mask in masks}
    units = {fact.id: fact.unit for fact in facts}
    out: list[str] = []
    at = 0
    for slot in SLOT.finditer(text):
        name = slot["id"]
        out.append(text[at : slot.start()])
        at = slot.end()
        if name not in values:
            out.append(slot[0])
            continue
        value = values[name]
        if value[:1] in {"≥", "≤", "＞", "＜", "="} and out[-1].endswith(value[0]):
            value = value[1:]
        out.append(value)
        unit = units.get(name, "")
        if unit and value.endswith(unit) and text.startswith(unit, at):
            at += len(unit)
    return "".join([*out, text[at:]])


class Renderer:
    """Fills slots in a stream: holds back a slot that has only half arrived."""

    def __init__(self, facts: tuple[Fact, ...], masks: tuple[Mask, ...] = ()) -> None:
        self._facts = facts
        self._masks = masks
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take *piece* in and return what may be shown."""
        text = self._held + piece
        start = max(text.rfind("{"), text.rfind("｛"))
        half = start != -1 and len(text) - start < 12 and not re.search("[}｝]", text[start:])
        self._held = text[start:] if half else ""
        return render(text[:start] if half else text, self._facts, self._masks)

    def close(self) -> str:
        """The stream is over: return what was held back."""
        held, self._held = self._held, ""
        return held
