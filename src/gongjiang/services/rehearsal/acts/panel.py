"""panel: experts are seated and declare, cases are dealt out, sheets scored, then a meeting closes the list."""

from datetime import datetime
from fractions import Fraction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.rounding import decimal_text, exact
from gongjiang.models import Assignment, Case, User
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.panel import Panel as PanelStage
from gongjiang.rules.scoring.aggregate import HUNDREDTH
from gongjiang.rules.scoring.remarks import must_say
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.rehearsal.acts.base import open_cases
from gongjiang.services.rehearsal.acts.select import Select
from gongjiang.services.rehearsal.opinions import judge_needed
from gongjiang.services.rehearsal.people import PLACES
from gongjiang.services.rehearsal.world import World
from gongjiang.services.scoring.assign import assign_cases
from gongjiang.services.scoring.contest import Result, import_scores, most_of
from gongjiang.services.scoring.panel import add_expert, declare
from gongjiang.services.scoring.sheet import submit_sheet
from gongjiang.services.scoring.trees import JudgedLeaf, judged_leaves, scorers_of, tree_of

#: Cases that one expert can read with care.
CASES_AN_EXPERT = 45
HALF = Fraction(1, 2)
SAID = "试运行：与材料相符。"


class Panel(Select):
    """Scores first, the list afterwards."""

    def prepare(self, world: World, stage: Stage, cases: list[Case]) -> None:
        """Scores by experts, or a contest's results."""
        assert isinstance(stage, PanelStage)
        if stage.scores == "import":
            self.bring_in(world, stage, cases)
        elif tree_of(world.programme, stage) is not None:
            experts = self.seat(world, stage, len(cases))
            self.score(world, stage, experts)
        super().prepare(world, stage, cases)

    def bring_in(self, world: World, stage: PanelStage, cases: list[Case]) -> None:
        """A contest's results, by how good we made them."""
        most = most_of(world.programme, stage)
        top = min(most, Fraction(100))
        results = [Result(one.pk, points(world, one, top)) for one in cases]
        runner = world.actor_for(stage.by, None, "officer")
        import_scores(
            actor=runner,
            at=world.clock.tick(),
            programme=world.programme,
            stage_id=stage.id,
            results=results,
            source="试运行成绩单",
        )

    def seat(self, world: World, stage: PanelStage, cases: int) -> list[Actor]:
        """Experts enough for the cases; each declares."""
        root = tree_of(world.programme, stage)
        wanted = scorers_of(world.programme, root) if root is not None else 1
        number = max(wanted + 2, -(-cases * wanted // CASES_AN_EXPERT))
        roles = world.programme.expand(stage.jury or stage.by)
        held = [pk for role in sorted(roles) for pk in sorted(world.edition_holders.get(role, ()))]
        runner = world.actor_for(stage.by, None, "officer")
        found = []
        for n, expert in enumerate(world.offices.experts(held[0] if held else world.edition.organiser_id, number)):
            user = User.objects.get(pk=expert.user_id or 0)
            seat = add_expert(
                actor=runner,
                at=world.clock.tick(),
                programme=world.programme,
                stage_id=stage.id,
                user=user,
                employer=f"{PLACES[n % len(PLACES)]}技能研究院",
                title="正高级工程师",
            )
            actor = actor_of(user, world.clock.tick())
            declare(actor=actor, at=world.clock.tick(), expert_id=seat.pk, confidential=True)
            found.append(actor)
        return found

    def score(self, world: World, stage: PanelStage, experts: list[Actor]) -> None:
        """Everybody scores what they were given, a little apart from each other; and judges what rules ask."""
        root = tree_of(world.programme, stage)
        if root is None:
            return
        assign_cases(
            actor=world.actor_for(stage.by, None, "officer"),
            at=world.clock.tick(),
            programme=world.programme,
            stage_id=stage.id,
            seed=f"{stage.id}-试运行",
        )
        leaves = judged_leaves(world.programme, root)
        by_user = {one.user_id: one for one in experts}
        rows = Assignment.objects.filter(stage=stage.id, expert__process=world.programme.process, state="assigned")
        first: dict[int, Actor] = {}
        for row in rows.select_related("expert", "case").order_by("expert_id", "position"):
            actor = by_user[row.expert.user_id]
            first.setdefault(row.case_id, actor)
            scores = {leaf.id: points(world, row.case, leaf.most, leaf.step) for leaf in leaves}
            submit_sheet(
                actor=actor,
                at=world.clock.tick(),
                assignment_id=row.pk,
                scores=scores,
                remark=SAID if root.remark is not None else "",
                remarks={leaf.id: SAID for leaf in leaves if _explained(world, leaf, scores[leaf.id])},
            )
        for case in open_cases(world, stage):
            if case.pk in first:
                judge_needed(world, case, stage, first[case.pk])

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """As for any list; the meeting comes on the last day."""
        super().run(world, stage, end)


def points(world: World, case: Case, most: Fraction, step: Fraction = HUNDREDTH) -> str:
    """Around the case's quality; in halves where the sheet takes them, so that sheets look like sheets."""
    share = world.nominees[case.pk].quality + world.rng.uniform(-0.08, 0.08)
    wide = step if HALF % step else HALF
    given = int(Fraction(min(max(share, 0.0), 1.0)).limit_denominator(1000) * most / wide) * wide
    return decimal_text(given, 6)


def _explained(world: World, leaf: JudgedLeaf, score: str) -> bool:
    return must_say(leaf.node.remark, exact(score), leaf.most, world.programme.value)


ACT = Panel()
