"""A small edition of the invented notice qinglan-2031 with people at a list: the ground of these tests."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.again import again
from tests.factories import AT, World, case_at, load_calendar, person, programme_at, small_world

from gongjiang.kernel.actor import Actor, platform
from gongjiang.models import Assignment, Case, Edition, Expert, Organisation, StageRow
from gongjiang.services.formality.judge_case import judge_case
from gongjiang.services.meetings.record import MeetingIn
from gongjiang.services.programmes.programme import Programme, main_process
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition
from gongjiang.services.scoring.assign import assign_cases
from gongjiang.services.scoring.panel import add_expert, declare
from gongjiang.services.scoring.sheet import submit_sheet

PACK = Path(__file__).resolve().parents[2] / "packs" / "qinglan-2031.yaml"
NAMES = ("何焊平", "岑铸山", "丁砺锋", "温测微", "马驭程", "石守窑", "乔架梁", "屈调频")
ROLES = {
    "unit": ["plant", "dyeing", "far_plant"],
    "recommender": ["county", "other_county", "industry"],
    "jury": ["panel"],
    "office": ["office"],
    "council": ["group"],
}
MEETING = MeetingIn(
    body="专家评审会",
    held_on=AT.date(),
    chair="严审定",
    present=("严审定", "章有序", "贾评审"),
    votes={"for": 3, "against": 0, "abstained": 0},
    record="逐一评议，按得分排序。",
)


@dataclass
class Ground:
    """A world, its edition, its cases by name and its experts in order."""

    world: World
    edition: Edition
    cases: dict[str, Case] = field(default_factory=dict)
    experts: list[Expert] = field(default_factory=list)

    @property
    def programme(self) -> Programme:
        return programme_at(self.edition)

    def actor(self, username: str) -> Actor:
        return self.world.actor(username)

    def pks(self, *names: str) -> list[int]:
        return [self.cases[one].pk for one in names]

    def add(self, name: str, stage: str = "panel", **changes: Any) -> Case:
        """One more case at a stage, its judgement made, in a workshop of its own."""
        values = {"gender": "男", "years_in_trade": "12", "shop": f"{name}班", "employer": "澜江重工有限公司"}
        values |= changes.pop("values", {})
        made = case_at(self.world, self.edition, stage, name, values=values, **changes)
        self.cases[name] = made
        judge_case(actor=platform(), at=AT, case_id=made.pk, question="solid", answer=True)
        return made

    def seat(self, *usernames: str, declared: bool = True) -> None:
        """Experts on the panel; new accounts where there are none."""
        for one in usernames:
            user = self.world.people.get(one) or person(self.world, one, f"{one}专家")
            expert = add_expert(
                actor=self.actor("zhang"),
                at=AT,
                programme=self.programme,
                stage_id="panel",
                user=user,
                employer="远山研究院",
            )
            if declared:
                declare(actor=self.actor(one), at=AT, expert_id=expert.pk, confidential=True)
                expert.refresh_from_db()
            self.experts.append(expert)

    def assign(self, seed: str = "青岚-1", **changes: Any) -> list[Assignment]:
        return assign_cases(
            actor=self.actor("zhang"), at=AT, programme=self.programme, stage_id="panel", seed=seed, **changes
        )

    def score(self, points: dict[str, str]) -> None:
        """Everybody assigned gives each case these points for both leaves."""
        for one in Assignment.objects.filter(state="assigned").select_related("expert__user", "case"):
            given = points.get(one.case.title)
            if given is not None and not one.sheets.exists():
                submit_sheet(
                    actor=self.actor(one.expert.user.username),
                    at=AT,
                    assignment_id=one.pk,
                    scores={"craft": given, "teach": given},
                )

    def row(self, name: str, stage: str) -> StageRow:
        return StageRow.objects.get(case=self.cases[name], stage=stage)


def ground(answers: dict[str, Any] | None = None, changed: dict[str, str] | None = None) -> Ground:
    """The edition opened, with nobody in it yet. `changed`: words of the pack to be replaced by others."""
    return Ground(*again(("rounds", repr(answers), repr(changed)), lambda: _opened(answers, changed)))


def _opened(answers: dict[str, Any] | None, changed: dict[str, str] | None) -> tuple[World, Edition]:
    world = small_world()
    load_calendar()
    at = AT - timedelta(days=28)
    source = PACK.read_text("utf-8")
    for words, others in (changed or {}).items():
        assert words in source
        source = source.replace(words, others)
    edition = prepare_edition(
        actor=platform(),
        at=at,
        organiser=world["city"],
        source=source,
        filename=PACK.name,
        notice_text="",
        slug=f"qinglan-{Edition.objects.count() + 1}",
    )
    asked = {"Q1": "3", "Q2": "2", "Q3": "如拟稿"} | (answers or {})
    for question, answer in asked.items():
        answer_question(actor=platform(), at=at, edition=edition, question=question, answer=answer, basis="答复")
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        bind_role(actor=platform(), at=at, edition=edition, role=role, organisations=[world[one] for one in keys])
    open_edition(actor=platform(), at=at, edition=edition)
    edition.refresh_from_db()
    assert main_process(edition)
    assert Organisation.objects.exists()
    return world, edition


def scored(points: dict[str, str], answers: dict[str, Any] | None = None) -> Ground:
    """People at the panel, scored by two experts with these points a leaf."""
    found = ground(answers)
    for name in points:
        found.add(name)
    found.seat("jia", "yi")
    found.assign()
    found.score(points)
    return found
