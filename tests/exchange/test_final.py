"""What a final document waits for."""

from __future__ import annotations

import pytest

from assistant.domain.case import Doubt
from assistant.domain.errors import ExchangeError
from assistant.exchange.exporter import export
from tests.exchange.builders import bundle, sample


def doubted(*, confirmed: bool):
    doubt = Doubt(path="indicators[1].actual", raw="5 次?", why="末尾多了问号", confirmed=confirmed)
    return sample().model_copy(update={"doubts": (doubt,)})


def test_a_reading_nobody_confirmed_holds_back_the_final_document_and_says_where_to_confirm_it() -> None:
    with pytest.raises(ExchangeError, match="读入的内容还有 1 处没有人确认，不能导出定稿") as refused:
        export("md", bundle(doubted(confirmed=False), final=True))
    assert "绩效指标第2行“实际完成值”：末尾多了问号" in str(refused.value)
    assert "在“读入内容”页逐条确认" in str(refused.value)


def test_a_confirmed_reading_or_a_draft_is_written() -> None:
    assert export("md", bundle(doubted(confirmed=True), final=True))
    assert export("md", bundle(doubted(confirmed=False)))


@pytest.mark.parametrize("code", ["docx", "md", "html"])
def test_without_the_annex_the_document_is_shorter_and_the_form_is_whole(code: str) -> None:
    whole, form = (export(code, bundle(sample(), annex=annex)) for annex in (True, False))
    assert len(form) < len(whole)
