"""R: 偏差原因分析及改进措施 — does it explain, and does it say what will change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text import length, shortened, squeeze
from assistant.checks.text_reason import analyse, is_dated_or_documented, says_nothing
from assistant.checks.text_rows import is_met_by_number, owes_reason, points
from assistant.checks.text_words import TOPICS
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile

RULES = "财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并提出改进措施"
PRACTICE = "绩效自评复核常见问题"

_NO_MEASURING = pattern(
    r"(?:定性|效益|效果|影响|指标|成效)[^。；]{0,14}(?:无法|难以|不易|不便|不能|很难|较难|无从|不好)[^。；]{0,8}"
    r"(?:衡量|量化|评价|评估|测算|计量|考核|统计|判断|体现)"
)
_REDESIGN = pattern(
    r"改为|改成|调整为|细化|量化为|可量化|可衡量|重新设[定置计]|修改指标|更换指标|优化指标|设[定置]为"
)
_BLAME = pattern(
    r"(?:因|受|由于|鉴于|遭遇|受到|碰上|遇)[^，。；]{0,10}?(?P<one>疫情|新冠|天气|气候|暴雨|降雨|洪水|汛情|台风|高温|干旱|雨季|政策|上级|机构改革|不可抗力)"
    r"|(?P<two>疫情|新冠|天气|气候|暴雨|降雨|洪水|汛情|台风|政策(?:调整|变化|变动)|机构改革|不可抗力)(?:等)?(?:的)?(?:影响|原因|因素|导致|造成|防控)"
)
_TOPIC = {topic: pattern(words) for topic, words in TOPICS.items()}
_ANYWHERE = frozenset({"工程", "采购"})  # a building site or a tender may delay anything
SHORT_REASON = 15


def _is_explained(row: Row) -> bool:
    """Whether the row owes a reason and has one that says something."""
    return bool(row.reason) and owes_reason(row) and not says_nothing(row.reason)


@row_check("R03", "有原因没有措施", Severity.WARNING, RULES)
def reason_without_measure(row: Row, profile: Profile) -> Iterator[Outcome]:
    """只说了偏差原因，没有说怎么改进。

    做什么：扣分或未达标的行写了原因，但找不到已采取或拟采取的措施时提出。
    为什么：本栏的名称就是“偏差原因分析及改进措施”，两者缺一不可。
    触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 因讲师临时调离，第二期培训停办，少培训20人。
    - 指标值 ≥95%｜完成值 90%｜分值 10｜得分 9.47｜原因 报名系统年底停机检修，部分学员未能参加。
    不触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 因讲师临时调离，第二期停办；已于次年1月补训20人。
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8
    来源：财预〔2020〕10号；自评表表样。
    """
    if not _is_explained(row):
        return
    if not analyse(row.reason, row.year).measures and not is_met_by_number(row):
        yield Remark(
            path=f"{row.path}.reason",
            cell=row.reason,
            message=f"{row.place}{points(row) if row.loses_points else '未达目标'}，只写了原因“{shortened(row.reason)}”，没有改进措施。",
            fix="补一句改进措施：由谁、在什么时间、做什么，例如“由××科于××月底前……”。",
        )


@row_check("R04", "有措施没有原因", Severity.WARNING, RULES)
def measure_without_reason(row: Row, profile: Profile) -> Iterator[Outcome]:
    """只说了怎么改进，没有说偏差从哪里来。

    做什么：扣分或未达标的行，全栏都是措施（下一步、将、加强……），没有一句原因时提出。
    为什么：不知道原因，措施对不对无从判断。
    触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 下一步将加强组织，由培训科于2023年6月底前补训20人。
    不触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 第二期停办。下一步由培训科于2023年6月底前补训20人。
    来源：财预〔2020〕10号。
    """
    if not _is_explained(row):
        return
    told = analyse(row.reason, row.year)
    if told.measures and not told.causes:
        yield Remark(
            path=f"{row.path}.reason",
            cell=row.reason,
            message=f"{row.place}只写了措施“{shortened(row.reason)}”，没有说明偏差的原因。",
            fix="在措施前补一两条具体、可核实的原因，例如合同约定、采购时间、需求变化。",
        )


@row_check("R05", "原因过短或是套话", Severity.WARNING, PRACTICE)
def hollow_reason(row: Row, profile: Profile) -> Iterator[Outcome]:
    """原因太短，或者去掉套话后没有内容。

    做什么：扣分或未达标的行，原因不足15字，或去掉“客观原因”“工作需要”“加强管理”等套话后几乎不剩内容时提出。
    为什么：套话放在任何项目里都成立，等于没有分析。
    触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 由于客观原因未能完成，下一步加强管理，提高工作效率。
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 人手不够
    不触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 讲师调离，第二期停办；已于次年1月由培训科补训20人。
    来源：绩效自评复核常见问题。
    """
    if not _is_explained(row):
        return
    if _NO_MEASURING.search(row.reason):
        return  # R10 says it more exactly
    is_short = length(row.reason) < SHORT_REASON
    if is_short or len(analyse(row.reason).substance) < 6:
        fault = f"只有{length(row.reason)}个字" if is_short else "去掉套话后没有具体内容"
        yield Remark(
            path=f"{row.path}.reason",
            cell=row.reason,
            message=f"{row.place}的原因“{shortened(row.reason)}”{fault}，看不出偏差从何而来。",
            fix="按“计划多少、实际多少，具体原因，怎么改进”写40至120字。",
        )


@check("R07", "原因与本指标无关", Severity.WARNING, PRACTICE)
def reason_of_another_row(form: Form) -> Iterator[Outcome]:
    """原因说的像是别的指标，可能贴错了行。

    做什么：原因没有提到本行的任何字眼，却提到了另一行三级指标的名称时提出；没有提到别的行、但说的是另一类工作的，作建议。
    为什么：贴错行的原因说明不了本行的偏差。
    触发：
    - 三级 绿化养护面积｜指标值 ≥500亩｜完成值 400亩｜分值 10｜得分 8｜原因 课题报告评审专家出国，研究成果推迟至次年3月提交。
      ‖ 三级 研究成果报告｜指标值 ≥2份｜完成值 2份｜分值 10｜得分 10
    不触发：
    - 三级 绿化养护面积｜指标值 ≥500亩｜完成值 400亩｜分值 10｜得分 8｜原因 北侧绿化带因地铁施工围挡，100亩暂停养护，次年恢复。
      ‖ 三级 研究成果报告｜指标值 ≥2份｜完成值 2份｜分值 10｜得分 10
    来源：绩效自评复核常见问题。
    """
    explained = [row for row in form.scored_rows if len(row.reason) >= SHORT_REASON and _is_explained(row)]
    if not explained:
        return
    owners = _owners(tuple((row.index, row.cells.level3) for row in form.scored_rows), form.case.project)
    names = {row.index: row for row in form.scored_rows}
    for row in explained:
        own = set(squeeze(row.cells.level3 + row.cells.target + row.cells.actual)) - _COMMON
        if own & set(squeeze(row.reason)):
            continue
        others = {owners.get(piece, -1) for piece in _pieces(row.reason)} - {-1, row.index}
        if others:
            other = names[min(others)]
            yield Remark(
                path=f"{row.path}.reason",
                cell=row.reason,
                message=f"{row.place}的原因没有提到本指标，说的像是{other.place}。",
                fix="核对是否贴错了行，改写为本指标的原因和措施。",
                data={"other": other.path},
            )
        elif (
            (about := _topics(row.cells.level3))
            and (said := _topics(row.reason) - _ANYWHERE)
            and not about & said
        ):
            yield Remark(
                path=f"{row.path}.reason",
                cell=row.reason,
                message=f"{row.place}的原因说的是{'、'.join(sorted(said))}方面的事，与指标名称没有共同的字眼。",
                fix="核对是否贴错了行；确是本指标的原因，请点明与本指标的关系。",
                severity=Severity.HINT,
            )


@lru_cache(maxsize=64)
def _owners(names: tuple[tuple[int, str], ...], project: str) -> dict[str, int]:
    """Pieces that only one row's name has → that row's position. Treat as read-only."""
    owners: dict[str, int] = {}
    for index, name in names:
        for piece in _pieces(name):
            owners[piece] = -1 if owners.get(piece, index) != index else index  # shared, it names neither
    for piece in _pieces(project):
        owners.pop(piece, None)  # every row is about the project
    return owners


def _topics(text: str) -> frozenset[str]:
    """The fields of work *text* speaks of."""
    return frozenset(topic for topic, words in _TOPIC.items() if words.search(text))


_COMMON = frozenset("指标率数量值的完成项目工作情况时及效成度与和元万个次人年月日以上于不")


@lru_cache(maxsize=4096)
def _pieces(text: str) -> frozenset[str]:
    """The four-character pieces of *text*."""
    plain = squeeze(text)
    return frozenset(plain[start : start + 4] for start in range(len(plain) - 3))


@row_check("R08", "归因于疫情等而无依据", Severity.WARNING, PRACTICE)
def blames_circumstances(row: Row, profile: Profile) -> Iterator[Outcome]:
    """把偏差归于疫情、天气、政策等，却没有时间、文件或影响的数量。

    做什么：原因写“受疫情影响”“因政策调整”一类，而全栏没有日期、文号、文件名或受影响的数量时提出。
    为什么：这类原因人人可用，没有依据就核实不了；2023年度起再归因于疫情尤其会被追问。
    触发：
    - 指标值 ≥10场｜完成值 6场｜分值 10｜得分 6｜原因 受疫情影响，部分活动没有举办，今后加强统筹。
    不触发：
    - 指标值 ≥10场｜完成值 6场｜分值 10｜得分 6｜原因 11月场馆因疫情封闭，原定4场未办，已改为次年3月举办。
    来源：绩效自评复核常见问题。
    """
    if not _is_explained(row):
        return
    found = _BLAME.search(row.reason)
    if found is None or is_dated_or_documented("".join(analyse(row.reason, row.year).causes) or row.reason):
        return
    word = found["one"] or found["two"]
    late = "2022年底后再以疫情为由更需依据，" if word in {"疫情", "新冠"} and (row.year or 0) >= 2023 else ""
    yield Remark(
        path=f"{row.path}.reason",
        cell=row.reason,
        message=f"{row.place}把偏差归于“{word}”，{late}但没有写时间、文件依据或影响了多少。",
        fix="补上起止时间、文件名称和文号，以及受影响的数量（如取消几场、推迟几个月）。",
    )


@check("R09", "多行原因相同", Severity.WARNING, PRACTICE)
def pasted_reason(form: Form) -> Iterator[Outcome]:
    """同一段原因贴在三行以上。

    做什么：三个及以上指标的原因（不计标点、空格）完全相同时提出一次。
    为什么：不同指标的偏差很少出于同一句话，整段粘贴会被认为没有逐项分析。
    触发：
    - 三级 甲｜完成值 1个｜原因 供货推迟，次年1月补齐。 ‖ 三级 乙｜完成值 1个｜原因 供货推迟，次年1月补齐。
      ‖ 三级 丙｜完成值 1个｜原因 供货推迟，次年1月补齐
    不触发：
    - 三级 甲｜完成值 1个｜原因 供货推迟，次年1月补齐。 ‖ 三级 乙｜完成值 1个｜原因 供货推迟，次年1月补齐。
    - 三级 甲｜完成值 1个｜原因 无 ‖ 三级 乙｜完成值 1个｜原因 无 ‖ 三级 丙｜完成值 1个｜原因 无
    来源：绩效自评复核常见问题。
    """
    same: dict[str, list[Row]] = defaultdict(list)
    for row in form.scored_rows:
        if row.reason and not says_nothing(row.reason):
            same[squeeze(row.reason)].append(row)
    for rows in same.values():
        if len(rows) >= 3:
            numbers = "、".join(str(row.index + 1) for row in rows[:10])
            more = f"等{len(rows)}行" if len(rows) > 10 else "行"
            yield Remark(
                path=f"{rows[0].path}.reason",
                cell=rows[0].reason,
                message=f"第{numbers}{more}的原因完全相同：“{shortened(rows[0].reason)}”。",
                fix="逐行写明各自差多少、为什么、怎么改进。",
                data={"rows": ",".join(str(row.index) for row in rows)},
            )


@row_check("R10", "以“定性指标无法衡量”为原因", Severity.WARNING, PRACTICE)
def cannot_be_measured(row: Row, profile: Profile) -> Iterator[Outcome]:
    """把“定性指标、无法衡量”当作偏差原因。

    做什么：原因写定性、效益无法（难以）衡量、量化、评价，而没有提出把指标改成可衡量的写法时提出。
    为什么：这是指标设置的问题，不是执行的偏差，不能解释为什么扣分。
    触发：
    - 三级 条件保障｜指标值 优良中低差｜完成值 优，达成年度指标｜分值 15｜得分 14｜原因 定性指标，难以准确衡量
    不触发：
    - 三级 条件保障｜指标值 优良中低差｜完成值 优，达成年度指标｜分值 15｜得分 14｜原因 指标难以量化，2023年改为“设备开放机时≥800小时”。
    来源：绩效自评复核常见问题；财预〔2020〕10号（指标应细化、量化）。
    """
    found = _NO_MEASURING.search(row.reason)
    if found and not _REDESIGN.search(row.reason):
        yield Remark(
            path=f"{row.path}.reason",
            cell=row.reason,
            message=f"{row.place}以“{shortened(found[0])}”作为原因，这是指标设置问题，说明不了偏差。",
            fix="写明已做到的事实和尚缺的部分，并提出下一年把该指标改成可量化的写法。",
        )


@row_check("R13", "措施没有时间或内容", Severity.HINT, PRACTICE)
def vague_measure(row: Row, profile: Profile) -> Iterator[Outcome]:
    """改进措施没有时间，或只有“加强管理”一类的话。

    做什么：有措施，但措施里没有时间，或全是空泛的动作时提出，并说明还缺什么（时间、责任人）。
    为什么：没有时间和内容的措施无法跟踪，下一年还会出现同样的偏差。
    触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 因讲师调离，第二期停办。下一步提前联系讲师，落实备选名单。
    不触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8｜原因 因讲师调离，第二期停办。培训科拟于2023年3月前补训20人。
    来源：绩效自评复核常见问题。
    """
    if not _is_explained(row):
        return
    told = analyse(row.reason, row.year)
    if not told.measures or (told.is_dated and not told.is_hollow):
        return
    lacking = [
        word
        for word, has in (
            ("具体做法", not told.is_hollow),
            ("完成时间", told.is_dated),
            ("责任人", told.has_actor),
        )
        if not has
    ]
    yield Remark(
        path=f"{row.path}.reason",
        cell=row.reason,
        message=f"{row.place}的改进措施“{shortened(''.join(told.measures))}”缺少{'、'.join(lacking)}。",
        fix="写成“××科于×年×月底前做什么”，并说明下一年预算或目标怎么调整。",
    )
