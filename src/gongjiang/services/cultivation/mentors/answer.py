"""Both sides say yes or no: by account, through a one-time link, or on paper that a keeper enters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.phone import normalise_phone
from gongjiang.models import Invitation, Mentorship
from gongjiang.rules.cultivation.hands import KEEPING
from gongjiang.services.cultivation.keeping import need_other
from gongjiang.services.cultivation.mentors.propose import tell_both
from gongjiang.services.cultivation.mentors.queries import mentorship_of, own_mentorship
from gongjiang.services.cultivation.mentors.writing import THIS, record, require_living, require_state
from gongjiang.services.cultivation.writing import line, write
from gongjiang.services.invitations.door import at_door, guest, use_up
from gongjiang.services.invitations.make import USUAL_DAYS, invite
from gongjiang.services.nominations.asking import ask_mentors_anew
from gongjiang.services.people.sealing import seal_text

PURPOSE: Final = "mentor"
SIDES: Final = {"mentor": "导师", "artisan": "本人"}
State = Mentorship.State


@dataclass(frozen=True)
class Wanted:
    """What whoever holds a link is asked. `side`: mentor or artisan."""

    invitation: Invitation
    row: Mentorship
    side: str


@transaction.atomic
def answer(
    *, actor: Actor, at: datetime, mentorship_id: int, side: str, version: int | None, yes: bool, reason: str = ""
) -> Mentorship:
    """The mentor or the artisan by their own account. A no has a reason. Raises NotFound for anybody else."""
    row = own_mentorship(actor, mentorship_id, side)
    return _settle(actor, at, row, side, version, yes, reason, "本人账号")


@transaction.atomic
def enter_paper(
    *, actor: Actor, at: datetime, honour_id: int, mentorship_id: int, version: int | None, side: str, basis: str
) -> Mentorship:
    """A yes on paper: by who looks after the artisan, with what it rests on."""
    row = mentorship_of(actor, honour_id, mentorship_id)
    need_other(actor, row.honour, *sorted(KEEPING))
    if side not in SIDES:
        raise BadInput("请选择是哪一方的书面同意。", "Choose the side.", place="哪一方")
    said = line(basis, "书面依据", 100)
    return _settle(actor, at, row, side, version, True, "", f"书面：{said}")


@transaction.atomic
def send_link(
    *, actor: Actor, at: datetime, honour_id: int, mentorship_id: int, side: str, days: int = USUAL_DAYS
) -> tuple[Invitation, str]:
    """A link for one side and its token, shown once; the older one for the same ends with it."""
    row = mentorship_of(actor, honour_id, mentorship_id)
    need_other(actor, row.honour, *sorted(KEEPING))
    require_state(row, State.PROPOSED)
    if side not in SIDES or getattr(row, f"{side}_at") is not None:
        raise Refused("这一方不用再答复。", "No answer is waited for.")
    to = f"{row.name}（{row.label}）" if side == "mentor" else f"{row.honour.name}本人"
    return invite(
        actor=actor,
        at=at,
        about=row.honour.case or row.honour.subject,
        purpose=PURPOSE,
        key=f"{row.pk}.{side}",
        recipient=to[:60],
        days=days,
    )


def wanted_of(token: str, at: datetime) -> Wanted:
    """What a token asks. NotFound, LinkEnded; Refused where it is settled without it."""
    invitation = at_door(token, PURPOSE, at)
    number, _, side = invitation.key.partition(".")
    row = Mentorship.objects.select_related("honour__subject", "honour__case").filter(pk=int(number)).first()
    if row is None or side not in SIDES:
        raise NotFound()
    require_state(row, State.PROPOSED)
    return Wanted(invitation, row, side)


@transaction.atomic
def answer_by_link(
    *, actor: Actor, at: datetime, token: str, yes: bool, reason: str = "", mobile: str = ""
) -> Mentorship:
    """The one answer that a link gives. A mentor may leave a number to be called at."""
    wanted = wanted_of(token, at)
    row, side = wanted.row, wanted.side
    if yes and side == "mentor" and mobile.strip():
        row.mobile = seal_text(normalise_phone(mobile, place="电话"), "mobile")
        Mentorship.objects.filter(pk=row.pk).update(mobile=row.mobile)
    who = guest(row.name if side == "mentor" else row.honour.name)
    done = _settle(who, at, row, side, None, yes, reason, "一次性链接")
    use_up(wanted.invitation, at)
    return done


def _settle(
    actor: Actor, at: datetime, row: Mentorship, side: str, version: int | None, yes: bool, reason: str, how: str
) -> Mentorship:
    require_state(row, State.PROPOSED)
    require_living(row.honour)
    today = timezone.localtime(at).date()
    if not yes:
        why = line(reason, "不同意的理由", 180)
        write(row, THIS, version, state=State.DECLINED, ended=today, reason=f"{SIDES[side]}不同意：{why}")
        record(actor, at, row, "decline", side=side)
        return row
    if getattr(row, f"{side}_at") is not None:
        raise Refused(f"{SIDES[side]}已经同意过。", "They have agreed.")
    write(row, THIS, version, **{f"{side}_at": at, f"{side}_how": how})
    record(actor, at, row, "agree", side=side, how=how)
    if row.mentor_at is None or row.artisan_at is None:
        return row
    for old in Mentorship.objects.filter(honour_id=row.honour_id, kind=row.kind, state=State.STANDING):
        old.honour = row.honour
        write(old, THIS, state=State.ENDED, ended=today, reason=f"更换：{row.because}"[:200])
        record(actor, at, old, "end", replaced_by=row.pk)
    write(row, THIS, state=State.STANDING, begun=today)
    record(actor, at, row, "stand")
    tell_both(row, at, f"{row.name}（{row.unit}）担任{row.honour.name}的{row.label}，双方已同意。")
    ask_mentors_anew(row.honour_id, at)
    return row
