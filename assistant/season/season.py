"""A run over a folder: what is known from last time is taken over, the rest is judged and kept as it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial

from pydantic import ValidationError

from assistant.domain.errors import StoreError
from assistant.season.crew import Crew, judged
from assistant.season.folder import Folder
from assistant.season.judge import Rules, judge_all
from assistant.season.result import RESULT, Form, FormResult
from assistant.store.ledger import Ledger


def keys_of(rules: Rules, edition: str) -> Callable[[Form], str]:
    """Names a form's result: equal for the same name, bytes, rules and edition of this program, and for nothing else."""
    told = json.dumps(
        [
            edition,
            rules.default,
            rules.chosen,
            rules.compare,
            [profile.model_dump_json() for profile in rules.profiles.values()],
        ]
    )
    base = hashlib.sha256(told.encode())

    def key(form: Form) -> str:
        digest = base.copy()
        digest.update(form.file.encode() + b"\0")
        digest.update(form.data)
        return digest.hexdigest()

    return key


def run(
    folder: Folder, rules: Rules, hire: Callable[[int], Crew], ledger: Ledger, edition: str
) -> Iterator[FormResult]:
    """Results of all forms of *folder*, first those kept from before, then each as it is done.

    *hire* makes the crew for so many forms; nobody is hired for none. Every result is in *ledger* before it is handed on,
    so that a stop at any moment loses at most what was under way.

    Raises:
        StoreError: The ledger cannot be written.
        ZipingError: The cluster is gone.
    """
    key_of = keys_of(rules, edition)
    known = dict(ledger.entries())
    keys: dict[str, str] = {}
    waiting: list[str] = []
    for file in folder.files if known else ():  # nothing known: no need to read everything twice
        try:
            form = folder.read(file)
        except StoreError as error:
            yield FormResult(file=file, trouble=str(error))
            continue
        keys[file] = key_of(form)
        kept = _kept(known.get(keys[file], ""))
        if kept is None:
            waiting.append(file)
        else:
            yield kept
    if not known:
        waiting = list(folder.files)
    known.clear()
    if not waiting:
        return
    refused: list[FormResult] = []

    def forms() -> Iterator[Form]:
        for file in waiting:
            try:
                form = folder.read(file)
            except StoreError as error:
                refused.append(FormResult(file=file, trouble=str(error)))
            else:
                keys[file] = key_of(form)  # it may have been saved in between
                yield form

    for result in judged(forms(), partial(judge_all, rules=rules), hire(len(waiting))):
        ledger.add(keys[result.file], RESULT.dump_json(result, exclude_defaults=True).decode())
        yield result
    yield from refused


def _kept(text: str) -> FormResult | None:
    try:
        return RESULT.validate_json(text) if text else None
    except ValidationError:  # written by another version of these types
        return None
