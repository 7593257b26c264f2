"""Rehearse a pack: prepare, act stage by stage, tell what happened (issue: gongjiang rehearse)."""

from collections.abc import Callable
from datetime import date

from gongjiang.catalogue.packs import PackText
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.after import rehearse_after
from gongjiang.services.rehearsal.clock import acting_order
from gongjiang.services.rehearsal.plan import plan_nominees
from gongjiang.services.rehearsal.precheck import precheck
from gongjiang.services.rehearsal.prepare import prepare
from gongjiang.services.rehearsal.world import World


def rehearse(
    source: PackText,
    *,
    seed: int = 1,
    nominees: int | None = None,
    pairs: list[str] | None = None,
    start: date | None = None,
    until: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> World:
    """The whole edition in an empty database, with invented people. The same seed gives the same run.

    `pairs`: `param=value` to try out; `start`: the day it begins (default: the day of the notice, at the
    notice's own pace; with a day of one's own, as fast as rules allow). `until`: the stage to stop before.
    Raises PackError for a damaged pack, BadInput for a wrong setting, UndecreedYear naming the year.
    """
    world = prepare(source, seed=seed, pairs=pairs or [], start=start)
    precheck(world)
    world.planned = plan_nominees(world, nominees)
    for stage in stages_until(world, until):
        if tell is not None:
            tell(f"{stage.shown}…")
        acts()[stage.type].act(world, stage)
    if until is None:
        world.follows = rehearse_after(world, tell)
    return world


def stages_until(world: World, until: str | None) -> list[Stage]:
    """Stages as they act, up to but without one."""
    order = acting_order(world.programme)
    ids = [one.id for one in order]
    return order[: ids.index(until)] if until else order
