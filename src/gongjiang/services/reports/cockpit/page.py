"""Everything the cockpit shows, in a number of queries that doesn't grow with cases."""

from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Objection, PoolCount
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import may_organise
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.reports.cockpit.funnel import Standing, counts_of, funnel
from gongjiang.services.reports.cockpit.people import ExpertLine, Share, composition, experts, scored
from gongjiang.services.reports.cockpit.units import Laggard, UnitLine, laggards, unit_lines


@dataclass(frozen=True)
class Cockpit:
    """An edition at a glance."""

    programme: Programme
    may_organise: bool
    funnel: list[Standing]
    units: list[UnitLine]
    laggards: list[Laggard]
    shares: list[Share]
    latest: str
    nominated: int
    listed: int
    experts: list[ExpertLine]
    objections: int
    pools: dict[str, list[PoolCount]]

    @property
    def sheets(self) -> tuple[int, int]:
        """Sheets handed in, and asked."""
        return sum(one.done for one in self.experts), sum(one.total for one in self.experts)


def may_oversee(actor: Actor, programme: Programme) -> bool:
    """Those who handle or watch the edition for its organiser or a body that runs one of its stages."""
    edition = programme.edition
    if actor.is_platform or actor.has("system_admin"):
        return True
    roles = ("officer", "approver", "observer", "org_admin")
    if edition.organiser_id in actor.organiser_ids(*roles):
        return True
    running = edition.roles.filter(per_case=False).values_list("organisation_id", flat=True)
    return any(actor.has(*roles, organisation_id=one, edition_id=edition.pk) for one in running)


def cockpit(actor: Actor, edition_id: int, at: datetime) -> Cockpit:
    """The page's contents; NotFound for those who don't oversee the edition."""
    programme = get_programme(actor, edition_id)
    if not may_oversee(actor, programme):
        raise NotFound()
    counts = counts_of(programme)
    lines = unit_lines(programme)
    shares, latest, nominated, listed = composition(programme, counts)
    pools: dict[str, list[PoolCount]] = {}
    for one in PoolCount.objects.filter(process=programme.process).exclude(group="").order_by("pool", "id"):
        pools.setdefault(one.group, []).append(one)
    open_objections = Objection.objects.filter(entry__notice__process=programme.process).exclude(
        state__in=[Objection.State.DECIDED, Objection.State.REFUSED]
    )
    return Cockpit(
        programme,
        may_organise(actor, programme.edition.organiser),
        funnel(programme, counts, scored(programme)),
        lines,
        laggards(programme, lines, at),
        shares,
        latest,
        nominated,
        listed,
        experts(programme),
        open_objections.count(),
        pools,
    )
