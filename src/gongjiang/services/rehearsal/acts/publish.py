"""publish: the notice is posted, somebody objects without ground, somebody with, the next of the order moves up."""

from datetime import date, datetime, timedelta

from django.db import transaction

from gongjiang.kernel.actor import Actor, nobody
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Case, Notice, NoticeEntry, Objection, StageRow
from gongjiang.rules.honours.effects import Step, steps_of
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.publish import Outcome
from gongjiang.rules.programmes.stage_types.publish import Publish as PublishStage
from gongjiang.services.public_notices.authority import own_unit
from gongjiang.services.public_notices.candidates import unposted
from gongjiang.services.public_notices.decide import Decided, confirm, decide
from gongjiang.services.public_notices.handle import admit, verify
from gongjiang.services.public_notices.object import submit_objection
from gongjiang.services.public_notices.postings import record_posting
from gongjiang.services.public_notices.publish import publish
from gongjiang.services.public_notices.settle import settle_due
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.acts.base import Act
from gongjiang.services.rehearsal.clock import morning
from gongjiang.services.rehearsal.world import World

UNFOUNDED = "反映该同志的工作年限可能不实，请核对档案和社保记录。（试运行）"
FOUNDED = "反映该同志申报的一项成果由他人完成，附有当时的工作记录，请核实。（试运行）"


class NobodyLeft(GongjiangError):
    """Nobody could take the place: the trial is undone."""


class Publish(Act):
    """Post, object, settle."""

    def begins(self, world: World, stage: Stage, begin: datetime) -> datetime:
        """The first day on which offices work, by the decreed calendar: an undecreed year stops here."""
        day = begin.astimezone(world.clock.now.tzinfo).date()
        world.clock.calendar.is_working_day(day)
        return super().begins(world, stage, begin)

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """The notice from its posting to the end of the last entry."""
        assert isinstance(stage, PublishStage)
        first = self.post(world, stage)
        if first is None:
            return
        if stage.objections is not None:
            self.objections(world, stage, first)
        self.wait(world, stage)
        for case in self.bodies(world, stage):
            actor = world.actor_for(stage.by, case, "approver")
            if stage.media_proof:
                self.stood(world, stage, actor, own_unit(stage, case) if case else None)
            settled = settle_due(actor=actor, at=world.clock.tick(), programme=world.programme)
            for held in settled.held:
                world.troubles.add("objection", f"{held.title}的异议还没有办结，不能命名。", stage.clause)

    def bodies(self, world: World, stage: PublishStage, *states: str) -> list[Case | None]:
        """Nobody where one body posts for all; else a case of each unit that posts its own (in these states)."""
        if not stage.per:
            return [None]
        rows = StageRow.objects.filter(process=world.programme.process, stage=stage.id)
        rows = rows.filter(state__in=states) if states else rows.exclude(state=RowState.WAITING)
        found: dict[int, Case] = {}
        for row in rows.select_related("case").prefetch_related("case__parties__organisation").order_by("id"):
            found.setdefault(row.case.nominator_id, row.case)
        return list(found.values())

    def post(self, world: World, stage: PublishStage) -> Notice | None:
        """The first notice (each unit posts its own, where they do); None where nobody came this far."""
        if not StageRow.objects.filter(process=world.programme.process, stage=stage.id, state=RowState.OPEN).exists():
            world.troubles.add("run", f"没有人到“{stage.shown}”这一步。", stage.clause)
            return None
        made = [
            publish(
                actor=world.actor_for(stage.by, case, "approver"),
                at=world.clock.tick(),
                programme=world.programme,
                stage_id=stage.id,
                unit=own_unit(stage, case) if case is not None else None,
            )
            for case in self.bodies(world, stage, RowState.OPEN)
            if case is None or unposted(world.programme, stage, case.nominator_id)
        ]
        return made[0] if made else None

    def objections(self, world: World, stage: PublishStage, first: Notice) -> None:
        """One that proves unfounded, one that proves true, both within the days of the notice."""
        entries = list(first.entries.order_by("position"))
        day = self.inside(world, first)
        world.clock.go(morning(day) + timedelta(hours=1))
        dismissed, upheld = self.outcome(stage, strike=False), self.outcome(stage, strike=True)
        if dismissed is not None:
            self.handle(
                world, stage, entries[len(entries) // 2], UNFOUNDED, dismissed, "经核对档案，情况属实，年限无误。"
            )
        if upheld is not None and len(entries) > 1:
            self.try_upheld(world, stage, entries[len(entries) // 3], upheld, dismissed)

    def inside(self, world: World, notice: Notice) -> date:
        """A working day of the notice, after the day of posting if there is one."""
        days = [notice.published_at.date(), *map(_day, notice.days)]
        return next((one for one in sorted(days) if one > world.clock.today), world.clock.today)

    def outcome(self, stage: PublishStage, *, strike: bool) -> Outcome | None:
        """The stage's outcome that strikes somebody and lets the next move up, or that changes nothing."""
        for one in stage.objections.outcomes if stage.objections else ():
            steps = steps_of(one.effects)
            if strike and Step.STRIKE in steps and Step.MOVE_UP in steps:
                return one
            if not strike and Step.STRIKE not in steps:
                return one
        return None

    def try_upheld(
        self, world: World, stage: PublishStage, entry: NoticeEntry, upheld: Outcome, dismissed: Outcome | None
    ) -> None:
        """Uphold it if somebody can take the place; else the trial is undone and told as a trouble."""
        try:
            with transaction.atomic():
                done = self.handle(world, stage, entry, FOUNDED, upheld, "经核实，反映的情况属实。")
                if done.moved is None or done.moved.case is None:
                    raise NobodyLeft(done.moved.sentence if done.moved else "")
        except NobodyLeft as left:
            world.objections.pop()
            world.troubles.add("objection", f"公示中如有人被取消资格，没有人能递补：{left.text}", stage.clause)
            if dismissed is not None:
                self.handle(world, stage, entry, FOUNDED, dismissed, "经核实，成果归属有原始记录为证。")
            return
        if done.moved is not None and done.moved.case is not None and done.moved.notice is None:
            self.catch_up(world, stage)

    def catch_up(self, world: World, stage: PublishStage) -> None:
        """The substitute takes the steps that the others have behind them, then goes on a notice."""
        for one in world.programme.stages:
            if one.id == stage.id:
                break
            here = StageRow.objects.filter(process=world.programme.process, stage=one.id, state=RowState.OPEN)
            if here.exists() and one.type not in {"select", "panel", "apply"}:
                acts()[one.type].run(world, one, world.clock.now)
        self.post(world, stage)

    def handle(
        self, world: World, stage: PublishStage, entry: NoticeEntry, text: str, outcome: Outcome, finding: str
    ) -> Decided:
        """One objection from its receipt to its decision."""
        receipt = submit_objection(
            actor=nobody(),
            at=world.clock.tick(),
            entry_id=entry.pk,
            signed=Objection.Signed.NAMED,
            text=text,
            name="知情职工",
            contact=world.numbers.mobile(),
        )
        objection = Objection.objects.get(receipt=receipt.number)
        actor = self.handler(world, stage, entry.case)
        admit(actor=actor, at=world.clock.tick(600), objection_id=objection.pk)
        verify(actor=actor, at=world.clock.tick(3600), objection_id=objection.pk, finding=finding)
        roles = stage.objections.by if stage.objections else stage.by
        officer = world.actor_for(roles, entry.case if stage.per else None, "officer")
        done = decide(
            actor=officer,
            at=world.clock.tick(600),
            objection_id=objection.pk,
            outcome=outcome.id,
            answer=f"您反映的情况已核实：{outcome.label}。",
            basis="试运行：专题会议",
        )
        if done.objection.state != Objection.State.DECIDED:
            done = confirm(actor=actor, at=world.clock.tick(600), objection_id=objection.pk)
        world.objections.append(
            {
                "stage": stage.id,
                "about": entry.case.title,
                "outcome": outcome.id,
                "label": outcome.label,
                "decided": world.clock.today.isoformat(),
                "substitute": done.moved.case.title if done.moved and done.moved.case else None,
            }
        )
        return done

    def handler(self, world: World, stage: PublishStage, case: Case) -> Actor:
        """An approver of the body that handles objections."""
        roles = stage.objections.by if stage.objections else stage.by
        return world.actor_for(roles, case if stage.per else None, "approver")

    def wait(self, world: World, stage: Stage) -> None:
        """Until the last entry's days are over."""
        last = (
            NoticeEntry.objects.filter(notice__process=world.programme.process, notice__stage=stage.id)
            .order_by("-ends_on")
            .values_list("ends_on", flat=True)
            .first()
        )
        if last is not None:
            world.clock.go(morning(last + timedelta(days=1)))
            self.check_window(world, stage)

    def stood(self, world: World, stage: PublishStage, actor: Actor, unit: int | None) -> None:
        """Every notice (of the unit) was in every medium that the pack names."""
        posted = Notice.objects.filter(process=world.programme.process, stage=stage.id, unit_id=unit)
        for notice in posted.order_by("ordinal"):
            for medium in stage.media:
                record_posting(
                    actor=actor, at=world.clock.tick(), notice_id=notice.pk, medium=medium,
                    posted_on=notice.first_day, link="https://example.cn/notice",
                )  # fmt: skip

    def check_window(self, world: World, stage: Stage) -> None:
        """A notice that leaves its window is told: the notice's month was too short for its days."""
        window = world.window(stage)
        for notice in Notice.objects.filter(process=world.programme.process, stage=stage.id).order_by("ordinal"):
            if window.last_day is not None and notice.last_day > window.last_day:
                world.troubles.add(
                    "dates",
                    f"{notice.title}到{long_date(notice.last_day)}才满，通知规定到{long_date(window.last_day)}为止。",
                    stage.clause,
                )


def _day(text: str) -> date:
    return date.fromisoformat(text)


ACT = Publish()
