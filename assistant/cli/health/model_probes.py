"""Probes of the model service. Nothing is sent but by :func:`tried`, which the user has to ask for."""

from __future__ import annotations

import asyncio

from assistant.catalogue.settings import Settings
from assistant.cli.health.line import Line, State
from assistant.domain.errors import DraftingError

QUESTION = "请只回答一个字：好"
"""All that is ever sent by a probe: nothing of any case."""


def endpoint(settings: Settings) -> Line:
    """Whether a model is switched on, and whether its address and key can be used at all."""
    if not settings.model_is_on and (settings.base_url or settings.model):
        given, wanted = (
            ("地址（base_url）", "模型名（model）")
            if settings.base_url
            else ("模型名（model）", "地址（base_url）")
        )
        found = f"写了{given}，没有写{wanted}，所以没有启用。"
        return Line(name="模型服务", state=State.MIND, found=found, cure=f"请补上{wanted}。", code="half")
    if not settings.model_is_on:
        found = "没有启用；起草用模板，程序不连任何网络。"
        return Line(name="模型服务", state=State.WELL, found=found, code="off")
    from assistant.drafting.wire import Wire

    try:
        wire = Wire(settings)
    except DraftingError as error:
        return Line(name="模型服务", state=State.BAD, found=error.message, cure=error.hint, code="unusable")
    found = f"{wire.address}，模型 {settings.model}。"
    return Line(name="模型服务", state=State.WELL, found=found, code="local" if wire.is_local else "remote")


def tried(settings: Settings) -> Line:
    """Ask the service for one word."""
    if not settings.model_is_on:
        cure = "请先在界面的“模型设置”里选服务，或写进设置文件。"
        return Line(
            name="试连模型", state=State.MIND, found="没有启用模型，无从试起。", cure=cure, code="off"
        )
    try:
        asyncio.run(asyncio.wait_for(_one_word(settings), float(settings.total_seconds)))
    except TimeoutError:
        cure = "请检查网络，或换一个服务。"
        return Line(
            name="试连模型", state=State.BAD, found="模型服务没有按时回答。", cure=cure, code="timeout"
        )
    except DraftingError as error:
        code = type(error).__name__
        return Line(name="试连模型", state=State.BAD, found=error.message, cure=error.hint, code=code)
    return Line(name="试连模型", state=State.WELL, found="连得上，有回答。", code="ok")


async def _one_word(settings: Settings) -> None:
    from assistant.drafting.wire import Wire

    wire = Wire(settings)
    async for _ in wire.visible([{"role": "user", "content": QUESTION}], wire.reply()):
        pass
