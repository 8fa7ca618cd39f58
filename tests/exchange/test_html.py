"""The printable page: the grid of the printed form, every text in its place and none taken for markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings

from assistant.domain.case import Case, Indicator
from assistant.exchange.exporter import export
from assistant.exchange.gfm import visible
from tests.exchange.builders import CASES, ERROR, bundle, sample


class Grid(HTMLParser):
    """Lays the cells of the page's table out as a browser does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[dict[int, str]] = []
        self.tags: set[str] = set()
        self._cell: list[str] | None = None
        self._below: dict[tuple[int, int], None] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append({})
        elif tag in {"td", "th"}:
            self._cell = []
            self._spans = {name: int(value or 1) for name, value in attrs if name.endswith("span")}
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"td", "th"} or self._cell is None:
            return
        at, row = len(self.rows) - 1, self.rows[-1]
        column = 0
        while column in row or (at, column) in self._below:
            column += 1
        for across in range(self._spans.get("colspan", 1)):
            assert column + across not in row, "two cells in one place"
            assert (at, column + across) not in self._below, "two cells in one place"
            row[column + across] = "".join(self._cell)
            for down in range(1, self._spans.get("rowspan", 1)):
                self._below[at + down, column + across] = None
        self._cell = None

    @property
    def widths(self) -> set[int]:
        below = {at: sum(1 for row, _ in self._below if row == at) for at in range(len(self.rows))}
        return {len(row) + below[at] for at, row in enumerate(self.rows)}

    def reaches_below_the_last_row(self) -> bool:
        return any(row >= len(self.rows) for row, _ in self._below)


def page(case: Case, **options: bool) -> str:
    return export("html", bundle(case, **options)).decode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CASES)
def test_every_row_fills_the_grid_and_every_text_is_there(case: Case) -> None:
    grid = Grid(page(case))
    assert len(grid.widths) == 1
    assert not grid.reaches_below_the_last_row()
    shown = [text for row in grid.rows for text in row.values()]
    for indicator in case.indicators:
        for text in (
            indicator.level3,
            indicator.target,
            indicator.actual,
            indicator.reason,
            indicator.evidence,
        ):
            assert visible(text) in shown
    assert grid.tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "table", "tr", "th", "td", "br",
        "ul", "li", "b", "div", "colgroup", "col", "thead", "tbody",
    }  # fmt: skip


def test_equal_labels_are_merged_within_their_group_only() -> None:
    rows = [("产出指标", "数量指标"), ("产出指标", "数量指标"), ("效益指标", "数量指标"), ("", ""), ("", "")]
    case = sample().model_copy(
        update={
            "indicators": tuple(
                Indicator(level1=one, level2=two, level3=str(at)) for at, (one, two) in enumerate(rows)
            )
        }
    )
    text = page(case, annex=False)
    assert (
        text.count(
            '<td rowspan="2" class="figure">产出指标</td><td rowspan="2" class="figure">数量指标</td><td>0</td>'
        )
        == 1
    )
    assert text.count('<td class="figure">效益指标</td><td class="figure">数量指标</td><td>2</td>') == 1
    assert text.count('<td class="figure"></td><td class="figure"></td><td>3</td>') == 1


def test_the_page_has_banner_annex_and_total() -> None:
    text = export("html", bundle(sample(), ERROR)).decode()
    assert "草稿：还有1处错误没有改正" in text
    assert '<th colspan="6">总分</th><td class="figure">100</td><td class="figure">95.19</td>' in text
    assert "<b>预算执行率</b>（分值 10）：填报 6.19" in text
    assert "草稿：" not in page(sample())


def test_nothing_is_loaded_from_elsewhere() -> None:
    text = page(sample())
    assert "http" not in text
    assert "<script" not in text
