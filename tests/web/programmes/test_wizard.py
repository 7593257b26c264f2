"""From a pack to a running edition, by an officer and an approver, in the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, ROLES, World, opened_edition, prepared_edition, programme_at, small_world

from gongjiang.catalogue.packs import find
from gongjiang.models import Edition, EditionRole, Judgement, PackVersion, Seat
from gongjiang.services.reports.todo.desk import desk_of
from gongjiang.web.places import item_page


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.mark.ledger("G-01")
def test_prepare_answer_bind_seat_and_publish(world: World) -> None:
    officer = world.client("zhang")
    answer = officer.post(
        "/editions/new/",
        {"pack": "nanning-2026", "organiser": world["city"].pk, "title": "2026年“望澜工匠”", "slug": "wanglan-2026"},
    )
    edition = Edition.objects.get(slug="wanglan-2026")
    base = f"/editions/{edition.pk}/"
    assert answer["Location"] == f"{base}questions/"
    page = officer.get(f"{base}questions/").content.decode()
    assert "25名按比例算出37.5、32.5、27.5人，如何取整" in page
    assert 'name="a-Q4"' in page
    assert 'name="b-Q4"' in page

    questions = programme_at(edition).questions
    given = {"ok": [one.id for one in questions], "basis": "6月2日办公室会议"}
    for one in questions:
        value = one.default
        given[f"a-{one.id}"] = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    given["a-Q4"] = "两千"
    answer = officer.post(f"{base}questions/", given)
    assert answer.status_code == 422
    assert Judgement.objects.filter(superseded=False).count() == len(questions) - 1
    answer = officer.post(f"{base}questions/", {"only": "Q4", "a-Q4": "1800"})
    assert answer["Location"] == f"{base}questions/#q-Q4"
    edition.refresh_from_db()
    assert edition.params["deeds_max"] == "1800"
    assert edition.params["rounding"] == "up"
    assert Judgement.objects.get(question="Q2").basis == "6月2日办公室会议"

    bound = {"role": list(ROLES)} | {f"r-{role}": [world[key].pk for key in keys] for role, keys in ROLES.items()}
    officer.post(f"{base}roles/", bound)
    assert EditionRole.objects.filter(edition=edition).count() == sum(len(keys) for keys in ROLES.values())

    seats = list(Seat.objects.filter(edition=edition))
    assert len(seats) == 22
    officer.post(f"{base}body/", {f"seat-{seats[0].pk}": "章主席"})
    seats[0].refresh_from_db()
    assert seats[0].name == "章主席"

    told = officer.get(f"{base}review/").content.decode()
    assert "由主办单位的审批人员（严审定）发布" in told
    assert "<b>向上取整</b>" in told
    assert "<b>1800字</b>" in told

    approver = world.client("yan")
    ready = [one for one in desk_of(world.actor("yan"), AT).items if one.state_label == "筹备中"]
    assert [item_page(one) for one in ready] == [f"{base}review/"]
    assert "可以发布" in approver.get(f"{base}review/").content.decode()
    assert approver.post(f"{base}review/")["Location"] == base
    edition.refresh_from_db()
    assert edition.state == "open"
    assert "38" in approver.get(base).content.decode()


def test_an_unfinished_edition_says_what_is_missing(world: World) -> None:
    edition = prepared_edition(world)
    page = world.client("yan").get(f"/editions/{edition.pk}/review/").content.decode()
    assert "问题 Q1 未答复" in page
    assert "角色“" in page
    answer = world.client("yan").post(f"/editions/{edition.pk}/review/")
    assert answer.status_code == 409
    assert "还不能发布" in answer.content.decode()


def test_a_taken_slug_is_told_in_place(world: World) -> None:
    prepared_edition(world, slug="same")
    given = {"pack": "nanning-2026", "organiser": world["city"].pk, "title": "甲", "slug": "same"}
    answer = world.client("zhang").post("/editions/new/", given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "届次代号“same”已被使用" in page
    assert 'value="甲"' in page


def test_a_damaged_pack_is_refused_with_file_line_and_cause(world: World) -> None:
    text = find("nanning-2026")
    broken = text.text.replace("type: select, label: 初审", "type: selekt, label: 初审")
    client = world.client("zhang")
    answer = client.post("/packs/", {"pack": SimpleUploadedFile("我的包.yaml", broken.encode())})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "我的包.yaml" in page
    assert "selekt" in page
    assert PackVersion.objects.count() == 0


def test_an_own_pack_is_taken_once_and_offered(world: World) -> None:
    text = find("nanning-2026")
    mine = text.text.replace("version: 1.0.0", "version: 1.0.1", 1)
    client = world.client("zhang")
    for _ in range(2):
        given = {
            "pack": SimpleUploadedFile("我的包.yaml", mine.encode()),
            "notice": SimpleUploadedFile("通知.txt", (text.notice or "").encode()),
        }
        answer = client.post("/packs/", given)
        assert answer.status_code == 302
    assert PackVersion.objects.count() == 1
    assert "1.0.1" in client.get(answer["Location"]).content.decode()


@pytest.mark.ledger("X-07")
def test_misprints_stand_with_their_corrections_beside(world: World) -> None:
    edition = opened_edition(world)
    page = world.client("lan").get(f"/editions/{edition.pk}/notice/").content.decode()
    assert "1、活动主题" in page
    assert "<ins>一、活动主题</ins>" in page


def test_a_deadline_is_moved_with_a_reason(world: World) -> None:
    edition = opened_edition(world)
    client = world.client("zhang")
    answer = client.post(
        f"/editions/{edition.pk}/extend/", {"time": "apply_close", "until": "2026-07-05", "reason": ""}
    )
    assert answer.status_code == 422
    assert "延期须写明理由" in answer.content.decode()
    given = {"time": "apply_close", "until": "2026-07-05", "reason": "台风停工", "unit": world["county"].pk}
    assert client.post(f"/editions/{edition.pk}/extend/", given).status_code == 302
    made = edition.extensions.get()
    assert (made.organisation, made.until.astimezone().isoformat()[:10]) == (world["county"], "2026-07-06")


def test_pages_cost_the_same_at_any_number_of_editions(world: World) -> None:
    client = world.client("zhang")
    counts = []
    for batch in (1, 2, 6):
        for n in range(batch):
            prepared_edition(world, slug=f"e{batch}-{n}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/editions/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
