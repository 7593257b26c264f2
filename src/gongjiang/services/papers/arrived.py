"""What has come and what is missing, by unit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.models import ArrivedPaper, Case, Organisation
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.papers.crossed import crossed
from gongjiang.services.papers.expected import Due, Expected, Key, cases_by_unit, due_of, expected_of, receivers_of
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Sheet:
    """An expected paper and how much of it has come. `unlike`: the scan is of another print, and what to do."""

    expected: Expected
    originals: int
    copies: int
    stale: str
    unlike: str = ""

    @property
    def came(self) -> int:
        """Sheets of it, originals and copies."""
        return self.originals + self.copies

    @property
    def complete(self) -> bool:
        """As many as asked, one of them an original, none of them stale."""
        return self.came >= self.expected.copies and self.originals > 0 and not self.stale

    @property
    def missing(self) -> str:
        """What is missing, in words; '' if nothing is."""
        if self.stale:
            return f"与现在的表不一致（{self.stale}），须重新打印盖章"
        short = max(0, self.expected.copies - self.came)
        told = ["盖章原件"] if not self.originals else []
        return "、".join([*told, *([f"还差 {short} 份"] if short else [])])


@dataclass(frozen=True)
class UnitPapers:
    """One unit's papers for one step."""

    unit: Organisation
    cases: int
    due: Due
    sheets: tuple[Sheet, ...]
    late_days: int

    @property
    def complete(self) -> int:
        """How many papers are all there."""
        return sum(one.complete for one in self.sheets)

    @property
    def unlike(self) -> tuple[Sheet, ...]:
        """Papers whose scan is of another print."""
        return tuple(one for one in self.sheets if one.unlike)

    @property
    def missing(self) -> tuple[Sheet, ...]:
        """Papers that are not."""
        return tuple(one for one in self.sheets if not one.complete)


def receives(actor: Actor, programme: Programme, stage: Stage) -> bool:
    """Do the papers of this step arrive on the actor's desk?"""
    desks = receivers_of(programme, stage)
    return actor.is_platform or bool(desks & actor.organisation_ids(*ACTING, edition_id=programme.edition.pk))


def unit_papers(
    programme: Programme, stage: Stage, unit: Organisation, cases: Sequence[Case], due: Due | None = None
) -> UnitPapers:
    """One unit's expected papers with what has come of each."""
    rows = ArrivedPaper.objects.filter(
        arrival__process=programme.process, arrival__stage=stage.id, arrival__unit=unit, arrival__voided_at=None
    ).select_related("arrival")
    return _joined(programme, stage, unit, cases, list(rows), crossed(one.pk for one in cases), due)


def all_units(programme: Programme, stage: Stage) -> list[UnitPapers]:
    """Every unit whose cases reached the step, whoever misses most first; the number of queries doesn't grow with
    cases."""
    groups = cases_by_unit(programme, stage)
    units = Organisation.objects.in_bulk(list(groups))
    rows: dict[int, list[ArrivedPaper]] = defaultdict(list)
    for one in ArrivedPaper.objects.filter(
        arrival__process=programme.process, arrival__stage=stage.id, arrival__voided_at=None
    ).select_related("arrival"):
        rows[one.arrival.unit_id].append(one)
    every = expected_of(programme, stage, [case for cases in groups.values() for case in cases])
    usual = due_of(programme, stage, None)
    unlike = crossed(case.pk for cases in groups.values() for case in cases)
    found = [
        _joined(programme, stage, units[pk], cases, rows[pk], unlike, usual, every) for pk, cases in groups.items()
    ]
    return sorted(found, key=lambda one: (-len(one.missing), one.unit.pk))


def arrived_of(case: Case) -> list[ArrivedPaper]:
    """Papers of one case that have come, newest first."""
    rows = ArrivedPaper.objects.filter(case=case, arrival__voided_at=None).select_related("arrival")
    return list(rows.order_by("-arrival_id", "id"))


def _joined(
    programme: Programme,
    stage: Stage,
    unit: Organisation,
    cases: Sequence[Case],
    rows: Iterable[ArrivedPaper],
    unlike: Mapping[Key, str],
    due: Due | None,
    every: Sequence[Expected] | None = None,
) -> UnitPapers:
    came: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    stale: dict[Key, str] = {}
    late = 0
    for one in sorted(rows, key=lambda row: row.pk):
        key = (one.case_id, one.form)
        came[key][0] += one.originals
        came[key][1] += one.copies
        if one.coded or one.originals:  # a later original takes the place of a stale one
            stale[key] = one.stale
        late = max(late, one.arrival.late_days)
    mine = {case.pk for case in cases}
    wanted = (
        expected_of(programme, stage, cases)
        if every is None
        else [one for one in every if one.case is None or one.case.pk in mine]
    )
    sheets = tuple(
        Sheet(one, came[one.key][0], came[one.key][1], stale.get(one.key, ""), unlike.get(one.key, ""))
        for one in wanted
    )
    return UnitPapers(unit, len(cases), due or due_of(programme, stage, unit.pk), sheets, late)
