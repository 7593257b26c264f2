"""The log as a list: narrowed, in pages, as rows of a workbook; and many entries confirmed at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import iso_day
from gongjiang.kernel.errors import BadInput
from gongjiang.models import ActivityEntry, CultivationFile, Honour
from gongjiang.rules.cultivation.kinds import BY_ID, label_of
from gongjiang.services.audit.append import Told, append_many
from gongjiang.services.cultivation.keeping import kept_by
from gongjiang.services.cultivation.scope import visible_to
from gongjiang.services.tallies import entries_moved
from gongjiang.services.tallies.entries import counts_as

State = ActivityEntry.State
PAGE = 50
AT_ONCE = 500
WIDE = 2000
"""More artisans than a unit ever looks after one by one."""
MOST = 500
"""Entries confirmed in one go."""
COLUMNS = (
    "姓名", "称号", "所在单位", "种类", "内容", "日期", "至", "学时", "工匠五力", "地点", "主办或接待单位", "受益人数",
    "说明", "状态", "记入方式",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Blank: all. `waiting`: only what the actor may confirm now."""

    text: str = ""
    kind: str = ""
    year: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class Page:
    """One page, the latest first; `after`: where the next begins, '' at the end."""

    rows: tuple[ActivityEntry, ...]
    after: str


def look(actor: Actor, wanted: Wanted, *, honour: Honour | None = None, after: str = "", limit: int = PAGE) -> Page:
    """A page of the entries that the actor sees, of one honour or of all. A fixed number of queries."""
    rows = _wanted(actor, wanted, honour)
    day, _, key = after.partition("_")
    if (begin := iso_day(day)) is not None and key.isdecimal() and len(key) < 19:
        rows = rows.filter(Q(on__lt=begin) | Q(on=begin, pk__lt=int(key)))
    files = Prefetch("files", CultivationFile.objects.filter(removed_at=None).order_by("pk"))
    related = ("honour__case__applying_unit", "honour__subject", "by")
    # keys first: with the artisans joined in, SQLite would begin from them and sort all of their entries
    keys = list(rows.order_by("-on", "-pk").values_list("pk", flat=True)[: limit + 1])
    whole = ActivityEntry.objects.filter(pk__in=keys).select_related(*related).prefetch_related(files)
    found = list(whole.order_by("-on", "-pk"))
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(found[:limit]), f"{last.on.isoformat()}_{last.pk}" if last is not None else "")


def every(actor: Actor, wanted: Wanted, *, honour: Honour | None = None) -> Iterator[tuple[str | int, ...]]:
    """All of them as rows under COLUMNS, read as they are written out."""
    keys = _wanted(actor, wanted, honour).order_by("-on", "-pk").values_list("pk", flat=True)
    ahead = keys.iterator(chunk_size=AT_ONCE)
    while some := list(islice(ahead, AT_ONCE)):
        rows = ActivityEntry.objects.filter(pk__in=some).select_related("honour__case__applying_unit")
        for one in rows.order_by("-on", "-pk"):
            yield _row(one)


def _row(one: ActivityEntry) -> tuple[str | int, ...]:
    case = one.honour.case
    return (
        one.honour.name,
        one.honour.title,
        case.applying_unit.name if case is not None and case.applying_unit is not None else "",
        label_of(one.kind),
        one.title,
        one.on.isoformat(),
        one.until.isoformat() if one.until else "",
        f"{one.hours.normalize():f}" if one.hours is not None else "",
        one.power,
        one.place,
        one.host,
        one.people if one.people is not None else "",
        one.note,
        str(one.get_state_display()),
        "由其他记录生成" if one.source else "人工填报",
    )


def waiting(actor: Actor) -> QuerySet[ActivityEntry]:
    """Entries that wait for the actor to confirm them."""
    return _of(ActivityEntry.objects.filter(state=State.CLAIMED), kept_by(actor))


def waiting_kinds(actor: Actor) -> tuple[tuple[str, int], ...]:
    """What waits, by kind: (kind, how many), in the order of the kinds. One query."""
    counted = dict(waiting(actor).values_list("kind").annotate(n=Count("pk")).order_by())
    order = [*BY_ID, *sorted(set(counted) - set(BY_ID))]
    return tuple((key, counted[key]) for key in order if key in counted)


@transaction.atomic
def confirm_many(*, actor: Actor, at: datetime, chosen: Mapping[int, int]) -> tuple[int, int]:
    """Confirm entries by (id: version). How many were, and how many were passed over: changed meanwhile, or not the
    actor's to confirm. A fixed number of statements."""
    if not chosen:
        raise BadInput("请先勾选要确认的记录。", "Choose entries.", place="记录")
    if len(chosen) > MOST:
        raise BadInput(f"一次最多确认 {MOST} 条。", "Too many at once.", place="记录")
    rows = waiting(actor).filter(pk__in=chosen).select_for_update(of=("self",)).select_related("honour").order_by("pk")
    fit = [one for one in rows if one.version == chosen[one.pk]]
    held = ActivityEntry.objects.filter(pk__in=[one.pk for one in fit], state=State.CLAIMED)
    held.update(state=State.CONFIRMED, version=F("version") + 1)
    was = [counts_as(one) for one in fit]
    for one in fit:
        one.state = State.CONFIRMED
    entries_moved(zip(was, map(counts_as, fit), strict=True))
    told = [Told(one.pk, {"honour": one.honour_id, "title": label_of(one.kind)}, one.honour.case_id) for one in fit]
    append_many(actor=actor, at=at, action="activity.confirm", kind="activity", told=told)
    return len(fit), len(chosen) - len(fit)


def _wanted(actor: Actor, wanted: Wanted, honour: Honour | None) -> QuerySet[ActivityEntry]:
    seen = Honour.objects.filter(pk=honour.pk) if honour is not None else visible_to(actor)
    rows = waiting(actor) if wanted.waiting else _of(ActivityEntry.objects.exclude(state=State.WITHDRAWN), seen)
    if honour is not None:
        rows = rows.filter(honour=honour)
    if wanted.text and honour is None and is_wide(seen):
        rows = rows.filter(honour__in=seen.filter(name__icontains=wanted.text))
    elif wanted.text:
        words = Q(title__icontains=wanted.text) | Q(host__icontains=wanted.text)
        rows = rows.filter(words | Q(honour__name__icontains=wanted.text))
    if wanted.kind in BY_ID:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year.isascii() and wanted.year.isdecimal() and 2000 <= int(wanted.year[:4]) <= 2100:
        rows = rows.filter(on__year=int(wanted.year[:4]))
    return rows


def is_wide(seen: QuerySet[Honour]) -> bool:
    """Are these so many artisans that a list of them takes longer than asking entry by entry? Of so many only names
    are looked for, not what was written."""
    return seen.order_by()[: WIDE + 1].count() > WIDE


def _of(rows: QuerySet[ActivityEntry], seen: QuerySet[Honour]) -> QuerySet[ActivityEntry]:
    """Entries of these honours. Of few the database goes through each one's entries, of many down the days until a
    page is full: each is a hundred times slower than the other in its place."""
    if is_wide(seen):
        return rows.filter(Exists(seen.filter(pk=OuterRef("honour_id"))))
    return rows.filter(honour__in=seen)
