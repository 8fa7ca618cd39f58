"""The engine: finds checks, fills in code and severity, keeps openly apart what passed, failed and was not checked."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks import rules
from assistant.checks.check import Check, Outcome, Remark, check, not_checked
from assistant.checks.engine import all_checks, check_form, collect, run_checks
from assistant.checks.examples import case_of
from assistant.checks.form import Form, build_form
from assistant.checks.pages import document, page_of
from assistant.checks.report import report_json
from assistant.domain.case import Case
from assistant.domain.errors import CatalogueError
from assistant.domain.findings import Report, Severity
from assistant.domain.profile import Profile
from assistant.scoring.engine import score_case


@check("Z01", "示例", Severity.WARNING, "依据")
def speaks(form: Form) -> Iterator[Outcome]:
    """示例。"""
    yield Remark("indicators[0].score", "有问题。", fix="改。")


@check("Z02", "示例", Severity.WARNING, "依据")
def silent(form: Form) -> Iterator[Outcome]:
    """示例。"""
    return iter(())


@check("Z03", "示例", Severity.HINT, "依据")
def unsure(form: Form) -> Iterator[Outcome]:
    """示例。"""
    yield not_checked("indicators[1]", "读不出数。")


@check("Z04", "示例", Severity.HINT, "依据")
def graver(form: Form) -> Iterator[Outcome]:
    """示例。"""
    yield Remark("", "很重。", severity=Severity.ERROR)


CHECKS = {each.code: each for each in (speaks, silent, unsure, graver)}


def _form(text: str = "指标值 3个｜完成值 3个｜分值 5｜得分 5", profile: Profile | None = None) -> Form:
    case = case_of(text)
    rules_of = profile or load_profile(case.profile)
    return build_form(case, score_case(case, rules_of), rules_of)


def _report(text: str, profile: Profile | None = None) -> Report:
    case = case_of(text)
    rules_of = profile or load_profile(case.profile)
    return run_checks(case, score_case(case, rules_of), rules_of)


def test_a_check_passes_fails_or_is_not_checked() -> None:
    report = check_form(_form(), CHECKS)

    assert [finding.code for finding in report.findings] == ["Z04", "Z01"]
    assert report.passed == ("Z02",)
    assert [(item.code, item.path, item.why) for item in report.not_checked] == [
        ("Z03", "indicators[1]", "读不出数。")
    ]


def test_the_heaviest_findings_come_first() -> None:
    severities = [finding.severity for finding in check_form(_form(), CHECKS).findings]

    assert severities == [Severity.ERROR, Severity.WARNING]


def test_the_profile_has_the_last_word_on_severity() -> None:
    profile = load_profile("central-2020").model_copy(
        update={"severity": {"Z01": Severity.ERROR, "Z04": Severity.HINT}}
    )

    report = check_form(_form(profile=profile), CHECKS)

    assert {finding.code: finding.severity for finding in report.findings} == {
        "Z01": Severity.ERROR,
        "Z04": Severity.HINT,
    }


def test_an_excused_check_is_no_finding_and_says_why() -> None:
    profile = load_profile("central-2020").model_copy(update={"excused": {"Z01": "本地不设此项"}})

    report = check_form(_form(profile=profile), CHECKS)

    assert "Z01" not in {finding.code for finding in report.findings}
    assert "Z01" not in report.passed
    (excused,) = [item for item in report.not_checked if item.code == "Z01"]
    assert "本地不设此项" in excused.why


def test_every_check_is_accounted_for_exactly_once() -> None:
    report = _report("预算 100｜执行 60｜资金得分 6 ‖ 指标值 ≥3个｜完成值 5个｜分值 90｜得分 90")

    spoken = {finding.code for finding in report.findings} | {item.code for item in report.not_checked}
    assert spoken.isdisjoint(report.passed)
    assert spoken | set(report.passed) == set(all_checks())


@pytest.mark.parametrize("case", [Case(), Case(indicators=(), funds=(), total="—", grade="甲")])
def test_an_empty_form_is_checked_without_a_crash(case: Case) -> None:
    profile = load_profile("central-2020")

    report = run_checks(case, score_case(case, profile), profile)

    assert report.profile == "central-2020"


def test_a_code_used_twice_stops_the_start_and_names_both_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        "from assistant.checks.check import check\nfrom assistant.domain.findings import Severity\n"
        "@check('Z09', '示例', Severity.HINT, '依据')\ndef one(form):\n    yield from ()\n"
    )
    package = tmp_path / "doubled"
    package.mkdir()
    for name in ("first", "second"):
        (package / f"{name}.py").write_text(source, encoding="utf-8")
    module = types.ModuleType("doubled")
    module.__path__ = [str(package)]
    monkeypatch.setitem(sys.modules, "doubled", module)

    with pytest.raises(CatalogueError, match=r"Z09.*doubled\.first.*doubled\.second"):
        collect(module)


def test_a_check_imported_by_another_module_is_no_second_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "shared"
    package.mkdir()
    (package / "a.py").write_text(
        "from assistant.checks.rules.weights import weights_add_up\n", encoding="utf-8"
    )
    (package / "b.py").write_text(
        "from assistant.checks.rules.weights import weights_add_up\n", encoding="utf-8"
    )
    module = types.ModuleType("shared")
    module.__path__ = [str(package)]
    monkeypatch.setitem(sys.modules, "shared", module)

    assert list(collect(module)) == ["A01"]


def test_the_shipped_checks_come_in_the_order_of_their_codes() -> None:
    codes = list(collect(rules))

    assert codes == sorted(codes)
    assert len(codes) == len(set(codes))
    assert {"A01", "F01", "T01", "D01"} <= set(codes)


def test_the_list_of_checks_cannot_be_spoiled_by_a_caller() -> None:
    all_checks().clear()

    assert all_checks()


def test_parents_and_rows_that_do_not_apply_stay_out_of_sums() -> None:
    form = _form(
        "三级 一、示范区｜指标值 ≥20亩｜完成值 20亩｜得分 15 ‖ 三级 1、水稻｜指标值 ≥5亩｜完成值 5亩｜得分 5"
        " ‖ 三级 2、玉米｜指标值 ≥15亩｜完成值 15亩｜得分 10 ‖ 三级 /｜指标值 /｜完成值 /｜分值 /｜得分 /"
    )

    assert [row.index for row in form.scored_rows] == [1, 2]
    assert [row.is_parent for row in form.rows] == [True, False, False, False]
    assert form.rows[3].is_blank


def test_the_form_takes_over_what_the_score_sheet_has_read() -> None:
    form = _form(
        "预算 7.29｜执行 72900元｜执行率 100%｜资金得分 10 ‖ 指标值 ≥3个｜完成值 5个｜分值 5｜得分 4"
    )

    (row,) = form.rows
    assert row.target is form.sheet.rows[1].target
    assert (row.weight, row.score, row.area, row.kind) == (Decimal(5), Decimal(4), "产出", "数量")
    assert row.loses_points
    assert not row.is_full
    assert form.funds is not None
    assert form.funds.executed == Decimal("7.29")  # 72900 元 = 7.29 万元
    assert form.funds.rates == (Decimal(1),)


def test_json_names_row_and_cell_and_counts_everything() -> None:
    report = _report(
        "预算 100｜执行 80｜执行率 85%｜资金得分 8.5 ‖ 指标值 ≥3个｜完成值 ｜分值 90｜得分 90 ‖ 分值 0"
    )

    document_ = report_json(report, "表.xlsx")

    assert (document_["schema"], document_["file"], document_["profile"]) == (
        "ziping.check/1",
        "表.xlsx",
        "central-2020",
    )
    (missing,) = [
        finding
        for finding in document_["findings"]
        if finding["code"] == "T01" and finding["path"] == "indicators[0]"
    ]
    assert missing["at"] == "indicators[0].actual"
    assert missing["severity"] == "error"
    (rate,) = [finding for finding in document_["findings"] if finding["code"] == "F01"]
    assert (rate["path"], rate["at"], rate["cell"]) == ("funds.total", "funds.total.rate", "85%")
    counts = document_["counts"]
    assert sum(counts[name] for name in ("error", "warning", "hint")) == len(document_["findings"])
    assert counts["not_checked"] == len(document_["not_checked"])


def test_a_page_has_code_severity_parts_and_basis() -> None:
    page = page_of(all_checks()["F01"])

    assert page.startswith("F01 ")
    for part in ("错误", "做什么：", "为什么：", "触发：", "不触发：", "来源：", "依据："):
        assert part in page


def test_the_printed_catalogue_is_up_to_date() -> None:
    # python -m assistant.checks.pages > docs/checks.md
    printed = Path(__file__).parents[2] / "docs" / "checks.md"

    assert printed.read_text(encoding="utf-8") == document(all_checks().values())


def test_the_command_prints_the_catalogue() -> None:
    made = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "assistant.checks.pages"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert made.stdout.startswith("# 检查目录")
    assert all(f"### {code} " in made.stdout for code in all_checks())


def test_a_check_is_found_by_being_defined() -> None:
    assert isinstance(speaks, Check)
    assert speaks.page == "示例。"
