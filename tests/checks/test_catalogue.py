"""Promises every check keeps, tested once for all of them."""

from __future__ import annotations

import re

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks.check import Check
from assistant.checks.engine import all_checks, check_form, run_checks
from assistant.checks.examples import HEADINGS, Example, case_of, examples_of, sections
from assistant.checks.form import build_form
from assistant.domain.paths import cell, with_cell
from assistant.scoring.engine import score_case

FIRST = {"indicators": "level3", "goals": "actual", "people": "name", "funds": "label"}
CHECKS = tuple(all_checks().values())
EXAMPLES = tuple(example for each in CHECKS for example in examples_of(each.code, each.page))


@pytest.mark.parametrize("each", CHECKS, ids=lambda each: each.code)
def test_a_check_explains_itself(each: Check) -> None:
    parts = sections(each.page)

    assert tuple(parts)[1:] == HEADINGS, "the page has every part, in order"
    assert all(parts.values()), "no part is empty"
    assert re.search("[\u4e00-\u9fff]", parts[""]), "the first line says in Chinese what is wrong"
    assert each.title
    assert each.basis
    assert re.fullmatch(r"[A-Z]\d\d", each.code)
    shown = [example.fires for example in EXAMPLES if example.code == each.code]
    assert True in shown
    assert False in shown


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_page_tells_the_truth(example: Example) -> None:
    case = case_of(example.text)
    profile = load_profile(case.profile)
    form = build_form(case, score_case(case, profile), profile)

    report = check_form(form, {example.code: all_checks()[example.code]})

    said = [finding.message for finding in report.findings]
    assert bool(said) is example.fires, said or report.not_checked


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.fires], ids=str)
def test_a_finding_says_where_what_and_what_to_do(example: Example) -> None:
    case = case_of(example.text)
    profile = load_profile(case.profile)

    report = run_checks(case, score_case(case, profile), profile)

    for finding in (finding for finding in report.findings if finding.code == example.code):
        assert finding.message.endswith("。")
        assert finding.fix.endswith("。")
        assert finding.basis


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.fires], ids=str)
def test_a_finding_points_at_something_on_the_form(example: Example) -> None:
    case = case_of(example.text)
    profile = load_profile(case.profile)

    for finding in run_checks(case, score_case(case, profile), profile).findings:
        if finding.path in {"", "indicators", "goals", "funds"}:
            continue
        is_row = finding.path.endswith("]") or finding.path == "funds.total"
        cell(
            case,
            f"{finding.path}.{'label' if finding.path.startswith('funds') else FIRST[finding.path.split('[')[0]]}"
            if is_row
            else finding.path,
        )


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.fires], ids=str)
def test_a_mechanical_cure_settles_its_finding(example: Example) -> None:
    case = case_of(example.text)
    profile = load_profile(case.profile)
    findings = run_checks(case, score_case(case, profile), profile).findings

    for finding in findings:
        if finding.code != example.code or not finding.cures:
            continue
        cured = case
        for cure in finding.cures:
            cured = with_cell(cured, cure.path, cure.text)
        left = run_checks(cured, score_case(cured, profile), profile).findings
        assert (finding.code, finding.path) not in {(other.code, other.path) for other in left}
