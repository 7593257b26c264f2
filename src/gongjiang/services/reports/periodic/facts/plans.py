"""Plans: agreed, in the making, missing; milestones due, reached, late (第十条; M-07)."""

from collections.abc import Iterator

from gongjiang.models import CultivationPlan, Milestone
from gongjiang.rules.reports.tables import Item
from gongjiang.services.reports.periodic.facts.ground import Ground

MADE = ("draft", "review", "returned")


def items(ground: Ground) -> Iterator[Item]:
    """Each of those held has a plan that was agreed by the day, one in the making, or none. Two queries."""
    agreed: set[int] = set()
    making: set[int] = set()
    plans = CultivationPlan.objects.filter(honour__in=ground.honours, at__lte=ground.ends)
    for honour, state, since in plans.values_list("honour_id", "state", "in_force_at"):
        if since is not None and since <= ground.ends:
            agreed.add(honour)
        elif state in MADE or (since is not None and since > ground.ends):
            making.add(honour)
    yield from _milestones(ground)
    for one in ground.held:
        column = "agreed" if one.id in agreed else "making" if one.id in making else "none"
        yield Item("x", one.level, column, one.id)


def _milestones(ground: Ground) -> Iterator[Item]:
    rows = Milestone.objects.filter(honour__in=ground.honours, due__lte=ground.as_of, dropped=False)
    for pk, honour, state, done_on in rows.values_list("pk", "honour_id", "state", "done_on"):
        level = ground.level_of[honour]
        reached = state == Milestone.State.DONE and done_on is not None and done_on <= ground.as_of
        yield Item("x", level, "due", pk)
        yield Item("x", level, "reached" if reached else "late", pk)
