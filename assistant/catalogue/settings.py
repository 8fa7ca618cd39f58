"""Settings: shipped defaults < the user's file < environment < flags, and where each value came from.

Every key has the same name everywhere: ``base_url`` in TOML, ``ZIPING_BASE_URL`` in the environment, ``--base-url``
as a flag. The key of a model service is never taken from the command line and never shown.
"""

from __future__ import annotations

import difflib
import os
import stat
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_config_path
from pydantic import Field, SecretStr, ValidationError

from assistant.domain.errors import CatalogueError, InputError
from assistant.domain.record import Record
from assistant.resources import shipped

ENVIRONMENT_PREFIX = "ZIPING_"
SHIPPED_ORIGIN = "内置默认"
FILE_NAME = "settings.toml"
MODEL_FILE = "model.toml"
"""What the user chose in the program's own dialog; goes before his file."""
MERGED = "merge"
"""The value of ``markdown_tables`` that asks for merged cells."""


class Endpoint(Record):
    """A preset of a model service: what to fill in for one name."""

    label: str = ""
    base_url: str = ""
    model: str = ""
    key_env: str = Field(default="", description="该服务惯用的密钥环境变量，只在选用这个预设时读取")
    extra: dict[str, Any] = Field(default_factory=dict, description="原样并入请求的选项")


class Settings(Record):
    """Every setting. The descriptions are what ``ziping config show`` prints."""

    profile: str = Field(description="默认规则编号")
    markdown_tables: str = Field(
        pattern="^(repeat|merge)$",
        description="Markdown 里一、二级指标：repeat 每行重复，merge 合并单元格（HTML 表格）",
    )
    kitty_keys: bool = Field(description="使用 kitty 键盘协议；在支持它的终端里中文上屏不正常时写 false")
    endpoint: str = Field(description="模型服务预设")
    base_url: str = Field(description="模型服务地址")
    model: str = Field(description="模型名")
    api_key: SecretStr = Field(description="模型服务密钥")
    temperature: float = Field(ge=0, le=2, description="用词的随意程度，越小越稳")
    max_tokens: int = Field(ge=16, le=32000, description="一段草稿最多的词元数")
    connect_seconds: float = Field(gt=0, le=120, description="连接最多等几秒")
    read_seconds: float = Field(gt=0, le=600, description="两段文字之间最多等几秒")
    total_seconds: float = Field(gt=0, le=3600, description="一次起草最多几秒")
    parallel: int = Field(ge=1, le=16, description="同时起草几段")
    budget_tokens: int = Field(ge=0, description="一次运行最多用多少词元，到了就停；0 为不限")
    price_sent: Decimal = Field(ge=0, description="每百万词元的价格（元），发出；0 为不计费用")
    price_received: Decimal = Field(ge=0, description="每百万词元的价格（元），收到；0 为不计费用")
    key_file: str = Field(description="存放密钥的文件，只有密钥一行，权限 600")
    key_env: str = Field(description="存放密钥的环境变量名")
    attempts: int = Field(ge=1, le=10, description="出字前最多请求几次")
    allow_http: bool = Field(description="允许对公网地址用 http")
    ca_file: str = Field(description="自建证书的 CA 文件")
    proxy: str = Field(description="去模型服务的代理；不写按环境变量，本机和内网不经代理")
    mask_units: bool = Field(description="主管部门和实施单位的名称也换成记号再发给模型，收到后在本机还原")
    extra: dict[str, Any] = Field(default_factory=dict, description="并入请求的其他选项")

    @property
    def model_is_on(self) -> bool:
        """Whether a language model may be asked at all: both address and model are written."""
        return bool(self.base_url and self.model)


class Shown(Record):
    """One line of ``ziping config show``; ``value`` is printable and holds no secret."""

    key: str
    value: str
    origin: str
    about: str = ""


class Loaded(Record):
    """The settings in force, where each came from, and what the user should know of them."""

    settings: Settings
    origins: dict[str, str]
    endpoints: dict[str, Endpoint]
    file: str
    keys: dict[str, str] = Field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def show(self) -> tuple[Shown, ...]:
        """Every setting with its origin, the key masked."""
        return tuple(
            Shown(
                key=key,
                value=_printable(
                    without_login(self.settings.proxy) if key == "proxy" else getattr(self.settings, key)
                ),
                origin=self.origins.get(key, SHIPPED_ORIGIN),
                about=field.description or "",
            )
            for key, field in Settings.model_fields.items()
        )


def user_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of the user's own settings, rules and prompts: ``ZIPING_CONFIG_DIR``, ``ZIPING_HOME``, else the platform's."""
    if moved := environment.get("ZIPING_CONFIG_DIR", "").strip():
        return Path(moved).expanduser().absolute()
    if home := environment.get("ZIPING_HOME", "").strip():
        return Path(home).expanduser().absolute() / "config"
    return user_config_path("ziping", appauthor=False)


def without_login(address: str) -> str:
    """*address* as it may be shown, the name and password that can stand in it hidden: ``http://***@proxy:3128``."""
    login, at, host = address.rpartition("@")
    scheme = login.rpartition("://")[0]
    return f"{f'{scheme}://' if scheme else ''}***@{host}" if at else address


def load_settings(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] = os.environ,
    folder: Path | None = None,
) -> Loaded:
    """Read all layers.

    Args:
        flags: Command line values by key; ``None`` values are "not given". ``api_key`` is refused.
        environment: Variables ``ZIPING_<KEY>``; empty ones are "not given".
        folder: The user's folder; default :func:`user_folder`.

    Raises:
        CatalogueError: a file is not TOML, has an unknown key or a wrong value (file, line, key, cure).
        InputError: a flag or variable has a wrong value, or a key was put on the command line.
    """
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    if "api_key" in given:
        raise InputError("密钥不能写在命令行上（会留在命令历史里）。", "请设环境变量 ZIPING_API_KEY。")
    path = (folder or user_folder(environment)) / FILE_NAME
    own = _own_file(path)
    chosen = _own_file(path.with_name(MODEL_FILE))
    endpoints = _endpoints(own.pop("endpoints", {}), path)
    keys, odd_keys = _keys(own.pop("keys", {}), path)
    variables = {
        key: environment[name]
        for key in Settings.model_fields
        if key != "extra" and environment.get(name := ENVIRONMENT_PREFIX + key.upper())
    }
    layers = (
        (
            SHIPPED_ORIGIN,
            _toml(shipped("config").joinpath("defaults.toml").read_text("utf-8"), "defaults.toml"),
        ),
        (f"设置文件 {path}", own),
        (f"设置文件 {path.with_name(MODEL_FILE)}", chosen),
        ("环境变量", variables),
        ("命令行", given),
    )
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    home = ""  # the address the layers up to the file that names the key agree on
    for origin, layer in layers:
        _lay(values, origins, layer, origin, endpoints)
        if layer is own or (layer is chosen and not own.get("api_key")):
            home = str(values.get("base_url", ""))
    notices = [*_keep_key_at_home(values, origins, home, path), *_loose_permissions(path, own), *odd_keys]
    _key_of_preset(values, origins, endpoints, environment)
    notices += _key_from_elsewhere(values, origins, home, environment)
    if bool(values.get("base_url")) != bool(values.get("model")):
        has, lacks = ("base_url", "model") if values.get("base_url") else ("model", "base_url")
        notices.append(f"设了 {has}（{origins[has]}），没有设 {lacks}：没有启用模型，起草用模板。")
    return Loaded(
        settings=_validated(values, origins, path),
        origins=origins,
        endpoints=endpoints,
        file=str(path),
        keys=keys,
        notices=tuple(notices),
    )


def _lay(
    values: dict[str, object],
    origins: dict[str, str],
    layer: Mapping[str, object],
    origin: str,
    endpoints: Mapping[str, Endpoint],
) -> None:
    """Put one layer over *values*. A preset fills its fields first, so the same layer may refine it."""
    name = str(layer.get("endpoint") or "")
    if name:
        if name not in endpoints:
            raise InputError(f"没有名为“{name}”的模型服务预设。", f"可用的有：{'、'.join(endpoints)}。")
        preset = endpoints[name]
        for key in ("base_url", "model", "extra"):
            values[key] = getattr(preset, key)
            origins[key] = f"预设 {name}（{origin}）"
    for key, value in layer.items():
        values[key] = value
        origins[key] = f"环境变量 {ENVIRONMENT_PREFIX}{key.upper()}" if origin == "环境变量" else origin
    if name:  # an empty base_url beside a preset is a leftover, not a wish
        for key in ("base_url", "model"):
            if not values[key]:
                values[key] = getattr(endpoints[name], key)
                origins[key] = f"预设 {name}（{origin}）"


def _key_of_preset(
    values: dict[str, object],
    origins: dict[str, str],
    endpoints: Mapping[str, Endpoint],
    environment: Mapping[str, str],
) -> None:
    """Take the service's own key variable, if its preset is in force and nothing nearer was given."""
    preset = endpoints.get(str(values.get("endpoint") or ""))
    if preset is None or values.get("api_key") or values.get("base_url") != preset.base_url:
        return
    key = environment.get(preset.key_env, "") if preset.key_env else ""
    if key:
        values["api_key"] = key
        origins["api_key"] = f"环境变量 {preset.key_env}"


def _keep_key_at_home(
    values: dict[str, object], origins: dict[str, str], home: str, path: Path
) -> tuple[str, ...]:
    """Drop the file's key where the address was moved to another host: a key goes only where it was meant to."""
    if not values.get("api_key") or not origins.get("api_key", "").startswith("设置文件"):
        return ()
    if _host(home) == _host(str(values.get("base_url", ""))):
        return ()
    values["api_key"] = ""
    origins["api_key"] = SHIPPED_ORIGIN
    return (f"{path} 里的密钥是写给另一个地址的，这次没有使用。需要密钥时请设环境变量 ZIPING_API_KEY。",)


def _key_from_elsewhere(
    values: dict[str, object], origins: dict[str, str], home: str, environment: Mapping[str, str]
) -> tuple[str, ...]:
    """Take the key from the variable or file that the settings name, where none is there yet."""
    if values.get("api_key"):
        return ()
    host = _host(str(values.get("base_url", "")))
    for name in ("key_env", "key_file"):
        where = str(values.get(name) or "")
        is_at_home = not origins.get(name, "").startswith("设置文件") or _host(home) == host
        if not where or not is_at_home:
            continue
        if name == "key_env":
            values["api_key"], origins["api_key"] = environment.get(where, ""), f"环境变量 {where}"
            return () if values["api_key"] else (f"环境变量 {where} 里没有密钥。",)
        return _key_from_file(Path(where).expanduser(), values, origins)
    return ()


def _key_from_file(path: Path, values: dict[str, object], origins: dict[str, str]) -> tuple[str, ...]:
    try:
        values["api_key"] = path.read_text("utf-8").strip()
        mode = stat.S_IMODE(path.stat().st_mode)
    except (OSError, UnicodeDecodeError):
        return (f"密钥文件 {path} 读不出来，这次没有密钥。",)
    origins["api_key"] = f"密钥文件 {path}"
    is_loose = os.name == "posix" and mode & 0o077
    return (f"密钥文件 {path} 别人也能读（权限 {mode:o}）。请执行 chmod 600 {path}",) if is_loose else ()


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # no address at all; using it will be refused with a sentence
        return ""


def _loose_permissions(path: Path, own: Mapping[str, object]) -> tuple[str, ...]:
    if os.name != "posix" or not own.get("api_key"):
        return ()
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & 0o077:
        return ()
    return (f"{path} 里有密钥，但别人也能读（权限 {mode:o}）。请执行 chmod 600 {path}",)


def _own_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path} 不是 UTF-8 编码。", "请用 UTF-8 另存。") from error
    except OSError as error:
        raise CatalogueError(f"{path} 读不出来：{error.strerror}。", "请检查文件权限。") from error
    own = _toml(text, str(path))
    known = (*Settings.model_fields, "endpoints", "keys")
    for key in own:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"是不是想写 {near[0]}？" if near else f"可用的键：{'、'.join(known)}。"
            raise CatalogueError(f"{path} 第 {_line_of(text, key)} 行：不认识的键 {key}。", hint)
    return own


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The message ends with "(at line 3, column 5)" in every supported Python.
        where = str(error).rpartition("(at line ")[2].partition(",")[0]
        place = f"第 {where} 行" if where.isdecimal() else "末尾"
        raise CatalogueError(
            f"{name} {place}写法有误。", '一行一个：键 = 值，文字加双引号，如 model = "名称"。'
        ) from error


def _endpoints(own: object, path: Path) -> dict[str, Endpoint]:
    presets = _toml(shipped("config").joinpath("endpoints.toml").read_text("utf-8"), "endpoints.toml")
    if not isinstance(own, dict):
        raise CatalogueError(f"{path}：endpoints 应写成 [endpoints.名字] 的小节。")
    found: dict[str, Endpoint] = {}
    for name, entry in {**presets, **own}.items():
        try:
            found[name] = Endpoint.model_validate(entry)
        except ValidationError as error:
            key = ".".join(map(str, error.errors()[0]["loc"]))
            raise CatalogueError(
                f"{path} 的 [endpoints.{name}]：{key or '这一节'} 写法有误。",
                "可写的键：label、base_url、model、key_env、extra。",
            ) from error
    return found


def _keys(own: object, path: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The wishes of ``[keys]``, as written, and what of it is no wish: a wrong key must not keep the form closed."""
    if not isinstance(own, dict):
        return {}, (f"{path}：keys 没有采用，应写成 [keys] 的小节。",)
    odd = [name for name, key in own.items() if not isinstance(key, str)]
    wishes = {name: key for name, key in own.items() if isinstance(key, str)}
    return wishes, tuple(f'{path}：[keys] 的 {name} 没有采用，应写成 {name} = "f6" 这样。' for name in odd)


def _validated(values: Mapping[str, object], origins: Mapping[str, str], path: Path) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        key = str(first["loc"][0])
        origin = origins.get(key, SHIPPED_ORIGIN)
        about = Settings.model_fields[key].description if key in Settings.model_fields else ""
        message = f"设置 {key}（{about}）的值不对，来自{origin}。"
        hint = _wanted(first["type"], first.get("ctx", {}))
        if origin.startswith("设置文件"):
            line = _line_of(path.read_text("utf-8-sig"), key)
            raise CatalogueError(f"{path} 第 {line} 行：{key}（{about}）的值不对。", hint) from None
        raise InputError(message, hint) from None


def _wanted(kind: str, context: Mapping[str, object]) -> str:
    """Say in Chinese what pydantic asked for, by its error type."""
    for sign, word in (("le", "不超过"), ("ge", "不小于"), ("gt", "大于"), ("lt", "小于")):
        if sign in context:
            return f"应{word} {context[sign]}。"
    if kind.startswith("bool"):
        return "应写 true 或 false。"
    if kind.startswith(("int", "float")):
        return "应写数字，不加引号。"
    return "应写文字，加双引号。"


def _line_of(text: str, key: str) -> int:
    lines = text.splitlines()
    return next(
        (n for n, line in enumerate(lines, 1) if line.replace('"', "").split("=")[0].strip() == key), 1
    )


def _printable(value: object) -> str:
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        if not secret:
            return "（未设置）"
        return f"已设置，末四位 {secret[-4:]}" if len(secret) >= 16 else "已设置"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value in ("", {}):
        return "（未设置）"
    return str(value)
