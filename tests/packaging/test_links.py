"""Every page of the guide can be reached, and every relative link in it and in the README leads to a file that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MENU = ROOT / ".ci" / "mkdocs.yml"
PAGES = sorted(DOCS.rglob("*.md"))
READ = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES]

_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_ELSEWHERE = ("http://", "https://", "mailto:", "#")


def links(text: str) -> list[str]:
    """The relative targets in Markdown, without their anchors; what stands in code is no link."""
    found = (match[1] for match in _LINK.finditer(_CODE.sub("", text)))
    return [target.partition("#")[0] for target in found if not target.startswith(_ELSEWHERE)]


def test_a_link_in_code_or_to_another_site_is_not_looked_up():
    text = "[甲](a.md#x) ![图](i/b.svg) [乙](https://example.org/c.md) [丙](#d) `[丁](e.md)`\n```\n[戊](f.md)\n```\n"
    assert links(text) == ["a.md", "i/b.svg"]


@pytest.mark.parametrize("page", READ, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_to_a_file(page: Path):
    missing = [
        target for target in links(page.read_text("utf-8")) if not (page.parent / target).resolve().exists()
    ]
    assert not missing


@pytest.mark.skipif(not MENU.exists(), reason="the site is not built from an sdist")
def test_every_page_is_in_the_menu_of_the_site_and_the_menu_names_no_other():
    menu = MENU.read_text("utf-8").partition("\nnav:\n")[2]
    named = re.findall(r"- (?:.*: )?(\S+\.md)$", menu, re.MULTILINE)
    assert sorted(named) == sorted(page.relative_to(DOCS).as_posix() for page in PAGES)
