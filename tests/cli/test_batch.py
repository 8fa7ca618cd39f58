"""``ziping batch`` as a script or a clerk calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

from assistant.cli.batch import fitted
from assistant.domain.case_json import dumps
from assistant.season.drafts import Drafted, FolderDrafter
from tests.cli.calls import call
from tests.season.forms import document, season_folder, small


def ziping(*words: str, code: int = 1) -> tuple[str, str]:
    """Standard output and error; 1, since the small forms lack rows that the rules ask for."""
    run = call(*words)
    assert run.returncode == code, run.stderr
    return run.stdout, run.stderr


def test_a_folder_becomes_a_summary_in_three_formats(tmp_path: Path) -> None:
    folder = season_folder(tmp_path / "表", 4)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "~$1.xlsx").write_bytes(b"")
    out, err = ziping("batch", str(folder))
    assert "4 个项目，预算 400 万元，执行 320 万元，执行率 80.00%" in out
    assert "锁文件（~$ 开头） 1 个" in out
    assert "没有读成：坏.xlsx" in err
    names = sorted(file.name for file in (folder / "自评汇总").iterdir())
    assert names == [f"项目支出绩效自评汇总表{ending}" for ending in (".csv", ".md", ".xlsx")]
    assert (folder / "自评汇总" / names[0]).read_bytes().startswith(b"\xef\xbb\xbf")
    again, _ = ziping("batch", str(folder))
    assert again == out  # its own summary is not read as a form


def test_at_a_terminal_the_table_is_as_wide_as_the_window() -> None:
    rows = [
        ("项目", "单位", "预算（万元）", "执行率", "自评", "核算", "等级", "错误", "提醒", "未核对"),
        ("中小河流综合治理和水库除险加固", "水务局", "1100", "80.00%", "98", "82–85", "良", "5", "19", "5"),
    ]
    assert fitted(rows, 200) == (rows, ())
    shown, hidden = fitted(rows, 79)
    assert hidden == ("未核对", "提醒")
    assert shown[1][:2] == ("中小河流综合治理和水库…", "水务局")  # 30 columns shortened to what is left: 24
    widths = [max(cell_len(row[at]) for row in shown) for at in range(len(shown[0]))]
    assert sum(widths) + 2 * (len(widths) - 1) <= 79


def test_json_is_one_document_with_exact_texts_and_writes_nothing(tmp_path: Path) -> None:
    folder = season_folder(tmp_path / "表", 3)
    out, _ = ziping("batch", str(folder), "--json", "--compare", "beijing-2022")
    found = json.loads(out)
    assert found["schema"] == "ziping.batch/1"
    assert [form["file"] for form in found["forms"]] == [f"{at:03}.ziping.json" for at in range(3)]
    assert (found["total"]["budget"], found["total"]["rate"]) == ("300", "0.8")
    assert found["forms"][0]["compared"]["profile"] == "beijing-2022"
    assert not (folder / "自评汇总").exists()


def test_one_file_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    folder = season_folder(tmp_path / "表", 1)
    ziping("batch", str(folder), "-o", str(tmp_path / "汇总.md"))
    assert "项目000" in (tmp_path / "汇总.md").read_text("utf-8")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["汇总.md", "表"]


@pytest.mark.parametrize(
    "words", [("--jobs", "0"), ("--profile", "没有"), ("--compare", "没有"), ("--dask", "tcp://127.0.0.1:1")]
)
def test_a_wrong_call_is_one_sentence(tmp_path: Path, words: tuple[str, str]) -> None:
    _, err = ziping("batch", str(season_folder(tmp_path, 1)), *words, code=2)
    assert err.startswith("ziping：")
    assert len(err.splitlines()) == 1


def test_a_folder_of_other_things_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "说明.docx").write_bytes(document(small("x"), "docx")[:100])
    _, err = ziping("batch", str(tmp_path), code=2)
    assert "没有一份读成自评表" in err


def test_what_is_done_is_not_done_again(tmp_path: Path, no_real_home: Path) -> None:
    folder = season_folder(tmp_path / "表", 3)
    first, _ = ziping("batch", str(folder), "--json")
    (ledger,) = (no_real_home / "state" / "seasons").iterdir()
    before = ledger.read_bytes()
    assert ziping("batch", str(folder), "--json")[0] == first
    assert ledger.read_bytes() == before  # nothing was judged
    (folder / "001.ziping.json").write_text(dumps(small("项目001", unit="单位1", executed="90")), "utf-8")
    ziping("batch", str(folder), "--json")
    assert (
        len(ledger.read_bytes().splitlines()) == 5
    )  # the changed form alone, after the line that begins each run
    ziping("batch", str(folder), "--json", "--anew")
    assert len(ledger.read_bytes().splitlines()) == 3


def heeding_interrupts() -> None:
    """A test run in the background ignores SIGINT, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on(tmp_path: Path, no_real_home: Path) -> None:
    folder = season_folder(tmp_path / "表", 800)
    run = subprocess.Popen(
        [sys.executable, "-m", "assistant", "batch", str(folder), "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heeding_interrupts,  # noqa: PLW1509 - no thread runs here
    )
    ledgers = no_real_home / "state" / "seasons"
    until = time.monotonic() + 60
    while not (ledgers.exists() and any(file.stat().st_size for file in ledgers.iterdir())):
        assert time.monotonic() < until
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: the workers get it, too
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130, err.decode()
    assert "Traceback" not in err.decode()
    assert "再运行同一条命令会接着做" in err.decode()
    (ledger,) = ledgers.iterdir()
    done = len(ledger.read_bytes().splitlines())
    assert 0 < done < 800
    found = json.loads(ziping("batch", str(folder), "--json")[0])
    assert found["total"]["forms"] == 800
    keys = [json.loads(line)[0] for line in ledger.read_bytes().splitlines() if line]
    assert len(keys) == len(set(keys)) == 800  # the second run did only what was left


def test_blank_texts_of_a_folder_are_drafted_once(tmp_path: Path) -> None:
    folder = season_folder(tmp_path, 2)
    (folder / "9.xlsx").write_bytes(document(small("九"), "xlsx"))
    out, err = ziping("batch", str(folder), "--draft", "--offline", code=0)
    assert "看过 2 份案卷，给 2 份写了 2 段文字" in out
    assert "另有 1 份不是案卷" in err
    before = (folder / "000.ziping.json").read_bytes()
    again = json.loads(ziping("batch", str(folder), "--draft", "--offline", "--json", code=0)[0])
    assert [one["written"] for one in again["files"]] == [[], []]
    assert (folder / "000.ziping.json").read_bytes() == before


def test_drafting_a_folder_that_is_stopped_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = season_folder(tmp_path, 3)
    (folder / "000.ziping.json").write_text('{"project', "utf-8")
    one = FolderDrafter._one

    async def stopped(self: FolderDrafter, file: str, path: Path) -> Drafted:
        if file == "002.ziping.json":
            raise KeyboardInterrupt
        return await one(self, file, path)

    monkeypatch.setattr(FolderDrafter, "_one", stopped)
    out, err = ziping("batch", str(folder), "--draft", "--offline", code=130)
    assert "看过 2 份案卷，给 1 份写了 1 段文字" in out
    assert "还有 1 份没有看。再运行同一条命令会接着做。" in out
    assert err.count("000.ziping.json") == 1, "which file is bad is said once"
    monkeypatch.undo()
    out, _ = ziping("batch", str(folder), "--draft", "--offline", code=1)
    assert "看过 3 份案卷，给 1 份写了 1 段文字" in out


def test_the_screen_needs_a_terminal_and_says_so(tmp_path: Path) -> None:
    _, err = ziping("batch", str(season_folder(tmp_path, 1)), "--screen", code=2)
    assert "终端" in err


def test_what_other_rules_change_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    # 65 of 100 spent: the handbook of the system caps such a total at 79, below the national rules' 优.
    low = small("甲", executed="65", score="96.5")
    low = low.model_copy(update={"funds": (low.funds[0].model_copy(update={"score": "6.5"}),)})
    (folder / "甲.ziping.json").write_text(dumps(low), "utf-8")
    (folder / "乙.ziping.json").write_text(dumps(small("乙", executed="100")), "utf-8")
    out, _ = ziping("batch", str(folder), "--compare", "platform-manual-2022")
    assert "换用 platform-manual-2022：2 个项目里，1 个得分变了，1 个等级变了" in out
    assert [line.split()[5:9] for line in out.splitlines() if line.startswith("甲")] == [
        ["96.5", "优", "79", "中"]
    ]
