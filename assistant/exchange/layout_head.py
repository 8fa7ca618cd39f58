"""The head of the form: 项目名称, 主管部门, 实施单位, people, year; and figures printed as label and value."""

from __future__ import annotations

import re
import unicodedata

from assistant.exchange.form_draft import FormDraft
from assistant.exchange.grid import Row, Span
from assistant.exchange.headings import bare, head_key, norm

_CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"((?:19|20)\d{2})年度?")
_WRITTEN_YEAR = re.compile(r"([二][〇○零一二三四五六七八九]{3})年度?")
_TITLE = re.compile(r"自评|绩效|评价表|目标表|申报表|年度")


def read_head(row: Row, draft: FormDraft) -> bool:
    """Read the labels and values of *row*; whether there were any."""
    spans, found = row.spans, False
    person: dict[str, str] | None = None
    index = 0
    while index < len(spans):
        span = spans[index]
        key, value = _inline(span.text)
        if not key and (key := head_key(span.text)):
            place = _value_place(spans, index)
            value = spans[place].text if place else ""
            index = place or index
        if key:
            found = True
            person = _keep(key, span.text, draft.short(value), person, draft)
        index += 1
    return found


def _value_place(spans: list[Span], index: int) -> int:
    """Where the value of the label at *index* stands, 0 where it is blank.

    The neighbour is the value, even one that reads like a label, unless it has a value of its own; beyond a blank
    cell only what is no label counts.
    """
    texts = [span.text.strip() for span in spans[index + 1 :]]
    if not texts:
        return 0
    if texts[0]:
        labelled = head_key(texts[0]) and len(texts) > 1 and texts[1] and not head_key(texts[1])
        return 0 if labelled else index + 1
    place = next((number for number, text in enumerate(texts) if text), None)
    return 0 if place is None or head_key(texts[place]) else index + 1 + place


def _inline(text: str) -> tuple[str, str]:
    """A label and its value in one cell: ``项目名称：某项目``."""
    for colon in ("：", ":"):
        label, sign, value = text.partition(colon)
        if sign and value.strip() and len(label) <= 16 and (key := head_key(label)):
            return key, value.strip()
    return "", ""


def _keep(
    key: str, label: str, value: str, person: dict[str, str] | None, draft: FormDraft
) -> dict[str, str] | None:
    if key == "person":
        role = bare(label.partition("：")[0].partition(":")[0])
        person = {"role": role, "name": value, "phone": ""}
        if value and person not in draft.people:
            draft.people.append(person)
        return person
    if key == "phone":
        if value:
            owner = person or (draft.people[-1] if draft.people else None)
            if owner is None or owner["phone"]:
                owner = {"role": "联系人", "name": "", "phone": ""}
                draft.people.append(owner)
            elif owner not in draft.people:
                draft.people.append(owner)
            owner["phone"] = value
    elif key == "year":
        if (match := re.search(r"(?:19|20)\d{2}", value)) and "year" not in draft.cells:
            draft.cells["year"] = int(match[0])
    elif key == "money_unit":
        draft.money(f":{value}")
    elif key in {"central", "local"}:
        draft.cells.setdefault(f"_{key}", value)
    elif key == "grade":
        draft.put("grade", value)
    elif key in {"total", "total_weight"}:
        draft.put(key, value)
    else:
        draft.put(key, value)
    return person


def read_title(row: Row, draft: FormDraft) -> None:
    """A line such as 项目支出绩效自评表（2022年度）: the year; 单位：万元 beside it."""
    for span in row.filled:
        text = unicodedata.normalize("NFKC", norm(span.text))  # （２０２４年度） is a year too
        if match := re.search(r"单位[:：](万元|亿元|元)", text):
            draft.money(f":{match[1]}")
        if "year" not in draft.cells and len(text) <= 60 and _TITLE.search(text):
            written = _WRITTEN_YEAR.search(text)
            match = _YEAR.search(text)
            if match or written:
                year = match[1] if match else written[1].translate(_CHINESE_YEAR) if written else ""
                draft.cells["year"] = int(year)


def close_head(draft: FormDraft) -> None:
    """Settle 主管部门 and 实施单位 of transfer-payment forms, where several levels have a department."""
    central, local = draft.cells.pop("_central", ""), draft.cells.pop("_local", "")
    if not draft.cells.get("department"):
        draft.put("department", central or local)
    if local and not draft.cells.get("unit") and draft.cells.get("department") != local:
        draft.put("unit", local)
        draft.doubt("unit", local, "表上没有实施单位，按地方主管部门读入")
