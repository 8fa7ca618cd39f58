"""The model client against a real socket: streaming, cancelling, and everything a service can do wrong."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import aclosing
from decimal import Decimal

import httpx
import pytest
import tenacity

from assistant.catalogue.settings import Settings, load_settings
from assistant.domain.errors import DraftingError, DraftingRefused, DraftingUnavailable
from assistant.drafting.client import OpenAIDrafter, tokens_about
from assistant.drafting.drafter import (
    Draft,
    DraftRequest,
    Event,
    Fact,
    Finished,
    Mask,
    Piece,
    Restarted,
    Span,
    Usage,
    Verification,
    Waiting,
)
from assistant.drafting.prompts import Prompts

KEY = "sk-test-0123456789abcdef"
REQUEST = DraftRequest(
    path="indicators[0].reason",
    prompt="deviation_reason",
    facts=(
        Fact(id="F1", label="指标名称", text="召开专家会"),
        Fact(id="F2", label="年度指标值", text="≥3次", amount=Decimal(3), unit="次"),
        Fact(id="F3", label="实际完成值", text="5次", amount=Decimal(5), unit="次"),
        Fact(id="F4", label="实施单位", text="某市服务中心"),
    ),
    context={"indicator": "召开专家会", "deviation": "超过指标值较多", "limit": "100字"},
    masks=(Mask(slot="N1", text="某市服务中心"),),
)


def accepts(text: str, facts: tuple[Fact, ...]) -> Verification:
    """A verifier that is always content."""
    return Verification()


def drafter_for(settings: Settings, verify=accepts, sleep=None, **changes: object) -> OpenAIDrafter:
    """A drafter that does not wait between tries."""

    async def no_sleep(_: float) -> None:
        return None

    settings = settings.model_copy(update=changes)
    return OpenAIDrafter(settings, verify, wait=tenacity.wait_none(), sleep=sleep or no_sleep)


async def events_of(drafter: OpenAIDrafter, request: DraftRequest = REQUEST) -> list[Event]:
    """All events of one draft."""
    async with aclosing(drafter.stream(request)) as stream:
        return [event async for event in stream]


def last_draft(events: list[Event]) -> Draft:
    """The draft, after checking that it came last and once."""
    finished = [event for event in events if isinstance(event, Finished)]
    assert len(finished) == 1
    assert events[-1] is finished[0]
    return finished[0].draft


def shown(events: list[Event]) -> str:
    """What a screen shows before the draft is finished."""
    text = ""
    for event in events:
        if isinstance(event, Piece):
            text += event.text
        elif isinstance(event, Restarted):
            text = ""
    return text


async def test_a_stream_arrives_in_pieces_with_its_slots_filled(service, settings):
    service.says("指标值为{F", "2}，实际", "完成{F3}次。")
    events = await events_of(drafter_for(settings))
    draft = last_draft(events)
    assert draft.text == "指标值为≥3次，实际完成5次。"
    assert shown(events).startswith("指标值为≥3次，实际")
    assert "{" not in shown(events)
    assert sum(isinstance(event, Piece) for event in events) >= 3
    assert (draft.usage.sent, draft.usage.received) == (210, 34)
    assert draft.prompt == "deviation_reason/1"
    assert draft.model == "test-model"
    assert draft.usable


async def test_names_do_not_leave_the_house_and_come_back_exact(service, settings):
    service.says("由{N1}负责。")
    drafter = drafter_for(settings)
    draft = last_draft(await events_of(drafter))
    assert draft.text == "由某市服务中心负责。"
    assert "某市服务中心" not in str(service.requests)
    assert service.requests[0] == drafter.payload(REQUEST)


async def test_cancelling_half_way_closes_the_socket(service, settings):
    def endless(line) -> None:
        line.raw(service.head)
        line.event(service.first)
        line.event(service.chunk("正在写"))
        line.wait_for_close()

    service.play(endless)
    seen: list[Event] = []
    arrived = asyncio.Event()

    async def watch() -> None:
        async for event in drafter_for(settings).stream(REQUEST):
            seen.append(event)
            arrived.set()

    task = asyncio.create_task(watch())
    await asyncio.wait_for(arrived.wait(), 5)
    start = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(service.hung_up.wait, 5)
    assert time.monotonic() - start < 5  # how soon it is: bench/drafting.py
    assert seen == [Piece(text="正在写")]


async def test_leaving_the_loop_closes_the_socket_too(service, settings):
    def endless(line) -> None:
        line.raw(service.head)
        line.event(service.chunk("正在写"))
        line.wait_for_close()

    service.play(endless)
    async with aclosing(drafter_for(settings).stream(REQUEST)) as stream:
        assert await anext(stream) == Piece(text="正在写")
    assert await asyncio.to_thread(service.hung_up.wait, 5)


async def test_cancelling_while_waiting_for_the_first_byte_closes_the_socket(service, settings):
    service.play(lambda line: line.wait_for_close())
    task = asyncio.create_task(events_of(drafter_for(settings)))
    assert await asyncio.to_thread(service.asked.wait, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(service.hung_up.wait, 5)


async def test_a_busy_service_is_asked_again_after_the_time_it_named(service, settings):
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    service.play(service.refusal(429, Retry_After="7"), service.stream("好。"))
    events = await events_of(drafter_for(settings, sleep=sleep))
    assert events[0] == Waiting(attempt=2, seconds=7, why=events[0].why)
    assert "请求太频繁" in events[0].why
    assert "7 秒后" in events[0].why
    assert slept == [7]
    assert last_draft(events).text == "好。"


async def test_a_wait_longer_than_a_person_would_is_refused(service, settings):
    service.play(service.refusal(429, Retry_After="3600"))
    with pytest.raises(DraftingUnavailable, match="3600 秒后再试"):
        await events_of(drafter_for(settings))
    assert len(service.requests) == 1


async def test_three_failures_are_enough(service, settings):
    service.play(service.refusal(500))
    with pytest.raises(DraftingUnavailable, match="HTTP 500"):
        await events_of(drafter_for(settings, attempts=3))
    assert len(service.requests) == 3


async def test_a_loss_in_mid_stream_is_told_and_never_repeated(service, settings):
    def breaks(line) -> None:
        line.raw(service.head)
        line.event(service.chunk("写到一半"))
        time.sleep(0.05)
        line.reset()

    service.play(breaks)
    stream = drafter_for(settings).stream(REQUEST)
    assert await anext(stream) == Piece(text="写到一半")
    with pytest.raises(DraftingUnavailable, match="中途断开"):
        await anext(stream)
    assert len(service.requests) == 1


async def test_a_loss_before_the_first_word_is_tried_again(service, settings):
    def breaks(line) -> None:
        line.raw(service.head)
        line.event(service.first)
        line.reset()

    service.play(breaks, service.stream("好。"))
    events = await events_of(drafter_for(settings))
    assert isinstance(events[0], Waiting)
    assert last_draft(events).text == "好。"


async def test_a_slow_first_byte_ends_in_a_sentence(service, settings):
    service.play(lambda line: line.wait_for_close())
    with pytest.raises(DraftingUnavailable, match=r"0\.1 秒没有回音"):
        await events_of(drafter_for(settings, read_seconds=0.1, attempts=1))


async def test_the_whole_draft_is_bounded_however_slowly_it_drips(service, settings):
    def drips(line) -> None:
        line.raw(service.head)
        for _ in range(50):
            line.event(service.chunk("滴"))
            time.sleep(0.05)

    service.play(drips)
    start = time.monotonic()
    with pytest.raises(DraftingUnavailable, match="总时限"):
        await events_of(drafter_for(settings, total_seconds=0.3))
    assert time.monotonic() - start < 2


async def test_a_broken_prompt_of_the_users_own_is_told_with_the_draft(service, settings, tmp_path):
    (tmp_path / "system.md").write_text("坏的", "utf-8")
    service.play(service.stream("好。"))
    drafter = OpenAIDrafter(settings, lambda *_: Verification(), Prompts(tmp_path))
    draft = last_draft(await events_of(drafter))
    assert draft.text == "好。"
    assert [("system.md" in note, "已改用随程序发布的提示词" in note) for note in draft.notes] == [
        (True, True)
    ]


async def test_an_option_the_service_refuses_is_dropped_once_and_remembered(service, settings):
    complaint = '{"error": {"message": "Unrecognized request argument supplied: stream_options"}}'
    service.play(service.refusal(400, complaint), service.stream("好。"))
    drafter = drafter_for(settings)
    assert last_draft(await events_of(drafter)).text == "好。"
    await events_of(drafter)
    assert ["stream_options" in request for request in service.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("status", "body", "kind", "sentence"),
    [
        (
            401,
            '{"error": {"message": "Incorrect API key provided: sk-test-0123456789abcdef"}}',
            DraftingRefused,
            "密钥不对",
        ),
        (402, "", DraftingRefused, "余额不足"),
        (403, "", DraftingRefused, "没有使用该模型的权限"),
        (404, '{"error": {"message": "model not found"}}', DraftingRefused, "model not found"),
        (400, '{"error": "bad"}', DraftingRefused, "请求有误"),
        (418, "", DraftingRefused, "拒绝了请求"),
        (408, "", DraftingUnavailable, "等得太久"),
        (429, "", DraftingUnavailable, "太频繁"),
        (503, "<html>nginx</html>", DraftingUnavailable, "HTTP 503）"),
    ],
)
async def test_every_refusal_is_one_sentence_with_a_way_out(service, settings, status, body, kind, sentence):
    service.play(service.refusal(status, body))
    with pytest.raises(kind) as caught:
        await events_of(drafter_for(settings, attempts=1))
    assert sentence in str(caught.value)
    assert caught.value.hint
    assert KEY not in str(caught.value)
    assert KEY not in repr(caught.value)


async def test_a_web_page_is_not_a_model(service, settings):
    service.play(service.refusal(200, "<html>login</html>", Content_Type="text/html; charset=utf-8"))
    with pytest.raises(DraftingRefused, match="网页"):
        await events_of(drafter_for(settings))


async def test_a_redirect_is_not_followed(service, settings):
    service.play(service.refusal(307, Location="https://elsewhere.example/v1/chat/completions"))
    with pytest.raises(DraftingRefused, match=r"elsewhere\.example"):
        await events_of(drafter_for(settings))
    assert len(service.requests) == 1


async def test_a_service_that_does_not_stream_is_understood(service, settings):
    body = '{"choices": [{"message": {"content": "好。"}}], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}'
    service.play(service.refusal(200, body, Content_Type="application/json"))
    draft = last_draft(await events_of(drafter_for(settings)))
    assert (draft.text, draft.usage.received) == ("好。", 2)


async def test_content_that_is_only_null_is_no_draft(service, settings):
    service.play(service.events(service.first, service.chunk(finish="stop"), "[DONE]"))
    with pytest.raises(DraftingRefused, match="没有给出任何文字"):
        await events_of(drafter_for(settings))


async def test_an_error_object_in_the_stream_is_told(service, settings):
    service.play(service.events({"error": {"message": "context length exceeded", "code": 400}}))
    with pytest.raises(DraftingRefused, match="context length exceeded"):
        await events_of(drafter_for(settings))


async def test_an_overload_in_the_stream_is_tried_again(service, settings):
    service.play(service.events({"error": {"message": "overloaded"}}), service.stream("好。"))
    events = await events_of(drafter_for(settings))
    assert isinstance(events[0], Waiting)
    assert last_draft(events).text == "好。"


async def test_broken_utf8_and_half_a_line_are_survived(service, settings):
    def scene(line) -> None:
        line.raw(service.head)
        line.part(b"data: \xff\xfe{broken\n\n")
        good = 'data: {"choices": [{"delta": {"content": "\u597d\u3002"}, "finish_reason": "stop"}]}'.encode()
        line.part(good[:30])
        line.part(good[30:])  # no line end at all
        line.end()

    service.play(scene)
    assert last_draft(await events_of(drafter_for(settings))).text == "好。"


async def test_an_answer_that_makes_no_sense_is_told(service, settings):
    service.play(service.events("hello", "world"))
    with pytest.raises(DraftingRefused, match="无法识别"):
        await events_of(drafter_for(settings))


async def test_a_closed_port_names_the_cure(settings, service):
    closed = settings.model_copy(update={"base_url": "http://127.0.0.1:1/v1", "attempts": 1})
    with pytest.raises(DraftingUnavailable, match="没有在运行"):
        await events_of(drafter_for(closed))


async def test_an_unknown_host_names_the_cure(settings, service):
    lost = settings.model_copy(update={"base_url": "https://model.invalid/v1"})
    with pytest.raises(DraftingRefused, match=r"找不到主机 model\.invalid"):
        await events_of(drafter_for(lost))


async def test_https_to_a_plain_service_names_the_cure(service, settings):
    wrong = settings.model_copy(update={"base_url": service.url.replace("http:", "https:")})
    service.play(service.refusal(400))
    with pytest.raises(DraftingRefused, match=r"http:// 开头"):
        await events_of(drafter_for(wrong))


async def test_a_broken_proxy_setting_names_the_cure(settings, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "socks9://proxy:1")
    remote = settings.model_copy(update={"base_url": "https://api.example.com/v1"})
    with pytest.raises(DraftingRefused, match="代理"):
        await events_of(drafter_for(remote))


async def test_a_proxy_is_not_used_for_this_machine(service, settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    service.says("好。")
    assert last_draft(await events_of(drafter_for(settings))).text == "好。"


async def test_one_repair_round_follows_what_has_no_fact(service, settings):
    def verify(text: str, facts: tuple[Fact, ...]) -> Verification:
        at = text.find("9次")
        bad = (Span(start=at, end=at + 2, text="9次", why="事实里没有这个数"),) if at >= 0 else ()
        return Verification(unsupported=bad)

    service.play(service.stream("实际完成9次。"), service.stream("实际完成{F3}。"))
    events = await events_of(drafter_for(settings, verify))
    draft = last_draft(events)
    assert draft.text == "实际完成5次。"
    assert draft.attempts == 2
    assert draft.usable
    assert shown(events) == "实际完成5次。"
    assert "“9次”：事实里没有这个数" in service.requests[1]["messages"][-1]["content"]


async def test_a_draft_that_stays_wrong_is_shown_but_not_usable(service, settings):
    def verify(text: str, facts: tuple[Fact, ...]) -> Verification:
        return Verification(unsupported=(Span(start=4, end=6, text="9次", why="事实里没有这个数"),))

    service.says("实际完成9次。")
    draft = last_draft(await events_of(drafter_for(settings, verify)))
    assert not draft.usable
    assert draft.unsupported[0].text == "9次"
    assert len(service.requests) == 2


async def test_a_failed_repair_keeps_the_first_draft(service, settings):
    def verify(text: str, facts: tuple[Fact, ...]) -> Verification:
        return Verification(unsupported=(Span(start=4, end=6, text="9次", why="事实里没有这个数"),))

    service.play(service.stream("实际完成9次。"), service.refusal(401))
    draft = last_draft(await events_of(drafter_for(settings, verify)))
    assert draft.text == "实际完成9次。"
    assert "改写没有成功" in draft.notes[0]


async def test_reasoning_without_an_opening_tag_is_taken_back(service, settings):
    service.says("让我想想，", "应该写5次</think>", "实际完成{F3}。")
    events = await events_of(drafter_for(settings))
    assert shown(events) == "实际完成5次。"
    assert last_draft(events).text == "实际完成5次。"


async def test_an_answer_without_end_is_stopped(service, settings):
    def repeats(line) -> None:
        line.raw(service.head)
        line.event(service.chunk("实际完成{F3}。"))
        try:
            for _ in range(100_000):
                line.event(service.chunk("1."))
        except OSError:
            service.hung_up.set()

    service.play(repeats)
    draft = last_draft(await events_of(drafter_for(settings)))
    assert draft.text == "实际完成5次。1."
    assert "重复" in draft.notes[0]
    assert draft.repeated
    assert not draft.usable
    assert await asyncio.to_thread(service.hung_up.wait, 5)


async def test_classified_words_stop_the_sending(settings, service):
    remote = settings.model_copy(update={"base_url": "https://api.example.com/v1"})
    fact = Fact(id="F1", label="情况说明", text="该材料为机密级", kind="note")
    request = REQUEST.model_copy(update={"facts": (fact,)})
    with pytest.raises(DraftingRefused, match="机密"):
        await events_of(drafter_for(remote), request)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://api.example.com/v1", "不加密"),
        ("http://8.8.8.8/v1", "不加密"),
        ("ftp://127.0.0.1", "网址"),
        ("api.example.com/v1", "网址"),
        ("http://127.0.0.1:99999/v1", "网址"),
        ("https://user:pass@api.example.com", "用户名"),
    ],
)
def test_an_unusable_address_is_refused_at_once(settings, url, sentence):
    with pytest.raises(DraftingRefused, match=sentence):
        drafter_for(settings, base_url=url)


@pytest.mark.parametrize(
    "url", ["http://localhost:1/v1", "http://192.168.1.9/v1", "http://[::1]:8080", "https://a.cn"]
)
def test_a_private_or_encrypted_address_is_accepted(settings, url):
    assert drafter_for(settings, base_url=url).host in url


@pytest.mark.parametrize("base", ["https://a.cn/v1", "https://a.cn/v1/", "https://a.cn/v1/chat/completions"])
async def test_the_path_is_completed_once(settings, base):
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"choices": [{"message": {"content": "好。"}}]})

    settings = settings.model_copy(update={"base_url": base})
    drafter = OpenAIDrafter(settings, accepts, transport=httpx.MockTransport(answer))
    await events_of(drafter)
    assert asked == ["https://a.cn/v1/chat/completions"]


@pytest.mark.parametrize("key", ["你的密钥", "sk abc", "sk-abc\n"])
def test_a_key_that_cannot_stand_in_a_header_is_refused_without_quoting_it(tmp_path, key):
    flags = {"base_url": "https://a.cn/v1", "model": "m"}
    settings = load_settings(flags, {"ZIPING_API_KEY": key}, tmp_path).settings
    with pytest.raises(DraftingRefused) as caught:
        OpenAIDrafter(settings, accepts)
    assert key not in str(caught.value)
    assert "密钥" in str(caught.value)


async def test_the_key_goes_into_the_header_and_nowhere_else(service, settings, caplog):
    service.says("好。")
    drafter = drafter_for(settings)
    with caplog.at_level(logging.DEBUG):
        events = await events_of(drafter)
    assert f"authorization: bearer {KEY}" in service.heads[0].lower()
    assert KEY not in str(service.requests)
    assert KEY not in caplog.text
    assert KEY not in repr(events)
    assert KEY not in repr(vars(drafter))
    assert "好。" not in caplog.text  # the log tells that, not what


def test_mock_errors_of_every_kind_become_drafting_errors(settings):
    """No exception of httpx comes through, whatever it is."""
    kinds = [
        kind
        for kind in vars(httpx).values()
        if isinstance(kind, type)
        and issubclass(kind, httpx.RequestError)
        and kind is not httpx.TooManyRedirects
    ]
    assert len(kinds) > 10
    for kind in kinds:

        def fail(request: httpx.Request, kind: type[httpx.RequestError] = kind) -> httpx.Response:
            raise kind(f"Illegal header value b'Bearer {KEY}'")

        drafter = OpenAIDrafter(
            settings.model_copy(update={"attempts": 1}), accepts, transport=httpx.MockTransport(fail)
        )
        with pytest.raises(DraftingError) as caught:
            asyncio.run(events_of(drafter))
        assert KEY not in str(caught.value)
        assert caught.value.__cause__ is None


def test_tokens_are_estimated_by_characters():
    assert tokens_about("实际完成") == 4
    assert tokens_about("实际完成5次。") == 7  # six characters of Chinese, one digit
    assert tokens_about("abcdefgh") == 2
    assert tokens_about("") == 0


def test_an_estimate_is_there_before_anything_is_sent(service, settings):
    drafter = drafter_for(settings, max_tokens=300)
    estimate = drafter.estimate(REQUEST)
    said = "".join(part["content"] for part in drafter.payload(REQUEST)["messages"])
    assert len(said) // 2 < estimate.sent <= len(said)
    assert estimate.received == 300
    assert service.requests == []


async def test_the_budget_stops_before_it_is_passed(service, settings):
    service.says("好。")  # 210 sent, 34 received
    drafter = drafter_for(settings)
    room = drafter.estimate(REQUEST).sent + 1
    drafter = drafter_for(settings, budget_tokens=room)
    await events_of(drafter)
    with pytest.raises(DraftingRefused, match="已用 244 个词元") as caught:
        await events_of(drafter)
    assert "budget_tokens" in caught.value.hint
    assert len(service.requests) == 1


async def test_the_budget_also_stops_the_second_request_for_one_draft(service, settings):
    def verify(text, facts):
        return Verification(unsupported=(Span(start=0, end=1, text=text[0], why="没有依据"),))

    service.says("好。")  # 210 sent, 34 received
    room = drafter_for(settings).estimate(REQUEST).sent + 1
    draft = last_draft(await events_of(drafter_for(settings, verify, budget_tokens=room)))
    assert draft.text == "好。"
    assert "改写没有成功：这次运行已用 244 个词元" in draft.notes[0]
    assert len(service.requests) == 1


async def test_an_answer_that_broke_off_counts_as_well(service, settings):
    service.play(
        service.events(service.chunk("<think>想想</think>实际完成{F3}"))
    )  # then the stream just ends
    drafter = drafter_for(settings)
    with pytest.raises(DraftingUnavailable):
        await events_of(drafter)
    # 想想实际完成{F3}: six characters, four signs
    assert drafter.used == Usage(sent=drafter.estimate(REQUEST).sent, received=7)


async def test_a_service_that_does_not_count_is_counted_for(service, settings):
    service.play(service.events(service.chunk("实际完成{F3}。"), "[DONE]"))
    drafter = drafter_for(settings)
    draft = last_draft(await events_of(drafter))
    assert draft.usage.sent == drafter.estimate(REQUEST).sent
    assert draft.usage.received == 6  # 实际完成。 and {F3}: five characters, four signs
    assert drafter.used == draft.usage
