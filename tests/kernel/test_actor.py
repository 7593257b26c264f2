"""Whose programmes a grant gives a hand in."""

from gongjiang.kernel.actor import Actor, GrantFact


def someone(*grants: GrantFact) -> Actor:
    return Actor(1, "章有序", grants)


def test_a_body_of_the_organiser_has_a_hand_in_its_programmes() -> None:
    office = GrantFact("officer", 7, "办公室", "/1/7/", "city", kind="body")
    assert someone(office).organiser_ids("officer") == {1, 7}
    assert someone(office).organiser_ids("approver") == set()


def test_neither_departments_nor_units_nor_limited_grants_do() -> None:
    department = GrantFact("officer", 8, "科技局", "/1/8/", "city", kind="department")
    county = GrantFact("officer", 9, "青屿区", "/1/9/", "county", kind="union")
    limited = GrantFact("officer", 7, "办公室", "/1/7/", "city", edition_id=3, kind="body")
    assert someone(department, county).organiser_ids("officer") == {8, 9}
    assert someone(limited).organiser_ids("officer") == set()


def test_a_body_at_the_top_stands_under_nobody() -> None:
    top = GrantFact("officer", 1, "领导小组", "/1/", "city", kind="body")
    assert someone(top).organiser_ids("officer") == {1}
