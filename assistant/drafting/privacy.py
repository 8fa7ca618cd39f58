"""What may leave the house: names and phones go out as slots, and classified words stop everything."""

from __future__ import annotations

import re

from assistant.domain.case import Case
from assistant.domain.errors import DraftingRefused
from assistant.domain.privacy import known_people, private_spans
from assistant.drafting.drafter import DraftRequest, Mask

# 商业秘密 and 内部控制 are ordinary words; the marks and phrases of classified papers are not.
_SECRECY = re.compile(
    r"绝密|机密|涉密(?!.{0,2}(?:检查|管理|培训))|国家秘密|工作秘密|秘密(?=[★☆级]|\s*\Z)|内部(?:资料|文件|材料|使用|参考|事项)|(?:不宜|不得|禁止)(?:公开|外传|对外)"
)


def masks_for(case: Case, *texts: str) -> tuple[Mask, ...]:
    """Slots for every name of a person or unit in *case*, and every telephone, identity number and mail address in *texts*.

    Longer names come first, so that one inside another is not torn apart.
    """
    people, phones = known_people(case)
    known = {name: False for one in (*people, *phones) if len(name := one.strip()) >= 2}
    known |= {name: True for one in (case.department, case.unit) if len(name := one.strip()) >= 2}
    return with_numbers(tuple(Mask(slot="", text=name, unit=unit) for name, unit in known.items()), *texts)


def with_numbers(masks: tuple[Mask, ...], *texts: str) -> tuple[Mask, ...]:
    """*masks* and one for every telephone, identity number and mail address in *texts*, each once, numbered anew."""
    found = {text[start:end].strip(): False for text in texts for start, end in private_spans(text)}
    found |= {mask.text: mask.unit for mask in masks}
    ordered = sorted(found, key=lambda name: (-len(name), name))
    return tuple(Mask(slot=f"N{n}", text=name, unit=found[name]) for n, name in enumerate(ordered, 1))


def in_force(masks: tuple[Mask, ...], *, units: bool) -> tuple[Mask, ...]:
    """Those of *masks* the user wants: without *units* the names of units go out as they are."""
    return masks if units else tuple(mask for mask in masks if not mask.unit)


def secrecy_words(*texts: str) -> tuple[str, ...]:
    """Words that say a text must not go over a network."""
    return tuple(dict.fromkeys(word for text in texts for word in _SECRECY.findall(text)))


def secrets_of(request: DraftRequest) -> tuple[str, ...]:
    """Classification marks in anything *request* would send, and on the form it is of."""
    return request.marks + secrecy_words(
        *(fact.text for fact in request.facts),
        *request.context.values(),
        request.instruction,
        request.previous,
        *request.examples,
    )


def refuse_secrets(request: DraftRequest) -> None:
    """Raise ``DraftingRefused`` where *request* carries a classification mark."""
    if words := secrets_of(request):
        raise DraftingRefused(
            f"内容里有“{words[0]}”，没有发给模型。", "涉密或内部内容请用模板草稿，或只用本机的模型。"
        )
