"""Who will be nominated: so many from each unit, by which way in, how good, and one who won't pass."""

from collections.abc import Mapping
from itertools import cycle, islice
from random import Random
from typing import Any

from gongjiang.kernel.truth import Truth
from gongjiang.models import Organisation
from gongjiang.rules.programmes.evaluate import ReadyRule
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.apply import Route
from gongjiang.services.nominations.seats import list_size
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rehearsal.parties import Unit
from gongjiang.services.rehearsal.places import awards_of, planned, quotas
from gongjiang.services.rehearsal.ranges import by_kind_of_unit, places_by_role
from gongjiang.services.rehearsal.world import Nominee, World


def plan_nominees(world: World, asked: int | None) -> list[Nominee]:
    """The nominees of a rehearsal; `asked` is a number of one's own."""
    programme = world.programme
    units = {one.organisation.short_name: one for one in world.parties.units}
    seats = planned_seats(world, units, asked)
    turns: dict[str, list[str]] = {}
    made: list[Nominee] = []
    for n, (award, name) in enumerate(seats):
        unit = units[name]
        route = _next_route(programme, award, unit, turns, len([one for one in seats if one[0] == award]))
        if route is None:
            world.troubles.add("run", f"{name}没有可用的申报方式，不能推荐。")
            continue
        employer = (
            unit.employers[n // max(len(units), 1) % len(unit.employers)] if unit.employers else unit.organisation
        )
        quality = 0.55 + 0.4 * world.rng.random()
        made.append(Nominee(award, route, unit, employer, quality))
    _too_many(world, asked, seats)
    limited = quotas(programme.pack, programme.params)
    if made and asked is None and not limited.places and not limited.each and _breakable(world):
        made[world.rng.randrange(len(made) // 2, len(made))].breaks_rule = True
    return made


def planned_seats(world: World, units: Mapping[str, Unit], asked: int | None) -> list[tuple[str, str]]:
    """(award, unit) of each nominee: by the kind of unit where places differ so, else as the table or list says."""
    programme = world.programme
    if not places_by_role(programme):
        return planned(programme, list(units), asked)
    full = by_kind_of_unit(programme, {name: one.role for name, one in units.items()}, awards_of(programme.pack))
    return full if asked is None else list(islice(cycle(full), asked))


def routes_for(programme: Programme, award: str) -> list[Route]:
    """Ways in that are for an award."""
    found = [route for stage in programme.stages if stage.type == "apply" for route in getattr(stage, "routes", ())]
    return [one for one in found if not one.award or award in one.award]


def takes(programme: Programme, route: Route, unit: Unit) -> bool:
    """May somebody below this unit come by this way?"""
    roles = programme.expand(route.to) if route.to else programme.nominating
    return not roles or unit.receiver(roles) is not None


def applying(world: World, nominee: Nominee) -> tuple[Organisation, Organisation | None]:
    """Who files by this way: the enterprise, or the body that the way names; and to whom it is handed."""
    programme = world.programme
    route = next((one for one in routes_for(programme, nominee.award) if one.id == nominee.route), None)
    to = programme.expand(route.to) if route is not None and route.to else programme.nominating
    receiver = nominee.unit.receiver(to)
    levels = {one.id: one.level for one in programme.pack.roles}
    for role in sorted(programme.expand(route.by)) if route is not None else ():
        if levels.get(role) not in {"person", "employer"} and world.parties.holders.get(role):
            return world.parties.holders[role][0], receiver
    return nominee.employer, receiver


def _next_route(programme: Programme, award: str, unit: Unit, turns: dict[str, list[str]], total: int) -> str | None:
    """Ways in by turns; where a stage keeps so many of one way, in that proportion."""
    routes = routes_for(programme, award)
    if not routes:
        return ""
    fitting = {one.id for one in routes if takes(programme, one, unit)}
    if not fitting:
        return None
    left = turns.setdefault(award, [])
    if not any(one in fitting for one in left):
        left.extend(_by_weight(programme, routes, total))
    chosen = next((one for one in left if one in fitting), sorted(fitting)[0])
    if chosen in left:
        left.remove(chosen)
    return chosen


def _by_weight(programme: Programme, routes: list[Route], total: int) -> list[str]:
    sizes = {one.id: _kept(programme, one.id) for one in routes}
    known = [one for one in sizes.values() if one]
    usual = sum(known) // len(known) if known else 1
    weights = {name: size or usual for name, size in sizes.items()}
    order: list[str] = []
    dealt = dict.fromkeys(weights, 0)
    for n in range(1, max(total, len(weights)) + 1):
        name = max(weights, key=lambda one: (weights[one] * n / sum(weights.values()) - dealt[one], one))
        dealt[name] += 1
        order.append(name)
    return order


def _kept(programme: Programme, route: str) -> int | None:
    for stage in programme.stages:
        if isinstance(stage, Stage) and stage.when == {"field": "case.route", "is": route}:
            size = list_size(programme, stage.keep)
            if size is not None:
                return size
    return None


def _too_many(world: World, asked: int | None, seats: list[tuple[str, str]]) -> None:
    quota = quotas(world.programme.pack, world.programme.params)
    counted: dict[tuple[str, str], int] = {}
    for one in seats:
        counted[one] = counted.get(one, 0) + 1
    for (award, unit), number in counted.items():
        limit = quota.of(award, unit)
        if limit is not None and number > limit:
            world.troubles.add("quota", f"{unit}有 {number} 人申报，名额 {limit} 名，超出的上报不了。")


def _breakable(world: World) -> ReadyRule | None:
    return rule_to_break(world.programme)


def rule_to_break(programme: Programme) -> ReadyRule | None:
    """A hard rule that an office judges at a check: who fails it is refused there, for all to see. Never one that the
    office's own answers leave out."""
    checks = {one.id for one in programme.stages if one.type == "check"}
    here = Facts(programme.pack.vocabulary, params=programme.params)
    for rule in programme.pack.ready_rules:
        if rule.when is not None and rule.when.evaluate(here).truth is Truth.FALSE:
            continue
        reads: Any = list(rule.reads())
        if rule.force == "hard" and rule.gate in checks and any(one.kind == "judged" for one in reads):
            return rule
    return None


def reseed(seed: int, name: str) -> Random:
    """Chance of its own for a part of the run, so that one part doesn't shift another."""
    return Random(f"{seed}/{name}")  # noqa: S311
