"""The kitty keyboard protocol can be switched off by a setting or a variable, before Textual decides about it."""

from __future__ import annotations

import os

import pytest

from assistant.cli.screen import settle_keyboard


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ZIPING_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("TEXTUAL_DISABLE_KITTY_KEY", "")
    return tmp_path


def disabled() -> bool:
    settle_keyboard()
    return os.environ["TEXTUAL_DISABLE_KITTY_KEY"] == "1"


def test_it_is_on_unless_somebody_says_otherwise(home):
    assert not disabled()
    (home / "settings.toml").write_text("kitty_keys = true\n", "utf-8")
    assert not disabled()


def test_the_setting_switches_it_off(home):
    (home / "settings.toml").write_text("kitty_keys = false\n", "utf-8")
    assert disabled()


def test_the_variable_comes_before_the_setting(home, monkeypatch):
    (home / "settings.toml").write_text("kitty_keys = false\n", "utf-8")
    monkeypatch.setenv("ZIPING_KITTY_KEYS", "true")
    assert not disabled()
    monkeypatch.setenv("ZIPING_KITTY_KEYS", "0")
    assert disabled()


def test_settings_that_cannot_be_read_do_not_keep_the_screen_closed(home):
    (home / "settings.toml").write_bytes(b"\xff\xfe = [")
    assert not disabled()
