"""The checklist of a stage: what an officer looked at, point by point, on record with the decision (ledger N-10)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case, Finding
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.transition import Taken, lock_case, move, move_of, repeated
from gongjiang.services.programmes.programme import programme_of


@dataclass(frozen=True)
class Point:
    """One point of a checklist: `ok` None while nobody looked at it."""

    text: str
    ok: bool | None = None
    remark: str = ""
    by: str = ""
    at: datetime | None = None


def points(stage: Stage, found: Collection[Finding]) -> tuple[Point, ...]:
    """The stage's checklist with what was found (`found`: the case's findings, with `by`)."""
    known = {one.point: one for one in found if one.stage == stage.id}
    return tuple(
        Point(text)
        if (one := known.get(text)) is None
        else Point(text, one.ok, one.remark, one.by.full_name if one.by else "", one.at)
        for text in stage.checklist
    )


@transaction.atomic
def decide(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    stage_id: str,
    action: str,
    ticked: Collection[str] = (),
    mend: Collection[str] = (),
    version: int | None = None,
    reason: str = "",
    back_to: str = "",
    request_key: str | None = None,
) -> Taken:
    """A decision on one case with its findings: to let it through every point must be `ticked`; what is sent back
    names the points to `mend`. Raises what `move` raises; nothing is kept then."""
    case = lock_case(case_id)
    stage = programme_of(case.process).stage(stage_id)
    through = move_of(stage, action).target is RowState.DONE
    open_ = [one for one in stage.checklist if one not in ticked]
    if through and open_ and not repeated(request_key):
        raise BadInput(
            f"审核要点还没有逐项核对：{'、'.join(open_)}。", "Points of the checklist are open.", place=case.title
        )
    wrong = [one for one in stage.checklist if one in mend]
    words = f"{reason.strip()}（须补正：{'、'.join(wrong)}）" if wrong and reason.strip() else reason
    taken = move(
        actor=actor,
        at=at,
        case_id=case_id,
        stage_id=stage_id,
        action=action,
        version=version,
        reason=words,
        back_to=back_to,
        request_key=request_key,
        data={"findings": {one: one not in wrong for one in stage.checklist if one in ticked or one in wrong}},
    )
    for one in stage.checklist:
        if one in wrong or one in ticked:
            _keep(actor, at, taken.case, stage, one, ok=one not in wrong, remark=reason if one in wrong else "")
    return taken


def _keep(actor: Actor, at: datetime, case: Case, stage: Stage, point: str, *, ok: bool, remark: str) -> None:
    Finding.objects.update_or_create(
        case=case,
        stage=stage.id,
        point=point[:60],
        defaults={"ok": ok, "remark": remark.strip()[:300], "by_id": actor.user_id, "at": at},
    )
