"""``起草 模型`` in the line-by-line interview, in a process of its own, against the service of these tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain.case import DraftState
from assistant.store.casefile import load

SAMPLE = Path(__file__).parents[2] / "config" / "samples" / "demo.ziping.json"
GO, ASK, TAKE = "跳 偏差原因", "起草 模型", "采用"
PATH = "indicators[0].reason"


@pytest.fixture
def talk(tmp_path, no_real_home, service):
    """Answer the interview on a copy of the sample line by line; gives what was said and the form as it then is."""
    path = tmp_path / "案卷.ziping.json"
    path.write_bytes(SAMPLE.read_bytes())

    def run(*lines: str, code: int = 0):
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        chosen = {"ZIPING_BASE_URL": service.url, "ZIPING_MODEL": "m", "ZIPING_HOME": str(no_real_home)}
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "fill", "--plain", str(path)],
            input="\n".join(lines),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=kept | chosen,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr, load(path)

    return run


def test_nothing_is_sent_before_the_user_has_seen_all_of_it_and_asked_again(talk, service):
    service.says("好。")
    said, case = talk(GO, ASK, "退出")
    assert service.requests == []
    assert f"将发给 {service.url}/chat/completions（m）" in said
    assert '"messages"' in said
    assert "再输入一次“起草 模型”" in said
    assert case == load(SAMPLE)


def test_a_draft_agreed_to_is_said_then_taken_and_the_second_needs_no_consent(talk, service):
    service.says("项目按计划完成。")
    said, case = talk(GO, ASK, ASK, TAKE, "退出")
    assert "草稿（模型 m）：\n  项目按计划完成。" in said
    assert "这一稿发出 210、收到 34 个词元" in said
    assert case.indicators[0].reason == "项目按计划完成。"
    record = case.drafts[-1]
    assert (record.source, record.model, record.state) == ("model", "m", DraftState.ACCEPTED)
    assert record.made_at
    assert len(service.requests) == 1
    talk(GO, ASK, "退出")
    assert len(service.requests) == 2


def test_a_figure_without_support_is_told_and_not_taken(talk, service):
    service.says("完成87次。")
    said, case = talk(GO, ASK, ASK, TAKE, "退出", code=2)  # a line that was not followed ends a script
    assert "没有依据：87次" in said
    assert "不能照收" in said
    assert case.indicators[0].reason == load(SAMPLE).indicators[0].reason


def test_a_model_that_goes_in_circles_gives_way_to_the_template(talk, service):
    service.says("完成情况：", *["1."] * 60)
    said, _ = talk(GO, ASK, ASK, "退出")
    assert "草稿（模板）：" in said
    assert "模型不停重复，已停下" in said


def test_a_service_that_refuses_is_one_sentence_and_the_template_is_named(talk, service):
    service.play(service.refusal(402))
    said, case = talk(GO, ASK, ASK, "退出")
    assert "模型服务的账户余额不足" in said
    assert "可以直接输入“起草”用模板" in said
    assert "Traceback" not in said
    assert case.drafts == load(SAMPLE).drafts
