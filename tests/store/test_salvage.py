"""A damaged case file gives back all that can be read, and says what could not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.case import SCHEMA_VERSION, Case, Figure, FundRow, Goal, Indicator, Note
from assistant.domain.case_json import dumps, loads
from assistant.domain.errors import InputError
from assistant.resources import shipped
from assistant.store.salvage import salvaged

SAMPLE = Path(str(shipped("config"))) / "samples" / "demo.ziping.json"
SMALL = Case(
    profile="central-2020",
    year=2022,
    project="甲“乙”\\丙",
    funds=(FundRow(label="年度资金总额", budget="112.511", executed="69.6559"),),
    goals=(Goal(expected="目标①\n目标②", actual="完成\t{一}，[二]"),),
    indicators=(
        Indicator(level1="产出指标", level3="数", target="≥3个", actual="5个", weight="10", score="10"),
        Indicator(level1="产出指标", level3="质", target="优", actual='优，"达成"', weight="20", score="19"),
    ),
    total_weight="100",
    total="95.19",
    notes=(Note(path="goals[0].actual", text="记"),),
    figures=(Figure(path="indicators[0].reason", text="3次", source="indicators[0].actual", kept=True),),
    审批={"人": "处长", "级": [1, 2.5, None]},  # type: ignore[call-arg]
)


def cells(tree: Any, path: str = "") -> dict[str, Any]:
    """Every value of a JSON tree by its path."""
    if isinstance(tree, dict):
        return {k: v for key, item in tree.items() for k, v in cells(item, f"{path}.{key}").items()}
    if isinstance(tree, list):
        return {k: v for at, item in enumerate(tree) for k, v in cells(item, f"{path}[{at}]").items()}
    return {path: tree}


def ends(text: str) -> dict[str, int]:
    """Where each value of *text* (one value a line, as we write it) is complete: path → characters."""
    found: dict[str, int] = {}
    open_at: list[str] = []
    counts: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        bare = line.strip().rstrip(",")
        inside_list = bool(open_at) and open_at[-1] == "["
        name = ""
        if inside_list and bare not in "]}":
            name = f"[{counts[-1]}]"
            counts[-1] += 1
        elif bare.startswith('"') and not inside_list:
            key, _, bare = bare.partition(": ")
            name = f".{json.loads(key)}"
        if bare in {"{", "["}:
            open_at += [name, bare]
            counts.append(0)
        elif bare in {"}", "]"}:
            open_at = open_at[:-2]
            counts.pop()
        elif bare not in {"[]", "{}"}:
            path = "".join(part for part in open_at if part not in {"{", "["}) + name
            found[path] = at - len(line) + len(line.rstrip().rstrip(","))
    return found


@pytest.mark.parametrize("indent", [2, None], ids=["as we write it", "in one line"])
def test_cut_at_any_byte_every_cell_complete_before_is_given_back(indent: int | None) -> None:
    text = dumps(SMALL)
    whole = cells(json.loads(text))
    ended = ends(text)
    assert {path for path in whole if whole[path] not in ([], {})} <= ended.keys()
    if indent is None:
        text = json.dumps(json.loads(text), ensure_ascii=False)
        decoder = json.JSONDecoder()
        places = iter(sorted(ended, key=ended.__getitem__))
        ended, at = {}, 0
        for path in places:
            value = whole[path]
            written = json.dumps(value, ensure_ascii=False)
            at = text.index(written, at) + len(written)
            assert decoder.decode(written) == value
            ended[path] = at
    data = text.encode()
    for cut in range(len(data.rstrip())):
        characters = len(data[:cut].decode(errors="ignore"))
        wanted = {
            path: value
            for path, value in whole.items()
            if path in ended and ended[path] < characters and path != ".schema_version"
        }
        if not wanted:
            continue
        found = salvaged(data[:cut])
        read = cells(json.loads(dumps(found.case)))
        assert {path: read.get(path) for path in wanted} == wanted, f"cut at byte {cut}"
        assert found.lost, f"cut at byte {cut}: nothing said"


def test_the_sample_cut_at_many_bytes_keeps_its_complete_rows() -> None:
    data = SAMPLE.read_bytes()
    whole, ended = cells(json.loads(data)), ends(data.decode())
    chance = random.Random(1)
    for cut in sorted(chance.sample(range(300, len(data)), 150)):
        characters = len(data[:cut].decode(errors="ignore"))
        read = cells(json.loads(dumps(salvaged(data[:cut]).case)))
        for path, end in ended.items():
            if end < characters and path != ".schema_version":
                assert read.get(path) == whole[path], f"{path}, cut at byte {cut}"


def test_a_text_cut_in_its_middle_is_given_back_as_far_as_it_goes_and_doubted() -> None:
    data = dumps(SMALL).encode()
    cut = data.index("目标②".encode()) + 4
    found = salvaged(data[:cut])
    assert found.case.goals[0].expected == "目标①\n目\ufffd"
    doubt = found.case.doubts[-1]
    assert doubt.path == "goals[0].expected"
    assert "只读到这一部分" in doubt.why
    assert any("预期目标" in sentence for sentence in found.lost)


@pytest.mark.long
def test_one_flipped_bit_costs_at_most_the_row_it_hits() -> None:
    """Each of all single-bit flips: opened whole, or salvaged with everything two lines away from the flip."""
    text = dumps(SMALL)
    data, whole = text.encode(), cells(json.loads(text))
    lines = {path: text.count("\n", 0, end) for path, end in ends(text).items()}
    rows = {path: path.rpartition(".")[0] for path in lines}
    lost_most, refused = 0, set[int]()
    for at in range(len(data)):
        hit = data.count(b"\n", 0, at)
        for bit in range(8):
            damaged = bytearray(data)
            damaged[at] ^= 1 << bit
            try:
                found = salvaged(bytes(damaged)).case
            except InputError:
                refused.add(at)
                continue
            read = cells(json.loads(dumps(found)))
            own = {rows[path] for path, line in lines.items() if abs(line - hit) <= 2}
            missing = [
                path
                for path, line in lines.items()
                if abs(line - hit) > 2
                and rows[path] not in own
                and read.get(path) != whole[path]
                and path != ".schema_version"
            ]
            lost_most = max(lost_most, len(missing))
            assert len(missing) <= 3, f"byte {at} bit {bit}: {missing}"
    assert lost_most <= 3
    assert refused == {text.index(": 1,") + 2}, "only a version number that became a newer one"


def test_wrong_kinds_in_single_cells_leave_the_others() -> None:
    tree = json.loads(dumps(SMALL))
    tree["indicators"][0]["weight"] = 10
    tree["indicators"][0]["reason"] = ["因", "为"]
    tree["indicators"].insert(1, "不是一行")
    tree["goals"] = {"expected": "x"}
    tree["year"] = "2022"
    tree["project"] = None
    found = salvaged(json.dumps(tree).encode())
    assert found.case.indicators[0].weight == "10"
    assert [row.level3 for row in found.case.indicators] == ["数", "质"]
    assert (found.case.year, found.case.project, found.case.goals) == (2022, "", ())
    said = "；".join(found.lost)
    assert "绩效指标第1行“偏差原因分析及改进措施”：这一格不是文字" in said
    assert "绩效指标第1行“分值”：这一格存成了数，按文字读入" in said
    assert "年度总体目标：应为列表" in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (dumps(SMALL).encode("gb18030"), "GB18030"),
        (dumps(SMALL).encode("utf-16"), "UTF-16"),
        (b"\xef\xbb\xbf" + dumps(SMALL).encode()[:-2], "没有写完"),
        ((dumps(SMALL) + dumps(SMALL)).encode(), "还接着别的内容"),
        (dumps(SMALL).replace('"project"', '"project": "", "project"').encode(), ""),
    ],
    ids=["GBK", "UTF-16", "BOM and cut", "two documents", "a doubled key"],
)
def test_other_damage_keeps_every_cell(data: bytes, words: str) -> None:
    found = salvaged(data)
    assert found.case.indicators == SMALL.indicators
    assert found.case.project == SMALL.project
    assert words in "；".join(found.lost)


def test_a_merge_conflict_gives_back_what_both_sides_share() -> None:
    text = dumps(SMALL).replace(
        '  "total": "95.19",\n', '<<<<<<< HEAD\n  "total": "95.19",\n=======\n  "total": "96",\n>>>>>>> b\n'
    )
    found = salvaged(text.encode()).case
    assert found.indicators == SMALL.indicators
    assert found.total == "95.19"
    assert found.notes == SMALL.notes


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"\x00" * 4096, b"{", b"[1, 2]", "随便写的一句话".encode(), b'{"a": 1}']
)
def test_nothing_to_salvage_is_said(data: bytes) -> None:
    with pytest.raises(InputError, match="没有可读的内容"):
        salvaged(data)


def test_a_newer_format_is_no_damage() -> None:
    with pytest.raises(InputError, match="更新版本"):
        salvaged(
            dumps(SMALL)
            .replace(f'"schema_version": {SCHEMA_VERSION}', f'"schema_version": {SCHEMA_VERSION + 1}')
            .encode()
        )


def test_what_was_salvaged_is_a_sound_case() -> None:
    found = salvaged(dumps(SMALL).encode()[:900]).case
    assert loads(dumps(found)) == found
