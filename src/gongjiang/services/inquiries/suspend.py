"""Suspend an honour while its matter runs: its certificate isn't valid meanwhile; lifted when nothing was found."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import Inquiry
from gongjiang.rules.honours.standing import Change
from gongjiang.rules.inquiries.steps import RUNNING
from gongjiang.services.honours.standing import change_standing
from gongjiang.services.inquiries.authority import require_decider
from gongjiang.services.inquiries.telling import tell_concerned
from gongjiang.services.inquiries.writing import held, text, write


@transaction.atomic
def suspend_meanwhile(
    *, actor: Actor, at: datetime, inquiry_id: int, reason: str, version: int | None = None
) -> Inquiry:
    """By an approver of the body that conferred it, with a reason."""
    inquiry = held(inquiry_id, version)
    require_decider(actor, inquiry)
    if inquiry.state not in RUNNING or inquiry.kind != Inquiry.Kind.EXIT or inquiry.suspended_at is not None:
        raise Refused("只有正在核查的退出事项可以暂停荣誉，一件只暂停一次。", "Not to be suspended now.")
    said = text(reason, "暂停的理由", longest=200)
    change_standing(
        actor=actor,
        at=at,
        honour_id=inquiry.honour_id or 0,
        change=Change.SUSPEND,
        reason=f"{inquiry.number}：{said}",
    )
    tell_concerned(inquiry, at, f"{inquiry.number}：核查期间暂停荣誉，证书暂时无效。")
    return write(actor, at, inquiry, "suspend", suspended_at=at)
