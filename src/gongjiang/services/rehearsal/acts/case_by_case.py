"""What check, opinion and submit share: cases one by one, each with its judgements and opinions first."""

from datetime import datetime

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.rehearsal.acts.base import Act, open_cases
from gongjiang.services.rehearsal.opinions import asks, give_needed, judge_needed
from gongjiang.services.rehearsal.world import World


class CaseByCase(Act):
    """Everybody who is here, spread over the stage's days."""

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """Judgements for all, then opinions and the move case by case."""
        cases = open_cases(world, stage)
        for case in cases:
            judge_needed(world, case, stage)
        facts = facts_of(world.programme, cases) if asks(world, stage) else {}
        moments = world.clock.moments(end, len(cases))
        for case, moment in zip(cases, moments, strict=True):
            world.clock.go(moment)
            give_needed(world, case, stage, facts.get(case.pk))
            self.decide(world, stage, case)

    def one(self, world: World, stage: Stage, case: Case) -> None:
        """A single case through this stage."""
        judge_needed(world, case, stage)
        give_needed(world, case, stage)
        self.decide(world, stage, case)

    def decide(self, world: World, stage: Stage, case: Case) -> None:
        """The move that sends the case on."""
        raise NotImplementedError

    def refused(self, world: World, stage: Stage, case: Case, refusal: Refused, word: str) -> None:
        """A step that a rule forbids: told, and the case stays where it is."""
        world.record(stage).refused.append(f"{case.title}：{refusal.text}")
        world.troubles.add("run", f"“{stage.shown}”有人{word}：{refusal.text}", stage.clause)
