"""A sitting about the list of a stage: who belongs to its body, who of them must leave for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case, Expert, Seat, Sitting, SittingMember
from gongjiang.rules.meetings.ballot import Terms
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.meetings.call import MemberIn, call_sitting
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.board import board
from gongjiang.services.scoring.conflicts import found_between, grounds_of
from gongjiang.services.scoring.records import Sitter, records_of


def usual_body(programme: Programme, stage: Stage) -> list[MemberIn]:
    """Who sits in the bodies that decide this list: the edition's seats; for a panel its experts."""
    seats = Seat.objects.filter(edition=programme.edition, role__in=programme.expand(stage.by)).exclude(name="")
    found = [MemberIn(one.name, one.post, one.user_id) for one in seats.order_by("role", "position", "id")]
    if stage.type == "panel":
        experts = Expert.objects.filter(process=programme.process, stage=stage.id, declined_at=None).select_related(
            "user"
        )
        found = [MemberIn(one.user.full_name, one.title, one.user_id) for one in experts.order_by("id")]
    names: set[str] = set()
    return [one for one in found if not (one.name in names or names.add(one.name))]  # type: ignore[func-returns-value]


def recusals(
    programme: Programme, stage: Stage, members: Sequence[MemberIn], cases: Iterable[Case]
) -> dict[tuple[int, str], str]:
    """Ground by case and member's name: themselves, kin, one's own employer, a person one's unit put forward."""
    experts = {
        one.user_id: one
        for one in Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user")
    }
    bodies = dict(Seat.objects.filter(edition=programme.edition).exclude(name="").values_list("name", "body"))
    listed = list(cases)
    sitters = []
    for one in members:
        expert = experts.get(one.user_id or 0)
        employer, said = (expert.employer, expert.declared) if expert else (bodies.get(one.name, ""), {})
        sitters.append(Sitter(one.name, one.name, one.user_id, employer, said))
    read = records_of(sitters, listed)
    rules = grounds_of(programme, None)
    found: dict[tuple[int, str], str] = {}
    for case in listed:
        for member in sitters:
            why = found_between(member.user_id, case, read.experts[member.key], read.cases[case.pk], rules)
            if why:
                found[case.pk, member.name] = why[0]
    return found


def stated_terms(programme: Programme, stage: Stage) -> dict[str, str | bool]:
    """What the pack says of the vote at a stage's meeting (quorum, majority, of, secret), as far as it is answered."""
    if stage.vote is None:
        return {}
    raw = {name: programme.value(value) for name, value in stage.vote.model_dump().items() if value is not None}
    return {name: value for name, value in raw.items() if value is not None}


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
    """Call a sitting on the open list, in its ranking, put into the order in which the recused walk least.

    What the pack says of the vote holds, whatever `terms` and `secret` say.
    """
    stage = programme.stage(stage_id)
    stated = stated_terms(programme, stage)
    _require_declared(programme, stage, members)
    words = {name: str(value) for name, value in stated.items() if name != "secret"}
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
        terms=replace(terms or Terms(), **words),
        secret=bool(stated.get("secret", secret)),
    )


def _require_declared(programme: Programme, stage: Stage, members: Sequence[MemberIn]) -> None:
    """Experts see no name, at a meeting either, before they have declared conflicts and confidentiality."""
    accounts = [one.user_id for one in members if one.user_id is not None]
    open_ = Expert.objects.filter(process=programme.process, stage=stage.id, user__in=accounts, declared_at=None)
    names = list(open_.order_by("pk").values_list("user__full_name", flat=True))
    if names:
        raise BadInput(
            f"{'、'.join(names)}还没有申明利害关系、确认保密，请先请其申明，或不列为成员。",
            "An expert hasn't declared yet.",
            place="成员",
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
