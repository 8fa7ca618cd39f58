"""Ways of telling that were met on forms of other fields: true ones pass, a false figure beside them is flagged.

Figures by hand: 5840 - 5830 = 10; 288 - 285 = 3; 331 - 278 = 53, 53 ÷ 331 = 16.01%; 86 - 84 = 2; 512 ÷ 124 = 4.13;
5520 ÷ 46 = 120; 1976 × 305 = 602,680; 2024-12-13 is 13 days after 2024-11-30.
"""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case
from assistant.drafting.facts import facts_for
from assistant.drafting.service import verify_text
from assistant.scoring.engine import score_case

ROWS = (
    ("监测合格率", "100%", "99.83%（5840条记录中合格5830条）"),
    ("防护装备验收合格率", "100%", "98.96%(288件套中285件套合格)"),
    ("生长势正常比例", "≥85%", "83.99%（331株中278株）"),
    ("保障线路数", "86条", "84条"),
    ("装备列装时间", "2024年11月30日前", "2024年12月13日"),
    ("暴雨预警平均提前量", "≥60分钟", "82分钟"),
    ("全年图书外借册次", "≥62万册次", "68.2万册次（上年55万册次）"),
    ("目标女生接种覆盖率", "≥90%", "92.33%（在册3310人，接种3056人）"),
    ("单株日常养护成本", "≤2200元/株·年", "2050元/株·年"),
    ("维护已建区域自动站", "124个", "124个"),
    ("站点巡检站次", "≥496站次", "512站次"),
    ("安装保护围栏", "≥1900米", "1976米"),
    ("保护围栏单价", "≤320元/米", "305元/米"),
    ("宣教讲座场次", "≥40场次", "46场次（服务5520人次）"),
)
FORM = Case.model_validate(
    {
        "profile": "central-2020",
        "year": 2024,
        "project": "综合项目",
        "money_unit": "万元",
        "funds": [
            {"label": "年度资金总额", "initial": "1860", "budget": "2045", "executed": "1963.2"},
            {"label": "其中:当年财政拨款", "initial": "1500", "budget": "1500", "executed": "1500"},
            {"label": "其他资金", "initial": "360", "budget": "545", "executed": "463.2"},
        ],
        "goals": [{"expected": "做好各项工作。"}],
        "indicators": [
            {"level1": "产出指标", "level3": name, "target": target, "actual": actual, "weight": "5"}
            for name, target, actual in ROWS
        ],
    }
)
SHEET = score_case(FORM, load_profile("central-2020"))
NARRATIVE = "goals[0].actual"


def reason(row: int) -> str:
    return f"indicators[{row}].reason"


@pytest.mark.parametrize(
    ("path", "true", "false", "flagged"),
    [
        (reason(0), "5840条记录中有10条超出范围，已隔离。", "5840条记录中有12条超出范围，已隔离。", "12条"),
        (reason(0), "10条记录不合格。", "合格10条，其余不合格。", "10条"),
        (reason(1), "288件套中有3件套首次验收未过。", "288件套中有4件套首次验收未过。", "4件"),
        (reason(2), "331株中53株长势偏弱，占16.01%。", "331株中53株长势偏弱，占19.01%。", "19.01%"),
        (reason(3), "2条重复线路并入其他线路。", "2条重复线路建成通车。", "2条"),
        (reason(3), "86条线路中有2条被合并。", "86条线路中有3条被合并。", "3条"),
        (reason(4), "列装由11月30日推迟至12月13日，延误13天。", "列装于11月30日完成。", "11月30日"),
        (reason(4), "列装由11月底顺延至12月13日。", "列装由10月底顺延至12月13日。", "10月底"),
        (NARRATIVE, "暴雨预警平均提前82分钟。", "暴雨预警平均提前60分钟。", "60分钟"),
        (NARRATIVE, "全年外借68.2万册次，比上年增长24%。", "全年外借55万册次，比上年增长24%。", "55万册次"),
        (NARRATIVE, "接种3056人，占3310名目标女生的92.33%。", "接种3056人，占3310名目标女生的93.23%。", "93.23%"),
        (NARRATIVE, "单株养护费2050元。", "单株养护费2200元。", "2200元"),
        (NARRATIVE, "按2050元/株计。", "按2500元/株计。", "2500元/株"),
        (NARRATIVE, "维护已建站124个,巡检512站次,平均每站4.13次。", "维护已建站124个,巡检512站次,平均每站3.14次。", "3.14次"),
        (NARRATIVE, "举办讲座46场次，服务5520人次，平均每场120人次。", "举办讲座46场次，服务5520人次，平均每场210人次。", "210人次"),
        (NARRATIVE, "围栏1976米按305元/米计约60.27万元。", "围栏1976米按305元/米计约62.07万元。", "62.07万元"),
        (NARRATIVE, "年末外借68.2万册次，分四个季度核对。", "上年末外借68.2万册次，分五个季度核对。", "五个季度"),
        (NARRATIVE, "其中当年财政拨款1500万元全部支出。", "其中当年财政拨款1550万元全部支出。", "1550万元"),
    ],
)  # fmt: skip
def test_a_true_sentence_passes_and_a_false_figure_in_it_is_flagged(
    path: str, true: str, false: str, flagged: str
) -> None:
    assert [(span.text, span.why) for span in verify_text(FORM, SHEET, true, path).unsupported] == []
    assert any(flagged in span.text for span in verify_text(FORM, SHEET, false, path).unsupported), (
        "told as true"
    )


def test_figures_are_told_where_the_text_has_them_whatever_its_commas() -> None:
    text = "维护已建站124个,巡检522站次,平均每站4.13次。"
    (span,) = [one for one in verify_text(FORM, SHEET, text, NARRATIVE).unsupported if "站次" in one.text]
    assert text[span.start : span.end] == span.text == "522站次"


def test_a_model_is_told_how_many_of_the_whole_are_not_the_part() -> None:
    facts = {fact.label: (fact.text, fact.formula) for fact in facts_for(FORM, SHEET, reason(0))}
    assert facts["实际完成值（合格以外）"] == ("10条", "5840 - 5830")


def test_a_narrative_is_asked_for_the_results_and_held_against_the_whole_form() -> None:
    asked = {fact.label for fact in facts_for(FORM, SHEET, NARRATIVE)}
    assert "其中:当年财政拨款（全年执行数）" not in asked
    assert verify_text(FORM, SHEET, "其他资金支出463.2万元。", NARRATIVE).unsupported == ()
