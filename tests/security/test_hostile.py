"""Bodies, addresses and parameters that mean harm: no fault, no change, no way out of the house (TRUST, bad input)."""

import re
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection
from django.test import Client
from tests.factories import PASSWORD, with_password
from tests.security.audience import sees_case
from tests.security.routes import ROUTE_TEXTS, Route, address, all_routes
from tests.security.visits import Answer, browser, unchanged_after, visit
from tests.security.world import House

from gongjiang.models import Case, Honour, TrainingEvent
from gongjiang.rules.programmes.stage_types.moves import CaseState

ROUTES = all_routes()
LONG = "长" * 3000
HUGE = "9" * 40
ENDLESS = "9" * 5000  # more digits than int() takes
BODIES = [
    dict.fromkeys(ROUTE_TEXTS, HUGE),
    dict.fromkeys(ROUTE_TEXTS, ENDLESS),
    dict.fromkeys(ROUTE_TEXTS, "²"),
    dict.fromkeys(ROUTE_TEXTS, "\x00\u202e𠮷<script>{{ settings.SECRET_KEY }}=cmd|' /C calc'!A0"),
    dict.fromkeys(ROUTE_TEXTS, LONG),
]
ASKED_NAMES = ("after", "before", "edition", "page", "year", "q", "state", "file")
STRANGE = ("9" * 20, ENDLESS, "-1", "²", "\x00", "'; DROP TABLE x;--", "../../etc/passwd", "𠮷\u202e")
ASKED = ["?" + "&".join(f"{name}={quote(value)}" for name in ASKED_NAMES) for value in STRANGE]
AWAY = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "///evil.example"]
AWAY_NAMES = ("next", "back", "link", "return", "to", "url", "redirect")
PATHS = [
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "长" * 400,
    "𠮷\u202e",
    "{{7*7}}",
    "-1",
    "9" * 40,
    "%2e%2e",
]


def usual(house: House, route: Route) -> list[str]:
    """An address of a thing that the officer of the county may see."""
    about = {"case": house.filed["qualify"].case, "file": house.files["qualify"], "edition": house.editions["main"]}
    thing = about.get(route.about)
    given = {f"{route.about}_id": thing.pk} if thing is not None else {}
    return [address(house, route, 0, **given)]


def tell(holes: list[str]) -> None:
    """Fail with all of them, one a line."""
    if holes:
        pytest.fail(f"{len(holes)} holes:\n" + "\n".join(holes), pytrace=False)


def leads_out(answer: Answer) -> bool:
    """Is it a redirection to another house, or to a script?"""
    target = answer.headers.get("Location", "")
    return bool(urlsplit(target.replace("\\", "/")).netloc) or target.startswith("javascript:")


@pytest.mark.slow
@pytest.mark.parametrize(
    "username",
    [
        "officer.county",
        pytest.param("approver.city", marks=[pytest.mark.once, pytest.mark.soak]),
        pytest.param(None, marks=pytest.mark.once),
    ],
)
def test_hostile_bodies_and_questions_are_no_fault_and_lead_nowhere(place: House, username: str | None) -> None:
    """Neighbouring routes take the bodies by turns, and the databases: each has its own dislikes. Over SQLite
    whatever in an address may name a way back names one out of the house."""
    client = browser(place, username)
    faults = []
    postgres = connection.vendor == "postgresql"
    for number, route in enumerate(one for one in ROUTES if one.name != "logout"):
        body, asked = BODIES[(number + postgres) % len(BODIES)], ASKED[(number + 3 * postgres) % len(ASKED)]
        if not postgres:
            bad = AWAY[number % len(AWAY)]
            asked += "".join(f"&{name}={quote(bad)}" for name in AWAY_NAMES)
        for url in usual(place, route):
            for method, address_, sent in (("POST", url, body), ("GET", url + asked, None)):
                with unchanged_after():
                    answer = visit(client, method, address_, sent)
                if answer.status >= 500:
                    what = f"{next(iter(body.values()))[:12]!r}" if sent else asked[:20]
                    faults.append(f"{method} {route.name} {what}: {answer.fault}")
                if leads_out(answer):
                    faults.append(f"{method} {route.name} → {answer.headers['Location']}")
    tell(faults)


@pytest.mark.once
def test_paths_lead_nowhere_else(place: House) -> None:
    client = browser(place, "officer.county")
    told = []
    for route in ROUTES:
        texts = [name for name, kind in route.arguments.items() if kind in {"StringConverter", "SlugConverter"}]
        if not texts:
            continue
        given: dict[str, object] = dict.fromkeys(texts, "qqmark")
        if "case_id" in route.arguments:
            given["case_id"] = place.filed["qualify"].case.pk
        base = address(place, route, 0, **given)
        for bad in PATHS:
            url = base.replace("qqmark", quote(bad, safe="%./"))
            answer = visit(client, "GET", url)
            if answer.status >= 500 or "root:" in answer.text:
                told.append(f"{route.name} {bad[:20]!r}: {answer.status} {answer.fault}")
    tell(told)


@pytest.mark.once
def test_nothing_posted_leads_out_of_the_house(place: House) -> None:
    led = []
    for username in ("officer.county", None):
        client = browser(place, username)
        for number, route in enumerate(one for one in ROUTES if one.name != "logout"):
            for url in usual(place, route):
                with unchanged_after():
                    answer = visit(client, "POST", url, dict.fromkeys(AWAY_NAMES, AWAY[number % len(AWAY)]))
                if leads_out(answer):
                    led.append(f"{route.name} → {answer.headers['Location']}")
    assert led == []


@pytest.mark.once
def test_every_post_needs_its_token(place: House) -> None:
    """A form posted from another site is refused before any view sees it."""
    client = browser(place, "officer.county", enforce_csrf_checks=True)
    taken = []
    for route in ROUTES:
        for url in usual(place, route):
            with unchanged_after():
                answer = visit(client, "POST", url, {"text": "x"})
            if answer.status != 403:
                taken.append(f"{route.name}: {answer.status}")
    assert taken == []


@pytest.mark.once
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_change_nothing(place: House, method: str) -> None:
    client = browser(place, "officer.county")
    told = []
    for route in (one for one in ROUTES if one.name != "logout"):
        for url in usual(place, route):
            with unchanged_after() as writes:
                answer = visit(client, method, url)
            if answer.status >= 500 or writes.tables:
                told.append(f"{method} {route.name}: {answer.status} {answer.fault} {writes.tables}")
    tell(told)


SMUGGLED = {
    "state": CaseState.NAMED,
    "status": "approved",
    "standing": "artisan",
    "nominator": "1",
    "nominator_id": "1",
    "applying_unit": "1",
    "filer_id": "1",
    "version_": "99",
    "submitted_at": "2026-01-01",
    "rank_in_unit": "1",
    "number": "X-1",
    "exception": "exceptional",
    "award": "other",
    "is_superuser": "1",
    "user": "1",
}


def _held(case: Case) -> dict[str, object]:
    case.refresh_from_db()
    names = ("state", "standing", "nominator_id", "applying_unit_id", "filer_id", "number", "exception", "award")
    return {name: getattr(case, name) for name in names} | {"at": case.submitted_at, "rank": case.rank_in_unit}


@pytest.mark.once
def test_signing_in_leads_home_only(place: House) -> None:
    user = with_password(place.user("filer.plant"))
    for bad in AWAY:
        client = browser(place, None)
        answer = visit(client, "POST", "/login/", {"username": user.username, "password": PASSWORD, "next": bad})
        assert answer.status == 302
        assert answer.headers["Location"].startswith("/")
        assert not urlsplit(answer.headers["Location"]).netloc


def test_smuggled_fields_change_no_case(place: House) -> None:
    """What belongs to the record and not to a form is left out of every form (`status=approved`)."""
    client, case = browser(place, "filer.plant"), place.filed["draft"].case
    before = _held(case)
    for route in (one for one in ROUTES if one.about == "case" and one.name not in {"nominations-withdraw"}):
        visit(client, "POST", address(place, route, 0, case_id=case.pk), {**SMUGGLED, "version": str(case.version)})
        assert _held(case) == before, route.name


def test_another_units_id_opens_nothing(place: House) -> None:
    """The filer of one unit can't file for another, nor hand in or take back another's case."""
    client = browser(place, "filer.dyeing")
    edition = place.editions["main"]
    count = Case.objects.count()
    answer = visit(
        client,
        "POST",
        "/nominations/new/",
        {"edition": edition.pk, "way": "单位推荐", "unit": place.world["plant"].pk, "title": "某人", "who": "other"},
    )
    fresh = Case.objects.order_by("-pk")[: Case.objects.count() - count]
    assert all(one.applying_unit_id == place.world["dyeing"].pk for one in fresh), answer.status
    for key in ("draft", "qualify"):
        case = place.filed[key].case
        assert not sees_case(place, place.people["filer.dyeing"], key)
        before = _held(case)
        for verb in ("submit", "withdraw", "known", "reason", "files"):
            assert visit(client, "POST", f"/nominations/{case.pk}/{verb}/", {"version": case.version}).status == 404
        assert _held(case) == before


def test_names_and_texts_are_shown_as_text(place: House) -> None:
    """Markup, templates and formulas in what people typed stay text."""
    case = place.filed["qualify"].case
    answer = visit(browser(place, "officer.county"), "GET", f"/nominees/{case.pk}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<script>alert(1)" not in answer.text
    assert "{{ settings.SECRET_KEY }}" in answer.text
    assert re.search(r"\son\w+\s*=", answer.text) is None, "an inline handler"
    assert " style=" not in answer.text


def test_uploads_leave_as_attachments(place: House) -> None:
    """What somebody uploaded never opens as a page of ours."""
    client: Client = browser(place, "officer.county")
    file = place.files["qualify"]
    download = visit(client, "GET", f"/files/{file.pk}/")
    assert download.status == 200
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.headers["Content-Type"] != "text/html"
    assert "sandbox" in download.headers["Content-Security-Policy"]
    assert visit(client, "GET", f"/files/{file.pk}/inline/").status == 404
    printed = visit(client, "GET", f"/nominations/{place.filed['qualify'].case.pk}/print/application.docx")
    assert printed.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in printed.headers["Cache-Control"]


ASK = re.compile(r'<details class="ask" id="([^"]+)".*?</details>', re.S)
BOX = re.compile(r'<(input|textarea|select)[^>]* name="([^"]+)"[^>]*>(?:\s*<option value=""[^>]*>[^<]*</option>)?')
MARK = "丙丁戊己"


def _dialogs(page: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Of each dialog with a box for words: where it posts to, and what is posted, every box filled."""
    found = {}
    for one in ASK.finditer(page):
        posted, n = {}, 0
        for box in BOX.finditer(one[0]):
            kind, name = re.search(r'type="(\w+)"', box[0]), box[2]
            value = re.search(r'value="([^"]*)"', box[0])
            if box[1] == "textarea" or (kind is not None and kind[1] in {"text", "date", "tel", "number"}):
                n += 1
                posted[name] = f"{MARK}{n}{LONG}"
            elif box[1] == "input" and kind is not None and kind[1] != "file":
                posted.setdefault(name, value[1] if value else "on")
        action = re.search(r'action="([^"]*)"', one[0])
        if n and action is not None:
            found[one[1]] = (action[1], {**posted, "version": "999"})
    return found


@pytest.mark.once
def test_no_refused_dialog_loses_what_was_typed(place: House) -> None:
    """Every dialog on the pages where most stand, each box filled with more than it takes."""
    honour, case = Honour.objects.order_by("pk")[0].pk, place.filed["qualify"].case.pk
    artisan = [f"/artisans/{honour}/{room}/" for room in ("growth", "log", "mentors")]
    looked = {
        "approver.city": [*artisan, f"/training/{TrainingEvent.objects.order_by('pk')[0].pk}/"],
        "filer.plant": [f"/nominations/{place.filed['draft'].case.pk}/form/confirm/"],
        "officer.county": [f"/nominees/{case}/"],
    }
    tried, lost = set(), []
    for username, pages in looked.items():
        client = browser(place, username)
        for url in pages:
            for name, (action, posted) in _dialogs(visit(client, "GET", url).text).items():
                with unchanged_after():
                    answer = visit(client, "POST", action or url, posted)
                if answer.status < 400:
                    continue
                tried.add(re.sub(r"\d+", "", name))
                again = next((one[0] for one in ASK.finditer(answer.text) if one[1] == name), "")
                missing = [box for box, text in posted.items() if text.startswith(MARK) and text[:5] not in again]
                if missing or "data-dialog open" not in again:
                    lost.append(f"{url} {name}: {answer.status} {missing}")
    tell(lost)
    assert len(tried) >= 10, sorted(tried)
