"""The order of the pages and how far each has come. Pure: a snapshot in, words out.

The order is a decision, readable in one place: 开始 → 待确认 (after an import with doubts) → 基本信息 → 项目资金 → 年度总体目标 → each indicator → 核对 → 检查 → 导出.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.case import Case, Doubt, FundRow, Goal, Indicator
from assistant.domain.findings import Finding, NotChecked, Severity
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreLine, Status
from assistant.workspace.doubts import open_doubts
from assistant.workspace.workspace import Snapshot

_BASICS = ("project", "department", "unit", "year", "money_unit", "profile", "people")
_FOOT = ("total", "total_weight", "grade")
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


class PageKind(StrEnum):
    """Which page widget shows a stop."""

    START = "start"
    DOUBTS = "doubts"
    BASICS = "basics"
    FUNDS = "funds"
    GOAL = "goal"
    INDICATOR = "indicator"
    GRID = "grid"  # all indicators at once, in place of INDICATOR
    ANSWERS = "answers"
    CHECK = "check"
    EXPORT = "export"


class State(StrEnum):
    """How far a stop has come; the value is the word the user reads."""

    NONE = ""
    DONE = "已完成"
    TODO = "待填"
    FIX = "待改"
    ERROR = "有错误"
    EXPLAIN = "需说明"
    STALE = "过期"
    CONFIRM = "待确认"
    REMARK = "有提醒"
    PERSON = "人工评分"

    @property
    def is_done(self) -> bool:
        """Whether nothing here keeps the form from being handed in."""
        return self in {State.DONE, State.REMARK, State.PERSON}


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the walk.

    Attributes:
        kind: The page that shows it.
        path: The row it is about (``goals[0]``, ``indicators[3]``), ``""`` for the other pages.
        title: Its name in the task list.
    """

    kind: PageKind
    path: str
    title: str

    @property
    def index(self) -> int:
        """The row's position among its like."""
        return int(self.path[self.path.index("[") + 1 : -1]) if self.path else 0

    @property
    def key(self) -> str:
        """What identifies the stop while rows come and go: its row, else its kind."""
        return self.path or self.kind.value


def stops_of(case: Case) -> tuple[Stop, ...]:
    """All stops of *case* in order."""
    goals = case.goals
    return (
        Stop(PageKind.START, "", "开始"),
        *((Stop(PageKind.DOUBTS, "", "读入内容"),) if case.doubts else ()),
        Stop(PageKind.BASICS, "", "基本信息"),
        Stop(PageKind.FUNDS, "", "项目资金"),
        *(
            Stop(PageKind.GOAL, f"goals[{i}]", "年度总体目标" if len(goals) == 1 else f"年度总体目标 {i + 1}")
            for i in range(len(goals))
        ),
        *(
            Stop(PageKind.INDICATOR, f"indicators[{i}]", f"{i + 1} {row.level3.strip() or '（未填名称）'}")
            for i, row in enumerate(case.indicators)
        ),
        Stop(PageKind.ANSWERS, "", "核对"),
        Stop(PageKind.CHECK, "", "检查"),
        Stop(PageKind.EXPORT, "", "导出"),
    )


@dataclass(frozen=True, slots=True)
class Overview:
    """A snapshot sorted by stops, once, so that a long form costs no more than one pass."""

    stops: tuple[Stop, ...]
    states: tuple[State, ...]
    findings: tuple[tuple[Finding, ...], ...]
    not_checked: tuple[tuple[NotChecked, ...], ...]
    doubts: tuple[tuple[Doubt, ...], ...]
    """Readings nobody has confirmed yet."""

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the pages that hold cells are done, and how many there are."""
        counted = [state for state in self.states if state is not State.NONE]
        return sum(state.is_done for state in counted), len(counted)

    def first_open(self) -> int | None:
        """The first stop that still needs the user."""
        needs = (i for i, state in enumerate(self.states) if state is not State.NONE and not state.is_done)
        return next(needs, None)


def overview(snapshot: Snapshot, stale: frozenset[str] = frozenset()) -> Overview:
    """Sort what is known of *snapshot* by stops: the heaviest findings first. *stale* are the texts out of date."""
    stops = stops_of(snapshot.case)
    places = {stop.key: position for position, stop in enumerate(stops)}
    findings: list[list[Finding]] = [[] for _ in stops]
    not_checked: list[list[NotChecked]] = [[] for _ in stops]
    for finding in snapshot.report.findings:
        findings[_place(places, finding.path)].append(finding)
    for item in snapshot.report.not_checked:
        not_checked[_place(places, item.path)].append(item)
    lines = {line.path: line for line in snapshot.sheet.rows}
    for here in findings:
        here.sort(key=lambda finding: _WEIGHT[finding.severity])
    doubts: list[list[Doubt]] = [[] for _ in stops]
    for doubt in open_doubts(snapshot.case):
        doubts[_place(places, doubt.path)].append(doubt)
    outdated = {_place(places, path) for path in stale}
    states = tuple(
        _state(
            snapshot.case,
            stop,
            lines.get(stop.path or "funds.total"),
            findings[position],
            is_doubted=bool(doubts[position]),
            is_stale=position in outdated,
        )
        for position, stop in enumerate(stops)
    )
    return Overview(
        stops,
        states,
        findings=tuple(map(tuple, findings)),
        not_checked=tuple(map(tuple, not_checked)),
        doubts=tuple(map(tuple, doubts)),
    )


def why(case: Case, seen: Overview, index: int) -> str:
    """Why a stop is not done yet, or what there is to say of it, in one sentence; ``""`` where there is nothing."""
    stop, state = seen.stops[index], seen.states[index]
    if state is State.TODO:
        return f"还没有填：{spoken(_first_gap(case, stop))}。"
    if state is State.CONFIRM:
        first = f"：{spoken(doubts[0].path)}，{doubts[0].why}" if (doubts := seen.doubts[index]) else ""
        return f"读入的内容还没有人确认{first}。"
    if state is State.PERSON:
        return "得分由人工评定，写有理由。"
    if state is State.STALE:
        return "文字里有过期或没有依据的数字，等您决定。"
    return seen.findings[index][0].message if seen.findings[index] else ""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to look at: a finding, a reading in doubt, or a page with empty cells."""

    index: int
    path: str = ""
    finding: Finding | None = None


def targets(snapshot: Snapshot, sorted_out: Overview) -> tuple[Target, ...]:
    """Everything to look at in the form's order, page by page, the heaviest first within a page."""
    found: list[Target] = []
    doubts = open_doubts(snapshot.case)
    for index, stop in enumerate(sorted_out.stops):
        if stop.kind is PageKind.DOUBTS:
            found += [Target(index)] if doubts else []
            continue
        if sorted_out.states[index] is State.TODO:
            found.append(Target(index, _first_gap(snapshot.case, stop)))
        if sorted_out.states[index] is State.STALE:
            found.append(Target(index, _text_of(stop)))
        found += [Target(index, finding.path, finding) for finding in sorted_out.findings[index]]
    return tuple(found)


def _text_of(stop: Stop) -> str:
    """The text cell of a page that has one."""
    return f"{stop.path}.{'actual' if stop.kind is PageKind.GOAL else 'reason'}"


def next_target(found: tuple[Target, ...], last: Target | None, at: int, path: str) -> Target | None:
    """What comes after *last*, round and round; without it, after the cell at *path* on page *at*."""
    if not found:
        return None
    if last in found:
        return found[(found.index(last) + 1) % len(found)]
    here = next((i for i, target in enumerate(found) if target.index == at and target.path == path), None)
    if here is not None:
        return found[(here + 1) % len(found)]
    return next((target for target in found if target.index >= at), found[0])


def stop_for(stops: tuple[Stop, ...], path: str) -> int:
    """The position of the stop on which the cell or row at *path* is filled in; the whole form's is 检查."""
    return _place({stop.key: position for position, stop in enumerate(stops)}, path)


def _place(places: dict[str, int], path: str) -> int:
    row = path.partition(".")[0]
    if row in places:
        return places[row]
    name = row.partition("[")[0]
    if name == "funds" or path in _FOOT:
        return places[PageKind.FUNDS.value]
    if name in _BASICS:
        return places[PageKind.BASICS.value]
    if name == "goals":
        return places.get("goals[0]", places[PageKind.CHECK.value])
    return places[PageKind.CHECK.value]


def _state(
    case: Case,
    stop: Stop,
    line: ScoreLine | None,
    findings: list[Finding],
    *,
    is_doubted: bool,
    is_stale: bool,
) -> State:
    """How far a stop has come; open cells first, then what must be changed, said or confirmed."""
    if stop.kind is PageKind.DOUBTS:
        return State.CONFIRM if open_doubts(case) else State.DONE
    if stop.kind in {PageKind.START, PageKind.ANSWERS, PageKind.CHECK, PageKind.EXPORT}:
        return State.NONE
    if _has_gap(case, stop):
        return State.TODO
    is_scored = stop.kind in {PageKind.FUNDS, PageKind.INDICATOR}
    by_person = is_scored and line is not None and bool(line.override_reason)
    wrong = {Status.DIFFERS, Status.OUT_OF_RANGE}
    if is_scored and line is not None and not by_person and line.status in wrong:
        return State.FIX
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        return State.EXPLAIN if all(_asks_for_words(finding) for finding in errors) else State.ERROR
    if is_stale:
        return State.STALE
    if is_doubted:
        return State.CONFIRM
    if by_person:
        return State.PERSON
    if any(finding.severity is Severity.WARNING for finding in findings):
        return State.REMARK
    return State.DONE


def _asks_for_words(finding: Finding) -> bool:
    return finding.path.endswith(".reason") or finding.code.startswith("R")


def _has_gap(case: Case, stop: Stop) -> bool:
    return bool(_first_gap(case, stop))


def _first_gap(case: Case, stop: Stop) -> str:
    """The first cell of a page that must be filled and is not, ``""`` where none is."""
    if stop.kind is PageKind.BASICS:
        empty = (name for name in ("project", "department", "unit") if not getattr(case, name).strip())
        return next(empty, "year" if case.year is None else "")
    row: FundRow | Goal | Indicator | None
    needed: tuple[str, ...]
    if stop.kind is PageKind.FUNDS:
        row, path, needed = case.total_funds, "funds.total", ("budget", "executed", "score")
    elif stop.kind is PageKind.GOAL:
        row, path, needed = case.goals[stop.index], stop.path, ("expected", "actual")
    else:
        row, path = case.indicators[stop.index], stop.path
        needed = ("level3", "target", "actual", "weight", "score")
    if row is None:
        return "funds"
    return next((f"{path}.{name}" for name in needed if not getattr(row, name).strip()), "")
