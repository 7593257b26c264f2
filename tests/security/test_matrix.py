"""Every route × every role × every place, GET and POST: seen or not found, never a fault, never a leak (TRUST, access).

One test a group of people: each walks all routes as everybody of the group and tells every hole at once.
"""

import pytest
from django.test import Client
from tests.security.audience import handles_objections, has_part, may_print, may_read, sees_case, stranger
from tests.security.routes import NOWHERE, Route, address, all_routes, known_argument
from tests.security.visits import Answer, browser, unchanged_after, visit
from tests.security.world import House, Person

REFUSED = {404, 405}
ROUTES = all_routes()
WHOLE_PAGES = {"nominee", "evidence-file", "nominations-print"}
"""Routes of a case that whoever sees the case gets in full."""


#: Who walks the pages: every role, where it matters most. (All roles × all places: test_grants.py, without pages.)
CAST = {
    "unit": ["filer.plant", "officer.plant", "org_admin.plant", "expert.plant", "filer.dyeing", "filer.far_plant"],
    "county": ["officer.county", "approver.county", "observer.county", "department.county_sci", "officer.other_county"],
    "city": ["officer.city", "observer.city", "system_admin.city", "officer.office", "approver.group"],
    "judges": ["judge.declared", "judge.silent", "judge.other", "second.officer", "second.observer"],
    "strangers": ["officer.rival_city", "org_admin.rival_city", "no.grant", None],
    "gone": ["filer.left", "judge.dismissed", "revoked", "gone"],
}


def targets(house: House, route: Route, person: Person | None, turn: int) -> list[tuple[str, bool | None]]:
    """Addresses of a route for a person, each with whether they should see what it is about (None: not said here).

    Of many things of a kind one that the person should see and two that they shouldn't, taken in turn.
    """
    if route.about in {"case", "file"}:
        keys = list(house.filed) if route.about == "case" else list(house.files)
        seen = [key for key in keys if sees_case(house, person, key)]
        unseen = [key for key in keys if key not in seen]
        if route.name not in WHOLE_PAGES:
            seen = seen[turn % len(seen) :][:1] if seen else []
            unseen = unseen[turn % len(unseen) :][:1] if unseen else []
        found: list[tuple[str, bool | None]] = []
        for key in [*seen, *unseen]:
            thing = house.filed[key].case if route.about == "case" else house.files[key]
            found.append((address(house, route, turn, **{f"{route.about}_id": thing.pk}), key in seen))
        if turn % 4 == 0:
            found.append((address(house, route, turn, **{f"{route.about}_id": NOWHERE}), False))
        return found
    if route.about == "edition":
        return [
            *(
                (address(house, route, turn, edition_id=one.pk), None if has_part(house, person, key) else False)
                for key, one in house.editions.items()
                if key != "second" or turn % 2
            ),
            (address(house, route, turn, edition_id=NOWHERE), False),
        ]
    if route.about == "objection":
        thing = house.things["objection"]
        return [
            (address(house, route, turn, objection_id=thing.pk), handles_objections(person)),
            (address(house, route, turn, objection_id=NOWHERE), False),
        ]
    if route.about and route.access == "signed_in":
        return [
            (address(house, route, turn), False if stranger(person) else None),
            (address(house, route, turn, **{f"{route.about}_id": NOWHERE}), False),
        ]
    return [(address(house, route, turn), None)]


def methods(sees: bool | None, turn: int) -> tuple[str, ...]:
    """Both on what may be seen; on what may not, one or the other by turns (the refusal is the same one)."""
    return ("GET", "POST") if sees is not False else (("GET", "POST")[turn % 2],)


def wrong(route: Route, person: Person | None, answer: Answer, sees: bool | None, method: str) -> str:
    """What is wrong with an answer; '' if nothing is."""
    if answer.status >= 500:
        return f"fault {answer.fault or answer.status}"
    signed_out = person is None or person.special == "inactive"
    if signed_out and route.access == "signed_in":
        led = answer.status == 302 and answer.headers.get("Location", "").startswith("/login/?next=")
        return "" if led or answer.status == 405 else f"not led to the login: {answer.status}"
    if route.access == "public" or signed_out:
        return ""
    if sees is False and answer.status not in REFUSED:
        return f"{answer.status} for what this person may not see"
    if sees and method == "GET" and route.name in WHOLE_PAGES and answer.status != 200:
        return f"{answer.status} for what this person may see"
    return ""


def leaks(house: House, person: Person | None, route: Route, answer: Answer) -> list[str]:
    """Labels of words that this answer may not hold."""
    return sorted(
        label
        for label in house.tokens.found_in(answer.text)
        if not may_read(house, person, label)
        and not may_print(house, person, label, route.name)
        and not (label.startswith("user:") and label == f"user:{person.username if person else ''}")
    )


def unsafe(answer: Answer) -> str:
    """A header that is missing."""
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy and "default-src 'none'" not in policy:
        return "no content policy"
    if "script-src" in policy or ("unsafe-inline" in policy and "sandbox" not in policy):
        return "a loose content policy"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        return "no nosniff"
    if "frame-ancestors" not in policy and answer.headers.get("X-Frame-Options") not in {"DENY", "SAMEORIGIN"}:
        return "may be framed"
    return ""


def holes_for(house: House, person: Person | None, client: Client, route: Route, turn: int) -> list[str]:
    """Everything wrong with one route for one person."""
    found = []
    who = person.username if person else "nobody"
    for n, (url, sees) in enumerate(targets(house, route, person, turn)):
        for method in methods(sees, turn + n):
            with unchanged_after() as writes:
                answer = visit(client, method, url, {} if method == "POST" else None)
            told = [
                wrong(route, person, answer, sees, method),
                unsafe(answer),
                *(f"shows {label}" for label in leaks(house, person, route, answer)),
            ]
            if writes.tables and (sees is False or method == "GET" or (person and person.role == "observer")):
                told.append(f"writes {sorted(set(writes.tables))}")
            found += [f"{who} {method} {url} [{route.name}]: {one}" for one in told if one]
    return found


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(
    ("group", "part"),
    [
        pytest.param(group, part, marks=[pytest.mark.soak] if part else [])
        for group, people in CAST.items()
        for part in range(len(people))
    ],
)
def test_each_sees_what_grants_say_and_no_more(
    place: House, group: str, part: int, caplog: pytest.LogCaptureFixture
) -> None:
    """The people of a group take the routes by turns: in each part every route is walked by one of each group."""
    parts = len(CAST[group])
    holes: list[str] = []
    for turn, username in enumerate(CAST[group]):
        person = place.people[username] if username else None
        client = browser(place, username)
        for number, route in enumerate(ROUTES):
            if route.name in {"logout", "static"} or (turn + number) % parts != part:
                continue
            holes += holes_for(place, person, client, route, (turn + number) // parts)
    logged = place.tokens.found_in(caplog.text)
    holes += [f"the log holds {one}" for one in logged if one.startswith(("id:", "mobile:", "objector:", "secret:"))]
    if holes:
        pytest.fail(f"{len(holes)} holes:\n" + "\n".join(holes), pytrace=False)


def test_every_route_declares_its_access() -> None:
    assert [f"{one.name} ({one.pattern})" for one in ROUTES if one.access not in {"public", "signed_in"}] == []


def test_every_argument_is_known() -> None:
    """A new kind of argument is told here: add it to PLAIN or ALIASES of tests/security/routes.py."""
    strange = [f"{r.pattern}: {a}" for r in ROUTES for a, kind in r.arguments.items() if not known_argument(a, kind)]
    assert strange == []
