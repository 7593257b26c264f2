"""Regular contact: written down, taken back, nobody forgotten; what was asked is answered; the mid-term check."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Max
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.cultivation.kept import AT, FROM, Kept

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Concern, Contact, ContactLatest, Entry, Honour, Message, MidtermCheck
from gongjiang.services.cultivation.contact.concerns import answer, raise_concern
from gongjiang.services.cultivation.contact.due import (
    Asked,
    contact_page,
    counts,
    midterm_owed,
    open_concerns,
    set_rhythm,
    waiting_concerns,
    waiting_contacts,
)
from gongjiang.services.cultivation.contact.midterm import Found, check_midterm
from gongjiang.services.cultivation.contact.queries import concerns_visible_to, visible_to
from gongjiang.services.cultivation.contact.record import Spoken, note, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2026, 6, 20)
SPOKEN = Spoken(DAY, "visit", "到班组看望，正在攻关厚壁管焊接。")


def noted(found: Kept, who: str = "zhang", spoken: Spoken = SPOKEN, people: tuple[int, ...] = (0,)) -> list[Contact]:
    ids = [found.honours[n].pk for n in people]
    return note(actor=found.actor(who), at=AT, honour_ids=ids, spoken=spoken)


def names(found: Kept, who: str = "zhang", at: Any = AT, **asked: Any) -> list[str]:
    return [one.name for one in contact_page(found.actor(who), at, Asked(), **asked).rows]


@pytest.mark.ledger("M-16")
def test_whoever_was_never_contacted_waits_since_the_naming_and_the_longest_comes_first(found: Kept) -> None:
    assert names(found) == ["何焊平", "岑铸山", "丁砺锋"]
    noted(found, spoken=Spoken(date(2026, 2, 1), "call", "通话。"), people=(0,))
    assert names(found) == ["岑铸山", "丁砺锋", "何焊平"]
    noted(found, people=(1,))
    assert names(found) == ["丁砺锋", "何焊平"]
    assert names(found, every=True) == ["丁砺锋", "何焊平", "岑铸山"]
    assert names(found, at=AT + timedelta(days=92)) == ["丁砺锋", "何焊平", "岑铸山"]
    shown = counts(found.actor("zhang"), AT, Asked())
    assert (shown.due, shown.every, shown.concerns, shown.midterm) == (2, 3, 0, 0)
    assert names(found, "wen") == ["何焊平"]
    (waiting,) = waiting_contacts(found.actor("wen"), AT)
    assert (waiting.edition_id, waiting.n, waiting.first) == (found.edition.pk, 1, date(2026, 2, 1))


def test_the_office_sets_after_how_many_months_its_artisans_are_due(found: Kept) -> None:
    asked = {"at": AT, "edition_id": found.edition.pk}
    set_rhythm(actor=found.actor("zhang"), months=6, **asked)
    assert names(found) == []
    set_rhythm(actor=found.actor("zhang"), months=5, **asked)
    assert len(names(found)) == 3
    for months in (0, 25):
        with pytest.raises(BadInput, match="1 到 24"):
            set_rhythm(actor=found.actor("zhang"), months=months, **asked)
    with pytest.raises(NotFound):
        set_rhythm(actor=found.actor("wen"), months=3, **asked)


def test_unions_contact_enterprises_and_strangers_dont_and_the_artisan_reads_no_notes(found: Kept) -> None:
    noted(found)
    noted(found, "wen")
    for who in ("lan", "yin", "yuan", "ji", "guan"):
        with pytest.raises(NotFound):
            noted(found, who)
        assert not visible_to(found.actor(who)).exists()
    with pytest.raises(NotFound):
        noted(found, "wen", people=(0, 2))
    assert not visible_to(found.artisan()).exists()
    assert visible_to(found.actor("wen")).count() == 2


def test_a_seminar_is_written_once_for_all_who_came(found: Kept) -> None:
    made = noted(found, spoken=Spoken(DAY, "meeting", "座谈会。"), people=(0, 1, 2))
    assert len({one.batch for one in made}) == 1
    assert made[0].batch
    assert names(found) == []
    with pytest.raises(BadInput, match="单独记录"):
        noted(found, spoken=Spoken(DAY, "meeting", "座谈会。", concern="子女入学"), people=(0, 1))


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        (Spoken(date(2026, 6, 25), "visit", "x"), "日期还没有到"),
        (Spoken(FROM - timedelta(days=1), "visit", "x"), "才命名或入选"),
        (Spoken(DAY, "fax", "x"), "选择联系的方式"),
        (Spoken(DAY, "visit", " \u200b "), "写一句联系的情况"),
        (Spoken(DAY, "visit", "字" * 1001), "不超过1000字"),
        (Spoken(DAY, "visit", "x " * 501), "不超过1000个字符"),
        (Spoken(DAY, "visit", "x", concern="y", due=DAY - timedelta(days=1)), "答复期限"),
    ],
)
def test_what_cannot_be_is_refused_in_words(found: Kept, spoken: Spoken, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        noted(found, spoken=spoken)
    assert not Contact.objects.exists()


def test_taken_back_it_counts_no_more_and_stays_on_record(found: Kept) -> None:
    (one,) = noted(found)
    asked = {"actor": found.actor("wen"), "at": AT, "contact_id": one.pk, "version": one.version}
    with pytest.raises(BadInput, match="理由"):
        withdraw(**asked, reason=" ")
    withdraw(**asked, reason="记错了人")
    assert names(found)[0] == "何焊平"
    assert ContactLatest.objects.get(honour=found.honours[0]).last is None
    with pytest.raises(NotFound):
        withdraw(**asked, reason="再撤")
    assert Contact.objects.get().reason == "记错了人"
    again = noted(found)[0]
    with pytest.raises(Stale):
        withdraw(**{**asked, "contact_id": again.pk, "version": 9}, reason="旧页")
    assert Entry.objects.filter(action="contact.withdraw").count() == 1


STEP = st.tuples(st.sampled_from(["note", "back"]), st.integers(0, 2), st.integers(0, 160))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEP, max_size=9))
def test_the_kept_day_is_the_last_of_those_that_stand(found: Kept, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        for what, n, days in steps:
            if what == "note":
                noted(found, spoken=Spoken(FROM + timedelta(days=days), "call", "通话。"), people=(n,))
            elif (one := Contact.objects.filter(withdrawn_at=None).order_by("on", "pk").last()) is not None:
                withdraw(actor=found.actor("zhang"), at=AT, contact_id=one.pk, version=one.version, reason="更正")
        live = (
            Contact.objects.filter(withdrawn_at=None).order_by().values_list("honour").annotate(Max("on"), Count("pk"))
        )
        kept = ContactLatest.objects.filter(last__isnull=False).values_list("honour", "last", "times")
        assert sorted(live) == sorted(kept)
        transaction.set_rollback(True)


def test_what_an_artisan_asks_stays_open_until_it_is_answered(found: Kept) -> None:
    noted(found, spoken=Spoken(DAY, "visit", "看望。", concern="希望解决工作室场地"))
    mine = raise_concern(actor=found.artisan(), at=AT, honour_id=found.honours[0].pk, text="想参加境外培训")
    assert mine.due == date(2026, 7, 9)
    assert [one.text for one in open_concerns(found.actor("wen"))] == ["希望解决工作室场地", "想参加境外培训"]
    (waiting,) = waiting_concerns(found.actor("zhang"))
    assert (waiting.n, waiting.first) == (2, DAY + timedelta(days=15))
    asked = {"at": AT, "concern_id": mine.pk, "version": mine.version}
    with pytest.raises(NotFound):
        answer(actor=found.actor("lan"), text="已安排", **asked)
    with pytest.raises(NotAllowed):
        answer(actor=found.artisan(), text="自己答", **asked)
    with pytest.raises(BadInput, match="答复"):
        answer(actor=found.actor("wen"), text=" ", **asked)
    answer(actor=found.actor("wen"), text="已列入明年计划", **asked)
    with pytest.raises(Stale):
        answer(actor=found.actor("zhang"), text="再答", **asked)
    assert concerns_visible_to(found.artisan()).count() == 2
    assert concerns_visible_to(found.artisan(1)).count() == 0
    with pytest.raises(NotFound):
        raise_concern(actor=found.artisan(1), at=AT, honour_id=found.honours[0].pk, text="x")
    with pytest.raises(NotAllowed):
        raise_concern(actor=found.actor("lan"), at=AT, honour_id=found.honours[0].pk, text="x")


def test_an_artisan_may_have_so_many_points_open(found: Kept) -> None:
    for n in range(10):
        raise_concern(actor=found.artisan(), at=AT, honour_id=found.honours[0].pk, text=f"第{n}件")
    with pytest.raises(Refused, match="等待答复"):
        raise_concern(actor=found.artisan(), at=AT, honour_id=found.honours[0].pk, text="再一件")
    assert not Message.objects.filter(text__contains="第0件").exists()


def test_the_mid_term_check_is_owed_in_the_second_half_and_says_what_is_done(found: Kept) -> None:
    later = timezone.make_aware(timezone.datetime(2027, 2, 1, 9))
    zhang = found.actor("zhang", later)
    assert not midterm_owed(found.actor("zhang"), AT).exists()
    assert [one.name for one in midterm_owed(zhang, later)] == ["何焊平", "岑铸山", "丁砺锋"]
    behind = Found(date(2027, 2, 1), "behind", "带徒任务没有开始", "")
    asked = {"actor": zhang, "at": later, "honour_id": found.honours[0].pk}
    with pytest.raises(BadInput, match="改进措施"):
        check_midterm(**asked, found=behind)
    good = Found(date(2027, 2, 1), "on_track", "五项目标完成三项")
    check_midterm(**asked, found=good)
    with pytest.raises(Refused, match="已经记录"):
        check_midterm(**asked, found=good)
    assert [one.name for one in midterm_owed(zhang, later)] == ["岑铸山", "丁砺锋"]
    with pytest.raises(NotAllowed):
        check_midterm(**{**asked, "actor": found.actor("lan", later)}, found=good)


def test_an_honour_that_ended_is_not_waited_for(found: Kept) -> None:
    Honour.objects.filter(pk=found.honours[0].pk).update(state="revoked")
    assert names(found) == ["岑铸山", "丁砺锋"]


def test_the_database_refuses_what_the_services_never_write(found: Kept) -> None:
    honour = found.honours[0]
    bad: list[Any] = [
        lambda: ContactLatest.objects.create(honour=honour, last=DAY, times=0),
        lambda: Concern.objects.create(honour=honour, text="x", due=DAY, at=AT, answered_at=AT),
        lambda: MidtermCheck.objects.create(honour=honour, on=DAY, outcome="behind", text="x", at=AT),
        lambda: Contact.objects.create(honour=honour, on=DAY, way="call", who="x", at=AT, withdrawn_at=AT),
    ]
    for write in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_pages_read_in_a_fixed_number_of_queries(found: Kept) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            contact_page(found.actor("zhang"), AT, Asked(text="山"))
            counts(found.actor("zhang"), AT, Asked())
        return len(seen)

    before = queries()
    noted(found, people=(0, 1, 2), spoken=Spoken(FROM, "call", "x"))
    assert queries() == before


def test_the_platform_itself_may_write_for_samples(found: Kept) -> None:
    note(actor=platform(), at=AT, honour_ids=[found.honours[0].pk], spoken=SPOKEN)
    with pytest.raises(GongjiangError):
        note(actor=platform(), at=AT, honour_ids=[], spoken=SPOKEN)
