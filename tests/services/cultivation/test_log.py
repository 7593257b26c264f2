"""The log: entered, confirmed, withdrawn; one source is one entry; nobody confirms their own."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.cultivation.kept import AT, FROM, Kept
from tests.services.cultivation.training.ground import picture

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import ActivityEntry, Entry, Grant
from gongjiang.services.cultivation import log_list
from gongjiang.services.cultivation.files import read_files
from gongjiang.services.cultivation.keeping import kept_by, looks_after
from gongjiang.services.cultivation.log import Doing, State, confirm, enter, record, retract, withdraw
from gongjiang.services.cultivation.log_list import Wanted, confirm_many, every, look, waiting_kinds
from gongjiang.services.cultivation.scope import get_honour, hands_of

TALK = Doing("talk", "进企业讲焊接", date(2026, 6, 20), people=40)


@pytest.mark.ledger("M-11")
def test_an_artisan_enters_and_the_unit_confirms(found: Kept) -> None:
    artisan, honour = found.artisan(), found.honours[0]
    photo = read_files([("现场.jpg", picture())])
    entry = enter(actor=artisan, at=AT, honour_id=honour.pk, doing=TALK, files=photo)
    assert (entry.state, entry.version, entry.files.count()) == (State.CLAIMED, 1, 1)
    with pytest.raises(NotAllowed):
        confirm(actor=artisan, at=AT, entry_id=entry.pk, version=1)
    with pytest.raises(NotFound):
        confirm(actor=found.actor("yuan"), at=AT, entry_id=entry.pk, version=1)
    confirm(actor=found.actor("lan"), at=AT, entry_id=entry.pk, version=1)
    with pytest.raises(Stale):
        confirm(actor=found.actor("wen"), at=AT, entry_id=entry.pk, version=1)
    told = Entry.objects.filter(kind="activity", key=str(entry.pk)).values_list("action", flat=True)
    assert list(told) == ["activity.enter", "activity.confirm"]


def test_who_looks_after_an_artisan_needs_nobody_to_confirm(found: Kept) -> None:
    for name in ("lan", "wen", "zhang"):
        entry = enter(actor=found.actor(name), at=AT, honour_id=found.honours[0].pk, doing=TALK)
        assert entry.state == State.CONFIRMED


def test_an_artisan_who_is_an_officer_of_the_plant_confirms_others_but_not_themselves(found: Kept) -> None:
    user = found.user(0)
    Grant.objects.create(user=user, organisation=found.world["plant"], role="officer", since=AT - timedelta(days=9))
    both, other = found.artisan(0), found.artisan(1)
    own = enter(actor=both, at=AT, honour_id=found.honours[0].pk, doing=TALK)
    theirs = enter(actor=other, at=AT, honour_id=found.honours[1].pk, doing=TALK)
    assert own.state == State.CLAIMED
    with pytest.raises(NotAllowed) as told:
        confirm(actor=both, at=AT, entry_id=own.pk, version=1)
    assert "不能给自己办" in told.value.text
    assert confirm_many(actor=both, at=AT, chosen={own.pk: 1, theirs.pk: 1}) == (1, 1)
    theirs.refresh_from_db()
    assert theirs.state == State.CONFIRMED


@pytest.mark.parametrize(
    ("doing", "place"),
    [
        (Doing("talk", " \u200b ", date(2026, 6, 20)), "内容"),
        (Doing("talk", "长" * 121, date(2026, 6, 20)), "内容"),
        (Doing("talk", "明天的", date(2026, 6, 25)), "日期"),
        (Doing("talk", "命名前的", FROM - timedelta(days=1)), "日期"),
        (Doing("talk", "倒着的", date(2026, 6, 20), until=date(2026, 6, 19)), "至"),
        (Doing("talk", "没完的", date(2026, 6, 20), until=date(2026, 6, 30)), "日期"),
        (Doing("talk", "太长", date(2026, 6, 20), hours=Decimal(2001)), "学时"),
        (Doing("talk", "太多", date(2026, 6, 20), people=10_000_001), "受益人数"),
        (Doing("camp", "自己写的训练营", date(2026, 6, 20)), "种类"),
        (Doing("dance", "没有的", date(2026, 6, 20)), "种类"),
    ],
)
def test_what_is_refused_names_its_field(found: Kept, doing: Doing, place: str) -> None:
    with pytest.raises(BadInput) as told:
        enter(actor=found.artisan(), at=AT, honour_id=found.honours[0].pk, doing=doing)
    assert told.value.place == place
    assert not ActivityEntry.objects.exists()


def test_who_may_take_an_entry_back(found: Kept) -> None:
    artisan, unit, honour = found.artisan(), found.actor("lan"), found.honours[0]
    one, two = (enter(actor=artisan, at=AT, honour_id=honour.pk, doing=TALK) for _ in range(2))
    with pytest.raises(BadInput):
        withdraw(actor=artisan, at=AT, entry_id=one.pk, version=1, reason=" ")
    withdraw(actor=artisan, at=AT, entry_id=one.pk, version=1, reason="记重了")
    confirm(actor=unit, at=AT, entry_id=two.pk, version=1)
    with pytest.raises(NotAllowed):
        withdraw(actor=artisan, at=AT, entry_id=two.pk, version=2, reason="不要了")
    withdraw(actor=unit, at=AT, entry_id=two.pk, version=2, reason="与事实不符")
    follows = record(actor=unit, at=AT, honour=honour, doing=TALK, source="camp:1")
    with pytest.raises(Refused):
        withdraw(actor=unit, at=AT, entry_id=follows.pk, version=1, reason="不对")
    assert [one.pk for one in look(unit, Wanted()).rows] == [follows.pk]


@pytest.mark.once
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(["camp:1", "camp:2", "practice:1"]), st.booleans()), max_size=8
    )
)
def test_one_source_is_one_entry(found: Kept, steps: list[tuple[int, str, bool]]) -> None:
    with transaction.atomic():
        standing: dict[tuple[int, str], bool] = {}
        for n, source, there in steps:
            honour = found.honours[n]
            if there:
                record(actor=found.actor("zhang"), at=AT, honour=honour, doing=TALK, source=source)
            else:
                retract(actor=found.actor("zhang"), at=AT, honours=[honour], source=source)
            if there or (honour.pk, source) in standing:
                standing[honour.pk, source] = there
        rows = ActivityEntry.objects.values_list("honour_id", "source", "state")
        assert Counter((h, s) for h, s, _ in rows) == Counter(standing.keys())
        assert {(h, s): state == State.CONFIRMED for h, s, state in rows} == standing
        transaction.set_rollback(True)


def test_the_database_itself_holds_one_source_to_one_entry(found: Kept) -> None:
    entry = record(actor=found.actor("zhang"), at=AT, honour=found.honours[0], doing=TALK, source="camp:1")
    entry.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_what_the_artisan_wrote_stays_when_the_organiser_ticks_the_list(found: Kept) -> None:
    honour = found.honours[0]
    mine = Doing("camp", "第一期训练营", date(2026, 6, 20), people=12, note="学了机器人编程")
    enter(actor=found.artisan(), at=AT, honour_id=honour.pk, doing=mine, source="camp:1")
    with pytest.raises(Refused):
        enter(actor=found.artisan(), at=AT, honour_id=honour.pk, doing=mine, source="camp:1")
    told = Doing("camp", "第一期训练营", date(2026, 6, 19), hours=Decimal(12))
    entry = record(actor=found.actor("zhang"), at=AT, honour=honour, doing=told, source="camp:1")
    assert (entry.state, entry.hours, entry.people, entry.note) == (State.CONFIRMED, 12, 12, "学了机器人编程")


def test_the_desk_confirms_many_in_a_fixed_number_of_statements(
    found: Kept, django_assert_max_num_queries: object
) -> None:
    unit = found.actor("zhang")
    made = [
        enter(actor=found.artisan(n), at=AT, honour_id=found.honours[n].pk, doing=TALK)
        for n in range(3)
        for _ in range(4)
    ]
    assert waiting_kinds(unit) == (("talk", 12),)
    chosen = {one.pk: 1 for one in made} | {made[0].pk: 2, 987_654: 1}
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert confirm_many(actor=unit, at=AT, chosen=chosen) == (11, 2)
    with pytest.raises(BadInput):
        confirm_many(actor=unit, at=AT, chosen={})
    assert len(list(every(unit, Wanted(kind="talk", year="2026")))) == 12
    assert [row[13] for row in every(unit, Wanted())].count("已确认") == 11


def test_the_list_goes_on_where_it_stopped(found: Kept) -> None:
    unit, honour = found.actor("lan"), found.honours[0]
    for n in range(7):
        enter(actor=unit, at=AT, honour_id=honour.pk, doing=Doing("talk", f"第{n}场", date(2026, 6, 1 + n // 3)))
    seen: list[str] = []
    after = ""
    while True:
        page = look(unit, Wanted(), after=after, limit=3)
        seen += [one.title for one in page.rows]
        after = page.after
        if not after:
            break
    assert seen == [f"第{n}场" for n in (6, 5, 4, 3, 2, 1, 0)]
    assert look(unit, Wanted(), after="none").rows != ()


@pytest.mark.once
def test_kept_by_says_what_hands_say(found: Kept) -> None:
    found.user(0)
    Grant.objects.create(
        user=found.user(1), organisation=found.world["plant"], role="officer", since=AT - timedelta(days=9)
    )
    actors = [found.actor(name) for name in found.world.people if not name.startswith("artisan")]
    for actor in [*actors, found.artisan(0), found.artisan(1)]:
        kept = set(kept_by(actor).values_list("pk", flat=True))
        for honour in found.honours:
            try:
                hands = hands_of(actor, get_honour(actor, honour.pk))
            except NotFound:
                hands = frozenset()
            assert (honour.pk in kept) is looks_after(hands)


def test_a_wide_scope_is_asked_otherwise_and_sees_the_same(found: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    zhang = found.actor("zhang")
    for n in range(6):
        doing = Doing("talk", f"第{n}场", date(2026, 6, 1 + n))
        enter(actor=found.artisan(n % 3), at=AT, honour_id=found.honours[n % 3].pk, doing=doing)

    def seen() -> list[object]:
        pages = [look(zhang, Wanted(waiting=waiting)).rows for waiting in (False, True)]
        found_by_name = look(zhang, Wanted(text="焊平")).rows
        return [[one.pk for one in rows] for rows in (*pages, found_by_name)]

    narrow = seen()
    monkeypatch.setattr(log_list, "WIDE", 2)
    assert seen() == narrow
    assert [len(rows) for rows in narrow] == [6, 6, 2]  # type: ignore[arg-type]
    assert look(zhang, Wanted(text="第1场")).rows == ()
