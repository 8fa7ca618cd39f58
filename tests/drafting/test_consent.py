"""``ziping draft`` at a terminal: what would be sent is shown and asked about, once for each case and address."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from assistant.cli.main import run

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


def test_in_a_script_the_command_is_the_agreement(draft, service):
    assert "将发给" not in draft("", io.StringIO)
    assert len(service.requests) == 1
