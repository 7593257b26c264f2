"""Boxes to sign, and what is with others: opinions they owe, stages at which they act."""

from collections.abc import Mapping
from typing import Any

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.item import Item, Waiting, few
from gongjiang.services.reports.todo.rows import AskedBox, OpenRow
from gongjiang.services.reports.todo.scope import Scope


def case_base(
    scope: Scope, programme: Programme, stage: Stage, organisation_id: int | None, row: OpenRow | None = None
) -> dict[str, Any]:
    """What every item of a stage says of it: by when it must be over (an extension for the units of a case counts),
    for whom it is done."""
    sides = (organisation_id,) if row is None else (organisation_id, row.unit_id, row.nominator_id)
    return {
        "edition_id": programme.edition.pk,
        "edition": programme.edition.title,
        "stage": stage.id,
        "closes": scope.closes(programme, stage, sides),
        "organisation_id": organisation_id,
    }


def box_items(scope: Scope, asked: list[AskedBox]) -> list[Item]:
    """Boxes asked of my organisations, one item a sheet's party; those of the form itself one by one, for the cases
    have gone on from there and no queue holds them together."""
    grouped: dict[tuple[int, str, str, int, int | None], list[AskedBox]] = {}
    for one in asked:
        programme = scope.programmes[one.process_id]
        if as_mentor(scope, one):
            grouped[(one.process_id, one.sheet, one.party, 0, one.case_id)] = [one]
        elif one.organisation_id is not None and one.organisation_id in scope.acting(programme.edition.pk):
            alone = one.case_id if stage_of_box(programme, one.sheet, one.party).type == "apply" else None
            grouped.setdefault((one.process_id, one.sheet, one.party, one.organisation_id, alone), []).append(one)
    found: list[Item] = []
    for (process_id, sheet, party, holder, _), boxes in grouped.items():
        programme, organisation_id = scope.programmes[process_id], holder or None
        stage = stage_of_box(programme, sheet, party)
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
                roles=frozenset(ACTING) if holder else frozenset(),
                **case_base(scope, programme, stage, organisation_id),
            )
        )
    return found


def as_mentor(scope: Scope, one: AskedBox) -> bool:
    """Is the box asked of me as a person?"""
    return one.organisation_id is None and one.to_id is not None and one.to_id == scope.actor.user_id


def stage_of_box(programme: Programme, sheet: str, party: str) -> Stage:
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


def waiting(scope: Scope, rows: Mapping[tuple[int, str], list[OpenRow]], asked: list[AskedBox]) -> list[Waiting]:
    """What is with others, by stage and, for opinions, by the organisation that hasn't answered; longest first."""
    found: list[Waiting] = []
    boxed: dict[tuple[int, int | None, str | None], list[AskedBox]] = {}
    for one in asked:
        edition = scope.programmes[one.process_id].edition.pk
        if as_mentor(scope, one):
            continue
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
        programme = scope.programmes[process_id]
        stage = programme.stage(name)
        rest = [one for one in some if stage.type != "opinion" or one.case_id not in covered]
        if rest:
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
