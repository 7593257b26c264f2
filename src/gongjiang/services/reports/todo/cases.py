"""Things to do with single cases: mend, fill in, check, send up."""

from collections.abc import Iterable, Mapping

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.nominations.start import FILING
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.item import Item, Waiting, by_unit, few
from gongjiang.services.reports.todo.rows import AskedBox, OpenRow
from gongjiang.services.reports.todo.scope import Scope
from gongjiang.services.reports.todo.signing import box_items, case_base, waiting

SINGLY = 6
VERBS = {"check": ("审核", "去审核"), "submit": ("上报", "去上报"), "opinion": ("办结", "去办结")}
CASE_TYPES = frozenset(VERBS)


def acting_for(
    scope: Scope, programme: Programme, stage: Stage, row: OpenRow, parts: Mapping[int, Mapping[str, int]]
) -> int | None:
    """For which of my organisations a stage with this case is mine: the case's own party first."""
    roles = programme.expand(stage.by)
    acting = scope.acting(programme.edition.pk)
    own = parts.get(row.case_id, {})
    for role in sorted(roles):
        if own.get(role) in acting:
            return own[role]
    wide = scope.wide(programme, stage) & acting
    return min(wide) if wide else None


def case_items(
    scope: Scope, rows: Iterable[OpenRow], boxes: Iterable[AskedBox], parts: Mapping[int, Mapping[str, int]]
) -> tuple[list[Item], list[Waiting]]:
    """Items by case or by stage, and what waits with others."""
    asked = list(boxes)
    pending = {one.case_id for one in asked}
    grouped: dict[tuple[int, str, int], list[OpenRow]] = {}
    filed: dict[tuple[int, str], list[OpenRow]] = {}
    elsewhere: dict[tuple[int, str], list[OpenRow]] = {}
    for row in rows:
        programme = scope.programmes[row.process_id]
        stage = programme.stage(row.stage)
        if stage.type == "apply":
            if row.filer_id == scope.actor.user_id or row.unit_id in scope.filing(programme.edition.pk):
                filed.setdefault((row.process_id, row.stage), []).append(row)
            elif _mine(scope, row) and row.state == CaseState.RETURNED:
                elsewhere.setdefault((row.process_id, row.stage), []).append(row)
            continue
        ours = acting_for(scope, programme, stage, row, parts) if stage.type in CASE_TYPES else None
        own = row.filer_id == scope.actor.user_id
        if stage.fills and ours is None and row.unit_id in scope.filing(programme.edition.pk):
            ours = row.unit_id
        if ours is not None and (stage.fills or not own) and not (stage.type == "opinion" and row.case_id in pending):
            grouped.setdefault((row.process_id, row.stage, ours), []).append(row)
        elif ours is None and _mine(scope, row):
            elsewhere.setdefault((row.process_id, row.stage), []).append(row)
    items = [item for key, some in filed.items() for item in _filing_items(scope, key, some)]
    items += [_stage_item(scope, key, some) for key, some in grouped.items()]
    items += box_items(scope, asked)
    return items, waiting(scope, elsewhere, asked)


def _mine(scope: Scope, row: OpenRow) -> bool:
    ours = scope.filing(scope.programmes[row.process_id].edition.pk)
    return row.filer_id == scope.actor.user_id or row.unit_id in ours or row.nominator_id in ours


def _filing_items(scope: Scope, key: tuple[int, str], rows: list[OpenRow]) -> list[Item]:
    """Returned cases one by one; drafts one by one while they are few."""
    programme = scope.programmes[key[0]]
    stage = programme.stage(key[1])
    units = scope.filing(programme.edition.pk)
    found: list[Item] = []
    drafts: list[OpenRow] = []
    for row in rows:
        base = case_base(scope, programme, stage, row.unit_id if row.unit_id in units else None, row)
        if row.state == CaseState.RETURNED:
            found.append(
                Item(
                    "mend",
                    f"补正{row.title or '未填姓名者'}的{programme.called}",
                    "去补正",
                    case_id=row.case_id,
                    state="returned",
                    facts=(row.note,) if row.note else (),
                    roles=frozenset(FILING),
                    **base,
                )
            )
        else:
            drafts.append(row)
    if len(drafts) > SINGLY:
        base = case_base(scope, programme, stage, drafts[0].unit_id if drafts[0].unit_id in units else None, drafts[0])
        names = few([one.title for one in drafts])
        found.append(
            Item(
                "drafts",
                f"填完并提交 {len(drafts)} 件{programme.called}",
                "继续填报",
                state="draft",
                count=len(drafts),
                facts=(names,),
                roles=frozenset(FILING),
                **base,
            )
        )
        return found
    for row in drafts:
        base = case_base(scope, programme, stage, row.unit_id if row.unit_id in units else None, row)
        found.append(
            Item(
                "draft",
                f"填完并提交{row.title or '未填姓名者'}的{programme.called}",
                "继续填报",
                case_id=row.case_id,
                state="draft",
                facts=(row.unit,),
                roles=frozenset(FILING),
                **base,
            )
        )
    return found


def _stage_item(scope: Scope, key: tuple[int, str, int], rows: list[OpenRow]) -> Item:
    programme = scope.programmes[key[0]]
    stage = programme.stage(key[1])
    word, verb = ("办理", "去办理") if stage.fills else VERBS[stage.type]
    returned = sum(1 for one in rows if one.state == CaseState.RETURNED)
    many = len(rows) > 1
    title = f"{word}“{stage.shown}”{len(rows)} 件" if many else f"{word}{rows[0].title}的“{stage.shown}”"
    facts = by_unit([one.unit for one in rows])
    if many:
        facts = (*facts, few([one.title for one in rows]))
    return Item(
        stage.type,
        title,
        verb,
        case_id=None if many else rows[0].case_id,
        count=len(rows),
        facts=(*facts, f"其中 {returned} 件由上级退回") if returned else facts,
        state="returned" if returned else "submitted",
        roles=frozenset(ACTING),
        **case_base(scope, programme, stage, key[2], None if many else rows[0]),
    )
