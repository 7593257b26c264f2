"""Who may be in the room of a sitting, and what each of them is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed, NotFound
from gongjiang.models import Ballot, Expert, Sitting, SittingItem, SittingMember, StageList
from gongjiang.rules.meetings.ballot import Terms
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.scoring.blind.code import called

#: Grants with which the body that decides keeps the record of its sitting.
RECORDING = ("officer", "approver")
#: All that a judge of a blind panel learns of why they leave for an item.
AWAY = "匿名评审，不说明理由"


@dataclass(frozen=True)
class Room:
    """A sitting as one person sees it. `item` is hidden (None, with `ground`) from whoever is recused from it."""

    sitting: Sitting
    member: SittingMember | None
    chairs: bool
    records: bool
    terms: Terms
    item: SittingItem | None
    ground: str
    ballot: Ballot | None
    voted: bool
    members: tuple[SittingMember, ...]
    items: tuple[SittingItem, ...]
    away: frozenset[int]
    codes: Mapping[int, str] = field(default_factory=dict)

    @property
    def blind(self) -> bool:
        """Does this person judge those on the agenda by codes? Until the list is closed names stay away from them, and
        what would tell of names: units, who keeps away and why."""
        return bool(self.codes)

    def title(self, item: SittingItem) -> str:
        """What this person calls a nominee."""
        return self.codes.get(item.case_id, item.case.title)

    @property
    def leads(self) -> bool:
        """May this person move the sitting on?"""
        return (self.chairs or self.records) and not self.ground

    @property
    def present(self) -> int:
        """Members in the building."""
        return sum(one.came_at is not None for one in self.members)

    def here(self, item: SittingItem) -> tuple[SittingMember, ...]:
        """Who is in the room for an item."""
        gone = {one.member_id for one in item.recusals.all()}
        return tuple(one for one in self.members if one.came_at is not None and one.pk not in gone)

    def entitled(self, item: SittingItem) -> tuple[SittingMember, ...]:
        """Members who belong to the body for an item, in the room or not."""
        gone = {one.member_id for one in item.recusals.all()}
        return tuple(one for one in self.members if one.pk not in gone)


def records(actor: Actor, programme: Programme, stage_id: str) -> bool:
    """May the actor call sittings for a stage's list and keep their record?"""
    if actor.is_platform:
        return True
    held = edition_parties(programme)
    return any(
        actor.has(*RECORDING, organisation_id=one, edition_id=programme.edition.pk)
        for role in programme.expand(programme.stage(stage_id).by)
        for one in held.get(role, ())
    )


def require_recorder(actor: Actor, programme: Programme, stage_id: str) -> None:
    """Raise NotAllowed unless the actor keeps the record."""
    if not records(actor, programme, stage_id):
        who = "、".join(programme.role_label(one) for one in programme.stage(stage_id).by)
        raise NotAllowed(f"会议由{who}召集和记录。", "Not your meeting.")


def visible_to(actor: Actor) -> QuerySet[Sitting]:
    """Sittings that the actor may enter at all: as a member or chair; recorders are asked one by one."""
    return Sitting.objects.filter(Q(members__user_id=actor.user_id) | Q(chair_id=actor.user_id)).distinct()


def room_of(actor: Actor, sitting_id: int) -> Room:
    """The sitting for this person. NotFound for strangers. Nine queries at most, however long the agenda."""
    sitting = (
        Sitting.objects.select_related("process__edition__pack", "process__edition__organiser", "chair")
        .defer("process__edition__pack__source", "process__edition__pack__notice_text")
        .filter(pk=sitting_id)
        .first()
    )
    if sitting is None:
        raise NotFound()
    members = tuple(sitting.members.select_related("user"))
    member = next((one for one in members if one.user_id is not None and one.user_id == actor.user_id), None)
    chairs = actor.user_id is not None and sitting.chair_id == actor.user_id
    keeps = records(actor, programme_of(sitting.process), sitting.stage)
    if not (member or chairs or keeps):
        raise NotFound()
    items = tuple(sitting.items.select_related("case__nominator", "case__subject").prefetch_related("recusals"))
    codes = _codes(actor, sitting, items)
    grounds = {one.pk: _ground(one, member) for one in items}
    current = next((one for one in items if one.pk == sitting.current_id), None)
    ground = grounds.get(current.pk, "") if current else ""
    ballot = Ballot.objects.filter(item=current).order_by("-id").first() if current and not ground else None
    voted = bool(ballot and member and ballot.votes.filter(member=member).exists())
    return Room(
        sitting,
        member,
        chairs,
        keeps,
        Terms(**sitting.terms),
        None if ground else current,
        AWAY if ground and codes else ground,
        ballot,
        voted,
        members,
        tuple(one for one in items if not grounds[one.pk]),
        frozenset(one.member_id for one in current.recusals.all()) if current else frozenset(),
        codes,
    )


def tallies(room: Room) -> dict[int, Ballot]:
    """The last closed vote of each item that this person may see."""
    found = Ballot.objects.filter(item__in=room.items, closed_at__isnull=False).order_by("id")
    return {one.item_id: one for one in found}


def lock(sitting_id: int) -> Sitting:
    """The row, ours until the transaction ends: steps of one sitting queue."""
    return Sitting.objects.select_for_update().get(pk=sitting_id)


def about(sitting: Sitting, **data: Any) -> dict[str, Any]:
    """What an entry of the log says of a sitting: never who voted what."""
    return {"stage": sitting.stage, "group": sitting.group, **data}


def _codes(actor: Actor, sitting: Sitting, items: Iterable[SittingItem]) -> dict[int, str]:
    """Codes by case for a judge of the blind panel whose open list the sitting is about; none for anybody else."""
    programme = programme_of(sitting.process)
    stage = programme.stage(sitting.stage)
    if actor.user_id is None or not is_blind(programme, stage):
        return {}
    judges = Expert.objects.filter(process=sitting.process, stage=stage.id, user_id=actor.user_id, declined_at=None)
    closed = StageList.objects.filter(process=sitting.process, stage=stage.id, closed_at__isnull=False)
    if closed.exists() or not judges.exists():
        return {}
    return {one.case_id: called(programme, stage, one.case) for one in items}


def _ground(item: SittingItem, member: SittingMember | None) -> str:
    if member is None:
        return ""
    return next((one.ground for one in item.recusals.all() if one.member_id == member.pk), "")
