"""One form judged: what the summary says of it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.domain.case import Case
from assistant.season.judge import Rules, judge
from assistant.season.result import RESULT, Form
from tests.season.forms import RULES, document, published, result, small


def test_the_money_and_the_score_of_a_form_are_those_printed_on_it() -> None:
    found = result(small("河道清淤", budget="112.511", executed="69.6559", score="95.19"))
    assert (found.budget, found.executed) == (Decimal("112.511"), Decimal("69.6559"))
    assert found.rate == Decimal("0.61910302")  # 69.6559 ÷ 112.511 = 0.619103021…
    assert found.entered == Decimal("95.19")


def test_amounts_in_yuan_are_summed_in_ten_thousands() -> None:
    found = result(small("河道清淤", budget="1,125,110", executed="696559元", money_unit="元"))
    assert (found.budget, found.executed) == (Decimal("112.511"), Decimal("69.6559"))


def test_money_that_is_no_amount_stays_unknown() -> None:
    found = result(small("河道清淤", budget="见附件", executed=""))
    assert (found.budget, found.executed, found.rate) == (None, None, None)


def test_the_total_of_the_rows_stands_in_for_a_total_that_is_not_printed() -> None:
    assert result(small("河道清淤", score="")).entered == Decimal(98)  # 8 + 90


def test_the_worst_finding_is_an_error_where_there_is_one() -> None:
    found = result(small("河道清淤", score="50"))  # rows sum to 98
    assert found.errors
    assert "50" in found.worst
    assert sum(found.codes.values()) == found.errors + found.warnings + found.hints


def test_a_file_that_is_no_form_says_why_and_what_to_do() -> None:
    found = judge(Form("坏.xlsx", b"PK\x03\x04broken"), RULES)
    assert not found.is_read
    assert "坏.xlsx" in found.trouble
    assert found.points is None


def test_a_form_naming_rules_that_are_not_here_is_named_not_guessed() -> None:
    found = result(small("河道清淤").model_copy(update={"profile": "火星-2030"}))
    assert "火星-2030" in found.trouble
    chosen = result(
        small("河道清淤").model_copy(update={"profile": "火星-2030"}),
        rules=Rules(RULES.profiles, "central-2020", chosen="beijing-2022"),
    )
    assert chosen.points is not None
    assert chosen.points.profile == "beijing-2022"


def test_half_a_character_in_a_case_file_never_stops_the_run() -> None:
    data = (
        b'{"schema_version": 1, "project": "\\ud800", "indicators": [{"level3": "\\udfff", "target": "1"}]}'
    )
    found = judge(Form("半.ziping.json", data), RULES)
    assert RESULT.validate_json(RESULT.dump_json(found)) == found


@pytest.mark.parametrize("name", published())
def test_a_result_survives_the_ledger_and_the_way_to_another_process(name: str) -> None:
    found = result(published()[name], rules=Rules(RULES.profiles, "central-2020", compare="beijing-2022"))
    assert found.is_read
    assert RESULT.validate_json(RESULT.dump_json(found, exclude_defaults=True)) == found
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("code", ["xlsx", "docx", "md"])
def test_a_form_says_the_same_in_every_document(code: str) -> None:
    case: Case = published()["000"]
    printed = judge(Form(f"a.{code}", document(case, code)), RULES)
    kept = result(case)
    assert replace(printed, file="", format="", doubts=0) == replace(kept, file="", format="", doubts=0)
