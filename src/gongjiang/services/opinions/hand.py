"""Within an organisation: whose box it is to fill, and passing it to a colleague."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Grant, Opinion, User
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.opinions.boxes import is_party
from gongjiang.services.opinions.give import holder_of, open_box
from gongjiang.services.programmes.programme import programme_of


def colleagues(organisation_id: int | None, edition_id: int, at: datetime) -> list[User]:
    """Who may act for an organisation in an edition now, by name."""
    standing = Grant.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        Q(edition_id=None) | Q(edition_id=edition_id),
        organisation_id=organisation_id or 0,
        role__in=ACTING,
        since__lte=at,
    )
    users = User.objects.filter(pk__in=standing.values("user_id"), is_active=True)
    return list(users.order_by("full_name", "pk"))


@transaction.atomic
def hand_over(*, actor: Actor, at: datetime, case_id: int, sheet: str, party: str, user_id: int) -> Opinion:
    """Pass a box of one's organisation to a colleague there, who is told. Anybody of the organisation may still fill
    it; the name says who is to."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    _, asked = open_box(programme, case, sheet, party)
    if not is_party(actor, programme, case, asked):
        raise NotAllowed(f"“{asked.label}”不由您转交。", "Not your box.")
    box, _ = Opinion.objects.get_or_create(
        case=case,
        sheet=sheet,
        party=party,
        defaults={"asked_at": at, "organisation_id": holder_of(actor, programme, case, asked)},
    )
    if box.verdict:
        raise Refused("这一栏已经有意见。", "The box is filled.")
    found = next((one for one in colleagues(box.organisation_id, programme.edition.pk, at) if one.pk == user_id), None)
    if found is None:
        raise BadInput("只能转交给本单位有办理权限的同事。", "Choose a colleague.", place="转交给")
    box.handed_to = found
    box.version += 1
    box.save(update_fields=["handed_to", "version"])
    tell(at=at, text=f"{actor.name}请您签署{case.title}的“{asked.label}”。", link=f"case:{case.pk}", user_id=found.pk)
    append(
        actor=actor,
        at=at,
        action="opinion.hand",
        kind="opinion",
        key=box.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={"sheet": sheet, "party": party, "to": found.pk},
    )
    return box
