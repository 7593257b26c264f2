"""A notice as it would be posted: who stands on it in which order, its text, its days, what forbids it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongjiang.catalogue.strokes import stroke_count, stroke_ranks
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.decision import Decision
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.kernel.names import stroke_key
from gongjiang.models import Case, Notice, NoticeEntry, StageRow
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.rules.public_notices.headings import stroke_heading
from gongjiang.services.nominations.seats import list_size
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.authority import handles, publish_stage
from gongjiang.services.public_notices.candidates import require_ready, unposted
from gongjiang.services.public_notices.shown import cells_of, columns_of, gate, scan, section_of
from gongjiang.services.public_notices.terms import Days, days_of
from gongjiang.services.public_notices.wording import body_of, issuer_of, title_of


@dataclass(frozen=True)
class Line:
    """One person on the notice. `group`: strokes or region; `section`: award and tier."""

    case: Case
    shown: dict[str, str]
    section: str
    group: str
    place: int


@dataclass(frozen=True)
class Draft:
    """All that the preview shows and posting writes. `decision` holds what the gate found; `again`: not the first of
    this body; `unit`: whose own notice it is."""

    programme: Programme
    stage: Publish
    unit: int | None
    ordinal: int
    again: bool
    title: str
    body: tuple[str, ...]
    issuer: str
    contact: dict[str, str]
    columns: list[dict[str, str]]
    days: Days
    lines: tuple[Line, ...]
    kept: tuple[StageRow, ...]
    reserves: tuple[StageRow, ...]
    size: int | None
    decision: Decision
    warnings: tuple[str, ...]


def preview(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    unit: int | None = None,
    published_on: date | None = None,
    title: str = "",
    body: str = "",
    contact: Mapping[str, str] | None = None,
) -> Draft:
    """What `publish` with the same arguments would post; nothing is written. `body`: paragraphs, one a line.

    Raises Refused while the list before isn't closed or nobody is left to post, UndecreedYear, BadInput
    for a day that has passed, NotAllowed unless the actor handles this stage.
    """
    stage = publish_stage(programme, stage_id)
    require_unit(stage, unit)
    if not handles(actor, programme, stage.by, unit=unit):
        raise NotAllowed(f"公示由{'、'.join(programme.role_label(one) for one in stage.by)}办理。", "Not your part.")
    require_ready(programme, stage, unit)
    rows = unposted(programme, stage, unit)
    size = list_size(programme, stage.keep)
    room = len(rows) if size is None else max(0, size - taken_places(programme, stage, unit))
    return compose(
        programme,
        stage,
        at=at,
        unit=unit,
        kept=rows[:room],
        reserves=rows[room:],
        published_on=published_on,
        title=title,
        body=body,
        contact=contact,
    )


def compose(
    programme: Programme,
    stage: Publish,
    *,
    at: datetime,
    unit: int | None = None,
    kept: Sequence[StageRow],
    reserves: Sequence[StageRow] = (),
    published_on: date | None = None,
    title: str = "",
    body: str = "",
    contact: Mapping[str, str] | None = None,
) -> Draft:
    """The notice of these rows, with what was edited in place of what the pack would say."""
    today = timezone.localtime(at).date()
    posted = published_on or today
    if posted < today:
        raise BadInput("公示日期不能早于今天。", "A notice can't be dated back.", place="公示日期")
    before = list(Notice.objects.filter(process=programme.process, stage=stage.id).values_list("unit_id", flat=True))
    again = unit in before
    days = days_of(programme, stage, posted)
    columns = columns_of(programme, stage.shows)
    lines = arrange(programme, stage, [row.case for row in kept], columns)
    text = tuple(one.strip() for one in body.splitlines() if one.strip()) or body_of(
        programme, stage, [one.case for one in lines], days, 1 + again
    )
    heading = title.strip() or title_of(programme, stage, 1 + again)
    said = {key: value.strip() for key, value in (contact or {}).items() if value.strip()}
    findings = scan(heading, [*text, *said.values()], columns, [one.shown for one in lines], posted)
    return Draft(
        programme,
        stage,
        unit,
        len(before) + 1,
        again,
        heading,
        text,
        issuer_of(programme, stage, unit),
        said,
        columns,
        days,
        tuple(lines),
        tuple(kept),
        tuple(reserves),
        list_size(programme, stage.keep),
        gate(findings),
        days.warnings,
    )


def arrange(programme: Programme, stage: Publish, cases: Sequence[Case], columns: list[dict[str, str]]) -> list[Line]:
    """Lines in the order of the page: award, tier, then strokes of the surname, region, or rank."""
    awards = {one.id: n for n, one in enumerate(programme.awards)}
    ranks = stroke_ranks()
    lines: list[Line] = []
    for n, case in enumerate(cases, 1):
        cells = cells_of(programme, case, columns)
        group = _group(stage, case, cells.get("name", case.title))
        lines.append(Line(case, cells, section_of(programme, case), group, n))

    def key(line: Line) -> tuple[object, ...]:
        case = line.case
        tiers = [one.id for one in programme.award(case.award).tiers]
        tier = tiers.index(case.standing) if case.standing in tiers else len(tiers)
        name = line.shown.get("name", case.title)
        within: tuple[object, ...] = (line.place,)
        if stage.order == "strokes":
            within = (stroke_key(name, ranks), case.pk)
        elif stage.order == "region":
            within = (case.nominator_id, stroke_key(name, ranks), case.pk)
        return (awards.get(case.award, len(awards)), tier, *within)

    return sorted(lines, key=key)


def _group(stage: Publish, case: Case, name: str) -> str:
    """The heading inside a section: 二画, 三画 …, a region, or none."""
    if stage.order == "region":
        return (case.nominator.region or case.nominator.short_name)[:30]
    return "" if stage.order == "rank" or not name else stroke_heading(stroke_count(name[0]))


def require_unit(stage: Publish, unit: int | None) -> None:
    """A notice of each unit's own is of one unit; any other is of none."""
    if bool(stage.per) != (unit is not None):
        raise BadInput(f"“{stage.shown}”由各推荐单位分别公示，请先选择单位。", "Choose the unit.", place=stage.shown)


def taken_places(programme: Programme, stage: Publish, unit: int | None = None) -> int:
    """Places of the notice (of the `unit`'s own) that are in use: one for each case on it that was not struck."""
    return (
        NoticeEntry.objects.filter(notice__process=programme.process, notice__stage=stage.id, notice__unit_id=unit)
        .exclude(state=NoticeEntry.State.STRUCK)
        .values("case_id")
        .distinct()
        .count()
    )
