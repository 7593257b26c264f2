"""Seats, waiting, invitations: never more than there are, in the order of signing up."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.cultivation.kept import AT, Kept
from tests.services.cultivation.training.ground import FIRST, camp, plan

from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Message, TrainingEvent, TrainingPlace
from gongjiang.services.cultivation.training.coming import invite, leave, sign_up
from gongjiang.services.cultivation.training.listing import could_come, event_view, events, upcoming
from gongjiang.services.cultivation.training.plan import cancel_event, change_event, make_event
from gongjiang.services.cultivation.training.queries import get_event


def states(event: TrainingEvent) -> list[str]:
    """States of the places, by honour."""
    return list(TrainingPlace.objects.filter(event=event).order_by("honour").values_list("state", flat=True))


@pytest.mark.ledger("M-08")
def test_seats_then_waiting_then_moving_up(found: Kept) -> None:
    one, two, three = found.honours
    event = camp(found, seats=1)
    done = sign_up(actor=found.artisan(0), at=AT, event_id=event.pk, honour_ids=[one.pk])
    assert [(row.honour, row.state, row.why) for row in done] == [(one, "signed", "")]
    sign_up(actor=found.actor("lan"), at=AT + timedelta(hours=1), event_id=event.pk, honour_ids=[two.pk, three.pk])
    sign_up(actor=found.actor("zhang"), at=AT + timedelta(hours=2), event_id=event.pk, honour_ids=[three.pk])
    assert states(event) == ["signed", "waiting", "waiting"]
    with pytest.raises(BadInput):
        leave(actor=found.artisan(0), at=AT, event_id=event.pk, honour_id=one.pk)
    leave(actor=found.artisan(0), at=AT, event_id=event.pk, honour_id=one.pk, reason="当天夜班")
    assert states(event) == ["left", "signed", "waiting"]
    event.refresh_from_db()
    assert event.taken == 1
    change_event(actor=found.actor("zhang"), at=AT, event_id=event.pk, version=event.version, plan=plan(seats=3))
    assert states(event) == ["left", "signed", "signed"]
    event.refresh_from_db()
    with pytest.raises(Refused):
        change_event(actor=found.actor("zhang"), at=AT, event_id=event.pk, version=event.version, plan=plan(seats=1))


def test_each_of_many_gets_an_answer(found: Kept) -> None:
    event = camp(found)
    unit = found.actor("lan")
    done = sign_up(actor=unit, at=AT, event_id=event.pk, honour_ids=[one.pk for one in found.honours])
    assert [(row.honour.name, row.state) for row in done] == [("何焊平", "signed"), ("岑铸山", "signed")]
    again = sign_up(actor=unit, at=AT, event_id=event.pk, honour_ids=[found.honours[0].pk])
    assert [row.why for row in again] == ["早已报名。"]
    event.refresh_from_db()
    assert event.taken == 2
    late = FIRST + timedelta(days=3)
    then = AT.replace(month=late.month, day=late.day)
    over = sign_up(actor=found.actor("yuan"), at=then, event_id=event.pk, honour_ids=[found.honours[2].pk])
    assert [row.why for row in over] == ["活动已经结束。"]


def test_invited_only(found: Kept) -> None:
    event = camp(found, invited_only=True)
    one = found.honours[0]
    refused = sign_up(actor=found.artisan(0), at=AT, event_id=event.pk, honour_ids=[one.pk])
    assert [row.why for row in refused] == ["这次活动只对受邀的工匠开放。"]
    with pytest.raises(NotAllowed):
        invite(actor=found.actor("wen"), at=AT, event_id=event.pk, honour_ids=[one.pk])
    invite(actor=found.actor("zhang"), at=AT, event_id=event.pk, honour_ids=[one.pk])
    assert Message.objects.filter(user=found.user(0), text__startswith="邀请参加").count() == 1
    leave(actor=found.artisan(0), at=AT, event_id=event.pk, honour_id=one.pk)
    assert states(event) == ["left"]
    done = sign_up(actor=found.artisan(0), at=AT, event_id=event.pk, honour_ids=[one.pk])
    assert [row.state for row in done] == ["signed"]


def test_who_sees_an_event(found: Kept) -> None:
    zhang, lan, yuan = (found.actor(name) for name in ("zhang", "lan", "yuan"))
    draft = make_event(actor=zhang, at=AT, organisation_id=found.world["city"].pk, plan=plan())
    own = camp(found, by="wen", organisation="county", title="青屿区的")
    assert get_event(zhang, draft.pk) == draft
    for actor in (lan, yuan, found.artisan(0)):
        with pytest.raises(NotFound):
            get_event(actor, draft.pk)
    assert get_event(lan, own.pk) == own
    assert get_event(zhang, own.pk) == own
    with pytest.raises(NotFound):
        get_event(yuan, own.pk)
    assert [one.title for one in events(lan, AT).rows] == ["青屿区的"]
    assert events(zhang, AT).counts == {"coming": 1, "past": 0, "draft": 1, "cancelled": 0}
    assert [one.name for one in could_come(lan, AT, own)] == ["何焊平", "岑铸山"]
    assert [event for event, _ in upcoming(found.honours[0], AT)] == [own]
    assert upcoming(found.honours[2], AT) == []
    sign_up(actor=lan, at=AT, event_id=own.pk, honour_ids=[found.honours[0].pk])
    assert [one.honour.name for one in event_view(lan, AT, own.pk).places] == ["何焊平"]
    assert event_view(found.artisan(1), AT, own.pk).places == ()


def test_calling_it_off_tells_who_wanted_to_come(found: Kept) -> None:
    event = camp(found)
    found.user(0)
    sign_up(actor=found.artisan(0), at=AT, event_id=event.pk, honour_ids=[found.honours[0].pk])
    with pytest.raises(BadInput):
        cancel_event(actor=found.actor("zhang"), at=AT, event_id=event.pk, version=event.version, reason="")
    cancel_event(actor=found.actor("zhang"), at=AT, event_id=event.pk, version=event.version, reason="场地维修")
    assert Message.objects.filter(user=found.user(0), text="“第一期训练营”取消：场地维修").count() == 1
    with pytest.raises(Stale):
        cancel_event(actor=found.actor("zhang"), at=AT, event_id=event.pk, version=99, reason="又取消")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"title": " "}, "名称"),
        ({"title": "长" * 81}, "名称"),
        ({"last": FIRST - timedelta(days=1)}, "结束日期"),
        ({"last": FIRST + timedelta(days=900)}, "结束日期"),
        ({"last_day": FIRST + timedelta(days=9)}, "报名截止"),
        ({"seats": 0}, "名额"),
        ({"kind": "summary"}, "种类"),
        ({"mode": "moon"}, "方式"),
        ({"level": "village"}, "面向级别"),
        ({"link": "javascript:alert(1)"}, "线上地址"),
        ({"editions": (987_654,)}, "面向届次"),
    ],
)
def test_a_plan_that_is_refused_names_its_field(found: Kept, said: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput) as told:
        make_event(actor=found.actor("zhang"), at=AT, organisation_id=found.world["city"].pk, plan=plan(**said))
    assert told.value.place == place
    with pytest.raises(NotAllowed):
        make_event(actor=found.actor("lan"), at=AT, organisation_id=found.world["city"].pk, plan=plan())


STEP = st.tuples(st.sampled_from(["sign", "leave", "more", "fewer"]), st.integers(0, 2))


@pytest.mark.once
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seats=st.integers(1, 3), steps=st.lists(STEP, max_size=9))
def test_no_sequence_fills_more_seats_than_there_are(found: Kept, seats: int, steps: list[tuple[str, int]]) -> None:
    zhang = found.actor("zhang")
    with transaction.atomic():
        event = camp(found, seats=seats)
        for n, (step, who) in enumerate(steps):
            at, honour = AT + timedelta(minutes=n), found.honours[who]
            try:
                if step == "sign":
                    sign_up(actor=zhang, at=at, event_id=event.pk, honour_ids=[honour.pk])
                elif step == "leave":
                    leave(actor=zhang, at=at, event_id=event.pk, honour_id=honour.pk, reason="有事")
                else:
                    event.refresh_from_db()
                    size = max(1, (event.seats or 1) + (1 if step == "more" else -1))
                    change_event(actor=zhang, at=at, event_id=event.pk, version=event.version, plan=plan(seats=size))
            except (NotFound, Refused):
                continue
            event.refresh_from_db()
            held = states(event)
            assert event.taken == held.count("signed") <= (event.seats or 0)
            assert "waiting" not in held or event.taken == event.seats
        transaction.set_rollback(True)


def test_the_database_itself_refuses_a_seat_too_many(found: Kept) -> None:
    event = camp(found, seats=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingEvent.objects.filter(pk=event.pk).update(taken=2)
    assert issubclass(Refused, GongjiangError)
