"""Every figure of a report, in its texts, tables and charts, is bound to a fact of the forms it is made of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.domain.case import Case
from assistant.domain.paths import cell, with_cell
from assistant.drafting.deviations import draft_paths
from assistant.drafting.drafter import Fact
from assistant.drafting.templates import template_draft
from assistant.exchange.sheetml import number_in
from assistant.reporting.charts import Chart
from assistant.reporting.compose import self_report
from assistant.reporting.document import Passage, SelfReport, Table
from assistant.reporting.subject import Subject, project_of, subject_of
from assistant.scoring.engine import score_case
from tests.season.forms import RULES, published, small

FORMS = published()


def subject(*cases: Case, public: bool = False) -> Subject:
    return subject_of(
        [project_of(case, RULES.of(case), f"{at}.json", public=public) for at, case in enumerate(cases)],
        public=public,
    )


def unbound(report: SelfReport) -> list[str]:
    """Every figure without a fact: of texts by the verifier, of tables by the facts' own amounts."""
    wrong = [f"{one.key}：{span.text}" for one in report.passages for span in one.unsupported]
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                amounts = amounts_of(block.facts)
                wrong += [
                    f"{section.title}：{cell}"
                    for row in block.rows
                    for cell in row[1:]
                    if (number := number_in(cell.rstrip("%"))) is not None and number.value not in amounts
                ]
    return wrong


def amounts_of(facts: tuple[Fact, ...]) -> set[Decimal]:
    """The facts' amounts, and the rates that fund rows print as texts."""
    printed = (number_in(fact.text.rstrip("%")) for fact in facts)
    return {fact.amount for fact in facts if fact.amount is not None} | {
        number.value for number in printed if number is not None
    }


@pytest.mark.parametrize("name", FORMS)
def test_every_figure_of_a_published_form_s_report_has_its_fact(name: str) -> None:
    assert unbound(self_report(subject(FORMS[name]))) == []


@pytest.mark.parametrize("name", FORMS)
def test_figures_stay_bound_where_reasons_and_results_are_drafted(name: str) -> None:
    case, rules = FORMS[name], RULES.of(FORMS[name])
    sheet = score_case(case, rules)
    for path in draft_paths(case, sheet):
        if not cell(case, path).strip() and (draft := template_draft(case, sheet, path)).usable:
            case = with_cell(case, path, draft.text)
    assert unbound(self_report(subject(case))) == []


def test_every_figure_of_a_whole_folder_s_report_has_its_fact() -> None:
    assert unbound(self_report(subject(*FORMS.values()))) == []


def test_the_check_itself_finds_a_figure_that_is_nobody_s() -> None:
    report = self_report(subject(small("巡查")))
    passage = next(one for one in report.passages if one.key == "execution")
    wrong = Passage("execution", passage.text.replace("80万元", "81万元"), passage.facts)
    assert [span.text for span in wrong.unsupported] == ["81万元"]


def test_bars_show_the_very_figures_of_the_forms() -> None:
    report = self_report(subject(small("甲", executed="80"), small("乙", executed="33.335", score="60")))
    charts = {chart.key: chart for chart in report.charts}
    # 33.335 ÷ 100 = 33.335 %, printed with two places half up: 33.34
    assert shown(charts["execution"]) == {"执行率": ("80%", "33.34%")}
    assert shown(charts["scores"]) == {"自评得分": ("98", "60")}
    assert charts["scores"].categories == ("甲", "乙")
    # 98 → 优 (from 90), 60 → 中 (from 60): 财预〔2020〕10号
    assert (charts["grades"].categories, shown(charts["grades"])) == (("优", "中"), {"项目数": ("1", "1")})


def shown(chart: Chart) -> dict[str, tuple[str, ...]]:
    return {one.name: tuple(map(chart.label, one.values)) for one in chart.series}


def test_sums_over_a_folder_are_those_of_the_summary() -> None:
    report = self_report(subject(small("甲"), small("乙", budget="50", executed="10", money_unit="万元")))
    text = next(one.text for one in report.passages if one.key == "execution")
    # 80 + 10 = 90 of 100 + 50 = 150: 60 %
    assert "全年预算数合计150万元，全年执行数合计90万元，预算执行率60.00%" in text
    assert "最高的是“甲”，为80.00%；最低的是“乙”，为20.00%" in text


def test_a_form_in_yuan_is_summed_in_wan() -> None:
    report = self_report(
        subject(small("甲"), small("乙", budget="1000000", executed="500000", money_unit="元"))
    )
    # 100 万元 + 1 000 000 元 = 200 万元
    assert "全年预算数合计200万元" in report.passages[0].text
