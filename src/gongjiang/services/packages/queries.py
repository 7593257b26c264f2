"""Reading packages: seen by those who handle every nomination in them, while they do."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, Edition, Package
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.nominations.queries import handled_by
from gongjiang.services.programmes import queries as programmes

MOST = 30


@dataclass(frozen=True)
class Listed:
    """A package on its page: `done` of `parts` pieces are built."""

    package: Package
    done: int
    parts: int

    @property
    def waiting(self) -> bool:
        """Is it still in the making?"""
        return self.package.state == Package.State.WAITING


@dataclass(frozen=True)
class Choice:
    """A unit whose nominations may be taken; `unit_id` None: all."""

    unit_id: int | None
    name: str
    number: int


def visible_to(actor: Actor) -> QuerySet[Package]:
    """Packages of editions that the actor sees. Which of them they may take is asked of every nomination inside."""
    return Package.objects.filter(edition__in=programmes.visible_to(actor)).exclude(state=Package.State.GONE)


def settled(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Nominations that were handed in and not taken back."""
    return cases.filter(submitted_at__isnull=False).exclude(state=CaseState.WITHDRAWN)


def handles(actor: Actor, edition: Edition) -> bool:
    """Does the actor handle nominations in an edition that they see?"""
    return actor.is_platform or bool(actor.organisation_ids("filer", "officer", "approver", edition_id=edition.pk))


def choices(actor: Actor, edition: Edition) -> list[Choice]:
    """All, and unit by unit, with how many nominations each has."""
    rows = (
        settled(handled_by(actor, edition.pk))
        .values_list("nominator_id", "nominator__name")
        .annotate(number=Count("id"))
        .order_by("nominator__path")
    )
    units = [Choice(key, name or "未定推荐单位", number) for key, name, number in rows]
    whole = Choice(None, "本届全部", sum(one.number for one in units))
    return [whole, *(one for one in units if one.unit_id is not None)] if units else []


def chosen(actor: Actor, edition: Edition, unit_id: int | None) -> list[int]:
    """Ids of the nominations of a unit, or of all, in the order of the units and of each unit's own."""
    rows = settled(handled_by(actor, edition.pk))
    if unit_id is not None:
        rows = rows.filter(nominator_id=unit_id)
    return list(rows.order_by("nominator__path", "rank_in_unit", "pk").values_list("pk", flat=True))


def list_packages(actor: Actor, edition: Edition) -> list[Listed]:
    """The edition's newest packages that this person may take; three queries."""
    rows = (
        visible_to(actor)
        .filter(edition=edition)
        .select_related("asked_by")
        .annotate(done=Count("parts", filter=Q(parts__state="done")), pieces=Count("parts"))
        .order_by("-pk")[:MOST]
    )
    mine = set(handled_by(actor, edition.pk).values_list("pk", flat=True))
    return [Listed(one, one.done, one.pieces) for one in rows if mine.issuperset(one.cases)]


def get_package(actor: Actor, package_id: int) -> Package:
    """One package; NotFound unless the actor handles every nomination in it now."""
    found = visible_to(actor).select_related("edition").filter(pk=package_id).first()
    if found is None or handled_by(actor, found.edition_id).filter(pk__in=found.cases).count() != len(found.cases):
        raise NotFound()
    return found
