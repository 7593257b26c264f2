"""Minutes of a sitting as a document: who was there, who left for whom, what was said, how each vote ended."""

from django.utils import timezone

from gongjiang.documents.notice import NameList, NoticeText
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotAllowed
from gongjiang.models import SittingItem
from gongjiang.services.audit.checkpoints import last_of
from gongjiang.services.meetings.room import Room, room_of, tallies
from gongjiang.services.programmes.programme import programme_of

NO_VOTE = "未表决"


def minutes_of(actor: Actor, sitting_id: int) -> NoticeText:
    """For chair and recorder. With the last checkpoint of the log, so that a printed copy keeps it."""
    room = room_of(actor, sitting_id)
    if not (room.chairs or room.records):
        raise NotAllowed("会议纪要由主持人和记录人整理。", "Chair and recorder keep the minutes.")
    if room.blind:
        raise NotAllowed(
            "匿名评审的名单还没有确定，会议纪要由组织方整理。", "The list of a blind panel isn't closed yet."
        )
    sitting = room.sitting
    programme = programme_of(sitting.process)
    stage = programme.stage(sitting.stage)
    contact = []
    sealed = last_of(sitting.process.edition_id, sitting.ended_at) if sitting.ended_at else None
    if sealed is not None:
        contact.append(("存证", f"办理日志第{sealed.size}条，{sealed.root}"))
    return NoticeText(
        title=f"{sitting.body}纪要",
        paragraphs=_opening(room, f"{programme.edition.title}“{stage.shown}”"),
        lists=(_items(room), *_said(room)),
        issuers=(sitting.body,),
        date=long_date(sitting.held_on),
        contact=tuple(contact),
    )


def _opening(room: Room, about: str) -> tuple[str, ...]:
    sitting = room.sitting
    times = [timezone.localtime(one).strftime("%H:%M") for one in (sitting.started_at, sitting.ended_at) if one]
    here = [one.name for one in room.members if one.came_at is not None]
    gone = [one.name for one in room.members if one.came_at is None]
    chair = sitting.chair.full_name if sitting.chair is not None else "—"
    return (
        f"{long_date(sitting.held_on)}{'至'.join(times)}，召开{sitting.body}，研究{about}名单。",
        f"主持：{chair}。",
        f"应到{len(room.members)}人，实到{len(here)}人：{'、'.join(here)}。",
        f"缺席：{'、'.join(gone)}。" if gone else "无人缺席。",
        f"表决办法：{'无记名' if sitting.secret else '记名'}，{room.terms.text}；须回避的成员不计入应到。",
    )


def _items(room: Room) -> NameList:
    ended = tallies(room)
    names = {one.pk: one.name for one in room.members}
    rows = []
    for item in room.items:
        ballot = ended.get(item.pk)
        away = "、".join(names[one.member_id] for one in item.recusals.all())
        result = ballot.said if ballot is not None else NO_VOTE
        rows.append((str(item.position), item.case.title, item.case.nominator.short_name, away or "无", result))
    return NameList(("序号", "人选", "推荐单位", "回避", "表决结果"), tuple(rows), "研究情况")


def _said(room: Room) -> tuple[NameList, ...]:
    rows = tuple((_who(item), item.note) for item in room.items if item.note)
    return (NameList(("人选", "讨论要点"), rows, "讨论要点"),) if rows else ()


def _who(item: SittingItem) -> str:
    return item.case.title
