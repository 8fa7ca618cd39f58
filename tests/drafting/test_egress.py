"""Where bytes go, and what they leave behind: whole journeys in a process of their own that notes every host."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.catalogue.settings import load_settings
from assistant.domain.case import Case, FundRow, Goal, Indicator, Note, Person
from assistant.domain.errors import DraftingRefused
from assistant.drafting.drafter import Finished
from assistant.drafting.privacy import secrecy_words
from assistant.drafting.service import drafter_for, request_for
from assistant.drafting.wire import Wire, checked_url
from assistant.store.casefile import save

KEY = "sk-Zq7distinctive0000key"
NAME, PHONE, IDENTITY = "欧阳绮罗", "13987650001", "110105199003077735"
JOURNEY = Path(__file__).with_name("journey.py")


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    """A form with a person, a telephone and an identity number in it, in places where clerks put them."""
    path = tmp_path / "work" / "表.ziping.json"
    path.parent.mkdir()
    case = Case(
        year=2022,
        project="社区服务",
        people=(Person(role="项目负责人", name=NAME, phone=PHONE),),
        funds=(FundRow(label="年度资金总额", budget="100", executed="60", weight="10"),),
        goals=(Goal(expected="举办活动5场"),),
        indicators=(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                level3="举办活动场次",
                target="5场",
                actual="3场",
                weight="10",
                score="6",
            ),
        ),
        notes=(Note(path="indicators[0].reason", text=f"{NAME}（{IDENTITY}，{PHONE}）住院，两场活动取消"),),
    )
    save(path, case)
    return path


def journey(home: Path, commands: list[list[str]], **variables: str) -> tuple[dict[str, Any], str]:
    """Run *commands* in one process; its codes and hosts, and all that it printed."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [sys.executable, str(JOURNEY)],
        input=json.dumps(commands).encode(),
        capture_output=True,
        env=kept | {"ZIPING_HOME": str(home), "PYTHONIOENCODING": "utf-8"} | variables,
        check=False,
    )
    printed = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, printed
    return json.loads(done.stdout.decode().splitlines()[-1]), printed


def whole_journey(case_file: Path) -> list[list[str]]:
    """Import, check, draft, verify, export, and a folder of forms."""
    folder, case = case_file.parent, str(case_file)
    document, copy = str(folder / "表.docx"), str(folder / "读回.ziping.json")
    return [
        ["export", case, "--to", "docx", "-o", document],
        ["read", document, "-o", copy],
        ["check", copy],
        ["draft", case, "--json"],
        ["verify", case, "--text", "举办活动4场，完成60%"],
        *(
            ["export", case, "--to", kind, "--public", "-o", str(folder / f"公开.{kind}")]
            for kind in ("md", "json", "html")
        ),
        ["batch", str(folder), "-o", str(folder / "汇总"), "--jobs", "1"],
    ]


def files_with(folder: Path, *words: str) -> list[str]:
    """Files under *folder* in which one of *words* stands."""
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    )


def test_without_a_model_no_socket_is_used_at_all(no_real_home, case_file):
    told, _ = journey(no_real_home, whole_journey(case_file))
    assert told["hosts"] == []


def test_with_a_model_only_its_host_is_asked(no_real_home, case_file, service):
    service.says("举办活动{F9}，未达到指标值。")
    told, _ = journey(
        no_real_home,
        whole_journey(case_file),
        ZIPING_BASE_URL=service.url,
        ZIPING_MODEL="m",
        ZIPING_API_KEY=KEY,
        HTTP_PROXY="http://proxy.evil.test:8080",
        ALL_PROXY="http://proxy.evil.test:8080",
    )
    assert told["hosts"] == ["127.0.0.1"]
    assert service.requests


def test_a_redirect_to_another_host_is_not_followed(no_real_home, case_file, service):
    service.play(service.refusal(307, Location="http://collector.evil.test/v1/chat/completions"))
    told, printed = journey(
        no_real_home,
        [["draft", str(case_file)]],
        ZIPING_BASE_URL=service.url,
        ZIPING_MODEL="m",
        ZIPING_API_KEY=KEY,
    )
    assert told["hosts"] == ["127.0.0.1"]
    assert told["codes"] == [3]
    assert "没有跟随" in printed


def test_neither_the_key_nor_masked_data_stay_anywhere(no_real_home, case_file, service):
    """The service even sends the key back in its error; the form itself keeps what the user typed, nothing else does."""
    service.play(
        service.stream("举办活动{F9}，【待补充：原因】。"),
        service.stream("举办活动{F9}，【待补充：原因】。"),
        service.refusal(401, json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}})),
    )
    told, printed = journey(
        no_real_home,
        [*whole_journey(case_file), ["draft", str(case_file)], ["config", "show"], ["log"]],
        ZIPING_BASE_URL=service.url,
        ZIPING_MODEL="m",
        ZIPING_API_KEY=KEY,
    )

    assert told["codes"][-3] == 3
    assert KEY not in printed
    assert "Traceback" not in printed
    assert files_with(case_file.parent.parent, KEY) == []
    assert files_with(no_real_home, KEY, NAME, PHONE, IDENTITY) == []
    public = [name for name in files_with(case_file.parent, NAME, PHONE, IDENTITY) if name.startswith("公开")]
    assert public == []
    assert (case_file.parent / "公开.md").stat().st_size > 0
    sent = json.dumps(service.requests, ensure_ascii=False)
    assert not any(word in sent for word in (KEY, NAME, PHONE, IDENTITY))


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_what_a_journey_leaves_in_the_home_is_for_the_user_alone(no_real_home, case_file, service):
    service.says("好。")
    journey(no_real_home, [["draft", str(case_file)]], ZIPING_BASE_URL=service.url, ZIPING_MODEL="m")
    log = no_real_home / "state" / "requests.jsonl"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


UNIT, DEPARTMENT = "某市青少年活动服务中心", "某市教育体育局"


@pytest.mark.parametrize("hides", [True, False])
async def test_names_of_units_leave_as_slots_and_come_back_as_names_unless_the_user_chose_otherwise(
    scored, service, settings, hides
):
    case, sheet = scored(
        ("数量", "活动场次", "5场", "3场", "10", "6"),
        people=(Person(role="项目负责人", name=NAME, phone=PHONE),),
        notes=(Note(path="indicators[0].reason", text=f"{DEPARTMENT}调整计划，{UNIT}的{NAME}住院"),),
    )
    case = case.model_copy(update={"unit": UNIT, "department": DEPARTMENT})
    request = request_for(case, sheet, "indicators[0].reason")
    slots = {mask.text: mask.slot for mask in request.masks}
    service.says(f"因{{{slots[DEPARTMENT]}}}调整计划、{{{slots[NAME]}}}住院，{{{slots[UNIT]}}}少办2场。")
    drafter = drafter_for(settings.model_copy(update={"mask_units": hides}))
    assert drafter is not None
    preview = drafter.preview(request)
    (draft,) = [one.draft async for one in drafter.stream(request) if isinstance(one, Finished)]

    sent = json.dumps(service.requests[0], ensure_ascii=False)
    assert sent == preview.body
    assert [name in sent for name in (UNIT, DEPARTMENT)] == [not hides, not hides]
    assert NAME not in sent
    if hides:
        assert draft.text == f"因{DEPARTMENT}调整计划、{NAME}住院，{UNIT}少办2场。"


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost.evil.test/v1",
        "http://127.0.0.1.evil.test/v1",
        "http://127.0.0.1.nip.io/v1",
        "http://localhost@evil.test/v1",
        "http://127.0.0.1@evil.test/v1",
        "http://127.0.0.1:80@evil.test/v1",
        "http://evil.test#@127.0.0.1/v1",
        "http://evil.test\\@127.0.0.1/v1",
        "http://134744072/v1",  # 8.8.8.8
        "http://0x08080808/v1",
        "http://010.010.010.010/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "http://8.8.8.8/v1",
        "http://printer/v1",
        "http://１２７.0.0.1.evil.test/v1",
        "ftp://127.0.0.1/v1",
        "http:///v1",
    ],
)
def test_plain_http_goes_only_where_the_address_itself_is_private(address):
    with pytest.raises(DraftingRefused):
        checked_url(address, allow_http=False)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8080/v1",
        "http://localhost:11434/v1",
        "http://[::1]:8080/v1",
        "http://10.2.3.4/v1",
        "http://192.168.1.9:8000/v1",
    ],
)
def test_this_machine_and_private_addresses_are_allowed(address):
    assert checked_url(address, allow_http=False).path == "/v1/chat/completions"


def test_plain_http_elsewhere_only_where_it_was_allowed():
    assert checked_url("http://model.office.example/v1", allow_http=True).host == "model.office.example"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本材料属机密★20年", True),
        ("秘密★5年，请勿外传", True),
        ("绝密", True),
        ("密级：秘密", True),
        ("内部资料，注意保存", True),
        ("开展商业秘密保护培训3场", False),
        ("完善内部控制制度", False),
        ("开展保密检查", False),
        ("保守工作秘密是职责", True),
    ],
)
def test_marks_of_classified_papers_lock_the_model_and_topics_do_not(text, found):
    assert bool(secrecy_words(text)) == found


async def test_a_classified_form_is_not_sent_and_the_user_is_told(scored, tmp_path):
    """A service on this machine may read it; one elsewhere may not."""
    case, sheet = scored(
        ("数量", "活动场次", "5场", "3场", "10", "6"),
        notes=(Note(path="indicators[0].reason", text="依据机密★10年文件"),),
    )
    away = load_settings({"base_url": "https://model.example/v1", "model": "m"}, {}, tmp_path).settings
    drafter = drafter_for(away)
    assert drafter is not None
    with pytest.raises(DraftingRefused, match="机密"):
        async for _ in drafter.stream(request_for(case, sheet, "indicators[0].reason")):
            pass


@pytest.mark.parametrize("name", ["localhost", "model.localhost"])
async def test_a_name_of_this_machine_stays_here_whatever_a_name_server_says(
    name, scored, service, tmp_path, monkeypatch
):
    """First the resolver says "this machine", then an address outside: neither is asked."""
    asked = []

    def rebound(host, port, *args, **kwargs):
        asked.append(host)
        address = "127.0.0.1" if len(asked) < 2 else "203.0.113.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    service.says("举办活动{F9}。")
    url = service.url.replace("127.0.0.1", name)
    case, sheet = scored(("数量", "活动场次", "5场", "3场", "10", "6"))
    drafter = drafter_for(load_settings({"base_url": url, "model": "m"}, {}, tmp_path).settings)
    assert drafter is not None
    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    for _ in range(2):
        async for _event in drafter.stream(request_for(case, sheet, "indicators[0].reason")):
            pass
    assert len(service.requests) >= 2
    assert name not in asked


async def test_a_private_address_is_reached_without_a_proxy(tmp_path, monkeypatch):
    """Plain http is allowed there since it stays in the house; a proxy outside would read it."""
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.evil.test:8080")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.evil.test:8080")
    proxied = {}
    for address in ("http://10.2.3.4/v1", "http://localhost/v1", "https://model.example/v1"):
        wire = Wire(load_settings({"base_url": address, "model": "m"}, {}, tmp_path).settings)
        async with wire._client() as client:
            proxied[address] = any(client._mounts.values())
    assert proxied == {
        "http://10.2.3.4/v1": False,
        "http://localhost/v1": False,
        "https://model.example/v1": True,
    }
