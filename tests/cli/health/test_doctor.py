"""``ziping doctor`` on the disk: folders, cases and settings in every state."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.catalogue.settings import load_settings
from assistant.cli.health.file_probes import backups, disk, journal, owner, private
from assistant.cli.health.line import Line, State
from assistant.cli.health.model_probes import endpoint, tried
from assistant.cli.main import run
from assistant.domain.case import Case, blank_case
from assistant.store.casefile import save
from assistant.store.inventory import Inventory, inventory
from assistant.store.keeper import Keeper
from assistant.store.locations import locations
from assistant.store.owner import Owner, owner_of
from assistant.store.trial import Trial, trial, type_of_mount
from assistant.store.turn import beside
from tests.cli.calls import call


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, dict[str, str]]]:
    code = run(["doctor", *words, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "ziping.doctor/1"
    return code, {line["name"]: line for line in document["lines"]}


def case_at(path: Path) -> Path:
    save(path, blank_case("central-2020", 2022))
    return path


def test_a_sound_machine_leads_to_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = lines(capsys, str(case_at(tmp_path / "a.ziping.json")))
    assert code == 0
    assert found["案卷"]["state"] == found["占用"]["state"] == found["模型服务"]["state"] == "好"


def test_doctor_leaves_nothing_behind(tmp_path: Path, no_real_home: Path) -> None:
    case_at(tmp_path / "a.ziping.json")
    run(["doctor", str(tmp_path / "a.ziping.json")])
    assert [one.name for one in tmp_path.iterdir()] == ["a.ziping.json"]
    assert list(no_real_home.iterdir()) == []


def test_a_damaged_case_is_bad_and_can_be_salvaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = case_at(tmp_path / "a.ziping.json")
    path.write_bytes(path.read_bytes()[:-40])
    code, found = lines(capsys, str(path))
    assert code == 1
    assert f"ziping salvage {path}" in found["案卷"]["cure"]


def test_a_missing_case_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = lines(capsys, str(tmp_path / "没有.ziping.json"))
    assert (code, found["案卷"]["state"]) == (1, "坏")


def test_who_has_the_case_open_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = case_at(tmp_path / "a.ziping.json")
    keeper = Keeper(path, locations())
    keeper.changed(Case(project="新项目"))
    keeper.save_now()
    try:
        _, found = lines(capsys, str(path))
        assert found["占用"]["state"] == "注意"
        assert "您自己在本机的另一个窗口" in found["占用"]["found"]
    finally:
        keeper.close()
    after = inventory(path, locations())
    assert (after.open_by, after.steps, len(after.backups)) == ((), 1, 1)


def test_a_colleague_at_another_machine_is_named_here_and_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = case_at(tmp_path / "a.ziping.json")
    since = datetime(2026, 11, 29, 1, 12, tzinfo=UTC)
    sign = Owner(who="李某", machine="PC-2", process=7, since=since, home="x", token="0" * 32)
    beside(path, "open").write_text(sign.model_dump_json())
    _, found = lines(capsys, str(path))
    assert found["占用"]["found"].startswith("李某（电脑 PC-2，")
    assert "接手" in found["占用"]["cure"]
    said = call("fill", "--plain", str(path), given="退出\n".encode()).stdout
    assert "李某（电脑 PC-2，" in said
    assert owner_of(path) == sign, "asking and filling beside him take nothing over"


def test_a_disk_without_room_or_rights_has_its_cure() -> None:
    def told(**facts: object) -> Line:
        usual = {"refusal": "", "syncs": True, "free_bytes": 10**12, "is_network": False}
        return next(disk("案卷所在文件夹", Trial(Path("x"), **{**usual, **facts})))  # type: ignore[arg-type]

    assert told().state is State.WELL
    assert told(refusal="EROFS").state is State.BAD
    assert told(free_bytes=900_000).state is State.BAD
    assert told(free_bytes=9_000_000).state is State.MIND
    assert told(syncs=False).code == "nosync"
    assert told(is_network=True).code == "network"


def test_a_folder_that_is_not_there_yet_is_tried_above(tmp_path: Path) -> None:
    found = trial(tmp_path / "a" / "b")
    assert (found.folder, found.refusal, list(tmp_path.iterdir())) == (tmp_path, "", [])


def test_the_mount_nearest_to_a_path_tells_its_kind() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nnas:/x /mnt/share nfs4 rw 0 0\nnas:/y /mnt/my\\040files cifs rw 0 0\n"
    assert type_of_mount("/mnt/share/a", mounts) == "nfs4"
    assert type_of_mount("/mnt/shared", mounts) == "ext4"
    assert type_of_mount("/mnt/my files/a", mounts) == "cifs"


def test_counts_of_what_is_kept_are_told() -> None:
    assert "正在保存" in owner(Inventory(sign="pc-7 4021 ab")).found
    assert journal(Inventory(segments=1, damaged=2)).state is State.MIND
    assert "/r/a.json" in backups(Inventory(recovered=(Path("/r/a.json"),))).found


def test_settings_others_can_read_are_to_be_closed() -> None:
    assert "chmod 600" in private(Path("settings.toml"), 0o644).cure
    assert private(Path("settings.toml"), 0o600).state is State.WELL


def test_broken_settings_and_rules_are_bad(no_real_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = no_real_home / "config"
    (folder / "profiles").mkdir(parents=True)
    (folder / "settings.toml").write_text("temperature = 'warm'\n", "utf-8")
    (folder / "profiles" / "own.toml").write_text("id = [\n", "utf-8")
    code, found = lines(capsys)
    assert code == 1
    assert found["设置"]["state"] == found["自定规则"]["state"] == "坏"


def test_an_endpoint_that_cannot_be_used_is_told_without_asking_it() -> None:
    def told(address: str) -> Line:
        return endpoint(
            load_settings({"base_url": address, "model": "m", "endpoint": ""}, environment={}).settings
        )

    assert told("http://model.example.com/v1").state is State.BAD
    assert told("https://model.example.com/v1").code == "remote"
    assert told("http://127.0.0.1:9/v1").code == "local"


def test_only_when_asked_the_model_is_tried_and_a_refusal_is_a_sentence() -> None:
    settings = load_settings(
        {"base_url": "http://127.0.0.1:9/v1", "model": "m", "endpoint": ""}, environment={}
    ).settings
    found = tried(settings)
    assert (found.state, found.found.endswith("。")) == (State.BAD, True)
