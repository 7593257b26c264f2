"""A union asks units below it for a report; for a report that a notice asks for, unit and day come from its edition."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongjiang.catalogue.reports import template_named, templates
from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Edition, EditionRole, Message, Organisation, PeriodicReport, Process, ReportCall
from gongjiang.rules.reports.template import Template, as_data, typed_sections
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell_all
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.reports.periodic.scope import acts_for, need

PASSING_ON = (Organisation.Level.NATIONAL, Organisation.Level.PROVINCE)
"""Who asks for the report of 第二十二条: the national union of the provinces, a province of its cities for its own."""
OWN = "own"
"""A report of the asker's own making."""


@dataclass(frozen=True)
class Offer:
    """A report that may be asked for. `due`, `edition`, `period`: where a notice says them."""

    template: Template
    edition: Edition | None
    due: date | None
    period: str


@dataclass(frozen=True)
class Asked:
    """What is typed. `units`: ids; `sections`: one a line, for a report of one's own making."""

    kind: str
    period: str
    since: date | None
    as_of: date | None
    due: date | None
    units: Collection[int]
    title: str = ""
    basis: str = ""
    sections: str = ""
    reach: str = "tree"
    edition: int | None = None


def offers(actor: Actor, asker: Organisation) -> list[Offer]:
    """Reports that this organisation may ask for, those with a day in a notice first. Three queries at most."""
    if not acts_for(actor, asker, tuple(HANDLING)):
        return []
    found = []
    for one in templates():
        if one.pack:
            found += [_offered(one, process) for process in _editions(one.pack, asker)]
        elif asker.level in PASSING_ON and asker.kind == Organisation.Kind.UNION:
            found.append(Offer(one, None, None, ""))
    return [*found, Offer(Template(OWN, "", ()), None, None, "")]


def units_for(asker: Organisation, offer: Offer) -> list[Organisation]:
    """Who would owe it: the nominating units of the edition, else the unions right under the asker. One query."""
    units = Organisation.objects.filter(active=True).exclude(kind=Organisation.Kind.ENTERPRISE)
    if offer.edition is not None:
        programme = programme_of(Process.objects.select_related("edition__pack").get(
            edition=offer.edition, name="nomination"))  # fmt: skip
        held = EditionRole.objects.filter(edition=offer.edition, role__in=programme.nominating)
        return list(units.filter(pk__in=held.values("organisation")).order_by("path"))
    top = asker if asker.kind == Organisation.Kind.UNION else asker.parent
    below = units.filter(parent=top, kind=Organisation.Kind.UNION)
    if offer.template.id != OWN and asker.level == Organisation.Level.NATIONAL:
        below = below.filter(level=Organisation.Level.PROVINCE)
    return list(below.order_by("path"))


@transaction.atomic
def open_call(*, actor: Actor, at: datetime, asker_id: int, asked: Asked) -> ReportCall:
    """Ask: every unit gets a report to write and is told. Raises NotFound, NotAllowed, BadInput, Refused."""
    asker = Organisation.objects.filter(pk=asker_id).first()
    if asker is None:
        raise NotFound()
    need(actor, asker, tuple(HANDLING))
    offer = _chosen(actor, asker, asked)
    template = _template(offer, asked)
    since, as_of, due = _days(asked)
    units = [one for one in units_for(asker, offer) if one.pk in set(asked.units)]
    if not units:
        raise BadInput("请至少选一个报送单位。", "Choose a unit.", place="报送单位")
    period = clean(asked.period).strip()[:30]
    if not period:
        raise BadInput("请填写报告期，如 2026年。", "Give the period.", place="报告期")
    try:
        with transaction.atomic():
            call = ReportCall.objects.create(
                asker=asker,
                kind=template.id,
                title=template.label,
                period=period,
                since=since,
                as_of=as_of,
                due=due,
                basis=template.cite or clean(asked.basis).strip()[:120],
                template=as_data(template),
                edition=offer.edition,
                by_id=actor.user_id,
                at=at,
            )
    except IntegrityError as error:
        raise Refused(f"“{period}”的{template.label}已经发起过，请换一个报告期。", "Asked for already.") from error
    PeriodicReport.objects.bulk_create(PeriodicReport(call=call, unit=one) for one in units)
    tell_all(
        at=at,
        text=f"{asker.short_name or asker.name}请贵单位报送{period}{template.label}，{due:%-m月%-d日}前报送。",
        link="reports",
        organisation_ids=[one.pk for one in units],
        kind=Message.Kind.REMINDER,
        headline="上级工会请贵单位报送工作报告。",
    )
    append(
        actor=actor, at=at, action="report.call", kind="report_call", key=call.pk, edition_id=call.edition_id,
        data={"kind": call.kind, "period": period, "due": due.isoformat(), "units": [one.pk for one in units]},
    )  # fmt: skip
    return call


def _chosen(actor: Actor, asker: Organisation, asked: Asked) -> Offer:
    for one in offers(actor, asker):
        if one.template.id == asked.kind and (one.edition.pk if one.edition else None) == asked.edition:
            return one
    raise BadInput("请选择报告的种类。", "Choose a kind.", place="报告种类")


def _template(offer: Offer, asked: Asked) -> Template:
    if offer.template.id != OWN:
        return template_named(offer.template.id) or offer.template
    title, sections = clean(asked.title).strip()[:80], typed_sections(clean(asked.sections))
    if not title:
        raise BadInput("请填写报告名称。", "Give the title.", place="报告名称")
    if not sections:
        raise BadInput("请至少写一个部分，一行一个。", "Give a section a line.", place="报告的部分")
    made = Template(OWN, title, sections, reach="own" if asked.reach == "own" else "tree")
    return replace(made, id=f"own:{title}"[:30])


def _days(asked: Asked) -> tuple[date, date, date]:
    for day, label in ((asked.since, "自"), (asked.as_of, "数据截至"), (asked.due, "报送时限")):
        if day is None:
            raise BadInput("请填写日期。", "Give the day.", place=label)
    if asked.as_of < asked.since:  # type: ignore[operator]
        raise BadInput("数据截至的日子早于报告期开始。", "It ends before it begins.", place="数据截至")
    return asked.since, asked.as_of, asked.due  # type: ignore[return-value]


def _editions(pack: str, asker: Organisation) -> list[Process]:
    """Editions of a pack, or under it, that the asker organises or holds a part of."""
    found = Process.objects.filter(name="nomination", edition__pack__pack_id=pack).exclude(edition__state="preparing")
    part = EditionRole.objects.filter(organisation=asker, per_case=False).values("edition")
    mine = found.filter(edition__organiser=asker) | found.filter(edition__in=part)
    return list(mine.select_related("edition__pack").distinct().order_by("-edition_id")[:5])


def _offered(template: Template, process: Process) -> Offer:
    programme = programme_of(process)
    time = programme.time(template.due)
    due = getattr(time, "date", None)
    year = programme.pack.pack.year
    return Offer(template, programme.edition, due if isinstance(due, date) else None, f"{year}年" if year else "")
