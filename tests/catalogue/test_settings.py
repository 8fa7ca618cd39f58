"""Settings: four layers, one origin for each value, and a key that is never shown."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from assistant.catalogue.settings import Endpoint, Settings, load_settings, user_folder
from assistant.domain.errors import CatalogueError, InputError
from assistant.resources import shipped

KEY = "sk-0123456789abcdef-tail"


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    """A user's settings file."""
    path = folder / "settings.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_without_anything_the_model_is_off(tmp_path):
    loaded = load_settings({}, {}, tmp_path)
    assert not loaded.settings.model_is_on
    assert loaded.settings.profile == "central-2020"
    assert {line.origin for line in loaded.show()} == {"内置默认"}


def test_every_setting_has_a_shipped_default_and_a_description():
    defaults = tomllib.loads(shipped("config").joinpath("defaults.toml").read_text("utf-8"))
    assert set(defaults) | {"extra"} == set(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())


def test_each_layer_goes_before_the_one_below_and_says_so(tmp_path):
    path = written(tmp_path, 'model = "of-file"\nbase_url = "https://file.cn/v1"\nmax_tokens = 900\n')
    environment = {"ZIPING_MODEL": "of-environment", "ZIPING_TEMPERATURE": "0.7", "ZIPING_PROFILE": ""}
    loaded = load_settings({"base_url": "https://flag.cn/v1", "model": None}, environment, tmp_path)
    shown = {line.key: (line.value, line.origin) for line in loaded.show()}
    assert shown["base_url"] == ("https://flag.cn/v1", "命令行")
    assert shown["model"] == ("of-environment", "环境变量 ZIPING_MODEL")
    assert shown["temperature"] == ("0.7", "环境变量 ZIPING_TEMPERATURE")
    assert shown["max_tokens"] == ("900", f"设置文件 {path}")
    assert shown["profile"] == ("central-2020", "内置默认")
    assert loaded.settings.model_is_on


def test_a_preset_fills_address_and_model_and_may_be_refined(tmp_path):
    loaded = load_settings({"model": "deepseek-reasoner"}, {"ZIPING_ENDPOINT": "deepseek"}, tmp_path)
    assert loaded.settings.base_url == "https://api.deepseek.com/v1"
    assert loaded.settings.model == "deepseek-reasoner"
    assert loaded.origins["base_url"] == "预设 deepseek（环境变量）"


def test_a_preset_on_a_higher_layer_replaces_a_written_address(tmp_path):
    written(tmp_path, 'base_url = "https://old.cn/v1"\nmodel = "old"\n')
    loaded = load_settings({"endpoint": "ollama"}, {}, tmp_path)
    assert loaded.settings.base_url == "http://127.0.0.1:11434/v1"


def test_an_own_endpoint_can_be_named(tmp_path):
    written(
        tmp_path, 'endpoint = "ours"\n[endpoints.ours]\nbase_url = "https://llm.ours.cn/v1"\nmodel = "m"\n'
    )
    assert load_settings({}, {}, tmp_path).settings.base_url == "https://llm.ours.cn/v1"


def test_the_shipped_presets_can_all_be_used(tmp_path):
    presets = load_settings({}, {}, tmp_path).endpoints
    assert {"deepseek", "qwen", "zhipu", "moonshot", "ollama", "vllm", "llamacpp"} <= set(presets)
    for name, preset in presets.items():
        assert isinstance(preset, Endpoint)
        assert load_settings({"endpoint": name}, {}, tmp_path).settings.model_is_on


def test_the_key_is_never_shown(tmp_path):
    loaded = load_settings({}, {"ZIPING_API_KEY": KEY}, tmp_path)
    everything = repr(loaded) + str(loaded.settings) + loaded.model_dump_json() + repr(loaded.show())
    assert KEY not in everything
    assert "0123456789" not in everything
    shown = next(line for line in loaded.show() if line.key == "api_key")
    assert shown.value == "已设置，末四位 tail"
    assert loaded.settings.api_key.get_secret_value() == KEY


def test_a_short_key_shows_nothing_of_itself(tmp_path):
    loaded = load_settings({}, {"ZIPING_API_KEY": "abcd1234"}, tmp_path)
    assert next(line for line in loaded.show() if line.key == "api_key").value == "已设置"


def test_the_key_is_not_taken_from_the_command_line(tmp_path):
    with pytest.raises(InputError, match="ZIPING_API_KEY"):
        load_settings({"api_key": KEY}, {}, tmp_path)


def test_a_services_own_key_variable_is_read_only_for_that_service(tmp_path):
    environment = {"DEEPSEEK_API_KEY": KEY, "OPENAI_API_KEY": "sk-other"}
    chosen = load_settings({"endpoint": "deepseek"}, environment, tmp_path)
    assert chosen.settings.api_key.get_secret_value() == KEY
    assert chosen.origins["api_key"] == "环境变量 DEEPSEEK_API_KEY"
    for flags in (
        {"endpoint": "moonshot"},
        {"endpoint": "deepseek", "base_url": "https://elsewhere.cn/v1"},
        {"base_url": "https://api.deepseek.com/v1"},
    ):
        assert load_settings(flags, environment, tmp_path).settings.api_key.get_secret_value() == ""


def test_a_key_in_the_file_is_not_sent_to_another_host(tmp_path):
    written(tmp_path, f'base_url = "https://home.cn/v1"\nmodel = "m"\napi_key = "{KEY}"\n')
    home = load_settings({}, {}, tmp_path)
    assert home.settings.api_key.get_secret_value() == KEY
    assert home.notices == ()
    away = load_settings({"base_url": "https://away.cn/v1"}, {}, tmp_path)
    assert away.settings.api_key.get_secret_value() == ""
    assert "另一个地址" in away.notices[0]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_readable_key_file_is_warned_of(tmp_path):
    path = written(tmp_path, f'api_key = "{KEY}"\n', mode=0o644)
    notices = load_settings({}, {}, tmp_path).notices
    assert notices == (f"{path} 里有密钥，但别人也能读（权限 644）。请执行 chmod 600 {path}",)
    path.chmod(0o600)
    assert load_settings({}, {}, tmp_path).notices == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('profile = "x"\nmodell = "m"\n', r"第 2 行：不认识的键 modell。是不是想写 model？"),
        ('profile = "x"\nbase_url = https://a.cn\n', "第 2 行写法有误"),
        ('profile = "x"\nmodel = "m', "写法有误"),
        ('\n\nmax_tokens = "many"\n', r"第 3 行：max_tokens（.*）的值不对。应写数字"),
        ("temperature = 9\n", r"第 1 行：temperature（.*）的值不对。应不超过 2"),
        ('allow_http = "maybe"\n', "应写 true 或 false"),
        ("model = 3\n", "应写文字"),
        ('[endpoints.ours]\nurl = "https://a.cn"\n', r"\[endpoints.ours\]：url 写法有误"),
        ("endpoints = 3\n", "小节"),
    ],
)
def test_a_wrong_file_names_line_key_and_cure(tmp_path, text, said):
    path = written(tmp_path, text)
    with pytest.raises(CatalogueError, match=said) as caught:
        load_settings({}, {}, tmp_path)
    assert str(path) in str(caught.value)


def test_a_file_in_another_encoding_says_so(tmp_path):
    (tmp_path / "settings.toml").write_bytes('model = "模型"'.encode("gbk"))
    with pytest.raises(CatalogueError, match="UTF-8"):
        load_settings({}, {}, tmp_path)


def test_a_wrong_variable_names_itself_and_never_the_key(tmp_path):
    environment = {"ZIPING_MAX_TOKENS": "many", "ZIPING_API_KEY": KEY}
    with pytest.raises(InputError, match="环境变量 ZIPING_MAX_TOKENS") as caught:
        load_settings({}, environment, tmp_path)
    assert KEY not in repr(caught.value) + repr(caught.value.__cause__) + repr(caught.value.__context__)


def test_an_unknown_preset_lists_the_known(tmp_path):
    with pytest.raises(InputError, match=re.escape("deepseek、qwen")):
        load_settings({"endpoint": "deepsek"}, {}, tmp_path)


def test_the_users_folder_can_be_moved():
    assert user_folder({"ZIPING_HOME": "/a"}) == Path("/a/config")
    assert user_folder({"ZIPING_HOME": "/a", "ZIPING_CONFIG_DIR": "/b"}) == Path("/b")
    assert user_folder({}).name == "ziping"
