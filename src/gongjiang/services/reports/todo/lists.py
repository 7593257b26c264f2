"""Things to do with whole lists: decide, publish, settle, name."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from gongjiang.models import Assignment, NoticeEntry
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.authority import ACTING, DECIDING
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.item import Item, few
from gongjiang.services.reports.todo.rows import OpenRow
from gongjiang.services.reports.todo.scope import Scope

LIST_TYPES = frozenset({"select", "panel", "publish", "name"})
_SCORED = Q(sheets__submitted_at__isnull=False)


def list_items(scope: Scope, rows: Iterable[OpenRow], parts: Mapping[int, Mapping[str, int]]) -> list[Item]:
    """Lists that my organisations decide: one item a list."""
    scored, entries = _scored(scope), _entries(scope)
    grouped: dict[tuple[int, str, int], list[OpenRow]] = {}
    for row in rows:
        programme = scope.programmes[row.process_id]
        stage = programme.stage(row.stage)
        if stage.type in LIST_TYPES:
            for ours in _bodies(scope, programme, stage, row, parts):
                grouped.setdefault((row.process_id, row.stage, ours), []).append(row)
    found: list[Item] = []
    for (process_id, name, ours), some in grouped.items():
        programme = scope.programmes[process_id]
        stage = programme.stage(name)
        decides = ours in scope.deciding(programme.edition.pk)
        make = _MAKERS[stage.type]
        found += make(scope, programme, stage, ours, some, decides, scored.get((process_id, name)), entries)
    return found


def _bodies(
    scope: Scope, programme: Programme, stage: Stage, row: OpenRow, parts: Mapping[int, Mapping[str, int]]
) -> list[int]:
    """My organisations that decide this list: the body of the edition, or the case's own unit where units decide."""
    acting = scope.acting(programme.edition.pk)
    wide = scope.wide(programme, stage) & acting
    own = parts.get(row.case_id, {})
    mine = {own[role] for role in programme.expand(stage.by) if own.get(role) in acting}
    return sorted(wide | mine)


def list_base(scope: Scope, programme: Programme, stage: Stage, organisation_id: int | None) -> dict[str, Any]:
    """What every item of a stage says of it."""
    return {
        "edition_id": programme.edition.pk,
        "edition": programme.edition.title,
        "stage": stage.id,
        "closes": scope.window(programme, stage, organisation_id).closes,
        "organisation_id": organisation_id,
    }


def _select(
    scope: Scope,
    programme: Programme,
    stage: Stage,
    ours: int,
    rows: list[OpenRow],
    decides: bool,
    scored: tuple[int, int, int] | None,
    entries: Mapping[int, Any],
) -> list[Item]:
    names = few([one.title for one in rows])
    base = list_base(scope, programme, stage, ours)
    cases, total, done = scored or (0, 0, 0)
    found: list[Item] = []
    if stage.type == "panel" and getattr(stage, "scores", None) != "import" and cases < len(rows):
        found.append(
            Item(
                "assign",
                f"分配“{stage.shown}”的专家",
                "去分配",
                count=len(rows) - cases,
                facts=(f"{len(rows)} 人待评，{len(rows) - cases} 人还没有专家",),
                state="in_progress",
                roles=frozenset(ACTING),
                **base,
            )
        )
    if decides:
        second = names if stage.type == "select" else f"评分 {done}/{total}"
        facts = (f"已到 {len(rows)} 人", second)
        found.append(
            Item(
                "list",
                f"确定“{stage.shown}”名单",
                "去确定",
                count=len(rows),
                facts=facts,
                state="in_progress",
                roles=frozenset(DECIDING),
                **base,
            )
        )
    return found


def _publish(
    scope: Scope,
    programme: Programme,
    stage: Stage,
    ours: int,
    rows: list[OpenRow],
    decides: bool,
    scored: tuple[int, int, int] | None,
    entries: Mapping[int, Any],
) -> list[Item]:
    if not decides:
        return []
    today = timezone.localtime(scope.at).date()
    base = list_base(scope, programme, stage, ours) | {"roles": frozenset(DECIDING)}
    unseen = [one for one in rows if one.case_id not in entries]
    ended = [one for one in rows if one.case_id in entries and entries[one.case_id] < today]
    found: list[Item] = []
    if unseen:
        names = few([one.title for one in unseen])
        found.append(
            Item(
                "publish", f"发布“{stage.shown}”，{len(unseen)} 人", "去发布", count=len(unseen), facts=(names,), **base
            )
        )
    if ended:
        names = few([one.title for one in ended])
        found.append(
            Item(
                "settle",
                f"公示期满，办结 {len(ended)} 人",
                "去办结",
                count=len(ended),
                facts=(names,),
                state="public",
                **base,
            )
        )
    return found


def _name(
    scope: Scope,
    programme: Programme,
    stage: Stage,
    ours: int,
    rows: list[OpenRow],
    decides: bool,
    scored: tuple[int, int, int] | None,
    entries: Mapping[int, Any],
) -> list[Item]:
    if not decides:
        return []
    base = list_base(scope, programme, stage, ours)
    names = few([one.title for one in rows])
    return [
        Item(
            "name",
            f"{stage.shown}，{len(rows)} 人",
            "去命名",
            count=len(rows),
            facts=(names,),
            state="passed",
            roles=frozenset(DECIDING),
            **base,
        )
    ]


_MAKERS = {"select": _select, "panel": _select, "publish": _publish, "name": _name}


def _scored(scope: Scope) -> dict[tuple[int, str], tuple[int, int, int]]:
    """Panels: cases that have experts, sheets asked, sheets handed in."""
    rows = (
        Assignment.objects.filter(case__process_id__in=scope.open_ids, state=Assignment.State.ASSIGNED)
        .values("case__process_id", "stage")
        .annotate(
            cases=Count("case", distinct=True),
            total=Count("id", distinct=True),
            done=Count("id", _SCORED, distinct=True),
        )
    )
    return {(one["case__process_id"], one["stage"]): (one["cases"], one["total"], one["done"]) for one in rows}


def _entries(scope: Scope) -> dict[int, Any]:
    """Last day of each running or ended entry, by case, in editions whose notices are mine."""
    mine = [
        pk
        for pk in scope.open_ids
        if any(
            one.type == "publish" and scope.runs(scope.programmes[pk], one, one.by)
            for one in scope.programmes[pk].stages
        )
    ]
    rows = NoticeEntry.objects.filter(notice__process_id__in=mine).exclude(state=NoticeEntry.State.STRUCK)
    return dict(rows.order_by("ends_on").values_list("case_id", "ends_on"))
