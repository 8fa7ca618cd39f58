"""Settings that cannot be used are told, and keep nobody from filling in his form."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.catalogue.settings import load_settings
from assistant.cli.health.line import State
from assistant.cli.health.model_probes import endpoint
from assistant.cli.main import run
from assistant.domain.case import Case, blank_case
from assistant.store.casefile import save
from assistant.store.locations import locations
from assistant.wiring import open_case


@pytest.mark.parametrize(
    ("name", "value", "lacks"),
    [("ZIPING_BASE_URL", "http://127.0.0.1:8080/v1", "model"), ("ZIPING_MODEL", "甲", "base_url")],
)
def test_half_a_model_is_told(name: str, value: str, lacks: str) -> None:
    loaded = load_settings(environment={name: value})
    assert any(f"没有设 {lacks}" in notice for notice in loaded.notices)
    line = endpoint(loaded.settings)
    assert line.state is State.MIND
    assert lacks in line.found


def test_half_a_model_is_told_when_drafting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "a.ziping.json"
    save(case, blank_case("central-2020", 2022))
    monkeypatch.setenv("ZIPING_BASE_URL", "http://127.0.0.1:8080/v1")
    run(["draft", str(case)])
    assert "没有设 model" in capsys.readouterr().err


def test_a_broken_settings_file_opens_the_form_with_a_sentence(tmp_path: Path) -> None:
    case = tmp_path / "a.ziping.json"
    save(case, blank_case("central-2020", 2022))
    folder = locations().config
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text("bad = [\n", "utf-8")
    keeper, services = open_case(case, Case)
    assert any("设置没有读成，先用缺省的" in notice for notice in services.notices)
    assert services.drafter is None
    keeper.close()
