"""At a terminal, what would be sent is shown and asked about before a form goes out: once for each form and address."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from assistant.cli.main import run
from assistant.drafting.variants import VARIANTS
from assistant.store.casefile import load, save
from tests.season.forms import small

SAMPLE = Path(__file__).parents[2] / "config" / "samples" / "demo.ziping.json"


class Terminal(io.StringIO):
    """A stream with somebody in front of it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def draft(tmp_path, service, monkeypatch):
    """Draft the first reason of a copy of the sample with *answer* typed; gives what standard error said."""
    path = tmp_path / "案卷.ziping.json"
    path.write_bytes(SAMPLE.read_bytes())
    monkeypatch.setenv("ZIPING_BASE_URL", service.url)
    monkeypatch.setenv("ZIPING_MODEL", "m")
    service.says("项目按计划完成。")

    def typed(answer: str, stream: type[io.StringIO] = Terminal) -> str:
        monkeypatch.setattr(sys, "stdin", stream(answer))
        monkeypatch.setattr(sys, "stderr", said := stream())
        assert run(["draft", str(path), "--row", "1"]) == 0
        return said.getvalue()

    return typed


def test_all_that_would_be_sent_is_shown_and_only_a_yes_sends_it(draft, service, capsys):
    said = draft("\n")
    assert service.requests == []
    assert f"将发给 {service.url}/chat/completions（m）" in said
    assert '"messages"' in said
    assert "没有发送，用模板起草。" in said
    assert "（模板）" in capsys.readouterr().out
    draft("是\n")
    assert len(service.requests) == 1


def test_a_case_is_asked_about_once(draft, service):
    draft("是\n")
    assert "将发给" not in draft("")
    assert len(service.requests) == 2


@pytest.fixture
def command(service, monkeypatch):
    """Run a command against the service with *answer* typed at a terminal; gives what standard error said."""
    monkeypatch.setenv("ZIPING_BASE_URL", service.url)
    monkeypatch.setenv("ZIPING_MODEL", "m")
    service.says("项目按计划完成。")

    def typed(answer: str, *words: str) -> str:
        monkeypatch.setattr(sys, "stdin", Terminal(answer))
        monkeypatch.setattr(sys, "stderr", said := Terminal())
        run(words)
        return said.getvalue()

    return typed


@pytest.fixture
def forms(tmp_path):
    """A folder with two forms, each with one text to write."""
    folder = tmp_path / "表"
    folder.mkdir()
    for name in ("甲", "乙"):
        save(folder / f"{name}.ziping.json", small(name))
    return folder


def test_a_folder_is_asked_about_once_with_all_that_will_go(command, forms, service):
    said = command("是\n", "batch", str(forms), "--draft")
    first = json.dumps(service.requests[0], ensure_ascii=False)
    assert f"将发给 {service.url}/chat/completions（m）：2 份表的 2 段" in said
    assert first in said  # to the letter
    sizes = [len(json.dumps(one, ensure_ascii=False).encode()) for one in service.requests[:2]]
    assert f"共 {sum(sizes)} 字节" in said
    assert load(forms / "甲.ziping.json").drafts[0].model == "m"


def test_a_folder_nobody_agreed_to_is_drafted_by_templates(command, forms, service):
    assert "没有发送，用模板起草。" in command("不\n", "batch", str(forms), "--draft")
    assert service.requests == []
    assert load(forms / "甲.ziping.json").drafts[0].source == "template"


def test_only_a_form_that_was_not_agreed_to_is_asked_about_again(command, forms, service):
    command("是\n", "batch", str(forms), "--draft")
    save(forms / "丙.ziping.json", small("丙"))
    assert "1 份表的 1 段" in command("是\n", "batch", str(forms), "--draft")
    assert "将发给" not in command("", "draft", str(forms / "丙.ziping.json"))


def test_a_report_is_asked_about_as_well(command, forms, service):
    said = command("不\n", "report", str(forms / "甲.ziping.json"))
    assert "将发给" in said
    assert service.requests == []


def test_names_of_units_sent_as_they_are_by_choice_are_told(command, forms, service, monkeypatch):
    monkeypatch.setenv("ZIPING_MASK_UNITS", "false")
    assert "姓名、电话已遮盖，单位名称照原样发出" in command("不\n", "batch", str(forms), "--draft")


def test_three_ways_are_asked_for_as_chosen(draft, command, service, capsys):
    path = str(SAMPLE)
    command("是\n", "draft", path, "--row", "1", "--variants", "length", "--json")
    told = json.loads(capsys.readouterr().out)
    assert [one["variant"] for one in told["drafts"]] == ["短", "中", "长"]
    asked = [one["messages"][1]["content"] for one in service.requests]
    assert [sum(wish in text for text in asked) for wish in VARIANTS["length"].wishes.values()] == [1, 1, 1]


def test_three_ways_need_a_model(monkeypatch, capsys):
    assert run(["draft", str(SAMPLE), "--row", "1", "--variants", "--offline"]) == 3
    assert "写不了三种写法" in capsys.readouterr().err


def test_in_a_script_the_command_is_the_agreement(draft, service):
    assert "将发给" not in draft("", io.StringIO)
    assert len(service.requests) == 1
