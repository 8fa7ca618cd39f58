"""What different projects have in common: texts, results, indicators with other targets."""

from __future__ import annotations

import random
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from assistant.season.copies import copied_texts, equal_results, other_targets
from assistant.season.fingerprints import hashes, likeness, sketch
from assistant.season.result import FormResult, RowMark, TextMark, packed

NARRATIVE = (
    "全年共组织开展河道巡查12次，清理淤泥3.5万立方米，整治排污口21处，完成水质监测断面6个，"
    "主要河段水质稳定达到三类标准，沿岸居民生产生活环境得到明显改善。"
)
OTHER = (
    "举办职业技能培训班5期，培训失业人员320人次，推荐就业岗位1200个，参训学员就业率达到68%，企业反映良好。"
)


def form(file: str, *texts: str) -> FormResult:
    marks = tuple(TextMark(f"goals[{at}].actual", text[:40], sketch(text)) for at, text in enumerate(texts))
    return FormResult(
        file=file, project=f"项目{file}", marks=packed([mark for mark in marks if mark.sketch], [])
    )


def rows(file: str, cells: Iterable[tuple[str, str, str]]) -> FormResult:
    marks = tuple(RowMark(f"indicators[{at}]", *cell) for at, cell in enumerate(cells))
    return FormResult(file=file, project=f"项目{file}", marks=packed([], marks))


def test_a_copied_narrative_is_listed_with_both_places() -> None:
    (found,) = copied_texts([form("甲", NARRATIVE), form("乙", OTHER), form("丙", NARRATIVE)])
    assert [(place.file, place.path, place.percent) for place in found.places] == [
        ("甲", "goals[0].actual", 100),
        ("丙", "goals[0].actual", 100),
    ]


def test_other_numbers_in_the_same_words_are_still_a_copy() -> None:
    changed = NARRATIVE.replace("12", "34").replace("3.5", "8").replace("21", "9")
    (found,) = copied_texts([form("甲", NARRATIVE), form("乙", changed)])
    assert found.places[1].percent == 100


def test_one_changed_sentence_is_nearly_a_copy() -> None:
    changed = NARRATIVE.replace("沿岸居民生产生活环境得到明显改善", "周边群众反映普遍较好")
    (found,) = copied_texts([form("甲", NARRATIVE), form("乙", changed)])
    assert 60 <= found.places[1].percent < 100


def test_different_texts_and_texts_of_one_form_are_no_copies() -> None:
    assert copied_texts([form("甲", NARRATIVE), form("乙", OTHER)]) == ()
    assert copied_texts([form("甲", NARRATIVE, NARRATIVE)]) == ()


def test_stock_phrases_are_nobodys_copy() -> None:
    for phrase in ("无", "无偏差", "已按计划完成。", "2024年12月31日前全部完成", "——", ""):
        assert sketch(phrase) == "", phrase


def test_a_text_copied_a_thousand_times_is_one_group() -> None:
    (found,) = copied_texts(form(f"{at:04}", NARRATIVE.replace("12", str(at))) for at in range(1000))
    assert len(found.places) == 1000


@given(st.integers(0, 2**32))
def test_the_estimate_lies_near_the_true_share_of_common_pieces(seed: int) -> None:
    chance = random.Random(seed)
    letters = [chr(0x4E00 + chance.randrange(3000)) for _ in range(400)]
    one, other = "".join(letters[:300]), "".join(letters[100:])
    # 300 letters each have 296 pieces, 196 of them common: 196 ÷ 396 = 49 %; five standard deviations of 48 draws: ±36.
    estimate = likeness(hashes(sketch(one)), hashes(sketch(other)))
    assert 13 <= estimate <= 85
    assert likeness(hashes(sketch(one)), hashes(sketch(one))) == 100


def test_three_equal_results_in_two_projects_are_listed_row_by_row() -> None:
    same = [("培训人次", "≥300人次", "327人次"), ("培训期数", "≥5期", "7期"), ("支出", "≤30万元", "28.6万元")]
    (found,) = equal_results([rows("甲", [*same, ("其他", "1", "1")]), rows("乙", same)])
    assert (found.first.file, found.second.file) == ("甲", "乙")
    assert [row[:2] for row in found.rows] == [(name, actual) for name, _, actual in same]
    assert found.rows[2][2:] == ("indicators[2]", "indicators[2]")


def test_results_everybody_has_prove_nothing() -> None:
    same = [
        ("合格率", "100%", "100%"),
        ("满意度", "≥95%", "95%"),
        ("时限", "12月底", "12月31日前"),
        ("及时率", "≥98%", "98%"),
    ]
    assert equal_results([rows("甲", same), rows("乙", same)]) == ()


def test_one_indicator_with_two_targets_names_both_places() -> None:
    (found,) = other_targets(
        [
            rows("甲", [("巡查次数", "≥12次", "12次")]),
            rows("乙", [("巡查次数", "≥24次", "24次")]),
            rows("丙", [("其他", "1", "1")]),
        ]
    )
    assert found.name == "巡查次数"
    assert [(target, [place.file for place in places]) for target, places in found.targets] == [
        ("≥12次", ["甲"]),
        ("≥24次", ["乙"]),
    ]


def test_equal_targets_and_two_rows_of_one_form_are_not_listed() -> None:
    assert other_targets([rows("甲", [("巡查", "≥1次", "")]), rows("乙", [("巡查", "≥1次", "")])]) == ()
    assert other_targets([rows("甲", [("巡查", "≥1次", ""), ("巡查", "≥2次", "")])]) == ()
