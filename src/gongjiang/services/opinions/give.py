"""Opinions on a case: who is asked at a stage, and what they say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.kernel.text import clean, count_text
from gongjiang.models import Case, Opinion, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.authority import is_applicant, may_act, parties_of
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import PartyAsked, needed_parties
from gongjiang.services.nominations.transition import lock_case, move
from gongjiang.services.programmes.programme import Programme, programme_of

LONGEST = 200


@dataclass(frozen=True)
class Box:
    """One box of a sheet on this case: who must fill it, what stands in it, may the actor fill it now."""

    asked: PartyAsked
    stage: str
    given: Opinion | None
    organisation: str
    may_give: bool


def open_stages(programme: Programme, case: Case) -> list[Stage]:
    """Stages that are open for the case now."""
    names = set(StageRow.objects.filter(case=case, state=RowState.OPEN).values_list("stage", flat=True))
    return [one for one in programme.stages if one.id in names]


def boxes(actor: Actor, programme: Programme, case: Case) -> list[Box]:
    """Every box that belongs to this case, in the order of stages and sheets."""
    facts = facts_of_one(programme, case)
    given = {
        (one.sheet, one.party): one for one in Opinion.objects.filter(case=case).select_related("by", "organisation")
    }
    now = {one.id for one in open_stages(programme, case)}
    names = {one.role: one.organisation.short_name for one in case.parties.all()}
    found: list[Box] = []
    for stage in programme.stages:
        for asked in needed_parties(programme, stage, facts):
            roles = programme.expand(asked.by)
            label = next((names[role] for role in sorted(roles) if role in names), "")
            may = stage.id in now and _may_give(actor, programme, case, stage, asked)
            found.append(Box(asked, stage.id, given.get((asked.sheet, asked.party)), label, may))
    return found


def _may_give(actor: Actor, programme: Programme, case: Case, stage: Stage, asked: PartyAsked) -> bool:
    """The party itself; or whoever runs the stage, who records what the stamped sheet says."""
    if actor.is_platform:
        return True
    if asked.by and may_act(actor, programme, case, asked.by):
        return True
    return bool(stage.by) and may_act(actor, programme, case, stage.by) and not is_applicant(actor, case)


@transaction.atomic
def give_opinion(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    sheet: str,
    party: str,
    verdict: str,
    text: str = "",
    version: int | None = None,
) -> Opinion:
    """Fill one box. When all that the stage needs have agreed, an opinion stage is done with the case.

    `version` of the opinion that the person saw. Raises NotAllowed for others' boxes, Refused when the
    stage is not open, BadInput for an unknown verdict or too long a text; 不同意 needs its reason.
    """
    case = lock_case(case_id)
    programme = programme_of(case.process)
    stage, asked = _asked(programme, case, sheet, party)
    if not _may_give(actor, programme, case, stage, asked):
        raise NotAllowed(f"“{asked.label}”不由您填写。", "Not your box.")
    if verdict not in Opinion.Verdict.values:
        raise BadInput("请选择同意或不同意。", "Agree or disagree.", place=asked.label)
    words = clean(text)
    if verdict == Opinion.Verdict.DISAGREE and not words:
        raise BadInput("不同意须写明理由。", "Say why.", place=asked.label)
    if count_text(words) > LONGEST:
        raise BadInput(f"意见最多 {LONGEST} 字，现 {count_text(words)} 字。", "Too long.", place=asked.label)
    made, _ = Opinion.objects.get_or_create(case=case, sheet=sheet, party=party, defaults={"asked_at": at})
    if version is not None and made.version != version:
        raise Stale("这一栏刚刚有人填过，请刷新。", "Somebody filled this box.")
    own = bool(asked.by) and may_act(actor, programme, case, asked.by)
    made.verdict, made.text, made.by_id, made.given_at = verdict, words, actor.user_id, at
    made.on_behalf = not own and not actor.is_platform
    made.organisation_id = _organisation(actor, programme, case, asked)
    made.version += 1
    made.save()
    append(
        actor=actor,
        at=at,
        action="opinion.give",
        kind="opinion",
        key=made.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={"sheet": sheet, "party": party, "verdict": verdict, "on_behalf": made.on_behalf},
    )
    _complete(actor, at, programme, case, stage)
    return made


def _asked(programme: Programme, case: Case, sheet: str, party: str) -> tuple[Stage, PartyAsked]:
    facts = facts_of_one(programme, case)
    for stage in open_stages(programme, case):
        for one in needed_parties(programme, stage, facts):
            if (one.sheet, one.party) == (sheet, party):
                return stage, one
    raise Refused("这一栏现在不需要填写：还没到这一步，或已经办过。", "This box isn't open now.")


def _organisation(actor: Actor, programme: Programme, case: Case, asked: PartyAsked) -> int | None:
    holders = parties_of(programme, case).organisations(programme.expand(asked.by))
    mine = holders & actor.organisation_ids()
    return min(mine or holders, default=None)


def _complete(actor: Actor, at: datetime, programme: Programme, case: Case, stage: Stage) -> None:
    """An opinion stage whose sheets are full passes by itself, in the name of whoever gave the last opinion."""
    if stage.type != "opinion":
        return
    facts = facts_of_one(programme, case)
    needed = needed_parties(programme, stage, facts)
    agreed = [one for one in needed if facts.opinions.get((one.sheet, one.party)) == "同意"]
    need = getattr(stage, "need", "all")
    wanted = len(needed) if need == "all" else 1 if need == "any" else int(need.get("at_least", 1))
    if len(agreed) < wanted:
        return
    from_platform = _as_platform(actor)
    try:
        with transaction.atomic():
            move(actor=from_platform, at=at, case_id=case.pk, stage_id=stage.id, action="complete")
    except Refused:
        return  # a rule of this gate is still open: the officer sees it on the case's page and completes it there


def _as_platform(actor: Actor) -> Actor:
    return Actor(user_id=actor.user_id, name=actor.name, grants=actor.grants, is_platform=True)


def pass_without_opinions(programme: Programme, stages: Iterable[Stage], case: Case) -> list[Stage]:
    """Opinion stages open for a case in which nobody has to say anything."""
    facts = facts_of_one(programme, case)
    return [one for one in stages if one.type == "opinion" and not needed_parties(programme, one, facts)]
