"""What is hidden stays hidden: experts from each other, scores from nominees; observers write nothing (TRUST 5, 9)."""

import pytest
from tests.factories import AT
from tests.security.routes import address, all_routes
from tests.security.visits import browser, unchanged_after, visit
from tests.security.world import House

from gongjiang.models import Grant

pytestmark = pytest.mark.once

SCORES = ("score:", "remark:")


def pages(house: House, username: str) -> str:
    """Everything that somebody can open by GET, every case and every page of the panel, as one text."""
    client, texts = browser(house, username), []
    for number, route in enumerate(all_routes()):
        if route.name == "logout":
            continue
        about = {"case": [one.case.pk for one in house.filed.values()], "edition": [house.editions["main"].pk]}
        for pk in about.get(route.about, [None]):
            given = {f"{route.about}_id": pk} if pk else {}
            given |= {"stage_id": "expert"} if "stage_id" in route.arguments else {}
            with unchanged_after():
                texts.append(visit(client, "GET", address(house, route, number, **given)).text)
    return "\n".join(texts)


def seen(house: House, username: str) -> set[str]:
    return {one for one in house.tokens.found_in(pages(house, username)) if one.startswith(SCORES)}


@pytest.mark.soak
def test_an_expert_sees_own_scores_only(place: House) -> None:
    """With one role; the suite asks the same of an expert who has another besides, and so sees more pages."""
    assert {one.partition(":")[2] for one in seen(place, "judge.declared")} <= {"judge.declared"}


def test_before_declaring_an_expert_sees_no_name(place: House) -> None:
    text = pages(place, "judge.silent")
    cases = {one for one in place.tokens.found_in(text) if one.startswith(("title:", "secret:"))}
    assert {one for one in cases if not place.filed[one.split(":")[1]].public} == set()


@pytest.mark.parametrize("username", ["filer.plant", pytest.param("officer.county", marks=pytest.mark.soak)])
def test_nobody_of_a_nominees_unit_sees_scores(place: House, username: str) -> None:
    assert seen(place, username) == set()


def test_an_expert_who_also_files_sees_no_more_by_it(place: House) -> None:
    """Blind stays blind whatever other roles the person has: other experts' scores don't come with a second grant."""
    Grant.objects.create(user=place.user("judge.declared"), organisation=place.world["plant"], role="filer", since=AT)
    assert {one.partition(":")[2] for one in seen(place, "judge.declared")} <= {"judge.declared"}


def test_a_reason_for_a_rule_is_given_by_the_side_that_files_or_nominates(place: House) -> None:
    """And about a soft rule that the pack has: nothing else gets into the record. This one is hard (400)."""
    url = f"/nominees/{place.filed['qualify'].case.pk}/reason/"
    given = {"rule": "years_trade", "reason": "借调期间计入"}
    told = {
        username: visit(browser(place, username), "POST", url, given).status
        for username in ("observer.city", "officer.city", "department.county_sci", "officer.county")
    }
    assert told == {"observer.city": 403, "officer.city": 403, "department.county_sci": 403, "officer.county": 400}
    assert visit(browser(place, "officer.county"), "POST", url, given | {"rule": "no_such"}).status == 404


@pytest.mark.parametrize("username", ["observer.city", pytest.param("observer.county", marks=pytest.mark.soak)])
def test_observers_write_nothing(place: House, username: str) -> None:
    client, wrote = browser(place, username), []
    for number, route in enumerate(one for one in all_routes() if one.access == "signed_in" and one.name != "logout"):
        about = {"case": place.filed["qualify"].case.pk, "edition": place.editions["main"].pk}
        given = {f"{route.about}_id": about[route.about]} if route.about in about else {}
        body = {"reason": "x", "action": "pass", "stage": "qualify", "step": "publish", "answer-character": "yes"}
        body |= {"rule": "years_trade", "accept": ""}
        with unchanged_after() as writes:
            visit(client, "POST", address(place, route, number, **given), body)
        wrote += [f"{username} {route.name} {sorted(set(writes.tables))}" for _ in [0] if writes.tables]
    assert wrote == []
