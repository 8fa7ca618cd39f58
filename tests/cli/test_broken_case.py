"""Whatever command meets a case file that cannot be read says how to have its contents back, and each way works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import assistant
from assistant.cli.main import run
from assistant.domain.errors import InputError
from assistant.resources import shipped
from assistant.store.casefile import load, save
from assistant.store.journal import Deed
from assistant.store.keeper import Keeper
from assistant.store.locations import locations

SAMPLE = Path(str(shipped("config"))) / "samples" / "demo.ziping.json"
CASE = "我 的表.ziping.json"

READERS = {
    "score": ["score", CASE],
    "score in json": ["score", CASE, "--json"],
    "check": ["check", CASE],
    "check of two": ["check", CASE, "好的.ziping.json"],
    "export": ["export", CASE, "--to", "md"],
    "read": ["read", CASE],
    "read to compare": ["read", "好的.ziping.json", "--compare", CASE],
    "draft": ["draft", CASE, "--offline"],
    "verify": ["verify", CASE, "--text", "完成3次。"],
    "report": ["report", CASE, "--offline"],
    "fill": ["fill", CASE, "--plain"],
    "doctor": ["doctor", CASE],
    "batch draft": ["batch", ".", "--draft", "--offline"],
}
"""Every command that reads a case without a full screen; ``open`` and ``new`` are below."""

DAMAGE = {
    "cut off": lambda data: data[: len(data) // 2],
    "a number for a text": lambda data: data.replace(b'"project": "', b'"project": 5, "x": "', 1),
    "marks of a merge": lambda data: data.replace(b'  "unit"', b'<<<<<<< HEAD\n  "unit"', 1),
    "another encoding": lambda data: data.decode().encode("gb18030"),
    "a doubled key": lambda data: data.replace(b'"project"', b'"project": "", "project"', 1),
}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def broken(request: pytest.FixtureRequest) -> Path:
    """A case that was open here before (a backup), changed (a journal), and was damaged since."""
    path = Path(CASE)
    save(path, load(SAMPLE))
    save(Path("好的.ziping.json"), load(SAMPLE))
    keeper = Keeper(path, locations())
    keeper.changed(load(SAMPLE).model_copy(update={"project": "改过的"}), Deed("typing", "project"))
    assert keeper.close()
    kind = getattr(request, "param", "cut off")
    data = path.read_bytes()
    path.write_bytes(DAMAGE[kind](data))
    assert path.read_bytes() != data
    return path


@pytest.mark.parametrize("words", READERS.values(), ids=READERS)
def test_every_command_names_every_way_back(
    broken: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(words)
    said = "".join(capsys.readouterr())
    assert "ziping salvage '我 的表.ziping.json'" in said
    assert re.search(r"改动记录里最后的样子（.*?）：ziping history '我 的表.ziping.json' --at 1", said)
    assert re.search(r"最近的完好备份（.*?）：ziping read \S+ -o '我 的表-备份.ziping.json'", said)
    assert "Traceback" not in said


@pytest.mark.parametrize("broken", DAMAGE, ids=DAMAGE, indirect=True)
def test_whatever_is_wrong_each_way_leads_to_a_case(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = broken.read_bytes()
    with pytest.raises(InputError) as caught:
        Keeper(broken, locations())
    _, _, told = str(caught.value).partition("可以取回：")
    commands = [shlex.split(way.partition("：ziping ")[2]) for way in told.rstrip("。").split("；")]
    assert [words[0] for words in commands] == ["salvage", "history", "read"]
    for words in commands:
        assert run(words) == 0, capsys.readouterr().err
    salvaged, changed, copy = (
        load(Path(name)) for name in ("我 的表-取回.ziping.json", f"第1步-{CASE}", "我 的表-备份.ziping.json")
    )
    assert salvaged.indicators[:3] == copy.indicators[:3]
    assert changed.project == "改过的"
    assert copy == load(SAMPLE)
    assert broken.read_bytes() == before, "the damaged file is left as it is"


def test_a_new_form_from_a_damaged_one_and_a_notebook_say_it_too(broken: Path) -> None:
    from assistant.cli.screen import made

    _, begin = made("新的.ziping.json", None, CASE)
    with pytest.raises(InputError, match="ziping salvage"):
        begin()
    with pytest.raises(InputError, match="ziping salvage"):
        assistant.read(broken)


def test_a_table_for_others_names_the_way_and_no_folder_of_this_machine(
    broken: Path, no_real_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["batch", "."])
    assert (
        "用 ziping salvage 取回；备份和改动记录里的，用 ziping open 打开它会列出" in capsys.readouterr().err
    )
    for file in Path("自评汇总").iterdir():
        assert str(no_real_home).encode() not in file.read_bytes()


def test_a_file_of_a_newer_program_is_whole_and_is_not_called_damaged(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken.write_text('{"schema_version": 99, "project": "甲", "indicators": [{"level3": "乙"}]}', "utf-8")
    for words in READERS.values():
        run(words)
        said = "".join(capsys.readouterr())
        assert "请升级 ziping" in said
        assert "salvage" not in said
        assert "备份（" not in said


def test_where_nothing_is_left_anywhere_no_way_is_promised(capsys: pytest.CaptureFixture[str]) -> None:
    Path(CASE).write_bytes(b"\x00" * 4000)
    assert run(["score", CASE]) == 2
    assert "可以取回" not in capsys.readouterr().err
    assert run(["salvage", CASE]) == 2
    assert "里已经没有可读的内容" in capsys.readouterr().err


def test_an_empty_file_comes_back_from_what_this_machine_keeps(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken.write_bytes(b"")
    for words in (["score", CASE], ["salvage", CASE]):
        assert run(words) == 2
        said = capsys.readouterr().err
        assert "改动记录里最后的样子" in said
        assert "最近的完好备份" in said
        assert "ziping salvage" not in said


def test_a_document_of_another_program_is_not_offered_for_salvage(capsys: pytest.CaptureFixture[str]) -> None:
    Path("表.docx").write_bytes(b"PK\x03\x04 cut off")
    assert run(["score", "表.docx"]) == 2
    assert "可以取回" not in capsys.readouterr().err
    Path("别的.json").write_text('{"name": "x", "version": "1"}', "utf-8")
    assert run(["score", "别的.json"]) == 2
    assert "可以取回" not in capsys.readouterr().err


def test_a_case_without_a_cell_is_no_way_back() -> None:
    Path(CASE).write_text('{"schema_version": 1, "indicators": [', "utf-8")
    with pytest.raises(InputError) as caught:
        Keeper(Path(CASE), locations())
    assert "取回" not in str(caught.value)
