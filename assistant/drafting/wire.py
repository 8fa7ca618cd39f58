"""HTTP to an OpenAI-compatible service: one request, its visible text as it arrives, every fault as a sentence.

The only module that knows httpx.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import httpx

from assistant.catalogue.settings import Settings, without_login
from assistant.domain.errors import DraftingRefused
from assistant.drafting.faults import BY_HAND, Broken, Busy, cleaned, of_status
from assistant.drafting.proxies import proxy_for
from assistant.drafting.replies import Reply
from assistant.drafting.streams import DataLines

LARGEST_BODY = 1_000_000
OPTIONAL = ("stream_options", "temperature", "max_tokens")


class Wire:
    """Where and how to ask. Raises ``DraftingRefused`` where address or key cannot be used at all."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._url = checked_url(settings.base_url, allow_http=settings.allow_http)
        self._key = checked_key(settings.api_key.get_secret_value())
        self._transport = transport
        self._refused: set[str] = set()  # options this service does not take, learnt once
        self._tls: ssl.SSLContext | None = None

    @property
    def host(self) -> str:
        """Where texts go."""
        return self._url.host

    @property
    def address(self) -> str:
        """Where texts go, in full; it holds nothing secret."""
        return str(self._url.copy_with(query=None))

    @property
    def is_local(self) -> bool:
        """Whether texts stay on this machine."""
        return is_loopback(self._url.host)

    @property
    def _proxy(self) -> str:
        """A proxy never helps on the way to this machine or within the house, and would read plain http."""
        if self._transport is not None or _is_private(self.host):
            return ""
        return proxy_for(self._url.scheme, self.host, self._settings.proxy)

    def reply(self) -> Reply:
        """An empty answer to read into."""
        return Reply(self._key)

    def body(self, talk: list[dict[str, str]]) -> dict[str, Any]:
        """Exactly what is sent."""
        settings = self._settings
        body: dict[str, Any] = {
            "model": settings.model,
            "messages": talk,
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": settings.temperature,
            "max_tokens": settings.max_tokens,
            **{key: value for key, value in settings.extra.items() if key not in {"messages", "stream"}},
        }
        return {key: value for key, value in body.items() if key not in self._refused}

    def content(self, talk: list[dict[str, str]]) -> bytes:
        """The very bytes that are sent."""
        return json.dumps(self.body(talk), ensure_ascii=False).encode("utf-8", "replace")

    async def visible(self, talk: list[dict[str, str]], reply: Reply) -> AsyncGenerator[str, None]:
        """Ask once and yield the visible text as it arrives. Closing the generator closes the socket.

        Raises ``DraftingUnavailable`` (worth trying again) or ``DraftingRefused``.
        """
        with self._translated(reply):
            async with self._client() as client:
                response = await self._open(client, talk)
                try:
                    async for payload in _payloads(response):
                        if shown := reply.take(payload):
                            yield shown
                        if reply.done:
                            break
                finally:
                    await response.aclose()
                is_over = reply.whole or reply.done
                if rest := reply.close():
                    yield rest
                if not reply.text and reply.unreadable:
                    raise DraftingRefused("模型服务返回了无法识别的内容。", f"请检查 base_url。{BY_HAND}")
                # A proxy, or a server that falls over, can end a stream as politely as the model does.
                if reply.text and not is_over:
                    raise Broken

    async def _open(self, client: httpx.AsyncClient, talk: list[dict[str, str]]) -> httpx.Response:
        headers = {"Accept": "text/event-stream", "Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        while True:
            body = self.body(talk)
            request = client.build_request("POST", self._url, content=self.content(talk), headers=headers)
            response = await client.send(request, stream=True)
            if response.is_success:
                return response
            if response.has_redirect_location:
                target = httpx.URL(response.headers["location"]).host or self.host
                raise DraftingRefused(
                    f"模型服务要把请求转到 {target}，为防密钥外泄没有跟随。", "请把 base_url 改为最终的地址。"
                )
            text = (await _limited(response)).decode("utf-8", "replace")
            if option := self._refused_option(response.status_code, text, body):
                self._refused.add(option)
                continue
            raise of_status(response.status_code, self._said(text), _retry_after(response))

    def _refused_option(self, status: int, text: str, body: dict[str, Any]) -> str | None:
        """Which optional part of *body* a complaint names; it is left out from now on."""
        if status not in {400, 422}:
            return None
        candidates = (*OPTIONAL, *self._settings.extra)
        return next((option for option in candidates if option in body and option in text), None)

    def _said(self, text: str) -> str:
        if text.lstrip()[:1] != "{":
            return ""  # a page, not a message
        try:
            answer = json.loads(text)
        except ValueError:
            return ""
        error = answer.get("error", answer)
        return cleaned(error.get("message") if isinstance(error, dict) else error, self._key)

    def _client(self) -> httpx.AsyncClient:
        settings = self._settings
        timeout = httpx.Timeout(
            settings.read_seconds, connect=settings.connect_seconds, pool=settings.connect_seconds
        )
        try:
            if self._tls is None and self._url.scheme == "http":
                self._tls = ssl.SSLContext(
                    ssl.PROTOCOL_TLS_CLIENT
                )  # never used; reading certificates takes 50 ms
            if self._tls is None:
                self._tls = httpx.create_ssl_context(trust_env=True)
                if settings.ca_file:
                    self._tls.load_verify_locations(cafile=settings.ca_file)
            transport = self._transport
            if transport is None and self.is_local and not _is_address(self.host):
                transport = _ThisMachine(verify=self._tls, trust_env=False)
            return httpx.AsyncClient(
                timeout=timeout,
                verify=self._tls,
                transport=transport,
                proxy=self._proxy or None,
                trust_env=False,
            )
        except (ImportError, ValueError, httpx.InvalidURL):
            where = "设置 proxy" if settings.proxy else "环境变量"
            raise DraftingRefused(
                f"{where}里的代理写法用不了。",
                "请写成 http://主机:端口；不用代理请取消 HTTP_PROXY、ALL_PROXY。",
            ) from None
        except OSError as error:
            raise DraftingRefused(f"证书文件 {settings.ca_file} 读不出来。", "请检查 ca_file。") from error

    @contextmanager
    def _translated(self, reply: Reply) -> Iterator[None]:
        """Turn httpx errors into sentences. Messages of httpx are not passed on: one of them quotes the key."""
        try:
            yield
        except httpx.ConnectTimeout:
            raise Busy(f"连接{self._next_stop}超时。", f"请检查网络和代理。{BY_HAND}") from None
        except httpx.TimeoutException:
            if reply.text:
                raise Broken from None
            seconds = f"{self._settings.read_seconds:g}"
            raise Busy(f"模型服务 {seconds} 秒没有回音。", f"请稍后再试。{BY_HAND}") from None
        except httpx.ConnectError as error:
            raise self._no_connection(error) from None
        except httpx.ProxyError:
            raise Busy(
                f"{self._next_stop.strip()} 拒绝了连接。",
                f"请检查设置 proxy 或环境变量 HTTPS_PROXY。{BY_HAND}",
            ) from None
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL):
            raise DraftingRefused("模型服务的地址或密钥写法有误。", "请检查 base_url 和密钥。") from None
        except httpx.DecodingError:
            raise DraftingRefused("模型服务返回了无法解压的内容。", BY_HAND) from None
        except httpx.RequestError:
            if reply.text:
                raise Broken from None
            raise Busy(f"与 {self.host} 的连接断开了。", f"请稍后再试。{BY_HAND}") from None

    @property
    def _next_stop(self) -> str:
        """What a connection is made to, in words."""
        proxy = self._proxy
        return f"代理服务器 {without_login(proxy)} " if proxy else f" {self.host} "

    def _no_connection(self, error: httpx.ConnectError) -> Exception:
        causes = list(_causes(error))
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            return DraftingRefused(f"{self.host} 的安全证书验证不通过。", "单位自建的证书请设 ca_file。")
        if any(isinstance(cause, ssl.SSLError) for cause in causes):
            return DraftingRefused(
                f"与 {self.host} 建立不了加密连接。", "本机或内网的服务多半要把 base_url 写成 http:// 开头。"
            )
        if self._proxy:  # all but the encryption is the proxy's business
            hint = f"请检查设置 proxy 或环境变量 HTTP_PROXY、HTTPS_PROXY；这台主机不用代理的，请写进 NO_PROXY。{BY_HAND}"
            return Busy(f"连接不上{self._next_stop.rstrip()}。", hint)
        lookup = next((cause for cause in causes if isinstance(cause, socket.gaierror)), None)
        if lookup is not None and lookup.errno != socket.EAI_AGAIN:
            return DraftingRefused(f"找不到主机 {self.host}。", f"请检查 base_url 和网络。{BY_HAND}")
        if self.is_local:
            return Busy("本机的模型服务没有在运行。", f"请先启动它，或检查 base_url 的端口。{BY_HAND}")
        return Busy(f"连接不上 {self.host}。", f"请检查网络和代理。{BY_HAND}")


class _ThisMachine(httpx.AsyncHTTPTransport):
    """To a name of this machine (``localhost``) without asking any name server, which may answer what it likes.

    RFC 6761, 6.3: such names stand for the loopback address and nothing else.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send *request* to IPv4's loopback address or, where nobody listens there, to IPv6's."""
        request.extensions = {**request.extensions, "sni_hostname": request.url.host}
        request.url = request.url.copy_with(host="127.0.0.1")
        try:
            return await super().handle_async_request(request)
        except httpx.ConnectError:
            request.url = request.url.copy_with(host="::1")
            with suppress(httpx.ConnectError):
                return await super().handle_async_request(request)
            raise  # the first failure, with its cause: a certificate, say


async def _payloads(response: httpx.Response) -> AsyncGenerator[str, None]:
    """The ``data:`` payloads of a stream; a service that does not stream answers with one JSON body."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/html":
        raise DraftingRefused(
            "这个地址返回的是网页，不是模型服务。",
            "请检查 base_url（一般以 /v1 结尾），或是否需要先登录上网。",
        )
    if kind == "application/json":
        yield (await _limited(response)).decode("utf-8", "replace")
        return
    lines = DataLines()
    async for chunk in response.aiter_bytes():
        for payload in lines.feed(chunk):
            yield payload
    for payload in lines.feed(b"", last=True):
        yield payload


async def _limited(response: httpx.Response) -> bytes:
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LARGEST_BODY:
            break
    return body


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds of a Retry-After header, which may also be a date."""
    written = response.headers.get("retry-after", "").strip()
    if written.isdecimal():
        return float(written)
    try:
        return max(0.0, parsedate_to_datetime(written).timestamp() - time())
    except (ValueError, TypeError, OverflowError):
        return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        if isinstance(seen, BaseExceptionGroup):
            yield from seen.exceptions
        seen = seen.__cause__ or seen.__context__


def checked_key(key: str) -> str:
    """Return *key* if it can stand in a header. The key itself is never part of the error."""
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise DraftingRefused("密钥里有空格、换行或中文字符。", "请重新复制密钥，检查是不是还留着示例文字。")
    return key


def checked_url(base_url: str, *, allow_http: bool) -> httpx.URL:
    """Return the address to post to. Plain http only goes to this machine or a private address, unless allowed."""
    hint = "应当像 https://api.example.com/v1 。"
    try:
        url = httpx.URL(base_url.strip().rstrip("/"))
    except httpx.InvalidURL:
        raise DraftingRefused("base_url 不是正确的网址。", hint) from None
    if url.scheme not in {"http", "https"} or not url.host or (url.port or 0) > 65535:
        raise DraftingRefused("base_url 不是正确的网址。", hint)
    if url.userinfo:
        raise DraftingRefused("base_url 里不要写用户名和密码。", "密钥请设环境变量 ZIPING_API_KEY。")
    if url.scheme == "http" and not allow_http and not _is_private(url.host):
        raise DraftingRefused(
            f"{url.host} 用的是不加密的 http，内容和密钥会被沿途看到。",
            "请改用 https://；确属内网的请设 allow_http = true。",
        )
    path = url.path.rstrip("/")
    return url if path.endswith("/chat/completions") else url.copy_with(path=f"{path}/chat/completions")


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_private(host: str) -> bool:
    if is_loopback(host):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False  # a name may point anywhere
