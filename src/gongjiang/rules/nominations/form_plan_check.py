"""What is still wrong with a filled form: blanks that must not be, texts over their limit, numbers that disagree.

Pure: takes the plan and the answers, gives problems that name their question, step and clause. Remarks never refuse.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.dates import Month, parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.identity_number import disagreements
from gongjiang.kernel.identity_number import parse as parse_identity
from gongjiang.kernel.rounding import exact
from gongjiang.kernel.text import check_length
from gongjiang.kernel.truth import Truth
from gongjiang.rules.nominations.form_plan_parts import Asked, FormPlan, RowsAsked, Section, Statement
from gongjiang.rules.nominations.histories import History, read_rows_of, told_of
from gongjiang.rules.nominations.paths import answer_at, columns_at, spec_at
from gongjiang.rules.nominations.values import read_field
from gongjiang.rules.people.plausible import work_begun_early, years_too_many
from gongjiang.rules.programmes.schema.base import RawCondition
from gongjiang.rules.programmes.values import is_blank
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

SPECIMEN: Final = "示例"
Asking = Callable[[RawCondition], Truth]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `row` counts from 1, 0 for none; `blank`: not filled in yet; `remark`: only to note."""

    section: str
    path: str
    label: str
    text: str
    clause: str = ""
    row: int = 0
    column: str = ""
    blank: bool = False
    remark: bool = False


@dataclass(frozen=True)
class Answers:
    """A filled form: values with numbers in clear, what `when` conditions say, the day, what rows already compute."""

    values: Mapping[str, Any]
    words: Vocabulary
    on: date
    as_of: date
    holds: Asking = lambda raw: Truth.UNKNOWN
    computed: frozenset[str] = frozenset()

    def shown(self, when: RawCondition | None) -> bool:
        """Is a question asked here? One that may yet be is."""
        return when is None or self.holds(when) is not Truth.FALSE


def problems_of(plan: FormPlan, answers: Answers) -> tuple[Problem, ...]:
    """Everything to mend, step by step, then remarks."""
    found = [one for section in plan.sections for one in _section(section, answers)]
    return tuple(sorted(found, key=lambda one: one.remark))


def _section(section: Section, answers: Answers) -> Iterator[Problem]:
    for asked in section.questions:
        if answers.shown(asked.when):
            yield from _question(section, asked, answers)
    for table in section.tables:
        if answers.shown(table.when):
            yield from _table(section, table, answers)
    for part in section.parts:
        if isinstance(part, Statement) and answer_at(answers.values, part.path) != "yes":
            yield Problem(
                section.id, part.path, part.label, f"请阅读并确认声明：{part.label}。", part.clause, blank=True
            )
    yield from _between(section, answers)
    yield from _histories(section, answers)


def _question(section: Section, asked: Asked, answers: Answers) -> Iterator[Problem]:
    raw = answer_at(answers.values, asked.path)
    if is_blank(raw):
        if asked.required and asked.path not in answers.computed:
            yield Problem(
                section.id, asked.path, asked.label, f"“{asked.label}”未填。", _clause(section, asked), blank=True
            )
        return
    spec = spec_at(answers.words, asked.path)
    if spec is not None and (text := _wrong(spec, asked, raw, answers)):
        yield Problem(section.id, asked.path, asked.label, text, _clause(section, asked))


def _table(section: Section, table: RowsAsked, answers: Answers) -> Iterator[Problem]:
    found = answer_at(answers.values, table.path)
    rows = [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []
    if len(rows) < table.least:
        text = f"“{table.label}”至少填{table.least}行，现有{len(rows)}行。"
        yield Problem(section.id, table.path, table.label, text, section.clause, blank=True)
    if table.most is not None and len(rows) > table.most:
        text = f"“{table.label}”最多{table.most}行，现有{len(rows)}行。"
        yield Problem(section.id, table.path, table.label, text, section.clause)
    specs = columns_at(answers.words, table.path)
    for n, row in enumerate(rows, 1):
        for column in table.columns:
            raw = row.get(column.path)
            if is_blank(raw) or column.path not in specs:
                continue
            if text := _wrong(specs[column.path], column, raw, answers):
                where = f"“{table.label}”第{n}行：{text}"
                yield Problem(section.id, table.path, table.label, where, section.clause, n, column.path)


def _wrong(spec: FieldSpec, asked: Asked, raw: Any, answers: Answers) -> str:
    """What is wrong with one answer, '' for nothing."""
    try:
        value = read_field(spec, raw, answers.words, on=answers.on, strict=True)
        if spec.type in {"number", "int"} and (text := _bounds(asked, str(value))):
            return text
    except BadInput as wrong:
        return wrong.text if asked.label in wrong.text else f"“{asked.label}”：{wrong.text}"
    if isinstance(value, str) and spec.type == "text":
        if value.strip().strip("（）()").startswith(SPECIMEN) and asked.limit is not None and asked.limit <= 60:
            return f"“{asked.label}”还是示例，请换成实际内容。"
        if asked.limit is not None:
            decision = check_length(value, asked.limit, label=f"“{asked.label}”")
            return decision.reasons[0].text if not decision.allowed else ""
    return ""


def _bounds(asked: Asked, value: str) -> str:
    """A number against the least and the most that its field takes, where the pack gives them outright."""
    for word, bound, outside in (("小于", asked.field.min, -1), ("大于", asked.field.max, 1)):
        if isinstance(bound, int | Decimal) and (exact(value) - exact(bound)) * outside > 0:
            return f"“{asked.label}”不能{word}{bound}，现为{value}。"
    return ""


def _between(section: Section, answers: Answers) -> Iterator[Problem]:
    """Answers that speak of each other: number against birth and sex, work against birth."""
    for asked in section.questions:
        prefix, _, last = asked.path.rpartition(".")
        beside = f"{prefix}." if prefix else ""
        if last == "id_number":
            yield from _disagreements(section, asked, beside, answers)
        elif last in {"birth", "work_start"}:
            month = _month(answer_at(answers.values, asked.path))
            if month is not None and month > Month.of(answers.on):
                text = f"“{asked.label}”{month.chinese()}还没有到，请核对。"
                yield Problem(section.id, asked.path, asked.label, text, _clause(section, asked))
        yield from _remarks(section, asked, beside, answers)


def _remarks(section: Section, asked: Asked, beside: str, answers: Answers) -> Iterator[Problem]:
    """What a reader would ask about: work begun as a child, more years of work than a life has."""
    birth, start = (_month(answer_at(answers.values, beside + one)) for one in ("birth", "work_start"))
    remark, last = None, asked.path.rpartition(".")[2]
    if birth is not None and last == "work_start" and start is not None:
        remark = work_begun_early(birth, start)
    elif birth is not None and last in {"years_on_site", "years_in_trade"}:
        years = _number(answer_at(answers.values, asked.path))
        remark = years_too_many(asked.label, birth, years, answers.as_of) if years is not None else None
    if remark is not None:
        yield Problem(section.id, asked.path, asked.label, remark.text, section.clause, remark=True)


def _disagreements(section: Section, asked: Asked, beside: str, answers: Answers) -> Iterator[Problem]:
    try:
        number = parse_identity(str(answer_at(answers.values, asked.path) or ""), on=answers.on)
    except BadInput:
        return
    birth = _month(answer_at(answers.values, f"{beside}birth"))
    gender = answer_at(answers.values, f"{beside}gender")
    for reason in disagreements(number, birth=birth, gender=gender if gender in ("男", "女") else None):
        yield Problem(section.id, beside + reason.subject, asked.label, reason.text, section.clause)


def _histories(section: Section, answers: Answers) -> Iterator[Problem]:
    """Tables of a step whose rows run from a month to a month: together they are one person's history."""
    tables = [one for one in section.tables if one.is_history and answers.shown(one.when)]
    found = [History(one, read_rows_of(answer_at(answers.values, one.path))) for one in tables]
    birth = _month(answer_at(answers.values, "birth"))
    for one in told_of(found, birth, answers.as_of):
        text = f"“{one.table.label}”{one.text}" if one.row else one.text
        path = one.table.path
        yield Problem(section.id, path, one.table.label, text, section.clause, one.row, one.column, remark=one.remark)


def _month(raw: Any) -> Month | None:
    try:
        return parse_month(raw) if not is_blank(raw) else None
    except BadInput:
        return None


def _number(raw: Any) -> Fraction | None:
    try:
        return exact(raw) if not is_blank(raw) else None
    except BadInput:
        return None


def _clause(section: Section, asked: Asked) -> str:
    return asked.field.clause or section.clause
