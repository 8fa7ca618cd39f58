"""Polarity: does a text say that something was left undone, or that everything was done?

“没有未完成的指标” says nothing is undone; “尚未验收” says something is; “原未完成部分已于3月补齐” is settled.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.checks.text import sentences, without_titles
from assistant.domain.patterns import pattern

_ADVERBS = r"(?:能|按期|按时|按计划|按进度|按要求|按约定|如期|如数|全部|全面|完全|完整|及时|全额|足额|有效|真正|正式|最终|实际|顺利|够)*"
_DEEDS = (
    r"(?:完成|完工|达到|达成|达标|实现|开展|实施|验收|执行|支付|支出|启动|开工|动工|竣工|落实|举办|召开|交付|交货|供货|到位|到货|使用完|用完|拨付"
    r"|进场|投用|投入使用|结题|结项|签订|办理|覆盖)"
)
_UNDONE = pattern(
    rf"(?:(?<![以原])未|尚未|还未|仍未|没有?|没能|未能|无法|不能|未曾){_ADVERBS}{_DEEDS}"
    rf"|(?<!无)未完成|尚未|不达标|只完成|仅完成|仅达到?|完成不[足了]|低于(?:年度|预期|计划|指标|目标)"
    rf"|未达(?:标|预期|目标|年度|指标)|(?:建设|实施|施工|整改)中(?:[，。；]|$)|延期至|推迟至|被?迫?取消了?(?=[，。；]|$)"
)
_DENIED = pattern(
    r"(?:没有|无(?![人线障纸论锡为])|不存在|未发现|未出现|未发生|未产生|杜绝|避免|防止|减少|零(?![部件售星]))[^，。；]{0,10}$"  # 没有未完成的
    r"|(?:如|若|如果|一旦|凡|对(?![接外象方比])|对于|是否|假如)[^，。；]{0,8}$"  # 如未完成
    r"|(?:上年|去年|前年|往年|以前年度|上一?年度|此前|之前|前期|原(?!因)|20\d\d年以前)[^，。；]{0,8}$"
)
_NONE = pattern(r"[^，。；]{0,10}?[（(：:为]\s*(?:无|没有|零|0)(?!法)")  # 未完成的目标：无
_SETTLED = pattern(
    r"(?:现已|目前已|已于|后已|均已|已经?全部|已补|已全部|现全部)[^。；]{0,20}(?:完成|补齐|到位|验收|支付|达到|实现|交付|整改|办结|补)"
)
_ALL_DONE = pattern(
    r"(?:各项|全部|所有|年度|全年|既定|预定|预期|绩效|总体)[^，。；！\n]{0,14}(?:指标|目标|任务)[^，。；！\n]{0,6}"
    r"(?:均|都|全部|全面|圆满|百分之百|100%|超额|悉数)[^，。；！\n]{0,6}(?:完成|达成|达到|实现|达标)"
    r"|(?:全部|全面|圆满|超额|百分之百|100%|均)(?:地)?(?:完成|达成|实现|达到)(?:了|年初)?[^，。；！\n]{0,8}"
    r"(?:各项|全部|所有|年度|全年|既定|预定|预期|绩效|总体)[^，。；！\n《]{0,8}(?:指标|目标|任务)"
)
_NOT_ALL = pattern(
    r"(?:未|没有|没能|不能|尚未|未能|不是|并非|基本|大部分|除|距|离|力争|争取|确保|将|拟|为|以|努力)[^。；！\n]{0,12}$"
)
_NONE_UNDONE = pattern(
    r"未完成(?:的)?(?:绩效)?(?:目标|指标|情况|事项|任务)?(?:及?原因)?[^。；，\n]{0,6}?[（(：:为]\s*(?:无|没有|零|0项)"
    r"|(?:没有|无|不存在)未(?:完成|达标|达到|实现)(?:的)?(?:年度|绩效)?(?:目标|指标|任务|情况|事项)"
)


@lru_cache(maxsize=2048)
def undone(text: str) -> str:
    """The words that say something was left undone, as written, or ``""``."""
    if not text:
        return ""
    for sentence in sentences(without_titles(text)):
        for found in _UNDONE.finditer(sentence):
            if (
                not _DENIED.search(sentence[: found.start()])
                and not _NONE.match(sentence, found.end())
                and not _SETTLED.search(sentence, found.end())
            ):
                return found[0]
    return ""


@lru_cache(maxsize=512)
def all_done(text: str) -> str:
    """The words that claim every goal or indicator was reached, as written, or ``""``.

    A text that also says something is undone, or speaks of one task only, makes no such claim.
    """
    if not text or undone(text):
        return ""
    for sentence in sentences(without_titles(text)):
        for found in _ALL_DONE.finditer(sentence):
            if not _NOT_ALL.search(sentence[: found.start()]) and "基本" not in found[0]:
                return found[0]
    return ""


@lru_cache(maxsize=512)
def none_undone(text: str) -> str:
    """The words that say no goal is unfinished (“未完成的绩效目标（无）”), or ``""``."""
    found = _NONE_UNDONE.search(text) if "未" in text else None
    return found[0] if found else ""
