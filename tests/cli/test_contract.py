"""The command line's stable shapes: scripts and offices call these."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import build_parser, run
from assistant.resources import shipped

SAMPLE = str(shipped("config") / "samples" / "demo.ziping.json")


def output(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert run(words) == code, capsys.readouterr().err
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    return json.loads(output(capsys, *words, code=code))


def floats(found: Any) -> list[Any]:
    if isinstance(found, dict):
        return [one for value in found.values() for one in floats(value)]
    if isinstance(found, list):
        return [one for value in found for one in floats(value)]
    return [found] if isinstance(found, float) else []


def test_the_sample_form_scores_95_19_and_every_row_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    sheet = document(capsys, "score", SAMPLE, "--json")
    assert sheet["schema"] == "ziping.score/1"
    assert len(sheet["rows"]) == 19
    assert {row["status"] for row in sheet["rows"]} <= {"agrees", "in_range"}
    funds = sheet["rows"][0]
    # 69.6559 ÷ 112.511 = 0.619103…; 10 × 0.619103 = 6.19
    assert (funds["path"], funds["rate"], funds["computed"], funds["entered"]) == (
        "funds.total",
        "61.91%",
        "6.19",
        "6.19",
    )
    assert (sheet["total"]["entered"], sheet["total"]["sum_entered"], sheet["grade"]) == (
        "95.19",
        "95.19",
        "优",
    )
    assert all(row["working"] and row["basis"] for row in sheet["rows"])
    assert floats(sheet) == []


def test_the_city_rules_cap_the_same_form_at_79(capsys: pytest.CaptureFixture[str]) -> None:
    # Three rows at least 30 % over target lose 2 points each, not below 0: 5 of 3 (weight 1) → 0, 2 of 1 twice
    # (weight 2) → 0; 95.19 - 1 - 2 - 2 = 90.19; an execution rate of 61.91 % caps the total at 79.
    sheet = document(capsys, "score", SAMPLE, "--json", "--profile", "platform-manual-2022")
    assert sheet["total"]["ceiling"] == "79"
    assert any("79" in line for line in sheet["total"]["working"])


def test_a_pair_of_cells_is_parsed_as_the_contract_shows(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "parse", "--json", "--weight", "1", "≥3个", "5次")
    assert found["schema"] == "ziping.parse/1"
    assert {"raw": "≥3个", "kind": "quantity", "op": "ge", "value": "3", "unit": "个"}.items() <= found[
        "target"
    ].items()
    assert {"raw": "5次", "kind": "quantity", "op": None, "value": "5", "unit": "次"}.items() <= found[
        "actual"
    ].items()
    # 5 ÷ 3 = 1.6667; met, so the full weight
    assert (found["verdict"], found["ratio"], found["computed"]) == ("met", "1.6667", "1.00")
    assert found["low"] is found["high"] is None
    assert any("单位不同" in note for note in found["notes"])


def test_a_table_of_cells_gives_one_object_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "target\tactual\tweight\tscore\n≥3次\t2次\t1\t1\textra\n≤11月\t2022.11月完成\t5\t5\n\n无\t\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table.encode()), encoding="utf-8"))
    lines = [json.loads(line) for line in output(capsys, "parse", "--tsv").splitlines()]
    # 1 × 2 ÷ 3 = 0.666… → 0.67
    assert [(one["verdict"], one["computed"]) for one in lines] == [
        ("short", "0.67"),
        ("met", "5.00"),
        ("undecided", None),
    ]


def test_check_lists_findings_and_what_was_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", SAMPLE, "--json"]) in {0, 1}
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == "ziping.check/1"
    assert "F06" in {finding["code"] for finding in report["findings"]}  # 61.91 % without a reason
    for finding in report["findings"]:
        assert {"code", "severity", "path", "cell", "message", "basis", "fix", "data"} <= finding.keys()
        assert finding["message"]
        assert finding["basis"]
    assert report["counts"]["not_checked"] == len(report["not_checked"])


def test_check_goes_through_a_folder_and_one_bad_file_does_not_stop_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.ziping.json").write_bytes(Path(SAMPLE).read_bytes())
    (tmp_path / "b.ziping.json").write_text("{", "utf-8")
    assert run(["check", str(tmp_path), "--json"]) == 2
    captured = capsys.readouterr()
    assert [one["file"] for one in json.loads(captured.out)] == [str(tmp_path / "a.ziping.json")]
    assert "b.ziping.json" in captured.err


def test_every_check_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    page = output(capsys, "explain", "f06")
    assert "F06" in page
    assert "为什么" in page
    assert output(capsys, "explain", "--all").count("为什么：") >= 12


def test_the_profiles_are_listed_with_basis_and_validity(capsys: pytest.CaptureFixture[str]) -> None:
    profiles = document(capsys, "profiles", "--json")["profiles"]
    assert {"central-2020", "beijing-2022"} <= {one["id"] for one in profiles}
    assert all(one["basis"] for one in profiles)


def test_an_export_read_back_is_the_same_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "表.md"
    assert run(["export", SAMPLE, "--to", "md", "-o", str(target)]) == 0
    capsys.readouterr()
    again = document(capsys, "read", str(target), "--json")
    original = document(capsys, "read", SAMPLE, "--json")
    assert again["case"] == original["case"]
    assert again["source"]["format"] == "md"


@pytest.mark.parametrize(("name", "begins"), [("表.html", b"<!"), ("表.XLSX", b"PK"), ("表.docx", b"PK")])
def test_the_suffix_tells_the_format(
    name: str, begins: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["export", SAMPLE, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert run(["read", str(tmp_path / name)]) == 0, capsys.readouterr().err


def test_a_final_export_waits_for_the_errors(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = json.loads(Path(SAMPLE).read_text("utf-8")) | {"total": "96"}
    case, target = tmp_path / "c.ziping.json", tmp_path / "c.md"
    case.write_text(json.dumps(broken), "utf-8")
    assert run(["export", str(case), "--to", "md", "-o", str(target), "--final"]) == 1
    assert not target.exists()
    assert "A07" in capsys.readouterr().err


def test_drafts_without_a_model_come_from_templates(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "draft", SAMPLE, "--offline", "--json")
    assert found["schema"] == "ziping.draft/1"
    assert {draft["source"] for draft in found["drafts"]} == {"template"}
    assert "goals[0].actual" in {draft["path"] for draft in found["drafts"]}
    assert all(draft["usable"] for draft in found["drafts"])
    row = document(capsys, "draft", SAMPLE, "--offline", "--json", "--row", "17")
    assert [draft["path"] for draft in row["drafts"]] == ["indicators[16].reason"]


def test_an_invented_number_is_not_supported(capsys: pytest.CaptureFixture[str]) -> None:
    text = "梳理在京国家重点实验室121家，培训科研人员356人。"
    found = document(capsys, "verify", SAMPLE, "--text", text, "--json", code=1)
    assert [span["text"] for span in found["unsupported"]] == ["356人"]
    (span,) = found["unsupported"]
    assert text[slice(*span["span"])] == "356人"
    assert "121家" in {one["text"] for one in found["supported"]}


def test_settings_are_shown_with_their_origin_and_no_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZIPING_API_KEY", "sk-very-secret-0123456789")
    monkeypatch.setenv("ZIPING_MODEL", "some-model")
    shown = document(capsys, "config", "show", "--json")
    text = json.dumps(shown, ensure_ascii=False) + output(capsys, "config", "show")
    assert "very-secret" not in text
    model = next(one for one in shown["settings"] if one["key"] == "model")
    assert (model["value"], model["origin"]) == ("some-model", "环境变量 ZIPING_MODEL")


def test_the_case_file_follows_its_published_schema(capsys: pytest.CaptureFixture[str]) -> None:
    schema = document(capsys, "schema")
    published = json.loads((Path(__file__).parents[2] / "docs" / "case.schema.json").read_text("utf-8"))
    assert schema == published
    assert set(json.loads(Path(SAMPLE).read_text("utf-8"))) <= set(schema["properties"])


def test_every_help_page_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    commands = [
        "demo",
        "new",
        "open",
        "read",
        "parse",
        "score",
        "check",
        "explain",
        "draft",
        "verify",
        "export",
        "profiles",
        "config",
        "schema",
    ]
    for words in ([], *([command] for command in commands)):
        with pytest.raises(SystemExit) as done:
            build_parser().parse_args([*words, "--help"])
        assert done.value.code == 0
        page = capsys.readouterr().out
        assert page.startswith("用法：ziping")
        assert not any(english in page for english in ("usage", "options:", "positional", "show this"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["score", "没有这个文件.json"], "找不到文件"),
        (["score", SAMPLE, "--profile", "mars-2099"], "mars-2099"),
        (["score", "{folder}"], "文件夹"),
        (["score", "{broken}"], "第"),
        (["score", "{empty}"], "空"),
        (["explain", "Z99"], "Z99"),
        (["export", SAMPLE, "--to", "tiff"], "tiff"),
        (["export", SAMPLE, "-o", "自评表.doc"], "看不出要导出成哪种格式"),
        (["export", SAMPLE], "看不出要导出成哪种格式"),
        (["export", SAMPLE, "--to", "md", "-o", "{folder}/nowhere/x.md"], "nowhere"),
        (["draft", SAMPLE, "--offline", "--row", "99"], "99"),
    ],
)
def test_wrong_input_is_one_chinese_line_and_exit_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "broken.ziping.json").write_text('{"project": "甲",', "utf-8")
    (tmp_path / "empty.ziping.json").write_text("", "utf-8")
    places = {
        "folder": tmp_path,
        "broken": tmp_path / "broken.ziping.json",
        "empty": tmp_path / "empty.ziping.json",
    }
    assert run([word.format(**places) if word.startswith("{") else word for word in words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert "Traceback" not in error


def test_a_file_without_a_command_is_opened(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Here there is no screen to open it in; the word for word same answer shows that it is the same command."""
    said = []
    for words in (["open", "没有的表.xlsx"], ["没有的表.xlsx"], ["./没有的表"]):
        assert run(words) == 2
        said.append(capsys.readouterr().err)
    assert said[0] == said[1] == said[2]
    assert "命令" not in said[0]


def test_a_wrong_call_names_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        run(["history"])
    assert done.value.code == 2
    error = capsys.readouterr().err
    assert "缺少参数" in error
    assert "--help" in error


def test_the_validity_of_each_profile_is_a_sentence_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles"]) == 0
    shown = capsys.readouterr().out
    validity = {line.split()[0]: line for line in shown.splitlines()}
    assert "2023-01-01 起" in validity["sichuan-2023"]
    assert "2022-01-01 至 2022-12-31" in validity["beijing-2022"]
    assert "未注明" in validity["guangxi"]
    assert "起" not in validity["guangxi"]


def test_two_plans_are_compared_cell_by_cell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = json.loads(Path(SAMPLE).read_text("utf-8"))
    case["indicators"][0]["target"] = "≥4个"
    other = tmp_path / "other.ziping.json"
    other.write_text(json.dumps(case), "utf-8")
    found = document(capsys, "read", SAMPLE, "--compare", str(other), "--json")["differences"]
    assert [(one["cell"], one["before"], one["after"]) for one in found] == [("target", "≥3个", "≥4个")]
    assert "指标值改了  ≥3个 → ≥4个" in output(capsys, "read", SAMPLE, "--compare", str(other))
    assert "都一样" in output(capsys, "read", SAMPLE, "--compare", SAMPLE)


def test_an_unknown_check_names_those_of_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "f99"]) == 2
    said = capsys.readouterr().err
    assert "没有编号为 f99 的检查" in said
    assert "F01" in said
    assert "A01" not in said
