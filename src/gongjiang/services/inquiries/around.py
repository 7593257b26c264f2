"""What the page of a nomination tells of inquiries: one that runs, the record of the unit that put it forward."""

from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Inquiry
from gongjiang.rules.inquiries.grounds import About, grounds
from gongjiang.rules.inquiries.steps import RUNNING
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.inquiries.authority import OFFICE, bodies_for, may_open
from gongjiang.services.inquiries.queries import Noted, record_of, visible_to
from gongjiang.services.nominations.authority import files
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Around:
    """`record`: what was decided against the recommending unit, for officers who look at what it puts forward."""

    may_open: bool = False
    running: Inquiry | None = None
    record: tuple[Noted, ...] = ()


def around_case(actor: Actor, programme: Programme, case: Case) -> Around:
    """Nothing for those who file it, and for experts and departments."""
    if case.submitted_at is None or not actor.has(*OFFICE, "observer") or files(actor, case):
        return Around()
    running = visible_to(actor).filter(case=case, state__in=sorted(RUNNING)).first()
    opens = running is None and case.state != CaseState.NAMED and _opens(actor, programme, case)
    return Around(opens, running, tuple(record_of(case.nominator_id, 5)))


def _opens(actor: Actor, programme: Programme, case: Case) -> bool:
    found = grounds(About.CASE, programme.pack.accountability)
    return any(may_open(actor, programme, bodies_for(programme, About.CASE, one, case)) for one in found)
