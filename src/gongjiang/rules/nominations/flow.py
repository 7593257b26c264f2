"""Which stages open for a case next. Stages are joined by their lists (mechanisms 6), never numbered.

A case has a row per stage it meets. A stage's row opens when one of its sources holds the case on its
list, every stage it must wait for (`after`) is done with the case, and the stage is meant for it; a
stage that is not meant for the case is passed by, and the case flows through it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState

#: Rows with which a stage is over for the case and lets it through.
THROUGH = frozenset({RowState.DONE, RowState.PASSED_BY, RowState.RETAINED})
#: Stages that choose: who retains a tier is chosen no more (mechanisms 2).
CHOOSING = frozenset({"select", "panel"})


@dataclass(frozen=True, slots=True)
class Step:
    """One row to set."""

    stage: str
    state: RowState


def sources(stages: Sequence[Stage], index: int) -> tuple[str, ...]:
    """Where the stage's cases come from: its `from`, else the stage before; a way in (apply) has none of its own."""
    stage = stages[index]
    if stage.from_ or stage.type == "apply":
        return stage.from_
    return (stages[index - 1].id,) if index else ()


def source_map(stages: Sequence[Stage]) -> dict[str, tuple[str, ...]]:
    """Sources of every stage by its id."""
    return {stage.id: sources(stages, n) for n, stage in enumerate(stages)}


def downstream(stages: Sequence[Stage], start: str) -> frozenset[str]:
    """All stages that a case can only reach through `start`, or that wait for it; without `start` itself."""
    joined = source_map(stages)
    reached: set[str] = {start}
    for stage in stages:
        if reached.intersection(joined[stage.id]) or reached.intersection(stage.after):
            reached.add(stage.id)
    return frozenset(reached - {start})


def advance(
    stages: Sequence[Stage],
    rows: Mapping[str, RowState],
    meant_for: Callable[[Stage], Truth],
    waived: frozenset[str] = frozenset(),
    *,
    standing: bool = False,
) -> tuple[Step, ...]:
    """Rows to open or pass by, given the rows as they stand.

    `meant_for` says whether a stage is for this case (its `award` and `when`); unknown waits. `waived`: stages that
    a granted exception lets the case skip; it joins their lists as passed (mechanisms 6). `standing`: an earlier
    list gave the case a tier, with which it goes on even from lists that did not keep it (mechanisms 2). Rows already
    open, finished or ended are left alone, so calling it twice changes nothing.
    """
    known = dict(rows)
    if standing:
        known = {name: _with_tier(state, stages, name) for name, state in known.items()}
    joined = source_map(stages)
    steps: list[Step] = []
    for stage in stages:
        if known.get(stage.id, RowState.WAITING) is not RowState.WAITING:
            continue
        arrived = _arrived(joined[stage.id], known)
        if not arrived or not all(known.get(one) in THROUGH for one in stage.after):
            continue
        meant = meant_for(stage)
        if meant is Truth.UNKNOWN:
            continue
        if RowState.RETAINED in known.values() and stage.type in CHOOSING:
            meant = Truth.FALSE
        here = RowState.DONE if stage.id in waived else RowState.OPEN
        state = here if meant is Truth.TRUE else RowState.PASSED_BY
        known[stage.id] = state
        steps.append(Step(stage.id, state))
    return tuple(steps)


def _with_tier(state: RowState, stages: Sequence[Stage], name: str) -> RowState:
    """An alternate of a list that chooses goes on with the tier they have, and stays an alternate."""
    chooses = any(one.id == name and one.type in CHOOSING for one in stages)
    return RowState.RETAINED if state is RowState.ALTERNATE and chooses else state


def goes_on(stage: Stage, state: RowState, *, standing: bool) -> bool:
    """Does a case with this row at a stage go on from it?"""
    return state in THROUGH or (standing and _with_tier(state, (stage,), stage.id) in THROUGH)


def _arrived(origin: tuple[str, ...], rows: Mapping[str, RowState]) -> bool:
    """Has the case come through? One list that holds it is enough; if all were passed by, so is it.
    Who goes on with an earlier tier comes through as well, though the list doesn't hold them.

    Nobody comes through to a way in: its row is made when the nomination is begun there.
    """
    if not origin:
        return False
    states = [rows.get(one, RowState.WAITING) for one in origin]
    return RowState.DONE in states or all(one in {RowState.PASSED_BY, RowState.RETAINED} for one in states)


def returned_to(stages: Sequence[Stage], target: str, rows: Mapping[str, RowState]) -> tuple[Step, ...]:
    """Rows after a return to `target`: it opens again, what lies behind it waits for the case anew."""
    behind = downstream(stages, target)
    steps = [Step(target, RowState.OPEN)]
    steps += [
        Step(one.id, RowState.WAITING)
        for one in stages
        if one.id in behind and rows.get(one.id) in {RowState.OPEN, *THROUGH}
    ]
    return tuple(steps)


def return_targets(stages: Sequence[Stage], at: str, rows: Mapping[str, RowState]) -> tuple[str, ...]:
    """Stages that a case may be sent back to from `at`: its finished stages upstream that people work in."""
    return tuple(
        one.id
        for one in stages
        if one.type in {"apply", "check", "opinion", "submit"}
        and rows.get(one.id) is RowState.DONE
        and at in downstream(stages, one.id)
    )


def first_stage(stages: Sequence[Stage], route: str = "") -> Stage | None:
    """The apply stage by which a nomination comes in (by the route, where routes differ)."""
    for stage in stages:
        if stage.type == "apply" and (not route or any(one.id == route for one in getattr(stage, "routes", ()))):
            return stage
    return next((one for one in stages if one.type == "apply"), None)
