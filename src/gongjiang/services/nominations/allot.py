"""Places given on: by a unit to a body below it and back (名额分配、收回), by the issuing office to a body that entered
by approval (ledger N-18)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.truth import Unknown
from gongjiang.models import Edition, EditionRole, Organisation, PlaceChange
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.quotas.adapt import NOMINATOR, pool_spec
from gongjiang.rules.quotas.members import key_counter
from gongjiang.rules.quotas.pools import PoolSpec
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import may_organise
from gongjiang.services.quotas.changes import Move, changes_of, move_places, net_between
from gongjiang.services.quotas.guard import SeatAsked


@dataclass(frozen=True, slots=True)
class Between:
    """Who gives (or gave) how many places of which pool to whom, and why."""

    pool: str
    giver: Organisation
    taker: Organisation
    places: int
    reason: str


def may_allot(actor: Actor, programme: Programme, giver: Organisation) -> bool:
    """Approvers of the giving unit."""
    return actor.is_platform or actor.has("approver", organisation_id=giver.pk, edition_id=programme.edition.pk)


def allots(pool: Pool) -> bool:
    """Can places of this pool be given on? Only places by a table of units; a range for each unit is no stock."""
    return pool.table is not None and pool.per == (NOMINATOR,) and pool.force == "hard"


@transaction.atomic
def allot(*, actor: Actor, at: datetime, programme: Programme, between: Between) -> tuple[PlaceChange, ...]:
    """So many of the giver's unused places to a body below it: people who come through that body count in its places
    from then on, and not in the giver's. Raises Refused where too few are unused, or the table gives the taker a
    number of its own."""
    spec = _checked(actor, programme, between)
    taker = between.taker.short_name
    if _listed(spec, taker):
        raise Refused(
            f"名额表已经给{taker}定了名额，不能另外分给它。", "The table gives the taker its own places.", place="分给"
        )
    return _move(actor, at, programme, spec, between, PlaceChange.Kind.ALLOTTED, between.places)


@transaction.atomic
def recall(*, actor: Actor, at: datetime, programme: Programme, between: Between) -> tuple[PlaceChange, ...]:
    """Take back so many of the places that the giver gave to the taker. Raises Refused where somebody holds them, or
    fewer were given."""
    spec = _checked(actor, programme, between)
    made = _move(actor, at, programme, spec, between, PlaceChange.Kind.RECALLED, -between.places)
    giver, taker = between.giver.short_name, between.taker.short_name
    left = net_between(programme.process, spec.id, taker, giver)
    if left < 0:  # under the lock of the count, so that two who recall at once don't both pass
        raise Refused(
            f"{giver}分给{taker}、还没有收回的只有 {left + between.places} 名。", "Fewer were given.", place="名额"
        )
    return made


@transaction.atomic
def grant(*, actor: Actor, at: datetime, programme: Programme, between: Between) -> tuple[PlaceChange, ...]:
    """Unused places of a unit to a body that entered the edition by a recorded approval and has no row in the table.

    By approvers of the issuing office, with the approval as reason; the sum stays what the notice gives.
    """
    organiser = programme.edition.organiser
    if not (actor.is_platform or (may_organise(actor, organiser) and _approves(actor, organiser))):
        raise NotAllowed("由主办单位的审批人员办理。", "Approvers of the issuing office do this.")
    _running(programme)
    spec = _spec(programme, _pool(programme, between.pool))
    entered = EditionRole.objects.filter(
        edition=programme.edition, organisation=between.taker, role__in=programme.nominating
    ).exclude(approved_by="")
    taker = between.taker.short_name
    if not entered.exists() or _listed(spec, taker):
        raise Refused(
            f"{taker}不是经批准进入的推荐单位，不能调给名额。", "The body did not enter by approval.", place="单位"
        )
    _same_name(between.taker)
    if between.places < 1 or between.giver.pk == between.taker.pk:
        raise BadInput("名额须为正整数。", "A positive whole number.", place="名额")
    return _move(actor, at, programme, spec, between, PlaceChange.Kind.GRANTED, between.places)


def _approves(actor: Actor, organiser: Organisation) -> bool:
    return organiser.pk in actor.organiser_ids("approver")


def _checked(actor: Actor, programme: Programme, between: Between) -> PoolSpec:
    pool = _pool(programme, between.pool)
    giver, taker = between.giver, between.taker
    if giver.pk not in taker.ancestor_ids or giver.pk == taker.pk:
        raise BadInput(f"{taker.name}不在{giver.name}之下。", "Not below the giver.", place="分给")
    if between.places < 1:
        raise BadInput("名额须为正整数。", "A positive whole number.", place="名额")
    if not may_allot(actor, programme, giver):
        raise NotAllowed(f"名额由{giver.name}的审批人员分配和收回。", "Approvers of the giving unit do this.")
    _running(programme)
    _same_name(taker)
    return _spec(programme, pool)


def _running(programme: Programme) -> None:
    if programme.edition.state != Edition.State.OPEN:
        raise Refused("本届没有在进行，不能变动名额。", "The edition isn't running.", place=programme.edition.title)


def _same_name(unit: Organisation) -> None:
    """Places are counted by short name: two bodies of one name would share them."""
    if Organisation.objects.filter(short_name=unit.short_name, active=True).exclude(pk=unit.pk).exists():
        raise Refused(
            f"不止一家单位的简称是“{unit.short_name}”，名额会混在一起。请先把简称改成不同的。",
            "Another organisation has this short name.",
            place="分给",
        )


def _pool(programme: Programme, pool_id: str) -> Pool:
    pool = next((one for one in programme.pack.pools if one.id == pool_id), None)
    if pool is None or not allots(pool):
        raise BadInput("只有按单位列表分配的名额可以再分配。", "No table of places by unit.", place=pool_id)
    return pool


def _move(
    actor: Actor,
    at: datetime,
    programme: Programme,
    spec: PoolSpec,
    between: Between,
    kind: PlaceChange.Kind,
    places: int,
) -> tuple[PlaceChange, ...]:
    """The taker's places up, the giver's down, and those of the row that holds the giver: the taker's people no
    longer count in either."""
    giver, taker = between.giver.short_name, between.taker.short_name
    around = spec.limits.within.get(giver) if spec.limits is not None and not spec.limits.apart else None
    names = [giver, *([around] if around else [])]
    moves = [Move(_seat(spec, name), -places, taker) for name in names] + [Move(_seat(spec, taker), places, giver)]
    return move_places(actor=actor, at=at, process=programme.process, moves=moves, kind=kind, reason=between.reason)


def _spec(programme: Programme, pool: Pool) -> PoolSpec:
    facts = Facts(programme.pack.vocabulary, params=programme.params)
    changes = changes_of(programme.process).get(pool.id, {})
    return pool_spec(programme.pack, pool, programme.params, facts, changes)


def _listed(spec: PoolSpec, name: str) -> bool:
    """Has a unit places by the notice, not only places given to it since?"""
    return spec.limits is not None and (name,) in spec.limits.rows and name not in spec.limits.given


def _seat(spec: PoolSpec, name: str) -> SeatAsked:
    """The unit's row as it stands; a unit without one has none yet."""
    key = (name,)
    bounds = [one for one in spec.bounds_of(key) if one.kind != "at_least" and not one.share]
    known = [int(one.value) for one in bounds if not isinstance(one.value, Unknown)]
    return SeatAsked(spec.id, key_counter(key), min(known, default=0), f"{spec.label}（{name}）")
