"""The reference pages say what the program is now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "profiles.md", "case.md", "settings.md"])
def test_a_reference_page_is_what_the_program_would_write_now(name: str) -> None:
    pages: dict[str, str] = generator().pages()
    assert (DOCS / "reference" / name).read_text("utf-8") == pages[name], "run: python docs/reference.py"


def test_every_command_and_every_rule_set_has_its_section() -> None:
    pages = generator().pages()
    assert {"score", "export", "completion"} <= {
        line.removeprefix("## ziping ")
        for line in pages["commands.md"].splitlines()
        if line.startswith("## ")
    }
    shipped = {path.stem for path in (DOCS.parent / "config" / "profiles").glob("*.toml")}
    assert {stem for stem in shipped if f"编号 `{stem}`" in pages["profiles.md"]} == shipped
