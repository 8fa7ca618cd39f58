"""Which proxy stands between here and a model service: the setting, else what the environment or the system says."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass


def proxy_for(scheme: str, host: str, chosen: str = "") -> str:
    """The proxy to ask for *host*, ``""`` for none.

    *chosen*, the setting, goes before HTTP_PROXY, HTTPS_PROXY and ALL_PROXY; NO_PROXY keeps *host* from both.
    """
    if proxy_bypass(host):
        return ""
    known = getproxies()
    proxy = chosen.strip() or known.get(scheme) or known.get("all") or ""
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"
