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
    names = {case.department, case.unit, *people, *phones}
    for text in texts:
        names.update(text[start:end] for start, end in private_spans(text))
    found = sorted({name.strip() for name in names if len(name.strip()) >= 2}, key=lambda s: (-len(s), s))
    return tuple(Mask(slot=f"N{number}", text=name) for number, name in enumerate(found, 1))


def secrecy_words(*texts: str) -> tuple[str, ...]:
    """Words that say a text must not go over a network."""
    return tuple(dict.fromkeys(word for text in texts for word in _SECRECY.findall(text)))


def refuse_secrets(request: DraftRequest) -> None:
    """Raise ``DraftingRefused`` where the facts carry a classification mark."""
    texts = (
        *(fact.text for fact in request.facts),
        *request.context.values(),
        request.instruction,
        request.previous,
        *request.examples,
    )
    if words := secrecy_words(*texts):
        raise DraftingRefused(
            f"内容里有“{words[0]}”，没有发给模型。", "涉密或内部内容请用模板草稿，或只用本机的模型。"
        )
