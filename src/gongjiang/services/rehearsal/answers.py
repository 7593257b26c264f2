"""A form filled by an invented person: every question that the pack asks gets an answer of its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from gongjiang.kernel.dates import Month
from gongjiang.rules.nominations.form_plan_parts import Asked, Choice, FormPlan, RowsAsked, Statement
from gongjiang.rules.programmes.schema.fields import Field_
from gongjiang.rules.programmes.vocabulary import CodeList, Vocabulary
from gongjiang.services.rehearsal.people import (
    ETHNICITIES,
    PLACES,
    POSTS,
    TRADES,
    WAYS,
    WORKSHOPS,
    Names,
    Numbers,
    birth_of,
    firm_name,
    prose,
)

#: How many rows are filled in where the form says nothing.
USUAL_ROWS = {"honours": 2, "contests": 1, "results": 2, "experts": 2, "members": 6}
#: What a thing in a row is called, after the place it comes from: trade, table, number of the row.
TITLES = {"contests": "{0}技能竞赛", "results": "{0}工艺改进（{2}）"}
SCHOOL = 18


@dataclass
class Person:
    """Who is being invented. `years`: how long they have worked in their trade, all in one place."""

    name: str
    gender: str
    birth: date
    employer: str
    trade: str
    years: int
    unit: str
    today: date
    as_of: date
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def begun(self) -> Month:
        """When work in the trade began: so that the years are full on the day that counts."""
        return Month.of(self.as_of).plus(-12 * self.years)


class Filling:
    """Fills forms. One for a whole rehearsal: names and numbers are given out once."""

    def __init__(self, words: Vocabulary, rng: Random, names: Names, numbers: Numbers) -> None:
        self.words, self.rng, self.names, self.numbers = words, rng, names, numbers

    def person(self, employer: str, unit: str, today: date, as_of: date) -> Person:
        """Somebody of working age, at least twelve years in the trade."""
        birth = birth_of(self.rng, as_of)
        age = (as_of - birth).days // 365
        years = self.rng.randint(min(12, age - SCHOOL), max(12, min(age - SCHOOL, 30)))
        gender = "女" if self.rng.random() < 0.35 else "男"
        trade = self.rng.choice(TRADES)
        return Person(self.names.next(), gender, birth, employer, trade, min(years, age - 17), unit, today, as_of)

    def form(self, plan: FormPlan, person: Person) -> dict[str, Any]:
        """Answers by path. Of conditions that one may claim, one to three are claimed."""
        answers: dict[str, Any] = {}
        choices = [part for one in plan.sections for part in one.parts if isinstance(part, Choice)]
        claimed = self.rng.sample(choices, k=min(len(choices), self.rng.randint(1, 3)))
        for section in plan.sections:
            for part in section.parts:
                if isinstance(part, Choice) and part not in claimed:
                    continue
                for asked in part.parts if isinstance(part, Choice) else (part,):
                    if isinstance(asked, Asked):
                        answers[asked.path] = self.answer(asked, person)
                    elif isinstance(asked, RowsAsked):
                        answers[asked.path] = self.rows(asked, person)
                    elif isinstance(asked, Statement):
                        answers[asked.path] = "yes"
        self._agree(plan, answers)
        return answers

    def answer(self, asked: Asked, person: Person, *, row: bool = False) -> Any:
        """One answer by the field's own name where it has a meaning to us, else by its type."""
        spec = asked.field
        if "." in asked.path and not asked.path.startswith("case."):
            return self._other(asked, person)  # somebody or something else: a leader, a host
        known = _BY_NAME.get(spec.id) if spec.subject in {"person", "case"} or spec.id in _OF_ANYBODY else None
        if known is not None and not row:
            return _fitting(spec, known(self, person), asked.limit)
        if spec.derived:
            return str(person.years)
        return self._by_type(spec, asked, person)

    def _other(self, asked: Asked, person: Person) -> Any:
        if asked.field.id == "name":
            return person.employer if asked.field.subject == "unit" else self.names.next()
        return self._by_type(asked.field, asked, person)

    def _by_type(self, spec: Field_, asked: Asked, person: Person) -> Any:
        rng = self.rng
        if spec.type == "code":
            return _code(self.words.codes.get(spec.codes or "", CodeList()), rng)
        if spec.type == "yes_no":
            yes = rng.random() < 0.7
            answer = "yes" if yes else "no"
            return {"value": answer, "detail": f"{spec.detail}若干" if yes else ""} if spec.detail else answer
        if spec.type == "checks":
            codes = rng.sample([one.code for one in spec.options], k=1)
            return {one.code: "详见材料" if one.fill else "" for one in spec.options if one.code in codes}
        if spec.type in {"number", "int"}:
            return str(_number(spec, rng))
        if spec.type in {"month", "date", "year"}:
            day = date(person.as_of.year - rng.randint(1, 9), rng.randint(1, 12), rng.randint(1, 28))
            return {"month": f"{day:%Y-%m}", "date": day.isoformat(), "year": str(day.year)}[spec.type]
        if spec.type == "id_number":
            return self.numbers.identity(birth_of(rng, person.as_of), rng.choice(["男", "女"]))
        if spec.type == "mobile":
            return self.numbers.mobile()
        return self._words(spec, asked, person)

    def _words(self, spec: Field_, asked: Asked, person: Person) -> str:
        limit = asked.limit or (int(spec.max) if isinstance(spec.max, int) else None)
        about = asked.about
        if about is not None:
            return prose(self.rng, min(about, limit or about))
        if limit is not None and limit <= 60:
            return f"{person.trade}{self.rng.choice(WAYS)}"[:limit]
        return prose(self.rng, min(limit or 120, 600) if limit is None or limit > 200 else limit // 2)

    def rows(self, asked: RowsAsked, person: Person) -> list[dict[str, Any]]:
        """Rows of a table: the résumé tells the person's years, others as many as usual."""
        if asked.path == "resume":
            return self.resume(asked, person)
        if asked.path == "schooling":
            return self.schooling(asked, person)
        count = max(asked.least, USUAL_ROWS.get(asked.path, 1))
        return [self._row(asked, person, n) for n in range(1, min(count, asked.most or count) + 1)]

    def schooling(self, asked: RowsAsked, person: Person) -> list[dict[str, Any]]:
        """From the end of junior middle school on: one school, three years."""
        start = person.begun.plus(-37)
        row = {"from": start.iso(), "to": start.plus(34).iso(), "school": f"{person.employer[:2]}技工学校"}
        row["major"] = f"{person.trade}专业"
        return [{"id": "schooling-1", **{one.path: row[one.path] for one in asked.columns if one.path in row}}]

    def _row(self, asked: RowsAsked, person: Person, n: int) -> dict[str, Any]:
        called = TITLES.get(asked.path, "{1}第{2}项")
        names: dict[str, Callable[[], str]] = {
            "name": self.names.next,
            "employer": lambda: firm_name(self.rng.randrange(60) + 900),
            "trade": lambda: person.trade,
            "skill_level": lambda: "高级技师",
            "post": lambda: "高级技师、技能专家",
            "title": lambda: self.rng.choice(PLACES) + called.format(person.trade, asked.label[:8], n),
            "rank": lambda: str(self.rng.randint(1, 6)),
        }
        row = {"id": f"{asked.path[:12]}-{n}"}
        for column in asked.columns:
            made = names.get(column.path)
            value = made() if made else self.answer(column, person, row=True)
            row[column.path] = _fitting(column.field, value, column.limit)
        return row

    def resume(self, asked: RowsAsked, person: Person, spells: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
        """School, then work: one row for each stretch of years. `spells`: years by column that counts them,
        where they differ."""
        columns = {one.path: one for one in asked.columns}
        years = dict.fromkeys(("in_trade", "on_site", "region"), person.years) | dict(spells or {})
        longest = max(years.values(), default=person.years)
        cuts = sorted({0, longest, *(longest - one for one in years.values() if one < longest)})
        first = Month.of(person.as_of).plus(-12 * longest)
        rows = [self._spell(columns, person, first.plus(-37), first.plus(-1), frozenset())]
        for start, end in pairwise(cuts):
            counted = frozenset(name for name, one in years.items() if one >= longest - start)
            last = None if end == longest else first.plus(12 * end - 1)
            rows.append(self._spell(columns, person, first.plus(12 * start), last, counted))
        return [{"id": f"resume-{n}", **row} for n, row in enumerate(rows, 1)]

    def _spell(
        self, columns: Mapping[str, Asked], person: Person, since: Month, until: Month | None, counted: frozenset[str]
    ) -> dict[str, Any]:
        work = bool(counted) or until is None
        region = next((one.args["region"] for one in self.words.fields.values() if "region" in one.args), "本市")
        row = {
            "from": since.iso(),
            "to": until.iso() if until else "",
            "org": person.employer if work else f"{person.employer[:2]}技工学校",
            "post": person.trade if work else f"{person.trade}专业学生",
            "in_trade": "yes" if "in_trade" in counted else "no",
            "on_site": "yes" if "on_site" in counted else "no",
            "region": region if "region" in counted else "外地",
        }
        return {name: value for name, value in row.items() if name in columns}

    def _agree(self, plan: FormPlan, answers: dict[str, Any]) -> None:
        """A wide word beside a narrow one (category and trade of a guide) is the one around it."""
        asked = {one.path: one.field for section in plan.sections for one in section.questions}
        for path, spec in asked.items():
            narrow = self.words.codes.get(spec.codes or "")
            if narrow is None or not narrow.parents or path not in answers:
                continue
            root = narrow.wider(str(answers[path]))[-1]
            roots = {narrow.wider(one)[-1] for one in narrow.items}
            for other, wide in asked.items():
                items = set(self.words.codes.get(wide.codes or "", CodeList()).items)
                if other != path and other in answers and roots <= items:
                    answers[other] = root


def _fitting(spec: Field_, value: Any, limit: int | None) -> Any:
    """Text within the limit of its box."""
    if isinstance(value, str) and spec.type == "text":
        most = limit or (spec.max if isinstance(spec.max, int) else None)
        return value[:most] if most else value
    return value


def _code(codes: CodeList, rng: Random) -> str:
    inner = set(codes.parents.values())
    leaves = [one for one in codes.items if one not in inner] or list(codes.items) or ["其他"]
    return rng.choice(leaves[len(leaves) // 2 :] if codes.ordered else leaves)


def _number(spec: Field_, rng: Random) -> int:
    low = int(spec.min) if isinstance(spec.min, int) else 1
    high = int(spec.max) if isinstance(spec.max, int) else max(low + 12, 12)
    return rng.randint(max(low, min(3, high)), high)


_Maker = Callable[[Filling, Person], Any]
_OF_ANYBODY = frozenset({"name", "employer", "trade", "deeds", "headcount"})
_BY_NAME: Mapping[str, _Maker] = {
    "name": lambda make, one: one.name,
    "gender": lambda make, one: one.gender,
    "birth": lambda make, one: f"{one.birth:%Y-%m}",
    "ethnicity": lambda make, one: make.rng.choice(ETHNICITIES),
    "native_place": lambda make, one: make.rng.choice(PLACES) + "县",
    "political_status": lambda make, one: make.rng.choice(["中共党员", "中共党员", "群众", "共青团员"]),
    "education": lambda make, one: make.rng.choice(["大专", "大学本科", "高中", "技校"]),
    "degree": lambda make, one: "",
    "id_number": lambda make, one: make.numbers.identity(one.birth, one.gender),
    "mobile": lambda make, one: make.numbers.mobile(),
    "employer": lambda make, one: one.employer,
    "employer_address": lambda make, one: f"{one.unit}工业路{make.rng.randint(1, 200)}号",
    "postcode": lambda make, one: "000000",
    "corp_group": lambda make, one: make.rng.choice(["无", f"{one.employer[:2]}装备集团"]),
    "post": lambda make, one: make.rng.choice(WORKSHOPS) + make.rng.choice(POSTS),
    "trade": lambda make, one: one.trade,
    "professional_title": lambda make, one: make.rng.choice(["", "助理工程师", "工程师"]),
    "skill_level": lambda make, one: make.rng.choice(["技师", "高级技师", "高级技师", "特级技师"]),
    "staff_kind": lambda make, one: make.rng.choice(["一线产业工人", "一线产业工人", "专业技术人员"]),
    "work_start": lambda make, one: one.begun.iso(),
    "headcount": lambda make, one: str(make.rng.randint(8, 26)),
    "main_honours": lambda make, one: f"{one.unit}技术标兵",
    "skill_awards": lambda make, one: f"{one.trade}岗位能手",
    "fill_date": lambda make, one: one.today.isoformat(),
    "contact": lambda make, one: make.names.next(),
    "contact_phone": lambda make, one: make.numbers.mobile(),
    "conduct": lambda make, one: "政治立场坚定，遵纪守法，爱岗敬业，职工群众公认。",
    "asked_on": lambda make, one: (one.today - timedelta(days=11)).isoformat(),
    "committee_on": lambda make, one: (one.today - timedelta(days=9)).isoformat(),
    "consented_on": lambda make, one: (one.today - timedelta(days=1)).isoformat(),
    "posted_from": lambda make, one: (one.today - timedelta(days=7)).isoformat(),
    "posted_to": lambda make, one: (one.today - timedelta(days=2)).isoformat(),
    "posting_days": lambda make, one: "6",
    "recommender_name": lambda make, one: make.names.next(),
    "recommender_post": lambda make, one: "负责人",
}
