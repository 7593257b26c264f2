"""Whose nomination a row of a summary sheet is: by our code, by number, by name, birth month and unit; else asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case, Organisation
from gongjiang.rules.people.identity import Outcome, PersonFacts, settle
from gongjiang.rules.programmes.stage_types.moves import LIVE
from gongjiang.services.nominations.queries import rows_prefetch
from gongjiang.services.nominations.summary import CODE
from gongjiang.services.nominations.summary_rows import RowRead
from gongjiang.services.people.matching import person_facts
from gongjiang.services.people.sealing import opened
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
    people: list[tuple[str, PersonFacts]] = field(default_factory=list)

    def find(self, row: RowRead, chosen: str = "") -> Case | None:
        """The row's own case, None for a new person. `chosen`: what was said on screen. Raises BadInput, AskWhose."""
        code = row.code.strip() or chosen
        if code == FRESH:
            return None
        if code:
            return self._coded(row, code)
        found = settle(_facts(row.plain), self.people)
        if found.outcome is Outcome.ASK:
            why = found.reason.text if found.reason is not None else ""
            raise AskWhose(row, tuple(self.cases[key] for key in found.keys), why)
        return self.cases[found.keys[0]] if found.outcome is Outcome.SAME else None

    def _coded(self, row: RowRead, code: str) -> Case:
        case = self.cases.get(code)
        if case is None:
            raise BadInput(f"本单位在本届没有编号为“{code}”的申报。", "No nomination with this code.", place=CODE)
        said, held = _facts(row.plain), next(facts for key, facts in self.people if key == code)
        if said.name != held.name and said.birth != held.birth:
            raise BadInput(
                f"编号“{code}”是{case.title}的申报，与本行的姓名、出生年月都不同，请核对是否错行。",
                "The code is somebody else's.",
                place=CODE,
            )
        return case


def known_people(programme: Programme, unit: Organisation) -> KnownPeople:
    """Nominations that the unit filed or puts forward, drafts too."""
    found = KnownPeople()
    rows = (
        Case.objects.filter(Q(applying_unit=unit) | Q(nominator=unit, submitted_at__isnull=False))
        .filter(process=programme.process, state__in=sorted(LIVE))
        .select_related("nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation", rows_prefetch())
    )
    for case in rows.order_by("id"):
        found.cases[case.number] = case
        found.people.append(
            (case.number, _facts({"name": case.title} | opened(case.values, programme.pack.vocabulary)))
        )
    return found


def _facts(values: Mapping[str, object]) -> PersonFacts:
    """Compared in memory only, so the number itself serves as its key."""
    number = str(values.get("id_number") or "")
    return person_facts(str(values.get("name") or ""), number, values.get("birth"), values.get("employer"))


def same_row(row: RowRead) -> object:
    """What tells that two rows of a file are about one person."""
    plain = row.plain
    likeness = (plain.get("name"), plain.get("birth"), plain.get("employer"))
    return row.code if row.code not in ("", FRESH) else plain.get("id_number") or likeness
