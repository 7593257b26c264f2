"""Every page of these rooms by every role: who sees it, and that a refusal looks like nothing there."""

import pytest
from django.test import Client
from tests.factories import World, opened_edition, prepared_edition, small_world

from gongjiang.models import Edition

EVERYBODY = {"lan", "wen", "jiang", "ke", "zhang", "yan", "jia", "ji", "guan", "xi"}
PART = EVERYBODY  # all of them belong to an organisation that holds a role, or run the system
ORGANISER = {"zhang", "yan"}

#: page: (address, who sees it). {open} runs, {next} is prepared.
PAGES = {
    "todo": ("/todo/", EVERYBODY),
    "inbox": ("/messages/", EVERYBODY),
    "roles": ("/roles/", EVERYBODY),
    "password": ("/password/", EVERYBODY),
    "editions": ("/editions/", EVERYBODY),
    "edition": ("/editions/{open}/", PART),
    "notice": ("/editions/{open}/notice/", PART),
    "papers": ("/editions/{open}/annexes/", PART),
    "a paper": ("/editions/{open}/annexes/guide.pdf", PART),
    "an empty form": ("/editions/{open}/annexes/application.docx", PART),
    "rules": ("/editions/{open}/rules/", PART),
    "clauses": ("/editions/{open}/clauses/", PART),
    "what-if": ("/editions/{open}/what-if/?p-min_years_trade=12", PART),
    "compare": ("/packs/compare/", {"wen", "jiang", "zhang", "yan", "xi"}),
    "body": ("/editions/{open}/body/", PART),
    "extend": ("/editions/{open}/extend/", PART),
    "quotas": ("/editions/{open}/quotas/", PART),
    "formula": ("/editions/{open}/quotas/formula/", PART),
    "formula of next": ("/editions/{next}/quotas/formula/", ORGANISER | {"ji", "xi"}),
    "questions": ("/editions/{next}/questions/", ORGANISER | {"ji", "xi"}),
    "roles of next": ("/editions/{next}/roles/", ORGANISER | {"ji", "xi"}),
    "new": ("/editions/new/", {"wen", "jiang", "zhang", "yan", "xi"}),
    "packs": ("/packs/", {"wen", "jiang", "zhang", "yan", "xi"}),
    "pack": ("/packs/nanning-2026/", {"wen", "jiang", "zhang", "yan", "xi"}),
    "calendar": ("/calendar/", {"xi"}),
    "log": ("/audit/", {"zhang", "yan", "ji", "xi"}),
    "units": ("/organisations/{county}/", EVERYBODY - {"jia"}),
    "other units": ("/organisations/{far}/", {"zhang", "yan", "ji", "xi"}),
}


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def ids(world: World) -> dict[str, int]:
    first: Edition = opened_edition(world)
    second = prepared_edition(world, slug="next")
    return {"open": first.pk, "next": second.pk, "county": world["county"].pk, "far": world["far_plant"].pk}


@pytest.mark.once
def test_each_page_by_each_role(world: World, ids: dict[str, int]) -> None:
    clients = {name: world.client(name) for name in sorted(EVERYBODY)}
    wrong = []
    for page, (address, seen) in PAGES.items():
        for name, client in clients.items():
            answer = client.get(address.format(**ids))
            expected = 200 if name in seen else 404
            if answer.status_code != expected:
                wrong.append((page, name, answer.status_code))
            elif expected == 404 and "没有找到" not in answer.content.decode():
                wrong.append((page, name, "says why"))
    assert not wrong, wrong


def test_strangers_are_led_to_the_door(world: World, ids: dict[str, int]) -> None:
    for address, _ in PAGES.values():
        answer = Client().get(address.format(**ids))
        assert (answer.status_code, answer["Location"][:13]) == (302, "/login/?next="), address


POSTS = {
    "/editions/{next}/questions/": {"ok": "Q1", "a-Q1": "six"},
    "/editions/{next}/roles/": {"role": "office", "r-office": "{county}"},
    "/editions/{next}/review/": {},
    "/editions/{open}/extend/": {"time": "apply_close", "until": "2026-07-05", "reason": "台风"},
    "/editions/{open}/nudge/": {"organisation": "{county}"},
    "/organisations/{far}/people/": {
        "username": "xin",
        "full_name": "辛任",
        "password": "first-word-2026",
        "role": "filer",
    },
    "/organisations/{far}/add/": {"name": "新厂", "level": "employer", "kind": "enterprise"},
    "/audit/verify/": {},
    "/calendar/": {"year": "2027", "holidays": "10月1日", "source": "通知"},
}


def test_nobody_acts_beyond_their_part(world: World, ids: dict[str, int]) -> None:
    before = Edition.objects.get(pk=ids["next"]).state
    for name in ("lan", "wen", "ke", "jia", "guan"):
        client = world.client(name)
        for address, data in POSTS.items():
            given = {key: value.format(**ids) for key, value in data.items()}
            answer = client.post(address.format(**ids), given)
            assert answer.status_code in (302, 403, 404, 422), (name, address, answer.status_code)
    assert Edition.objects.get(pk=ids["next"]).state == before
    assert not Edition.objects.get(pk=ids["open"]).extensions.exists()
    assert not world.people.keys() & {"xin"}
    assert world["far_plant"].children.count() == 0


def test_the_last_step_is_an_approvers(world: World, ids: dict[str, int]) -> None:
    answer = world.client("zhang").post(f"/editions/{ids['next']}/review/")
    assert answer.status_code == 409
    assert "由主办单位的审批人员发布" in answer.content.decode()
