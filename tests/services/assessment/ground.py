"""People who were named, and processes over their honours: a yearly one with a retry, one at the end of the term."""

from datetime import date, datetime
from typing import Any

from tests.services.honours.certificates.named import Named, named
from tests.services.public_notices.stage import moment

from gongjiang.models import Edition, Honour
from gongjiang.services.assessment.open import open_round
from gongjiang.services.assessment.settle import settle
from gongjiang.services.meetings.record import MeetingIn
from gongjiang.services.nominations.transition import move
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.rounds.close import close_list

PROCESSES = """
term: {length: {years: 3}, from: name, at_end: renewal, assumed: 例}
processes:
  - id: yearly
    label: 年度考核
    called: 述职
    every: {years: 1}
    assumed: 例
    tiers:
      - {id: good, label: 优秀, effects: [{prefer: {programme: guangxi-artisan}}]}
      - {id: fair, label: 合格, effects: [keep]}
      - {id: poor, label: 不合格, effects: [{retry: {after: {months: 2}, times: 1, else: failed}}]}
      - {id: failed, label: 复核仍不合格, effects: [revoke, {bar: {years: 4}}, {reclaim: unspent}]}
    stages:
      - {id: self, type: submit, label: 述职, by: employer_unit, assumed: 例}
      - {id: graded, type: select, label: 评定等次, by: office, gives: [good, fair, poor], assumed: 例}
    pools:
      - id: few_good
        label: 优秀等次
        on: yearly.graded
        where: {field: case.tier, is: good}
        at_most: 15%
        of: yearly.graded
        assumed: 例
  - id: renewal
    label: 期满考核
    at_end: true
    lead: {months: 3}
    assumed: 例
    tiers:
      - {id: pass, label: 合格, effects: [{renew: {years: 3}}]}
      - {id: over, label: 不合格, effects: [end]}
    stages:
      - {id: seen, type: select, label: 审定, by: office, gives: [pass, over], assumed: 例}
  - id: final
    label: 培育期满考核
    states: [trainee]
    assumed: 例
    tiers:
      - {id: pass, label: 合格, effects: [confer]}
      - {id: over, label: 不合格, effects: [end]}
    stages:
      - {id: judged, type: select, label: 评定, by: office, gives: [pass, over], assumed: 例}
"""


def world(people: int = 2) -> Named:
    """`people` named on 28 September 2026 under a pack with the processes above."""
    return named(people, issue=False, more=PROCESSES)


def honours(found: Named) -> list[Honour]:
    return list(Honour.objects.order_by("pk"))


def opened(found: Named, process: str, day: date, **more: Any) -> Edition:
    edition = Edition.objects.get(pk=found.here.edition.pk)
    return open_round(actor=found.here.world.actor("zhang"), at=moment(day), edition=edition, process=process, **more)


def of(made: Edition) -> Programme:
    return programme_of(main_process(made))


def reported(found: Named, made: Edition, at: datetime) -> None:
    """Every enterprise hands in its report."""
    for row in of(made).process.rows.filter(stage="self", state="open"):
        move(actor=found.here.world.actor("lan"), at=at, case_id=row.case_id, stage_id="self", action="report")


def graded(found: Named, made: Edition, stage: str, tiers: dict[str, str], at: datetime) -> Any:
    """The office's meeting gives these tiers, by name."""
    cases = {one.title: one.pk for one in of(made).process.cases.all()}
    return close_list(
        actor=found.here.world.actor("yan"),
        at=at,
        programme=of(made),
        stage_id=stage,
        kept=[cases[name] for name in tiers],
        tiers={cases[name]: tier for name, tier in tiers.items()},
        meeting=MeetingIn(
            "办公会", at.date(), "严审定", ("严审定", "章有序"), votes={"for": 2, "against": 0, "abstained": 0}
        ),
    )


def settled(found: Named, made: Edition, number: str, at: datetime) -> Any:
    return settle(actor=found.here.world.actor("yan"), at=at, programme=of(made), number=number)
