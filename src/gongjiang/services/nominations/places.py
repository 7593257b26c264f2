"""Places of a nomination's nominator: used, held by drafts, left; one line for each pool that counts by nominator."""

from dataclasses import dataclass

from gongjiang.models import Case, PoolCount
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.nominations.seats import list_seats
from gongjiang.services.programmes.programme import Programme

PATH = "case.nominator"


@dataclass(frozen=True, slots=True)
class Places:
    """One pool's places for one nominator. `drafts` are cases on their way that hold no place yet."""

    label: str
    total: int
    used: int
    drafts: int

    @property
    def left(self) -> int:
        """Places that neither are used nor would be, were all drafts sent."""
        return max(self.total - self.used - self.drafts, 0)


def places_of(programme: Programme, case: Case, facts: Facts) -> tuple[Places, ...]:
    """Hard whole-number maxima that this case would count in at its nominator's."""
    wanted = {one.id: one for one in programme.pack.pools if PATH in one.per}
    if not wanted:
        return ()
    lists = dict.fromkeys(one.on for one in wanted.values())
    asked = [seat for name in lists for seat in list_seats(programme, case, facts, name) if seat.pool in wanted]
    counts = {
        (one.pool, one.group): one
        for one in PoolCount.objects.filter(process=programme.process, pool__in=[seat.pool for seat in asked])
    }
    moving = (CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED)
    under_way = Case.objects.filter(process=programme.process, nominator_id=case.nominator_id, state__in=moving).count()
    found = []
    for seat in asked:
        count = counts.get((seat.pool, seat.group))
        used = count.used if count is not None else 0
        total = count.limit if count is not None else seat.limit
        found.append(Places(wanted[seat.pool].shown, total, used, max(under_way - used, 0)))
    return tuple(found)
