"""The end of the window as the person at the form meets it: nothing typed is lost, no clock but the server's counts."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from io import BytesIO

import pytest
from django.utils import timezone
from tests.factories import AT, World
from tests.rules.evidence import samples
from tests.services.formality.ground import Ground, ground

from gongjiang.models import Case, File
from gongjiang.services.evidence.upload import upload
from gongjiang.services.programmes.extend import extend

pytestmark = [pytest.mark.django_db, pytest.mark.once]

END = timezone.make_aware(datetime(2026, 7, 1))
LATE = "申报已于2026年6月30日 24:00截止"


@pytest.fixture
def here() -> Ground:
    return ground()


@pytest.fixture
def world(here: Ground) -> World:
    return here.world


@pytest.fixture
def case(here: Ground) -> Case:
    found = here.draft()
    here.attach(found)
    return found


def test_what_the_client_says_of_the_time_is_not_heard(world: World, case: Case) -> None:
    """TRUST, dates: the client's clock is wrong."""
    early = AT - timedelta(days=3)
    client = world.client("lan", at=END)
    answer = client.post(
        f"/nominations/{case.pk}/submit/",
        {
            "version": case.version,
            "at": early.isoformat(),
            "now": str(int(early.timestamp())),
            "submitted_at": early.isoformat(),
        },
        headers={"Date": format_datetime(early), "X-Request-Start": f"t={early.timestamp()}"},
        follow=True,
    )
    assert LATE in answer.content.decode()
    case.refresh_from_db()
    assert (case.state, case.submitted_at) == ("draft", None)


def test_autosave_after_the_end_keeps_the_words_and_an_extension_reaches_the_open_page(
    world: World, case: Case
) -> None:
    client = world.client("lan", at=END - timedelta(minutes=5))
    page = client.get(f"/nominations/{case.pk}/form/supplement/")
    assert "还有 4 分，6月30日 24:00 截止" in page.content.decode()
    client = world.client("lan", at=END + timedelta(seconds=30))
    typed = {"version": case.version, "fields": "years_in_city", "years_in_city": "21"}
    saved = client.post(f"/nominations/{case.pk}/save/supplement/", typed)
    assert saved.status_code == 200
    case.refresh_from_db()
    assert case.values["years_in_city"] == "21"
    assert LATE in client.post(f"/nominations/{case.pk}/submit/", {"version": case.version}).content.decode()
    extend(
        actor=world.actor("zhang"),
        at=END + timedelta(minutes=1),
        edition=case.process.edition,
        time="apply_window",
        until=END + timedelta(days=2),
        reason="断电",
        organisation=world["plant"],
    )
    again = client.post(f"/nominations/{case.pk}/submit/", {"version": saved.json()["version"]}, follow=True)
    assert LATE not in again.content.decode()
    case.refresh_from_db()
    assert case.state == "running"


def test_a_file_that_arrives_after_the_end_is_kept_in_the_draft(world: World, case: Case) -> None:
    """Begun before the end, finished after it: the request's time is the one that counts, and a draft takes files."""
    held = File.objects.filter(case=case, removed_at=None).count()
    for at, name in ((END - timedelta(milliseconds=1), "前.pdf"), (END + timedelta(minutes=3), "后.pdf")):
        upload(
            actor=world.actor("lan"),
            at=at,
            case_id=case.pk,
            attachment="certificates",
            name=name,
            content=BytesIO(samples.pdf()),
        )
    assert File.objects.filter(case=case, removed_at=None).count() == held + 2
    case.refresh_from_db()
    assert case.state == "draft"
