"""How long a notice stays on the web: as the pack says, as the office sets it, or until it is taken down."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.kernel.rounding import exact
from gongjiang.models import Notice
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.rules.public_notices.period import NoticeTerms
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme, calendar_of, programme_of
from gongjiang.services.public_notices.authority import handles, publish_stage
from gongjiang.services.public_notices.build import after_commit
from gongjiang.services.public_notices.terms import UNITS


def retained_until(programme: Programme, stage: Publish, last: date) -> date | None:
    """The last day on which a notice that ends on `last` is kept; None where the pack doesn't say."""
    spec = programme.time(stage.retention)
    if spec is None or spec.length is None:
        return None
    raw = spec.length.exactly if spec.length.exactly is not None else spec.length.at_least
    length = programme.value(raw)
    if length is None or exact(length) < 1:
        return None
    terms = NoticeTerms(int(exact(length)), UNITS[spec.length.unit], "next")
    return terms.period(last, calendar_of(programme.pack.pack.calendar)).last


@transaction.atomic
def keep_until(*, actor: Actor, at: datetime, notice_id: int, until: date | None) -> Notice:
    """Set the last day on which the notice is on the web; None: no such day. Approvers of the publishing body.

    BadInput for a day before everybody's time is over, or one that has passed.
    """
    notice, last = _held(actor, notice_id)
    today = timezone.localtime(at).date()
    if until is not None and until < max(last, today):
        raise BadInput(
            f"公示期到{long_date(last)}止，网上至少保留到这一天，且不早于今天。", "Too early.", place="网上保留至"
        )
    if until == notice.kept_until:
        return notice
    notice.kept_until = until
    notice.save(update_fields=["kept_until"])
    _told(actor, at, notice, "notice.keep", {"until": until.isoformat() if until else None})
    return notice


@transaction.atomic
def take_down(*, actor: Actor, at: datetime, notice_id: int) -> Notice:
    """Off the web from now on (410), once everybody's time is over. Approvers of the publishing body."""
    notice, last = _held(actor, notice_id)
    if timezone.localtime(at).date() <= last:
        raise Refused(f"公示到{long_date(last)} 24:00才满，期满后才能撤下。", "The notice still runs.")
    if notice.withdrawn_at is None:
        notice.withdrawn_at = at
        notice.save(update_fields=["withdrawn_at"])
        _told(actor, at, notice, "notice.take_down", {})
    return notice


def last_day_of(notice: Notice) -> date:
    """The last day of anybody's time who stands on it."""
    return max([notice.last_day, *notice.entries.exclude(state="struck").values_list("ends_on", flat=True)])


def _held(actor: Actor, notice_id: int) -> tuple[Notice, date]:
    Notice.objects.select_for_update().filter(pk=notice_id).first()
    notice = Notice.objects.select_related("process__edition__pack").filter(pk=notice_id).first()
    if notice is None:
        raise NotFound()
    programme = programme_of(notice.process)
    stage = publish_stage(programme, notice.stage)
    if not handles(actor, programme, stage.by, deciding=True, unit=notice.unit_id):
        raise NotAllowed("由发布公示的单位的审批人员办理。", "Approvers of the publishing body do this.")
    return notice, last_day_of(notice)


def _told(actor: Actor, at: datetime, notice: Notice, action: str, data: dict[str, object]) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="notice",
        key=notice.pk,
        edition_id=notice.process.edition_id,
        data=data,
    )
    after_commit([notice.pk], at)
