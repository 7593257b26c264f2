"""Reading editions: who sees which; the next moment at which something ends."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, Edition, EditionRole, Extension, Honour, Notice, NoticeEntry, Organisation, Process
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.programmes.windows import midnight, window_of

SEEING = ("officer", "approver", "department", "observer", "org_admin", "filer", "expert")
#: Grants that make one see what an organiser still prepares, in its own bodies too.
PREPARING = ("officer", "approver", "observer", "org_admin")


def visible_to(actor: Actor) -> QuerySet[Edition]:
    """Editions that the actor's organisations run, have a part in or filed for; in preparation only the organiser's
    own."""
    if actor.is_platform or actor.has("system_admin"):
        return Edition.objects.all()
    if actor.user_id is None:
        return Edition.objects.none()
    seen = _of(actor, None)
    for edition_id in actor.edition_ids:
        seen |= Q(pk=edition_id) & _of(actor, edition_id)
    return Edition.objects.filter(seen)


def _of(actor: Actor, edition_id: int | None) -> Q:
    """What grants for all editions, or those limited to one, let a person see."""
    ours = actor.organisation_ids(*SEEING, edition_id=edition_id)
    part = Exists(EditionRole.objects.filter(edition=OuterRef("pk"), organisation_id__in=ours))
    filed = Q(applying_unit_id__in=ours) | Q(subject__user_id=actor.user_id)
    own = Exists(Case.objects.filter(filed, process__edition=OuterRef("pk")))
    under_way = ~Q(state=Edition.State.PREPARING)
    return Q(organiser_id__in=ours | actor.organiser_ids(*PREPARING)) | (under_way & (Q(part) | Q(own)))


def get_edition(actor: Actor, edition_id: int) -> Edition:
    """One edition with its pack; NotFound if the actor may not see it."""
    found = visible_to(actor).select_related("pack", "organiser").filter(pk=edition_id).first()
    if found is None:
        raise NotFound()
    return found


def get_programme(actor: Actor, edition_id: int) -> Programme:
    """The nomination programme of an edition that the actor may see."""
    return programme_of(main_process(get_edition(actor, edition_id)))


def list_editions(actor: Actor) -> list[Edition]:
    """All editions that the actor sees, the newest first (a few a year)."""
    return list(visible_to(actor).select_related("pack", "organiser").order_by("-pk")[:200])


def running(actor: Actor) -> list[Programme]:
    """Programmes of editions that run or are prepared and that the actor sees, newest first."""
    rows = (
        Process.objects.filter(edition__in=visible_to(actor))
        .exclude(edition__state=Edition.State.CLOSED)
        .select_related("edition__pack", "edition__organiser")
    )
    return [programme_of(one) for one in rows.order_by("-edition_id")]


def next_moment(at: datetime) -> datetime | None:
    """The next moment at which a window of a running edition opens or has closed, or a public notice's entry
    has ended: where the clock of a sample installation is moved on to (9:00 of a day that begins then)."""
    found: list[datetime] = []
    for process in Process.objects.filter(edition__state=Edition.State.OPEN).select_related("edition__pack"):
        programme = programme_of(process)
        for one in programme.pack.times:
            window = window_of(programme, one.id)
            found += [moment for moment in (window.opens, window.closes) if moment is not None]
    today = timezone.localtime(at).date()
    ends = NoticeEntry.objects.filter(state=NoticeEntry.State.RUNNING, ends_on__gte=today).aggregate(on=Min("ends_on"))
    if ends["on"] is not None:
        found.append(midnight(ends["on"] + timedelta(days=1)))
    later = [one + timedelta(hours=9) for one in found if one + timedelta(hours=9) > at]
    return min(later, default=None)


def opening(at: datetime) -> dict[str, Any]:
    """What the door of the installation says: its publisher, notices that run, how many are on the register."""
    today = timezone.localtime(at).date()
    first = Organisation.objects.filter(parent=None, active=True).order_by("id").first()
    notices = list(
        Notice.objects.filter(withdrawn_at=None, first_day__lte=today, last_day__gte=today)
        .order_by("last_day")
        .values_list("title", flat=True)[:2]
    )
    named = Honour.objects.filter(state__in=[Honour.State.TRAINEE, Honour.State.STANDS]).count()
    return {
        "publisher": first.name if first else "",
        "notices": "、".join(notices) if notices else "现在没有公示",
        "register": f"历届 {named} 人" if named else "命名后列入",
    }


def extensions_of(programme: Programme) -> list[Extension]:
    """Recorded extensions of an edition, in order. The caller has asked who may see the edition."""
    rows = Extension.objects.filter(edition=programme.edition).select_related("organisation", "by")
    return list(rows.order_by("id"))


def holder_of(programme: Programme, organisation_id: int) -> Organisation | None:
    """One of them by id, however many there are."""
    held = EditionRole.objects.filter(edition=programme.edition, per_case=True, organisation_id=organisation_id)
    return Organisation.objects.filter(pk__in=held.values("organisation_id")).first()


def holders_of(programme: Programme) -> list[Organisation]:
    """Organisations that hold a role case by case (nominating units and theirs), by place in the tree."""
    rows = Organisation.objects.filter(
        pk__in=EditionRole.objects.filter(edition=programme.edition, per_case=True).values("organisation_id")
    )
    return list(rows.order_by("path")[:500])
