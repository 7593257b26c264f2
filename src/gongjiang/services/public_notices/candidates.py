"""Who goes on a notice: those open at its stage, in the order of the lists they come from."""

from collections.abc import Sequence

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, NoticeEntry, Organisation, StageRow
from gongjiang.rules.nominations.flow import source_map
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.programmes.programme import Programme

#: Rows that say a case is no longer waited for: it stands apart, or is out.
ASIDE = (RowState.ALTERNATE, RowState.OUT, RowState.STRUCK)


def upstream(stages: Sequence[Stage], start: str) -> frozenset[str]:
    """All stages through which a case comes to `start`, those it waits for (`after`) too."""
    joined, waits = source_map(stages), {one.id: one.after for one in stages}
    found: set[str] = set()
    todo = [*joined[start], *waits[start]]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [*joined[name], *waits[name]]
    return frozenset(found)


def unposted(programme: Programme, stage: Publish, unit: int | None = None) -> list[StageRow]:
    """Open rows of the stage (of one `unit`) whose case stands on no notice of it, in list order."""
    posted = NoticeEntry.objects.filter(notice__process=programme.process, notice__stage=stage.id).exclude(
        state=NoticeEntry.State.STRUCK
    )
    rows = list(
        StageRow.objects.filter(
            process=programme.process, stage=stage.id, state=RowState.OPEN, case__state__in=sorted(LIVE)
        )
        .filter(**_of(unit))
        .exclude(case_id__in=posted.values("case_id"))
        .select_related("case__subject", "case__nominator", "case__applying_unit")
        .prefetch_related("case__parties__organisation")
        .order_by("id")
    )
    return list_order(programme, stage, rows)


def list_order(programme: Programme, stage: Stage, rows: Sequence[StageRow]) -> list[StageRow]:
    """Rows by award, then by the place that the nearest list gave them."""
    places = list_places(programme, stage, [row.case_id for row in rows])
    awards = {one.id: n for n, one in enumerate(programme.awards)}
    far = (len(programme.stages), 10**9)

    def key(row: StageRow) -> tuple[int, int, int, int]:
        n, place = places.get(row.case_id, far)
        return awards.get(row.case.award, len(awards)), place, n, row.case_id

    return sorted(rows, key=key)


def list_places(programme: Programme, stage: Stage, cases: Sequence[int]) -> dict[int, tuple[int, int]]:
    """(stage, place) by case: the place that the nearest list upstream gave it; a place on the notice's own list
    (a substitute's) goes before."""
    order = {one.id: n for n, one in enumerate(programme.stages)}
    behind = upstream(programme.stages, stage.id) | {stage.id}
    found: dict[int, tuple[int, int]] = {}
    for case_id, name, place in StageRow.objects.filter(
        case_id__in=cases, stage__in=behind, position__isnull=False
    ).values_list("case_id", "stage", "position"):
        if order[name] >= found.get(case_id, (-1, 0))[0]:
            found[case_id] = (order[name], place or 0)
    return found


def still_coming(programme: Programme, stage: Publish, unit: int | None = None) -> list[Case]:
    """Live cases on their way here: the list before isn't closed, or a step that the notice waits for isn't done."""
    behind = upstream(programme.stages, stage.id)
    rows = StageRow.objects.filter(process=programme.process)
    here = rows.filter(stage=stage.id).exclude(state=RowState.WAITING)
    aside = rows.filter(stage__in=behind, state__in=ASIDE)
    waiting = (
        rows.filter(
            stage__in=behind,
            state=RowState.OPEN,
            case__state__in=sorted(LIVE),
            case__submitted_at__isnull=False,
            **_of(unit),
        )
        .exclude(case_id__in=here.values("case_id"))
        .exclude(case_id__in=aside.values("case_id"))
        .values("case_id")
    )
    return list(Case.objects.filter(pk__in=waiting).order_by("id"))


def require_ready(programme: Programme, stage: Publish, unit: int | None = None) -> None:
    """Raise Refused while somebody could still come onto the list that is to be published."""
    coming = still_coming(programme, stage, unit)
    if coming:
        names = "、".join(one.title for one in coming[:5]) + ("等" if len(coming) > 5 else "")
        raise Refused(
            f"还有 {len(coming)} 人在前面的环节没有办结（{names}）。请先确定前面的名单、办完须先办的环节，再公示。",
            "Lists or steps before the notice are still open.",
            place=stage.shown,
        )


def units_of(programme: Programme, stage: Publish) -> list[Organisation]:
    """Nominating units with somebody who came to this notice, by place in the tree."""
    rows = StageRow.objects.filter(process=programme.process, stage=stage.id).exclude(
        state__in=[RowState.WAITING, RowState.PASSED_BY]
    )
    return list(Organisation.objects.filter(pk__in=rows.values("case__nominator_id")).order_by("path"))


def _of(unit: int | None) -> dict[str, int]:
    return {} if unit is None else {"case__nominator_id": unit}
