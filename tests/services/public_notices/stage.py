"""A list that stands before its public notice: the ground of these tests. Everybody is invented."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from tests.factories import World, case_at, load_calendar, opened_edition, programme_at, small_world

from gongjiang.kernel.actor import nobody
from gongjiang.models import Case, Edition, File, Judgement, Notice, NoticeEntry, StageRow
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.decide import Decided, confirm, decide
from gongjiang.services.public_notices.handle import admit
from gongjiang.services.public_notices.object import Receipt, submit_objection
from gongjiang.services.public_notices.publish import publish
from gongjiang.services.public_notices.settle import Settled, settle_due

NAMES = ("何焊平", "岑铸山", "丁砺锋", "温测微", "马驭程", "石守窑")
VALUES = {
    "gender": "男",
    "employer": "澜江重工有限公司",
    "post": "班组长",
    "trade": "电焊工",
    "works_in_city": "yes",
    "years_in_trade": "12",
    "years_in_city": "8",
    "on_frontline": "yes",
    "union_member": "yes",
    "contests": [{"id": "r1", "contest": "广西职工职业技能大赛", "rank": "3"}],
}
FRIDAY = date(2026, 9, 18)
MONDAY = date(2026, 9, 21)
DEEDS = "公示材料中所列的工作年限与事实不符，有考勤记录可查。"


def moment(day: date, hour: int = 10, minute: int = 0, second: int = 0, micro: int = 0) -> datetime:
    """A time of that day in the official zone."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute, second, micro))


@dataclass
class Ground:
    """A world, its edition, and the cases in list order."""

    world: World
    edition: Edition
    cases: list[Case]

    @property
    def programme(self) -> Programme:
        return programme_at(self.edition)

    def post(self, day: date = FRIDAY, **changes: Any) -> Notice:
        """Publish as the leading group's approver."""
        asked: dict[str, Any] = {"programme": self.programme, "stage_id": "notice", **changes}
        return publish(actor=self.world.actor("yan"), at=moment(day), **asked)

    def entry(self, n: int) -> NoticeEntry:
        """The latest entry of the n-th case."""
        return NoticeEntry.objects.filter(case=self.cases[n]).latest("id")

    def row(self, n: int, stage: str = "notice") -> StageRow:
        return StageRow.objects.get(case=self.cases[n], stage=stage)

    def object(self, n: int, at: datetime, text: str = DEEDS, signed: str = "anonymous", **more: Any) -> Receipt:
        return submit_objection(actor=nobody(), at=at, entry_id=self.entry(n).pk, signed=signed, text=text, **more)

    def admitted(self, n: int, day: date) -> int:
        """An objection to the n-th person that was admitted; its id."""
        receipt = self.object(n, moment(day))
        found = self.entry(n).objections.get(receipt=receipt.number)
        return admit(actor=self.world.actor("zhang"), at=moment(day, 11), objection_id=found.pk).pk

    def settle(self, day: date) -> Settled:
        return settle_due(actor=self.world.actor("zhang"), at=moment(day), programme=self.programme)


def ground(places: int = 3, people: int = 4, answers: dict[str, Any] | None = None, more: str = "") -> Ground:
    """`people` cases open at the notice in list order, of whom `places` fit. `more`: sections under the pack's own."""
    load_calendar()
    world = small_world()
    edition = opened_edition(world, answers, more=more)
    edition.params = {**edition.params, "places": places}
    edition.save()
    cases: list[Case] = []
    for n, name in enumerate(NAMES[:people], 1):
        case = case_at(world, edition, "notice", name, values=VALUES)
        StageRow.objects.filter(case=case, stage="final_review").update(position=n)
        meets_the_rules(case)
        cases.append(case)
    return Ground(world, edition, cases)


def meets_the_rules(case: Case) -> None:
    """What people judged and what was handed in, so that every hard rule of the pack holds."""
    at = moment(date(2026, 6, 20))
    Judgement.objects.bulk_create(
        Judgement(
            process=case.process,
            question=question,
            about="case",
            key=f"case:{case.pk}",
            case_id=case.pk,
            answer=True,
            at=at,
        )
        for question in ("character", "powers")
    )
    File.objects.create(
        case=case,
        attachment="consent",
        title="同意书",
        name="同意书.pdf",
        kind="pdf",
        size=1,
        digest="0" * 64,
        stored=f"consent-{case.pk}",
        uploaded_at=at,
    )


def ruled(here: Ground, objection: int, outcome: str = "upheld", who: str = "yan", day: date = MONDAY) -> Decided:
    """Decide an objection with a finding; what strikes is proposed by the officer, approved by `who`."""
    done = decide(
        actor=here.world.actor("zhang" if outcome == "upheld" and who == "yan" else who),
        at=moment(day, 15),
        objection_id=objection,
        outcome=outcome,
        answer="经核实，所反映情况属实。" if outcome == "upheld" else "经核实，所反映情况不属实。",
        finding="调阅考勤与社保记录。",
        basis="9月21日领导小组会议" if outcome == "upheld" else "",
    )
    if outcome != "upheld":
        return done
    return confirm(actor=here.world.actor(who), at=moment(day, 15), objection_id=objection)
