"""Who keeps the registers, and who sees what in them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, Edition, EditionRole, Organisation, PersonQuestion, RegistryEntry, RegistryImport

#: Unions and their bodies that run programmes keep registers; below them whoever organises an edition.
LEVELS = frozenset({"national", "province", "city"})
KINDS = frozenset({"union", "body"})


def seats(actor: Actor) -> set[int]:
    """Organisations for which the actor keeps registers by grant alone; a query-free part of `keeps`."""
    return {
        one.organisation_id
        for one in actor.grants
        if one.edition_id is None
        and ((one.role in HANDLING and one.level in LEVELS and one.kind in KINDS) or one.role == "system_admin")
    }


def keeps(actor: Actor) -> bool:
    """May the actor open the registers and import lists?"""
    if actor.is_platform or seats(actor):
        return True
    mine = actor.organiser_ids(*HANDLING)
    return bool(mine) and Edition.objects.filter(organiser_id__in=mine).exists()


def must_keep(actor: Actor) -> None:
    """NotFound for everybody else: the two look alike on purpose."""
    if not keeps(actor):
        raise NotFound()


def keeper(actor: Actor) -> Organisation | None:
    """The organisation in whose name the actor imports: the identity chosen on screen, else the first that may."""
    mine = seats(actor) | actor.organiser_ids(*HANDLING)
    chosen = actor.active.organisation_id if actor.active is not None else None
    pk = chosen if chosen in mine else min(mine, default=0)
    return Organisation.objects.filter(pk=pk or 0).first()


def _ours(actor: Actor) -> set[int]:
    return seats(actor) | actor.organiser_ids(*HANDLING)


def imports_seen(actor: Actor) -> QuerySet[RegistryImport]:
    """Imports whose rows the actor may read: one's own organisations'; administrators of the system all."""
    if actor.is_platform or actor.has("system_admin"):
        return RegistryImport.objects.all()
    if not keeps(actor):
        return RegistryImport.objects.none()
    return RegistryImport.objects.filter(organisation_id__in=_ours(actor))


def entries_seen(actor: Actor) -> QuerySet[RegistryEntry]:
    """Rows that count, of imports one sees and of nominees whom one's organisations decide about."""
    rows = RegistryEntry.objects.filter(standing=True)
    if actor.is_platform or actor.has("system_admin"):
        return rows
    if not keeps(actor):
        return rows.none()
    judged = Exists(_judged(actor).filter(subject=OuterRef("subject")))
    return rows.filter(Q(source__organisation_id__in=_ours(actor)) | Q(judged))


def questions_seen(actor: Actor) -> QuerySet[PersonQuestion]:
    """Questions of identity between people of lists one sees, or about nominees of editions one runs."""
    if actor.is_platform:
        return PersonQuestion.objects.all()
    if not keeps(actor):
        return PersonQuestion.objects.none()
    listed = RegistryEntry.objects.filter(standing=True, source__in=imports_seen(actor))
    one, other = (Exists(listed.filter(subject=OuterRef(name))) for name in ("one", "other"))
    named = [Exists(_judged(actor).filter(subject=OuterRef(name))) for name in ("one", "other")]
    joined = Q(state=PersonQuestion.State.SAME)  # nothing is listed under the one any more
    return PersonQuestion.objects.filter(((Q(one) | joined) & Q(other)) | Q(named[0]) | Q(named[1]))


def judged(actor: Actor, subjects: Iterable[int]) -> set[int]:
    """Those of the people whose nominations the actor's organisations decide about: only of them their forms tell."""
    asked = set(subjects)
    if actor.is_platform:
        return asked
    rows = _judged(actor).filter(subject_id__in=asked)
    return {pk for pk in rows.values_list("subject_id", flat=True) if pk is not None}


def _judged(actor: Actor) -> QuerySet[Case]:
    """Submitted cases of editions that organisations for which the actor handles matters organise or have a part in
    as a whole; who administers the platform reads no nominations."""
    ours = actor.organiser_ids(*HANDLING)
    part = EditionRole.objects.filter(edition=OuterRef("process__edition"), organisation_id__in=ours, per_case=False)
    mine = Q(process__edition__organiser_id__in=ours) | Q(Exists(part))
    return Case.objects.filter(mine, submitted_at__isnull=False)
