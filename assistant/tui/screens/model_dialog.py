"""模型设置: which service, which model, where the key is; try it; off is the default and plainly said."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from assistant.domain.errors import ZipingError
from assistant.drafting.model_choice import ModelChoice, ModelSettings
from assistant.tui.widgets.choices import Cycle, Push

OFF, OWN = "不使用模型", "自己填地址"
KEYS = ("不需要密钥", "环境变量", "密钥文件", "粘贴密钥")
"""Where the key is; the last one puts it into a file of its own."""


UNITS = ("遮盖，收到后在本机还原", "照原样发出")
"""What becomes of the names of the units; people, telephones and identity numbers are always hidden."""


class ModelDialog(ModalScreen[bool]):
    """Gives back whether the choice was changed. Raises ``ZipingError`` where the settings cannot be read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", show=False),
        Binding("f4", "keep", show=False),
        Binding("f5", "try_out", show=False),
    ]

    def __init__(self, models: ModelSettings) -> None:
        super().__init__()
        self._models = models
        self._presets = models.presets()
        self._before = models.now()
        self._names = ["", *self._presets, OWN]
        labels = (OFF, *(preset.label or name for name, preset in self._presets.items()), OWN)
        self._service = Cycle("服务", labels, id="model-service")
        self._key = Cycle("密钥", KEYS, id="model-key")
        self._units = Cycle("单位名称", UNITS, id="model-units")
        self._lines = {
            "base_url": _line("像 https://api.example.com/v1"),
            "model": _line("服务商公布的模型名"),
            "secret": _line(""),
            "price_sent": _line("可不填"),
            "price_received": _line("可不填"),
        }
        self._said = Static("", classes="dialog-said", markup=False)

    def compose(self) -> ComposeResult:
        """The choice line by line, what came of it, the keys."""
        now = self._before
        state = (
            f"现在使用 {now.model}（{now.origin}）"
            if now.is_on
            else "现在不使用模型：起草用模板，其余功能不受影响"
        )
        with Vertical(classes="dialog"):
            yield Static("模型设置", classes="dialog-title", markup=False)
            yield Static(f"{state}。密钥不进案卷、不进日志。", markup=False)
            yield self._service
            yield from self._fields("地址", "base_url", "模型名", "model")
            yield self._key
            yield from self._fields("密钥在", "secret")
            yield self._units
            with Horizontal(classes="line-field"):
                yield Label("价格 元/百万词元  发出", classes="caption-wide", markup=False)
                yield self._lines["price_sent"]
                yield Label(" 收到 ", markup=False)
                yield self._lines["price_received"]
            with Horizontal(classes="pushes"):
                yield Push("试一次（F5）", id="model-try")
                yield Push("保存（F4）", id="model-keep")
            yield self._said
            yield Static(
                "Tab 换格   ← → 更换   F5 试一次   F4 保存   Esc 不改", classes="dialog-keys", markup=False
            )

    def _fields(self, *pairs: str) -> ComposeResult:
        for caption, name in zip(pairs[::2], pairs[1::2], strict=True):
            with Horizontal(classes="line-field"):
                yield Label(caption, classes="caption", markup=False)
                yield self._lines[name]

    def on_mount(self) -> None:
        """Show the choice in force."""
        now = self._before
        if now.is_on:
            name = now.endpoint if now.endpoint in self._presets else OWN
            self._service.turn_to(self._names.index(name))
        for name in ("base_url", "model", "price_sent", "price_received"):
            self._lines[name].value = getattr(now, name)
        self._units.turn_to(0 if now.mask_units else 1)
        self._key.turn_to(1 if now.key_env else 2 if now.key_file else 0)
        self._lines["secret"].value = now.key_env or now.key_file
        self._follow_key()
        self._service.focus()

    @on(Cycle.Changed, "#model-service")
    def follow_service(self) -> None:
        """A preset fills in what is known of it."""
        name = self._names[self._service.index]
        preset = self._presets.get(name)
        self._lines["base_url"].value = preset.base_url if preset else ""
        self._lines["model"].value = preset.model if preset else ""
        if preset is not None:
            self._key.turn_to(1 if preset.key_env else 0)
            self._lines["secret"].value = preset.key_env
            self._follow_key()

    @on(Cycle.Changed, "#model-key")
    def _follow_key(self) -> None:
        line = self._lines["secret"]
        line.password = self._key.index == 3
        line.disabled = self._key.index == 0
        line.placeholder = ("", "变量名，如 ZIPING_API_KEY", "文件的位置，只有密钥一行，权限 600",
                            f"存到 {self._models.key_file.name}，只有您自己能读")[self._key.index]  # fmt: skip
        if self._key.index in {0, 3}:
            line.value = ""

    @property
    def choice(self) -> ModelChoice:
        """What the fields say."""
        name = self._names[self._service.index]
        if not name:
            return ModelChoice(mask_units=self._units.index == 0)
        said = {key: line.value.strip() for key, line in self._lines.items()}
        preset = self._presets.get(name)
        is_preset = preset is not None and preset.base_url == said["base_url"]
        return ModelChoice(
            endpoint=name if is_preset else "",
            base_url=said["base_url"],
            model=said["model"],
            key_env=said["secret"] if self._key.index == 1 else "",
            key_file=said["secret"] if self._key.index == 2 else "",
            price_sent=said["price_sent"],
            price_received=said["price_received"],
            mask_units=self._units.index == 0,
        )

    @property
    def _typed_key(self) -> str:
        return self._lines["secret"].value if self._key.index == 3 else ""

    @on(Push.Pushed, "#model-try")
    def action_try_out(self) -> None:
        """Ask the service one short question."""
        self._said.update("正在试……" if self.choice.is_on else "还没有写地址或模型名。")
        if self.choice.is_on:
            self._try()

    @work(exclusive=True)
    async def _try(self) -> None:
        self._said.update(await self._models.try_out(self.choice, self._typed_key))

    @on(Push.Pushed, "#model-keep")
    def action_keep(self) -> None:
        """Keep the choice."""
        choice = self.choice
        if self._service.index and not choice.is_on:
            self._said.update("地址和模型名都要写；不用模型请选“不使用模型”。")
            return
        try:
            self._models.save(choice, self._typed_key)
        except ZipingError as error:
            self._said.update(f"没有保存：{error}")
            return
        self.dismiss(True)


def _line(placeholder: str) -> Input:
    line = Input(placeholder=placeholder, compact=True)
    line.cursor_blink = False
    return line
