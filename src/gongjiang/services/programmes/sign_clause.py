"""Clauses of the notice that the platform makes nothing of: which they are, and who has signed that it is right so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Judgement
from gongjiang.services.programmes.clauses import ClauseView, clause_views
from gongjiang.services.programmes.judge import record
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import require_organiser

#: What a signature is about, among the judgements of an edition.
ABOUT = "clause"
#: Sections whose items decide or count; a clause that rests on others only is carried out by people and paper.
DECIDING = ("条件", "口径", "不得作为条件", "破格", "计分", "名额表", "名额分配", "参数")


@dataclass(frozen=True)
class ClauseSign:
    """A clause without any item, why the drafter says so, and the signature that stands."""

    view: ClauseView
    signed: Judgement | None

    @property
    def reason(self) -> str:
        """The drafter's reason."""
        if self.view.uncovered:
            return "还没有落实"
        return self.view.note or "说明性条款，没有可执行的要求"


def unruled(programme: Programme) -> list[ClauseSign]:
    """Clauses on which no item rests, in the order of the notice. One query."""
    rows = Judgement.objects.filter(process=programme.process, about=ABOUT, superseded=False)
    signed = {one.key.partition(":")[2]: one for one in rows.select_related("by", "organisation")}
    return [ClauseSign(one, signed.get(one.id)) for one in clause_views(programme.pack) if not one.uses]


def by_people(programme: Programme) -> list[ClauseView]:
    """Clauses on which something rests, but no condition, count or score: steps, forms, times, duties."""
    return [one for one in clause_views(programme.pack) if one.uses and not set(one.grouped) & set(DECIDING)]


@transaction.atomic
def sign_clauses(*, actor: Actor, at: datetime, programme: Programme, clauses: Iterable[str], basis: str) -> int:
    """Sign that these clauses need no rule, with the ground for it. Returns how many were signed.

    Officers and approvers of the organiser sign, before publishing or later; a second signature takes the place of
    the first, which stays on record. BadInput for clauses on which something rests, and for no ground given.
    """
    require_organiser(actor, programme.edition.organiser)
    wanted = list(dict.fromkeys(clauses))
    if not wanted:
        raise BadInput("请先勾选条款。", "Choose clauses first.", place="条款")
    if not basis.strip():
        raise BadInput("请写明依据：谁核对的，或哪次会议。", "Say on what ground.", place="依据")
    known = {one.view.id: one.view for one in unruled(programme)}
    for name in wanted:
        if name not in known:
            raise BadInput(f"“{name}”不在没有规则的条款之列。", f"Clause '{name}' has a rule.", place=name)
        if known[name].uncovered:
            raise BadInput(
                f"“{name}”还没有落实，请先在项目包里落实或写明理由（note）。",
                f"Clause '{name}' is uncovered.",
                place=name,
            )
    for name in wanted:
        record(
            actor=actor,
            at=at,
            programme=programme,
            question=ABOUT,
            about=ABOUT,
            key=f"{ABOUT}:{name}"[:120],
            answer=True,
            basis=basis.strip()[:500],
            organisation_id=programme.edition.organiser_id,
        )
    return len(wanted)
