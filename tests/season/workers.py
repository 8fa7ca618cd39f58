"""Work that misbehaves, importable by other processes."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from assistant.season.result import Form, FormResult


def measured(forms: Sequence[Form]) -> tuple[FormResult, ...]:
    """The size of each form; a form called 死 kills its worker, one called 错 is a fault of the program."""
    found = []
    for form in forms:
        if form.file.startswith("死"):
            os._exit(9)
        if form.file.startswith("错"):
            raise RecursionError
        found.append(FormResult(file=form.file, hints=len(form.data)))
    return tuple(found)


def endless(forms: Sequence[Form]) -> tuple[FormResult, ...]:
    """As :func:`measured`, but a form called 久 never ends, and hears no signal but the one that cannot be ignored."""
    for form in forms:
        while form.file.startswith("久"):
            time.sleep(1)
    return measured(forms)
