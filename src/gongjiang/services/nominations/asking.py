"""After a move: boxes of opinion sheets are asked of their parties, and whoever must know is told."""

from collections.abc import Iterable
from datetime import datetime

from gongjiang.models import Case, Opinion, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, Move, RowState
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import Parties, parties_of
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import PartyAsked, needed_parties
from gongjiang.services.nominations.since import changed_since
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.windows import stage_window


def has_boxes(programme: Programme, stage: Stage) -> bool:
    """Is any box of a sheet filled at this stage?"""
    sheets = getattr(stage, "sheets", ())
    return any(
        party.at == stage.id or (party.at is None and sheet.id in sheets)
        for sheet in programme.pack.opinions
        for party in sheet.parties
    )


def ask_opinions(
    programme: Programme,
    case: Case,
    opened: Iterable[str],
    facts: Facts,
    at: datetime,
    *,
    telling: bool = True,
    handed_in: Stage | None = None,
) -> None:
    """Put every box that a stage now open needs before the organisation (or the mentor) that fills it, once.

    While the form is filled in, the applicant's side may bring the opinion with it; what is still empty when the
    form is handed in is asked then (`handed_in`: the apply stage just done). A party that runs the stage itself
    has its own step there and isn't asked. `telling`: also leave a message.
    """
    stages = [one for one in map(programme.stage, opened) if one.type != "apply"]
    stages = [one for one in (handed_in, *stages) if one is not None and has_boxes(programme, one)]
    if not stages:
        return
    parties = parties_of(programme, case)
    standing = list(Opinion.objects.filter(case=case))
    known = {(one.sheet, one.party) for one in standing}
    if handed_in is not None and telling:
        _tell_of_changes(programme, case, standing, at)
    made: list[Opinion] = []
    for stage in stages:
        due = None
        for asked in needed_parties(programme, stage, facts):
            holder = None if asked.mentor is not None else _holder(programme, parties, stage, asked)
            person = None if asked.mentor is None else asked.mentor.user_id
            if (holder is None and asked.mentor is None) or (asked.sheet, asked.party) in known:
                continue
            due = due or stage_window(programme, stage, case.nominator_id)
            made.append(
                Opinion(
                    case=case,
                    sheet=asked.sheet,
                    party=asked.party,
                    organisation_id=holder,
                    handed_to_id=person,
                    asked_at=at,
                    due_at=due.closes,
                )
            )
            if telling and (holder or person):
                text = f"请对{case.title}签署“{asked.label}”。"
                tell(at=at, text=text, link=f"case:{case.pk}", user_id=person, organisation_id=holder)
    Opinion.objects.bulk_create(made)


def _tell_of_changes(programme: Programme, case: Case, standing: Iterable[Opinion], at: datetime) -> None:
    """Whoever spoke of a form that says otherwise now is told what; they may take their opinion back."""
    given = [one for one in standing if one.given_at is not None and one.organisation_id is not None]
    since = changed_since(programme, case, {one.given_at for one in given if one.given_at is not None})
    told: dict[int, str] = {}
    for one in given:
        if one.given_at in since and one.organisation_id is not None:
            told[one.organisation_id] = since[one.given_at].words
    for organisation, words in told.items():
        text = f"{case.title}的{programme.called}表在贵单位签署意见后改过（{words}），如意见有变，请撤回后重新签署。"
        tell(at=at, text=text, link=f"case:{case.pk}", organisation_id=organisation)


def _holder(programme: Programme, parties: Parties, stage: Stage, asked: PartyAsked) -> int | None:
    """Who fills the box; None where nobody is bound, or where the stage is theirs anyway."""
    holders = parties.organisations(programme.expand(asked.by))
    if stage.type not in {"opinion", "apply"}:
        holders -= parties.organisations(programme.expand(stage.by))
    return min(holders, default=None)


def tell_of_return(
    programme: Programme, case: Case, stage: Stage, move: Move, opened: Iterable[str], reason: str, at: datetime
) -> None:
    """Whoever has to mend a case that was sent back learns why: the filer, or the body of that earlier stage."""
    if move.action != "return":
        return
    text = f"{case.title}的{programme.called}由“{stage.shown}”退回：{reason}"
    for name in opened:
        target = programme.stage(name)
        if target.type == "apply":
            tell(at=at, text=text, link=f"case:{case.pk}", user_id=case.filer_id)
        else:
            for one in sorted(parties_of(programme, case).organisations(programme.expand(target.by))):
                tell(at=at, text=text, link=f"case:{case.pk}", organisation_id=one)


def ask_mentors_anew(honour_id: int, at: datetime) -> None:
    """Somebody became an artisan's mentor, or no longer is: boxes of an assessment that nobody has filled are theirs
    now, or nobody's."""
    cases = Case.objects.filter(over_id=honour_id, state__in=sorted(LIVE)).select_related("process__edition__pack")
    for case in cases.prefetch_related("parties"):
        programme = programme_of(case.process)
        kinds = {(one.id, party.id): party.mentor for one in programme.pack.opinions for party in one.parties}
        facts = facts_of_one(programme, case)
        for box in Opinion.objects.filter(case=case, verdict="", organisation=None):
            kind = kinds.get((box.sheet, box.party))
            now = facts.mentors.get(kind or "")
            if kind and (now is None or now.user_id != box.handed_to_id):
                box.delete()  # asked anew below, with a message to whoever it is now
        names = StageRow.objects.filter(case=case, state=RowState.OPEN).values_list("stage", flat=True)
        ask_opinions(programme, case, list(names), facts, at)
