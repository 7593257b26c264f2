"""Decide a matter: one approver proposes, another one approves or sends it back; then it is carried out."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Inquiry
from gongjiang.rules.inquiries.steps import Action, Heard, judge_proposal
from gongjiang.services.inquiries.authority import require_decider, title_of
from gongjiang.services.inquiries.effects import carry_out
from gongjiang.services.inquiries.telling import tell_bodies, tell_concerned
from gongjiang.services.inquiries.writing import held, require_step, sealed, text, write

Kind, State = Inquiry.Kind, Inquiry.State


def heard_of(inquiry: Inquiry) -> Heard:
    """What was done for whom it concerns, as the rule reads it."""
    return Heard(
        told=inquiry.notified_at is not None,
        due=inquiry.due,
        stated=bool(inquiry.statement),
        waived=inquiry.waived,
        hearing_asked=inquiry.hearing_asked,
        hearing_held=inquiry.hearing_on is not None,
    )


@transaction.atomic
def propose(
    *,
    actor: Actor,
    at: datetime,
    inquiry_id: int,
    upheld: bool | None,
    finding: str,
    document: str = "",
    no_tie: bool = False,
    version: int | None = None,
) -> Inquiry:
    """First approver: what was found and whether it holds; `document` is the number of the decision. Takes effect when
    another approver approves. Refused against somebody unheard."""
    inquiry = held(inquiry_id, version)
    _deciding(actor, inquiry, no_tie)
    require_step(inquiry, Action.PROPOSE)
    if upheld is None:
        raise BadInput("请选择处理意见。", "Choose the outcome.", place="处理意见")
    said = text(finding, "查实情况和理由")
    number = text(document, "决定文号", needed=upheld, longest=60)
    against = upheld and inquiry.kind != Kind.REINSTATEMENT
    decision = judge_proposal(heard_of(inquiry), against=against, today=timezone.localtime(at).date())
    if not decision.allowed:
        raise Refused(decision.reasons[0].text, "Not heard yet.", place=inquiry.number)
    tell_bodies(inquiry, at, f"{inquiry.number}：对{title_of(inquiry)}的处理意见已提出，须由另一位审批人员批准。")
    return write(
        actor,
        at,
        inquiry,
        "propose",
        state=State.PROPOSED,
        upheld=upheld,
        finding=sealed(said),
        document=number,
        proposed_by_id=actor.user_id,
        proposed_at=at,
        returned="",
    )


@transaction.atomic
def send_back(*, actor: Actor, at: datetime, inquiry_id: int, reason: str, version: int | None = None) -> Inquiry:
    """Second approver: not so, for this reason. It goes on where it stood; the first may take it back this way, too."""
    inquiry = held(inquiry_id, version)
    require_decider(actor, inquiry)
    require_step(inquiry, Action.SEND_BACK)
    said = text(reason, "退回的理由", longest=300)
    back = State.NOTIFIED if inquiry.notified_at is not None else State.OPEN
    return write(actor, at, inquiry, "send_back", state=back, returned=said, upheld=None)


@transaction.atomic
def confirm(
    *, actor: Actor, at: datetime, inquiry_id: int, no_tie: bool = False, version: int | None = None
) -> Inquiry:
    """Second approver, another person than the first: decided, and carried out in the same moment."""
    inquiry = held(inquiry_id, version)
    _deciding(actor, inquiry, no_tie)
    require_step(inquiry, Action.CONFIRM)
    if actor.user_id is None or inquiry.proposed_by_id == actor.user_id:
        raise NotAllowed("须由另一位审批人员批准，提出的人不能自己批准。", "A second approver must approve.")
    done = carry_out(actor, at, inquiry)
    try:
        with transaction.atomic():
            write(
                actor,
                at,
                inquiry,
                "decide",
                state=State.DECIDED if inquiry.upheld else State.CLOSED,
                confirmed_by_id=actor.user_id,
                decided_at=at,
                done=done,
            )
    except IntegrityError as error:
        raise Refused("这件事项不能由一个人决定。", "Two people decide.") from error
    told = "、".join(done) if inquiry.upheld else "经核查不予追究"
    if inquiry.notified_at is not None or inquiry.upheld:
        tell_concerned(inquiry, at, f"{inquiry.number}：{title_of(inquiry)}，{told}。")
    tell_bodies(inquiry, at, f"{inquiry.number}：{title_of(inquiry)}，{told}。")
    return inquiry


def _deciding(actor: Actor, inquiry: Inquiry, no_tie: bool) -> None:
    require_decider(actor, inquiry)
    if not no_tie:
        raise BadInput(
            "请声明与当事人没有亲属关系、不在同一单位，也没有参与填报；有的须回避。", "Declare first.", place="回避声明"
        )
