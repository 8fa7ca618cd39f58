"""The verifier: what has a fact is bound to it, what has none is flagged, and nothing in between."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.domain.case import DraftRecord, DraftState, Note
from assistant.drafting.service import verify_text
from assistant.drafting.templates import template_draft
from assistant.drafting.verify import verify

ROWS = (
    ("数量指标", "召开专家研讨会", "≥3次", "5次", "10", "10"),
    ("数量指标", "发布政策解读", "≥4次", "4次", "10", "10"),
    ("数量指标", "梳理国家重点实验室情况", "≥120家", "121家", "10", "10"),
    ("时效指标", "研究报告完成时间", "2022年11月底前", "2022年11月20日", "10", "10"),
    ("满意度指标", "实验室满意度", "≥90%", "93%", "10", "10"),
)
MONEY = ("112.511", "69.6559")
NOTE = Note(path="goals[0].actual", text="依据财预〔2020〕10号，形成《政策研究报告》1部，尾款于2023年3月支付")


@pytest.fixture
def flagged(scored):
    """What the verifier flags in a text about the whole form."""
    case, sheet = scored(*ROWS, money=MONEY, notes=(NOTE,))

    def check(text: str) -> list[str]:
        return [span.text for span in verify_text(case, sheet, text).unsupported]

    return check


@pytest.mark.parametrize(
    "text",
    [
        "召开专家研讨会5次。",
        "召开专家研讨会五次。",
        "梳理国家重点实验室情况一百二十一家。",
        "对121家国家重点实验室情况进行梳理。",
        "实验室满意度为93%。",
        "实验室满意度达到百分之九十三。",
        "全年预算1125110元，执行69.6559万元。",  # 112.511万元 = 1125110元
        "全年预算112.511万元，支出696559元，执行率61.91%。",
        "结余42.8551万元。",  # 112.511 - 69.6559
        "执行约69.66万元，执行率约62%。",  # 69.6559 and 61.910...% rounded, and said to be
        "梳理国家重点实验室120余家。",
        "研究报告于2022年11月完成。",
        "研究报告于2022年11月20日完成，早于11月底。",
        "2022年度项目，2023年预算将据此测算。",
        "根据财预〔2020〕10号，形成《政策研究报告》1部。",
        "1.召开专家研讨会5次；\n2.发布政策解读4次。",
        "①召开专家研讨会；②发布政策解读。一是加强协作；二是统一标准。",
        "百度、三明、十四五、第一、一体化、双一流。",
        "年度指标值为≥3次，实际完成5次。",
        "计划召开专家研讨会3次，实际召开5次，超出2次。",
        "【待补充：由某处于2099年9月前完成88项】",
    ],
)
def test_what_has_a_fact_is_not_flagged(flagged, text):
    assert flagged(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("召开专家研讨会6次。", "6次"),
        ("召开专家研讨会六次。", "六次"),
        ("梳理国家重点实验室一百二十二家。", "一百二十二家"),
        ("实验室满意度为93.5%。", "93.5%"),
        ("全年预算112.511元。", "112.511元"),
        ("全年预算1125.11万元。", "1125.11万元"),
        ("执行率61.911%。", "61.911%"),
        ("执行率62%。", "62%"),  # rounded without saying so
        ("执行率约63%。", "约63%"),
        ("满意度提高93个百分点。", "93个百分点"),
        ("研究报告于2022年12月完成。", "2022年12月"),
        ("研究报告于2022年11月21日完成。", "2022年11月21日"),
        ("根据财预〔2021〕10号。", "〔2021〕10号"),
        ("根据京财〔2020〕10号。", "〔2020〕10号"),
        ("形成《战略研究报告》。", "《战略研究报告》"),
        ("占比六成。", "六成"),
        ("超过半数的实验室参加。", "超过半数"),
        ("召开专家研讨会{F99}。", "{F99}"),
        ("召开专家研讨会5家。", "5家"),
        ("梳理国家重点实验室121余家。", "121余家"),
    ],
)
def test_what_has_no_fact_is_flagged(flagged, text, found):
    assert flagged(text) == [found]


def test_a_target_is_not_told_as_a_result(flagged):
    assert flagged("召开专家研讨会3次。") == ["3次"]
    assert flagged("实际完成120家。") == ["120家"]


def test_a_result_is_not_told_as_a_target(flagged):
    assert flagged("年度指标值为121家。") == ["121家"]


def test_figures_that_changed_places_are_caught(flagged):
    assert flagged("召开专家研讨会4次，发布政策解读5次。") == ["4次", "5次"]
    assert flagged("发布政策解读5次。") == ["5次"]


def test_every_span_is_where_it_says(flagged, scored):
    case, sheet = scored(*ROWS, money=MONEY)
    text = "①召开专家研讨会5次，满意度93%，另有88项。"
    result = verify_text(case, sheet, text)
    for span in (*result.supported, *result.unsupported):
        assert text[span.start : span.end] == span.text
    assert [span.text for span in result.supported] == ["5次", "93%"]
    assert all(span.fact for span in result.supported)


def test_each_figure_is_bound_to_the_cell_it_comes_from(scored):
    case, sheet = scored(*ROWS, money=MONEY)
    draft = template_draft(case, sheet, "goals[0].actual")
    facts = {fact.id: fact for fact in draft.facts}
    bound = {span.text: facts[span.fact].path for span in verify(draft.text, draft.facts).supported}
    assert bound["5次"] == "indicators[0].actual"
    assert bound["4次"] == "indicators[1].actual"
    assert bound["121家"] == "indicators[2].actual"
    assert bound["93%"] == "indicators[4].actual"


@given(st.data())
@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_altered_digit_passes(scored, data):
    """Change any one digit of any figure in a true text: the verifier notices, or the new figure is a fact too."""
    case, sheet = scored(*ROWS, money=MONEY, notes=(NOTE,))
    text = (
        "召开专家研讨会5次，发布政策解读4次，梳理国家重点实验室情况121家，研究报告于2022年11月20日完成，实验室满意度为93%，"
        "全年预算112.511万元，执行69.6559万元，执行率61.91%，未执行42.8551万元。"
    )
    assert verify_text(case, sheet, text).unsupported == ()
    places = [match.start() for match in re.finditer(r"\d", text)]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != text[at]]))
    altered = f"{text[:at]}{digit}{text[at + 1 :]}"
    spans = verify_text(case, sheet, altered).unsupported
    assert any(span.start <= at < span.end for span in spans), altered


def test_the_forms_own_texts_vouch_for_what_repeats_their_words(scored):
    case, sheet = scored(*ROWS)
    goal = case.goals[0].model_copy(update={"actual": "形成《协作分析报告》1部，走访66家，见京科〔2022〕8号"})
    case = case.model_copy(update={"goals": (goal,)})
    text = "形成《协作分析报告》，依据京科〔2022〕8号走访66家。"
    assert verify_text(case, sheet, text).unsupported == ()
    elsewhere = "培训机构66家。"  # the same figure, said of something else
    assert [span.text for span in verify_text(case, sheet, elsewhere).unsupported] == ["66家"]


def test_a_text_taken_from_a_model_vouches_for_titles_but_not_for_figures(scored):
    case, sheet = scored(*ROWS)
    said = "形成《协作分析报告》1部，走访66家，见京科〔2022〕8号"
    goal = case.goals[0].model_copy(update={"actual": said})
    draft = DraftRecord(path="goals[0].actual", text=said, source="model", state=DraftState.ACCEPTED)
    case = case.model_copy(update={"goals": (goal,), "drafts": (draft,)})
    text = "形成《协作分析报告》，依据京科〔2022〕8号走访66家。"
    assert [span.text for span in verify_text(case, sheet, text).unsupported] == ["66家"]


RENOVATION = (
    ("数量指标", "改造老旧小区数量", "≥12个", "13个", "10", "10"),
    ("数量指标", "屋面防水改造面积", "≥4.5万平方米", "4.62万平方米", "10", "10"),
    ("数量指标", "加装电梯数量", "20部", "18部", "10", "9"),
    ("质量指标", "工程验收合格率", "100%", "100%", "10", "10"),
    ("时效指标", "工程完工时间", "2022年10月31日前", "2022年11月15日", "10", "8"),
    ("成本指标", "单位改造成本", "≤350元/平方米", "328元/平方米", "10", "10"),
    ("效益指标", "惠及居民户数", "≥3500户", "3621户", "20", "20"),
    ("满意度指标", "居民满意度", "≥90%", "94.5%", "10", "10"),
)


@pytest.fixture
def site(scored):
    """The same for a building project of 2150.5 万元."""
    goal = "1.完成12个老旧小区改造，惠及居民3500户；2.加装电梯20部；3.居民满意度达到90%以上。"
    case, sheet = scored(*RENOVATION, money=("2150.5", "1897.36"), expected=goal)
    return lambda text: [span.text for span in verify_text(case, sheet, text).unsupported]


@pytest.mark.parametrize(
    "text",
    [
        "本年度完成13个老旧小区改造，惠及居民3621户，超额完成121户。",  # 3621 - 3500
        "完成屋面防水改造46200平方米，较指标值多0.12万平方米（1200平方米）。",  # 4.62 - 4.5
        "加装电梯十八部，完成率90%，较指标值少2部，扣1分。",  # 18 ÷ 20; 10 - 9
        "计划加装电梯20部，实际加装18部，占计划的90%。",
        "工程于2022年11月15日完工，晚于计划的2022年10月31日，较计划晚15天。",
        "单位改造成本为每平方米328元，低于350元的上限22元。",
        "居民满意度94.5%，高于指标值4.5个百分点；超过九成的居民表示满意。",
        "按照“两个覆盖”“三个清单”要求推进。",
        "计划改造12个小区、加装电梯20部。",
        "惠及居民3600余户。",
        "未执行253.14万元，执行率88.23%。",  # 2150.5 - 1897.36; 1897.36 ÷ 2150.5 = 0.88229...
    ],
)
def test_true_sentences_of_another_trade_pass(site, text):
    assert site(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("加装电梯20部。", ["20部"]),
        ("全部20部电梯均已投入使用。", ["20部"]),
        ("工程于2022年10月31日完工。", ["2022年10月31日"]),
        ("居民满意度90%。", ["90%"]),
        ("居民满意度88.23%。", ["88.23%"]),
        ("执行率94.5%。", ["94.5%"]),
        ("改造老旧小区18个、加装电梯13部。", ["18个", "13部"]),
        ("加装电梯2部。", ["2部"]),
        ("工程验收合格率90%。", ["90%"]),
        ("超过20部电梯投入使用。", ["超过20部"]),
        ("全年支出2150.5万元。", ["2150.5万元"]),
        ("加装电梯18部，比指标值少18部。", ["18部"]),
        ("加装电梯18部，未达到年度指标值12个。", ["12个"]),
        ("加装电梯自评得分10分，扣9分。", ["10分", "9分"]),
        ("对2018-2022年资料进行整理。", ["2018-2022年"]),
    ],
)
def test_a_right_figure_in_a_wrong_place_is_caught(site, text, found):
    assert site(text) == found


def test_what_another_text_of_the_form_says_too_is_not_held_against_it(scored):
    case, sheet = scored(*ROWS)
    goal = case.goals[0].model_copy(update={"actual": "分维度梳理了121家国家重点实验室。"})
    case = case.model_copy(update={"goals": (goal,)})
    for text in (
        "梳理了121家国家重点实验室。",
        "分维度梳理了121家国家重点实验室。",
        "分维度梳理了一百二十一家国家重点实验室。",
    ):
        assert verify_text(case, sheet, text).unsupported == (), text
    assert [span.text for span in verify_text(case, sheet, "分维度梳理了112家。").unsupported] == ["112家"]


@pytest.mark.parametrize(
    "text",
    [
        "003号桥按时完成加固。",
        "005号楼不在本项目内。",  # another kind of thing: only bridges are told apart by numbers here
        "119指挥中心与110、120、122三台联动，24小时驻勤备战。",
        "5G回传、3S技术与4·23世界读书日活动结合，与三校区、两社区结对。",
        "存在两个不足：一是资源少，二是人手紧。",
    ],
)
def test_numbers_in_names_are_no_figures(scored, text):
    case, sheet = scored(("数量指标", "加固003号桥", "1座", "1座", "10", "10"))
    assert verify_text(case, sheet, text).unsupported == ()


def test_another_number_than_that_of_the_forms_bridge_is_flagged(scored):
    case, sheet = scored(("数量指标", "加固003号桥", "1座", "1座", "10", "10"))
    assert [span.text for span in verify_text(case, sheet, "005号桥按时完成加固。").unsupported] == [
        "005号桥"
    ]
