"""Ways in: each puts strings into a form the way somebody else could."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from assistant.domain.case import (
    Case,
    Doubt,
    DraftRecord,
    FundRow,
    Goal,
    Indicator,
    Note,
    Override,
    Person,
    blank_case,
)
from assistant.drafting.replies import Reply, tidy
from assistant.drafting.streams import DataLines
from assistant.exchange.read import read_document
from assistant.store.casefile import load, save
from tests.exchange.corpus import render
from tests.exchange.corpus.printed import Box, Printed

Door = Callable[[Sequence[str]], Case]
"""Strings to the form they end up in."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def value(texts: Sequence[str]) -> Case:
    """Every kind of cell of a case file somebody sent."""
    first, second, third = (texts * 3)[:3]
    case = blank_case("central-2020", 2022).model_copy(
        update={
            "project": first,
            "department": second,
            "unit": third,
            "people": tuple(Person(role=text, name=text, phone=text) for text in texts[:3]),
            "money_unit": second,
            "funds": tuple(
                FundRow(label=f"资金总额{text}", budget=text, executed=text, score=text) for text in texts[:4]
            ),
            "goals": tuple(Goal(expected=text, actual=text) for text in texts[:6]),
            "indicators": tuple(
                Indicator(
                    level1="产出指标",
                    level2=text,
                    level3=text,
                    target=text,
                    actual=text,
                    weight=text,
                    score=text,
                    reason=text,
                    evidence=text,
                )
                for text in texts
            ),
            "total": first,
            "total_weight": second,
            "grade": third,
            "drafts": tuple(
                DraftRecord(path="goals[0].actual", text=text, source="model", model=text)
                for text in texts[:5]
            ),
            "notes": tuple(Note(path="indicators[0].reason", text=text, question=text) for text in texts[:5]),
            "overrides": tuple(
                Override(path=f"indicators[{at}]", score=text, reason=text)
                for at, text in enumerate(texts[:5])
            ),
            "doubts": tuple(
                Doubt(path=f"indicators[{at}].actual", raw=text, why=text) for at, text in enumerate(texts)
            ),
            "x_其他": list(texts[:5]),
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ziping.json"
        save(path, case)
        return load(path)


def reply(texts: Sequence[str]) -> Case:
    """Answers of a model, streamed, tidied and accepted into their cells."""
    said = []
    for text in texts:
        event = {"choices": [{"delta": {"content": text}, "finish_reason": None}]}
        lines, answer = DataLines(), Reply()
        stream = f"data: {json.dumps(event)}\n\ndata: [DONE]\n\n".encode()
        for payload in [*lines.feed(stream), *lines.feed(b"", last=True)]:
            answer.take(payload)
        answer.close()
        said.append(tidy(answer.text))
    return Case(
        project="某项目",
        goals=tuple(Goal(expected="目标", actual=text) for text in said[:6]),
        indicators=tuple(
            Indicator(
                level1="产出指标",
                level3=f"指标{at}",
                target="1个",
                actual="0个",
                weight="1",
                score="0",
                reason=text,
            )
            for at, text in enumerate(said)
        ),
        drafts=tuple(
            DraftRecord(path=f"indicators[{at}].reason", text=text, source="model")
            for at, text in enumerate(said)
        ),
    )


def _printed(texts: Sequence[str]) -> Printed:
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因")
    rows = [
        [
            Box("产出指标"),
            Box("数量指标"),
            Box(f"指标{at}"),
            Box(text),
            Box(text),
            Box("1"),
            Box("1"),
            Box(text),
        ]
        for at, text in enumerate(texts)
    ]
    return Printed(
        ["项目支出绩效自评表", "（2022年度）"],
        [[Box("项目名称"), Box(texts[0], 7)], [Box(head) for head in heads], *rows],
        [2, 2, 3, 3, 3, 1, 1, 4],
    )


def _slots(texts: Sequence[str]) -> tuple[Printed, Callable[[str, Callable[[str], str]], str]]:
    """A form with a slot for each string, and what fills them in a written file."""
    printed = _printed([f"占位{at:03}甲" for at in range(len(texts))])

    def filled(written: str, spelled: Callable[[str], str]) -> str:
        return re.sub(r"占位(\d{3})甲", lambda match: spelled(texts[int(match[1])]), written)

    return printed, filled


def _text_file(text: str) -> bytes:
    """A file with NUL in it is no text: it is refused, so such strings go without."""
    return text.replace("\0", "").encode("utf-8", "replace")


def _office(kind: str, spelled: Callable[[str], str]) -> Door:
    make = {"docx": render.docx, "xlsx": render.xlsx}[kind]

    def door(texts: Sequence[str]) -> Case:
        printed, filled = _slots(texts)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(make(printed))) as before, zipfile.ZipFile(out, "w") as after:
            for name in before.namelist():
                part = before.read(name)
                after.writestr(name, filled(part.decode(), spelled) if b"\xe5\x8d\xa0" in part else part)
        return read_document(out.getvalue(), f"表.{kind}").case

    return door


def _in_xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _in_sheet(text: str) -> str:
    """As Excel stores what XML cannot hold: ``_x001B_``."""
    return escape(_NOT_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text))


def _as_utf8(page: bytes) -> str:
    return re.sub(r"charset=[\w-]+", "charset=utf-8", page.decode("gb18030"))


def page(texts: Sequence[str]) -> Case:
    """A web page, controls as character references and raw."""
    printed, filled = _slots(texts)

    def spelled(text: str) -> str:
        return re.sub("[\x01-\x08\x0e-\x1f]", lambda match: f"&#{ord(match[0])};", escape(text))

    data = filled(_as_utf8(render.html(printed)), spelled)
    return read_document(_text_file(data), "表.html").case


def markdown(texts: Sequence[str]) -> Case:
    """A Markdown table, the strings raw but for what ends a cell."""
    printed, filled = _slots(texts)
    data = filled(
        render.md(printed).decode(),
        lambda text: re.sub(r"\s*[\r\n\x0b\x0c\x85\u2028\u2029]\s*", "<br>", text).replace("|", "\\|"),
    )
    return read_document(_text_file(data), "表.md").case


def pasted(texts: Sequence[str]) -> Case:
    """Text pasted from a table: tabs between cells."""
    printed, filled = _slots(texts)
    data = filled(
        render.pasted(printed).decode(), lambda text: re.sub(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+", " ", text)
    )
    return read_document(_text_file(data), "表.txt").case


def printed_page(texts: Sequence[str]) -> Case:
    """A PDF: what its font can print."""
    plain = [
        re.sub(r"[^\x20-\x7e\u3400-\u9fff\u3000-\u303f\uff00-\uff5e\u202e]", "", text)[:60] or "无"
        for text in texts
    ]
    return read_document(render.pdf(_printed(plain)), "表.pdf").case


DOORS: dict[str, Door] = {
    "cell value": value,
    "model reply": reply,
    "docx": _office("docx", _in_xml),
    "xlsx": _office("xlsx", _in_sheet),
    "html": page,
    "md": markdown,
    "txt": pasted,
    "pdf": printed_page,
}
"""By name; the door "file name" opens on the exits that show one (see ``exits``)."""
