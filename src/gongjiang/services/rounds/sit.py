"""A sitting about the list of a stage: who belongs to its body, who of them must leave for whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Expert, Seat, Sitting, SittingMember
from gongjiang.rules.meetings.ballot import Terms
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.scoring.conflicts import DEFAULT, ExpertFacts, conflict
from gongjiang.services.meetings.call import MemberIn, call_sitting
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.board import board
from gongjiang.services.scoring.conflicts import OWN, case_facts, expert_facts, plain


def usual_body(programme: Programme, stage: Stage) -> list[MemberIn]:
    """Who sits in the bodies that decide this list: the edition's seats; for a panel its experts."""
    seats = Seat.objects.filter(edition=programme.edition, role__in=programme.expand(stage.by)).exclude(name="")
    found = [MemberIn(one.name, one.post, one.user_id) for one in seats.order_by("role", "position", "id")]
    if stage.type == "panel":
        experts = Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user")
        found = [MemberIn(one.user.full_name, one.title, one.user_id) for one in experts.order_by("id")]
    names: set[str] = set()
    return [one for one in found if not (one.name in names or names.add(one.name))]  # type: ignore[func-returns-value]


def recusals(
    programme: Programme, stage: Stage, members: Sequence[MemberIn], cases: Iterable[Case]
) -> dict[tuple[int, str], str]:
    """Ground by case and member's name: themselves, kin, one's own employer, a person one's unit put forward."""
    experts = {
        one.user_id: expert_facts(one)
        for one in Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user")
    }
    bodies = dict(Seat.objects.filter(edition=programme.edition).exclude(name="").values_list("name", "body"))
    found: dict[tuple[int, str], str] = {}
    for case in cases:
        facts = case_facts(case)
        person = case.subject.user_id if case.subject is not None else None
        for one in members:
            known = experts.get(one.user_id) if one.user_id is not None else None
            if known is None:
                known = ExpertFacts(id=one.name, employers=frozenset({plain(bodies.get(one.name, ""))} - {""}))
            if one.user_id is not None and one.user_id in {person, case.filer_id}:
                found[case.pk, one.name] = OWN
                continue
            decision = conflict(known, facts, DEFAULT)
            if not decision.allowed:
                found[case.pk, one.name] = decision.reasons[0].text.removesuffix("，须回避。")
    return found


def sit(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    group: str = "",
    body: str,
    members: Sequence[MemberIn],
    chair_id: int | None = None,
    terms: Terms | None = None,
    secret: bool = False,
) -> Sitting:
    """Call a sitting on the open list, in its ranking, put into the order in which the recused walk least."""
    stage = programme.stage(stage_id)
    found = board(programme, stage, group)
    cases = [found.cases[pk] for pk in found.order()]
    return call_sitting(
        actor=actor,
        at=at,
        programme=programme,
        stage_id=stage_id,
        group=group,
        body=body,
        members=members,
        chair_id=chair_id,
        cases=cases,
        recused=recusals(programme, stage, members, cases),
        terms=terms or Terms(),
        secret=secret,
    )


def sitting_of(programme: Programme, stage: Stage, group: str) -> Sitting | None:
    """The latest sitting on a list."""
    rows = Sitting.objects.filter(process=programme.process, stage=stage.id, group=group)
    return rows.select_related("chair").order_by("-id").first()


def attendance_of(sitting: Sitting) -> dict[str, str]:
    """What the record of the decision starts from: names as they are typed there."""
    members = list(SittingMember.objects.filter(sitting=sitting).prefetch_related("recusals"))
    here = [one.name for one in members if one.came_at is not None]
    return {
        "body": sitting.body,
        "held_on": sitting.held_on.isoformat(),
        "chair": sitting.chair.full_name if sitting.chair is not None else "",
        "present": "、".join(here),
        "absent": "、".join(one.name for one in members if one.came_at is None),
    }
