"""Pages of training: seen by whom they concern, one act each, nothing typed lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.cultivation.kept import AT, Kept
from tests.services.cultivation.training.ground import MORNING, camp, picture

from gongjiang.models import ActivityEntry, LearningRound, PowerScore, PracticeTask, TrainingEvent, TrainingPlace
from gongjiang.services.cultivation.log import Doing, enter
from gongjiang.services.cultivation.training.coming import sign_up
from gongjiang.services.cultivation.training.rounds import begin_round
from gongjiang.services.cultivation.training.tasks import Asked, set_task


def test_an_event_is_made_changed_published_and_signed_up_for(found: Kept) -> None:
    desk = found.world.client("zhang")
    said = {
        "kind": "camp",
        "title": "焊接训练营",
        "first": "2026-07-01",
        "last": "2026-07-03",
        "mode": "onsite",
        "seats": "1",
        "organisation": str(found.world["city"].pk),
    }
    refused = desk.post("/training/new/", said | {"last": "2026-06-01"})
    assert refused.status_code == 400
    assert "焊接训练营" in refused.text
    assert "结束日期早于开始日期" in refused.text
    desk.post("/training/new/", said)
    event = TrainingEvent.objects.get()
    assert "还没有排课" in desk.get(f"/training/{event.pk}/").text
    desk.post(f"/training/{event.pk}/act/days/")
    assert event.sessions.count() == 3
    found.user(0)
    artisan = found.world.client("artisan0")
    assert artisan.get(f"/training/{event.pk}/").status_code == 404
    desk.post(f"/training/{event.pk}/act/publish/", {"version": event.version})
    assert "报名" in artisan.get(f"/training/{event.pk}/").text
    artisan.post(f"/training/{event.pk}/act/sign/", {"honour": found.honours[0].pk})
    desk.post(f"/training/{event.pk}/act/sign/", {"honour": [one.pk for one in found.honours[1:]], "way": "sign"})
    states = TrainingPlace.objects.filter(event=event).order_by("honour").values_list("state", flat=True)
    assert list(states) == ["signed", "waiting", "waiting"]
    assert "温测微" not in artisan.get(f"/training/{event.pk}/").text
    changed = desk.post(
        f"/training/{event.pk}/edit/", said | {"seats": "", "version": "2", "title": "焊接训练营（二）"}
    )
    assert changed.status_code == 302
    assert TrainingPlace.objects.filter(event=event, state="signed").count() == 3
    desk.post(f"/training/{event.pk}/act/cancel/", {"version": "3", "reason": "场地维修"})
    assert "场地维修" in artisan.get(f"/training/{event.pk}/").text


def test_a_whole_camp_is_measured_on_one_sheet(found: Kept) -> None:
    event = camp(found, first=AT.date(), last=AT.date())
    sign_up(actor=found.actor("zhang"), at=AT, event_id=event.pk, honour_ids=[one.pk for one in found.honours])
    desk, url = found.world.client("zhang"), f"/training/{event.pk}/scores/"
    one, two, three = TrainingPlace.objects.order_by("honour")
    said = {"moment": "entry", "on": "2026-06-24", f"s-{one.pk}-0": "61", f"s-{two.pk}-4": "72.5"}
    wrong = desk.post(url, said | {f"s-{three.pk}-2": "一百"})
    assert wrong.status_code == 400
    assert "丁砺锋 创新力" in wrong.text
    assert 'value="72.5"' in wrong.text
    desk.post(url, said)
    scored = PowerScore.objects.order_by("round__honour").values_list("round__honour", "power", "score")
    assert list(scored) == [(found.honours[0].pk, "引领力", 61), (found.honours[1].pk, "传承力", Decimal("72.5"))]
    assert set(LearningRound.objects.values_list("title", flat=True)) == {"第一期训练营"}
    early = desk.post(url, {"moment": "evaluation", "on": "2026-06-24", f"s-{three.pk}-0": "80"}, follow=True)
    assert "丁砺锋：先记入学测评，才能评价。" in early.text
    assert not LearningRound.objects.filter(honour=found.honours[2]).exists()
    assert found.world.client("lan").get(url).status_code == 403


def test_attendance_on_a_phone_and_on_the_list(found: Kept) -> None:
    found.user(0)
    event = camp(found, days=1)
    sign_up(actor=found.actor("zhang"), at=AT, event_id=event.pk, honour_ids=[one.pk for one in found.honours])
    session = event.sessions.get()
    artisan, desk = found.world.client("artisan0", MORNING), found.world.client("zhang", MORNING)
    code_page = desk.get(f"/training/sessions/{session.pk}/code/").text
    assert f"{session.code[:3]} {session.code[3:]}" in code_page
    assert "<svg" in code_page
    assert artisan.get(f"/training/sessions/{session.pk}/code/").status_code in {403, 404}
    wrong = artisan.post("/mine/attend/", {"session": session.pk, "code": "x"})
    assert "还可以试 4 次" in wrong.text
    artisan.post("/mine/attend/", {"session": session.pk, "code": session.code})
    assert "已签到" in artisan.get("/mine/attend/").text
    others = TrainingPlace.objects.exclude(honour=found.honours[0]).values_list("pk", flat=True)
    desk.post(f"/training/sessions/{session.pk}/", {"shown": list(others), "here": [others[0]]})
    assert sorted(ActivityEntry.objects.values_list("honour_id", "hours")) == [
        (found.honours[0].pk, 6),
        (found.honours[1].pk, 6),
    ]


def test_an_artisan_logs_a_thing_on_a_phone_and_the_unit_confirms_it(found: Kept) -> None:
    found.user(0)
    artisan = found.world.client("artisan0")
    assert 'value="2026-06-24"' in artisan.get("/mine/log/").text
    said = {"kind": "talk", "title": "进企业讲厚壁管焊接", "on": "2026-06-20", "people": "40"}
    late = artisan.post("/mine/log/", said | {"on": "2026-06-30"})
    assert late.status_code == 400
    assert "进企业讲厚壁管焊接" in late.text
    artisan.post("/mine/log/", said | {"photo": picture()})
    entry = ActivityEntry.objects.get()
    assert (entry.state, entry.people, entry.files.count()) == ("claimed", 40, 1)
    assert artisan.get(f"/cultivation/files/{entry.files.get().pk}/").headers["Content-Type"] == "image/jpeg"
    unit = found.world.client("lan")
    assert "进企业讲厚壁管焊接" in unit.get("/activities/").text
    assert "确认工匠的活动记录 1 条" in unit.get("/todo/").text
    stranger = found.world.client("yuan")
    assert stranger.get(f"/cultivation/files/{entry.files.get().pk}/").status_code == 404
    assert stranger.get(f"/artisans/{found.honours[0].pk}/log/").status_code == 404
    artisan.post("/activities/confirm/", {"entry": f"{entry.pk}.1"})
    entry.refresh_from_db()
    assert entry.state == "claimed"
    unit.post("/activities/confirm/", {"entry": f"{entry.pk}.1"})
    entry.refresh_from_db()
    assert entry.state == "confirmed"
    sheet = b"".join(unit.get("/activities/export/?all=1").streaming_content)
    assert sheet[:2] == b"PK"
    for page in ("/mine/", "/mine/log/"):
        assert "进企业讲厚壁管焊接" in artisan.get(page).text
    assert "进企业讲厚壁管焊接" in unit.get(f"/artisans/{found.honours[0].pk}/").text


def test_growth_is_measured_and_drawn(found: Kept) -> None:
    honour = found.honours[0]
    found.user(0)
    unit, artisan = found.world.client("wen"), found.world.client("artisan0")
    url = f"/artisans/{honour.pk}/growth/"
    assert "还没有开始" in artisan.get(url).text
    unit.post(f"{url}begin/", {"title": "2026年第一轮", "begun": "2026-02-01", "hours": "40"})
    one = honour.rounds.get()
    low = {f"score-{n}": "60" for n in range(5)}
    wrong = unit.post(
        f"/growth/rounds/{one.pk}/measure/", low | {"moment": "entry", "on": "2026-02-02", "score-1": "101"}
    )
    assert wrong.status_code == 400
    assert "成就力" in wrong.text
    unit.post(f"/growth/rounds/{one.pk}/measure/", low | {"moment": "entry", "on": "2026-02-02"})
    assert artisan.post(f"/growth/rounds/{one.pk}/measure/", low | {"moment": "entry"}).status_code == 403
    wrong = unit.post(f"/growth/rounds/{one.pk}/task/", {"title": "改进夹具", "hours": "八", "what": "减少变形"})
    assert (wrong.status_code, 'value="改进夹具"' in wrong.text, "减少变形" in wrong.text) == (400, True, True)
    unit.post(f"/growth/rounds/{one.pk}/task/", {"title": "改进夹具", "hours": "8"})
    task = PracticeTask.objects.get()
    assert "完成实践任务：改进夹具" in artisan.get("/todo/").text
    artisan.post(f"/growth/tasks/{task.pk}/hand/", {"version": "1", "text": "已完成", "photo": picture()})
    unit.post(f"/growth/tasks/{task.pk}/accept/", {"version": "2"})
    high = {f"score-{n}": "80.5" for n in range(5)}
    unit.post(f"/growth/rounds/{one.pk}/measure/", high | {"moment": "evaluation", "on": "2026-06-01"})
    page = artisan.get(url).text
    assert "+20.5" in page
    assert "<polygon" in page
    assert "style=" not in page
    unit.post(f"/growth/rounds/{one.pk}/end/")
    one.refresh_from_db()
    assert one.ended == AT.date()


@pytest.mark.parametrize(
    "page", ["/artisans/{0}/", "/artisans/{0}/log/", "/activities/?all=1", "/artisans/{0}/growth/"]
)
def test_a_page_asks_the_same_number_of_questions_however_much_there_is(found: Kept, page: str) -> None:
    unit, actor, honour = found.world.client("zhang"), found.actor("zhang"), found.honours[0]
    one = begin_round(actor=actor, at=AT, honour_id=honour.pk, title="", begun=honour.from_date, hours=Decimal(40))

    def more(numbers: range) -> None:
        for n in numbers:
            enter(actor=actor, at=AT, honour_id=honour.pk, doing=Doing("talk", f"讲第{n}场", AT.date()))
            set_task(actor=actor, at=AT, round_id=one.pk, asked=Asked(f"任务{n}"))
            camp(found, first=AT.date() + timedelta(days=n), last=AT.date() + timedelta(days=n))

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert unit.get(page.format(honour.pk)).status_code == 200
        return len(seen)

    more(range(2))
    asked()
    few = asked()
    more(range(2, 9))
    assert asked() == few
