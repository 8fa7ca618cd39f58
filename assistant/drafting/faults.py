"""What a model service can answer instead of a draft, each as one Chinese sentence with the way out."""

from __future__ import annotations

import re

from assistant.domain.errors import DraftingError, DraftingRefused, DraftingUnavailable

WORTH_RETRYING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
BY_HAND = "表格可继续手工填写，也可用模板草稿。"

_STATUS: dict[int, tuple[str, str]] = {
    400: ("模型服务认为请求有误", "请检查模型名和 extra 选项。"),
    401: ("密钥不对或已失效", "请检查环境变量 ZIPING_API_KEY。"),
    402: ("模型服务的账户余额不足", "请充值或换一个服务。"),
    403: ("这个密钥没有使用该模型的权限", "请在服务商处开通，或换一个模型。"),
    404: ("地址或模型名不存在", "请检查 base_url（一般以 /v1 结尾）和 model。"),
    405: ("这个地址不接受对话请求", "请检查 base_url（一般以 /v1 结尾）。"),
    407: ("代理服务器要求登录", "请在设置 proxy 里写用户名和密码，像 http://用户:密码@主机:端口 。"),
    408: ("模型服务等得太久，放弃了", "请稍后再试。"),
    413: ("内容太长，模型服务不收", "请减少说明文字，或换一个模型。"),
    422: ("模型服务认为请求有误", "请检查模型名和 extra 选项。"),
    429: ("请求太频繁，或额度已用完", "请稍后再试，或查看账户额度。"),
}


class Busy(DraftingUnavailable):
    """Worth trying again, if the service said so after ``retry_after`` seconds."""

    def __init__(self, message: str, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class Broken(DraftingUnavailable):
    """The connection was lost after text had arrived; never repeated by itself, or the text would come twice."""

    def __init__(self) -> None:
        super().__init__("连接在中途断开，草稿不完整。", "已收到的文字还在，可重新起草或接着手工写。")


class OutOfTime(DraftingUnavailable):
    """The time allowed for one draft is over."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"起草超过了 {seconds:g} 秒的总时限。", f"可调大 total_seconds 再试。{BY_HAND}")


def of_status(status: int, said: str = "", retry_after: float | None = None) -> DraftingError:
    """The error for an HTTP status; *said* is the service's own (already cleaned) message."""
    default = ("模型服务出错了", "请稍后再试。") if status >= 500 else ("模型服务拒绝了请求", "请检查设置。")
    what, hint = _STATUS.get(status, default)
    asked = f"，要求 {retry_after:.0f} 秒后再试" if retry_after else ""
    message = f"{what}（HTTP {status}{f'：{said}' if said else ''}{asked}）。"
    if status in WORTH_RETRYING or status >= 500:
        return Busy(message, f"{hint}{BY_HAND}", retry_after)
    return DraftingRefused(message, f"{hint}{BY_HAND}")


def of_stream_error(error: object, clean: str) -> DraftingError:
    """The error for an ``error`` object inside a stream."""
    code = error.get("code") or error.get("type") if isinstance(error, dict) else None
    if isinstance(code, str) and code.isdecimal():
        code = int(code)
    if isinstance(code, int) and 400 <= code < 600:
        return of_status(code, clean)
    busy = re.search(
        r"rate|overload|busy|timeout|unavailable|server_error|internal", f"{code} {clean}", re.IGNORECASE
    )
    message = f"模型服务中途报错{f'：{clean}' if clean else ''}。"
    return Busy(message, f"请稍后再试。{BY_HAND}") if busy else DraftingRefused(message, BY_HAND)


def cleaned(said: object, secret: str = "") -> str:
    """A service's message made fit to show: one line, at most 160 characters, without the key."""
    text = said if isinstance(said, str) else ""
    if secret:
        text = text.replace(secret, "***")
    text = re.sub(r"\b(sk|key|Bearer)[-_ ][\w\-*.]{6,}", "***", text)
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip().rstrip("。.")
    return text if len(text) <= 160 else f"{text[:160]}…"
