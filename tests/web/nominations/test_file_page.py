"""The page of a file: what is typed of it, its place among its neighbours, hints for some and not for others."""

import pytest
from tests.factories import AT, World, case_at, opened_edition, small_world

from gongjiang.models import Case, File

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def piece(case: Case, n: int, **said: object) -> File:
    """A row without bytes."""
    given = {"attachment": "certificates", "title": f"证书{n}", "name": "x.pdf", "kind": "pdf", "size": 9, "pages": 1}
    return File.objects.create(
        case=case, digest="0" * 64, stored=f"{n}.pdf", position=n, uploaded_at=AT, **given | said
    )


def test_what_is_typed_is_kept_and_told_on_the_form(world: World, case: Case) -> None:
    client, row = world.client("lan"), piece(case, 1)
    page = client.get(f"/files/{row.pk}/view/").content.decode()
    assert "证书上的内容" in page
    answer = client.post(f"/files/{row.pk}/say/", {"title": "技师证", "holder": "岑铸山", "stamped": "yes"})
    assert answer.url == f"/files/{row.pk}/view/"
    said = "持证人“岑铸山”与申报人“何焊平”不同，请核对。"
    assert said in client.get(answer.url).content.decode()
    assert said in client.get(f"/nominations/{case.pk}/form/material/").content.decode()


def test_a_wrong_date_keeps_what_was_typed(world: World, case: Case) -> None:
    row = piece(case, 1)
    answer = world.client("lan").post(f"/files/{row.pk}/say/", {"title": "证", "issued": "昨天", "holder": "温和礼"})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "发证日期写成 2024-05-01 这样" in text
    assert "温和礼" in text


def test_the_checker_sees_hints_and_keeps_that_the_original_was_seen(world: World, case: Case) -> None:
    later = case_at(world, case.process.edition, "qualify", "何焊平")
    row = piece(later, 1, certificate={"holder": "岑铸山"})
    client = world.client("wen")
    page = client.get(f"/files/{row.pk}/view/").content.decode()
    assert "持证人“岑铸山”与申报人“何焊平”不同" in page
    assert "原件已核，已退回" in page
    assert "请核对" in client.get(f"/nominees/{later.pk}/").content.decode()
    client.post(f"/files/{row.pk}/original/")
    assert "温和礼于" in client.get(f"/files/{row.pk}/view/").content.decode()
    plain = world.client("zhang").get(f"/files/{row.pk}/view/").content.decode()
    assert "持证人“岑铸山”" not in plain
    assert world.client("zhang").post(f"/files/{row.pk}/original/").status_code in {403, 404}
