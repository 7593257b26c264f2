"""What goes with honours from the moment of naming: things and sums owed, being preferred at the next level (G-14)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gongjiang.kernel.truth import Truth
from gongjiang.models import Bestowal, Honour, Preference
from gongjiang.rules.honours.bestowals import Owed, Preferred, belonging, owed, preferred
from gongjiang.rules.honours.split import payee_of
from gongjiang.rules.programmes.facts import Facts
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.programmes.programme import Programme


def owe(at: datetime, programme: Programme, honours: Sequence[Honour], facts: Mapping[int, Facts]) -> int:
    """Write down what the pack promises with these honours; what is there already stays as it is. `facts` by case.
    Inside the caller's transaction; how many things and sums there are now."""
    there = set(Bestowal.objects.filter(honour__in=honours).values_list("honour_id", "benefit"))
    things: list[Bestowal] = []
    first: list[Preference] = []
    for one in honours:
        due, ahead = promised(programme, one, facts.get(one.case_id or 0))
        things += [
            Bestowal(
                honour=one, benefit=each.benefit[:40], part=each.to[:12], label=each.label[:80], money=each.money,
                amount=each.amount, payee=_payee(each.to, one), at=at,
            )
            for each in due
            if (one.pk, each.benefit[:40]) not in there
        ]  # fmt: skip
        first += [
            Preference(
                honour=one, benefit=each.benefit[:40], programme=each.programme[:60], label=each.label[:80],
                to=each.to[:20], at=at,
            )
            for each in ahead
        ]  # fmt: skip
    Bestowal.objects.bulk_create(things, ignore_conflicts=True, batch_size=200)
    Preference.objects.bulk_create(first, ignore_conflicts=True, batch_size=200)
    return Bestowal.objects.filter(honour__in=honours).count()


def promised(
    programme: Programme, honour: Honour, facts: Facts | None
) -> tuple[tuple[Owed, ...], tuple[Preferred, ...]]:
    """What the pack says of one honour. A benefit with a condition that isn't known to hold is not promised."""

    def met(benefit: Any) -> bool:
        if benefit.when is None:
            return True
        return facts is not None and holds(programme, benefit.when, facts) is Truth.TRUE

    def value(raw: Any) -> Any:
        return programme.value(raw.get(honour.tier) if isinstance(raw, Mapping) else raw)

    named = tuple(one for one in programme.pack.benefits if one.id not in programme.pack.earned)
    mine = belonging(named, honour.award, honour.tier, met)
    trainee = honour.state == Honour.State.TRAINEE
    return owed(mine, value, trainee=trainee), preferred(mine)


def _payee(part: str, honour: Honour) -> str:
    unit = honour.case.applying_unit if part == "unit" and honour.case is not None else None
    return payee_of(part, honour.name, unit.name if unit is not None else "")[:60]
