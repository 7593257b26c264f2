"""Anything anybody may do, in any order: what must never happen never does (TRUST, invariants 1 to 4 and 11).

On Nanning's notice with one line added to its pack: two places for each nominating unit. Four ways of filing, of which
two meet in one quota.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories import AT, ROLES, World, load_calendar, person, small_world
from tests.services.formality.ground import LATE, WAY, Ground

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Case, Edition, Entry, PoolCount, PoolSeat, StageRow
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState
from gongjiang.services.audit.verify import verify
from gongjiang.services.meetings.record import MeetingIn
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import needed_parties
from gongjiang.services.nominations.replay import differences
from gongjiang.services.nominations.submit import submit
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition
from gongjiang.services.rounds.close import close_list

PLACES = 2
POOL = f"  - {{id: by_unit, label: 各推荐单位名额, on: report_up, per: case.nominator, at_most: {PLACES}, cite: 三}}\n"
#: (applying unit, who files, receiver, its officer)
UNITS = [
    ("plant", "lan", "county", "wen"),
    ("dyeing", "yin", "county", "wen"),
    ("far_plant", "yu", "other_county", "yuan"),
    ("plant", "lan", "industry", "xiao"),
]
MOST = 6
NAMES = "甲乙丙丁戊己"
BODY = MeetingIn(body="评议会", held_on=AT.date(), chair="章有序", present=("章有序", "严审定"), record="一致同意。")


def world_with_quota() -> Ground:
    """Nanning's notice with a quota, open, its parties bound."""
    load_calendar()
    world: World = small_world()
    person(world, "yu", "余远岸", ("filer", "far_plant"))
    person(world, "xiao", "萧机械", ("officer", "industry"))
    person(world, "zhu", "祝主管", ("department", "supervisor"))
    found, at = find("nanning-2026"), AT - timedelta(days=28)
    edition = prepare_edition(
        actor=platform(),
        at=at,
        organiser=world["city"],
        source=found.text.replace("\npools:\n", f"\npools:\n{POOL}"),
        filename=found.file,
        notice_text=found.notice or "",
        slug="quota-2026",
    )
    for one in programme_of(main_process(edition)).questions:
        answer_question(actor=platform(), at=at, edition=edition, question=one.id, answer=one.default, basis="答复")
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        bind_role(actor=platform(), at=at, edition=edition, role=role, organisations=[world[one] for one in keys])
    open_edition(actor=platform(), at=at, edition=edition)
    return Ground(world, Edition.objects.get(pk=edition.pk))


class Anything(RuleBasedStateMachine):
    """People at work, in any order."""

    here: Ground
    seen: set[str] = set()  # how far any of the runs came

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.made: list[tuple[int, tuple[str, str, str, str]]] = []
        self.closed = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def chosen(self, n: int) -> tuple[Case, tuple[str, str, str, str]]:
        pk, unit = self.made[n % len(self.made)]
        return Case.objects.get(pk=pk), unit

    def open_stage(self, case: Case) -> str:
        return str(StageRow.objects.filter(case=case, state="open").values_list("stage", flat=True).first() or "")

    def attempt(self, act: Any) -> bool:
        """Do it in a transaction of its own; a refusal in words is a fine answer, anything else is not."""
        try:
            with transaction.atomic():
                act()
        except GongjiangError as refusal:
            self.seen.add(type(refusal).__name__)
            return False
        return True

    @initialize()
    def crowd(self) -> None:
        """Three of one nominating unit stand before its two places: the third is refused."""
        for unit in (UNITS[0], UNITS[1], UNITS[0]):
            case = self.here.to("report_up", f"人选{NAMES[len(self.made)]}", unit=unit[0], filer=unit[1])
            self.made.append((case.pk, unit))
            self.attempt(lambda case=case: self.here.take(case, "report_up", "report"))
        assert PoolSeat.objects.filter(count__pool="by_unit").count() == PLACES
        assert "QuotaFull" in self.seen

    @precondition(lambda self: len(self.made) < MOST)
    @rule(unit=st.sampled_from(UNITS), whole=st.booleans())
    def start(self, unit: tuple[str, str, str, str], whole: bool) -> None:
        plant, filer, receiver, _ = unit
        title = f"人选{NAMES[len(self.made)]}"
        case = self.here.draft(title, unit=plant, filer=filer, receiver=receiver)
        self.made.append((case.pk, unit))
        if whole:
            self.here.attach(case, filer)

    @precondition(lambda self: self.made)
    @rule(n=st.integers(0, MOST - 1), twice=st.booleans())
    def hand_in(self, n: int, twice: bool) -> None:
        """The same request sent again changes nothing."""
        case, (_, filer, _, _) = self.chosen(n)
        key = f"submit-{case.pk}-{case.version}"

        def act() -> None:
            submit(actor=self.here.actor(filer), at=AT, case_id=case.pk, request_key=key)

        if self.attempt(act) and twice:
            before = Entry.objects.filter(action="case.submit").count()
            self.attempt(act)
            assert Entry.objects.filter(action="case.submit").count() == before

    @precondition(lambda self: self.made)
    @rule(n=st.integers(0, MOST - 1), far=st.integers(1, len(WAY)))
    def pass_on(self, n: int, far: int) -> None:
        """As many stages as it goes; a full quota is told as such."""
        case, (_, _, receiver, who) = self.chosen(n)
        for _ in range(far):
            stage = self.open_stage(case)
            self.seen.add(stage)
            if stage not in WAY[:3]:
                return
            if not self.attempt(lambda stage=stage: self.forward(case, stage, who, receiver)):
                return

    def forward(self, case: Case, stage: str, who: str, receiver: str) -> None:
        if stage == "qualify":
            self.here.judge(case, who=who)
            self.here.take(case, stage, "pass", who=who)
        elif stage == "report_up":
            seats = PoolSeat.objects.filter(count__pool="by_unit", count__group=case.nominator.short_name)
            full = seats.exclude(case=case).count() >= PLACES  # one who came back keeps the seat
            self.here.take(case, stage, "report", who=who)
            assert not full
        else:
            self.sign(case, stage, who)

    def sign(self, case: Case, stage: str, who: str) -> None:
        facts = facts_of_one(self.here.programme, Case.objects.get(pk=case.pk))
        for asked in needed_parties(self.here.programme, self.here.programme.stage(stage), facts):
            self.here.say(case, f"{asked.sheet}.{asked.party}", who=who)

    @precondition(lambda self: self.made)
    @rule(n=st.integers(0, MOST - 1))
    def send_back(self, n: int) -> None:
        case, (_, _, _, who) = self.chosen(n)
        stage = self.open_stage(case)
        self.attempt(
            lambda: self.here.take(case, stage, "return", who="zhang" if stage == "initial" else who, reason="补")
        )

    @precondition(lambda self: self.made)
    @rule(n=st.integers(0, MOST - 1))
    def take_back(self, n: int) -> None:
        case, (_, filer, _, _) = self.chosen(n)
        self.attempt(lambda: self.here.take(case, "apply", "withdraw", who=filer, reason="本人撤回"))

    @precondition(lambda self: self.made)
    @rule(n=st.integers(0, MOST - 1), stage=st.sampled_from([*WAY, "expert", "notice", "name"]), leap=st.data())
    def skip(self, n: int, stage: str, leap: st.DataObject) -> None:
        """Nobody takes a step at a stage where the case isn't, whoever they are."""
        case, _ = self.chosen(n)
        if stage == self.open_stage(case):
            return
        action = leap.draw(st.sampled_from(["pass", "report", "complete", "keep", "confer", "settle", "reject"]))
        who = leap.draw(st.sampled_from(["yan", "zhang", "wen", "lan"]))
        assert not self.attempt(lambda: self.here.take(case, stage, action, who=who, reason="越级"))

    @precondition(lambda self: not self.closed and StageRow.objects.filter(stage="initial", state="open").exists())
    @rule(keep=st.integers(0, MOST))
    def close(self, keep: int) -> None:
        """The office closes the first list; whoever is still on the way stays behind, with a reason."""
        rows = StageRow.objects.filter(stage="initial", state="open").order_by("id")
        kept = list(rows.values_list("case_id", flat=True))[:keep]
        self.closed = self.attempt(
            lambda: close_list(
                actor=self.here.actor("yan"),
                at=LATE,
                programme=self.here.programme,
                stage_id="initial",
                kept=kept,
                meeting=BODY,
                reasons={"behind": "逾期未报"} | {f"pick:{pk}": "评议" for pk in kept},
            )
        )

        if self.closed and kept:
            self.seen.add("closed")

    @invariant()
    def no_quota_is_exceeded(self) -> None:
        for count in PoolCount.objects.all():
            assert count.used <= count.limit
            assert count.used == PoolSeat.objects.filter(count=count).count()
        reported = StageRow.objects.filter(stage="report_up", state="done", case__state__in=sorted(LIVE))
        held: dict[int, int] = {}
        for nominator in reported.values_list("case__nominator_id", flat=True):
            held[nominator] = held.get(nominator, 0) + 1
        assert all(n <= PLACES for n in held.values())

    @invariant()
    def every_case_is_somewhere_once(self) -> None:
        cases = Case.objects.in_bulk([pk for pk, _ in self.made])
        assert len(cases) == len(self.made)
        for case in cases.values():
            states = dict(StageRow.objects.filter(case=case).values_list("stage", "state"))
            working = case.state in {CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED}
            assert list(states.values()).count("open") == (1 if working else 0), (case.state, states)
            if case.state == CaseState.DRAFT:
                assert states == {"apply": "open"}

    @invariant()
    def no_stage_is_skipped(self) -> None:
        names = [one.id for one in self.here.programme.stages]
        for pk, _ in self.made:
            states = dict(StageRow.objects.filter(case_id=pk).values_list("stage", "state"))
            reached = [names.index(name) for name, state in states.items() if state in {"open", "done"}]
            for name in names[: max(reached, default=0)]:
                assert states.get(name) in {"done", "passed_by"}, (pk, states)

    @invariant()
    def the_record_tells_the_same(self) -> None:
        assert differences([pk for pk, _ in self.made]) == []
        assert verify().ok


@pytest.mark.slow
def test_nothing_that_must_not_happen_happens(db: None) -> None:
    Anything.here, Anything.seen = world_with_quota(), set()
    run_state_machine_as_test(
        Anything,
        settings=settings(
            max_examples=7,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {"initial", "closed"} <= Anything.seen
