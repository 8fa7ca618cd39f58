"""Laws for whatever somebody types: no cell stops the checks, and every check is accounted for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import all_checks, run_checks
from assistant.checks.report import report_json
from assistant.domain.case import Case, FundRow, Goal, Indicator
from assistant.scoring.engine import score_case

PROFILES = tuple(
    load_profile(name)
    for name in ("central-2020", "central-2021", "platform-manual-2022", "guangxi", "beijing-2022")
)
FIGURES = st.sampled_from(
    ["", "0", "-1", "0.00000000000000000001", "99999999999999999999", "1,000.50", "10", "3.333", "/", "—", "IO", "100%", "86.19％",
     "无", "1e5", "十", "７", "12345678901234567890.12345678901234567890", "0.5", "1", "-0"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["≥3个", "3个", "0", "0起", "≥0人", "≤5300元/户", "优良中低差", "优，达成年度指标", "90%-95%", "3场、500人次", "2022年11月30日前",
     "≤11月", "-20人", "105%", "99999999999999999999万元", "0.00000000000000000001%", "完成", "有效提升", "无", "约200人", "1/0", "=0"]
)  # fmt: skip
CELLS = st.one_of(FIGURES, VALUES, st.text(max_size=12))
ROWS = st.builds(
    Indicator,
    level1=st.sampled_from(["产出指标", "效益指标(30分)", "满意度指标", "成本指标", "", "项目决策"]),
    level2=st.sampled_from(
        ["数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "满意度指标", ""]
    ),
    level3=st.one_of(
        st.sampled_from(["预算执行率", "项目总成本", "安全事故次数", "覆盖率", "指标1", "受益老年人满意度"]),
        CELLS,
    ),
    target=CELLS,
    actual=CELLS,
    weight=FIGURES,
    score=FIGURES,
    reason=CELLS,
    evidence=CELLS,
)
FUNDS = st.builds(
    FundRow,
    label=st.sampled_from(["年度资金总额", "其中:当年财政拨款", "其他资金", ""]),
    initial=CELLS,
    budget=FIGURES,
    executed=FIGURES,
    weight=FIGURES,
    rate=CELLS,
    score=FIGURES,
)
CASES = st.builds(
    Case,
    year=st.sampled_from([None, 2022]),
    project=CELLS,
    money_unit=st.sampled_from(["万元", "元", ""]),
    funds=st.lists(FUNDS, max_size=4).map(tuple),
    goals=st.lists(st.builds(Goal, expected=CELLS, actual=CELLS), max_size=2).map(tuple),
    indicators=st.lists(ROWS, max_size=6).map(tuple),
    total=FIGURES,
    total_weight=FIGURES,
    grade=CELLS,
)


@settings(max_examples=150, deadline=None)
@given(case=CASES, profile=st.sampled_from(PROFILES))
def test_no_cell_stops_the_checks(case: Case, profile: object) -> None:
    rules = next(each for each in PROFILES if each is profile)

    report = run_checks(case, score_case(case, rules), rules)

    spoken = {finding.code for finding in report.findings} | {item.code for item in report.not_checked}
    assert spoken | set(report.passed) == set(all_checks())
    assert spoken.isdisjoint(report.passed)
    assert all(finding.message and finding.fix for finding in report.findings)
    assert report_json(report, "表")["counts"]["not_checked"] == len(report.not_checked)


@settings(max_examples=40, deadline=None)
@given(case=CASES)
def test_what_is_remembered_of_a_row_changes_nothing(case: Case) -> None:
    profile = PROFILES[0]
    first = run_checks(case, score_case(case, profile), profile)
    copy = Case.model_validate_json(case.model_dump_json())

    assert run_checks(copy, score_case(copy, profile), profile) == first
    assert run_checks(case, score_case(case, profile), profile) == first
