"""Which model service the user chose on the screen: read, tried, written to ``model.toml`` in his settings folder.

The key itself is in an environment variable or in a file of its own (mode 0600), never in the settings and never in a
case.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic

from pydantic import Field

from assistant.catalogue.settings import MODEL_FILE, Endpoint, Settings, load_settings
from assistant.domain.errors import CatalogueError, DraftingError, ZipingError
from assistant.domain.record import Record

KEY_FILE = "model.key"
TRY_SECONDS = 30.0
_ASKED = "请只回答一个字：好"

Write = Callable[[Path, bytes], None]
"""Puts bytes into a file that only its owner may read."""


class ModelChoice(Record):
    """What the user chose. Neither address nor model: no model is used.

    Attributes:
        endpoint: The preset's name, ``""`` for an address of his own.
        base_url: The address.
        model: The model's name.
        key_env: The environment variable with the key.
        key_file: The file with the key.
        price_sent: Yuan per million tokens sent, as written; ``""`` for none.
        price_received: The same for tokens received.
        mask_units: Whether names of units go out as slots.
        origin: What the choice comes from, for the user; a variable or flag goes before what is written here.
    """

    endpoint: str = ""
    base_url: str = ""
    model: str = ""
    key_env: str = ""
    key_file: str = ""
    price_sent: str = ""
    price_received: str = ""
    mask_units: bool = True
    origin: str = Field(default="", exclude=True)

    @property
    def is_on(self) -> bool:
        """Whether a model would be used."""
        return bool(self.base_url and self.model)


class ModelSettings:
    """The choice of a model service in the folder *folder*; *write* puts the files there."""

    def __init__(self, folder: Path, write: Write, environment: Mapping[str, str] = os.environ) -> None:
        self._folder = folder
        self._write = write
        self._environment = environment

    @property
    def key_file(self) -> Path:
        """Where a key typed on the screen is kept."""
        return self._folder / KEY_FILE

    def presets(self) -> dict[str, Endpoint]:
        """The services to choose from. Raises ``ZipingError`` where the settings are wrong."""
        return load_settings(environment=self._environment, folder=self._folder).endpoints

    def now(self) -> ModelChoice:
        """The choice in force. Raises ``ZipingError`` where the settings are wrong."""
        loaded = load_settings(environment=self._environment, folder=self._folder)
        settings = loaded.settings
        return ModelChoice(
            endpoint=settings.endpoint,
            base_url=settings.base_url,
            model=settings.model,
            key_env=settings.key_env,
            key_file=settings.key_file,
            price_sent=_price(settings.price_sent),
            price_received=_price(settings.price_received),
            mask_units=settings.mask_units,
            origin=loaded.origins.get("base_url", ""),
        )

    def save(self, choice: ModelChoice, key: str = "") -> Settings:
        """Keep *choice*, and *key* in a file of its own; return the settings now in force.

        Raises:
            ZipingError: the folder cannot be written, or a price is no number; what was kept before stays.
        """
        if key:
            self._write(self.key_file, f"{key.strip()}\n".encode())
            choice = choice.model_copy(update={"key_file": str(self.key_file), "key_env": ""})
        path = self._folder / MODEL_FILE
        before = path.read_bytes() if path.exists() else None
        self._write(path, _toml(choice).encode())
        try:
            return load_settings(environment=self._environment, folder=self._folder).settings
        except ZipingError:
            self._write(path, before or b"")
            raise

    def settings_for(self, choice: ModelChoice, key: str = "") -> Settings:
        """The settings as they would be with *choice*, nothing kept. Raises ``ZipingError``."""
        flags: dict[str, object] = {
            name: value if name == "mask_units" else value or (0 if name.startswith("price") else "")
            for name, value in choice.model_dump().items()
            if name != "endpoint"
        }
        loaded = load_settings(flags, self._environment, self._folder).settings
        preset = self.presets().get(choice.endpoint)
        found = loaded.model_copy(update={"extra": preset.extra if preset else {}})
        if key:
            found = Settings.model_validate({**found.model_dump(), "api_key": key.strip()})
        return found

    async def try_out(self, choice: ModelChoice, key: str = "") -> str:
        """Ask the service one short question and say in one sentence how it went. Nothing of the form is sent."""
        from assistant.drafting.wire import Wire

        began = monotonic()
        try:
            settings = self.settings_for(choice, key)
            if not settings.model_is_on:
                return "还没有写地址或模型名，现在不使用模型。"
            wire = Wire(settings.model_copy(update={"max_tokens": 64}))
            reply = wire.reply()
            async with asyncio.timeout(TRY_SECONDS):
                async for _ in wire.visible([{"role": "user", "content": _ASKED}], reply):
                    pass
        except TimeoutError:
            return f"没有成功：{TRY_SECONDS:.0f} 秒没有答完。"
        except (DraftingError, CatalogueError, ZipingError) as error:
            return f"没有成功：{error}"
        said = " ".join(reply.text.split())[:20]
        seconds = monotonic() - began
        answer = f"回答“{said}”" if said else "没有给出文字"
        return f"连上了：{settings.model} {answer}，用时 {seconds:.1f} 秒。没有发送表中内容。"


def _price(amount: object) -> str:
    return str(amount) if amount else ""


def _toml(choice: ModelChoice) -> str:
    """The choice as TOML; the escapes of a JSON string are those of a basic string in TOML."""
    import json

    lines = ["# 由程序里的“模型设置”写成；手工设置请写 settings.toml。"]
    for name, value in choice.model_dump().items():
        if name.startswith("price"):
            lines.append(f"{name} = {json.dumps(value or '0')}")
        else:
            lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
