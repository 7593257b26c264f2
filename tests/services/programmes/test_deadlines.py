"""The end of a window: the last moment in time and the first too late, extensions, what happens to what was open."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from tests.factories import AT, person
from tests.rules.evidence import samples
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import CalendarYear, Entry, Extension, Message
from gongjiang.services.evidence.finish import finish
from gongjiang.services.evidence.parts import begin, take_part
from gongjiang.services.nominations.bulk import move_many
from gongjiang.services.nominations.form import form_page
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit
from gongjiang.services.programmes.extend import extend, take_back_extension
from gongjiang.services.programmes.publish_edition import open_problems
from gongjiang.services.programmes.windows import Window, midnight, window_of
from gongjiang.web.actor import ActorMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.once]

END = timezone.make_aware(datetime(2026, 7, 1))
LAST = END - timedelta(milliseconds=1)
LATER = timezone.make_aware(datetime(2026, 7, 6))


@pytest.fixture
def here() -> Ground:
    return ground()


def test_the_last_millisecond_is_in_time_and_midnight_is_not(here: Ground) -> None:
    window = window_of(here.programme, "apply_window")
    assert (window.state(LAST), window.state(END)) == ("open", "late")
    assert window.last_day == date(2026, 6, 30)
    assert window.state(midnight(date(2026, 5, 27))) == "open"
    assert window.state(midnight(date(2026, 5, 27)) - timedelta(microseconds=1)) == "early"
    assert Window().state(END) == "open"


@pytest.mark.ledger("G-11")
def test_handed_in_at_the_last_millisecond_it_is_taken_at_midnight_it_is_not(here: Ground) -> None:
    first, second = here.draft(), here.draft("岑铸山", filer="yin", unit="dyeing")
    here.attach(first, "lan")
    here.attach(second, "yin")
    with pytest.raises(Refused, match="申报已于2026年6月30日 24:00截止。如有特殊情况，请主办单位办理延期"):
        submit(actor=here.actor("yin"), at=END, case_id=second.pk)
    assert submit(actor=here.actor("lan"), at=LAST, case_id=first.pk).case.state == "running"


def test_what_is_typed_after_the_end_is_kept_as_a_draft_and_goes_when_the_end_is_moved(here: Ground) -> None:
    case = here.draft()
    page = form_page(here.actor("lan"), LAST, case.pk)
    saved = save_values(
        actor=here.actor("lan"), at=END, case_id=case.pk, changes={"post": "总装班班长"}, version=page.case.version
    )
    assert (saved.problems, saved.case.state, saved.case.values["post"]) == ((), "draft", "总装班班长")
    here.attach(case, "lan")
    with pytest.raises(Refused, match="截止"):
        submit(actor=here.actor("lan"), at=END, case_id=case.pk, version=saved.case.version)
    case.refresh_from_db()
    assert (case.state, case.values["post"]) == ("draft", "总装班班长")
    move_end(here, unit="plant")
    done = submit(actor=here.actor("lan"), at=END + timedelta(minutes=1), case_id=case.pk, version=case.version)
    assert done.case.state == "running"


def move_end(here: Ground, unit: str | None = None, until: datetime = LATER, at: datetime = END) -> None:
    for time in ("apply_window", "apply_close"):
        extend(
            actor=here.actor("zhang"),
            at=at,
            edition=here.edition,
            time=time,
            until=until,
            reason="台风停工",
            organisation=here.world[unit] if unit else None,
        )


@pytest.mark.parametrize(("unit", "open_to"), [("plant", {"何焊平"}), ("county", {"何焊平", "岑铸山"}), (None, None)])
def test_an_extension_for_a_unit_is_for_its_nominations_only(
    here: Ground, unit: str | None, open_to: set[str] | None
) -> None:
    person(here.world, "biao", "标远岸", ("filer", "far_plant"))
    cases = [
        here.draft(),
        here.draft("岑铸山", filer="yin", unit="dyeing"),
        here.draft("袁标尺", filer="biao", unit="far_plant", receiver="other_county"),
    ]
    move_end(here, unit)
    moment = END + timedelta(hours=1)
    taken = {
        one.title
        for one in cases
        if form_page(here.actor(one.filer.username), moment, one.pk).window.state(moment) == "open"
    }
    assert taken == (open_to or {"何焊平", "岑铸山", "袁标尺"})


def test_a_file_begun_before_the_end_and_ready_after_it_is_kept_and_hands_nothing_in(here: Ground) -> None:
    case = here.draft()
    here.attach(case)
    body = samples.pdf()
    lan = here.actor("lan")
    asked = next(one.attachment for one in plan_of(here.programme, case).files() if "pdf" in one.attachment.kinds)
    row = begin(
        actor=lan, at=LAST, case_id=case.pk, attachment=asked.id, name="图纸.pdf", size=len(body), head="0123abcd"
    )
    take_part(actor=lan, at=END, upload_id=row.pk, offset=0, content=BytesIO(body))
    kept = finish(actor=lan, at=END + timedelta(seconds=1), upload_id=row.pk)
    assert (kept.case_id, kept.removed_at) == (case.pk, None)
    with pytest.raises(Refused, match="24:00截止"):
        submit(actor=lan, at=END + timedelta(seconds=1), case_id=case.pk)


def test_the_moment_of_a_request_is_taken_before_its_body_is_read() -> None:
    """However long the form takes to come in: it counts as of when it began to."""
    read: list[datetime] = []

    class Slow(BytesIO):
        def read(self, *size: Any) -> bytes:
            read.append(timezone.now())
            return super().read(*size)

    body = b"post=x"
    form = "application/x-www-form-urlencoded"
    asked = RequestFactory().generic("POST", "/", body, content_type=form)
    environ = asked.environ | {"wsgi.input": Slow(body)}
    seen: list[tuple[datetime, str]] = []

    def view(request: Any) -> HttpResponse:
        seen.append((request.at, request.POST["post"]))
        return HttpResponse()

    ActorMiddleware(view)(WSGIRequest(environ))
    [(at, typed)] = seen
    assert typed == "x"
    assert at <= read[0]


def test_sending_many_up_has_one_moment_for_all(here: Ground) -> None:
    first, second = here.to("report_up"), here.to("report_up", "岑铸山")

    def send(at: datetime) -> tuple[int, list[str]]:
        done = move_many(
            actor=here.actor("wen"),
            at=at,
            edition=here.edition,
            stage_id="report_up",
            action="report",
            cases=[first.pk, second.pk],
            ticked=here.programme.stage("report_up").checklist,
        )
        return len(done.done), [why for _, why in done.failed]

    number, why = send(END)
    assert number == 0
    assert len(why) == 2
    assert all("已于2026年6月30日 24:00截止" in one for one in why)
    assert send(LAST) == (2, [])


def test_whom_an_extension_concerns_is_told_and_it_is_on_record(here: Ground) -> None:
    here.draft()
    move_end(here, "plant", at=AT)
    told = Message.objects.filter(text__contains="延至")
    assert {one.organisation.short_name for one in told if one.organisation} == {"澜江重工"}
    one = told.order_by("id")[0]
    assert one.text == (
        f"“{here.edition.title}”的“申报（从通知下发之日起）”延至7月5日 24:00（仅限贵单位）。理由：台风停工"
    )
    assert one.headline == f"“{here.edition.title}”的“申报（从通知下发之日起）”延至7月5日 24:00（仅限贵单位）。"
    assert one.kind == "reminder"
    Message.objects.all().delete()
    move_end(here, at=AT)
    names = {one.organisation.short_name for one in Message.objects.all() if one.organisation}
    assert {"青屿区", "远岸区", "澜江重工"} <= names
    assert "望澜市科技局" not in names
    entries = Entry.objects.filter(action="edition.extend")
    assert entries.count() == 4
    assert all("台风停工" in str(one.body) for one in entries)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"reason": " "}, "理由"),
        ({"reason": "长" * 301}, "理由"),
        ({"until": AT}, "延至"),
        ({"until": timezone.make_aware(datetime(2026, 6, 30))}, "延至"),
        ({"until": END}, "延至"),
        ({"time": "no_such"}, "期限"),
    ],
)
def test_an_extension_that_is_none(here: Ground, said: dict[str, object], place: str) -> None:
    given = {"time": "apply_window", "until": LATER, "reason": "台风停工"} | said
    with pytest.raises(BadInput) as problem:
        extend(actor=here.actor("zhang"), at=AT, edition=here.edition, **given)  # type: ignore[arg-type]
    assert problem.value.place == place
    assert not Extension.objects.exists()


def test_an_extension_taken_back_holds_to_the_end_of_that_day(here: Ground) -> None:
    first, second = here.draft(), here.draft("岑铸山", filer="yin", unit="dyeing")
    here.attach(first, "lan")
    here.attach(second, "yin")
    move_end(here)
    made = Extension.objects.get(time="apply_window")
    moment = END + timedelta(days=1, hours=10)  # 2 July, ten o'clock; without the extension it ended on 30 June
    assert submit(actor=here.actor("lan"), at=moment, case_id=first.pk).case.state == "running"
    Message.objects.all().delete()
    ended = take_back(here, made, moment)
    assert ended.ended_until == timezone.make_aware(datetime(2026, 7, 3))
    assert window_of(here.programme, "apply_window").last_day == date(2026, 7, 2)
    told = Message.objects.filter(organisation=here.world["plant"]).get()
    assert told.text == (
        f"“{here.edition.title}”的“申报（从通知下发之日起）”的延期已撤回，现截止到7月2日 24:00。理由：台风未来"
    )
    first.refresh_from_db()
    assert first.state == "running"  # what was handed in under it stays handed in
    night = timezone.make_aware(datetime(2026, 7, 3))
    with pytest.raises(Refused, match="已于2026年7月2日 24:00截止"):
        submit(actor=here.actor("yin"), at=night, case_id=second.pk)
    with pytest.raises(Refused, match="已经撤回或已经到期"):
        take_back(here, made, moment)
    assert submit(actor=here.actor("yin"), at=night - timedelta(milliseconds=1), case_id=second.pk)


def take_back(here: Ground, made: Extension, at: datetime, who: str = "zhang", reason: str = "台风未来") -> Extension:
    return take_back_extension(actor=here.actor(who), at=at, edition=here.edition, extension_id=made.pk, reason=reason)


def test_taken_back_before_the_notices_own_end_that_end_stands_again(here: Ground) -> None:
    move_end(here, at=AT)
    made = Extension.objects.get(time="apply_window")
    for who in ("wen", "lan", "xi"):
        with pytest.raises(NotAllowed):
            take_back(here, made, AT, who)
    with pytest.raises(BadInput, match="撤回延期须写明理由"):
        take_back(here, made, AT, reason=" ")
    take_back(here, made, AT)
    assert window_of(here.programme, "apply_window").closes == END
    other = Extension.objects.get(time="apply_close")
    with pytest.raises(Refused, match="已经到期"):
        take_back(here, other, LATER)


def test_only_the_organiser_extends(here: Ground) -> None:
    for who in ("wen", "lan", "jia", "ji", "xi"):
        with pytest.raises(NotAllowed):
            extend(
                actor=here.actor(who), at=AT, edition=here.edition, time="apply_window", until=LATER, reason="台风停工"
            )


@pytest.mark.parametrize(
    ("day", "said", "shown"),
    [
        ("2026-10-03", "", date(2026, 10, 3)),
        ("2026-10-03", ", day_off: next_working_day", date(2026, 10, 8)),
        ("2026-09-20", ", day_off: next_working_day", date(2026, 9, 20)),  # a Sunday that is worked
        ("2026-09-19", ", day_off: next_working_day", date(2026, 9, 20)),
    ],
)
def test_a_last_day_off_is_moved_only_where_the_pack_says(day: str, said: str, shown: date) -> None:
    line = "cite: [五(一), 七(三)], date: "
    here = ground(edit=(f"{line}2026-06-30", f"{line}{day}{said}"))
    assert window_of(here.programme, "apply_close").last_day == shown
    CalendarYear.objects.all().delete()
    asked = [one for one in open_problems(here.programme) if "2026年的工作日历尚未载入" in one]
    assert len(asked) == bool(said)
    assert window_of(here.programme, "apply_close").last_day == date.fromisoformat(day)
