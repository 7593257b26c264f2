"""Tell whom it concerns, and hear them: a statement within days, a hearing where they ask for one."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Inquiry
from gongjiang.rules.inquiries.steps import Action, judge_due
from gongjiang.services.inquiries.authority import case_of, handles, require_handler, subject_of, title_of
from gongjiang.services.inquiries.telling import tell_bodies, tell_concerned
from gongjiang.services.inquiries.writing import held, opened, require_step, sealed, text, write


def is_concerned(actor: Actor, inquiry: Inquiry) -> bool:
    """The person, whoever filed for them, the people of their unit and of the one held responsible."""
    case, subject = case_of(inquiry), subject_of(inquiry)
    if actor.user_id is None:
        return False
    if actor.user_id in {subject.user_id if subject is not None else None, case.filer_id if case is not None else None}:
        return True
    edition = inquiry.process.edition_id
    roles = ("filer", "officer", "approver")
    own = case is not None and actor.has(*roles, organisation_id=case.applying_unit_id, edition_id=edition)
    held_to = inquiry.unit_id is not None and actor.has(*roles[1:], organisation_id=inquiry.unit_id, edition_id=edition)
    return own or held_to


@transaction.atomic
def notify(
    *, actor: Actor, at: datetime, inquiry_id: int, notice: str, due: date | None, version: int | None = None
) -> Inquiry:
    """告知: what is looked into and what may follow, and until when they may answer. From here on they see the matter,
    not what was reported nor the evidence."""
    inquiry = held(inquiry_id, version)
    require_handler(actor, inquiry)
    require_step(inquiry, Action.NOTIFY)
    if due is None:
        raise BadInput("请填写陈述截止日期。", "Give the last day.", place="陈述截止日期")
    told = text(notice, "告知的内容")
    decision = judge_due(timezone.localtime(at).date(), due)
    if not decision.allowed:
        raise BadInput(decision.reasons[0].text, "Too short.", place="陈述截止日期")
    tell_concerned(
        inquiry, at, f"{inquiry.number}：就{title_of(inquiry)}的有关情况进行核查，可以在{long_date(due)}以前陈述意见。"
    )
    return write(
        actor, at, inquiry, "notify", state=Inquiry.State.NOTIFIED, notified_at=at, notice=sealed(told), due=due
    )


@transaction.atomic
def state_view(
    *,
    actor: Actor,
    at: datetime,
    inquiry_id: int,
    statement: str,
    hearing: bool = False,
    waived: bool = False,
    version: int | None = None,
) -> Inquiry:
    """陈述: what they say to it; `hearing`: they ask to be heard in person; `waived`: they have nothing to say.

    By whom it concerns, until the last moment of their last day; an officer records what came on paper. What was said
    stands: a second statement is added below the first.
    """
    inquiry = held(inquiry_id, version)
    theirs = is_concerned(actor, inquiry)
    if not theirs and not handles(actor, inquiry):
        raise NotAllowed("由当事人或其单位陈述。", "Not yours to answer.")
    if not theirs:
        require_handler(actor, inquiry)
    require_step(inquiry, Action.HEAR)
    if theirs and inquiry.due is not None and timezone.localtime(at).date() > inquiry.due:
        raise Refused(f"陈述期限到{long_date(inquiry.due)} 24:00，已经过了；请直接联系办理单位。", "Too late.")
    if waived and (hearing or statement.strip()):
        raise BadInput("放弃陈述的，不再填写意见或要求听证。", "Either or.", place="陈述意见")
    if inquiry.waived:
        raise Refused("已经声明放弃陈述。", "Given up already.")
    said = text(statement, "陈述意见", needed=not waived)
    day = long_date(timezone.localtime(at).date())
    before = opened(inquiry.statement)
    who = "" if theirs else "（书面陈述，经办代录）"
    said = "\n\n".join(one for one in (before, f"{day}{who}：{said}" if said else "") if one)
    tell_bodies(inquiry, at, f"{inquiry.number}：{'当事人放弃陈述' if waived else '收到当事人的陈述'}。")
    return write(
        actor,
        at,
        inquiry,
        "statement",
        statement=sealed(said),
        stated_at=at,
        stated_by_id=actor.user_id,
        waived=waived,
        hearing_asked=inquiry.hearing_asked or hearing,
    )


@transaction.atomic
def record_hearing(
    *, actor: Actor, at: datetime, inquiry_id: int, on: date | None, minutes: str, version: int | None = None
) -> Inquiry:
    """听证: held on that day, with its minutes (who was there, what was said)."""
    inquiry = held(inquiry_id, version)
    require_handler(actor, inquiry)
    require_step(inquiry, Action.HEAR)
    if on is None:
        raise BadInput("请填写听证日期。", "Give the day.", place="听证日期")
    if on > timezone.localtime(at).date():
        raise BadInput("听证日期不能晚于今天：举行以后再记录。", "Not held yet.", place="听证日期")
    if inquiry.notified_at is not None and on < timezone.localtime(inquiry.notified_at).date():
        raise BadInput("听证日期不能早于告知当事人的日期。", "Before they were told.", place="听证日期")
    said = text(minutes, "听证记录")
    return write(actor, at, inquiry, "hearing", hearing_on=on, minutes=sealed(said))
