"""D03, D11-D13, D16: 指标名称重复、过长、没有填完或不当。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.checks.basis import DESIGN
from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text import PENDING, squeeze
from assistant.checks.text_names import LONG_NAME, without_ordinal
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Kind

REVIEW = "复核实践：指标设置"
_SENTENCE = pattern(r"[。；;！？]|，.*，")
_DATE_IN_NAME = pattern(
    r"\d{4}\s*[年.]\s*\d{1,2}\s*(月|日|\.)|\d{1,2}\s*月(底|末|份)?\s*(\d{1,2}\s*日)?\s*(前|之前|以前|完成)|年底前|\d{1,2}月\d{1,2}日"
)
_VALUE_IN_NAME = pattern(
    r"[≥≤>＜<＞≧≦=＝]\s*\d|(不少于|不低于|不超过|达到|达)\s*\d+(\.\d+)?|\d+(\.\d+)?\s*(%|％|万元)"
)
_ONLY_PLACEHOLDER = pattern(
    r"(三级)?指标\s*[\d一二三四五六七八九十]*\s*[:：]?|[.…·]+|[Xx×＊*？?_—-]+|[（(].{0,4}(填写|填报|自填|名称).{0,8}[)）]|指标名称|请填写.*|示例\d*|待定|待补充"
)
_SOME_PLACEHOLDER = pattern(r"[Xx×]{2,}|[＊*]{2,}|_{2,}|【[^】]*】|□|……\Z|（填写|请填写|○{2,}")
_PRAISE = pattern(r"批示|表彰|获奖|嘉奖|领导(肯定|认可|表扬)|上级(肯定|表扬)|荣誉")
_DIFFERENT_SAYING = pattern(r"[\s（()）、，,。.；;:：“”\"'《》★☆*-]|的|数量|人数|情况|完成|次数|个数|数\Z")


@lru_cache(maxsize=4096)
def _gist(name: str) -> str:
    """What is left of a name when numbering, marks and filler words are gone: equal gists are one indicator."""
    return _DIFFERENT_SAYING.sub("", without_ordinal(name))


@lru_cache(maxsize=4096)
def _name_fault(level3: str) -> str:
    """Why a 三级指标 is no name, in words; ``""`` for a good one."""
    name = without_ordinal(level3)
    if found := _DATE_IN_NAME.search(name) or _VALUE_IN_NAME.search(name):
        return f"含有“{found[0].strip()}”，期限和数值应写在指标值里"
    if len(name) > LONG_NAME:
        return f"有 {len(name)} 个字，像一句话"
    return "是句子，不是名称" if _SENTENCE.search(name) else ""


@lru_cache(maxsize=4096)
def _placeholder(level3: str) -> tuple[bool, str]:
    """Whether a name is nothing but a placeholder, and the placeholder in it."""
    name = level3.strip()
    if _ONLY_PLACEHOLDER.fullmatch(name):
        return True, name
    found = _SOME_PLACEHOLDER.search(name)
    return False, found[0] if found else ""


@check("D03", "指标不重复", Severity.WARNING, DESIGN)
def no_indicator_twice(form: Form) -> Iterator[Outcome]:
    """同一个指标列了两次。

    做什么：去掉序号、标点和“情况、数量”等字眼后比较三级指标名称；同一二级之下相同、
    换了二级而指标值也相同，或产出与效益里相同的提醒。
    数量与时效各考核一次同一任务的不算。
    为什么：重复的指标等于一件事算两次分，复核时第二个可记 0 分。
    触发：
    - 三级 举办培训班｜指标值 3期 ‖ 三级 举办培训班数量｜指标值 3期
    - 一级 产出指标｜二级 数量指标｜三级 受益农户数｜指标值 50户 ‖ 一级 效益指标｜二级 社会效益指标｜三级 受益农户｜指标值 50户
    - 二级 数量指标｜三级 补贴养老中心数量｜指标值 ≥5家 ‖ 二级 质量指标｜三级 补贴养老中心数量｜指标值 ≥5家
    不触发：
    - 三级 教师满意度｜指标值 95% ‖ 三级 学生满意度｜指标值 95%
    - 二级 数量指标｜三级 编制研究报告｜指标值 1个 ‖ 二级 时效指标｜三级 编制研究报告｜指标值 11月底前
    来源：复核规则：重复指标后一个不得分。
    """
    seen: dict[str, Row] = {}
    for row in form.scored_rows:
        name = _gist(row.cells.level3)
        if len(name) < 2:
            continue
        crosses = row.area == "效益"
        asked = squeeze(row.cells.target)
        same_task = f"{row.area}/{name}/{asked}" if asked and row.kind != "时效" else ""
        for key in filter(None, (f"{row.area}/{row.kind}/{name}", f"产出-效益/{name}", same_task)):
            first = seen.get(key)
            if first is None:
                if not (key.startswith("产出-") and crosses):
                    seen[key] = row
                continue
            if key.startswith("产出-") and not (crosses and first.area == "产出"):
                continue
            yield Remark(
                f"{row.path}.level3",
                f"{row.place}与{first.place}是同一个指标。",
                fix="删去一个，或改成两件不同的事；指标已批复的，在说明里写清两者的区别。",
                cell=row.cells.level3,
                data={"other": first.path},
            )
            break


@row_check("D11", "指标名称简短", Severity.HINT, REVIEW)
def name_is_a_name(row: Row, profile: Profile) -> Iterator[Outcome]:
    """三级指标名称是一句话，或把指标值、期限写进了名称。

    做什么：名称超过 30 字、带句号分号，或含“≥100”“11月30日前”一类数值、期限时提示。
    为什么：名称只说考核什么，要求写在指标值里；系统按名称对应，太长容易对不上。
    触发：
    - 三级 梳理完成全国重点实验室情况（2022年11月30日前）｜指标值 ≤11月
    - 三级 培训合格率不低于95%｜指标值 100%
    - 三级 组织开展基层干部培训；编写教材｜指标值 3期
    不触发：
    - 三级 培训合格率｜指标值 ≥95%
    - 三级 2022年度培训人次｜指标值 ≥100人次
    来源：复核实践；系统导入按三级指标名称逐字对应。
    """
    why = _name_fault(row.cells.level3)
    if not why:
        return
    yield Remark(
        f"{row.path}.level3",
        f"{row.place}名称{why}。",
        fix="名称只写考核什么；指标已批复、系统里改不了的，不必改。",
        cell=row.cells.level3,
    )


@row_check("D12", "一行一件事", Severity.HINT, DESIGN)
def one_thing_a_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    """一行指标里有几个指标值。

    做什么：指标值一格里有几个数（“3场、500人次”）时提示。
    为什么：一个达到、一个没达到就不好打分；复核时一项没完成约扣三成。
    触发：
    - 指标值 举办3场、覆盖500人次｜完成值 3场、520人次
    不触发：
    - 指标值 ≥3场｜完成值 3场
    来源：复核规则：复合指标应拆分。
    """
    if row.target.kind is Kind.MULTI and len(row.target.parts) > 1:
        yield Remark(
            f"{row.path}.target",
            f"{row.place}指标值“{row.cells.target.strip()[:30]}”里有 {len(row.target.parts)} 个数。",
            fix="拆成几行，各给分值；本年不能拆的，完成值按同样顺序逐项写。",
            cell=row.cells.target,
        )


def _gap(path: str, place: str, text: str) -> Iterator[Remark]:
    """The first gap a draft left open in *text*."""
    if "【待补充" in text and (found := PENDING.search(text)):
        said = f"{place}里还留着“{found[0]}”，没有补上。"
        yield Remark(path, said, fix="补上事实；没有这回事的，把这一句删去。", cell=text)


def _gaps_in_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    yield from _gap(f"{row.path}.reason", f"{row.place}的原因", row.cells.reason)
    yield from _gap(f"{row.path}.actual", f"{row.place}的完成值", row.cells.actual)


@check("D13", "没有填完的文字", Severity.ERROR, REVIEW, in_rows=_gaps_in_row)
def placeholder_left(form: Form) -> Iterator[Outcome]:
    """三级指标还是表样里的占位文字，或文字里还留着“【待补充：…】”。

    做什么：名称只有“指标1”“……”“×××”的报错；名称里夹着“**”“XX”“【】”的提醒；各处文字里的“【待补充：…】”报错。
    为什么：表样的提示文字没有换成自己的指标，草稿的空处没有补上，说明表没有填完。
    触发：
    - 三级 指标3｜指标值 ≥6种｜完成值 28种｜分值 1｜得分 1
    - 三级 ……｜指标值 3｜完成值 3｜分值 1｜得分 1
    - 三级 发放人数(≥**人)｜指标值 ≥7人｜完成值 7人｜分值 5｜得分 5
    - 三级 ｜指标值 ≥7人｜完成值 7人｜分值 5｜得分 5
    - 完成值 9场｜分值 10｜得分 9｜原因 计划10场，实际9场。主要原因：【待补充：未完成的原因】。
    不触发：
    - 三级 指标1：培训人次｜指标值 ≥6人｜完成值 8人｜分值 1｜得分 1
    - 三级 指标1:/｜指标值 ｜完成值 ｜分值 /｜得分 /
    来源：附表以“指标1、指标2、……”占位。
    """
    half: list[tuple[Row, str]] = []
    for row in form.scored_rows:
        only, mark = _placeholder(row.cells.level3)
        if not row.cells.level3.strip():
            message = f"{row.place}没有三级指标名称。"
        elif only:
            message = f"第{row.index + 1}行的名称只是“{mark}”，没有写考核什么。"
        else:
            if mark:
                half.append((row, mark))
            continue
        yield Remark(
            f"{row.path}.level3",
            message,
            fix="写上指标的名称；不用的行整行删去或全部填“/”。",
            cell=row.cells.level3,
        )
    if half:
        row, mark = half[0]
        more = f"等 {len(half)} 行" if len(half) > 1 else ""
        yield Remark(
            f"{row.path}.level3",
            f"{row.place}{more}的名称里还留着“{mark}”。",
            fix="把占位符号换成自己的数，或从名称里去掉。",
            cell=row.cells.level3,
            severity=Severity.WARNING,
            data={"rows": "、".join(str(each.index + 1) for each, _ in half)},
        )
    for index, goal in enumerate(form.case.goals):
        yield from _gap(f"goals[{index}].actual", "“实际完成情况”", goal.actual)


@row_check("D16", "批示表彰不当作效益", Severity.HINT, REVIEW)
def praise_is_no_benefit(row: Row, profile: Profile) -> Iterator[Outcome]:
    """把领导批示、表彰奖励当作效益指标。

    做什么：效益指标的名称是批示、表彰、获奖一类时提示。
    为什么：效益应落到公众和服务对象身上；批示内容还可能不宜公开。
    触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 获得领导批示｜指标值 ≥2次｜完成值 2次
    不触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 服务覆盖人数｜指标值 ≥200人｜完成值 220人
    - 一级 产出指标｜二级 质量指标｜三级 学生竞赛获奖数量｜指标值 ≥2项｜完成值 2项
    来源：复核实践，没有文件规定。
    """
    if row.area == "效益" and (found := _PRAISE.search(row.cells.level3)):
        yield Remark(
            f"{row.path}.level3",
            f"{row.place}以“{found[0]}”作效益，看不出公众受益多少。",
            fix="改成服务对象得到的好处；公开前核对批示内容是否涉密。",
            cell=row.cells.level3,
        )
