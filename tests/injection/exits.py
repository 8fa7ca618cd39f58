"""Ways out: each hands a form over and says what of it would be obeyed, hidden or lost."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from lxml import etree, html
from markdown_it import MarkdownIt

from assistant.catalogue.profiles import load_profile
from assistant.cli.main import run
from assistant.domain.case import Case
from assistant.domain.case_json import dumps, loads
from assistant.wiring import exported

Exit = Callable[[Case], list[str]]
"""A form to what is wrong with how it came out; an empty list is clean."""

RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufff9-\ufffb\ud800-\udfff]"
)
"""What no exit may write raw (written down anew, not taken from the code under test)."""
_TAGS = {
    "html", "head", "body", "meta", "title", "style", "h1", "h2", "h3", "p", "div", "section", "table", "colgroup", "col", "thead",
    "tbody", "tr", "th", "td", "br", "ul", "li", "b", "strong", "blockquote", "em", "span", "footer", "header", "main",
}  # fmt: skip
_ATTRIBUTES = {"class", "colspan", "rowspan", "style", "lang", "charset", "span", "name", "content"}


def _raw(text: str, where: str) -> list[str]:
    return [
        f"{where}: raw {match[0]!a} in {text[max(0, match.start() - 20) : match.end() + 10]!a}"
        for match in RAW.finditer(text)
    ][:3]


def _written(case: Case, code: str, *, merged: bool = False) -> bytes:
    return exported(case, load_profile("central-2020"), code, merged=merged)


def shown(text: str) -> str:
    """What a reader can see of *text*: no blanks, no controls, no joiners; pictures of controls count as controls."""
    return re.sub(
        r"[\s\u2400-\u2421\ufffd\ufffe\uffff\u200b-\u200f\u2060-\u206f\ufeff\u202a-\u202e\ufff9-\ufffb\ud800-\udfff\x00-\x1f\x7f-\x9f]",
        "",
        text,
    )


def _lost(case: Case, text: str, where: str) -> list[str]:
    """Cells whose visible characters are not all in *text*, in order and together."""
    whole = shown(text)
    cells = [cell for row in case.indicators for cell in (row.target, row.actual, row.reason)]
    return [f"{where}: lost {cell[:60]!a}" for cell in cells if shown(cell) not in whole][:3]


def _live(root: etree._Element, where: str) -> list[str]:
    """Elements and attributes a form has no use for."""
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.lower() not in _TAGS:
            found.append(f"{where}: live <{element.tag}>")
        found += [
            f"{where}: live {name}= on <{element.tag}>" for name in element.attrib if name not in _ATTRIBUTES
        ]
    return found[:3]


def to_markdown(case: Case, *, merged: bool = False) -> list[str]:
    """Markdown: rendered by another program, with HTML let through."""
    text = _written(case, "md", merged=merged).decode()
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    root = html.document_fromstring(f"<html><body>{page}</body></html>")
    found = _raw(text, "md") + _live(root, "md")
    return found + _lost(case, "".join(root.itertext()), "md")


def to_html(case: Case) -> list[str]:
    """A web page, parsed as browsers do."""
    text = _written(case, "html").decode()
    root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    return _raw(text, "html") + _live(root, "html") + _lost(case, "".join(root.itertext()), "html")


def _parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


_WORD = {
    "document", "body", "p", "pPr", "pStyle", "jc", "r", "rPr", "b", "t", "tab", "tbl", "tblPr", "tblW", "tblBorders", "top", "left",
    "bottom", "right", "insideH", "insideV", "tblLayout", "tblCellMar", "tblGrid", "gridCol", "tr", "trPr", "cantSplit", "trHeight",
    "tblHeader", "tc", "tcPr", "tcW", "gridSpan", "vMerge", "tcBorders", "vAlign", "sectPr", "headerReference", "footerReference",
    "pgSz", "pgMar", "br",
}  # fmt: skip


def to_docx(case: Case) -> list[str]:
    """Word: no field, link, object or outside part; all text in plain runs."""
    parts = _parts(_written(case, "docx"))
    body = parts["word/document.xml"]
    names = {etree.QName(element).localname for element in body.iter()}
    found = [f"docx: <{name}>" for name in names - _WORD]
    found += [
        f"docx: {part} points outside"
        for part, root in parts.items()
        if 'TargetMode="External"' in etree.tostring(root).decode()
    ]
    text = "".join(body.itertext())
    return found + _raw(text, "docx") + _lost(case, text, "docx")


_FORMULA = re.compile(
    r"SUM\([A-Z]+\d+(?::[A-Z]+\d+)?(?:,[A-Z]+\d+(?::[A-Z]+\d+)?)*\)|ROUND\([A-Z0-9,*/()MIN]+\)"
)


def _to_sheet(case: Case, code: str) -> list[str]:
    """A workbook: formulas only our own, what looks like one marked as text, no links and no outside parts."""
    parts = _parts(_written(case, code))
    found, texts = [], []
    quoted = {
        at
        for at, style in enumerate(parts["xl/styles.xml"].iterfind("{*}cellXfs/{*}xf"))
        if style.get("quotePrefix") == "1"
    }
    for name, root in parts.items():
        found += [f"{code}: {name} points outside"] * (
            'TargetMode="External"' in etree.tostring(root).decode()
        )
        if not name.startswith("xl/worksheets/"):
            continue
        found += [f"{code}: link"] * len(list(root.iter("{*}hyperlink")))
        for cell in root.iter("{*}c"):
            formula, text = cell.findtext("{*}f"), "".join(cell.itertext())
            if formula is not None and not _FORMULA.fullmatch(formula):
                found.append(f"{code}: formula {formula!a}")
            if cell.get("t") == "inlineStr":
                texts.append(text)
                if text.lstrip()[:1] in set("=+-@＝＋－＠") and int(cell.get("s", "0")) not in quoted:
                    found.append(f"{code}: {text[:30]!a} is a formula once edited")
            elif not re.fullmatch(r"[-0-9.]*", cell.findtext("{*}v") or ""):
                found.append(f"{code}: no number {text!a}")
    whole = "".join(re.sub("_x005F_", "_", text) for text in texts)
    return (
        found[:3]
        + _raw(whole, code)
        + (_lost(case, whole + " ".join(_numbers(case)), code) if code == "xlsx" else [])
    )


def _numbers(case: Case) -> Iterator[str]:
    """Cells that are written as numbers: nothing of them is text."""
    for row in case.indicators:
        yield from (cell for cell in (row.target, row.actual) if re.fullmatch(r"[-0-9.,%]+", cell))


def to_json(case: Case) -> list[str]:
    """JSON for scripts: read back as it was."""
    text = _written(case, "json").decode()
    same = loads(json.dumps(json.loads(text)["case"])) == loads(dumps(case))
    return _raw(text, "json") + ([] if same else ["json: another case"])


def to_case_file(case: Case) -> list[str]:
    """The case file itself, as somebody may print it in a terminal."""
    text = dumps(case)
    return _raw(text, "case") + ([] if dumps(loads(text)) == text else ["case file: another case"])


@contextmanager
def _streams(given: str = "") -> Iterator[tuple[io.StringIO, io.StringIO]]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", io.StringIO(given)):
        yield out, err


def _command(case: Case, *words: str, given: str = "", name: str = "a.ziping.json") -> tuple[str, str]:
    """What a command prints about *case*: standard output, standard error. What it writes goes with its folder."""
    with TemporaryDirectory() as folder, chdir(folder), _streams(given) as (out, err):
        path = Path(folder) / name
        # By somebody else: the program itself does not save under every name.
        path.write_text(dumps(case), "utf-8")
        with suppress(SystemExit):
            run([words[0], str(path), *words[1:]])
    return out.getvalue(), err.getvalue()


def to_output(case: Case) -> list[str]:
    """What ``score``, ``check`` and their JSON print."""
    found = []
    for words in (("score",), ("check",), ("score", "--json"), ("check", "--json"), ("read",)):
        out, err = _command(case, *words)
        found += _raw(out, " ".join(words)) + _raw(err, f"{words[0]} stderr")
    return found


def to_errors(case: Case) -> list[str]:
    """Messages on standard error: doubts of a reading, refusals that quote."""
    found = []
    _, err = _command(case, "export", "--to", "md", "-o", "/nowhere/\x1b[2J/a.md")
    found += _raw(err, "stderr")
    for text in [row.reason for row in case.indicators]:
        with _streams() as (_, errors), suppress(SystemExit):
            run(["export", "a.json", "--to", text])
        with _streams() as (_, more), suppress(SystemExit, ValueError):
            run(["score", text or "x"])
        found += _raw(errors.getvalue() + more.getvalue(), "stderr")
    return found[:3]


def to_plain(case: Case) -> list[str]:
    """The whole interview line by line: every question, the list, the findings, the help."""
    out, err = _command(
        case,
        "fill",
        "--plain",
        given="目录\n检查\n" + "\n" * 30 + "下一行\n" * 60 + "？\n导出 \x1b[2J.md\n退出\n",
    )
    return _raw(out, "plain") + _raw(err, "plain stderr")


def file_name(text: str, words: tuple[str, ...], given: str = "") -> list[str]:
    """*text* as the name of a case: what a command says of it, there and not there."""
    name = re.sub("[/\0\ud800-\udfff]", "", text)[:60] + ".ziping.json"
    out, err = _command(Case(project="甲"), *words, given=given, name=name)
    with _streams() as (more, errors), suppress(SystemExit):
        run([words[0], f"没有/{name}"])
    return _raw(out + more.getvalue(), "stdout") + _raw(err + errors.getvalue(), "stderr")


NAMED: dict[str, Callable[[str], list[str]]] = {
    "stdout": lambda text: file_name(text, ("read",)),
    "stderr": lambda text: file_name(text, ("export", "--to", "md", "-o", "/nowhere/a.md")),
    "plain": lambda text: file_name(text, ("fill", "--plain"), given="导出\n退出\n"),
}
"""Where the name of a file is shown."""

EXITS: dict[str, Exit] = {
    "md": to_markdown,
    "md merged": lambda case: to_markdown(case, merged=True),
    "html": to_html,
    "docx": to_docx,
    "xlsx": lambda case: _to_sheet(case, "xlsx"),
    "import": lambda case: _to_sheet(case, "import-xlsx"),
    "json": to_json,
    "case file": to_case_file,
    "stdout": to_output,
    "stderr": to_errors,
    "plain": to_plain,
}
"""By name. Screen, clipboard and log need the running program: ``tests/ui/test_injection.py``."""
