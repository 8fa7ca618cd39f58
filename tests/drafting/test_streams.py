"""Bytes to visible text: however a stream is cut, nothing is lost and nothing leaks."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import DraftingRefused, DraftingUnavailable
from assistant.drafting.replies import Reply, pending, tidy
from assistant.drafting.streams import Cleaner, DataLines, repetition


def cleaned(pieces: list[str]) -> Cleaner:
    """A cleaner that has seen all *pieces*; what it passed on must be what it says it passed on."""
    cleaner = Cleaner()
    passed = ""
    for piece in pieces:
        grown = cleaner.feed(piece)
        passed = grown if cleaner.retracted else passed + grown
        cleaner.retracted = False
    passed += cleaner.close()
    assert passed.startswith(cleaner.text)
    return cleaner


def cut(text: str, seed: int) -> list[str]:
    """*text* in random pieces of one to six characters."""
    chance = random.Random(seed)
    pieces = []
    while text:
        size = chance.randint(1, 6)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


@pytest.mark.parametrize("seed", range(200))
def test_reasoning_never_leaks_however_it_is_cut(seed):
    chance = random.Random(seed)
    tag = chance.choice(["think", "thinking", "Think", "reasoning"])
    secret = "秘密的思考<b>1 < 2</b>"
    stream = chance.choice(
        [
            f"<{tag}>{secret}</{tag}>\n\n实际完成5次。",
            f"{secret}</{tag}>实际完成5次。",
            f"<{tag}></{tag}>实际完成5次。",
            f"实际完成<{tag}>{secret}</{tag}5次。".replace(f"</{tag}5", f"</{tag}>5"),
            f"<{tag}>{secret}</{tag}>实际完成5次。<|im_end|><|im_start|>user",
        ]
    )
    assert cleaned(cut(stream, seed)).text == "实际完成5次。"


def test_reasoning_alone_leaves_nothing():
    assert cleaned(cut("<think>想了很久，没有写完", 1)).text == ""


@pytest.mark.parametrize(
    "token", ["<|im_end|>", "<|endoftext|>", "</s>", "<|eot_id|>", "<end_of_turn>", "<｜end▁of▁sentence｜>"]
)
def test_an_end_token_ends_the_text(token):
    cleaner = cleaned(cut(f"好。{token}{token}更多", 3))
    assert cleaner.text == "好。"
    assert cleaner.finished


def test_a_plain_smaller_sign_is_text():
    assert cleaned(cut("成本<5300元，占比<50%。", 5)).text == "成本<5300元，占比<50%。"
    assert cleaned(["占比<"]).text == "占比<"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("完成5次。" + "1." * 40, "完成5次。1."),
        ("好" * 40, "好"),
        ("加强管理，提高效率。" * 9, "加强管理，提高效率。"),
        ("好。" + "".join(f"{mark}.说明；" for mark in range(1, 20)), "好。1.说明；"),
        ("以上的写法，可以用于指标，可以用于原文。" * 3, "以上的写法，可以用于指标，可以用于原文。"),
    ],
)
def test_repetition_without_end_is_cut(text, kept):
    cleaner = cleaned(cut(text, 7))
    assert cleaner.text == kept
    assert cleaner.repeated


@pytest.mark.parametrize(
    "text",
    [
        "①②③④",
        "——————",
        "1.1.1 总则",
        "甲；乙；丙；丁；",
        "100000000元",
        "1.甲；2.甲；3.甲；",
        "共完成调研报告三份。" * 3,
    ],
)
def test_ordinary_repetition_is_kept(text):
    assert repetition(text) is None


@given(
    st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8),
    st.integers(0, 10**6),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_payloads_come_out_whole_however_the_bytes_are_cut(texts, seed, end):
    """U+2028 and U+0085 inside JSON do not end a line."""
    payloads = [json.dumps({"x": text + "\u2028\u0085"}, ensure_ascii=False) for text in texts]
    wire = "".join(f": ping{end}data: {payload}{end}{end}" for payload in payloads).encode()
    chance = random.Random(seed)
    lines, found = DataLines(), []
    while wire:
        size = chance.randint(1, 9)
        found += lines.feed(wire[:size])
        wire = wire[size:]
    found += lines.feed(b"", last=True)
    assert found == payloads


def test_a_last_line_without_end_still_counts():
    lines = DataLines()
    assert list(lines.feed(b"data: 1\ndata: 2")) == ["1"]
    assert list(lines.feed(b"", last=True)) == ["2"]


def test_odd_shapes_of_content_are_understood():
    reply = Reply()
    for payload in (
        '{"choices": [{"delta": {"reasoning_content": "想", "content": null}}]}',
        '{"choices": [{"delta": {"content": [{"type": "text", "text": "甲"}, {"type": "image"}]}}]}',
        '{"choices": [{"text": "乙"}]}',
        '{"choices": []}',
        '{"choices": null}',
        '{"choices": [null]}',
        '{"choices": [{"delta": null, "finish_reason": "length"}]}',
        "not json",
        "[1]",
        "",
    ):
        reply.take(payload)
    assert reply.text == "甲乙"
    assert reply.cut
    assert reply.unreadable == 2
    assert not reply.done


@pytest.mark.parametrize(
    ("payload", "kind", "said"),
    [
        ('{"error": {"message": "slow down", "type": "rate_limit_error"}}', DraftingUnavailable, "slow down"),
        ('{"error": {"message": "bad", "code": "429"}}', DraftingUnavailable, "太频繁"),
        ('{"error": "wrong model"}', DraftingRefused, "wrong model"),
        ('{"choices": [{"finish_reason": "content_filter"}]}', DraftingRefused, "内容审核"),
    ],
)
def test_errors_inside_a_stream_are_told_apart(payload, kind, said):
    with pytest.raises(kind, match=said):
        Reply().take(payload)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("```\n完成5次。\n```", "完成5次。"),
        ("**完成**5次。", "完成5次。"),
        ("好的，以下是起草的内容：\n完成5次。", "完成5次。"),
        ("偏差原因分析及改进措施：完成5次。", "完成5次。"),
        ("“完成5次。”", "完成5次。"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("实际完成情况良好。", "实际完成情况良好。"),
    ],
)
def test_what_is_not_part_of_the_cell_is_taken_off(text, kept):
    assert tidy(text) == kept


def test_pending_places_are_listed():
    assert pending("原因：【待补充：延期原因】。【待补充:措施】") == (
        "【待补充：延期原因】",
        "【待补充:措施】",
    )
