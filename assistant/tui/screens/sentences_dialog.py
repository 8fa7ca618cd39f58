"""Sentence by sentence: the user's own and the draft's in one list, each taken, left or edited; the result below."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from assistant.drafting.drafter import Span
from assistant.tui.widgets.draft_words import marked

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）)]*\n*|[^。！？；\n]+\Z")

_OPEN_END = re.compile(r"[\w”’」』）)%％]\Z")
"""A sentence without its stop; another one behind it needs one."""


@dataclass(slots=True)
class Sentence:
    """One sentence with the stop and line break behind it.

    Attributes:
        text: Its words.
        is_own: Whether it stands in the user's text already.
        taken: Whether it goes into the result.
        edited: Whether the user has changed it; his word needs no support.
        doubtful: What in it nothing supports.
    """

    text: str
    is_own: bool
    taken: bool
    edited: bool = False
    doubtful: tuple[Span, ...] = ()


def sentences_of(text: str) -> tuple[str, ...]:
    """*text* cut behind every full stop, semicolon and line break; joined again it is the same text."""
    return tuple(match[0] for match in _SENTENCE.finditer(text))


class SentenceEditor(TextArea):
    """One sentence being changed."""


class SentencesDialog(ModalScreen[str | None]):
    """Gives back the text made of the sentences taken, or ``None``.

    Args:
        own: The user's text; its sentences are taken to begin with.
        draft: The draft; its sentences are left to begin with.
        doubtful: What in a text nothing supports.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", show=False),
        Binding("e,2,fullwidth_digit_two", "edit", show=False),
        Binding("a", "take_all", show=False),
        Binding("f4", "finish", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, own: str, draft: str, doubtful: Callable[[str], tuple[Span, ...]]) -> None:
        super().__init__()
        self._doubtful = doubtful
        kept = sentences_of(own)
        known = {sentence.strip() for sentence in kept}
        self._sentences = [Sentence(text, is_own=True, taken=True) for text in kept]
        self._sentences += [
            Sentence(text, is_own=False, taken=False, doubtful=doubtful(text))
            for text in sentences_of(draft)
            if text.strip() and text.strip() not in known
        ]
        self._list = OptionList(markup=False, classes="sentences")
        self._result = Static("", markup=False)
        self._said = Static("", classes="dialog-said", markup=False)
        self._keys = Static("", classes="dialog-keys", markup=False)
        self._editor = SentenceEditor(
            "", soft_wrap=True, tab_behavior="focus", compact=True, classes="draft-editor"
        )
        self._editor.cursor_blink = False

    def compose(self) -> ComposeResult:
        """List, editor, result, keys."""
        with Vertical(classes="dialog wide"):
            yield Static("逐句采用：原文的句子在前，草稿的在后", classes="dialog-title", markup=False)
            yield self._list
            yield self._editor
            with VerticalScroll(classes="dialog-body result", can_focus=False):
                yield self._result
            yield self._said
            yield self._keys

    def on_mount(self) -> None:
        """Begin at the draft's first sentence."""
        self._editor.display = False
        self._draw()
        first = next((i for i, one in enumerate(self._sentences) if not one.is_own), 0)
        self._list.highlighted = min(first, len(self._sentences) - 1) if self._sentences else None
        self._list.focus()

    @property
    def text(self) -> str:
        """What the sentences taken make together."""
        made = ""
        for sentence in self._sentences:
            if sentence.taken:
                made += "。" if _OPEN_END.search(made) else ""
                made += sentence.text
        return made.strip()

    @on(OptionList.OptionSelected)
    def action_turn(self) -> None:
        """Take or leave the sentence under the cursor; one without support only after it was edited."""
        sentence = self._chosen
        if sentence is None or self._editor.display:
            return
        if sentence.doubtful and not sentence.edited and not sentence.taken:
            self._said.update("这句里有没有依据的内容（标了〔？〕），请按 E 修改、核实后再采用。")
            return
        sentence.taken = not sentence.taken
        self._draw()

    def action_take_all(self) -> None:
        """Take every sentence of the draft that has support."""
        for sentence in self._sentences:
            sentence.taken = sentence.taken or not sentence.doubtful or sentence.edited
        self._draw()

    def action_edit(self) -> None:
        """Change the sentence under the cursor."""
        sentence = self._chosen
        if sentence is not None and not self._editor.display:
            self._editor.load_text(sentence.text.rstrip("\n"))
            self._editor.move_cursor(self._editor.document.end)
            self._editor.display = True
            self._editor.focus()
            self._draw()

    def action_finish(self) -> None:
        """Put the changed sentence back; else give the text back."""
        if self._editor.display:
            self._put_back()
        elif self.text:
            self.dismiss(self.text)
        else:
            self._said.update("还没有采用任何一句。按空格采用光标所在的句子。")

    def action_leave(self) -> None:
        """Out of the editor, its change dropped; else out, nothing changed."""
        if self._editor.display:
            self._close_editor()
        else:
            self.dismiss(None)

    def _put_back(self) -> None:
        sentence, text = self._chosen, self._editor.text
        if sentence is not None and text.strip():
            ending = "\n" if sentence.text.endswith("\n") else ""
            sentence.edited = sentence.edited or text != sentence.text.rstrip("\n")
            sentence.text, sentence.taken = f"{text}{ending}", True
            sentence.doubtful = self._doubtful(text)
            if sentence.doubtful:
                listed = "、".join(span.text for span in sentence.doubtful[:3])
                self._said.update(f"已采用，表内找不到这些内容的依据，请核实：{listed}")
        self._close_editor()

    def _close_editor(self) -> None:
        self._editor.display = False
        self._list.focus()
        self._draw()

    @property
    def _chosen(self) -> Sentence | None:
        at = self._list.highlighted
        return self._sentences[at] if at is not None and at < len(self._sentences) else None

    def _draw(self) -> None:
        at = self._list.highlighted
        self._list.set_options([Option(_line(sentence)) for sentence in self._sentences])
        if at is not None:
            self._list.highlighted = at
        head = Content.styled(f"写入后的文字（{len(''.join(self.text.split()))} 字）：\n", "$muted")
        self._result.update(Content.assemble(head, self.text or "（空）"))
        self._keys.update(
            "F4 改好了   Esc 不改这句"
            if self._editor.display
            else "空格 采用/不用   E 修改   A 全部采用   F4 写入原文   Esc 不动"
        )


def _line(sentence: Sentence) -> Content:
    source = "原文" if sentence.is_own else "草稿"
    sign = f"[{'√' if sentence.taken else ' '}] {source}{'改' if sentence.edited else ''} "
    style = "bold" if sentence.taken else "$muted"
    words = sentence.text.rstrip("\n")
    body = marked(words, sentence.doubtful) if sentence.doubtful else Content(words)
    return Content.assemble(Content.styled(sign, style), body)
