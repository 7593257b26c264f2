"""Pages of files alike: the list of a nomination and of an edition, side by side, the answer; for officers only."""

from io import BytesIO

import pytest
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence.test_likeness import page
from tests.services.evidence.test_alike import picture

from gongjiang.models import Case, Likeness
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.prepare import prepare_all

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def cases(world: World) -> list[Case]:
    """Two nominees with the same certificate."""
    edition = opened_edition(world)
    found = [case_at(world, edition, "qualify", name) for name in ("何焊平", "岑铸山")]
    body = picture(page(1))
    for case in found:
        kept = storage.keep(f"test/{case.pk}.jpg", BytesIO(body))
        told = {"digest": "0" * 64, "size": len(body), "stored": kept, "uploaded_at": AT}
        case.files.create(attachment="certificates", title="获奖证书", name="证书.jpg", kind="jpg", **told)
    prepare_all(AT)
    return found


def test_an_officer_looks_and_answers(world: World, cases: list[Case]) -> None:
    client = world.client("wen")
    first = cases[0]
    nominee = client.get(f"/nominees/{first.pk}/").content.decode()
    assert "材料相似：1 处待看" in nominee
    assert f"/nominations/{first.pk}/alike/" in nominee
    for url in (f"/nominations/{first.pk}/alike/", f"/editions/{first.process.edition_id}/alike/"):
        text = client.get(url).content.decode()
        assert "内容完全相同" in text
        assert "岑铸山" in text
        assert "何焊平" in text
    key = Likeness.objects.get().pk
    text = client.get(f"/alike/{key}/").content.decode()
    assert text.count("page-picture") == 2
    assert "看过，没有问题" in text
    answer = client.post(f"/alike/{key}/answer/", {"note": "两人同一项目"}, follow=True).content.decode()
    assert "温和礼" in answer
    assert "两人同一项目" in answer
    assert "没有要看的" in client.get(f"/editions/{first.process.edition_id}/alike/").content.decode()
    assert "材料相似：1 处，都已看过" in client.get(f"/nominees/{first.pk}/").content.decode()


def test_who_files_or_only_reads_finds_nothing(world: World, cases: list[Case]) -> None:
    key = Likeness.objects.get().pk
    for name in ("lan", "ji", "ke", "jia", "yuan"):
        client = world.client(name)
        for url in (f"/nominations/{cases[0].pk}/alike/", f"/alike/{key}/"):
            assert client.get(url).status_code == 404, (name, url)
        assert client.post(f"/alike/{key}/answer/").status_code == 404
        assert "相似" not in client.get(f"/files/{cases[0].files.get().pk}/view/").content.decode()
    assert Likeness.objects.get().answered_at is None
