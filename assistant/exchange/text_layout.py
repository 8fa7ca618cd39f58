"""Plain text of a published form as lines and grids: the head, the money, the goals, the indicators, each its own way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.exchange.grid import LARGEST_ROWS, Block, Cell, Grid, Line, glued
from assistant.exchange.headings import (
    bare,
    fund_role,
    goal_role,
    head_key,
    indicator_role,
    is_foot,
    is_fund_label,
    is_total,
    level_of,
    norm,
)
from assistant.exchange.layout_columns import settled_roles
from assistant.exchange.text_goals import split_goals
from assistant.exchange.text_rows import dealt
from assistant.exchange.text_tokens import Token, tokens

_GAPS = re.compile(r"\S {3,}\S")
_FEET = {
    "说明",
    "备注",
    "注",
    "评价结论",
    "自评结论",
    "存在问题",
    "改进措施",
    "偏差大或目标未完成原因分析",
    "改进措施及结果应用方案",
}
_BLOCK = re.compile(r".*(?:资金|预算执行|绩效指标|绩效目标).*")
_VERTICAL = {
    "年",
    "度",
    "年度",
    "总",
    "体",
    "总体",
    "目",
    "标",
    "目标",
    "绩",
    "效",
    "指",
    "绩效",
    "指标",
    "绩效指标",
    "年度总体目标",
    "项目资金",
    "（万元）",
}


def blocks(text: str, remarks: list[str]) -> list[Block]:
    """The lines and grids of *text*, by its columns where it keeps them."""
    from assistant.exchange.text_page import AlignedReader

    lines = text.split("\n")[:LARGEST_ROWS]
    gaps = sum(_GAPS.search(line.strip()) is not None for line in lines)
    if gaps >= 5 and gaps * 6 >= sum(bool(line.strip()) for line in lines):
        return AlignedReader(lines, remarks).run()
    pieces = [tokens(line.replace("\f", ""), number) for number, line in enumerate(lines)]
    return Reader(pieces, remarks).run()


def grid_of(rows: Sequence[Sequence[str]], number: int) -> Grid:
    """A grid of texts that stood about line *number*."""
    place = f"第{number + 1}行附近"
    return Grid([[Cell(text, place) for text in row] for row in rows])


class Reader:
    """Reads blocks of lines one after the other."""

    broken = True
    """Whether a value may go on in the next line."""

    def __init__(self, pieces: list[list[Token]], remarks: list[str]) -> None:
        self.pieces = pieces
        self.remarks = remarks
        self.found: list[Block] = []
        self.aside = ""

    def run(self) -> list[Block]:
        """Read the whole text."""
        index = 0
        while index < len(self.pieces):
            if header := self.header(index, indicator_role, {"level3", "level2"}, 4):
                index = self.indicators(*header)
            elif header := self.header(index, fund_role, {"executed", "budget"}, 3):
                index = self.funds(*header)
            elif self.goal_heads(index):
                index = self.goals(index)
            else:
                index = self.plain(index)
        return self.found

    def header(
        self, index: int, meaning: Callable[[str], str], needed: set[str], least: int
    ) -> tuple[int, list[str]] | None:
        """Headings that begin in line *index*, each put together over line breaks; and the line after them."""
        line = self.pieces[index]
        if not line or not any(meaning(token.text) for token in line):
            return None
        headings: list[str] = []
        ahead = index
        while ahead < len(self.pieces) and ahead < index + 8:
            current = self.pieces[ahead]
            taken = self._take(current, headings, meaning)
            if not taken and current:
                break
            ahead += 1
        while ahead > index and not self.pieces[ahead - 1]:
            ahead -= 1
        roles = {meaning(heading) for heading in headings}
        known = [heading for heading in headings if meaning(heading)]
        if len(known) < least or not roles & needed:
            return None
        return ahead, known

    def _take(self, line: list[Token], headings: list[str], meaning: Callable[[str], str]) -> bool:
        """Add the headings of one line; whether all of it was headings or went on with one."""
        new: list[str] = []
        for token in line:
            if level_of(token.text):
                return False
            own = meaning(token.text)
            before = meaning(headings[-1]) if headings and not new and len(token.text) <= 8 else ""
            if before and own in {"", before} and meaning(headings[-1] + token.text) == before:
                headings[-1] += token.text
            elif own:
                new.append(token.text)
            elif norm(token.text) in _VERTICAL and (new or headings or len(line) > 1):
                continue
            elif token.first and not headings and len(line) > 3 and _BLOCK.fullmatch(norm(token.text)):
                self.aside = token.text
            else:
                return False
        headings += new
        return bool(line)

    def indicators(self, index: int, headings: list[str]) -> int:
        """Read the indicators below *headings*; the line after them."""
        pieces: list[Token] = []
        start = index
        while index < len(self.pieces):
            line = self.pieces[index]
            if line and (is_total(line[0].text) or self.ends(line)):
                break
            again = self.header(index, indicator_role, {"level3", "level2"}, 4)
            if again:
                index = again[0]
                continue
            if self.names_project(line):
                break
            pieces += line
            index += 1
        pieces = _without_labels(pieces)
        roles = settled_roles(headings)
        rows = dealt(pieces, roles)
        self.found.append(grid_of([headings, *rows], start))
        if index < len(self.pieces) and self.pieces[index] and is_total(self.pieces[index][0].text):
            self._total(self.pieces[index], headings, roles)
            index += 1
        return index

    @staticmethod
    def names_project(line: list[Token]) -> bool:
        """Whether a line begins the next form."""
        return bool(line) and head_key(line[0].text) == "project"

    @staticmethod
    def ends(line: list[Token]) -> bool:
        """Whether a line belongs to what comes after the indicators."""
        text = line[0].text
        labelled = len(line) > 1 or re.search(r"[:：]", text) or bare(text) in _FEET
        return bool(labelled) and is_foot(text.replace("：", ":").partition(":")[0])

    def _total(self, line: list[Token], headings: list[str], roles: list[str]) -> None:
        figures = [token.text for token in line[1:]]
        row = [""] * len(headings)
        row[0] = line[0].text
        wanted = [role for role in ("weight", "score") if role in roles]
        for role, text in zip(wanted[-len(figures) :] if figures else (), figures, strict=False):
            row[roles.index(role)] = text
        last = self.found[-1]
        if isinstance(last, Grid):
            last.rows.append([Cell(text, f"第{line[0].line + 1}行") for text in row])

    def funds(self, index: int, headings: list[str]) -> int:
        """Read the money below *headings*; the line after it."""
        roles = [fund_role(heading) for heading in headings]
        rows: list[list[str]] = [[self.aside, *headings]]
        self.aside = ""
        label = ""
        start = index
        while index < len(self.pieces):
            line = self.pieces[index]
            index += 1
            if not line:
                continue
            if self.goal_heads(index - 1) or self.header(index - 1, indicator_role, {"level3", "level2"}, 4):
                index -= 1
                break
            words = [token.text for token in line]
            figures: list[str] = []
            while words and _is_amount(words[-1]):
                figures.insert(0, words.pop())
            text = "".join(words)
            if norm(text) in _VERTICAL:
                continue
            if label and (figures and not text):
                text = label
            elif label and not is_fund_label(label):
                text = glued(label, text)
            elif label:
                rows.append([label, *[""] * len(roles)])
            label = ""
            if not figures:
                if (not is_fund_label(text) and len(text) > 12) or (norm(text) and goal_role(text)):
                    index -= 1
                    break
                label = text
                continue
            rows.append([text, *_amounts(figures, roles, self.remarks, text)])
        if label and is_fund_label(label):
            rows.append([label, *[""] * len(roles)])
        self.found.append(grid_of(rows, start))
        return index

    def goal_heads(self, index: int) -> bool:
        """Whether a line holds the two headings of the goals."""
        roles = {goal_role(token.text) for token in self.pieces[index]}
        return {"expected", "achieved"} <= roles

    def goals(self, index: int) -> int:
        """Read the goals; the line after them."""
        line = self.pieces[index]
        labels = [token.text for token in line if goal_role(token.text)][-2:]
        start = index + 1
        index += 1
        texts: list[str] = []
        while index < len(self.pieces):
            if self.header(index, indicator_role, {"level3", "level2"}, 4):
                break
            texts.append(" ".join(token.text for token in self.pieces[index]))
            index += 1
        while texts and (not texts[-1] or norm(texts[-1]) in _VERTICAL):
            texts.pop()
        while texts and (not texts[0] or norm(texts[0]) in _VERTICAL):
            texts.pop(0)
        expected, achieved, sure = split_goals(texts)
        if not sure:
            self.remarks.append("预期目标与实际完成情况在文本里连在一起，按内容分开，请核对分界处")
        self.found.append(grid_of([labels, [expected, achieved]], start))
        return index

    def plain(self, index: int) -> int:
        """A line of the head: labels with their values, or any other line."""
        line = self.pieces[index]
        if not line:
            return index + 1
        cells: list[str] = []
        labelled = False
        for token in line:
            label, sign, value = token.text.replace(":", "：").partition("：")
            if head_key(token.text):
                cells += ["", token.text] if labelled else [token.text]
                labelled = True
            elif sign and head_key(label) and value:
                cells += [label, value]
                labelled = False
            elif labelled or not cells:
                cells.append(token.text)
                labelled = False
            else:
                cells[-1] += f" {token.text}"
        if (head_key(cells[0]) and len(cells) > 1) or any(head_key(cell) for cell in cells[1:]):
            following = index + 1
            while (
                self.broken
                and following < len(self.pieces)
                and len(self.pieces[following]) == 1
                and not self._special(following)
                and cells[-1]
                and not head_key(cells[-1])
            ):
                cells[-1] = glued(cells[-1], self.pieces[following][0].text)
                following += 1
            self.found.append(grid_of([cells], index))
            return following
        self.found.append(Line(" ".join(token.text for token in line), f"第{index + 1}行"))
        return index + 1

    def _special(self, index: int) -> bool:
        text = self.pieces[index][0].text
        label = text.replace(":", "：").partition("：")[0]
        return bool(
            head_key(label)
            or fund_role(text)
            or goal_role(text)
            or indicator_role(text)
            or is_fund_label(text)
            or norm(text) in _VERTICAL
            or re.match(r"[（(]?项目资金|[（(]|\d{4}年", text)
        )


def _is_amount(text: str) -> bool:
    return re.fullmatch(r"[-+]?[\d,，]*\.?\d+(?:%|％|万元|元|分)?|[-—－/]+", text) is not None


def _amounts(figures: list[str], roles: list[str], remarks: list[str], label: str) -> list[str]:
    """*figures* under their headings; where some are missing, the one with % tells which."""
    if len(figures) == len(roles):
        return figures
    row = [""] * len(roles)
    share = next((number for number, text in enumerate(figures) if text.endswith(("%", "％"))), None)
    if share is not None and "rate" in roles:
        middle = roles.index("rate")
        before, after = figures[:share], figures[share + 1 :]
        for offset, text in enumerate(reversed(before)):
            if middle - 1 - offset >= 0:
                row[middle - 1 - offset] = text
        row[middle] = figures[share]
        for offset, text in enumerate(after):
            if middle + 1 + offset < len(row):
                row[middle + 1 + offset] = text
    else:
        row[: len(figures)] = figures[: len(row)]
    remarks.append(f"资金行“{label}”的数字比表头少，对应的栏目请核对")
    return row


def _without_labels(pieces: list[Token]) -> list[Token]:
    """*pieces* without the vertical label 绩效指标 broken into single characters beside the table."""
    return [
        token
        for number, token in enumerate(pieces)
        if not (
            (token.first and norm(token.text) in {"绩", "效", "绩效", "绩效指标", "绩效指", "绩效指标（"})
            or _lone(pieces, number)
        )
    ]


def _lone(pieces: list[Token], number: int) -> bool:
    """指 and 标 of a vertical 绩 / 效 / 指 / 标, not the broken end of a level's name."""
    text = pieces[number].text
    if text not in {"指", "标", "指标"}:
        return False
    before = "".join(token.text for token in pieces[max(0, number - 3) : number])
    return before.endswith(("绩效", "绩效指"))
