"""One matter as its page shows it: what this person may read of it, and may do next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Inquiry, InquiryFile
from gongjiang.rules.inquiries.grounds import Ground
from gongjiang.rules.inquiries.steps import RUNNING, Action, State, judge_proposal, may
from gongjiang.services.inquiries.authority import barred, decides, handles, title_of
from gongjiang.services.inquiries.decide import heard_of
from gongjiang.services.inquiries.effects import ground_of
from gongjiang.services.inquiries.evidence import watches
from gongjiang.services.inquiries.hear import is_concerned
from gongjiang.services.inquiries.queries import get_inquiry
from gongjiang.services.inquiries.writing import opened
from gongjiang.services.programmes.programme import Programme, programme_of


@dataclass(frozen=True)
class Matter:
    """`inside`: sees what was reported, the evidence and the reasons of a proposal; whom it concerns doesn't.

    `barred`: why this person must keep away, '' for not. `waits`: why nothing may be proposed against somebody yet.
    """

    inquiry: Inquiry
    programme: Programme
    title: str
    ground: Ground | None
    bodies: tuple[str, ...]
    inside: bool
    concerned: bool
    barred: str
    waits: str
    account: str
    notice: str
    statement: str
    minutes: str
    finding: str
    files: tuple[InquiryFile, ...]
    may: frozenset[str]


def matter(actor: Actor, at: datetime, inquiry_id: int) -> Matter:
    """NotFound for who may not see it."""
    inquiry = get_inquiry(actor, inquiry_id)
    programme = programme_of(inquiry.process)
    theirs = is_concerned(actor, inquiry)
    away = barred(actor, inquiry)
    inside = watches(actor, inquiry) and not theirs and not away
    over = inquiry.state in {State.DECIDED, State.CLOSED}
    waits = judge_proposal(heard_of(inquiry), against=_against(inquiry), today=timezone.localtime(at).date())
    files = tuple(one for one in sorted(inquiry.files.all(), key=lambda one: one.pk) if inside or one.concerned)
    return Matter(
        inquiry,
        programme,
        title_of(inquiry),
        ground_of(inquiry, programme),
        tuple(one.name for one in inquiry.bodies.all()),
        inside,
        theirs,
        away,
        "" if waits.allowed else waits.reasons[0].text,
        opened(inquiry.account) if inside else "",
        opened(inquiry.notice),
        opened(inquiry.statement),
        opened(inquiry.minutes),
        opened(inquiry.finding) if inside or over else "",
        files,
        frozenset(_may(actor, inquiry, theirs, away)),
    )


def _against(inquiry: Inquiry) -> bool:
    return inquiry.kind != Inquiry.Kind.REINSTATEMENT


def _may(actor: Actor, inquiry: Inquiry, theirs: bool, away: str) -> list[str]:
    """Words of the steps that this person may take now."""
    state = State(inquiry.state)
    if theirs:
        return ["state", "file"] if may(Action.HEAR, state) and not inquiry.waived else []
    if away:
        return []
    found = []
    if handles(actor, inquiry):
        found += ["notify"] * may(Action.NOTIFY, state) * _against(inquiry)
        found += ["state", "hearing"] * may(Action.HEAR, state)
        found += ["file"] * may(Action.COLLECT, state)
    if decides(actor, inquiry):
        found += ["propose"] * may(Action.PROPOSE, state)
        found += ["send_back"] * may(Action.SEND_BACK, state)
        found += ["confirm"] * (may(Action.CONFIRM, state) and inquiry.proposed_by_id != actor.user_id)
        exits = inquiry.kind == Inquiry.Kind.EXIT and inquiry.suspended_at is None
        held = inquiry.honour is not None and inquiry.honour.state in {"stands", "trainee"}
        found += ["suspend"] * (exits and held and state in RUNNING)
    return found
