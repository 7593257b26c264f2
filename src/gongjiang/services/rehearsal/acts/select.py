"""select: a meeting closes the list, as rank and pools propose it; each unit its own, where units decide."""

from datetime import datetime

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.quotas.pools import Outcome
from gongjiang.services.meetings.record import MeetingIn
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.seats import list_group, room_beside
from gongjiang.services.rehearsal.acts.base import Act, open_cases
from gongjiang.services.rehearsal.opinions import asks, give_needed, judge_needed
from gongjiang.services.rehearsal.world import World
from gongjiang.services.rounds.board import Board, board
from gongjiang.services.rounds.close import close_list
from gongjiang.services.rounds.tiers import choices_of, chooses_tiers

SOFT = "试运行：按规则所得的次序列入"


class Select(Act):
    """Lists of a stage, one by one."""

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """Judgements and opinions first, then each list."""
        groups: dict[str, list[Case]] = {}
        for case in open_cases(world, stage):
            groups.setdefault(list_group(stage, case), []).append(case)
        moments = world.clock.moments(end, len(groups))
        for (group, cases), moment in zip(groups.items(), moments, strict=True):
            world.clock.go(moment)
            self.prepare(world, stage, cases)
            self.close(world, stage, group, cases[0])

    def prepare(self, world: World, stage: Stage, cases: list[Case]) -> None:
        """What the list waits for, and the order a unit gives its own people."""
        for case in cases:
            judge_needed(world, case, stage)
        facts = facts_of(world.programme, cases) if asks(world, stage) else {}
        for case in cases:
            give_needed(world, case, stage, facts.get(case.pk))
        if any(key.opinion_order for key in stage.rank):
            order = sorted(cases, key=lambda one: (-world.nominees[one.pk].quality, one.pk))
            for place, case in enumerate(order, 1):
                Case.objects.filter(pk=case.pk).update(rank_in_unit=place)

    def close(self, world: World, stage: Stage, group: str, example: Case) -> None:
        """The list as proposed; equals in the order the meeting gives them."""
        found = board(world.programme, stage, group)
        order = self.order(world, found)
        kept, rest = self.choose(found, order)
        reasons = {f"pool:{state.pool}": SOFT for state in found.pools(kept) if state.outcome is not Outcome.MET}
        reasons |= {f"pick:{pk}": SOFT for pk in kept} | {"behind": SOFT}
        try:
            close_list(
                actor=world.actor_for(stage.by, example if stage.per else None, "approver"),
                at=world.clock.tick(),
                programme=world.programme,
                stage_id=stage.id,
                kept=kept,
                alternates=rest[: room_beside(world.programme, stage.keep)] if self.waits(world, stage) else [],
                meeting=meeting_of(world, stage),
                reasons=reasons,
                group=group,
                tiers=self.grade(world, stage, group, kept),
            )
        except Refused as refusal:
            world.troubles.add("run", f"“{stage.shown}”的名单没有定下来：{refusal.text}", stage.clause)
            world.record(stage).refused.append(refusal.text)

    def grade(self, world: World, stage: Stage, group: str, kept: list[int]) -> dict[int, str] | None:
        """Where people choose the tiers: the best for everybody whom the pools leave it, the last of the order lower
        first."""
        if not chooses_tiers(world.programme, stage):
            return None
        cases = {one.pk: one for one in Case.objects.filter(pk__in=kept)}
        ladder = {pk: [one.id for one in choices_of(world.programme, stage, one.award)] for pk, one in cases.items()}
        place = dict.fromkeys(kept, 0)
        for pk in (pk for step in range(len(stage.gives)) for pk in reversed(kept) if step < len(ladder[pk]) - 1):
            tiers = {one: ladder[one][place[one]] for one in kept}
            if not any(state.blocks for state in board(world.programme, stage, group, tiers=tiers).pools(kept)):
                break
            place[pk] += 1
        return {one: ladder[one][place[one]] for one in kept}

    def order(self, world: World, found: Board) -> list[int]:
        """Ranked ids; equals as the meeting settles them: here by what we know of each."""
        place = {int(one): n for n, rung in enumerate(found.ranking.rungs) for one in rung.cases}
        far = len(place)
        return sorted(found.cases, key=lambda pk: (place.get(pk, far), -world.nominees[pk].quality, pk))

    def choose(self, found: Board, order: list[int]) -> tuple[list[int], list[int]]:
        """Kept and the rest, both in order. Pools refuse whom they must."""
        allowed = {int(one) for one in found.proposal.kept_cases}
        if found.proposal.tie is not None:
            allowed |= set([pk for pk in order if str(pk) in found.proposal.tie.cases][: found.proposal.tie.seats])
        kept = [pk for pk in order if pk in allowed]
        if found.size is not None:
            kept = kept[: found.size]
        return kept, [pk for pk in order if pk not in set(kept) and str(pk) not in found.barred]

    def waits(self, world: World, stage: Stage) -> bool:
        """Do those who aren't kept stand by in order? Where the list has an order of its own."""
        return bool(stage.rank) and stage.keep is not None


def meeting_of(world: World, stage: Stage) -> MeetingIn:
    """A meeting of the deciding body, with people who sit in it."""
    seats = [f"{one}" for one in _members(world, stage)]
    body = "、".join(stage.meeting) or f"{stage.shown}会议"
    return MeetingIn(
        body=body,
        held_on=world.clock.today,
        chair=seats[0],
        present=tuple(seats),
        votes={"for": len(seats), "against": 0, "abstained": 0},
        record=f"会议审议了{stage.shown}名单，一致同意。（试运行）",
    )


def _members(world: World, stage: Stage) -> list[str]:
    roles = world.programme.expand(stage.by)
    seated = [one.name for one in world.edition.seats.all() if one.role in roles and one.name]
    return list(dict.fromkeys(seated)) or ["主持人甲", "委员乙", "委员丙"]


ACT = Select()
