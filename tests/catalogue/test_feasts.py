"""Days with a date of their own: read from ``config/feasts.toml``, and a slip in it is told by name."""

from __future__ import annotations

import pytest

from assistant.catalogue.feasts import day_of, load_feasts
from assistant.domain.errors import CatalogueError


def test_every_shipped_feast_has_a_day_or_says_that_it_has_none():
    feasts = load_feasts()
    assert feasts["世界水日"] == (3, 22)  # set by the United Nations in 1993
    assert feasts["全国助残日"] is None  # the third Sunday of May


@pytest.mark.parametrize("written", [[3], [13, 1], [2, 32], ["3", 22], "3月22日", [1, 2, 3]])
def test_what_is_no_day_is_told_by_the_name_of_the_feast(written):
    with pytest.raises(CatalogueError, match="世界水日"):
        day_of("世界水日", written)
