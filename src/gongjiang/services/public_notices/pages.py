"""What the public reads: notices that are up, and one's own objection by its receipt."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.errors import Gone, NotFound
from gongjiang.models import Checkpoint, Notice, NoticeEntry, Objection
from gongjiang.services.audit.checkpoints import last_of
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.public_notices.authority import publish_stage
from gongjiang.services.public_notices.receipts import matches

MOST_DAYS = 40
SHOWN = ("open", "closed")


@dataclass(frozen=True)
class NoticePage:
    """A notice as the public reads it on a day."""

    notice: Notice
    entries: tuple[NoticeEntry, ...]
    counted: tuple[date, ...]
    today: date
    takes_objections: bool
    anonymous: bool
    sealed: Checkpoint | None
    """What was signed of the log when it was posted."""

    @property
    def left(self) -> int:
        """Counted days that are not over, today included."""
        return sum(day >= self.today for day in self.counted)

    @property
    def running(self) -> bool:
        """Is the page's own time running? Entries added later may run longer."""
        return any(one.state == "running" and one.starts_on <= self.today <= one.ends_on for one in self.entries)

    @property
    def strip(self) -> tuple[date, ...]:
        """Every day from posting to the last, days off too; the outer ones only where they are too many."""
        first, last = self.notice.first_day, self.notice.last_day
        many = (last - first).days + 1
        return self.counted[:1] + self.counted[-1:] if many > MOST_DAYS else _days(first, many)


def _days(first: date, many: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(many))


def _posted(at: datetime) -> QuerySet[Notice]:
    """Notices that are up: their day has come and nobody took them down."""
    return _of_editions().filter(
        Q(kept_until=None) | Q(kept_until__gte=timezone.localtime(at).date()),
        withdrawn_at__isnull=True,
        first_day__lte=timezone.localtime(at).date(),
    )


def _of_editions() -> QuerySet[Notice]:
    return (
        Notice.objects.filter(process__edition__state__in=SHOWN)
        .select_related("process__edition__pack", "process__edition__organiser")
        .defer("process__edition__pack__source", "process__edition__pack__notice_text")
    )


def public_notice(slug: str, at: datetime) -> NoticePage:
    """One notice with its entries in order; NotFound before its day, Gone when it is no longer kept."""
    today = timezone.localtime(at).date()
    notice = _of_editions().filter(slug=slug, first_day__lte=today).first()
    if notice is None:
        raise NotFound("没有这份公示。", "No such notice.")
    if not kept(notice, today):
        raise Gone("这份公示已撤下，网上不再保留。", "This notice is no longer kept.")
    return page_of(notice, at)


def is_up(notice: Notice) -> bool:
    """Does its edition show notices at all?"""
    return notice.process.edition.state in SHOWN


def kept(notice: Notice, today: date) -> bool:
    """Is it still shown: not taken down, and not past the days for which it is kept?"""
    return notice.withdrawn_at is None and (notice.kept_until is None or today <= notice.kept_until)


def page_of(notice: Notice, at: datetime) -> NoticePage:
    """The page of a notice that was found."""
    programme = programme_of(notice.process)
    stage = publish_stage(programme, notice.stage)
    takes = stage.objections is not None
    return NoticePage(
        notice,
        tuple(notice.entries.select_related("case").order_by("position", "id")),
        tuple(date.fromisoformat(one) for one in notice.days),
        timezone.localtime(at).date(),
        takes,
        takes and stage.objections is not None and programme.value(stage.objections.anonymous) in (True, "yes"),
        last_of(notice.process.edition_id, notice.published_at),
    )


def running_notices(at: datetime, limit: int = 20) -> list[Notice]:
    """Notices with somebody whose time is running, with how many (`running`), soonest end first."""
    today = timezone.localtime(at).date()
    running = Count(
        "entries", filter=Q(entries__state="running", entries__starts_on__lte=today, entries__ends_on__gte=today)
    )
    return list(_posted(at).annotate(running=running).filter(running__gt=0).order_by("last_day", "id")[:limit])


def past_notices(at: datetime, *, before: int = 0, limit: int = 20) -> list[Notice]:
    """Notices whose days are over, newest first, by key."""
    rows = _posted(at).filter(last_day__lt=timezone.localtime(at).date())
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.annotate(people=Count("entries")).order_by("-id")[:limit])


def entry_for_objection(entry_id: int, at: datetime) -> tuple[NoticeEntry, NoticePage]:
    """The entry that an objection is about, with its notice."""
    entry = NoticeEntry.objects.select_related("notice", "case").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("没有这条公示。", "No such entry.")
    return entry, public_notice(entry.notice.slug, at)


def follow(receipt: str, code: str) -> Objection:
    """A matter by its number and code; NotFound for a wrong one of either, which look alike."""
    found = (
        Objection.objects.select_related("entry__notice__process__edition__pack", "entry__case")
        .defer("entry__notice__process__edition__pack__source", "entry__notice__process__edition__pack__notice_text")
        .filter(receipt=receipt.strip().upper())
        .first()
    )
    if found is None or not matches(found, code):
        raise NotFound("没有找到：请核对受理编号和查询码。", "No such matter; check number and code.")
    return found


def outcome_label(objection: Objection) -> str:
    """How it ended, in the pack's words; empty while it is open."""
    if not objection.outcome:
        return ""
    stage = publish_stage(programme_of(objection.entry.notice.process), objection.entry.notice.stage)
    known = stage.objections.outcomes if stage.objections is not None else ()
    return next((one.label for one in known if one.id == objection.outcome), objection.outcome)
