"""Ctrl+C in the middle of a compiled library is Ctrl+C, not a fault of the program."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError, core_schema

from assistant.cli.interrupts import interrupts


@pytest.fixture(autouse=True)
def heeding() -> Iterator[None]:
    """A test run in the background ignores Ctrl+C; here it is heeded."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Pressed:
    """Something during whose writing the user presses Ctrl+C."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> core_schema.CoreSchema:
        return core_schema.any_schema(
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda _: signal.raise_signal(signal.SIGINT)
            )
        )


def write() -> None:
    """Write it as a result of a folder is written."""
    TypeAdapter(Pressed).dump_json(Pressed())


def test_pydantic_makes_an_error_of_it():
    with pytest.raises(PydanticSerializationError):
        write()


def test_within_a_run_it_is_an_interruption():
    with pytest.raises(KeyboardInterrupt), interrupts():
        write()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_without_ctrl_c_stays_that_error():
    with pytest.raises(ZeroDivisionError), interrupts():
        _ = 1 / 0


def test_where_ctrl_c_is_ignored_it_stays_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with interrupts():
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
