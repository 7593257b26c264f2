"""Where somebody may begin a nomination: open editions, their awards and ways in, the units one files for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Edition, EditionRole, Organisation, Process
from gongjiang.rules.programmes.schema.words import Award
from gongjiang.rules.programmes.stage_types.apply import Apply, Route
from gongjiang.services.nominations.parties import receivers, route_of
from gongjiang.services.nominations.start import FILING
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.windows import Window, stage_window


@dataclass(frozen=True)
class Way:
    """One way in with the notice's own words about it. `awards`: for which; `units`: from which of one's units."""

    id: str
    label: str
    words: str
    clause: str
    awards: tuple[str, ...]
    units: tuple[int, ...]


@dataclass(frozen=True)
class Opening:
    """An edition that takes nominations (or soon will, or has: `window`)."""

    programme: Programme
    awards: tuple[Award, ...]
    ways: tuple[Way, ...]
    units: tuple[Organisation, ...]
    window: Window


def units_of(actor: Actor) -> tuple[Organisation, ...]:
    """Units for which somebody may file, be it in one edition only."""
    ours = {one.organisation_id for one in actor.grants if one.role in FILING}
    return tuple(Organisation.objects.filter(pk__in=ours, active=True).order_by("path"))


def openings(actor: Actor, at: datetime) -> tuple[Opening, ...]:
    """Editions under way that take nominations from one's units, those still open first."""
    units = units_of(actor)
    if not units:
        return ()
    processes = (
        Process.objects.filter(name="nomination", occurrence=1, edition__state=Edition.State.OPEN)
        .select_related("edition__pack", "edition__organiser")
        .order_by("-edition__opened_at", "-id")
    )
    found: list[Opening] = []
    for process in processes:
        here = actor.organisation_ids(*FILING, edition_id=process.edition_id)
        one = _opening(programme_of(process), [unit for unit in units if unit.pk in here])
        found += [one] if one is not None else []
    return tuple(sorted(found, key=lambda one: one.window.state(at) != "open"))


def opening(actor: Actor, at: datetime, edition_id: int) -> Opening:
    """One of them; NotFound for editions that take nothing from this person."""
    found = next((one for one in openings(actor, at) if one.programme.edition.pk == edition_id), None)
    if found is None:
        raise NotFound("没有可以申报的届次，或本届不由您的单位申报。", "No edition to file for.")
    return found


def receivers_for(opened: Opening, way: str, unit: Organisation) -> list[Organisation]:
    """Organisations that take a nomination of this unit by this way in, nearest first."""
    _stage, route = route_of(opened.programme, way)
    return receivers(opened.programme, route, unit)


def _opening(programme: Programme, units: Sequence[Organisation]) -> Opening | None:
    stage = next((one for one in programme.stages if isinstance(one, Apply)), None)
    if stage is None:
        return None
    held: dict[str, set[int]] = {}
    for role, pk in EditionRole.objects.filter(edition=programme.edition).values_list("role", "organisation_id"):
        held.setdefault(role, set()).add(pk)
    routes = stage.routes or (Route(id="", label="申报", by=stage.by),)
    ways = [_way(programme, one, units, held) for one in routes]
    usable = tuple(one for one in ways if one.units)
    if not usable:
        return None
    window = stage_window(programme, stage, None)
    return Opening(programme, tuple(programme.awards), usable, tuple(units), window)


def _way(programme: Programme, route: Route, units: Sequence[Organisation], held: Mapping[str, set[int]]) -> Way:
    """Persons and employers file from any unit of theirs; a named role only from a unit that holds it."""
    levels = {one.id: one.level for one in programme.pack.roles}
    by = programme.expand(route.by)
    anybody = any(levels.get(role) in {"person", "employer"} for role in by)
    mine = tuple(one.pk for one in units if anybody or any(one.pk in held.get(role, ()) for role in by))
    clauses = {one.id: one.text for one in programme.pack.all_clauses}
    words = "".join(clauses.get(one, "") for one in route.cite[:1])
    awards = route.award or tuple(one.id for one in programme.awards)
    return Way(route.id, route.shown, words or (route.note or ""), route.clause, tuple(awards), mine)
