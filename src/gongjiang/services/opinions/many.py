"""Boxes of one stage that wait for the actor's organisations, and agreeing to several at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.models import Opinion, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.programmes.programme import Programme

#: So many at once: a page one can still read before agreeing.
MOST = 100


@dataclass(frozen=True)
class Waiting:
    """A box nobody has filled: of which case, and what the sheet calls it."""

    opinion: Opinion
    label: str


@dataclass(frozen=True)
class Signed:
    """What came of it: titles agreed to, and (title, reason) of those that could not be."""

    done: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


def boxes_waiting(actor: Actor, programme: Programme, stage: Stage) -> list[Waiting]:
    """Empty boxes of this stage asked of organisations for which the actor acts, oldest first. One query."""
    sheets = getattr(stage, "sheets", ())
    labels = {
        (sheet.id, party.id): party.shown
        for sheet in programme.pack.opinions
        for party in sheet.parties
        if party.at == stage.id or (party.at is None and sheet.id in sheets)
    }
    here = StageRow.objects.filter(process=programme.process, stage=stage.id, state=RowState.OPEN).values("case_id")
    rows = Opinion.objects.filter(
        case_id__in=here,
        verdict="",
        sheet__in={sheet for sheet, _ in labels},
        organisation_id__in=actor.organisation_ids(*ACTING, edition_id=programme.edition.pk),
    )
    found = rows.select_related("case").order_by("asked_at", "id")[:MOST]
    return [Waiting(one, labels[one.sheet, one.party]) for one in found if (one.sheet, one.party) in labels]


def same_box_waiting(actor: Actor, given: Opinion) -> list[int]:
    """Cases of the same edition in which this box still waits for the actor, oldest first."""
    rows = Opinion.objects.filter(
        case__process_id=given.case.process_id,
        case__state__in=sorted(LIVE),
        sheet=given.sheet,
        party=given.party,
        verdict="",
        organisation_id__in=actor.organisation_ids(*ACTING) & {given.organisation_id},
    )
    return list(rows.order_by("asked_at", "id").values_list("case_id", flat=True))


def agree_to_many(
    *, actor: Actor, at: datetime, programme: Programme, stage: Stage, chosen: Iterable[int], text: str = ""
) -> Signed:
    """同意 in the chosen boxes (ids of opinions) with the same words, each a step of its own: one that can't be
    taken stops no other. BadInput if none of them waits here for the actor."""
    wanted = set(chosen)
    boxes = [one for one in boxes_waiting(actor, programme, stage) if one.opinion.pk in wanted]
    if not boxes:
        raise BadInput("请先勾选要签署的人选；已经签过的不再列出。", "Choose whom to sign for.", place="一并签署")
    done: list[str] = []
    left: list[tuple[str, str]] = []
    for one in boxes:
        try:
            give_opinion(
                actor=actor,
                at=at,
                case_id=one.opinion.case_id,
                sheet=one.opinion.sheet,
                party=one.opinion.party,
                verdict=Opinion.Verdict.AGREE,
                text=text,
                version=one.opinion.version,
            )
        except GongjiangError as error:
            left.append((one.opinion.case.title, error.text))
        else:
            done.append(one.opinion.case.title)
    return Signed(tuple(dict.fromkeys(done)), tuple(left))
