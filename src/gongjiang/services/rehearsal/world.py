"""The small world of a rehearsal: edition, clock, people, and the record of what happened."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Edition, Organisation
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.authority import Parties as CaseParties
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import Window
from gongjiang.services.rehearsal.clock import Clock, acting_window
from gongjiang.services.rehearsal.offices import Offices
from gongjiang.services.rehearsal.parties import Parties, Unit
from gongjiang.services.rehearsal.people import Names, Numbers
from gongjiang.services.rehearsal.settings import Settings
from gongjiang.services.rehearsal.troubles import Troubles


@dataclass
class Nominee:
    """Somebody invented: where from, by which way, how good, and what people will find of them.

    `judged`: answers by (question, row id) that the rules need. `case_id` is None until filing begins. `name`: of
    somebody in particular; `group`: the employer's corporate group as the form says it.
    """

    award: str
    route: str
    unit: Unit
    employer: Organisation
    quality: float
    breaks_rule: bool = False
    name: str = ""
    group: str = ""
    case_id: int | None = None
    judged: dict[tuple[str, str], Any] = field(default_factory=dict)


@dataclass
class StageRecord:
    """What a stage did: how many came, how many are on its list; when it acted."""

    id: str
    label: str
    type: str
    entered: int = 0
    out: int = 0
    begun: datetime | None = None
    ended: datetime | None = None
    refused: list[str] = field(default_factory=list)


@dataclass
class World:
    """Everything that acts share. `edition_holders`: organisations by role held for the whole edition;
    `printed_files`: evidence that people will look at."""

    edition: Edition
    programme: Programme
    parties: Parties
    settings: Settings
    rng: Random
    clock: Clock
    names: Names
    numbers: Numbers
    offices: Offices
    troubles: Troubles
    nominees: dict[int, Nominee] = field(default_factory=dict)
    planned: list[Nominee] = field(default_factory=list)
    stages: dict[str, StageRecord] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    objections: list[dict[str, Any]] = field(default_factory=list)
    printed_files: bool = False
    follows: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.edition_holders = edition_parties(self.programme)

    def of_case(self, case: Case) -> CaseParties:
        """Who holds which role for a case (its parties prefetched)."""
        return CaseParties({one.role: one.organisation_id for one in case.parties.all()}, self.edition_holders)

    def actor_for(self, roles: tuple[str, ...], case: Case | None = None, grant: str = "approver") -> Actor:
        """Whoever acts for one of these roles: the case's own party first, else the edition's holder."""
        expanded = self.programme.expand(roles)
        found: frozenset[int] = frozenset()
        if case is not None:
            found = self.of_case(case).organisations(sorted(expanded))
        if not found:
            found = frozenset().union(*(self.edition_holders.get(one, frozenset()) for one in expanded))
        if not found:
            return self.offices.actor(self.edition.organiser_id, grant)
        return self.offices.actor(min(found), grant)

    def window(self, stage: Stage) -> Window:
        """When the notice lets a stage act, extensions included."""
        return acting_window(self.programme, stage)

    def record(self, stage: Stage) -> StageRecord:
        """The record of a stage, begun when it is first asked for."""
        return self.stages.setdefault(stage.id, StageRecord(stage.id, stage.shown, stage.type))
