"""The form as data. Every cell is the text exactly as written; understanding it is a separate step (``values``).

An empty cell is the empty string: a printed form has no third state between blank and written.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1

NATIONAL_FUND_LABELS = ("年度资金总额", "其中:当年财政拨款", "上年结转资金", "其他资金")


class CaseRecord(BaseModel):
    """Base of everything in a case file. Keys a newer program wrote survive a round trip (``extra="allow"``)."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Person(CaseRecord):
    """Somebody named on the form's head; masked in public exports."""

    role: str = Field(default="项目负责人", description="项目负责人、填报人、财务负责人等")
    name: str = ""
    phone: str = ""


class FundRow(CaseRecord):
    """One row of the money block. Amounts in ``Case.money_unit``, as written."""

    label: str = Field(description="年度资金总额、其中:当年财政拨款、上年结转资金、其他资金")
    initial: str = Field(default="", description="年初预算数")
    budget: str = Field(default="", description="全年预算数")
    executed: str = Field(default="", description="全年执行数")
    weight: str = Field(default="", description="分值")
    rate: str = Field(default="", description="执行率")
    score: str = Field(default="", description="得分")


class Goal(CaseRecord):
    """年度总体目标: what was planned and what came of it. Most forms have one, some have several."""

    expected: str = Field(default="", description="预期目标")
    actual: str = Field(default="", description="实际完成情况")


class Indicator(CaseRecord):
    """One row of 绩效指标."""

    level1: str = Field(default="", description="一级指标")
    level2: str = Field(default="", description="二级指标")
    level3: str = Field(default="", description="三级指标")
    target: str = Field(default="", description="年度指标值")
    actual: str = Field(default="", description="实际完成值")
    weight: str = Field(default="", description="分值")
    score: str = Field(default="", description="得分")
    reason: str = Field(default="", description="偏差原因分析及改进措施")
    evidence: str = Field(default="", description="佐证材料")


class DraftState(StrEnum):
    """What became of a draft."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    EDITED = "edited"  # accepted after the user changed it
    REJECTED = "rejected"


class DraftRecord(CaseRecord):
    """A draft that was offered for a text field, kept whatever became of it."""

    path: str
    text: str
    source: str = Field(description="model 或 template")
    model: str = ""
    prompt: str = Field(default="", description="提示词名称/版本")
    instruction: str = Field(
        default="", description="起草时的要求，如 再短些", exclude_if=lambda text: not text
    )
    state: DraftState = DraftState.OFFERED
    made_at: str = Field(default="", description="ISO 时间")
    kept_percent: int | None = Field(
        default=None,
        description="采用时，草稿的字有百分之几留在正文里",
        exclude_if=lambda share: share is None,
    )
    unsupported: int | None = Field(
        default=None,
        description="核对出没有依据的内容有几处；0 为全部核对通过",
        exclude_if=lambda count: count is None,
    )


class Override(CaseRecord):
    """A person's score in place of the computed one, with the reason."""

    path: str
    score: str
    reason: str


class Note(CaseRecord):
    """Something the user told the tool (an answer, a cause): becomes a fact for drafts."""

    path: str
    text: str
    question: str = ""


class Doubt(CaseRecord):
    """A cell whose reading at import should be confirmed."""

    path: str
    raw: str
    why: str
    confirmed: bool = False


class Figure(CaseRecord):
    """A figure in a text of the form that waits for a person's word, or has it (``kept``)."""

    path: str = Field(description="文字所在的格，如 indicators[3].reason")
    text: str = Field(description="文字里的写法，如 3次")
    source: str = Field(default="", description="它当时的出处，如 indicators[3].actual；从来没有出处的为空")
    label: str = Field(default="", description="出处的名称，如 实际完成值")
    was: str = Field(default="", description="出处当时的内容")
    kept: bool = Field(default=False, description="有人看过，决定照原样保留")
    decided_at: str = Field(default="", description="ISO 时间")


class LastYearRow(CaseRecord):
    """What an earlier year's form said of one indicator, as written there.

    It is shown beside the indicator and held against it by checks; no score and no draft is made of it.
    """

    path: str = Field(description="本表的行，如 indicators[3]")
    year: int | None = Field(default=None, description="那张表的预算年度；表上没有写的为空")
    level3: str = Field(default="", description="三级指标")
    target: str = Field(default="", description="年度指标值")
    actual: str = Field(default="", description="实际完成值")
    weight: str = Field(default="", description="分值")
    score: str = Field(default="", description="得分")
    reason: str = Field(default="", description="偏差原因分析及改进措施")


class Case(CaseRecord):
    """A 项目支出绩效自评表, whole.

    ``total`` is the total score the form prints, ``total_weight`` the total weight it prints, ``grade`` the grade
    word it prints; all as written and empty where the form has none.
    """

    schema_version: int = SCHEMA_VERSION
    profile: str = Field(default="", description="规则编号，如 central-2020；空为默认")
    year: int | None = Field(default=None, description="预算年度")
    project: str = Field(default="", description="项目名称")
    department: str = Field(default="", description="主管部门")
    unit: str = Field(default="", description="实施单位")
    people: tuple[Person, ...] = ()
    money_unit: str = Field(default="万元", description="资金单位：万元或元")
    funds: tuple[FundRow, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    total_weight: str = ""
    total: str = ""
    grade: str = ""
    drafts: tuple[DraftRecord, ...] = ()
    notes: tuple[Note, ...] = ()
    overrides: tuple[Override, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    figures: tuple[Figure, ...] = Field(
        default=(),
        description="文字里过期或没有依据的数字，以及对它们的决定",
        exclude_if=lambda figures: not figures,
    )
    year_written: str = Field(
        default="", description="预算年度栏没有读成年份时的原文", exclude_if=lambda text: not text
    )
    last_year: tuple[LastYearRow, ...] = Field(
        default=(), description="上年的表上各项指标写了什么", exclude_if=lambda rows: not rows
    )

    @property
    def total_funds_index(self) -> int | None:
        """The position of the row that carries the whole year's money (年度资金总额), or ``None``."""
        for index, row in enumerate(self.funds):
            if "总额" in row.label or "合计" in row.label:
                return index
        return 0 if self.funds else None

    @property
    def total_funds(self) -> FundRow | None:
        """The row 年度资金总额; only this row is scored."""
        index = self.total_funds_index
        return None if index is None else self.funds[index]


def blank_case(profile: str = "central-2020", year: int | None = None) -> Case:
    """A new form with the four national money rows, one goal and one empty indicator."""
    funds = tuple(
        FundRow(label=label, weight="10" if position == 0 else "-", score="" if position == 0 else "-")
        for position, label in enumerate(NATIONAL_FUND_LABELS)
    )
    return Case(
        profile=profile,
        year=year,
        funds=funds,
        goals=(Goal(),),
        indicators=(Indicator(),),
        total_weight="100",
    )
