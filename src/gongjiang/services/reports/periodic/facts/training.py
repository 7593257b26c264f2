"""Camps and courses held, who came; tests, evaluations, tasks, who passed the assessment (第十一、十五条; M-10)."""

from collections.abc import Iterator

from gongjiang.models import Honour, PowerScore, PracticeTask, SessionPresence, TrainingEvent
from gongjiang.rules.cultivation.kinds import label_of
from gongjiang.rules.reports.tables import Item, row_name
from gongjiang.services.reports.periodic.facts.ground import Ground

MOMENTS = {PowerScore.Moment.ENTRY: "tested", PowerScore.Moment.EVALUATION: "evaluated"}


def events(ground: Ground) -> Iterator[Item]:
    """What the unit held in the period, whoever came; and who of its people came, wherever. Two queries."""
    held = TrainingEvent.objects.filter(
        ground.of_organisation(), state=TrainingEvent.State.OPEN, first__lte=ground.as_of, last__gte=ground.since
    )
    for pk, kind in held.values_list("pk", "kind"):
        yield Item("e", row_name(label_of(kind)), "events", pk)
    there = SessionPresence.objects.filter(
        place__honour__in=ground.honours,
        here=True,
        session__starts__gte=ground.begins,
        session__starts__lte=ground.ends,
    )
    for pk, honour, kind in there.values_list("pk", "place__honour_id", "session__event__kind"):
        yield Item("e", row_name(label_of(kind)), "people", honour)
        yield Item("e", row_name(label_of(kind)), "times", pk)


def results(ground: Ground) -> Iterator[Item]:
    """Within the period. Three queries."""
    days = {"on__gte": ground.since, "on__lte": ground.as_of}
    scores = PowerScore.objects.filter(round__honour__in=ground.honours, **days).order_by()
    for honour, moment in scores.values_list("round__honour_id", "moment").distinct():
        yield Item("l", ground.level_of[honour], MOMENTS[PowerScore.Moment(moment)], honour)
    tasks = PracticeTask.objects.filter(
        round__honour__in=ground.honours, state=PracticeTask.State.ACCEPTED, handed_at__gte=ground.begins,
        handed_at__lte=ground.ends,
    )  # fmt: skip
    for pk, honour in tasks.values_list("pk", "round__honour_id"):
        yield Item("l", ground.level_of[honour], "tasks", pk)
    passed = Honour.objects.filter(
        pk__in=ground.honours, confirmed__issued_on__gte=ground.since, confirmed__issued_on__lte=ground.as_of
    )
    for honour in passed.values_list("pk", flat=True):
        yield Item("l", ground.level_of[honour], "confirmed", honour)
