"""Text that keeps the page's columns (``pdftotext -layout``): head, money, goals and indicators by place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.exchange.grid import Block, Cell, Grid, flowed
from assistant.exchange.headings import fund_role, goal_role, indicator_role, is_fund_label, is_total, norm
from assistant.exchange.layout_columns import settled_roles
from assistant.exchange.text_aligned import Place, aligned_rows, columns_of, fitted, headings_at
from assistant.exchange.text_layout import Reader, grid_of
from assistant.exchange.text_tokens import Token, tokens, width

_PAGE_NUMBER = re.compile(r"\W*(?:第?\d{1,4}页?|\d{1,3}/\d{1,3})\W*")
_GOAL_LABEL = "年度总体目标完成情况|项目年度绩效目标"


class AlignedReader(Reader):
    """Reads blocks of lines whose columns line up."""

    broken = False

    def __init__(self, lines: Sequence[str], remarks: list[str]) -> None:
        """Measure columns in characters or in display columns, whichever lines up better."""
        flat = [line.replace("\f", "") for line in lines]
        self.tops = {number for number, line in enumerate(lines) if "\f" in line}
        choices = [
            [tokens(line, number, measure) for number, line in enumerate(flat)] for measure in (len, width)
        ]
        super().__init__(min(choices, key=_disorder), remarks)
        for number in range(len(self.pieces)):
            if self._is_page_number(number):
                self.pieces[number] = []

    def _is_page_number(self, number: int) -> bool:
        text = "".join(token.text for token in self.pieces[number])
        if not text or not _PAGE_NUMBER.fullmatch(text):
            return False
        later = next((one for one in range(number + 1, len(self.pieces)) if self.pieces[one]), None)
        return later is None or any(number < top <= later for top in self.tops)

    def run(self) -> list[Block]:
        """Read the whole text."""
        index = 0
        while index < len(self.pieces):
            if head := self._indicator_heads(index):
                index = self._rows(*head)
            elif head := self._fund_heads(index):
                index = self._money(*head)
            elif self.goal_heads(index):
                index = self._told(index)
            else:
                index = self.plain(index)
        return self.found

    def _indicator_heads(self, index: int) -> tuple[list[Token], int] | None:
        found = self._heads(index, indicator_role, {"level3", "level2", "level1"}, 4)
        return None if found is None else (found[0], found[2])

    def _fund_heads(self, index: int) -> tuple[list[Token], int] | None:
        found = self._heads(index, fund_role, {"budget", "executed"}, 3)
        if found is None:
            return None
        heads, aside, end = found
        if aside:
            self.found.append(grid_of([["".join(token.text for token in aside)]], index))
        return heads, end

    def _heads(
        self, index: int, meaning: Callable[[str], str], needed: set[str], least: int
    ) -> tuple[list[Token], list[Token], int] | None:
        if not self.pieces[index]:
            return None
        found = headings_at(self.pieces, index, meaning, least)
        if found is None or not needed & {meaning(head.text) for head in found[0]}:
            return None
        return found

    def _rows(self, heads: list[Token], index: int) -> int:
        start, body = index, []
        while index < len(self.pieces):
            line = self.pieces[index]
            if line and (is_total(line[0].text) or self.ends(line) or self.names_project(line)):
                break
            if line and self._indicator_heads(index):
                break
            body.append([token for token in line if not _left_label(token, heads[0].column, "绩效指标")])
            index += 1
        headings = [head.text for head in heads]
        places = columns_of(body, settled_roles(headings), heads)
        rows: list[list[str]] = []
        page: list[list[Token]] = []
        for number, line in enumerate([*body, []]):
            if (start + number in self.tops or number == len(body)) and page:
                rows += aligned_rows(page, places)
                page = []
            page.append(line)
        self.found.append(grid_of([headings, *rows], start))
        if rows:
            self.remarks.append("文本里的指标按各行的位置对应，合并的一级、二级指标按居中或靠上推定，请核对")
        if index < len(self.pieces) and self.pieces[index] and is_total(self.pieces[index][0].text):
            self._sum(self.pieces[index], places)
            index += 1
        return index

    def _sum(self, line: Sequence[Token], places: Sequence[Place]) -> None:
        row = [""] * len(places)
        row[0] = line[0].text
        for token, number in zip(line[1:], fitted(line[1:], places), strict=True):
            if number > 0:
                row[number] = token.text
        last = self.found[-1]
        if isinstance(last, Grid):
            last.rows.append([Cell(text, f"第{line[0].line + 1}行") for text in row])

    def _money(self, heads: list[Token], index: int) -> int:
        body: list[list[Token]] = []
        start = index
        while index < len(self.pieces):
            line = self.pieces[index]
            if self.goal_heads(index) or self._indicator_heads(index) or self.names_project(line):
                break
            if len(line) == 1 and goal_role(line[0].text):
                break
            body.append(list(line))
            index += 1
        places = [Place(fund_role(head.text), head.text, head.column, head.end) for head in heads]
        texts = [
            token
            for line in body
            for token in line
            if is_fund_label(token.text) or token.text.startswith("其中")
        ]
        edge = min((token.column for token in texts), default=0)
        rows: list[list[str]] = []
        aside: list[str] = []
        for line in body:
            if not line:
                continue
            aside += [token.text for token in line if token.column < edge - 1]
            kept = [token for token in line if token.column >= edge - 1]
            figures = [token for token in kept if _amount(token.text)]
            label = "".join(token.text for token in kept if not _amount(token.text))
            if not kept:
                continue
            row = [""] * len(places)
            for token, number in zip(figures, fitted(figures, places), strict=True):
                if number >= 0:
                    row[number] = f"{row[number]} {token.text}".strip()
            if rows and label and not figures and not is_fund_label(label):
                rows[-1][0] += label
            else:
                rows.append([label, *row])
        self.found.append(grid_of([["".join(aside), *(head.text for head in heads)], *rows], start))
        return index

    def _told(self, index: int) -> int:
        """Goals in two columns: every line is cut where the page leaves a gap between them."""
        labels = [token for token in self.pieces[index] if goal_role(token.text)][-2:]
        start = index + 1
        index += 1
        body: list[list[Token]] = []
        while index < len(self.pieces) and not self._indicator_heads(index):
            body.append(
                [token for token in self.pieces[index] if not _left_label(token, labels[0].end, _GOAL_LABEL)]
            )
            index += 1
        while body and not body[-1]:
            body.pop()
        left, right = labels[0], labels[-1]
        cut = _gap(body, left.end, right.end)
        texts = [
            "\n".join(
                " ".join(token.text for token in line if (token.column >= cut) == side) for line in body
            )
            for side in (False, True)
        ]
        self.found.append(grid_of([[left.text, right.text], [flowed(text) for text in texts]], start))
        return index


def _disorder(pieces: Sequence[Sequence[Token]]) -> int:
    """How badly pieces line up: the number of places where pieces begin, rare ones counting more."""
    starts = Counter(token.column for line in pieces for token in line[1:])
    return sum(1 for times in starts.values() if times < 3) + len(starts)


def _left_label(token: Token, edge: int, label: str) -> bool:
    """Whether *token* is a piece of the label beside the table (绩 / 效 / 指 / 标)."""
    flat = norm(token.text)
    return token.first and token.end <= edge and len(flat) <= 8 and flat in label


def _gap(body: Sequence[Sequence[Token]], low: int, high: int) -> int:
    """The column between *low* and *high* where the right text begins: most lines go on there after a gap."""
    starts: Counter[int] = Counter()
    for line in body:
        for number, token in enumerate(line):
            before = line[number - 1].end if number else 0
            if low <= token.column <= high and token.column - before >= 2:
                starts[token.column] += 1
    if not starts:
        return high
    most = max(starts.values())
    return min(column for column, times in starts.items() if times * 2 >= most)


def _amount(text: str) -> bool:
    return re.fullmatch(r"[-+]?[\d,，]*\.?\d+(?:%|％|万元|元|分)?|[-—－/]+", text) is not None
