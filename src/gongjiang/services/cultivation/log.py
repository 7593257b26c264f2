"""The artisan's log: enter, confirm, withdraw. Whatever another room records (a camp attended, a benefit granted) comes
here as well, so that one table tells what was done."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import ActivityEntry, Honour
from gongjiang.rules.cultivation.hands import KEEPING, WORKING
from gongjiang.rules.cultivation.kinds import BY_ID, label_of
from gongjiang.services.audit.append import Told, append_many
from gongjiang.services.cultivation.files import Owner, Sent, keep_files
from gongjiang.services.cultivation.keeping import looks_after, need_other
from gongjiang.services.cultivation.scope import get_honour, need, visible_to
from gongjiang.services.honours.note import note_honour
from gongjiang.services.tallies import entries_moved, entry_moved
from gongjiang.services.tallies.entries import counts_as

State = ActivityEntry.State
LONGEST = {"title": 120, "power": 20, "place": 80, "host": 80, "note": 500}
_FIXED = ("state", "by", "at", "version")
LABELS = {"title": "内容", "power": "工匠五力", "place": "地点", "host": "主办或接待单位", "note": "说明"}


@dataclass(frozen=True)
class Doing:
    """What is entered. `hours`: learning hours; `people`: how many had something of it."""

    kind: str
    title: str
    on: date
    until: date | None = None
    hours: Decimal | None = None
    power: str = ""
    place: str = ""
    host: str = ""
    people: int | None = None
    note: str = ""


def entries(actor: Actor) -> QuerySet[ActivityEntry]:
    """Entries of the honours that the actor sees, without those withdrawn."""
    return ActivityEntry.objects.filter(honour__in=visible_to(actor)).exclude(state=State.WITHDRAWN)


@transaction.atomic
def enter(
    *, actor: Actor, at: datetime, honour_id: int, doing: Doing, files: Sequence[Sent] = (), source: str = ""
) -> ActivityEntry:
    """Somebody with a hand in it enters what was done, with evidence. What those who look after the artisan enter is
    confirmed at once, the artisan's and the mentor's waits. `source`: the event that it was, where it was planned: it
    is entered once. Raises NotFound, NotAllowed, BadInput, Refused."""
    honour = get_honour(actor, honour_id)
    hands = need(actor, honour, *sorted(WORKING))
    kind = BY_ID.get(doing.kind)
    if kind is None or not (kind.typed or source):
        raise BadInput("请选择活动的种类。", "Choose a kind.", place="种类")
    if honour.state == Honour.State.REVOKED:
        raise Refused("称号已经撤销，不再记入培育活动。", "The honour was revoked.")
    _check(doing, at, honour)
    if source:
        Honour.objects.select_for_update(of=("self",)).get(pk=honour.pk)
        there = ActivityEntry.objects.filter(honour=honour, source=source).exclude(state=State.WITHDRAWN)
        if there.exists():
            raise Refused("这项活动已经记入，不用再记。", "Entered already.")
    state = State.CONFIRMED if looks_after(hands) else State.CLAIMED
    entry = record(actor=actor, at=at, honour=honour, doing=doing, state=state, source=source)
    keep_files(actor=actor, at=at, owner=Owner(entry=entry), files=files)
    return entry


@transaction.atomic
def record(
    *, actor: Actor, at: datetime, honour: Honour, doing: Doing, state: State = State.CONFIRMED, source: str = ""
) -> ActivityEntry:
    """Write one entry. For other rooms, whose own rights have been looked at: `source` names their record ('camp:12'),
    and the same source again changes what stands there (what the artisan wrote of it is kept where nothing new is
    said)."""
    return record_many(actor=actor, at=at, done=[(honour, doing)], state=state, source=source)[0]


@transaction.atomic
def record_many(
    *,
    actor: Actor,
    at: datetime,
    done: Sequence[tuple[Honour, Doing]],
    state: State = State.CONFIRMED,
    source: str = "",
) -> list[ActivityEntry]:
    """The same for many honours, each once where there is a source, in a fixed number of statements."""
    if not done:
        return []
    rows = ActivityEntry.objects.select_for_update(of=("self",)).filter(source=source, honour__in=[h for h, _ in done])
    there = {one.honour_id: one for one in rows} if source else {}
    before = {key: counts_as(one) for key, one in there.items()}
    fixed = {"state": state, "by_id": actor.user_id, "at": at}
    made: list[ActivityEntry] = []
    found: list[ActivityEntry] = []
    for honour, doing in done:
        values = {key: _short(key, value) for key, value in asdict(doing).items()} | fixed
        entry = there.get(honour.pk)
        if entry is None:
            entry = ActivityEntry(honour=honour, source=source, **values)
            made.append(entry)
        else:
            _change(entry, values)
        entry.honour = honour
        found.append(entry)
    ActivityEntry.objects.bulk_create(made)
    ActivityEntry.objects.bulk_update(there.values(), [*asdict(done[0][1]), *_FIXED])
    entries_moved((before.get(one.honour_id), counts_as(one)) for one in found)
    _audit_many(actor, at, made, "activity.enter")
    _audit_many(actor, at, [one for one in found if one.honour_id in there], "activity.change")
    return found


@transaction.atomic
def retract(*, actor: Actor, at: datetime, honours: Sequence[Honour], source: str) -> None:
    """For other rooms: the record that entries came from holds no longer, so neither do they. Nothing happens where
    there are none."""
    rows = ActivityEntry.objects.select_for_update(of=("self",)).filter(honour__in=honours, source=source)
    gone = list(rows.exclude(state=State.WITHDRAWN).select_related("honour")) if source else []
    before = [counts_as(one) for one in gone]
    ActivityEntry.objects.filter(pk__in=[one.pk for one in gone]).update(
        state=State.WITHDRAWN, version=F("version") + 1
    )
    entries_moved((one, None) for one in before)
    _audit_many(actor, at, gone, "activity.withdraw", reason="所依据的记录已更正")


@transaction.atomic
def confirm(*, actor: Actor, at: datetime, entry_id: int, version: int) -> ActivityEntry:
    """Who looks after the artisan confirms what they entered; nobody confirms their own. Raises NotFound, NotAllowed,
    Stale."""
    entry = _seen(actor, entry_id)
    need_other(actor, get_honour(actor, entry.honour_id), *sorted(KEEPING))
    _set(entry, State.CLAIMED, State.CONFIRMED, version)
    _audit(actor, at, entry, "activity.confirm", {})
    return entry


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, entry_id: int, version: int, reason: str) -> ActivityEntry:
    """Take an entry back, with the reason: whoever entered it while it waits, who looks after the artisan any time."""
    entry = _seen(actor, entry_id)
    own = entry.by_id is not None and entry.by_id == actor.user_id and entry.state == State.CLAIMED
    if not own:
        need_other(actor, get_honour(actor, entry.honour_id), *sorted(KEEPING))
    if entry.source and entry.state != State.CLAIMED:
        raise Refused("这一条来自别处的记录，请到原处更正。", "Mend the record it comes from.")
    if not clean(reason).strip():
        raise BadInput("请写明撤回的理由。", "Give the reason.", place="理由")
    _set(entry, State(entry.state), State.WITHDRAWN, version)
    _audit(actor, at, entry, "activity.withdraw", {"reason": clean(reason).strip()[:300]})
    return entry


def _seen(actor: Actor, entry_id: int) -> ActivityEntry:
    entry = entries(actor).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound()
    return entry


def _check(doing: Doing, at: datetime, honour: Honour) -> None:
    if not clean(doing.title).strip():
        raise BadInput("请写一句做了什么。", "Say what was done.", place="内容")
    for key, longest in LONGEST.items():
        if len(clean(getattr(doing, key)).strip()) > longest:
            raise BadInput(f"最多 {longest} 个字符。", "Too long.", place=LABELS[key])
    if max(doing.on, doing.until or doing.on) > timezone.localtime(at).date():
        raise BadInput("日期还没有到，请做完再记。", "The day hasn't come.", place="日期")
    if doing.on < honour.from_date:
        raise BadInput("这一天还没有命名或列为培育对象，不记入培育记录。", "Before the honour.", place="日期")
    if doing.until is not None and doing.until < doing.on:
        raise BadInput("结束日期早于开始日期。", "It ends before it begins.", place="至")
    if doing.hours is not None and not 0 <= doing.hours <= 2000:
        raise BadInput("学时应在 0 到 2000 之间。", "Hours between 0 and 2000.", place="学时")
    if doing.people is not None and not 0 <= doing.people <= 10_000_000:
        raise BadInput("受益人数应在 0 到 1000 万之间。", "People out of range.", place="受益人数")


def _short(key: str, value: object) -> object:
    return clean(value).strip()[: LONGEST[key]] if key in LONGEST and isinstance(value, str) else value


def _change(entry: ActivityEntry, values: dict[str, object]) -> None:
    for key, value in values.items():
        if value not in ("", None) or key not in {"note", "people"}:
            setattr(entry, key, value)
    entry.version += 1


def _set(entry: ActivityEntry, before: State, after: State, version: int) -> None:
    done = ActivityEntry.objects.filter(pk=entry.pk, state=before, version=version).update(
        state=after, version=version + 1
    )
    if not done:
        raise Stale("这一条刚刚变了，请刷新后重试。", "The entry changed meanwhile.")
    was = counts_as(entry)
    entry.state, entry.version = after, version + 1
    entry_moved(was, counts_as(entry))


def _audit(actor: Actor, at: datetime, entry: ActivityEntry, action: str, data: dict[str, str]) -> None:
    told = {"honour": entry.honour_id, "title": label_of(entry.kind), **data}
    note_honour(actor, at, entry.honour, action, told, kind="activity", key=entry.pk)


def _audit_many(actor: Actor, at: datetime, rows: Sequence[ActivityEntry], action: str, **data: str) -> None:
    """Grouped by edition, as the audit log takes them."""
    editions: dict[int | None, list[Told]] = {}
    for one in rows:
        said = {"honour": one.honour_id, "title": label_of(one.kind), "kind": one.kind, "state": str(one.state), **data}
        editions.setdefault(one.honour.edition_id, []).append(Told(one.pk, said, one.honour.case_id))
    for edition_id, told in editions.items():
        append_many(actor=actor, at=at, action=action, kind="activity", told=told, edition_id=edition_id)
