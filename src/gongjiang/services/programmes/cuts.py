"""核减名额: what assessments took from units' places is taken off when the next edition of the programme opens."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import EditionRole, PlaceChange, QuotaCut
from gongjiang.rules.programmes.cycles import family
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.quotas.adapt import NOMINATOR
from gongjiang.rules.quotas.tables import rows_of
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme


def take_cuts(actor: Actor, at: datetime, programme: Programme) -> int:
    """Take what is open off the hard pools that give each nominating unit its places, never below none; how many cuts
    that were. Inside the transaction that opens the edition: nobody holds a place yet, so that every count begins with
    what is left. A unit that doesn't nominate here, or has no places of its own, keeps its cut for the next time."""
    edition = programme.edition
    rows = QuotaCut.objects.filter(organiser=edition.organiser, edition=None).select_related("organisation", "outcome")
    ours = [one for one in rows.order_by("pk") if family(one.programme) == family(programme.pack.id)]
    if not ours:
        return 0
    held = EditionRole.objects.filter(edition=edition, role__in=programme.nominating)
    nominating = set(held.values_list("organisation_id", flat=True))
    left: dict[tuple[str, str], int] = {}
    taken = 0
    for cut in (one for one in ours if one.organisation_id in nominating):
        group = cut.organisation.short_name
        for pool in (one for one in programme.pack.pools if one.per == (NOMINATOR,) and one.force == "hard"):
            has = left.setdefault((pool.id, group), _places(programme, pool, group))
            fewer = min(cut.places, has)
            if fewer:
                left[pool.id, group] = has - fewer
                PlaceChange.objects.create(
                    process=programme.process, pool=pool.id, group=group, places=-fewer, by_id=actor.user_id, at=at,
                    kind=PlaceChange.Kind.CANCELLED, reason=f"{cut.outcome}（{cut.outcome.basis}）：核减下届名额",
                )  # fmt: skip
                QuotaCut.objects.filter(pk=cut.pk).update(edition=edition)
                taken += 1
                told = {"pool": pool.id, "group": group, "places": -fewer, "basis": cut.outcome.basis}
                append(
                    actor=actor, at=at, action="places.cancelled", kind="edition", key=edition.pk,
                    edition_id=edition.pk, data=told,
                )  # fmt: skip
    return taken


def _places(programme: Programme, pool: Pool, group: str) -> int:
    """The places that the notice gives one unit: its row of the table, or the bound that is every unit's."""
    if pool.table is not None:
        row = rows_of(pool.table, programme.pack.tables[pool.table].rows, programme.params).get(group)
        value = row.get("places") if isinstance(row, dict) else row
    else:
        value = programme.value(pool.at_most)
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() else 0
