"""The panels that only tell: the live score, what was found on this page, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events
from textual.content import Content
from textual.style import Style

from assistant.domain.case import Doubt
from assistant.domain.findings import Finding, NotChecked, Severity
from assistant.domain.places import spoken
from assistant.tui.hints import key
from assistant.tui.widgets.steady import Steady
from assistant.tui.wording import bar, entered_total, points
from assistant.workspace.workspace import Snapshot

SEVERITY_STYLES = {
    Severity.ERROR: "bold $error",
    Severity.WARNING: "bold $warning",
    Severity.HINT: "bold $primary",
}


class ScorePanel(Steady):
    """已得, 最低, 最高, the total as entered, the grade and how many pages are done; then what the last entry did."""

    def __init__(self) -> None:
        super().__init__(id="score")
        self._redraw: Callable[[], None] = lambda: None

    def draw(self, snapshot: Snapshot, progress: tuple[int, int], change: str, *, is_wide: bool) -> None:
        """Draw the totals of *snapshot*, the pages done, and the sentence about the last change."""
        self._redraw = partial(self.draw, snapshot, progress, change, is_wide=is_wide)
        lines = (
            [_figure(*one) for one in _figures(snapshot, bar(*progress, width=12))]
            if is_wide
            else [in_one_line(snapshot, progress, self.content_size.width)]
        )
        if change:
            lines.append(Content.styled(change, "bold $warning" if "−" in change else "bold $success"))
        self.update(Content("\n").join(lines))

    def on_resize(self, event: events.Resize) -> None:
        """Another width has room for more or less of it. (:class:`Steady` hears of it as well.)"""
        self._redraw()


def _figures(snapshot: Snapshot, progress: str) -> tuple[tuple[str, str], ...]:
    total = snapshot.sheet.total
    return (
        ("已得", points(total.earned)),
        ("最低", points(total.low)),
        ("最高", points(total.high)),
        ("填报", entered_total(snapshot.sheet)),
        ("等级", snapshot.sheet.grade_words),
        ("进度", progress),
    )


def _figure(word: str, figure: str) -> Content:
    named = Content.styled(f"{word} ", "$muted") if word else Content("")
    return Content.assemble(named, Content.styled(figure, "bold"))


def in_one_line(snapshot: Snapshot, progress: tuple[int, int], width: int) -> Content:
    """The totals side by side in *width* columns (0: not known yet). What has no room goes first: the bar, then the
    lowest and the highest total as two figures, then the word before the pages.
    """
    full = _figures(snapshot, bar(*progress, width=6))
    earned, low, high, entered, grade, _ = full
    pages = "/".join(map(str, progress))
    merged = ("可得", low[1] if low[1] == high[1] else f"{low[1]}～{high[1]}")
    ways = (
        full,
        (*full[:-1], ("进度", pages)),
        (earned, merged, entered, grade, ("进度", pages)),
        (earned, merged, entered, grade, ("", pages)),
    )
    lines = [Content(" ").join(_figure(*one) for one in way) for way in ways]
    return next((line for line in lines if not width or line.cell_length <= width), lines[-1])


SHOWN_WHEN_NARROW = 1
"""How many findings fit below a page of 80 columns."""


def finding_line(finding: Finding) -> Content:
    """Severity word, code, message and the way out, as one paragraph."""
    return Content.assemble(
        Content.styled(f"{finding.severity.label} ", SEVERITY_STYLES[finding.severity]),
        Content.styled(f"{finding.code} ", "$muted"),
        Content(finding.message),
        Content.styled(f" → {finding.fix}" if finding.fix else "", "$muted"),
    )


class FindingsPanel(Steady):
    """What the checks say about the page on the screen."""

    def __init__(self) -> None:
        super().__init__(id="findings")

    def draw(
        self,
        findings: tuple[Finding, ...],
        not_checked: tuple[NotChecked, ...],
        doubts: tuple[Doubt, ...] = (),
        *,
        ahead: int = 0,
        is_wide: bool,
    ) -> None:
        """Draw what is known of one page: *ahead* findings that stand before all else, errors, readings to confirm, the
        rest; a narrow screen says how many more there are.
        """
        at = max(ahead, sum(finding.severity is Severity.ERROR for finding in findings))
        lines = [finding_line(finding) for finding in findings]
        lines[at:at] = [self._doubt_line(doubt) for doubt in doubts]
        lines += [
            Content.assemble(Content.styled(f"未核对 {item.code} ", "bold $muted"), Content(item.why))
            for item in not_checked
        ]
        if not lines:
            self.update(Content.styled("本页没有发现问题。", "$success"))
        elif is_wide or len(lines) <= SHOWN_WHEN_NARROW:
            self.update(Content("\n\n" if is_wide else "\n").join(lines))
        else:
            more = Content.styled(
                f"本页另有 {len(lines) - SHOWN_WHEN_NARROW} 条，按 {key(self, 'check')} 看全部。 ", "bold"
            )
            self.update(Content("\n").join([*lines[:SHOWN_WHEN_NARROW], more]))

    def _doubt_line(self, doubt: Doubt) -> Content:
        return Content.assemble(
            Content.styled("待确认 ", "bold $warning"),
            Content(f"{spoken(doubt.path)}：{doubt.why}"),
            Content.styled(f" → 对照原文看过，按 {key(self, 'confirm')} 确认。", "$muted"),
        )


class KeyBar(Steady):
    """The keys that matter now, from the bindings in force; made for Chinese captions and 80 columns."""

    def __init__(self) -> None:
        super().__init__(id="keys")

    def on_mount(self) -> None:
        """Follow the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.draw())

    def draw(self) -> None:
        """Draw the bindings that want to be seen."""
        parts: list[Content] = []
        seen: set[str] = set()
        for pressed, active in self.screen.active_bindings.items():
            if active.binding.show and active.enabled and active.binding.action not in seen:
                seen.add(active.binding.action)
                shown = self.app.get_key_display(active.binding)
                parts += [
                    Content.styled(f" {shown}", "bold $primary"),
                    Content.styled(
                        f" {active.binding.description}",
                        Style.from_meta({"@click": f"app.simulate_key('{pressed}')"}),
                    ),
                ]
        self.update(Content.assemble(*parts))
