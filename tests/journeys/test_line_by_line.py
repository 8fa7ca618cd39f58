"""The form filled in through a pipe, without any screen: what a screen reader or a script sees and leaves behind."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain.case import blank_case
from assistant.resources import shipped
from assistant.store.casefile import save

REASON = "因两次会议合并召开，实际少开一次。由业务处于2023年3月底前补开，并按季度排定会议计划。"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    sample = shipped("config") / "samples" / "demo.ziping.json"
    path = tmp_path / "job.ziping.json"
    path.write_text(sample.read_text("utf-8"), "utf-8")
    return path


def converse(case: Path, *lines: str, code: int = 0, options: tuple[str, ...] = ()) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "fill", str(case), "--plain", *options],
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == code, said
    return said


def saved(case: Path) -> dict:
    return json.loads(case.read_text("utf-8"))


def test_a_result_its_points_the_reason_and_the_document_through_a_pipe(case: Path) -> None:
    said = converse(case, "跳 科研协作", "2次", "算", REASON, "检查", "导出", "退出")
    assert "年度指标值：≥3次，意思是：不少于 3 次。分值 1.00。" in said
    # 1 × 2 ÷ 3 = 0.67; 95.19 - 1 + 0.67 = 94.86
    assert "算式：2 ÷ 3 = 66.67%；1 × 2 ÷ 3 = 0.67。" in said
    assert "总分从 95.19 变为 94.86，减少 0.33，因为未达指标值。" in said
    assert "得分。按规则是 0.67，输入“算”采用。" in said
    assert "检查结果：" in said
    row = saved(case)["indicators"][1]
    assert (row["actual"], row["score"], row["reason"]) == ("2次", "0.67", REASON)
    assert REASON in (case.parent / "job.md").read_text("utf-8")


def test_enter_keeps_everything_and_the_end_of_the_input_is_a_good_end(case: Path) -> None:
    before = saved(case)
    converse(case, *[""] * 200)
    assert saved(case) == before


def test_what_was_answered_is_saved_although_the_input_breaks_off(case: Path) -> None:
    converse(case, "跳 实验室满意度", "95%")
    assert saved(case)["indicators"][17]["actual"] == "95%"


def test_an_answer_says_what_it_took_the_place_of_and_words_for_moving_are_no_answers(case: Path) -> None:
    said = converse(case, "", "下一项", "返回", "市文化局", "撤销")
    assert "“主管部门”已改，原来是“北京市科学技术委员会”。" in said
    assert "已撤销：主管部门" in said
    assert saved(case)["department"] == "北京市科学技术委员会"


def test_clearing_is_a_word_of_its_own_and_can_be_undone(case: Path) -> None:
    name = saved(case)["project"]
    converse(case, "清空", "撤销", "退出")
    assert saved(case)["project"] == name
    said = converse(case, "清空", "撤销", "重做", "退出")
    assert "已清空“项目名称”，可以撤销。已保存。" in said
    assert saved(case)["project"] == ""


def test_a_step_that_does_not_work_stops_a_script_before_it_fills_the_wrong_cell(case: Path) -> None:
    before = saved(case)
    said = converse(case, "跳 没有这一行", "2次", code=2)
    assert "输入的这一行没有照办：跳 没有这一行。" in said
    assert saved(case) == before
    said = converse(case, "算", "2次", code=2)
    assert "这一格没有算得出的数" in said
    assert saved(case) == before


def test_a_year_that_is_none_is_kept_as_written_and_questioned(case: Path) -> None:
    said = converse(case, "跳 预算年度", "明年", "上", "退出")
    assert "看不出是哪一年，请写四位年份，如 2024。" in said
    assert "现在：明年" in said


def test_command_words_can_be_written_as_content_and_several_lines_end_at_their_mark(case: Path) -> None:
    converse(case, "写 检查", "跳 预期目标", "多行", "目标一；", "目标二。", "完", "退出")
    assert saved(case)["project"] == "检查"
    assert saved(case)["goals"][0]["expected"] == "目标一；\n目标二。"


def test_nothing_is_drawn_and_no_escape_codes_are_printed(case: Path) -> None:
    said = converse(case, "目录", "检查", "？", "退出")
    assert not re.search(r"[\x1b\u2500-\u259f]", said)
    assert "第 39 问：绩效指标第2行" in said
    assert "怎么填：写预算批复里的项目全称。" in said


def test_an_empty_form_is_asked_in_full(tmp_path: Path) -> None:
    path = tmp_path / "new.ziping.json"
    save(path, blank_case("central-2020", 2024))
    answers = {
        "三级指标": "培训场次",
        "年度指标值": "≥4场",
        "分值": "20",
        "实际完成值": "3场",
        "得分": "算",
    }
    said = converse(path, "某项目", "跳 三级指标", *answers.values(), "加行", "培训人数", "退出")
    rows = saved(path)["indicators"]
    # 20 × 3 ÷ 4 = 15
    assert (rows[0]["level3"], rows[0]["target"], rows[0]["actual"], rows[0]["score"]) == (
        "培训场次",
        "≥4场",
        "3场",
        "15.00",
    )
    assert rows[1]["level3"] == "培训人数"
    assert saved(path)["project"] == "某项目"
    assert "算式：3 ÷ 4 = 75.00%；20 × 3 ÷ 4 = 15" in said


def test_a_refused_export_is_said_and_shows_in_the_exit_code(case: Path) -> None:
    said = converse(case, "导出 表.exe", "退出", code=1)
    assert "没有导出：不能导出为“.exe”。" in said
    said = converse(case, f"导出 {case}", "退出", code=1)
    assert "这是案卷文件本身。" in said


def test_a_new_form_is_made_without_any_screen_and_never_over_another(tmp_path: Path, case: Path) -> None:
    path = tmp_path / "new.ziping.json"
    converse(path, "某项目", "退出", options=("--new", "--profile", "sichuan-2023"))
    assert (saved(path)["project"], saved(path)["profile"]) == ("某项目", "sichuan-2023")
    assert "已经存在" in converse(case, "某项目", options=("--new",), code=2)
    assert "没有编号为“no-such”的规则" in converse(case, "某项目", options=("--profile", "no-such"), code=2)


def test_what_the_import_was_not_sure_of_is_said_at_its_cell(case: Path) -> None:
    form = saved(case)
    form["doubts"] = [{"path": "project", "raw": "图书角？", "why": "字迹不清。"}]
    case.write_text(json.dumps(form, ensure_ascii=False), "utf-8")
    assert "读入时存疑，原文是“图书角？”：字迹不清。" in converse(case, "退出")


def test_words_do_not_take_the_place_of_a_number_unless_said_to_be_meant(case: Path) -> None:
    said = converse(case, "跳 科研协作", "原因是会议合并", code=2)
    assert "“实际完成值”现在是“5次”，“原因是会议合并”里没有数，没有改。" in said
    assert "请输入：写 原因是会议合并" in said
    assert saved(case)["indicators"][1]["actual"] == "5次"
    converse(case, "跳 科研协作", "写 未开展", "退出")
    assert saved(case)["indicators"][1]["actual"] == "未开展"
    converse(case, "跳 科研协作", "三次", "退出")
    assert saved(case)["indicators"][1]["actual"] == "三次"
