"""All boxes of a case on one page: how each stands, who was asked how, and what this person may do about it."""

from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Invitation, Opinion, User
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.invitations.queries import latest, state_of
from gongjiang.services.nominations.authority import files, is_applicant, may_act
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import PartyAsked
from gongjiang.services.nominations.since import Changed, changed_since
from gongjiang.services.opinions.boxes import Box, boxes, fillable, is_party, open_stages
from gongjiang.services.opinions.hand import colleagues
from gongjiang.services.opinions.links import PURPOSE, may_ask, may_hold
from gongjiang.services.opinions.remind import PAUSE
from gongjiang.services.opinions.withdraw import may_withdraw
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Line:
    """A box, the last link sent about it, what of the form was changed since it was filled, and what this person may
    do."""

    box: Box
    stage: str
    open: bool
    link: Invitation | None
    link_state: str
    may_send: bool
    may_hold: bool
    may_remind: bool
    may_decline: bool
    may_withdraw: bool
    changed: Changed | None
    to: tuple[User, ...]

    @property
    def given(self) -> Opinion | None:
        """The row, if the box was asked or filled."""
        return self.box.given

    @property
    def late(self) -> bool:
        """Was it given after its day? It counts all the same."""
        given = self.given
        due = None if given is None else given.due_at
        return given is not None and due is not None and given.given_at is not None and given.given_at >= due

    @property
    def state(self) -> str:
        """agree, against, declined, link, asked, or early: not asked yet."""
        if self.box.verdict:
            return "agree" if self.box.verdict == Opinion.Verdict.AGREE else "against"
        if self.given is not None and self.given.declined:
            return "declined"
        if self.link_state in {"queued", "office", "sent", "opened"}:
            return "link"
        return "asked" if self.open else "early"


def overview(actor: Actor, at: datetime, programme: Programme, case: Case) -> list[Line]:
    """The boxes of a case that this person may see, in the order of stages and sheets."""
    links = latest(case.pk, PURPOSE)
    now = open_stages(programme, case)
    facts = facts_of_one(programme, case)
    may_fill, still = fillable(programme, case, facts), fillable(programme, case, facts, filled=True)
    runs = tuple(role for one in now for role in one.by)
    pushes = files(actor, case) or bool(runs and may_act(actor, programme, case, runs))
    known: dict[int, tuple[User, ...]] = {}
    found = []
    every = boxes(actor, programme, case)
    moments = {box.given.given_at for box in every if box.given is not None and box.given.given_at is not None}
    since = changed_since(programme, case, moments)
    for box in every:
        given, link = box.given, links.get(f"{box.asked.sheet}.{box.asked.party}")
        state = "" if link is None else state_of(link, at)
        open_ = (box.asked.sheet, box.asked.party) in may_fill
        waits = open_ and not box.verdict
        mine = waits and is_party(actor, programme, case, box.asked) and not is_applicant(actor, case)
        held = given.organisation_id if given is not None else None
        if mine and held is not None and held not in known:
            known[held] = tuple(colleagues(held, programme.edition.pk, at))
        reachable = given is not None and (given.organisation_id is not None or given.handed_to_id is not None)
        rested = given is None or given.reminded_at is None or at >= given.reminded_at + PAUSE
        asked = waits and given is not None and not given.declined
        found.append(
            Line(
                box,
                programme.stage(box.stage).shown,
                open_,
                link,
                state,
                may_send=waits and may_ask(actor, programme, case, box.asked, now),
                may_hold=may_hold(actor, programme, case, box.asked),
                may_remind=asked and pushes and reachable and rested and not mine,
                may_decline=mine and not (given is not None and bool(given.declined)),
                may_withdraw=_may_withdraw(actor, programme, case, box, still.get((box.asked.sheet, box.asked.party))),
                changed=since.get(given.given_at) if given is not None and given.given_at is not None else None,
                to=tuple(one for one in known.get(held or 0, ()) if one.pk != actor.user_id) if mine else (),
            )
        )
    return found


def _may_withdraw(
    actor: Actor, programme: Programme, case: Case, box: Box, still: tuple[Stage, PartyAsked] | None
) -> bool:
    if still is None or box.given is None or not box.verdict:
        return False
    return may_withdraw(actor, programme, case, *still, box.given)
