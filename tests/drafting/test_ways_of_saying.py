"""The same fact told in other ways: the true sentence passes, the one beside it with a false figure is flagged.

Figures by hand: 113 ÷ 120 = 94.17%, 120 - 113 = 7, 7 ÷ 120 = 5.83%; 0.21 ÷ 0.9 = 23.33%; 298.6 ÷ 360 = 82.94%;
263,000 人次 ÷ 4,386 人 = 59.96; (46,000 - 44,820) ÷ 46,000 = 2.57%; (8 - 6) ÷ 6 = 33.33%; 52 ÷ 12 = 4.33; 0.18 ÷ 0.5 = 36%.
"""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case
from assistant.drafting.service import verify_text
from assistant.scoring.engine import score_case

FORM = Case.model_validate(
    {
        "profile": "central-2020",
        "year": 2024,
        "project": "综合保障项目",
        "money_unit": "万元",
        "funds": [
            {"label": "年度资金总额", "initial": "1560", "budget": "1560", "executed": "1498.6"},
            {"label": "其中：当年财政拨款", "initial": "1200", "budget": "1200", "executed": "1200"},
            {"label": "其他资金", "initial": "360", "budget": "360", "executed": "298.6"},
        ],
        "goals": [{"expected": "做好保障。"}],
        "indicators": [
            {"level1": "产出指标", "level3": "专业队人数", "target": "120人", "actual": "113人", "weight": "10"},
            {"level1": "产出指标", "level3": "适老化改造户数", "target": "300户", "actual": "287户", "weight": "10"},
            {"level1": "产出指标", "level3": "系统巡检次数", "target": "52次", "actual": "52次", "weight": "10"},
            {"level1": "产出指标", "level3": "配备无人机", "target": "≥6架", "actual": "8架", "weight": "10"},
            {"level1": "产出指标", "level3": "服务老人数", "target": "≥4200人", "actual": "4386人", "weight": "10"},
            {"level1": "产出指标", "level3": "居家服务人次", "target": "25万人次", "actual": "26.3万人次", "weight": "10"},
            {"level1": "产出指标", "level3": "报告差错率", "target": "≤0.5%", "actual": "0.18%", "weight": "10"},
            {"level1": "效益指标", "level3": "森林火灾受害率", "target": "≤0.9‰", "actual": "0.21‰", "weight": "20"},
            {
                "level1": "产出指标",
                "level3": "维修改造面积",
                "target": "46000平方米",
                "actual": "44820平方米",
                "weight": "10",
            },
        ],
    }
)  # fmt: skip
SHEET = score_case(FORM, load_profile("central-2020"))


@pytest.mark.parametrize(
    ("true", "false", "flagged"),
    [
        ("专业队编制120人，年末在岗113人。", "专业队编制120人，年末在岗118人。", "118人"),
        ("专业队实有113人，缺员7人，到岗率94.17%。", "专业队实有113人，缺员7人，到岗率97.14%。", "97.14%"),
        ("专业队编制120人，在岗113人，缺7人，缺额占5.8%。", "专业队编制120人，在岗113人，缺7人，缺额占8.5%。", "8.5%"),
        ("适老化改造300户中有13户退出。", "适老化改造300户中有31户退出。", "31户"),
        ("适老化改造300户中有13户退出。", "适老化改造300户中有13户完成。", "13户"),
        ("适老化改造300户中有13户未完成。", "适老化改造300户中有13户完成改造，未发生投诉。", "13户"),
        ("完成系统巡检52次，平均每周1次。", "完成系统巡检52次，平均每周2次。", "2次"),
        ("配备无人机8架，比目标超出三分之一。", "配备无人机8架，比目标超出四分之一。", "四分之一"),
        ("居家服务26.3万人次，服务老人4386人，人均约60次。", "居家服务26.3万人次，服务老人4386人，人均约80次。", "80次"),
        ("森林火灾受害率0.21‰，不到控制线的四分之一。", "森林火灾受害率0.21‰，不到控制线的三分之二。", "三分之二"),
        ("报告差错率0.18%，不到上限0.5%的四成。", "报告差错率0.18%，不到上限0.5%的两成。", "两成"),
        ("维修改造面积44820平方米，偏差2.57%。", "维修改造面积44820平方米，偏差5.27%。", "5.27%"),
        ("其他资金支出298.6万元，执行率82.94%。", "其他资金支出298.6万元，执行率89.42%。", "89.42%"),
        ("9项指标完成6项，未完成的3项已列入明年计划。", "9项指标完成6项，未完成的4项已列入明年计划。", "4项"),
        ("9项指标中已完成6项，尚有3项没有完成。", "9项指标中已完成6项，尚有2项没有完成。", "2项"),
        ("系统巡检月均4.33次，人均服务59.96次。", "系统巡检月均4.33次，每人平均服务0次。", "0次"),
        ("财政拨款全部支出，执行率100%。", "其他资金支出298.6万元，执行率100%。", "100%"),
        (
            "居家服务超计划1.3万人次，系统巡检52次，服务老人4386人。",
            "居家服务超计划3.1万人次，系统巡检52次，服务老人4386人。",
            "3.1万人次",
        ),
    ],
)  # fmt: skip
def test_a_true_sentence_passes_and_a_false_figure_in_it_is_flagged(
    true: str, false: str, flagged: str
) -> None:
    assert [(span.text, span.why) for span in verify_text(FORM, SHEET, true).unsupported] == []
    assert any(flagged in span.text for span in verify_text(FORM, SHEET, false).unsupported), "told as true"
