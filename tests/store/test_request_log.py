"""The log of requests to models: metadata alone, for the user alone, bounded."""

from __future__ import annotations

import json
import logging
import stat
import sys

import pytest

from assistant.cli.main import run as main
from assistant.domain.case import Case
from assistant.store import request_log
from assistant.store.casefile import save
from assistant.store.locations import locations
from assistant.store.request_log import LOGGER, keep_requests, read_requests


@pytest.fixture(autouse=True)
def listening():
    """Every test begins and ends with a logger nobody listens to."""
    logger = logging.getLogger(LOGGER)
    before = logger.handlers[:], logger.level, logger.propagate
    yield
    for handler in logger.handlers:
        if handler not in before[0]:
            handler.close()
    logger.handlers[:], logger.level, logger.propagate = before


def ask(number: int) -> None:
    """One request is over."""
    logging.getLogger(LOGGER).info("request", extra={"request": {"at": "t", "sent": number}})


def test_each_request_is_one_line_only_the_user_can_read(tmp_path):
    path = tmp_path / "state" / "requests.jsonl"
    keep_requests(path)
    keep_requests(path)
    ask(1)
    logging.getLogger(LOGGER).info("not a request")

    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == [{"at": "t", "sent": 1}]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_log_does_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(request_log, "LARGEST", 400)
    path = tmp_path / "requests.jsonl"
    keep_requests(path)
    for number in range(100):
        ask(number)

    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["requests.jsonl", "requests.jsonl.1", "requests.jsonl.2"]
    assert all(file.stat().st_size <= 400 for file in files)
    kept = [request["sent"] for request in read_requests(path)]
    assert kept == list(range(100))[-len(kept) :]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files) or sys.platform == "win32"


def test_a_disk_that_refuses_disturbs_nobody(tmp_path, capsys):
    (tmp_path / "state").write_text("a file where the folder should be")
    keep_requests(tmp_path / "state" / "requests.jsonl")
    ask(1)
    assert capsys.readouterr() == ("", "")


def test_a_broken_line_is_passed_over(tmp_path):
    path = tmp_path / "requests.jsonl"
    path.write_bytes(b'{"sent": 1}\n{"sent": \n[2]\n\xff\xfe\n{"sent": 3}\n')
    assert [request["sent"] for request in read_requests(path)] == [1, 3]


def test_ziping_log_lists_them(capsys):
    assert main(["log"]) == 0
    assert "还没有" in capsys.readouterr().out
    keep_requests(locations().requests)
    request = {
        "at": "2023-03-01T09:00:00+08:00",
        "host": "10.0.0.5",
        "model": "m",
        "outcome": "ok",
        "first_ms": None,
    }
    logging.getLogger(LOGGER).info("request", extra={"request": request})

    assert main(["log"]) == 0
    shown = capsys.readouterr().out
    assert "10.0.0.5" in shown
    assert "完成" in shown
    assert main(["log", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["requests"] == [request]


def test_drafting_leaves_no_word_in_the_log(tmp_path, capsys, monkeypatch):
    """Nobody answers at the address: the request is kept with how it ended, and nothing of the form."""
    path = tmp_path / "a.ziping.json"
    save(path, Case(year=2022, project="独有的项目名称", goals=[{"expected": "开展独有的活动5场"}]))
    monkeypatch.setenv("ZIPING_API_KEY", "sk-distinctive-0123456789")
    monkeypatch.setenv("ZIPING_ATTEMPTS", "1")
    assert main(["draft", str(path), "--base-url", "http://127.0.0.1:9/v1", "--model", "m"]) == 3
    capsys.readouterr()

    (request,) = read_requests(locations().requests)
    assert request["host"] == "127.0.0.1"
    assert request["purpose"] == "actual_result"
    assert request["outcome"] == "Busy"
    kept = locations().requests.read_text("utf-8")
    assert "独有" not in kept
    assert "sk-" not in kept
