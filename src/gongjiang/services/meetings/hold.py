"""Steps of a sitting: come in, go on to the next, leave for an item, vote, close the vote, end."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Ballot, Recusal, Sitting, SittingItem, SittingMember, Vote
from gongjiang.rules.meetings.ballot import Choice, outcome, quorate
from gongjiang.services.audit.append import append
from gongjiang.services.meetings.room import Room, about, lock, room_of

VOID = "有成员回避，表决作废，须重新表决"
COUNTED = {Choice.FOR: "votes_for", Choice.AGAINST: "votes_against", Choice.ABSTAIN: "abstained"}


@transaction.atomic
def start(*, actor: Actor, at: datetime, sitting_id: int) -> None:
    """Open the sitting; the chair or the recorder does."""
    room = _leading(actor, sitting_id)
    if room.sitting.state != Sitting.State.CALLED:
        raise Refused("会议已经开始。", "It has started already.")
    _set(room.sitting, state=Sitting.State.RUNNING, started_at=at)
    _note(actor, at, room.sitting, "sitting.start")


@transaction.atomic
def come(*, actor: Actor, at: datetime, sitting_id: int, member_id: int | None = None, left: bool = False) -> None:
    """A member signs in for themselves; chair and recorder mark any, `left` takes it back."""
    room = room_of(actor, sitting_id)
    held = lock(sitting_id)
    member = room.member if member_id is None else next((one for one in room.members if one.pk == member_id), None)
    if member is None:
        raise NotFound()
    if member != room.member and not (room.chairs or room.records):
        raise NotAllowed("只能为自己签到。", "Sign in for yourself only.")
    if held.state == Sitting.State.ENDED:
        raise Refused("会议已经结束。", "It is over.")
    if room.ballot is not None and room.ballot.closed_at is None:
        raise Refused("正在表决，表决结束后再签到。", "A vote is open.")
    SittingMember.objects.filter(pk=member.pk).update(came_at=None if left else at)
    _note(actor, at, held, "sitting.left" if left else "sitting.came", member=member.name)


@transaction.atomic
def go_to(*, actor: Actor, at: datetime, sitting_id: int, item_id: int | None) -> None:
    """Put an item before everybody, None for none. Not while a vote is open."""
    room = _leading(actor, sitting_id)
    _running(room)
    if Ballot.objects.filter(item__sitting=room.sitting, closed_at=None).exists():
        raise Refused("先结束正在进行的表决。", "Close the open vote first.")
    item = SittingItem.objects.filter(pk=item_id or 0, sitting=room.sitting).first()
    if item_id is not None and item is None:
        raise NotFound()
    _set(room.sitting, current=item)
    _note(actor, at, room.sitting, "sitting.item", case=item.case_id if item else None)


@transaction.atomic
def recuse(*, actor: Actor, at: datetime, sitting_id: int, item_id: int, member_id: int, ground: str) -> None:
    """A member leaves for an item: they declare it, or the chair or recorder notes it. It can't be undone, and what
    they had voted on it is void: the vote is taken again."""
    room = room_of(actor, sitting_id)
    held = lock(sitting_id)
    if held.state == Sitting.State.ENDED:
        raise Refused("会议已经结束。", "It is over.")
    item = SittingItem.objects.filter(pk=item_id, sitting=held).first()
    member = next((one for one in room.members if one.pk == member_id), None)
    if item is None or member is None:
        raise NotFound()
    if member != room.member and not (room.chairs or room.records):
        raise NotAllowed("回避由本人申明，或由主持人、记录人登记。", "Not yours to declare.")
    why = clean(ground).strip()[:200]
    if not why:
        raise BadInput("请写明回避的理由。", "Give the ground.", place="回避理由")
    if Recusal.objects.filter(item=item, member=member).exists():
        return
    Recusal.objects.create(item=item, member=member, ground=why)
    cast = item.ballots.filter(Q(closed_at=None) | Q(votes__member=member))
    if cast.exists():
        item.ballots.filter(closed_at=None).update(closed_at=at)
        item.ballots.update(passed=None, said=VOID)
    _note(actor, at, held, "sitting.recuse", case=item.case_id, member=member.name)


@transaction.atomic
def open_vote(*, actor: Actor, at: datetime, sitting_id: int) -> Ballot:
    """Open a vote on the item before everybody. Raises Refused without the quorum, or while one is open."""
    room = _leading(actor, sitting_id)
    _running(room)
    item = _before_all(room)
    members, present = len(room.entitled(item)), len(room.here(item))
    held = quorate(room.terms, members, present)
    if not held.allowed:
        raise Refused(held.reasons[0].text, "No quorum.", reasons=held.reasons)
    try:
        with transaction.atomic():
            made = Ballot.objects.create(item=item, opened_at=at, members=members, present=present)
    except IntegrityError as error:
        raise Refused("这个人选正在表决。", "A vote is open.") from error
    _note(actor, at, room.sitting, "sitting.vote", case=item.case_id, members=members, present=present)
    return made


@transaction.atomic
def vote(*, actor: Actor, at: datetime, sitting_id: int, choice: str) -> None:
    """Cast one's paper: once, while the vote is open, by whoever is in the room for this item."""
    room = room_of(actor, sitting_id)
    lock(sitting_id)
    if choice not in set(Choice):
        raise BadInput("请选同意、不同意或弃权。", "Choose one.", place="表决")
    if room.item is None or room.ballot is None or room.ballot.closed_at is not None:
        raise Refused("现在没有进行中的表决。", "No vote is open.")
    if room.member is None or room.member not in room.here(room.item):
        raise NotAllowed("签到的、不需要回避的成员才能表决。", "Only members in the room vote.")
    try:
        with transaction.atomic():
            kept = "" if room.sitting.secret else choice
            Vote.objects.create(ballot=room.ballot, member=room.member, choice=kept)
    except IntegrityError as error:
        raise Refused("您已经投过票。", "You have voted.") from error
    column = COUNTED[Choice(choice)]
    Ballot.objects.filter(pk=room.ballot.pk).update(**{column: F(column) + 1})


@transaction.atomic
def close_vote(*, actor: Actor, at: datetime, sitting_id: int, on_paper: Mapping[Choice, int] | None = None) -> Ballot:
    """Count. `on_paper`: papers of members who have no account. Raises BadInput for more papers than such members."""
    room = _leading(actor, sitting_id)
    item = _before_all(room)
    ballot = Ballot.objects.select_for_update().filter(item=item, closed_at=None).first()
    if ballot is None:
        raise Refused("现在没有进行中的表决。", "No vote is open.")
    paper = {one: (on_paper or {}).get(one, 0) for one in Choice}
    without = sum(one.user_id is None for one in room.here(item))
    if min(paper.values()) < 0 or sum(paper.values()) > without:
        raise BadInput(
            f"没有账号的到会成员有 {without} 人，纸质票不能多于 {without} 张。", "Too many papers.", place="纸质票"
        )
    counts = {one: getattr(ballot, column) + paper[one] for one, column in COUNTED.items()}
    found = outcome(room.terms, ballot.members, ballot.present, counts)
    for one, column in COUNTED.items():
        setattr(ballot, column, counts[one])
    ballot.passed, ballot.said, ballot.closed_at = found.passed, found.text, at
    ballot.save()
    _note(
        actor,
        at,
        room.sitting,
        "sitting.tally",
        case=item.case_id,
        passed=found.passed,
        **{one.value: counts[one] for one in Choice},
    )
    return ballot


@transaction.atomic
def write(*, actor: Actor, at: datetime, sitting_id: int, item_id: int, note: str) -> None:
    """What was said about an item, for the minutes."""
    room = _leading(actor, sitting_id)
    text = clean(note).strip()
    if len(text) > 1000:
        raise BadInput("讨论要点不超过1000字。", "At most 1000 characters.", place="讨论要点")
    if item_id not in {one.pk for one in room.items}:
        raise NotFound()
    SittingItem.objects.filter(pk=item_id).update(note=text)
    _note(actor, at, room.sitting, "sitting.note", item=item_id)


@transaction.atomic
def end(*, actor: Actor, at: datetime, sitting_id: int) -> None:
    """End the sitting; open votes must be closed before."""
    room = _leading(actor, sitting_id)
    if Ballot.objects.filter(item__sitting=room.sitting, closed_at=None).exists():
        raise Refused("先结束正在进行的表决。", "Close the open vote first.")
    _set(room.sitting, state=Sitting.State.ENDED, ended_at=at, current=None)
    _note(actor, at, room.sitting, "sitting.end")


def _leading(actor: Actor, sitting_id: int) -> Room:
    lock_first = Sitting.objects.filter(pk=sitting_id).exists()
    if not lock_first:
        raise NotFound()
    lock(sitting_id)
    room = room_of(actor, sitting_id)
    if not (room.chairs or room.records):
        raise NotAllowed("会议由主持人和记录人掌握。", "Chair and recorder lead the sitting.")
    if room.ground:
        raise NotAllowed(
            f"您须回避正在讨论的人选（{room.ground}），请由其他人主持。", "You are recused from this item."
        )
    if room.sitting.state == Sitting.State.ENDED:
        raise Refused("会议已经结束。", "It is over.")
    return room


def _running(room: Room) -> None:
    if room.sitting.state != Sitting.State.RUNNING:
        raise Refused("会议还没有开始。", "It has not started.")


def _before_all(room: Room) -> SittingItem:
    if room.item is None:
        raise Refused("请先请出要讨论的人选。", "Choose an item first.")
    return room.item


def _set(sitting: Sitting, **values: object) -> None:
    for name, value in values.items():
        setattr(sitting, name, value)
    sitting.save(update_fields=list(values))


def _note(actor: Actor, at: datetime, sitting: Sitting, action: str, **data: object) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="sitting",
        key=sitting.pk,
        edition_id=sitting.process.edition_id,
        data=about(sitting, **data),
    )
