"""Move a deadline, for all or for one unit, or take that back, with a reason on record; whoever it concerns is told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import Case, Edition, EditionRole, Expert, Extension, Message, Opinion, Organisation
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell_all
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.programmes.publish_edition import require_organiser
from gongjiang.services.programmes.windows import midnight, today_of, window_of

REASON = 300


@transaction.atomic
def extend(
    *,
    actor: Actor,
    at: datetime,
    edition: Edition,
    time: str,
    until: datetime,
    reason: str,
    opens: datetime | None = None,
    organisation: Organisation | None = None,
    telling: bool = True,
) -> Extension:
    """A time of the pack ends later (or opens earlier) from now on: for whoever has the form open, too.

    `until`: the first moment too late. Raises BadInput naming the field: no reason, a moment that has passed, an end
    no later than the one that stands. `telling`: leave a message with whomever it concerns.
    """
    require_organiser(actor, edition.organiser)
    if edition.state == Edition.State.CLOSED:
        raise Refused("本届已办结，不能再延期。", "This edition is closed.")
    reason = _reason(reason, "延期")
    programme = programme_of(main_process(edition))
    if programme.time(time) is None:
        raise BadInput("请选择哪个期限。", "Choose a time.", place="期限")
    if until <= at:
        raise BadInput("延到的日子已经过去。", "This moment has passed.", place="延至")
    stands = window_of(programme, time, organisation.pk if organisation is not None else None)
    if opens is None and stands.closes is not None and until <= stands.closes:
        day = stands.last_day
        said = f"{day.month}月{day.day}日" if day is not None else ""
        raise BadInput(f"现在就截止到{said}，延期须更晚。", "The present end is no earlier.", place="延至")
    made = Extension.objects.create(
        edition=edition,
        time=time,
        organisation=organisation,
        opens=opens,
        until=until,
        reason=reason,
        by_id=actor.user_id,
        at=at,
    )
    if telling and edition.state == Edition.State.OPEN:
        _tell(programme, made, at, "延至", until, reason)
    append(
        actor=actor,
        at=at,
        action="edition.extend",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"time": time, "until": until.isoformat(), "reason": reason, "organisation": made.organisation_id},
    )
    return made


@transaction.atomic
def take_back_extension(*, actor: Actor, at: datetime, edition: Edition, extension_id: int, reason: str) -> Extension:
    """An extension holds no longer than to the end of this day: nobody who reckoned with it is cut off at once, and
    what was handed in under it stays handed in. Raises Refused where it has ended, BadInput without a reason."""
    require_organiser(actor, edition.organiser)
    made = Extension.objects.select_for_update().filter(pk=extension_id, edition=edition).first()
    if made is None:
        raise NotFound()
    if made.ended_at is not None or made.until <= at:
        raise Refused("这次延期已经撤回或已经到期。", "This extension has ended.")
    reason = _reason(reason, "撤回延期")
    made.ended_at, made.ended_by_id, made.ended_why = at, actor.user_id, reason
    made.ended_until = min(made.until, midnight(today_of(at) + timedelta(days=1)))
    made.save(update_fields=["ended_at", "ended_by", "ended_why", "ended_until"])
    programme = programme_of(main_process(edition))
    closes = window_of(programme, made.time, made.organisation_id).closes or made.ended_until
    if edition.state == Edition.State.OPEN:
        _tell(programme, made, at, "的延期已撤回，现截止到", closes, reason)
    append(
        actor=actor,
        at=at,
        action="edition.extend_back",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"time": made.time, "closes": closes.isoformat(), "reason": reason, "organisation": made.organisation_id},
    )
    return made


def _reason(text: str, what: str) -> str:
    reason = text.strip()
    if not reason:
        raise BadInput(f"{what}须写明理由。", "A reason is needed.", place="理由")
    if len(reason) > REASON:
        raise BadInput(f"理由不超过 {REASON} 字，现有 {len(reason)} 字。", "The reason is too long.", place="理由")
    return reason


def _tell(programme: Programme, made: Extension, at: datetime, verb: str, closes: datetime, reason: str) -> None:
    spec = programme.time(made.time)
    last = timezone.localtime(closes - timedelta(microseconds=1))
    named = f"“{programme.edition.title}”的“{spec.shown if spec else made.time}”"
    moved = f"{named}{verb}{last.month}月{last.day}日 24:00"
    whom = "（仅限贵单位）" if made.organisation_id is not None else ""
    organisations, users = concerned(programme, made.time, made.organisation_id)
    tell_all(
        at=at,
        text=f"{moved}{whom}。理由：{reason}",
        link="todo",
        organisation_ids=organisations,
        user_ids=users,
        kind=Message.Kind.REMINDER,
        headline=f"{moved}{whom}。",
    )


def concerned(programme: Programme, time: str, organisation_id: int | None) -> tuple[set[int], set[int]]:
    """Organisations and people whom a time of the pack binds; for one unit: it, and the units whose nominations under
    way go through it. Six queries at most."""
    cases = Case.objects.filter(process=programme.process, state__in=[CaseState.DRAFT, CaseState.RETURNED])
    if organisation_id is not None:
        through = cases.filter(nominator_id=organisation_id).values_list("applying_unit_id", flat=True)
        return {organisation_id, *through}, set()
    stages = [one for one in programme.stages if time in {one.time, one.due, getattr(one, "period", None)}]
    roles = {role for one in stages for role in programme.expand(one.by)}
    if any(one.type == "apply" for one in stages):
        roles |= programme.nominating
    bound = EditionRole.objects.filter(edition=programme.edition, role__in=sorted(roles))
    organisations = set(bound.values_list("organisation_id", flat=True))
    users: set[int] = set()
    for one in stages:
        if one.type == "apply":
            organisations |= set(cases.values_list("applying_unit_id", flat=True))
        elif one.type == "opinion":
            asked = Opinion.objects.filter(
                case__process=programme.process, case__state__in=sorted(LIVE), verdict="", organisation__isnull=False
            )
            organisations |= {pk for pk in asked.values_list("organisation_id", flat=True) if pk is not None}
        elif one.type == "panel":
            seated = Expert.objects.filter(process=programme.process, stage=one.id)
            users |= set(seated.values_list("user_id", flat=True))
    return organisations, users
