"""What follows from an assessment is carried out: sums due, benefits ended, money claimed back, explanations owed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories import ROLES, case_at, programme_at
from tests.services.assessment.ground import graded, honours, opened, settled
from tests.services.honours.certificates.named import Named, named
from tests.services.public_notices.stage import moment

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import (
    BenefitGrant,
    BenefitStop,
    Bestowal,
    Claim,
    Edition,
    Explanation,
    Message,
    PlaceChange,
    ProcessOutcome,
    QuotaCut,
)
from gongjiang.services.assessment.claims import Step, fix, open_claims_of, receive, write_off
from gongjiang.services.assessment.explain import answer, get_explanation, mine
from gongjiang.services.funds.grant import grant
from gongjiang.services.funds.plan import Asked, plan_grants
from gongjiang.services.funds.records import record_of
from gongjiang.services.honours.bestow import Given, record
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.seats import list_seats
from gongjiang.services.programmes.programme import main_process
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition
from gongjiang.services.quotas.changes import changes_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = date(2027, 9, 28)
A, B = "何焊平", "岑铸山"


def process(*, tiers: str, about: str = "honour") -> str:
    return f"""
processes:
  - id: yearly
    label: 年度考核
    about: {about}
    assumed: 例
    tiers: {tiers}
    stages:
      - {{id: graded, type: select, label: 评定等次, by: office, gives: [good, poor], assumed: 例}}
"""


def ended(effects: str, tier: str = "poor", people: int = 1, about: str = "honour") -> tuple[Named, ProcessOutcome]:
    """One assessed, with these effects of the tier that they got."""
    other = "good" if tier == "poor" else "poor"
    tiers = f"[{{id: {tier}, label: 档一, effects: {effects}}}, {{id: {other}, label: 档二}}]"
    found = named(people, issue=False, more=process(tiers=tiers, about=about))
    return found, done(found, tier)


def done(found: Named, tier: str, number: str = "望工发〔2027〕8号") -> ProcessOutcome:
    made = opened(found, "yearly", DAY)
    titles = list(made.processes.get().cases.values_list("title", flat=True))
    graded(found, made, "graded", dict.fromkeys(titles, tier), moment(DAY, 12))
    return settled(found, made, number, moment(DAY, 13))[0]


def words(outcome: ProcessOutcome) -> tuple[list[str], list[str]]:
    return [one["said"] for one in outcome.effects], outcome.manual


def test_a_sum_becomes_due_and_is_given_once() -> None:
    found, outcome = ended("[{pay: {benefit: bonus, amount: 3000}}]", tier="good")
    assert words(outcome) == (["应发一次性奖励费 3,000 元"], [])
    [honour] = honours(found)
    assert not Bestowal.objects.filter(benefit="bonus").exists()  # it doesn't come with the naming
    [benefit] = record_of(moment(DAY, 14), honour).benefits
    assert (benefit.entitlement.id, benefit.open, benefit.done) == ("bonus", 1, 0)
    yan = found.here.world.actor("yan")
    asked = Asked("bonus", [honour.pk], DAY)
    plan = plan_grants(yan, moment(DAY, 14), asked)
    assert [(one.label, one.amount, one.payee) for one in plan.lines] == [("年度考核：档一", Decimal("3000.00"), A)]
    with pytest.raises(BadInput, match="考核决定所定"):
        plan_grants(yan, moment(DAY, 14), Asked("bonus", [honour.pk], DAY, amount=Decimal(5000)))
    grant(actor=yan, at=moment(DAY, 14), asked=asked, seal=plan.seal)
    assert plan_grants(yan, moment(DAY, 15), asked).without == ((A, "没有到期未发的"),)
    with pytest.raises(IntegrityError), transaction.atomic():
        BenefitGrant.objects.create(
            honour=honour, benefit="bonus", period=f"o{outcome.pk}", on=DAY, payee=A, at=moment(DAY, 15)
        )


def test_a_sum_that_nobody_said_stays_for_people() -> None:
    _, outcome = ended("[{pay: bonus}]", tier="good")
    assert words(outcome) == ([], ["发放（一次性奖励费）"])


@pytest.mark.parametrize(
    ("effect", "said", "stopped"), [("stop", "全部待遇", ""), ("{stop: bonus}", "一次性奖励费", "bonus")]
)
def test_what_ended_is_paid_no_more(effect: str, said: str, stopped: str) -> None:
    found, outcome = ended(f"[{effect}]")
    assert words(outcome) == ([f"自2027年9月28日起终止{said}"], [])
    assert list(BenefitStop.objects.values_list("benefit", "from_date")) == [(stopped, DAY)]
    [row] = Bestowal.objects.filter(benefit="bonus")
    given = {"actor": found.here.world.actor("yan"), "document_id": found.document.pk, "rows": [row.pk]}
    before = date(2027, 9, 27)
    with pytest.raises(Refused, match=f"{A}的“一次性奖励费”已按考核结果终止"):
        record(at=moment(DAY, 15), given=Given(DAY, Decimal(5000)), **given)
    assert record(at=moment(DAY, 15), given=Given(before, Decimal(5000)), **given) == 1


def paid_before(found: Named, sum_: str) -> None:
    rows = [one.pk for one in Bestowal.objects.filter(benefit="bonus")]
    record(
        actor=found.here.world.actor("yan"), at=moment(date(2026, 12, 1)), document_id=found.document.pk, rows=rows,
        given=Given(date(2026, 12, 1), Decimal(sum_)),
    )  # fmt: skip


def claimed(of: str) -> tuple[Named, ProcessOutcome]:
    tiers = f"[{{id: good, label: 合格}}, {{id: poor, label: 不合格, effects: [revoke, {{reclaim: {of}}}]}}]"
    found = named(1, issue=False, more=process(tiers=tiers))
    paid_before(found, "5000.50")
    BenefitGrant.objects.create(  # what the enterprise gave beside the notice is no matter of the decision
        honour=honours(found)[0], benefit="own:bonus", label="奖励金", on=date(2027, 1, 5), amount=Decimal(800),
        payee=A, at=moment(date(2027, 1, 5)),
    )  # fmt: skip
    return found, done(found, "poor")


def step(sum_: str | None, reason: str = "银行回单0123", on: date | None = None) -> Step:
    return Step(None if sum_ is None else Decimal(sum_), on, reason)


def test_all_that_was_paid_is_claimed_and_settled() -> None:
    found, outcome = claimed("all")
    assert words(outcome) == (["撤销荣誉，收回证书", f"追回已发放的全部：{A} 5,000.50 元"], [])
    claim = Claim.objects.get()
    assert (claim.payee, claim.paid, claim.amount, claim.left) == (A, 500050, 500050, 500050)
    who: dict[str, Any] = {"actor": found.here.world.actor("yan"), "at": moment(DAY, 15), "claim_id": claim.pk}
    assert list(open_claims_of(who["actor"])) == [claim]
    with pytest.raises(Refused, match="不需要核定"):
        fix(version=1, step=step("10"), **who)
    with pytest.raises(BadInput, match=r"只有 5,000\.50 元"):
        receive(version=1, step=step("5000.51"), **who)
    with pytest.raises(BadInput, match="填写金额"):
        receive(version=1, step=step(None), **who)
    with pytest.raises(BadInput, match="凭证或理由"):
        receive(version=1, step=step("1", " "), **who)
    with pytest.raises(BadInput, match="日期须在"):
        receive(version=1, step=step("1", on=date(2027, 9, 29)), **who)
    assert receive(version=1, step=step("4000"), **who).left == 100050
    with pytest.raises(Stale):
        receive(version=1, step=step("1000"), **who)
    last = write_off(version=2, step=step("1000.50", "本人已故，经党组会议同意核销"), **who)
    assert (last.received, last.written_off, last.left) == (400000, 100050, 0)
    assert not open_claims_of(who["actor"]).exists()
    assert [(one.kind, one.amount) for one in last.entries.order_by("pk")] == [
        ("received", 400000), ("written_off", 100050),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(received=500050)
    with pytest.raises(NotFound):
        receive(**{**who, "actor": found.here.world.actor("yuan")}, version=3, step=step("1"))
    with pytest.raises(NotAllowed):
        receive(**{**who, "actor": found.here.world.actor("lan")}, version=3, step=step("1"))
    with pytest.raises(NotAllowed, match="审批"):
        write_off(**{**who, "actor": found.here.world.actor("zhang")}, version=3, step=step("1"))


def test_what_was_not_spent_is_fixed_by_people_first() -> None:
    found, outcome = claimed("unspent")
    assert words(outcome)[0][1] == f"追回未使用的部分，数额待核定（已发放：{A} 5,000.50 元）"
    claim = Claim.objects.get()
    who: dict[str, Any] = {"actor": found.here.world.actor("yan"), "at": moment(DAY, 15), "claim_id": claim.pk}
    assert (claim.amount, claim.left) == (None, None)
    with pytest.raises(Refused, match="还没有核定"):
        receive(version=1, step=step("1"), **who)
    with pytest.raises(BadInput, match=r"不能超过已发放的 5,000\.50 元"):
        fix(version=1, step=step("6000"), **who)
    assert fix(version=1, step=step("1200", "使用清单"), **who).left == 120000
    receive(version=2, step=step("700"), **who)
    with pytest.raises(BadInput, match="不能少于"):
        fix(version=3, step=step("600", "重新核对"), **who)
    assert fix(version=3, step=step("700", "重新核对"), **who).left == 0


def test_nothing_paid_is_nothing_to_claim() -> None:
    _, outcome = ended("[{reclaim: all}]")
    assert words(outcome) == (["没有发放过款项，无须追回"], [])
    assert not Claim.objects.exists()


def test_the_unit_explains_by_a_day(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        found, outcome = ended("[{explain: {by: unit, within: {days: 10}}}]")
    owed = Explanation.objects.get()
    unit = found.here.world["enterprise"] if "enterprise" in found.here.world.organisations else owed.organisation
    assert (owed.organisation, owed.due_on) == (unit, date(2027, 10, 8))
    assert words(outcome) == ([f"{unit.short_name}须在2027年10月8日前说明情况"], [])
    assert Message.objects.filter(organisation=unit, text__contains="2027年10月8日前就“何焊平 年度考核").exists()
    lan = found.here.world.actor("lan")
    assert list(mine(lan)) == [owed]
    with pytest.raises(NotFound):
        get_explanation(found.here.world.actor("yuan"), owed.pk)
    with pytest.raises(NotAllowed):
        answer(actor=found.here.world.actor("yan"), at=moment(DAY, 15), key=owed.pk, text="代答")
    with pytest.raises(BadInput, match="请写明情况"):
        answer(actor=lan, at=moment(DAY, 15), key=owed.pk, text=" ")
    given = answer(actor=lan, at=moment(DAY, 15), key=owed.pk, text="设备大修，带徒计划推迟。")
    assert (given.text, given.answered_at) == ("设备大修，带徒计划推迟。", moment(DAY, 15))
    with pytest.raises(Stale):
        answer(actor=lan, at=moment(DAY, 16), key=owed.pk, text="另一种说法")
    assert get_explanation(found.here.world.actor("yan"), owed.pk)[1] is False


def test_a_unit_assessed_explains_too() -> None:
    _, outcome = ended("[{explain: {by: unit, within: {months: 1}}}]", about="unit")
    owed = Explanation.objects.get(outcome=outcome)
    assert owed.organisation == outcome.case.applying_unit
    assert owed.due_on == date(2027, 10, 28)
    assert words(outcome)[0] == [f"{outcome.case.title}须在2027年10月28日前说明情况"]
    assert outcome.honour is None


def test_a_person_with_an_account_explains_themself() -> None:
    tiers = "[{id: good, label: 合格}, {id: poor, label: 不合格, effects: [{explain: {within: {days: 5}}}]}]"
    found = named(1, issue=False, more=process(tiers=tiers))
    [honour] = honours(found)
    user = found.here.world.people["jia"]
    type(honour.subject).objects.filter(pk=honour.subject_id).update(user=user)
    outcome = done(found, "poor")
    owed = Explanation.objects.get(outcome=outcome)
    assert (owed.user, owed.organisation) == (user, None)
    assert list(mine(found.here.world.actor("jia"))) == [owed]


POOLS = """pools:
  - {id: by_unit, label: 各单位名额, on: name, per: case.nominator, table: unit_places, assumed: 例}
"""


def next_edition(found: Named, slug: str, day: date) -> Edition:
    """The programme held again, with places by unit, opened on a day."""
    world, text = found.here.world, find("nanning-2026")
    table = "tables:\n  unit_places: {label: 名额, by: [case.nominator], rows: {%s: 3, %s: 5}, assumed: 例}\n"
    source = text.text.replace("\npools:\n", f"\n{POOLS}", 1)
    unit, other = world["county"].short_name, world["industry"].short_name
    assert "\ntables:\n" in source
    source = source.replace("\ntables:\n", f"\n{table % (unit, other)}", 1)
    made = prepare_edition(
        actor=platform(), at=moment(day), organiser=world["city"], source=source, filename=text.file,
        notice_text=text.notice or "", slug=slug,
    )  # fmt: skip
    for one in programme_at(made).questions:
        answer_question(
            actor=platform(), at=moment(day), edition=made, question=one.id, answer=one.default, basis="答复"
        )
        made.refresh_from_db()
    for role, keys in ROLES.items():
        held = [world[one] for one in keys]
        bind_role(actor=platform(), at=moment(day), edition=made, role=role, organisations=held)
    return open_edition(actor=platform(), at=moment(day), edition=made)


def test_a_unit_has_fewer_places_in_the_next_edition() -> None:
    found, outcome = ended("[{reduce_quota: {places: 2}}]")
    unit = outcome.case.nominator
    assert unit is not None
    assert unit == found.here.world["county"]
    assert words(outcome) == ([f"{unit.short_name}下届名额核减2个，下届发布时扣除"], [])
    made = next_edition(found, "next", date(2028, 3, 1))
    [change] = PlaceChange.objects.filter(process__edition=made)
    assert (change.pool, change.group, change.places, change.kind) == ("by_unit", unit.short_name, -2, "cancelled")
    assert outcome.basis in change.reason
    assert changes_of(main_process(made)) == {"by_unit": {unit.short_name: -2}}
    assert QuotaCut.objects.get().edition == made
    case = case_at(found.here.world, made, "apply", A)
    asked = list_seats(programme_at(made), case, facts_of_one(programme_at(made), case), "name")
    [seat] = [one for one in asked if one.pool == "by_unit"]
    assert (seat.group, seat.limit) == (unit.short_name, 1)
    later = next_edition(found, "later", date(2030, 3, 1))  # it counts once
    assert not PlaceChange.objects.filter(process__edition=later).exists()


def test_no_unit_loses_more_places_than_it_has() -> None:
    found, _ = ended("[{reduce_quota: {places: 9}}]")
    made = next_edition(found, "next", date(2028, 3, 1))
    assert PlaceChange.objects.get(process__edition=made).places == -3
