"""Processes over honours run on the machine of selection: due, opened, reported, graded, settled (mechanisms 10)."""

from datetime import date

import pytest
from tests.services.assessment.ground import graded, honours, of, opened, reported, settled, world
from tests.services.public_notices.stage import moment

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Bar, Case, Certificate, Edition, Entry, Preference, ProcessOutcome
from gongjiang.services.assessment.due import ahead, due_of
from gongjiang.services.assessment.settle import settle
from gongjiang.services.honours.certificates.issue import issue_all

pytestmark = pytest.mark.django_db

NAMED = date(2026, 9, 28)
YEAR = date(2027, 9, 28)
A, B = "何焊平", "岑铸山"


@pytest.mark.once
def test_a_term_ends_the_day_before_its_anniversary() -> None:
    found = world()
    assert {(one.from_date, one.until) for one in honours(found)} == {(NAMED, date(2029, 9, 27))}
    due = {spec.id: one.on for spec, one in due_of(honours(found)[0])}
    assert due == {"yearly": YEAR, "renewal": date(2029, 6, 27)}


@pytest.mark.once
@pytest.mark.ledger("M-13")
def test_nobody_is_assessed_before_the_day() -> None:
    found = world()
    with pytest.raises(Refused, match="没有到期应办“年度考核”的人"):
        opened(found, "yearly", date(2027, 9, 27))
    with pytest.raises(BadInput, match="还没有到期"):
        opened(found, "yearly", date(2027, 9, 27), chosen=[honours(found)[0].pk])
    assert not Edition.objects.filter(parent__isnull=False).exists()


@pytest.mark.ledger("M-13")
def test_a_year_with_a_retry_and_what_follows_when_that_fails_too() -> None:
    found = world()
    made = opened(found, "yearly", YEAR)
    assert (made.title, made.parent_id, made.follows) == (
        "2026年“南宁工匠”选树活动年度考核",
        found.here.edition.pk,
        "yearly",
    )
    assert (of(made).called, of(made).applying) == ("述职", "所在单位")
    assert (found.here.programme.called, found.here.programme.applying) == ("申报", "申报单位")
    with pytest.raises(Refused, match="没有到期"):
        opened(found, "yearly", YEAR)  # both are under way
    reported(found, made, moment(YEAR, 11))
    with pytest.raises(BadInput, match="没有选定档次"):
        graded(found, made, "graded", {A: "fair", B: ""}, moment(YEAR, 12))
    with pytest.raises(Refused, match="优秀等次"):
        graded(found, made, "graded", {A: "good", B: "poor"}, moment(YEAR, 12))  # 1 of 2 is more than 15 %
    graded(found, made, "graded", {A: "fair", B: "poor"}, moment(YEAR, 12))
    with pytest.raises(NotAllowed):
        settle(actor=found.here.world.actor("lan"), at=moment(YEAR, 13), programme=of(made), number="望工发〔2027〕8号")
    settled(found, made, "望工发〔2027〕8号", moment(YEAR, 13))
    told = ProcessOutcome.objects.order_by("pk").values_list("case__title", "tier", "again_on", "tries")
    assert list(told) == [(A, "fair", None, 0), (B, "poor", date(2027, 11, 28), 0)]
    assert Edition.objects.get(pk=made.pk).state == "closed"
    assert [one.state for one in honours(found)] == ["stands", "stands"]

    again = date(2027, 11, 28)
    second = opened(found, "yearly", again)
    assert [one.title for one in Case.objects.filter(process__edition=second)] == [B]
    reported(found, second, moment(again, 11))
    graded(found, second, "graded", {B: "poor"}, moment(again, 12))
    settled(found, second, "望工发〔2027〕9号", moment(again, 13))
    last = ProcessOutcome.objects.latest("pk")
    assert (last.tier, last.tries, last.again_on) == ("failed", 1, None)
    assert [one["said"] for one in last.effects] == [
        "撤销荣誉，收回证书", "2031年11月28日前不得申报", "没有发放过款项，无须追回",
    ]  # fmt: skip
    assert last.manual == []
    assert [one.state for one in honours(found)] == ["stands", "revoked"]
    bar = Bar.objects.get()
    assert (bar.subject.name, bar.from_date, bar.until) == (B, again, date(2031, 11, 28))


@pytest.mark.once
def test_the_best_come_first_elsewhere() -> None:
    found = world(1)
    made = opened(found, "yearly", YEAR)
    reported(found, made, moment(YEAR, 11))
    with pytest.raises(Refused):
        graded(found, made, "graded", {A: "good"}, moment(YEAR, 12))
    graded(found, made, "graded", {A: "fair"}, moment(YEAR, 12))
    settled(found, made, "望工发〔2027〕8号", moment(YEAR, 13))
    assert not Preference.objects.filter(benefit="yearly.good").exists()


def test_a_renewal_moves_the_end_and_comes_again_before_it() -> None:
    found = world()
    day = date(2029, 6, 27)
    made = opened(found, "renewal", day)
    graded(found, made, "seen", {A: "pass", B: "over"}, moment(day, 12))
    settled(found, made, "望工发〔2029〕3号", moment(day, 13))
    first, second = honours(found)
    assert (first.state, first.until) == ("stands", date(2032, 9, 27))
    assert (second.state, second.until) == ("ended", date(2029, 9, 27))
    assert {spec.id: one.on for spec, one in due_of(first)}["renewal"] == date(2032, 6, 27)


@pytest.mark.ledger("M-13", "X-06")
def test_a_trainee_becomes_an_artisan_by_passing_and_only_then_has_a_certificate() -> None:
    found = world()
    for one in honours(found):
        type(one).objects.filter(pk=one.pk).update(state="trainee", title="南宁工匠培育对象")
    day = date(2028, 9, 28)
    made = opened(found, "final", day)
    graded(found, made, "judged", {A: "pass", B: "over"}, moment(day, 12))
    settled(found, made, "望工发〔2028〕5号", moment(day, 13))
    first, second = honours(found)
    assert (first.state, first.title, first.first_title) == ("stands", "南宁工匠", "南宁工匠培育对象")
    assert (second.state, second.title) == ("ended", "南宁工匠培育对象")
    assert first.confirmed is not None
    assert (first.confirmed.number, first.document_id) == ("望工发〔2028〕5号", found.document.pk)
    [certificate] = issue_all(actor=found.approver, at=moment(day, 14), document_id=first.confirmed.pk)
    assert (certificate.honour_id, certificate.face["document"]) == (first.pk, "望工发〔2028〕5号")
    assert certificate.edition_id == found.here.edition.pk
    assert Certificate.objects.count() == 1


@pytest.mark.once
def test_a_round_is_on_the_chain_and_named_by_one_number() -> None:
    found = world(1)
    made = opened(found, "renewal", date(2029, 7, 1))
    at = moment(date(2029, 7, 1), 12)
    graded(found, made, "seen", {A: "pass"}, at)
    with pytest.raises(BadInput, match="文号"):
        settled(found, made, "", at)
    settled(found, made, "望工发〔2029〕3号", at)
    with pytest.raises(Refused, match="还没有可以办结的人"):
        settled(found, made, "望工发〔2029〕4号", at)
    actions = Entry.objects.filter(edition_id=made.pk).values_list("action", flat=True)
    assert {"round.open", "list.close", "round.settle", "case.settle"} <= set(actions)
    assert [len(one.rounds) for one in ahead(found.here.edition, at)] == [0, 1, 0]
