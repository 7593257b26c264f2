"""A unit gives places of its own to a body below it, or takes back what that body has not used (名额分配、收回)."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.kernel.truth import Unknown
from gongjiang.models import Organisation, PlaceChange
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.quotas.adapt import NOMINATOR, pool_spec
from gongjiang.rules.quotas.members import key_counter
from gongjiang.rules.quotas.pools import PoolSpec
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.quotas.changes import changes_of, move_places
from gongjiang.services.quotas.guard import SeatAsked

Moved = tuple[PlaceChange, PlaceChange]


def allot(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    pool_id: str,
    giver: Organisation,
    taker: Organisation,
    places: int,
    reason: str,
) -> Moved:
    """So many of `giver`'s unused places to `taker`, which stands below it and nominates for itself from then on.

    Only for places by a table of units, by an approver of the giver. Raises Refused where too few are unused.
    """
    return _move(actor, at, programme, pool_id, (giver, taker), places, reason, PlaceChange.Kind.ALLOTTED)


def recall(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    pool_id: str,
    giver: Organisation,
    taker: Organisation,
    places: int,
    reason: str,
) -> Moved:
    """Take back so many places that `giver` allotted to `taker`. Raises Refused where somebody holds them."""
    return _move(actor, at, programme, pool_id, (taker, giver), places, reason, PlaceChange.Kind.RECALLED, giver)


def _move(
    actor: Actor,
    at: datetime,
    programme: Programme,
    pool_id: str,
    between: tuple[Organisation, Organisation],
    places: int,
    reason: str,
    kind: PlaceChange.Kind,
    owner: Organisation | None = None,
) -> Moved:
    source, target = between
    upper = owner or source
    lower = target if upper is source else source
    pool = next((one for one in programme.pack.pools if one.id == pool_id), None)
    if pool is None or pool.table is None or pool.per != (NOMINATOR,):
        raise BadInput("只有按单位列表分配的名额可以再分配。", "No table of places by unit.", place=pool_id)
    if upper.pk not in lower.ancestor_ids or upper.pk == lower.pk:
        raise BadInput(f"{lower.name}不在{upper.name}之下。", "Not below the giver.", place=lower.name)
    if not (actor.is_platform or actor.has("approver", organisation_id=upper.pk, edition_id=programme.edition.pk)):
        raise NotAllowed(f"名额由{upper.name}的审批人员分配和收回。", "Approvers of the giving unit do this.")
    spec = _spec(programme, pool)
    return move_places(
        actor=actor,
        at=at,
        process=programme.process,
        giver=_seat(spec, source),
        taker=_seat(spec, target),
        places=places,
        kind=kind,
        reason=reason,
    )


def _spec(programme: Programme, pool: Pool) -> PoolSpec:
    facts = Facts(programme.pack.vocabulary, params=programme.params)
    changes = changes_of(programme.process).get(pool.id, {})
    return pool_spec(programme.pack, pool, programme.params, facts, changes)


def _seat(spec: PoolSpec, unit: Organisation) -> SeatAsked:
    """The unit's row as it stands; a unit without one has none yet."""
    key = (unit.short_name,)
    bounds = [one for one in spec.bounds_of(key) if one.kind != "at_least" and not one.share]
    known = [int(one.value) for one in bounds if not isinstance(one.value, Unknown)]
    return SeatAsked(spec.id, key_counter(key), min(known, default=0), f"{spec.label}（{unit.short_name}）")
