"""Exit (第二十条): told, heard, decided by two; the certificate says so at once; given back only by the same rank."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.services.honours.certificates.named import AT, Named, named
from tests.services.inquiries.ground import ASKED, DUE, LATER, answered, confirmed, opened, proposed, second, told

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Entry, Expert, Grant, Honour, Inquiry, Message, StandingChange
from gongjiang.services.audit.verify import verify
from gongjiang.services.honours.certificates.check import by_number
from gongjiang.services.honours.path import way_of
from gongjiang.services.inquiries.decide import confirm, propose, send_back
from gongjiang.services.inquiries.hear import notify, record_hearing, state_view
from gongjiang.services.inquiries.prospect import prospect_of, search
from gongjiang.services.inquiries.queries import get_inquiry, matters
from gongjiang.services.inquiries.suspend import suspend_meanwhile

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def begun(found: Named, n: int = 0) -> tuple[Actor, Actor, Inquiry]:
    """Two approvers of the conferring body and a matter about the n-th person."""
    return found.approver, second(found), opened(found.approver, honour_id=found.made[n].honour_id)


@pytest.mark.ledger("M-17")
def test_an_exit_from_the_first_word_to_the_withdrawn_certificate() -> None:
    found = named(2)
    first, other, matter = begun(found)
    number = found.fresh().number
    assert (matter.kind, matter.state, matter.number) == ("exit", "open", "HC-2026-00001")
    with pytest.raises(Refused, match="还没有把核查的事项告知当事人"):
        proposed(first, matter)
    told(first, matter)
    with pytest.raises(Refused, match="可以陈述到2026年10月20日"):
        proposed(first, matter)
    answered(found.here.world.actor("lan"), matter)
    proposed(first, matter)
    with pytest.raises(NotAllowed, match="须由另一位审批人员批准"):
        confirmed(first, matter)
    assert by_number(number, LATER).worth == "valid"
    done = confirmed(other, matter)
    assert done.state == "decided"
    assert done.done[0] == "撤销荣誉，收回证书"
    assert done.done[1].startswith("终止待遇：")
    assert by_number(number, LATER).worth == "withdrawn"
    assert by_number(found.fresh(1).number, LATER).worth == "valid"
    change = StandingChange.objects.get()
    assert (change.after, change.basis) == ("revoked", "望工发〔2026〕12号")
    assert "伪造" not in "".join(one.body for one in Entry.objects.filter(kind="inquiry"))
    assert "伪造" not in matter.account + Inquiry.objects.get().finding
    assert verify().ok
    assert matters(other, over=True).rows[0].pk == matter.pk
    with pytest.raises(Refused, match="已决定，不能再办这一步"):
        proposed(first, matter)


def test_a_hearing_that_was_asked_for_comes_first_and_sent_back_goes_on() -> None:
    found = named(1)
    first, other, matter = begun(found)
    told(first, matter)
    answered(found.here.world.actor("lan"), matter, hearing=True)
    with pytest.raises(Refused, match="先举行听证并记录"):
        proposed(first, matter)
    held = {"actor": first, "at": LATER, "inquiry_id": matter.pk, "minutes": "到会三人，当事人陈述。"}
    with pytest.raises(BadInput, match="不能晚于今天"):
        record_hearing(on=LATER.date() + timedelta(days=1), **held)
    with pytest.raises(BadInput, match="不能早于告知"):
        record_hearing(on=AT.date() - timedelta(days=1), **held)
    record_hearing(on=LATER.date(), **held)
    proposed(first, matter)
    with pytest.raises(BadInput, match="请填写退回的理由"):
        send_back(actor=other, at=LATER, inquiry_id=matter.pk, reason=" ")
    assert send_back(actor=other, at=LATER, inquiry_id=matter.pk, reason="证据不足").state == "notified"
    proposed(first, matter, upheld=False, document="")
    assert confirmed(other, matter).state == "closed"
    assert Honour.objects.get().state == "stands"


def test_suspended_meanwhile_and_lifted_when_nothing_was_found() -> None:
    found = named(1)
    first, other, matter = begun(found)
    number = found.fresh().number
    suspend_meanwhile(actor=first, at=AT, inquiry_id=matter.pk, reason="涉嫌造假")
    assert by_number(number, AT).worth == "suspended"
    with pytest.raises(Refused, match="一件只暂停一次"):
        suspend_meanwhile(actor=first, at=AT, inquiry_id=matter.pk, reason="再次")
    proposed(first, matter, upheld=False, document="")
    assert confirmed(other, matter).done == ["恢复核查期间暂停的荣誉"]
    assert by_number(number, LATER).worth == "valid"


@pytest.mark.ledger("M-17")
def test_what_was_withdrawn_comes_back_by_the_same_rank_and_two_only() -> None:
    found = named(1)
    first, other, matter = begun(found)
    told(first, matter)
    state_view(actor=found.here.world.actor("lan"), at=LATER, inquiry_id=matter.pk, statement="", waived=True)
    proposed(first, matter)
    confirmed(other, matter)
    honour = found.made[0].honour_id
    below = second(found, "county")
    with pytest.raises(NotFound):
        prospect_of(below, honour_id=honour)
    back = opened(first, replace(ASKED, source="asked", situation="复查后撤销原决定"), honour_id=honour)
    assert back.kind == "reinstatement"
    with pytest.raises(NotAllowed, match="审批人员决定"):
        proposed(below, back)
    proposed(first, back)
    with pytest.raises(NotAllowed, match="须由另一位"):
        confirmed(first, back)
    confirmed(other, back)
    assert by_number(found.fresh().number, LATER).worth == "valid"
    assert [one.change for one in StandingChange.objects.order_by("id")] == ["withdraw", "reinstate"]


def test_nobody_decides_on_themselves_their_filing_their_unit_or_their_kin() -> None:
    found = named(1)
    first, other, matter = begun(found)
    told(first, matter)
    answered(found.here.world.actor("lan"), matter)
    with pytest.raises(BadInput, match="请声明"):
        proposed(first, matter, no_tie=False)
    case = found.here.cases[0]
    type(case).objects.filter(pk=case.pk).update(filer_id=first.user_id)
    with pytest.raises(NotAllowed, match="由您填报，须回避"):
        proposed(first, matter)
    type(case).objects.filter(pk=case.pk).update(filer_id=None)
    with pytest.raises(NotAllowed, match="所在单位或责任单位任职"):
        proposed(second(found, "plant", name="平复核") and both(found), matter)
    Expert.objects.create(
        process=case.process, stage="expert", user_id=other.user_id, declared={"kin": ["何 焊平"]}, declared_at=AT
    )
    with pytest.raises(NotAllowed, match="亲属"):
        proposed(other, matter)
    subject = Honour.objects.get().subject
    type(subject).objects.filter(pk=subject.pk).update(user_id=first.user_id)
    with pytest.raises(NotAllowed, match="当事人本人"):
        proposed(first, matter)


def both(found: Named) -> Actor:
    """An approver of the conferring body who has a post in the person's own unit."""
    second(found, "city", name="身兼二")
    user = second(found, "city", name="身兼二").user_id
    from_plant = second(found, "plant", name="别人")
    assert from_plant.user_id != user

    Grant.objects.create(user_id=user, organisation=found.here.world["plant"], role="officer", since=AT)
    return second(found, "city", name="身兼二")


def test_who_sees_it_and_what_is_refused(django_capture_on_commit_callbacks: Any) -> None:
    found = named(1)
    first, _, matter = begun(found)
    lan, county = found.here.world.actor("lan"), found.here.world.actor("yuan")
    with pytest.raises(NotFound):
        get_inquiry(lan, matter.pk)
    with django_capture_on_commit_callbacks(execute=True):
        told(first, matter)
    assert get_inquiry(lan, matter.pk) == matter
    assert get_inquiry(found.here.world.actor("ji"), matter.pk) == matter
    with pytest.raises(NotFound):
        get_inquiry(county, matter.pk)
    assert Message.objects.filter(organisation=found.here.world["plant"], link=f"inquiry:{matter.pk}").exists()
    with pytest.raises(NotAllowed):
        state_view(actor=county, at=LATER, inquiry_id=matter.pk, statement="无关的人")
    with pytest.raises(Refused, match="已经过了"):
        answered(lan, matter, at=LATER.replace(month=10, day=22))
    with pytest.raises(Stale):
        answered(lan, matter, version=1)
    with pytest.raises(BadInput, match="不再填写意见"):
        answered(lan, matter, waived=True)
    with pytest.raises(Refused, match="已有一件在办：HC-2026-00001"):
        opened(first, honour_id=found.made[0].honour_id)
    with pytest.raises(BadInput, match="最早到"):
        notify(actor=first, at=AT, inquiry_id=opened_anew(found, first).pk, notice="核查", due=date(2026, 9, 29))
    assert [one.honour_id for one in search(first, "焊平")] == [found.made[0].honour_id]
    assert search(county, "焊平") == search(first, " ") == []
    assert LATER.date() < DUE


def opened_anew(found: Named, first: Actor) -> Inquiry:
    """After the first matter ended, another one about the same person."""
    running = Inquiry.objects.get()
    propose(actor=first, at=LATER, inquiry_id=running.pk, upheld=False, finding="查无实据。", document="", no_tie=True)
    confirm(actor=second(found), at=LATER, inquiry_id=running.pk, no_tie=True)
    return opened(first, honour_id=found.made[0].honour_id)


def test_what_is_missing_is_named() -> None:
    found = named(1)
    missing: dict[str, dict[str, object]] = {
        "事由": {"ground": "none"},
        "具体情形": {"situation": " "},
        "依据": {"basis": ""},
        "线索来源": {"source": "somewhere"},
        "反映的情况": {"account": "字" * 3001},
        "责任单位": {"unit": 987654},
    }
    for place, changes in missing.items():
        with pytest.raises(BadInput) as caught:
            opened(found.approver, replace(ASKED, **changes), honour_id=found.made[0].honour_id)
        assert caught.value.place == place


def test_a_persons_way_tells_it_to_the_office() -> None:
    found = named(1)
    first, other, matter = begun(found)
    told(first, matter)
    answered(found.here.world.actor("lan"), matter)
    proposed(first, matter)
    confirmed(other, matter)
    way = way_of(first, Honour.objects.get().subject_id)
    assert all(one.state != "已命名" for one in way.steps if one.kind == "honour")


def test_who_holds_office_reads_nothing_about_themselves_before_they_are_told() -> None:
    found = named(1)
    first, other, matter = begun(found)
    subject = Honour.objects.get().subject
    type(subject).objects.filter(pk=subject.pk).update(user_id=other.user_id)
    with pytest.raises(NotFound):
        get_inquiry(other, matter.pk)
    assert matters(other).rows == ()
    told(first, matter)
    assert get_inquiry(other, matter.pk) == matter
