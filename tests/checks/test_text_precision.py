"""How often the checks of words are right, on forms written for the purpose and labelled by hand.

Each line of ``cases/*.tsv`` names every check of words that ought to speak on that form, so all other lines are
counter-examples for it. ``pytest tests/checks/test_text_precision.py -s`` prints the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import all_checks, check_form
from assistant.checks.examples import case_of
from assistant.checks.form import build_form
from assistant.domain.findings import Severity
from assistant.scoring.engine import score_case

CASES = Path(__file__).parent / "cases"
ROWS = {
    "short": "指标值 ≥100人｜完成值 80人｜分值 10｜得分 8",
    "machines": "三级 设备购置数量｜指标值 ≥50台｜完成值 40台｜分值 10｜得分 8",
    "late": "二级 时效指标｜三级 工程竣工时间｜指标值 2022年11月底前｜完成值 2022年12月8日完成｜分值 5｜得分 4",
    "opinion": "一级 满意度指标｜三级 服务对象满意度｜指标值 ≥95%｜完成值 90%｜分值 10｜得分 9.47",
    "worded": "三级 科研条件保障｜指标值 优良中低差｜完成值 优，达成年度指标｜分值 15｜得分 14",
    "full": "指标值 ≥100人｜完成值 100人｜分值 10｜得分 10",
    "met": "指标值 ≥100人｜完成值 100人｜分值 10｜得分 9",
    "over": "三级 专题会次数｜指标值 ≥3次｜完成值 6次｜分值 5｜得分 5",
    "garden": "三级 研究成果报告｜指标值 ≥2份｜完成值 2份｜分值 5｜得分 5 ‖ 三级 绿化养护面积｜指标值 ≥500亩｜完成值 400亩｜分值 10｜得分 8",
}
WORDS = "RVGYXPL"
LEAST_PRECISION, LEAST_RECALL = 95, 90  # percent, of every check


FILES = ("reasons", "reasons_more", "goals", "goals_more", "others", "blind")


def _labelled() -> Iterator[tuple[str, frozenset[str], str]]:
    """File, expected codes and the form of every line."""
    for name in FILES:
        for line in (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line.strip():
                continue
            codes, *cells = line.split("\t")
            is_reason = name.startswith("reasons")
            text = f"{ROWS[cells[0]]}｜原因 {cells[1]}" if is_reason else cells[0].replace("\\n", "\n")
            yield name, frozenset(codes.split()) - {"-"}, text


LABELLED = tuple(_labelled())


def _found(text: str) -> dict[str, Severity]:
    case = case_of(text)
    profile = load_profile(case.profile)
    form = build_form(case, score_case(case, profile), profile)
    checks = {code: each for code, each in all_checks().items() if code[0] in WORDS}
    return {finding.code: finding.severity for finding in check_form(form, checks).findings}


def _is_labelled(name: str, code: str) -> bool:
    """Whether the file labels this check; the rows of goals.tsv are only a foil for the text, save for R11."""
    if name.startswith("reasons"):
        return code[0] == "R"
    if name == "blind":
        return True
    if name.startswith("goals"):
        return code[0] in "GX" or code == "R11"
    return code[0] in "YVPL"


@pytest.fixture(scope="module")
def figures() -> dict[str, tuple[int, int, int, list[str]]]:
    """Of each check: right, false and missed, with the texts that went wrong."""
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    for name, wanted, text in LABELLED:
        found = {code for code in _found(text) if _is_labelled(name, code)}
        right.update(wanted & found)
        false.update(found - wanted)
        missed.update(wanted - found)
        for code in wanted ^ found:
            wrong.setdefault(code, []).append(f"{'missed' if code in wanted else 'false'}: {text}")
    codes = sorted({*right, *false, *missed})
    return {code: (right[code], false[code], missed[code], wrong.get(code, [])) for code in codes}


def test_there_are_enough_labelled_forms() -> None:
    assert len(LABELLED) >= 250
    assert sum(not wanted for _, wanted, _ in LABELLED) >= 80, "good texts, on which nothing may be said"


def test_every_check_of_words_is_labelled() -> None:
    labelled = {code for _, wanted, _ in LABELLED for code in wanted}
    # R09 (three equal reasons) and R15 (length) are decided by counting; their pages and area tests cover them.
    assert {code for code in all_checks() if code[0] in WORDS} - labelled == {"R09", "R15"}


def test_precision_and_recall_of_every_check(figures: dict[str, tuple[int, int, int, list[str]]]) -> None:
    poor = []
    for code, (right, false, missed, wrong) in figures.items():
        precision = 100 * right // max(1, right + false)
        recall = 100 * right // max(1, right + missed)
        print(
            f"{code}  right {right:3}  false {false:2}  missed {missed:2}  precision {precision:3}  recall {recall:3}"
        )
        if precision < LEAST_PRECISION or recall < LEAST_RECALL:
            poor += [code, *wrong]
    assert not poor, "\n".join(poor)


def test_no_good_text_is_called_an_error() -> None:
    for name, wanted, text in LABELLED:
        errors = {
            code
            for code, severity in _found(text).items()
            if severity is Severity.ERROR and _is_labelled(name, code)
        }
        assert errors <= wanted, text
