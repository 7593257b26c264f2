"""One step with many cases: what stands in the way of each is known before; each has its own result after."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed
from gongjiang.models import Case, Edition
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.authority import edition_parties, may_act
from gongjiang.services.nominations.gates import Passage, gates
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.nominations.transition import Taken, move, move_of
from gongjiang.services.programmes.programme import Programme, main_process, programme_of

#: Gates that are answered from a case's facts alone: they can be asked of a whole list at once.
PLAIN = ("form", "material", "rules", "opinions")


@dataclass(frozen=True)
class Ready:
    """A case waiting to be sent upward, and what still forbids it (empty: it can go)."""

    case: Case
    against: tuple[str, ...]


@dataclass(frozen=True)
class Bulk:
    """What came of a step taken with many: who went, and who could not and why."""

    done: tuple[Taken, ...]
    failed: tuple[tuple[int, str], ...]


def ready_to_report(
    actor: Actor, programme: Programme, cases: Sequence[Case], facts: Mapping[int, Facts], at: datetime
) -> list[tuple[Stage, list[Ready]]]:
    """Cases waiting at each submit stage that this person runs. Cases come with `rows` and `parties`."""
    found: list[tuple[Stage, list[Ready]]] = []
    held = edition_parties(programme)
    for stage in programme.stages:
        if stage.type != "submit":
            continue
        waiting = [
            Ready(case, against(programme, case, stage, "report", facts[case.pk], at))
            for case in cases
            if _open_at(case, stage) and may_act(actor, programme, case, stage.by, edition=held)
        ]
        if waiting:
            found.append((stage, waiting))
    return found


def _open_at(case: Case, stage: Stage) -> bool:
    return any(row.stage == stage.id and row.state == RowState.OPEN for row in case.rows.all())


def against(programme: Programme, case: Case, stage: Stage, action: str, facts: Facts, at: datetime) -> tuple[str, ...]:
    """What forbids a move with a case that stands there, by its facts alone. The case comes with its `rows`."""
    row = next(one for one in case.rows.all() if one.stage == stage.id)
    chosen = move_of(stage, action)
    passage = Passage(programme, case, row, stage, chosen, facts, at)
    decisions = [gates()[name](passage) for name in PLAIN if name in chosen.gates]
    return tuple(reason.text for one in decisions if not one.allowed for reason in one.reasons)


def move_many(
    *,
    actor: Actor,
    at: datetime,
    edition: Edition,
    stage_id: str,
    action: str,
    cases: Sequence[int],
    ticked: Collection[str] = (),
) -> Bulk:
    """The same step with each of these cases, one transaction a case: one that can't stops no other.

    Raises BadInput unless every point of the stage's checklist is `ticked`: it is answered for all of them.
    """
    stage = programme_of(main_process(edition)).stage(stage_id)
    unseen = [one for one in stage.checklist if one not in ticked]
    if unseen:
        raise BadInput(f"还没有逐项核对：{'、'.join(unseen)}。", "The checklist is open.", place=stage.shown)
    if not cases:
        raise BadInput("还没有选人。", "Nobody was chosen.", place=stage.shown)
    mine = set(visible_to(actor).filter(pk__in=cases, process__edition=edition).values_list("pk", flat=True))
    done, failed = [], []
    for pk in dict.fromkeys(cases):
        try:
            if pk not in mine:
                raise NotAllowed("没有找到，或您无权办理。", "Not found.")
            done.append(
                move(
                    actor=actor,
                    at=at,
                    case_id=pk,
                    stage_id=stage_id,
                    action=action,
                    data={"findings": dict.fromkeys(stage.checklist, True)},
                )
            )
        except GongjiangError as error:
            failed.append((pk, str(error)))
    return Bulk(tuple(done), tuple(failed))
