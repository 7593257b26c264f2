"""Things to do with single cases: mend, fill in, check, send up, give an opinion; and what is with others."""

from collections.abc import Iterable, Mapping
from typing import Any

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.nominations.start import FILING
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.item import Item, Waiting, by_unit, few
from gongjiang.services.reports.todo.rows import AskedBox, OpenRow
from gongjiang.services.reports.todo.scope import Scope

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
        if ours is not None and not own and not (stage.type == "opinion" and row.case_id in pending):
            grouped.setdefault((row.process_id, row.stage, ours), []).append(row)
        elif ours is None and _mine(scope, row):
            elsewhere.setdefault((row.process_id, row.stage), []).append(row)
    items = [item for key, some in filed.items() for item in _filing_items(scope, key, some)]
    items += [_stage_item(scope, key, some) for key, some in grouped.items()]
    items += _box_items(scope, asked)
    return items, _waiting(scope, elsewhere, asked)


def _mine(scope: Scope, row: OpenRow) -> bool:
    ours = scope.filing(scope.programmes[row.process_id].edition.pk)
    return row.filer_id == scope.actor.user_id or row.unit_id in ours or row.nominator_id in ours


def _base(scope: Scope, programme: Programme, stage: Stage, organisation_id: int | None) -> dict[str, Any]:
    return {
        "edition_id": programme.edition.pk,
        "edition": programme.edition.title,
        "stage": stage.id,
        "closes": scope.closes(programme, stage, organisation_id),
        "organisation_id": organisation_id,
    }


def _filing_items(scope: Scope, key: tuple[int, str], rows: list[OpenRow]) -> list[Item]:
    """Returned cases one by one; drafts one by one while they are few."""
    programme = scope.programmes[key[0]]
    stage = programme.stage(key[1])
    units = scope.filing(programme.edition.pk)
    found: list[Item] = []
    drafts: list[OpenRow] = []
    for row in rows:
        base = _base(scope, programme, stage, row.unit_id if row.unit_id in units else None)
        if row.state == CaseState.RETURNED:
            found.append(
                Item(
                    "mend",
                    f"补正{row.title or '未填姓名者'}的申报",
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
        base = _base(scope, programme, stage, drafts[0].unit_id if drafts[0].unit_id in units else None)
        names = few([one.title for one in drafts])
        found.append(
            Item(
                "drafts",
                f"填完并提交 {len(drafts)} 件申报",
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
        base = _base(scope, programme, stage, row.unit_id if row.unit_id in units else None)
        found.append(
            Item(
                "draft",
                f"填完并提交{row.title or '未填姓名者'}的申报",
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
    word, verb = VERBS[stage.type]
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
        **_base(scope, programme, stage, key[2]),
    )


def _box_items(scope: Scope, asked: list[AskedBox]) -> list[Item]:
    """Boxes asked of my organisations, one item a sheet's party."""
    grouped: dict[tuple[int, str, str, int], list[AskedBox]] = {}
    for one in asked:
        edition = scope.programmes[one.process_id].edition.pk
        if one.organisation_id is not None and one.organisation_id in scope.acting(edition):
            grouped.setdefault((one.process_id, one.sheet, one.party, one.organisation_id), []).append(one)
    found: list[Item] = []
    for (process_id, sheet, party, organisation_id), boxes in grouped.items():
        programme = scope.programmes[process_id]
        stage = _stage_of(programme, sheet, party)
        label = _party_label(programme, sheet, party)
        many = len(boxes) > 1
        found.append(
            Item(
                "box",
                f"签署“{label}”{len(boxes)} 件" if many else f"签署{boxes[0].title}的“{label}”",
                "去签署",
                case_id=None if many else boxes[0].case_id,
                count=len(boxes),
                facts=(few([one.title for one in boxes]),) if many else (),
                state="submitted",
                state_label="待签署",
                roles=frozenset(ACTING),
                **_base(scope, programme, stage, organisation_id),
            )
        )
    return found


def _stage_of(programme: Programme, sheet: str, party: str) -> Stage:
    """The stage at which a box is filled."""
    at = next(
        (one.at for spec in programme.pack.opinions if spec.id == sheet for one in spec.parties if one.id == party),
        None,
    )
    if at is not None:
        return programme.stage(at)
    return next(one for one in programme.stages if sheet in getattr(one, "sheets", ()))


def _party_label(programme: Programme, sheet: str, party: str) -> str:
    return next(
        (one.shown for spec in programme.pack.opinions if spec.id == sheet for one in spec.parties if one.id == party),
        party,
    )


def _waiting(scope: Scope, rows: Mapping[tuple[int, str], list[OpenRow]], asked: list[AskedBox]) -> list[Waiting]:
    """What is with others, by stage and, for opinions, by the organisation that hasn't answered; longest first."""
    found: list[Waiting] = []
    boxed: dict[tuple[int, int | None, str | None], list[AskedBox]] = {}
    for one in asked:
        edition = scope.programmes[one.process_id].edition.pk
        if one.organisation_id is None or one.organisation_id not in scope.acting(edition):
            boxed.setdefault((one.process_id, one.organisation_id, one.organisation), []).append(one)
    covered: set[int] = set()
    for (process_id, organisation_id, name), boxes in boxed.items():
        covered |= {one.case_id for one in boxes}
        found.append(
            Waiting(
                f"{name or '有关单位'}签署意见",
                tuple(dict.fromkeys(one.title for one in boxes)),
                min(one.asked_at for one in boxes),
                scope.programmes[process_id].edition.pk,
                case_id=boxes[0].case_id if len(boxes) == 1 else None,
                nudge_id=organisation_id,
            )
        )
    for (process_id, name), some in rows.items():
        rest = [one for one in some if one.case_id not in covered]
        if rest:
            programme = scope.programmes[process_id]
            stage = programme.stage(name)
            whom = f"{rest[0].unit}补正" if stage.type == "apply" else stage.shown
            found.append(
                Waiting(
                    whom,
                    tuple(one.title for one in rest),
                    min((one.opened_at for one in rest if one.opened_at is not None), default=None),
                    programme.edition.pk,
                    stage=name,
                    case_id=rest[0].case_id if len(rest) == 1 else None,
                )
            )
    return sorted(found, key=lambda one: (one.since is None, one.since or scope.at))
