"""The *shape* of a case, settings and requests for a support colleague: counts, lengths and codes; never a word of a text.

Everything here lets through only what is named: numbers, and words from lists of the program. What is not known is left
out, so that a field somebody adds later stays at home until it is looked at.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.catalogue.settings import Loaded
from assistant.checks.engine import run_checks
from assistant.domain.case import Case
from assistant.domain.places import ROWS
from assistant.domain.profile import Profile
from assistant.scoring.engine import score_case
from assistant.store.inventory import Inventory
from assistant.values.read import read_actual, read_target

_PLACE = re.compile(r"(?:[a-z_]+(?:\[\d+\])?\.?)*\Z")
_WORD = re.compile(r"[A-Za-z][A-Za-z_]{0,39}\Z")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:[+-]\d\d:\d\d|Z)?\Z")
_USUAL_PATHS = frozenset({"", "/", "/v1", "/v1/", "/v1/chat/completions", "/api/v3", "/compatible-mode/v1"})
_PLAIN_SETTINGS = frozenset(
    {
        "markdown_tables", "kitty_keys", "temperature", "max_tokens", "connect_seconds", "read_seconds", "total_seconds",
        "parallel", "budget_tokens", "price_sent", "price_received", "attempts", "allow_http",
        "mask_units",
    }
)  # fmt: skip
"""Settings that are numbers, switches or words of the program."""
_REQUEST_NUMBERS = ("sent", "received", "first_ms", "total_ms", "retries")


def shape_of_file(path: Path, data: bytes) -> dict[str, Any]:
    """The file without its contents; its name as a digest, so that two bundles of one case can be told to be such."""
    return {
        "name_sha256": hashlib.sha256(path.name.encode("utf-8", "replace")).hexdigest(),
        "bytes": len(data),
    }


def shape_of_case(case: Case, profile: Profile, *, is_shipped: bool) -> dict[str, Any]:
    """How much stands where, how each value was understood, which checks found what."""
    sheet = score_case(case, profile)
    report = run_checks(case, sheet, profile)
    return {
        "schema_version": case.schema_version,
        "year": case.year,
        "profile": profile.id if is_shipped else "own",
        "texts": _lengths(case, set(ROWS)),
        "rows": {name: [_lengths(row, set()) for row in getattr(case, name)] for name in ROWS},
        "unknown_keys": len(case.model_extra or {}),
        "read": [_understood(row.target, row.actual) for row in case.indicators],
        "lines": [line.status.value for line in sheet.rows],
        "findings": [
            {"code": one.code, "severity": one.severity.value, "path": _place(one.path)}
            for one in report.findings
        ],
        "not_checked": [{"code": one.code, "path": _place(one.path)} for one in report.not_checked],
        "passed": list(report.passed),
    }


def _lengths(record: Any, without: set[str]) -> dict[str, int]:
    """Characters of every text of *record*, entries of every list; of its own fields only."""
    found = ((key, getattr(record, key)) for key in type(record).model_fields if key not in without)
    return {key: len(value) for key, value in found if isinstance(value, str | tuple)}


def _understood(target_text: str, actual_text: str) -> list[str]:
    target = read_target(target_text)
    return [type(target).__name__, type(read_actual(actual_text, target)).__name__]


def _place(path: str) -> str:
    return path if _PLACE.match(path) else "?"


def shape_of_settings(loaded: Loaded, shipped_profiles: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Settings: the key only as set or not, paths and variables too, an address without its private parts."""
    settings = loaded.settings
    found: dict[str, Any] = {key: str(getattr(settings, key)) for key in sorted(_PLAIN_SETTINGS)}
    found["api_key"] = bool(settings.api_key.get_secret_value())
    for key in ("key_file", "key_env", "ca_file", "proxy", "model", "endpoint"):
        found[key] = bool(getattr(settings, key))
    found["profile"] = settings.profile if settings.profile in set(shipped_profiles) else "own"
    found["base_url"] = address(settings.base_url)
    found["extra"] = len(settings.extra)
    found["keys"] = len(loaded.keys)
    return {
        key: {"value": value, "from": _origin(loaded.origins.get(key, ""))} for key, value in found.items()
    }


def address(url: str) -> str:
    """*url* as far as it helps: scheme, kind of host, port, and whether its path is a usual one."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "unreadable"
    scheme = parts.scheme if parts.scheme in {"http", "https"} else "other"
    return (
        f"{scheme}://{_host(parts.hostname or '')}{port}{parts.path if parts.path in _USUAL_PATHS else '/…'}"
    )


def _host(name: str) -> str:
    from assistant.drafting.wire import is_loopback

    kind = "loopback" if is_loopback(name) else "number" if re.fullmatch(r"[\d.:]+", name) else "name"
    return f"<{kind}>"


def _origin(said: str) -> str:
    kinds = {
        "设置文件": "file",
        "环境变量": "environment",
        "命令行": "flag",
        "预设": "preset",
        "密钥文件": "file",
    }
    return next((kind for word, kind in kinds.items() if said.startswith(word)), "default")


def shape_of_requests(requests: Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Times, amounts and outcomes; hosts and models as numbers in the order of their appearance."""
    hosts: dict[str, int] = {}
    models: dict[str, int] = {}
    found = []
    for one in requests:
        at = str(one.get("at", ""))
        row: dict[str, Any] = {"at": at if _TIME.match(at) else ""}
        row["host"] = hosts.setdefault(str(one.get("host")), len(hosts) + 1)
        row["model"] = models.setdefault(str(one.get("model")), len(models) + 1)
        for key in ("purpose", "outcome"):
            said = str(one.get(key, ""))
            row[key] = said if _WORD.match(said) else "?"
        row |= {key: one[key] for key in _REQUEST_NUMBERS if isinstance(one.get(key), int | float)}
        found.append(row)
    return found


def shape_of_journal(kept: Inventory, why: Iterable[str]) -> dict[str, Any]:
    """Counts of what this machine keeps about a case."""
    return {
        "backups": len(kept.backups),
        "recovered": len(kept.recovered),
        "segments": kept.segments,
        "steps": kept.steps,
        "damaged": kept.damaged,
        "bytes": kept.size,
        "open_by": len(kept.open_by),
        "steps_by_kind": dict(Counter(one if _WORD.match(one) else "?" for one in why)),
    }
