"""Put a meeting on record: body, date, who was there, votes, minutes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Attendance, Meeting
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class MeetingIn:
    """What the person who keeps the record writes down. Names are of people in the meeting."""

    body: str
    held_on: date
    chair: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    votes: Mapping[str, int] = field(default_factory=dict)  # for, against, abstained
    record: str = ""


def record_meeting(
    *, actor: Actor, at: datetime, programme: Programme, stage: str, group: str, meeting: MeetingIn
) -> Meeting:
    """Called inside the transaction of the decision. Raises BadInput for what can't be: a meeting in
    the future, nobody present, more votes than people."""
    if not meeting.body.strip():
        raise BadInput("请写明会议名称。", "Name the meeting.", place="会议")
    if meeting.held_on > timezone.localtime(at).date():
        raise BadInput("会议日期不能晚于今天。", "The meeting lies in the future.", place="会议日期")
    if not meeting.present:
        raise BadInput("请写明到会人员。", "Say who was present.", place="到会人员")
    both = set(meeting.present) & (set(meeting.absent) | set(meeting.recused))
    if both:
        raise BadInput(
            f"{'、'.join(sorted(both))}既到会又缺席或回避。", "Present and absent at once.", place="到会人员"
        )
    if sum(meeting.votes.values()) > len(meeting.present):
        raise BadInput("票数多于到会人数。", "More votes than people.", place="表决")
    made = Meeting.objects.create(
        process=programme.process,
        stage=stage,
        group=group,
        body=meeting.body.strip(),
        held_on=meeting.held_on,
        chair=meeting.chair,
        record=meeting.record,
        votes_for=meeting.votes.get("for"),
        votes_against=meeting.votes.get("against"),
        abstained=meeting.votes.get("abstained"),
        by_id=actor.user_id,
        at=at,
    )
    kinds = {"present": meeting.present, "absent": meeting.absent, "recused": meeting.recused}
    Attendance.objects.bulk_create(
        Attendance(meeting=made, name=name.strip(), kind=kind)
        for kind, names in kinds.items()
        for name in names
        if name.strip()
    )
    append(
        actor=actor,
        at=at,
        action="meeting.record",
        kind="meeting",
        key=made.pk,
        edition_id=programme.edition.pk,
        data={"stage": stage, "group": group, "body": made.body, "held_on": made.held_on.isoformat()},
    )
    return made
