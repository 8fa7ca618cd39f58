"""Finds the shipped ``prompts/`` and ``config/`` folders, from a wheel, an sdist or a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def shipped(folder: str) -> Traversable:
    """Return the shipped *folder* (``"prompts"`` or ``"config"``).

    A wheel carries it inside the package; a checkout or an editable install has it at the repository's top.
    Callers stay with ``Traversable``: ``iterdir``, ``joinpath``, ``read_text``.
    """
    bundled = files("assistant") / "_bundled" / folder
    return bundled if bundled.is_dir() else Path(__file__).parents[1] / folder
