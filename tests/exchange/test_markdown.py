"""Markdown out and in: the official form, nothing lost, nothing taken for markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.domain.case import Case, DraftRecord, DraftState, Goal, Indicator, Note, Person
from assistant.domain.errors import ExchangeError, InputError
from assistant.exchange.exporter import export
from assistant.exchange.gfm import display_width, escape, unescape, visible
from assistant.exchange.layout import FIGURES
from assistant.exchange.read import read_document
from assistant.values.normalise import narrowed
from tests.exchange.builders import CASES, ERROR, TEXTS, WARNING, bundle, sample

GOLDEN = Path(__file__).parent / "golden" / "demo.md"


def exported(case: Case, **options: bool) -> str:
    return export("md", bundle(case, **options)).decode()


def test_the_sample_gives_the_golden_document() -> None:
    assert export("md", bundle(sample(), WARNING)) == GOLDEN.read_bytes()


def test_the_sample_comes_back_as_it_was() -> None:
    assert read_document(export("md", bundle(sample())), "demo.md").case == sample()


def test_the_parts_stand_in_the_official_order() -> None:
    text = exported(sample())
    places = [
        text.index(part)
        for part in (
            "# 项目支出绩效自评表\n\n（2022年度）",
            "项目名称",
            "主管部门",
            "实施单位",
            "项目负责人",
            "## 项目资金（万元）",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "年度资金总额",
            "## 年度总体目标",
            "预期目标",
            "## 绩效指标",
            "一级指标",
            "偏差原因分析及改进措施",
            "| 总分 ",
            "95.19",
            "## 附：计分过程与检查结果",
            "10 × 61.91% = 6.19",
        )
    ]
    assert places == sorted(places)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CASES)
def test_whatever_the_cells_say_the_case_comes_back(case: Case) -> None:
    data = export("md", bundle(case))
    assert read_document(data, "a.md").case == half_width(case)
    assert export("md", bundle(case)) == data


def half_width(case: Case) -> Case:
    """*case* with each cell of figures as Markdown prints it."""
    loaded = case.model_dump()
    for record in (loaded, *loaded["funds"], *loaded["indicators"]):
        record.update({name: narrowed(record[name]) for name in FIGURES & record.keys()})
    return Case.model_validate(loaded)


@given(TEXTS)
@example("\\")
@example("a\\|b")
@example("<br>")
@example("&amp;#10;")
@example(" \t x \n\n y ")
def test_a_cell_is_one_line_and_reads_back(text: str) -> None:
    cell = escape(text)
    assert "\n" not in cell
    assert cell == cell.strip(" \t")
    assert unescape(cell) == text


@given(TEXTS)
def test_a_markdown_reader_shows_the_very_text(text: str) -> None:
    """A second, independent reader (markdown-it) sees one cell that holds *text*."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(
        f"| 甲 | 乙 |\n| --- | --- |\n| {escape(text)} | 后 |\n"
    )
    cells = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "td_open"]
    shown = [
        "".join("\n" if c.type == "html_inline" else c.content for c in cell.children or ()) for cell in cells
    ]
    assert len(shown) == 2
    assert shown[0] == text
    assert shown[1] == "后"


@given(st.text(st.characters(categories=("Cc",)) | st.sampled_from("\ud800甲\n\t"), max_size=8))
def test_control_characters_are_shown_not_passed_on(text: str) -> None:
    case = Case(project="甲", indicators=(Indicator(level3=text, reason=f"\x1b]0;x\x07{text}"),))
    data = export("md", bundle(case, annex=False))
    found = set(data.decode()) - {"\n"}
    assert not [character for character in found if ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0]
    assert "␛]0;x␇" in data.decode()
    assert read_document(data, "a.md").case.indicators[0].level3 == visible(text)


def test_windows_line_breaks_are_line_breaks() -> None:
    assert visible("甲\r\n乙\r丙") == "甲\n乙\n丙"


@pytest.mark.parametrize(
    ("text", "width"), [("≥3个", 4), ("一级", 4), ("e\u0301", 1), ("Ａ", 2), ("·—…", 3), ("", 0)]
)
def test_display_width(text: str, width: int) -> None:
    # Ambiguous signs (≥ · — …) count one, wide characters two, combining marks none.
    assert display_width(text) == width


def test_columns_stand_under_each_other_in_a_terminal() -> None:
    lines = [line for line in exported(sample()).split("\n") if line.startswith("| ")]
    funds = [line for line in lines if line.count("|") == 8]
    assert len(funds) == 6
    assert len({display_width(line) for line in funds}) == 1


def test_ordinary_signs_are_left_alone() -> None:
    for text in ("90%~95%", "元/人*月", "R&D", "a_b", "[2020]10号", ">=3", "5-6月", "#1"):
        assert escape(text) == text


def test_evidence_gets_its_column_only_where_there_is_some() -> None:
    case = sample()
    assert "佐证材料" not in exported(case)
    row = case.indicators[0].model_copy(update={"evidence": "签到表|照片"})
    case = case.model_copy(update={"indicators": (row, *case.indicators[1:])})
    assert "佐证材料" in exported(case)
    assert read_document(export("md", bundle(case)), "a.md").case == case


def test_open_errors_are_bannered_in_drafts_and_stop_final_versions() -> None:
    draft = export("md", bundle(sample(), ERROR, WARNING)).decode()
    assert "> **草稿**：还有1处错误没有改正" in draft
    assert read_document(draft.encode(), "a.md").case == sample()

    with pytest.raises(ExchangeError) as caught:
        export("md", bundle(sample(), ERROR, WARNING, final=True))
    assert "A01 总分值：分值合计 110 分" in caught.value.message
    assert "F06" not in caught.value.message

    assert "**草稿**" not in export("md", bundle(sample(), WARNING, final=True)).decode()


def test_the_annex_can_be_followed_by_hand() -> None:
    text = export("md", bundle(sample(), ERROR, WARNING)).decode().partition("## 附：")[2]
    for words in (
        "- **预算执行率**（分值 10）：填报 6.19，核算 6.19，与填报一致",
        "  - 69.6559 ÷ 112.511 = 61.91%",
        "填报 14，核算 12～15，以人工评分为准",
        "人工评分理由：专家评议",
        "各行填报之和 95.19，核算 93.19～96.19",
        "  - 规则：定性指标按档次评分",
        "按规则评定的等级：优",
        "错误 1 项，提醒 1 项，建议 0 项，未核对 1 项",
        "- 【错误】A01 总分值：分值合计 110 分",
        "  - 办法：调整分值",
        "- 【提醒】F06 年度资金总额“执行率”：执行率偏低",
        "- T04 绩效指标第4行：没有历史数据",
    ):
        assert words in text, words


def test_the_annex_says_which_texts_a_model_drafted() -> None:
    def draft(path: str, text: str, state: DraftState, source: str = "model") -> DraftRecord:
        return DraftRecord(
            path=path, text=text, source=source, model="某模型", prompt="narrative/1", state=state
        )

    case = sample().model_copy(
        update={
            "goals": (Goal(expected="目标", actual="已完成。"),),
            "drafts": (
                draft("goals[0].actual", "已完成。", DraftState.ACCEPTED),
                draft("indicators[16].reason", "另一段话", DraftState.EDITED, "template"),
                draft("indicators[0].reason", "没有采用的话", DraftState.REJECTED),
                draft("indicators[99].reason", "删掉的行", DraftState.ACCEPTED),
            ),
        }
    )
    text = exported(case).partition("### 文字来源")[2].partition("<!--")[0]
    assert "年度总体目标第1行“实际完成情况”：模型 某模型 起草（提示词 narrative/1），填报人原样采用" in text
    assert "绩效指标第17行“偏差原因分析及改进措施”：模板起草（提示词 narrative/1），填报人修改后采用" in text
    assert (
        "绩效指标第100行“偏差原因分析及改进措施”：模型 某模型 起草（提示词 narrative/1），该处现已不在表中"
        in text
    )
    assert text.count("- ") == 3


def private_case() -> Case:
    return sample().model_copy(
        update={
            "people": (Person(role="项目负责人", name="甄某某", phone="62345678"),),
            "goals": (
                Goal(expected="由甄某某负责，电话62345678", actual="联系13912345678，投入13912345678元，身份证11010119900101123X"),
            ),
            "notes": (Note(path="total", text="内部说明"),),
            "drafts": (DraftRecord(path="total", text="一稿", source="model"),),
            "审批意见": "内部意见",
        }
    )  # fmt: skip


def test_the_public_version_names_nobody_and_keeps_the_figures() -> None:
    for code in ("md", "json"):
        finding = WARNING.model_copy(update={"message": "执行率偏低，甄某某的电话62345678"})
        text = export(code, bundle(private_case(), finding, public=True)).decode()
        assert "执行率偏低" not in text
        for private in (
            "甄某某",
            "62345678",
            "13912345678，",
            "11010119900101123X",
            "内部说明",
            "一稿",
            "内部意见",
        ):
            assert private not in text, private
        for public in ("13912345678元", "112.511000", "69.655900", "95.19", "×××"):
            assert public in text, public


def test_the_full_version_keeps_everything_through_the_round() -> None:
    case = private_case()
    assert read_document(export("md", bundle(case)), "a.md").case == case


def test_a_changed_cell_wins_over_the_comment_and_new_rows_are_read() -> None:
    text = exported(private_case()).replace("| 121家 ", "| 125家 ")
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if "实验室满意度" in line)
    lines.insert(at + 1, "| 满意度指标 | 服务对象满意度指标 | 新增 | ≥90% | 95% | 0 | 0 |  |")
    case = read_document("\n".join(lines).encode(), "a.md").case

    assert case.indicators[2].actual == "125家"
    assert case.indicators[18] == Indicator(
        level1="满意度指标", level2="服务对象满意度指标", level3="新增", target="≥90%", actual="95%", weight="0", score="0"
    )  # fmt: skip
    assert case.notes == private_case().notes


def test_a_damaged_comment_loses_only_itself_and_says_so() -> None:
    text = re.sub(r"<!-- ziping.form/1 \{.*\} -->", "<!-- ziping.form/1 {oops} -->", exported(private_case()))
    report = read_document(text.encode(), "a.md")
    assert report.case.project == sample().project
    assert "附注已被改动" in report.doubts[0].why


OTHER = """
### 某项目自评表 (2023年度)

|项目名称|道路养护|
|:--|--|
|主管部门|某局|

| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重 | 得分 | 备注 |
|---|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 里程 | ≥5公里 | 6公里 | 20 | 20 | |
| | | 点位 | 3个 | 2个 | 10 | 6.67 | 雨季<br/>停工 |
| 效益指标 | 社会效益 | 通行 | 改善 | 改善 | 60 | 60 |
| 合计 | | | | | 90 | 86.67 | |
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_other_peoples_tables_are_read_with_doubts_said(encoding: str) -> None:
    report = read_document(OTHER.replace("\n", "\r\n").encode(encoding), "他表.txt")
    case = report.case

    assert (case.project, case.department, case.total_weight, case.total) == (
        "道路养护",
        "某局",
        "90",
        "86.67",
    )
    assert [(row.level1, row.level2, row.level3) for row in case.indicators] == [
        ("产出指标", "数量指标", "里程"),
        ("产出指标", "数量指标", "点位"),
        ("效益指标", "社会效益", "通行"),
    ]
    assert case.indicators[1].reason == "雨季\n停工"
    assert [doubt.path for doubt in report.doubts if doubt.path] == [
        "indicators[1].level1",
        "indicators[1].level2",
    ]
    assert ("GB18030" in str(report.doubts)) == (encoding == "gb18030")


def test_text_without_a_form_is_refused_kindly() -> None:
    for data in (b"hello", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |".encode()):
        with pytest.raises(InputError, match="自评表"):
            read_document(data, "a.md")
