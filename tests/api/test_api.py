"""The program as a library, as one would call it from a notebook."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import assistant
from assistant.resources import shipped

SAMPLE = shipped("config") / "samples" / "demo.ziping.json"


def sample() -> assistant.Case:
    return assistant.read(SAMPLE.read_bytes(), "demo.ziping.json").case


def test_a_form_is_read_scored_and_checked_in_two_calls() -> None:
    result = assistant.assess(sample())
    assert result.sheet.total.entered == Decimal("95.19"), "the published form's total"
    assert result.sheet.grade == "优"
    assert result.sheet.line("funds.total").rate == "61.91%", "69.6559 ÷ 112.511"
    assert result.report == assistant.check(sample())
    assert result.sheet == assistant.score(sample())


def test_the_caller_s_rules_go_before_the_case_s_own() -> None:
    assert assistant.check(sample(), "guangxi").profile == "guangxi"
    assert assistant.check(sample(), assistant.profile("hubei")).profile == "hubei"
    assert assistant.check(sample()).profile == (sample().profile or "central-2020")


def test_unknown_rules_are_named_in_one_sentence() -> None:
    with pytest.raises(assistant.ZipingError, match="没有这样的规则"):
        assistant.assess(sample(), "没有这样的规则")
    assert "central-2020" in assistant.profiles()


def test_a_pair_of_cells_is_understood_and_compared() -> None:
    seen = assistant.understand("≥3次", "5次")
    assert (seen.target.raw, seen.comparison.verdict) == ("≥3次", assistant.Verdict.MET)
    assert assistant.understand("≥3次", "2次").comparison.verdict is assistant.Verdict.SHORT
    assert assistant.understand("按上级要求", "已办").comparison.verdict in {
        assistant.Verdict.UNKNOWN,
        assistant.Verdict.UNDECIDED,
    }


def test_what_is_written_is_read_again_as_the_same_cells(tmp_path: Path) -> None:
    case = sample()
    assistant.save(case, tmp_path / "表.ziping.json")
    assert assistant.read(tmp_path / "表.ziping.json").case.indicators == case.indicators
    (tmp_path / "表.docx").write_bytes(assistant.export(case, "docx"))
    again = assistant.read(tmp_path / "表.docx").case
    assert [row.actual for row in again.indicators] == [row.actual for row in case.indicators]


def test_a_missing_file_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(assistant.InputError, match="读不出来") as caught:
        assistant.read(tmp_path / "没有.docx")
    assert "请检查路径" in str(caught.value)


def test_importing_the_package_loads_nothing_until_it_is_used() -> None:
    code = "import sys, assistant; assistant.__version__; print([m for m in sys.modules if m.startswith('assistant.')])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_every_name_offered_is_there_and_no_other() -> None:
    from assistant import api

    assert set(api.__all__) <= set(dir(assistant))
    assert all(getattr(assistant, name) is getattr(api, name) for name in api.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        assistant.nothing  # noqa: B018


def test_the_example_of_the_guide_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "guide" / "library.md").read_text("utf-8")
    example = page.partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    Path("自评表.docx").write_bytes(assistant.export(sample(), "docx"))
    exec(compile(example, "library.md", "exec"), {})
    assert "95.19 优" in capsys.readouterr().out
    assert "95.19" in Path("自评表.md").read_text("utf-8")
