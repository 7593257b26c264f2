"""Attendance: by code in its time, five tries, the list; what follows in the log."""

from datetime import timedelta
from io import BytesIO

import pytest
from tests.services.cultivation.kept import AT, Kept
from tests.services.cultivation.training.ground import MORNING, camp, picture

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import ActivityEntry, SessionPresence, TrainingEvent, TrainingPlace
from gongjiang.services.cultivation.files import open_file, read_files
from gongjiang.services.cultivation.training.coming import leave, sign_up
from gongjiang.services.cultivation.training.materials import add_material, remove_material
from gongjiang.services.cultivation.training.presence import now_open, sign_in, tick
from gongjiang.services.cultivation.training.sessions import remove_session, renew_code


def signed(found: Kept, **said: object) -> TrainingEvent:
    """A camp to which all signed up."""
    event = camp(found, **{"days": 2, **said})  # type: ignore[arg-type]
    sign_up(actor=found.actor("zhang"), at=AT, event_id=event.pk, honour_ids=[one.pk for one in found.honours])
    return event


@pytest.mark.ledger("M-08")
def test_a_code_counts_in_its_time_and_hours_reach_the_log(found: Kept) -> None:
    artisan = found.artisan(0)
    event = signed(found)
    first, second = event.sessions.order_by("starts")
    assert now_open(artisan, AT) == []
    with pytest.raises(Refused, match="还没有到签到时间"):
        sign_in(actor=artisan, at=AT, session_id=first.pk, code=first.code)
    assert [one for one, _ in now_open(artisan, MORNING)] == [first]
    sign_in(actor=artisan, at=MORNING, session_id=first.pk, code=f" {first.code[:3]} {first.code[3:]} ")
    sign_in(actor=artisan, at=MORNING, session_id=first.pk, code="again")
    with pytest.raises(Refused, match="签到时间已过"):
        sign_in(actor=artisan, at=MORNING + timedelta(days=1, hours=8), session_id=second.pk, code=second.code)
    entry = ActivityEntry.objects.get()
    assert (entry.source, entry.hours, entry.on, entry.until) == (f"camp:{event.pk}", 6, MORNING.date(), None)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in second.code)
    sign_in(actor=artisan, at=MORNING + timedelta(days=1), session_id=second.pk, code=wide)
    entry.refresh_from_db()
    assert (entry.hours, entry.until) == (12, MORNING.date() + timedelta(days=1))


def test_five_wrong_codes_are_the_end_of_guessing(found: Kept) -> None:
    artisan = found.artisan(0)
    session = signed(found).sessions.order_by("starts")[0]
    wrong = "000000" if session.code != "000000" else "000001"
    for left in (4, 3, 2, 1):
        with pytest.raises(BadInput, match=f"还可以试 {left} 次"):
            sign_in(actor=artisan, at=MORNING, session_id=session.pk, code=wrong)
    for code in (wrong, session.code):
        with pytest.raises(Refused, match="已经错了 5 次"):
            sign_in(actor=artisan, at=MORNING, session_id=session.pk, code=code)
    assert SessionPresence.objects.get().tries == 5
    renew_code(actor=found.actor("zhang"), at=MORNING, session_id=session.pk)
    place = TrainingPlace.objects.get(honour=found.honours[0])
    tick(actor=found.actor("zhang"), at=MORNING, session_id=session.pk, shown={place.pk}, here={place.pk})
    assert ActivityEntry.objects.get().honour == found.honours[0]


def test_nobody_signs_in_without_a_seat(found: Kept) -> None:
    event = camp(found, days=1, seats=1)
    session = event.sessions.get()
    honours = [one.pk for one in found.honours[:2]]
    sign_up(actor=found.actor("zhang"), at=AT, event_id=event.pk, honour_ids=honours)
    for n in (1, 2):
        with pytest.raises(NotFound):
            sign_in(actor=found.artisan(n), at=MORNING, session_id=session.pk, code=session.code)
    with pytest.raises(NotFound):
        sign_in(actor=found.actor("zhang"), at=MORNING, session_id=session.pk, code=session.code)


def test_the_list_writes_only_what_differs_and_takes_back(found: Kept) -> None:
    zhang = found.actor("zhang")
    session = signed(found, days=1).sessions.get()
    places = list(TrainingPlace.objects.order_by("honour").values_list("pk", flat=True))
    with pytest.raises(Refused):
        tick(actor=zhang, at=AT, session_id=session.pk, shown=places, here=places)
    with pytest.raises(NotAllowed):
        tick(actor=found.actor("lan"), at=MORNING, session_id=session.pk, shown=places, here=places)
    given = {"actor": zhang, "at": MORNING, "session_id": session.pk}
    assert tick(**given, shown=places[:2], here=places) == (2, 0)
    assert tick(**given, shown=places[2:], here=places[2:]) == (1, 0)
    assert ActivityEntry.objects.filter(state="confirmed").count() == 3
    assert tick(**given, shown=places, here=places[1:]) == (0, 1)
    standing = ActivityEntry.objects.filter(state="confirmed").values_list("honour_id", flat=True)
    assert sorted(standing) == [found.honours[1].pk, found.honours[2].pk]
    assert tick(**given, shown=places, here=places) == (1, 0)
    assert ActivityEntry.objects.count() == 3
    with pytest.raises(Refused):
        remove_session(actor=zhang, at=MORNING, session_id=session.pk)
    with pytest.raises(Refused):
        leave(actor=zhang, at=MORNING, event_id=session.event_id, honour_id=found.honours[0].pk, reason="走了")


@pytest.mark.ledger("M-10")
def test_an_activity_is_one_occasion_that_moves_with_its_days(found: Kept) -> None:
    event = signed(found, kind="exchange", title="创新交流会", days=0)
    session = event.sessions.get()
    assert (session.starts.date(), session.title) == (MORNING.date() - timedelta(days=1), "创新交流会")
    sign_in(actor=found.artisan(0), at=MORNING, session_id=session.pk, code=session.code)
    entry = ActivityEntry.objects.get()
    assert (entry.kind, entry.hours, entry.on, entry.until) == (
        "exchange",
        None,
        MORNING.date(),
        MORNING.date() + timedelta(days=2),
    )


def test_material_is_judged_and_seen_by_whom_the_event_is_for(found: Kept) -> None:
    zhang, lan = found.actor("zhang"), found.actor("lan")
    event = signed(found)
    with pytest.raises(BadInput):
        read_files([("讲义.exe", _bytes(b"MZ"))])
    with pytest.raises(NotAllowed):
        add_material(actor=lan, at=AT, event_id=event.pk, files=read_files([("现场.jpg", picture())]))
    (row,) = add_material(actor=zhang, at=AT, event_id=event.pk, files=read_files([("现场.jpg", picture())]))
    _, content = open_file(lan, row.pk)
    assert content.read(2) == b"\xff\xd8"
    remove_material(actor=zhang, at=AT, event_id=event.pk, file_id=row.pk)
    with pytest.raises(NotFound):
        open_file(lan, row.pk)


def _bytes(data: bytes) -> BytesIO:
    return BytesIO(data)
