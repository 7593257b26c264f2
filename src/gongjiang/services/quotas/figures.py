"""Figures for the calculator on record, and a result confirmed that becomes the rows of a table (ledger N-06, M-22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import Edition, EditionRole, Judgement
from gongjiang.rules.quotas.allocation import AllocationSpec, allocation_spec
from gongjiang.rules.quotas.report import Report, reckon
from gongjiang.rules.quotas.tables import CONFIRMED
from gongjiang.services.programmes.judge import record
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import require_organiser
from gongjiang.services.quotas.counts import numbers, wrong_with

ABOUT = "allocation"
FIGURES, PLACES = "figures.", "places."
#: Unit → factor → text as typed.
Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Reckoned:
    """One allocation with the figures that stand (or were just typed): its report, who gave them, what was confirmed.

    `texts`: unit → factor → text as given.
    """

    report: Report
    texts: Texts
    given: Judgement | None
    confirmed: Judgement | None

    @property
    def feeds(self) -> bool:
        """Does a confirmed result make a table?"""
        return self.report.spec.feeds


def specs_of(programme: Programme) -> tuple[AllocationSpec, ...]:
    """The edition's allocations; those that name no units speak of its nominating units. One query."""
    found = tuple(allocation_spec(programme.pack, one, programme.params) for one in programme.pack.allocations)
    if all(one.units for one in found):
        return found
    names = nominating_names(programme)
    return tuple(one if one.units else replace(one, units=names) for one in found)


def nominating_names(programme: Programme) -> tuple[str, ...]:
    """Short names of the nominating units, in the order in which they were set up (a path sorts 10 before 9)."""
    rows = EditionRole.objects.filter(edition=programme.edition, role__in=programme.nominating)
    return tuple(dict.fromkeys(rows.order_by("organisation_id").values_list("organisation__short_name", flat=True)))


def reckoned(programme: Programme, typed: Mapping[str, Texts] | None = None) -> tuple[Reckoned, ...]:
    """Every allocation, with what was just typed instead of what is on record. Two queries."""
    specs = specs_of(programme)
    rows = Judgement.objects.filter(process=programme.process, about=ABOUT, superseded=False).select_related("by")
    stands = {one.question: one for one in rows} if specs else {}
    found = []
    for spec in specs:
        given = stands.get(f"{FIGURES}{spec.id}")
        texts: Texts = (typed or {}).get(spec.id, given.answer if given is not None else {})
        counts = numbers([spec], {spec.id: texts}).get(spec.id, {})
        found.append(Reckoned(reckon(spec, counts), texts, given, stands.get(f"{PLACES}{spec.id}")))
    return tuple(found)


@transaction.atomic
def save_figures(
    *, actor: Actor, at: datetime, programme: Programme, allocation: str, texts: Texts, basis: str
) -> Judgement:
    """Put the figures of an allocation's units on record, with where they come from. Blank ones are left out.

    By the issuing office. Raises BadInput naming the unit and factor that can't be read, or without a source.
    """
    require_organiser(actor, programme.edition.organiser)
    spec = _spec(programme, allocation)
    if not basis.strip():
        raise BadInput("请写明数字的来源（文件、年鉴、口径）。", "Say where the figures come from.", place="数字来源")
    factors = {one.id: one for one in spec.factors}
    kept: dict[str, dict[str, str]] = {}
    for unit, row in texts.items():
        for name, text in row.items():
            if unit not in spec.units or name not in factors or not text.strip():
                continue
            if wrong := wrong_with(factors[name], text.strip()):
                raise BadInput(f"{unit}的{factors[name].label}：{text}，{wrong}。", "Not a figure.", place=unit)
            kept.setdefault(unit, {})[name] = text.strip()
    name = f"{FIGURES}{allocation}"
    stands = Judgement.objects.filter(process=programme.process, question=name, superseded=False)
    if not kept and not stands.exists():
        raise BadInput("还没有填写数字。", "No figure given.", place=spec.label)
    return _record(actor, at, programme, name, kept, basis)


@transaction.atomic
def confirm_allocation(
    *, actor: Actor, at: datetime, programme: Programme, allocation: str, basis: str
) -> Mapping[str, int]:
    """The places that the figures on record give become the rows of the allocation's table, while the edition is
    prepared and where the pack says that it feeds one.

    Raises Refused while a unit's number is open, the sum is not the table's total, or the edition is open.
    """
    require_organiser(actor, programme.edition.organiser)
    edition = Edition.objects.select_for_update().get(pk=programme.edition.pk)
    spec = _spec(programme, allocation)
    if edition.state != Edition.State.PREPARING:
        raise Refused("本届已发布，名额不能再按测算改定。", "The edition is published.")
    if not spec.feeds or spec.table is None:
        raise Refused("名额表由通知定，测算只供核对。", "The table stands; this only explains it.")
    found = next(one for one in reckoned(programme) if one.report.spec.id == allocation)
    result = found.report.result
    if result is None:
        raise Refused(
            "还有单位的名额算不出来：" + "".join(one.sentence for one in found.report.gaps),
            "Some units have no number yet.",
        )
    table = programme.pack.tables[spec.table]
    before = edition.params.get(f"{CONFIRMED}{spec.table}", {})
    rows = {**before, **result}
    total = programme.value(table.total)
    others = [one for one in programme.pack.allocations if one.feeds and one.table == spec.table]
    if total is not None and len(others) == 1 and sum(rows.values()) != int(total):
        raise Refused(f"各单位合计{sum(rows.values())}名，应为{total}名。", "The sum is not the total.")
    edition.params = {**edition.params, f"{CONFIRMED}{spec.table}": rows}
    edition.save(update_fields=["params"])
    programme.edition.params = edition.params
    _record(actor, at, programme, f"{PLACES}{allocation}", dict(result), basis)
    return result


def _record(
    actor: Actor, at: datetime, programme: Programme, question: str, answer: Mapping[str, object], basis: str
) -> Judgement:
    return record(
        actor=actor,
        at=at,
        programme=programme,
        question=question,
        about=ABOUT,
        key="",
        answer=dict(answer),
        basis=basis.strip()[:500],
        organisation_id=programme.edition.organiser_id,
    )


def _spec(programme: Programme, allocation: str) -> AllocationSpec:
    found: Sequence[AllocationSpec] = [one for one in specs_of(programme) if one.id == allocation]
    if not found:
        raise NotFound(f"本届没有名额分配“{allocation}”。", "No such allocation.")
    return found[0]
