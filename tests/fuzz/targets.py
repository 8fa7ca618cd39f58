"""What is fuzzed: for each door its valid inputs, its kinds of damage, and the call that may only end well or in a sentence."""

from __future__ import annotations

import contextlib
import random
import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from assistant.catalogue.profiles import load_profile
from assistant.catalogue.settings import FILE_NAME, load_settings
from assistant.domain.case_json import dumps, loads
from assistant.domain.changes import changes
from assistant.domain.errors import ZipingError
from assistant.domain.profile import Profile
from assistant.drafting.replies import Reply, tidy
from assistant.drafting.streams import DataLines
from assistant.exchange.exporter import exporters
from assistant.exchange.read import read_document
from assistant.scoring.row import score_row
from assistant.store.casefile import load
from assistant.store.history import history
from assistant.store.journal import SUFFIX as JOURNAL_SUFFIX
from assistant.store.journal_reading import former
from assistant.store.journal_records import HEAD, Base, Mark, Saved, Settled, line
from assistant.store.journal_records import Made as MadeChange
from assistant.store.salvage import salvaged
from assistant.store.sessions import key_of
from assistant.values.read import read_actual, read_target
from assistant.wiring import exported
from assistant.workspace.workspace import assess
from tests.exchange.builders import sample
from tests.exchange.corpus import layouts, render
from tests.exchange.corpus.printed import Printed
from tests.exchange.documents import FORM_CASES
from tests.fuzz.mutate import (
    Mutation,
    as_text,
    some_bytes,
    some_cells,
    some_json,
    some_markup,
    some_part,
    some_text,
)

CELLS = Path(__file__).parents[1] / "checks" / "cases"


@dataclass(frozen=True, slots=True)
class Target:
    """One door.

    Attributes:
        name: Of the door, and of the folder of its kept seeds.
        seeds: Makes its valid inputs.
        mutations: Kinds of damage.
        run: Takes an input; may raise ``ZipingError`` and nothing else.
        share: How many of 1,000 inputs of a whole run it gets.
        suffix: Of its kept seeds.
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    mutations: tuple[Mutation, ...]
    run: Callable[[bytes], None]
    share: int
    suffix: str = ".bin"


def outcome(target: Target, data: bytes) -> str:
    """``read`` or ``refused``; anything else *data* leads to is raised as it is."""
    try:
        target.run(data)
    except ZipingError as error:
        sentence = str(error)
        assert any("\u4e00" <= sign <= "\u9fff" for sign in sentence), f"no Chinese sentence: {sentence!r}"
        return "refused"
    return "read"


@cache
def _rules_of_all() -> Profile:
    return load_profile("central-2020")


def _cell(data: bytes) -> None:
    """A pair of cells, separated by a tab: understood and scored, whatever they say."""
    target_text, _, actual_text = data.decode(
        "utf-8", "surrogatepass" if data.isascii() else "replace"
    ).partition("\t")
    target = read_target(target_text)
    actual = read_actual(actual_text, target)
    score_row(target, actual, Decimal(10), _rules_of_all(), is_bad=False)


def _cells() -> list[bytes]:
    return [f"{row.target}\t{row.actual}".encode() for case in FORM_CASES.values() for row in case.indicators]


def _case(data: bytes) -> None:
    """A case file: opened as the program opens it; then what can be saved of it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "案卷.ziping.json"
        path.write_bytes(data)
        try:
            case = load(path)
        except ZipingError:
            found = salvaged(data)
            assert loads(dumps(found.case)) == found.case
            raise
        assert loads(dumps(case)) == case


def _cases() -> list[bytes]:
    return [dumps(case).encode() for case in FORM_CASES.values()]


def _document(name: str) -> Callable[[bytes], None]:
    return lambda data: void(read_document(data, name))


def void(_: object) -> None:
    """Nothing more is wanted of the result."""


def _whole(data: bytes) -> None:
    """A case of odd cells through the whole house: scored, checked, written in every format."""
    case = loads(data.decode("utf-8", "replace"))
    profile = _rules_of_all()
    assess(case, profile)
    for code in exporters():
        exported(case, profile, code)


def _forms(kind: str) -> Callable[[], list[bytes]]:
    """Forms as other programs make them and as ours does."""

    def made() -> list[bytes]:
        makers: dict[str, tuple[Callable[..., bytes], ...]] = {
            "docx": (render.docx, render.docx_wps),
            "xlsx": (render.xlsx,),
            "xls": (render.xls,),
            "html": (render.html,),
            "md": (render.md,),
            "txt": (render.pasted,),
            "pdf": (render.pdf,),
        }
        case = sample().model_copy(update={"indicators": sample().indicators[:4]})
        profile = _rules_of_all()
        own = [exported(case, profile, kind)] if kind in exporters() else []
        return [maker(printed) for maker in makers[kind] for printed in _printed()] + own

    return made


@cache
def _printed() -> list[Printed]:
    case = sample().model_copy(update={"indicators": sample().indicators[:3]})
    return [layout(layouts.facts(case))[0] for layout in layouts.LAYOUTS.values()]


def _events() -> list[bytes]:
    usual = b'data: {"choices":[{"delta":{"content":"\xe5\x9b\xa0{F1}"},"finish_reason":null}]}\n\n'
    thought = b'data: {"choices":[{"delta":{"content":"<think>hm</think>ok <|im_end|>"}}]}\r\n\r\n'
    parts = b'data: {"choices":[{"message":{"content":[{"type":"text","text":"a"}]}}],"usage":{"prompt_tokens":1}}\n\n'
    fault = b'event: error\ndata: {"error":{"message":"bad","code":429,"type":"rate_limit"}}\n\n'
    return [usual * 3 + b"data: [DONE]\n\n", thought + usual, parts + usual, usual + fault, usual * 40]


def _stream(data: bytes) -> None:
    """Server-sent events in chunks as a network cuts them."""
    lines, reply = DataLines(), Reply("sk-secret")
    chance = random.Random(len(data))
    at = 0
    while at < len(data):
        step = chance.choice((1, 7, 64, 4096))
        for payload in lines.feed(data[at : at + step]):
            reply.take(payload)
        at += step
    for payload in lines.feed(b"", last=True):
        reply.take(payload)
    reply.close()
    assert "sk-secret" not in tidy(reply.text)


def _settings(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE_NAME).write_bytes(data)
        loaded = load_settings(environment={}, folder=Path(folder))
        loaded.show()


def _settings_seeds() -> list[bytes]:
    return [
        b'endpoint = "deepseek"\nmodel = "m"\ntemperature = 0.2\nmax_tokens = 900\nread_seconds = 20\nallow_http = true\n',
        b'base_url = "http://127.0.0.1:8000/v1"\napi_key = "sk-1234567890abcdef"\n[extra]\ntop_p = 0.9\n[keys]\nhelp = "f1"\n',
        b'profile = "beijing-2022"\ntheme = "dark"\n[endpoints.own]\nlabel = "\xe5\x86\x85\xe7\xbd\x91"\nbase_url = "http://10.0.0.2/v1"\nmodel = "q"\n',
    ]


def _rules(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "own.toml").write_bytes(data)
        load_profile("own", Path(folder))


def _rules_seeds() -> list[bytes]:
    from assistant.resources import shipped

    return [
        file.read_bytes().replace(f'id = "{file.name.removesuffix(".toml")}"'.encode(), b'id = "own"')
        for file in (shipped("config") / "profiles").iterdir()
        if file.name.endswith(".toml")
    ]


def _journal(data: bytes) -> None:
    """A journal: opened beside its case, and its history told. What was damaged by chance and what fits its sum."""
    with tempfile.TemporaryDirectory() as folder:
        path, journals = Path(folder) / "案卷.ziping.json", Path(folder) / "journals"
        (journals / key_of(path)).mkdir(parents=True)
        for number, part in enumerate(data.split(_SEGMENT)[:4]):
            (journals / key_of(path) / f"a-{number}{JOURNAL_SUFFIX}").write_bytes(part)
        told = history(journals, path)
        for event in told.entries:
            assert event.changes
        for unsaved in former(journals, path, sample(), "0" * 64).unsaved:
            assert unsaved.case != sample()


_SEGMENT = b"---- segment ----\n"


def _journals() -> list[bytes]:
    """A sitting with typing, saving and undo; and one more that goes on from it."""
    first = sample()
    second = first.model_copy(update={"project": "另一个项目"})
    third = second.model_copy(update={"indicators": second.indicators[1:]})
    at, who = "2024-01-01T08:00:00+00:00", "user@machine"
    entries: tuple[Base | MadeChange | Saved | Settled, ...] = (
        Base(at=at, who=who, run="a", path="案卷.ziping.json", digest="0" * 64, case=first),
        MadeChange(seq=1, at=at, turn=1, why="typing", where="project", changes=changes(first, second)),
        Saved(seq=2, at=at, digest="1" * 64, upto=1, done=True),
        MadeChange(seq=3, at=at, turn=2, why="rows", changes=changes(second, third)),
        MadeChange(seq=4, at=at, turn=3, why="undo", changes=changes(third, second)),
    )
    follows: tuple[Base | MadeChange | Saved | Settled, ...] = (
        Base(
            at=at, who=who, run="b", path="案卷.ziping.json", after=Mark(segment="k/a-0", seq=4), case=second
        ),
        MadeChange(seq=1, at=at, turn=1, why="draft", where="grade", changes=changes(second, first)),
        Settled(seq=2, at=at, how="left"),
    )
    one = b"".join(line(entry) for entry in entries)
    return [one, one + _SEGMENT + b"".join(line(entry) for entry in follows)]


def _with_true_sums(data: bytes, chance: random.Random) -> bytes:
    """Records of a journal with odd contents under a length and a checksum that fit."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(lines))
        body = some_json(lines[at][HEAD:], chance).replace(b"\n", b" ")
        lines[at] = b"%08d %08x %s" % (len(body), zlib.crc32(body), body)
    return b"\n".join(lines)


_TEXT = as_text(some_text)
_MARKUP = as_text(some_markup)
TARGETS = {
    one.name: one
    for one in (
        Target("cell", _cells, (_TEXT,), _cell, 495, ".txt"),
        Target("case", _cases, (some_bytes, some_json, _TEXT), _case, 60, ".json"),
        Target("whole", _cases, (some_cells, some_cells, some_json), _whole, 5, ".json"),
        Target("json", _cases, (some_json, some_bytes), _document("表.json"), 40, ".json"),
        Target("md", _forms("md"), (_TEXT, some_bytes), _document("表.md"), 50, ".md"),
        Target("txt", _forms("txt"), (_TEXT, some_bytes), _document("表.txt"), 50, ".txt"),
        Target("html", _forms("html"), (_MARKUP, some_bytes), _document("表.html"), 50, ".html"),
        Target("docx", _forms("docx"), (some_part, some_part, some_bytes), _document("表.docx"), 45, ".docx"),
        Target("xlsx", _forms("xlsx"), (some_part, some_part, some_bytes), _document("表.xlsx"), 45, ".xlsx"),
        Target("xls", _forms("xls"), (some_bytes,), _document("表.xls"), 30, ".xls"),
        Target("pdf", _forms("pdf"), (some_bytes,), _document("表.pdf"), 5, ".pdf"),
        Target("journal", _journals, (_with_true_sums, some_bytes), _journal, 25, ".log"),
        Target("stream", _events, (some_bytes, _TEXT), _stream, 60, ".txt"),
        Target("settings", _settings_seeds, (_TEXT, some_bytes), _settings, 20, ".toml"),
        Target("rules", _rules_seeds, (_TEXT, some_bytes), _rules, 20, ".toml"),
    )
}
"""Every door by its name."""

KEPT = Path(__file__).parents[1] / "data" / "fuzz"
"""One folder a target: inputs that once broke it."""


def kept(target: Target) -> list[Path]:
    """The inputs that once broke *target*."""
    with contextlib.suppress(FileNotFoundError):
        return sorted((KEPT / target.name).iterdir())
    return []
