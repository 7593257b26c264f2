"""Boxes of opinion sheets on a case: whose they are, what stands in them, who may fill them now."""

from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Opinion, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.authority import files, is_applicant, may_act
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import PartyAsked, needed_parties
from gongjiang.services.programmes.programme import Programme

#: Types of stages at which a box that was left empty may still be filled.
EARLY = frozenset({"apply", "check", "opinion", "submit"})


@dataclass(frozen=True)
class Box:
    """One box of a sheet on this case: who must fill it, what stands in it, may the actor fill it now."""

    asked: PartyAsked
    stage: str
    given: Opinion | None
    organisation: str
    may_give: bool
    for_others: bool = False

    @property
    def verdict(self) -> str:
        """同意, 不同意, or nothing yet."""
        return self.given.verdict if self.given is not None else ""


def open_stages(programme: Programme, case: Case) -> list[Stage]:
    """Stages that are open for the case now."""
    names = set(StageRow.objects.filter(case=case, state=RowState.OPEN).values_list("stage", flat=True))
    return [one for one in programme.stages if one.id in names]


def fillable(
    programme: Programme, case: Case, facts: Facts, *, filled: bool = False
) -> dict[tuple[str, str], tuple[Stage, PartyAsked]]:
    """Boxes that may be filled now, by sheet and party.

    Those of the stages that are open; and, while the case is still with units and checks, boxes of earlier
    steps that were left empty: an employer may agree before or after the form is handed in, a unit may sign before
    or after it closes its own list.
    """
    states = {row.stage: row.state for row in StageRow.objects.filter(case=case)}
    now = [one for one in programme.stages if states.get(one.id) == RowState.OPEN]
    late = any(one.type in EARLY for one in now)
    found: dict[tuple[str, str], tuple[Stage, PartyAsked]] = {}
    for stage in programme.stages:
        early = stage.type in {"apply", "check"} or bool(stage.per)
        passed = late and early and states.get(stage.id) == RowState.DONE
        if stage not in now and not passed:
            continue
        for one in needed_parties(programme, stage, facts):
            if stage in now or filled or not facts.opinions.get((one.sheet, one.party)):
                found[(one.sheet, one.party)] = (stage, one)
    return found


def boxes(actor: Actor, programme: Programme, case: Case) -> list[Box]:
    """Every box that belongs to this case, in the order of stages and sheets."""
    facts = facts_of_one(programme, case)
    given = {
        (one.sheet, one.party): one for one in Opinion.objects.filter(case=case).select_related("by", "organisation")
    }
    open_now = open_stages(programme, case)
    may_fill = fillable(programme, case, facts)
    names = {one.role: one.organisation.short_name for one in case.parties.all()}
    found: list[Box] = []
    for stage in programme.stages:
        for asked in needed_parties(programme, stage, facts):
            key = (asked.sheet, asked.party)
            label = (
                asked.mentor.name
                if asked.mentor is not None
                else next((names[role] for role in sorted(programme.expand(asked.by)) if role in names), "")
            )
            may = key in may_fill and may_give(actor, programme, case, asked, open_now, given.get(key))
            own = may and is_party(actor, programme, case, asked)
            found.append(Box(asked, stage.id, given.get(key), label, may, may and not own))
    return found


def is_party(actor: Actor, programme: Programme, case: Case, asked: PartyAsked) -> bool:
    """Does the actor speak for the party itself?"""
    if asked.mentor is not None:
        return actor.user_id is not None and asked.mentor.user_id == actor.user_id
    return bool(asked.by) and may_act(actor, programme, case, asked.by)


def may_give(
    actor: Actor, programme: Programme, case: Case, asked: PartyAsked, now: list[Stage], given: Opinion | None = None
) -> bool:
    """The party itself; or whoever runs an open stage, who records what the stamped sheet says, but never over what
    the party said itself (`given`). Nobody in their own matter: not the person concerned, and not whoever filed as a
    person rather than for a unit."""
    if actor.is_platform:
        return True
    if is_applicant(actor, case) and (_about_self(actor, case) or _filed_as_person(programme, case)):
        return False
    if is_party(actor, programme, case, asked):
        return True
    spoken = given is not None and bool(given.verdict) and not given.on_behalf
    if is_applicant(actor, case) or spoken:
        return False
    runs = tuple(role for one in now if one.type != "apply" for role in one.by)
    return (bool(runs) and may_act(actor, programme, case, runs)) or (
        any(one.type == "apply" for one in now) and files(actor, case)
    )


def _about_self(actor: Actor, case: Case) -> bool:
    return case.subject is not None and case.subject.user_id is not None and case.subject.user_id == actor.user_id


def _filed_as_person(programme: Programme, case: Case) -> bool:
    """Was this way in taken by a person (自荐、专家推荐), not by a unit?"""
    levels = {one.id: one.level for one in programme.pack.roles}
    by = next(
        (
            programme.expand(route.by)
            for stage in programme.stages
            for route in getattr(stage, "routes", ())
            if route.id == case.route
        ),
        frozenset[str](),
    )
    return bool(by) and all(levels.get(one) == "person" for one in by)
