"""The rule sets: each proves itself on an example worked by hand, and a wrong file says what to change."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from assistant.catalogue import profiles as catalogue
from assistant.catalogue.profiles import load_profile, load_profiles
from assistant.domain.amounts import Rounding
from assistant.domain.case import Case, FundRow, Indicator
from assistant.domain.errors import CatalogueError, InputError
from assistant.domain.findings import Severity
from assistant.domain.profile import OverTargetAction, Profile, ReverseFormula, Rounds, rule_name
from assistant.resources import shipped
from assistant.scoring.engine import score_case

EXAMPLES = Path(__file__).parents[1] / "data" / "profiles"
SHIPPED = sorted(file.name.removesuffix(".toml") for file in (shipped("config") / "profiles").iterdir())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rule_set_scores_its_worked_example(name):
    example = tomllib.loads((EXAMPLES / f"{name}.toml").read_text("utf-8"))
    funds = dict(example["funds"])
    funds_expected = funds.pop("computed")
    columns = ("level1", "level2", "target", "actual", "weight", "score")
    case = Case(
        year=2022,
        funds=(FundRow(label="年度资金总额", **funds),),
        indicators=tuple(
            Indicator(
                **{"level1": "产出指标", "level2": "数量指标", "level3": f"第{number}项完成情况"}
                | {key: row[key] for key in columns if key in row}
            )
            for number, row in enumerate(example["rows"], 1)
        ),
        **example.get("form", {}),
    )

    sheet = score_case(case, load_profile(name))

    assert str(sheet.rows[0].computed) == funds_expected
    for row, line in zip(example["rows"], sheet.rows[1:], strict=True):
        expected = row.get("computed")
        assert (None if line.computed is None else str(line.computed)) == expected, line.name
        assert str(line.low) == row.get("low", expected), line.name
        assert str(line.high) == row.get("high", expected), line.name
        assert line.tier_label == row.get("tier", "")
        assert row.get("note", "") in "".join(line.notes)
    for key, expected in example["total"].items():
        found = sheet.grade if key == "grade" else str(getattr(sheet.total, key))
        assert found == expected, key


def test_every_example_belongs_to_a_rule_set():
    assert sorted(file.stem for file in EXAMPLES.glob("*.toml")) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rule_set_is_whole(name):
    profile = load_profile(name)
    assert profile.id == name
    assert profile.label
    assert profile.basis
    assert [band.tier.value for band in profile.tiers] == ["full", "part", "missed"]
    # the tiers cover everything from nothing to the weight, without gap or overlap
    assert profile.tiers[0].high == 1
    assert all(
        upper.low == lower.high for upper, lower in zip(profile.tiers, profile.tiers[1:], strict=False)
    )
    assert profile.tiers[-1].low == 0
    assert [grade.least for grade in profile.grades] == sorted(
        (g.least for g in profile.grades), reverse=True
    )
    if profile.level1:
        assert sum(profile.level1.values()) + profile.execution_weight == profile.total_points


@pytest.mark.parametrize("name", SHIPPED)
def test_a_doubt_names_a_key_that_exists(name):
    profile = load_profile(name)
    for key in profile.unconfirmed:
        first, _, second = key.partition(".")
        assert first in Profile.model_fields
        assert not second or second in type(getattr(profile, first)).model_fields


def test_the_default_comes_first_and_is_the_national_rule():
    assert next(iter(load_profiles())) == "central-2020"
    assert load_profile("").id == load_profile("  ").id == "central-2020"


def test_an_unknown_id_lists_those_there_are():
    with pytest.raises(InputError) as caught:
        load_profile("atlantis")
    assert "atlantis" in caught.value.message
    assert all(name in caught.value.hint for name in SHIPPED)


def test_a_file_states_only_what_differs():
    guangxi = load_profile("guangxi")
    assert guangxi.over_target.ratio == Decimal("1.3")  # its own
    assert guangxi.reverse_formula is ReverseFormula.LINEAR  # of system-base
    assert guangxi.grades == load_profile("central-2020").grades
    assert guangxi.level1 == {}  # system-base empties the table instead of adding to it


def test_a_doubt_ends_where_a_place_states_the_number_itself():
    assert "execution.explain_below" in load_profile("beijing-2022").unconfirmed
    assert "execution.explain_below" not in load_profile("sichuan-2023").unconfirmed


def test_whole_numbers_are_known_by_their_keys():
    # the loader must know every key that is an int; others are quoted decimals
    ints = {f"rounding.{name}" for name, field in Rounds.model_fields.items() if field.annotation is int}
    ints |= {name for name, field in Profile.model_fields.items() if int in get_args(field.annotation)}
    assert ints == catalogue._WHOLE_NUMBERS


@pytest.fixture
def folder(tmp_path):
    """Write a rule set into a user's own folder: ``folder(name, text)``."""

    def write(name: str, text: str, head: bool = True) -> Path:
        first = (
            f'id = "{name}"\nlabel = "本地"\nbasis = "本地文件"\nextends = "central-2020"\n' if head else ""
        )
        (tmp_path / f"{name}.toml").write_text(first + text, "utf-8")
        return tmp_path

    return write


def complaint(name: str, folder: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        load_profile(name, folder)
    assert caught.value.hint
    assert f"{name}.toml" in caught.value.message
    return str(caught.value)


def test_a_users_own_rule_set_is_found_beside_the_shipped_ones(folder):
    own = folder("county", 'execution_weight = "20"\n[over_target]\naction = "deduct"\npoints = "1.5"\n')
    county = load_profile("county", own)
    assert (county.execution_weight, county.over_target.points) == (20, Decimal("1.5"))
    assert county.over_target.action is OverTargetAction.DEDUCT
    assert county.over_target.ratio == Decimal("1.3")  # the rest of the table is inherited
    assert list(load_profiles(own)) == ["central-2020", *sorted({*SHIPPED, "county"} - {"central-2020"})]


def test_a_users_file_stands_before_the_shipped_one_of_the_same_name(folder):
    own = folder(
        "guangxi", '[rounding]\nscore_mode = "truncate"\nscore_places = 1\n[severity]\nF06 = "error"\n'
    )
    guangxi = load_profile("guangxi", own)
    assert (guangxi.label, guangxi.rounding.score_mode, guangxi.rounding.score_places) == (
        "本地",
        Rounding.TRUNCATE,
        1,
    )
    assert guangxi.severity == {"F06": Severity.ERROR}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('execution_wieght = "20"', ["execution_wieght", "execution_weight"]),
        ("execution_weight = 20", ["execution_weight", "引号", "第 5 行"]),
        ("execution_weight = 20.5", ["execution_weight", "引号"]),
        ('execution_weight = "二十"', ["execution_weight", "不是数"]),
        ('reverse_formula = "cubic"', ["reverse_formula", "cubic", "ratio"]),
        ("[over_target]\nratio = 1.3", ["over_target.ratio", "引号", "第 6 行"]),
        ('[over_target]\nlimit = "2"', ["over_target.limit", "第 6 行"]),
        ('[rounding]\nscore_places = "two"', ["rounding.score_places", "整数"]),
        ('[rounding]\nrate_first = "maybe"', ["rounding.rate_first", "true"]),
        ('[[tiers]]\ntier = "full"\nname = "甲"\nlow = "0.8"', ["tiers[0].high", "缺少"]),
        ('[[execution.bands]]\nlow = 0.8\nshare = "1"', ["execution.bands[0].low", "引号", "第 6 行"]),
        ('valid_from = "去年"', ["valid_from", "日期"]),
        ('required_level2 = "数量"', ["required_level2", "列表"]),
        ('[severity]\nF06 = "loud"', ["severity.F06", "loud"]),
        ("level1_fixed = maybe", ["写法"]),
    ],
)
def test_a_wrong_file_is_named_with_its_key_and_the_cure(folder, text, said):
    words = complaint("county", folder("county", text + "\n"))
    assert all(word in words for word in said), words


@pytest.mark.parametrize("key", ["label", "basis"])
def test_a_missing_key_is_asked_for(folder, key):
    lines = {"label": 'label = "本地"\n', "basis": 'basis = "本地文件"\n'}
    text = 'id = "county"\nextends = "central-2020"\n' + "".join(
        line for name, line in lines.items() if name != key
    )
    assert f"缺少必填的键 {key}" in complaint("county", folder("county", text, head=False))


def test_a_fault_is_sought_in_the_file_that_states_it(folder):
    folder("county", '[rounding]\n\nrate_first = "maybe"\n')
    own = folder("town", 'extends = "county"\nid = "town"\nlabel = "镇"\nbasis = "乙"\n', head=False)
    with pytest.raises(CatalogueError, match=r"county\.toml 第 7 行：rounding\.rate_first"):
        load_profile("town", own)


def test_a_nested_key_is_compared_with_its_neighbours(folder):
    assert "explain_below" in complaint("county", folder("county", '[execution]\nexplain_bellow = "0.9"\n'))


def test_a_file_must_bear_the_name_of_its_id(folder):
    assert "文件名" in complaint(
        "county", folder("county", 'id = "town"\nlabel = "甲"\nbasis = "乙"\n', head=False)
    )


def test_rule_sets_that_extend_each_other_are_refused(folder):
    folder("a", 'id = "a"\nlabel = "甲"\nbasis = "乙"\nextends = "b"\n', head=False)
    own = folder("b", 'id = "b"\nlabel = "甲"\nbasis = "乙"\nextends = "a"\n', head=False)
    with pytest.raises(CatalogueError, match="a → b → a"):
        load_profile("a", own)


def test_an_unknown_parent_is_refused_with_the_names_there_are(folder):
    words = complaint(
        "county",
        folder("county", 'id = "county"\nlabel = "甲"\nbasis = "乙"\nextends = "mars"\n', head=False),
    )
    assert "mars" in words
    assert "central-2020" in words


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "county.toml").write_bytes('label = "本地"'.encode("gb18030"))
    assert "UTF-8" in complaint("county", tmp_path)


def test_a_broken_file_of_the_user_does_not_stop_the_others(folder):
    own = folder("county", "execution_weight = 20\n")
    assert load_profile("guangxi", own).id == "guangxi"


def test_every_uncertain_rule_is_named_in_chinese():
    keys = {key for profile in load_profiles().values() for key in profile.unconfirmed}
    assert keys
    assert [key for key in sorted(keys) if rule_name(key).isascii()] == []
