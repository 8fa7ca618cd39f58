"""What goes to a support colleague holds not one private word, whatever state the case is in."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest

from assistant.cli.health.shapes import address, shape_of_requests
from assistant.cli.main import run
from assistant.domain.case import Case, Doubt, Goal, Indicator, Note, Person, blank_case
from assistant.store.casefile import dumps
from assistant.store.keeper import Keeper
from assistant.store.locations import locations

PRIVATE = {
    "name": "欧阳不语",
    "phone": "13912345678",
    "project": "云雾山水库除险加固",
    "cell": "完成大坝灌浆七千米",
    "reason": "因汛期提前停工",
    "note": "等张科长批示",
    "unit": "某某县水务中心",
    "key": "sk-abcdef0123456789",
    "host": "llm.neiwang.example.com",
    "model": "secret-model-7b",
    "own key": "x_自有内容",
    "file": "云雾山自评表",
    "folder": "私人文件夹",
    "profile": "yunwu-own-rules",
}


def private_case() -> Case:
    return Case.model_validate(
        blank_case("central-2020", 2022).model_dump()
        | {
            "project": PRIVATE["project"],
            "unit": PRIVATE["unit"],
            "people": (Person(role="负责人", name=PRIVATE["name"], phone=PRIVATE["phone"]),),
            "goals": (Goal(expected=PRIVATE["cell"], actual=PRIVATE["cell"]),),
            "indicators": (
                Indicator(
                    level1=PRIVATE["unit"],
                    level3=PRIVATE["project"],
                    target=PRIVATE["cell"],
                    actual=PRIVATE["phone"],
                    weight="10",
                    score="9",
                    reason=PRIVATE["reason"],
                ),
            ),
            "notes": (Note(path=PRIVATE["note"], text=PRIVATE["note"], question=PRIVATE["note"]),),
            "doubts": (Doubt(path=PRIVATE["unit"], raw=PRIVATE["cell"], why=PRIVATE["note"]),),
            PRIVATE["own key"]: PRIVATE["cell"],
        }
    )


@pytest.fixture
def bundled(tmp_path: Path, no_real_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home full of private things, and a case that was edited in it."""
    folder = tmp_path / PRIVATE["folder"]
    folder.mkdir()
    path = folder / f"{PRIVATE['file']}.ziping.json"
    path.write_text(dumps(Case()), "utf-8")
    keeper = Keeper(path, locations())
    keeper.changed(private_case())
    keeper.save_now()
    keeper.close()
    config = no_real_home / "config"
    config.mkdir()
    (config / "settings.toml").write_text(
        f'base_url = "https://{PRIVATE["host"]}/v1?token={PRIVATE["key"]}"\nmodel = "{PRIVATE["model"]}"\n'
        f'api_key = "{PRIVATE["key"]}"\nca_file = "/{PRIVATE["folder"]}/ca.pem"\n[extra]\nuser = "{PRIVATE["name"]}"\n',
        "utf-8",
    )
    request = {"at": "2024-01-01T08:00:00+00:00", "host": PRIVATE["host"], "model": PRIVATE["model"], "purpose": "reason",
               "outcome": PRIVATE["cell"], "sent": 120, "told": PRIVATE["reason"]}  # fmt: skip
    (no_real_home / "state" / "requests.jsonl").write_text(json.dumps(request) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def parts_of(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


def leaks(text: str, *more: str) -> list[str]:
    flat = text + json.dumps(json.dumps(text)) + text.encode().decode("unicode_escape", "replace")
    return [one for one in (*PRIVATE.values(), *more) if one in flat]


def machine() -> list[str]:
    return [str(Path.home()), os.environ["ZIPING_HOME"], str(Path.cwd()), os.uname().nodename]


@pytest.mark.parametrize("damage", ["", "cut off", "no json", "other rules"])
def test_no_private_word_is_in_the_bundle(
    bundled: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = bundled.read_text("utf-8")
    if damage == "cut off":
        bundled.write_text(text[: len(text) * 2 // 3], "utf-8")
    elif damage == "no json":
        bundled.write_text(PRIVATE["cell"], "utf-8")
    elif damage == "other rules":
        bundled.write_text(text.replace("central-2020", PRIVATE["profile"]), "utf-8")
    assert run(["bundle", str(bundled)]) == 0
    found = parts_of(Path("支持包.zip"))
    assert set(found) == {"doctor.json", "settings.json", "requests.json", "case.json", "journal.json"}
    assert leaks("".join(part.decode() for part in found.values()), *machine()) == []
    assert leaks(capsys.readouterr().out) == []


def test_the_gauge_sees_a_private_word() -> None:
    assert leaks(f"a{PRIVATE['name']}b") == [PRIVATE["name"]]
    assert leaks(json.dumps(PRIVATE["cell"])) == [PRIVATE["cell"]]


def test_the_shape_tells_what_support_needs(bundled: Path) -> None:
    run(["bundle", str(bundled), "-o", "a.zip"])
    found = {name: json.loads(part) for name, part in parts_of(Path("a.zip")).items()}
    case = found["case.json"]["case"]
    assert case["rows"]["indicators"][0]["reason"] == len(PRIVATE["reason"])
    assert case["unknown_keys"] == 1
    assert len(case["findings"]) > 3
    assert found["journal.json"]["steps"] == 1
    assert found["settings.json"]["api_key"] == {"value": True, "from": "file"}
    assert found["requests.json"][0]["sent"] == 120
    assert stat.S_IMODE(Path("a.zip").stat().st_mode) == 0o600


def test_show_writes_nothing(bundled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bundle", str(bundled), "--show"]) == 0
    assert not Path("支持包.zip").exists()
    assert '"findings"' in capsys.readouterr().out


def test_a_bundle_that_is_there_is_not_overwritten_unasked(
    bundled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("支持包.zip").write_text("旧")
    assert run(["bundle"]) == 2
    assert Path("支持包.zip").read_text() == "旧"
    assert "--force" in capsys.readouterr().err
    assert run(["bundle", "--force"]) == 0


def test_addresses_keep_only_their_kind() -> None:
    assert address("https://user:pw@model.example.com:8443/v1?key=a") == "https://<name>:8443/v1"
    assert address("http://127.0.0.1:8000/secret") == "http://<loopback>:8000/…"
    assert address("http://10.0.0.7/v1") == "http://<number>/v1"
    assert address("http://[::1") == "unreadable"


def test_words_in_the_request_log_that_are_not_ours_stay_at_home() -> None:
    (row,) = shape_of_requests([{"purpose": "张三", "outcome": "ok", "sent": "张三", "at": "张三"}])
    assert row == {"at": "", "host": 1, "model": 1, "purpose": "?", "outcome": "ok"}
