"""Papers arrive: counted by hand or by the codes on them, each arrival with a receipt and a message to the unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Arrival, ArrivedPaper, Case, Organisation
from gongjiang.rules.papers.page_code import parse_typed
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.papers.arrived import receives, unit_papers
from gongjiang.services.papers.crossed import crossed
from gongjiang.services.papers.expected import Expected, Key, cases_by_unit, due_of, receivers_of
from gongjiang.services.papers.match import Match, match
from gongjiang.services.programmes.programme import Programme

MOST: Final = 999
CODES: Final = 600


@dataclass(frozen=True)
class Brought:
    """One delivery as it was typed. `counts`: (originals, copies) by case and form; `codes`: page codes, one a line."""

    brought_by: str
    arrived_on: date
    way: str = Arrival.Way.BROUGHT
    posted_on: date | None = None
    counts: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    codes: str = ""
    note: str = ""


def register(
    *, actor: Actor, at: datetime, programme: Programme, stage: Stage, unit: Organisation, brought: Brought
) -> Arrival:
    """Put a delivery on record and tell the unit. BadInput where nothing was counted, or a day can't be; Refused for a
    code of another unit's papers. A stale print is taken as it is: it has come, and the receipt says it must be
    replaced."""
    if not receives(actor, programme, stage):
        raise NotAllowed("纸质材料由接收的单位登记。", "Registered by the body that receives them.")
    cases = cases_by_unit(programme, stage).get(unit.pk, [])
    papers = {one.expected.key: one.expected for one in unit_papers(programme, stage, unit, cases).sheets}
    by = clean(brought.brought_by).strip()
    if not by or len(by) > 60:
        raise BadInput("请写明送件人或寄件人（60 字以内）。", "Say who brought them.", place="送件人")
    _days(brought, at)
    counts, told = _counted(programme, cases, papers, brought)
    stale = {key: "、".join(one.changed) for key, one in told.items()}
    due = due_of(programme, stage, unit.pk)
    desks = receivers_of(programme, stage)
    mine = desks & actor.organisation_ids(edition_id=programme.edition.pk)
    with transaction.atomic():
        made = _create(
            Arrival(
                process=programme.process,
                stage=stage.id,
                unit=unit,
                to_id=min(mine or desks),
                way=brought.way,
                arrived_on=brought.arrived_on,
                posted_on=brought.posted_on,
                brought_by=by,
                late_days=due.late_days(brought.arrived_on, brought.posted_on),
                note=clean(brought.note).strip()[:200],
                by_id=actor.user_id,
                at=at,
            )
        )
        ArrivedPaper.objects.bulk_create(
            ArrivedPaper(
                arrival=made,
                case=papers[key].case,
                form=key[1],
                label=papers[key].label[:120],
                originals=originals,
                copies=copies,
                coded=key in told,
                printed=told[key].printed if key in told else None,
                stale=stale.get(key, "")[:300],
            )
            for key, (originals, copies) in counts.items()
        )
        _tell(made, counts, stale, at)
        for text in crossed_by(made):
            tell(at=at, text=f"收到的纸质件与盖章件不是同一版。{text}", organisation_id=made.unit_id)
        _record(actor, at, made, "paper.arrive", papers=len(counts), late=made.late_days)
    return made


def crossed_by(made: Arrival) -> list[str]:
    """What is wrong between the papers of this delivery and the scans of the same forms, and what to do."""
    keys = {(one.case_id, one.form) for one in made.papers.all() if one.printed_id is not None}
    found = crossed(case for case, _form in keys if case is not None)
    return [text for key, text in found.items() if key in keys]


@transaction.atomic
def void(*, actor: Actor, at: datetime, programme: Programme, arrival_id: int, reason: str) -> Arrival:
    """Strike an arrival that was registered by mistake, with a reason; it stays on record."""
    made = Arrival.objects.select_for_update().filter(process=programme.process, pk=arrival_id).first()
    if made is None or not receives(actor, programme, programme.stage(made.stage)):
        raise NotFound()
    why = clean(reason).strip()
    if not why or len(why) > 200:
        raise BadInput("请写明作废的原因（200 字以内）。", "Say why.", place="原因")
    if made.voided_at is not None:
        raise Refused("这张回执已经作废。", "Voided already.")
    made.voided_at, made.voided_why = at, why
    made.save(update_fields=["voided_at", "voided_why"])
    tell(at=at, text=f"纸质材料回执 {made.number} 已作废：{why}", link="", organisation_id=made.unit_id)
    _record(actor, at, made, "paper.void")
    return made


def _days(brought: Brought, at: datetime) -> None:
    today = timezone.localtime(at).date()
    if brought.arrived_on > today:
        raise BadInput("收到日期不能晚于今天。", "It can't have come yet.", place="收到日期")
    if brought.way not in Arrival.Way.values:
        raise BadInput("请选择送达或邮寄。", "Brought or posted.", place="方式")
    if brought.way == Arrival.Way.POSTED and brought.posted_on is None:
        raise BadInput("邮寄的请填寄出日（邮戳日）。", "Say when it was posted.", place="寄出日")
    if brought.posted_on is not None and brought.posted_on > brought.arrived_on:
        raise BadInput("寄出日不能晚于收到日期。", "Posted after it came.", place="寄出日")


def _counted(
    programme: Programme, cases: Iterable[Case], papers: Mapping[Key, Expected], brought: Brought
) -> tuple[dict[Key, tuple[int, int]], dict[Key, Match]]:
    """Originals and copies by paper; and for those told by code the print they are of, with what changed since."""
    counts: dict[Key, tuple[int, int]] = {}
    for key, (originals, copies) in brought.counts.items():
        if key not in papers:
            raise BadInput("有一项不在这家单位应交的材料里，请刷新页面。", "Not expected from this unit.")
        if not (0 <= originals <= MOST and 0 <= copies <= MOST):
            raise BadInput(f"份数为 0 至 {MOST}。", "0 to 999.", place=papers[key].label)
        if originals or copies:
            counts[key] = (originals, copies)
    told: dict[Key, Match] = {}
    numbered = {one.number: one for one in cases}
    for line in [one for one in brought.codes.splitlines() if one.strip()][:CODES]:
        code = parse_typed(line)
        case = numbered.get(code.case_no)
        if case is None:
            raise Refused(f"编号 {code.case_no} 的表不是这家单位的，或还没有报送。", "Another unit's.", place="页码")
        found = match(programme, case, code)
        key = (case.pk, found.printed.form)
        if key not in papers:
            raise Refused(f"{case.title}的“{found.label}”不在应交的材料里。", "Not expected.", place="页码")
        if key not in told:
            originals, copies = counts.get(key, (0, 0))
            counts[key] = (max(originals, 1), copies)
        told[key] = found
    if not counts:
        raise BadInput("请至少登记一份材料。", "Count at least one paper.", place="份数")
    return counts, told


def _create(row: Arrival) -> Arrival:
    """With the next number of the day; two desks at the same moment get two numbers."""
    prefix = f"ZL-{timezone.localtime(row.at):%y%m%d}-"
    for _ in range(5):
        last = Arrival.objects.filter(number__startswith=prefix).order_by("-number").values_list("number", flat=True)
        row.number = f"{prefix}{max((int(one.rpartition('-')[2]) for one in last[:1]), default=0) + 1:03d}"
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            continue
        return row
    raise Refused("此刻登记的人太多，请稍后再试。", "Too busy; try again.")


def _tell(made: Arrival, counts: Mapping[Key, tuple[int, int]], stale: Mapping[Key, str], at: datetime) -> None:
    sheets = sum(originals + copies for originals, copies in counts.values())
    text = f"已收到贵单位{long_date(made.arrived_on)}的纸质材料 {len(counts)} 种 {sheets} 份，回执 {made.number}。"
    if made.late_days:
        text += f"晚于规定日期 {made.late_days} 天。"
    wrong = sum(bool(one) for one in stale.values())
    if wrong:
        text += f"其中 {wrong} 种与现在的表不一致，须重新打印盖章。"
    tell(at=at, text=text, link="", organisation_id=made.unit_id)


def _record(actor: Actor, at: datetime, made: Arrival, action: str, **data: int) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="arrival",
        key=made.pk,
        edition_id=made.process.edition_id,
        data={"number": made.number, "unit": made.unit_id, **data},
    )
