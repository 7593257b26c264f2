"""Where a person takes part: their organisations by grant, and the roles these hold in running editions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.models import Edition, EditionRole, Extension, Process
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.authority import ACTING, DECIDING
from gongjiang.services.nominations.start import FILING
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.windows import Window, stage_window

#: Organisations whose extensions count: the one whose step it is, and those of the case.
Sides = int | Collection[int | None] | None


@dataclass
class Scope:
    """What is read once for all items of one person."""

    actor: Actor
    at: datetime
    programmes: dict[int, Programme] = field(default_factory=dict)  # by process
    held: dict[int, dict[str, set[int]]] = field(default_factory=dict)  # edition → role → my organisations
    parted: dict[int, dict[str, set[int]]] = field(default_factory=dict)  # the same, for roles held case by case
    moved: dict[int, list[Extension]] = field(default_factory=dict)  # by edition

    def organisations(self, edition_id: int, roles: Iterable[str]) -> set[int]:
        """My organisations with a grant of one of these roles that holds in the edition."""
        wanted = set(roles)
        return {
            one.organisation_id
            for one in self.actor.grants
            if one.role in wanted and one.edition_id in (None, edition_id)
        }

    def acting(self, edition_id: int) -> set[int]:
        """Organisations for which I take steps."""
        return self.organisations(edition_id, ACTING)

    def deciding(self, edition_id: int) -> set[int]:
        """Organisations for which I decide."""
        return self.organisations(edition_id, DECIDING)

    def filing(self, edition_id: int) -> set[int]:
        """Units for which I file."""
        return self.organisations(edition_id, FILING)

    def wide(self, programme: Programme, stage: Stage) -> set[int]:
        """My organisations that run this stage for the whole edition."""
        held = self.held.get(programme.edition.pk, {})
        return set().union(*(held.get(role, set()) for role in programme.expand(stage.by)))

    def runs(self, programme: Programme, stage: Stage, roles: Iterable[str]) -> set[int]:
        """My organisations with one of these roles in a stage: for the whole edition, and, where each unit has a list
        of its own (`per`), for theirs."""
        held, own = self.held.get(programme.edition.pk, {}), self.parted.get(programme.edition.pk, {})
        names = programme.expand(tuple(roles))
        found = set().union(*(held.get(role, set()) for role in names))
        return found.union(*(own.get(role, set()) for role in names)) if stage.per else found

    def organises(self, edition: Edition) -> bool:
        """Do I handle this edition for its organiser?"""
        return edition.organiser_id in self.actor.organiser_ids(*HANDLING)

    def seat(self, edition: Edition) -> int:
        """In which of my organisations I do so: the organiser, or the body of its own where my grant is."""
        mine = self.organisations(edition.pk, HANDLING)
        if edition.organiser_id in mine:
            return edition.organiser_id
        bodies = [
            one.organisation_id for one in self.actor.grants if one.organisation_id in mine and one.kind == "body"
        ]
        return bodies[0] if bodies else edition.organiser_id

    def having(self, *roles: str) -> set[int]:
        """My organisations by grants of these roles (any, if none is named), those limited to an edition too:
        for reading wide; whether it holds in an edition is asked item by item."""
        return {one.organisation_id for one in self.actor.grants if not roles or one.role in roles}

    def window(self, programme: Programme, stage: Stage, organisations: Sides = None) -> Window:
        """A stage's window without a query."""
        return stage_window(programme, stage, organisations, self.moved.get(programme.edition.pk, []))

    def closes(self, programme: Programme, stage: Stage, organisations: Sides = None) -> datetime | None:
        """When a stage must be over. One that has no time of its own must be over before the next that has,
        as long as that is work on single cases: a list closes by its own time."""
        names = [one.id for one in programme.stages]
        for one in programme.stages[names.index(stage.id) :]:
            if one.id != stage.id and one.type not in {"check", "opinion", "submit"}:
                return None
            window = self.window(programme, one, organisations)
            if window.closes is not None:
                return window.closes
        return None

    @property
    def open_ids(self) -> list[int]:
        """Processes of editions that run."""
        return [pk for pk, one in self.programmes.items() if one.edition.state == Edition.State.OPEN]


def scope_of(actor: Actor, at: datetime) -> Scope:
    """Three queries, however many cases there are."""
    scope = Scope(actor, at)
    rows = (
        Process.objects.filter(edition__state__in=[Edition.State.PREPARING, Edition.State.OPEN])
        .select_related("edition__pack", "edition__organiser")
        .order_by("-edition_id")
    )
    for process in rows:
        scope.programmes[process.pk] = programme_of(process)
        scope.held[process.edition_id] = {}
        scope.parted[process.edition_id] = {}
        scope.moved[process.edition_id] = []
    mine = {pk: actor.organisation_ids(edition_id=pk) for pk in scope.held}
    for edition_id, role, organisation_id, per_case in EditionRole.objects.filter(
        edition_id__in=list(scope.held), organisation_id__in=scope.having()
    ).values_list("edition_id", "role", "organisation_id", "per_case"):
        if organisation_id in mine[edition_id]:
            kept = scope.parted if per_case else scope.held
            kept[edition_id].setdefault(role, set()).add(organisation_id)
    for one in Extension.objects.filter(edition_id__in=list(scope.held)).order_by("id"):
        scope.moved[one.edition_id].append(one)
    return scope
