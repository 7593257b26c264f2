"""Whose nomination a row of a summary sheet is: by our code, by number, by name, birth month and unit; else asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case, Organisation
from gongjiang.rules.people.identity import Outcome, PersonFacts, even_name, settle
from gongjiang.rules.programmes.stage_types.moves import LIVE
from gongjiang.services.nominations.queries import rows_prefetch
from gongjiang.services.nominations.summary import CODE
from gongjiang.services.nominations.summary_rows import RowRead
from gongjiang.services.people.matching import person_facts
from gongjiang.services.people.sealing import opened_many
from gongjiang.services.programmes.programme import Programme

#: What is written in the code's column, or chosen on screen, for somebody who has no nomination yet.
FRESH = "新增"


class AskWhose(BadInput):
    """A row fits several nominations, or one only in part: people say which. `cases` are those it may be."""

    def __init__(self, row: RowRead, cases: tuple[Case, ...], why: str) -> None:
        names = "、".join(f"{one.title}（{one.number}）" for one in cases)
        super().__init__(
            f"{why.rstrip('。')}：可能是{names}。请在下面选定后再导入一次，或在表末“{CODE}”一列写明编号（新的人写“{FRESH}”）。",
            "Which nomination is meant?",
        )
        self.row, self.cases, self.why = row, cases, why


@dataclass
class KnownPeople:
    """The unit's live cases in this edition, with the people they are about."""

    cases: dict[str, Case] = field(default_factory=dict)
    people: dict[str, PersonFacts] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_number: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, case: Case, facts: PersonFacts) -> None:
        """One nomination and whom it is about."""
        self.cases[case.number], self.people[case.number] = case, facts
        if facts.number:
            self.by_number[facts.number].append(case.number)
        self.by_name[even_name(facts.name)].append(case.number)

    def like(self, facts: PersonFacts) -> list[tuple[str, PersonFacts]]:
        """Those who may be the same person: nobody else shares a number or a name."""
        keys = dict.fromkeys(
            (*self.by_number.get(facts.number or "", ()), *self.by_name.get(even_name(facts.name), ()))
        )
        return [(key, self.people[key]) for key in sorted(keys)]

    def find(self, row: RowRead, chosen: str = "") -> Case | None:
        """The row's own case, None for a new person. `chosen`: what was said on screen. Raises BadInput, AskWhose."""
        code = row.code.strip() or chosen
        if code == FRESH:
            return None
        if code:
            return self._coded(row, code)
        if not self.cases:
            return None
        number, name = str(row.value("id_number") or ""), str(row.value("name") or "")
        if number not in self.by_number and even_name(name) not in self.by_name:
            return None
        facts = _facts(row.plain)
        found = settle(facts, self.like(facts))
        if found.outcome is Outcome.ASK:
            why = found.reason.text if found.reason is not None else ""
            raise AskWhose(row, tuple(self.cases[key] for key in found.keys), why)
        return self.cases[found.keys[0]] if found.outcome is Outcome.SAME else None

    def _coded(self, row: RowRead, code: str) -> Case:
        case = self.cases.get(code)
        if case is None:
            raise BadInput(f"本单位在本届没有编号为“{code}”的申报。", "No nomination with this code.", place=CODE)
        said, held = _facts(row.plain), self.people[code]
        if said.name != held.name and said.birth != held.birth:
            raise BadInput(
                f"编号“{code}”是{case.title}的申报，与本行的姓名、出生年月都不同，请核对是否错行。",
                "The code is somebody else's.",
                place=CODE,
            )
        return case


def known_people(programme: Programme, unit: Organisation) -> KnownPeople:
    """Nominations that the unit filed or puts forward, drafts too."""
    found, words = KnownPeople(), programme.pack.vocabulary
    rows = (
        Case.objects.filter(Q(applying_unit=unit) | Q(nominator=unit, submitted_at__isnull=False))
        .filter(process=programme.process, state__in=sorted(LIVE))
        .select_related("nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation", rows_prefetch())
    )
    cases = list(rows.order_by("id"))
    for case, values in zip(cases, opened_many((one.values for one in cases), words), strict=True):
        found.add(case, _facts({"name": case.title} | values))
        found.values[case.number] = values
    return found


def _facts(values: Mapping[str, object]) -> PersonFacts:
    """Compared in memory only, so the number itself serves as its key."""
    number = str(values.get("id_number") or "")
    return person_facts(str(values.get("name") or ""), number, values.get("birth"), values.get("employer"))


def same_row(row: RowRead) -> object:
    """What tells that two rows of a file are about one person."""
    if row.code not in ("", FRESH):
        return row.code
    return row.value("id_number") or (row.value("name"), row.value("birth"), row.value("employer"))
