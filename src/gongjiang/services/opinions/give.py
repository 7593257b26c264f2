"""Opinions on a case: what a party says in its box, or what is recorded for it from the stamped sheet."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.kernel.text import clean, count_text
from gongjiang.models import Case, Opinion
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import parties_of
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import PartyAsked, needed_parties, said_enough
from gongjiang.services.nominations.transition import lock_case, move
from gongjiang.services.opinions.boxes import fillable, is_party, may_give, open_stages
from gongjiang.services.programmes.programme import Programme, programme_of

LONGEST = 200


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
    stage, asked = open_box(programme, case, sheet, party)
    given = Opinion.objects.filter(case=case, sheet=sheet, party=party).first()
    if not may_give(actor, programme, case, asked, open_stages(programme, case), given):
        raise NotAllowed(f"“{asked.label}”不由您填写。", "Not your box.")
    words = said_in_box(asked, verdict, text)
    own = is_party(actor, programme, case, asked)
    made, _ = Opinion.objects.get_or_create(case=case, sheet=sheet, party=party, defaults={"asked_at": at})
    if version is not None and made.version != version:
        raise Stale("这一栏刚刚有人填过，请刷新。", "Somebody filled this box.")
    made.on_behalf = not own and not actor.is_platform
    made.organisation_id = holder_of(actor, programme, case, asked)
    made.signer = ""
    enter(actor=actor, at=at, programme=programme, case=case, stage=stage, asked=asked, box=made, said=(verdict, words))
    return made


def said_in_box(asked: PartyAsked, verdict: str, text: str) -> str:
    """The words of an opinion as they are kept. BadInput for an unknown verdict, 不同意 without a reason, too many."""
    if verdict not in Opinion.Verdict.values:
        raise BadInput("请选择同意或不同意。", "Agree or disagree.", place=asked.label)
    words = clean(text).strip()
    if verdict == Opinion.Verdict.DISAGREE and not words:
        raise BadInput("不同意须写明理由。", "Say why.", place=asked.label)
    if count_text(words) > LONGEST:
        raise BadInput(f"意见最多 {LONGEST} 字，现 {count_text(words)} 字。", "Too long.", place=asked.label)
    return words


def enter(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    case: Case,
    stage: Stage,
    asked: PartyAsked,
    box: Opinion,
    said: tuple[str, str],
) -> None:
    """Put a verdict and its words into a box, inside the transaction of whoever was let in; then what follows."""
    box.verdict, box.text = said
    box.by_id, box.given_at = actor.user_id, at
    box.declined, box.declined_at = "", None
    box.version += 1
    box.save()
    append(
        actor=actor,
        at=at,
        action="opinion.give",
        kind="opinion",
        key=box.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={
            "sheet": asked.sheet,
            "party": asked.party,
            "verdict": box.verdict,
            "on_behalf": box.on_behalf,
            "link": bool(box.signer),
        },
    )
    if box.verdict == Opinion.Verdict.DISAGREE:
        _tell_against(at, programme, case, stage, asked, box.text)
    _complete(actor, at, programme, case, stage)


def open_box(programme: Programme, case: Case, sheet: str, party: str) -> tuple[Stage, PartyAsked]:
    """The stage and party of a box that may be filled now. Refused for others."""
    found = fillable(programme, case, facts_of_one(programme, case)).get((sheet, party))
    if found is None:
        raise Refused("这一栏现在不需要填写：还没到这一步，或已经办过。", "This box isn't open now.")
    return found


def holder_of(actor: Actor, programme: Programme, case: Case, asked: PartyAsked) -> int | None:
    """The organisation whose box it is: the actor's own if it holds the part, else the first that does. None for a
    mentor's: theirs as a person."""
    holders = parties_of(programme, case).organisations(programme.expand(asked.by))
    mine = holders & actor.organisation_ids(edition_id=programme.edition.pk)
    return min(mine or holders, default=None)


def _tell_against(at: datetime, programme: Programme, case: Case, stage: Stage, asked: PartyAsked, words: str) -> None:
    """Whoever runs the stage learns of a refusal: the case stays there until they send it back or end it."""
    text = f"{case.title}：“{asked.label}”不同意：{words}"
    for one in sorted(parties_of(programme, case).organisations(programme.expand(stage.by))):
        tell(at=at, text=text, link=f"case:{case.pk}", organisation_id=one)


def _complete(actor: Actor, at: datetime, programme: Programme, case: Case, stage: Stage) -> None:
    """An opinion stage whose sheets are full passes by itself, in the name of whoever gave the last opinion."""
    if stage.type != "opinion":
        return
    facts = facts_of_one(programme, case)
    if not said_enough(stage, needed_parties(programme, stage, facts), facts.opinions):
        return
    from_platform = _as_platform(actor)
    try:
        with transaction.atomic():
            move(actor=from_platform, at=at, case_id=case.pk, stage_id=stage.id, action="complete")
    except Refused:
        return  # a rule of this gate is still open: the officer sees it on the case's page and completes it there


def _as_platform(actor: Actor) -> Actor:
    return Actor(user_id=actor.user_id, name=actor.name, grants=actor.grants, is_platform=True)
