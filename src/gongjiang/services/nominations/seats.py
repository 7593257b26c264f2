"""Which seats of pools a case takes when it comes onto a list."""

from fractions import Fraction

from gongjiang.kernel.rounding import exact, round_places
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.models import Case
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Keep, Stage
from gongjiang.rules.quotas.adapt import pool_member, pool_spec
from gongjiang.rules.quotas.guard import hard_maxima
from gongjiang.services.organisations.tree import ancestors
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.quotas.guard import SeatAsked


def list_size(programme: Programme, keep: Keep | None) -> int | None:
    """How many a stage keeps: places, or places × ratio rounded as the edition answered; None without limit.

    A judged number that has not been given yet is no limit now.
    """
    if keep is None:
        return None
    if keep.places is not None:
        value = programme.value(keep.places)
        return None if value is None else int(exact(value))
    ratio, places = programme.value(keep.per_place), programme.value(keep.of)
    if ratio is None or places is None:
        return None
    return round_places(Fraction(exact(ratio)) * exact(places), programme.value(keep.round) or "up")


def chain_of(case: Case) -> tuple[str, ...]:
    """Names under which a case counts: from its applying unit up to its nominator and beyond."""
    names = [one.short_name for one in ancestors(case.applying_unit)]
    upper = [one.short_name for one in ancestors(case.nominator)]
    return tuple(dict.fromkeys([*(name for name in names if name), *upper]))


def list_seats(programme: Programme, case: Case, facts: Facts, on: str) -> list[SeatAsked]:
    """Seats of the pack's hard whole-number pools on a list (a stage id, or `edition`)."""
    asked: list[SeatAsked] = []
    chain = chain_of(case)
    for pool in programme.pack.pools:
        if pool.on != on or (pool.award and case.award not in pool.award):
            continue
        spec = pool_spec(programme.pack, pool, programme.params, facts)
        member = pool_member(programme.pack, pool, facts, key=str(case.pk), chain=chain or UNKNOWN)
        asked += [SeatAsked(one.pool, one.counter, one.limit, one.name) for one in hard_maxima(spec, member)]
    return asked


def seats_of(programme: Programme, case: Case, stage: Stage, facts: Facts) -> list[SeatAsked]:
    """Everything a case takes up on the list of a stage: pools, and the stage's own `keep`."""
    asked = list_seats(programme, case, facts, stage.id)
    if stage.type == "apply":
        asked += list_seats(programme, case, facts, "edition")
    size = list_size(programme, stage.keep)
    if size is not None and stage.type != "publish":
        asked.append(SeatAsked(f"keep:{stage.id}", list_group(stage, case), size, f"{stage.shown}名单"))
    return asked


def list_group(stage: Stage, case: Case) -> str:
    """Which list of a stage the case is on: one for all, or its unit's own (`per`)."""
    if not stage.per:
        return ""
    if stage.per == ("case.nominator",):
        return case.nominator.short_name
    parts = []
    for path in stage.per:
        name = path.removeprefix("case.")
        party = next((one.organisation.short_name for one in case.parties.all() if one.role == name), None)
        parts.append(party or str(getattr(case, name, "") if path.startswith("case.") else case.values.get(path, "")))
    return " / ".join(parts)
