"""Signing for several at once from the queue."""

import pytest
from tests.services.formality.ground import Ground, ground

from gongjiang.models import Opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Ground:
    return ground()


def test_a_department_signs_for_all_from_its_queue(here: Ground) -> None:
    for name in ("何焊平", "岑铸山"):
        here.to("dept_opinion", name)
    address = f"/editions/{here.edition.pk}/queue/dept_opinion/"
    client = here.world.client("ke")
    page = client.get(address).content.decode()
    assert "待您签署" in page
    boxes = list(Opinion.objects.filter(party="sci", verdict="").values_list("pk", flat=True))
    assert all(f'name="box" value="{one}"' in page for one in boxes)
    assert client.post(f"{address}sign/", {"box": boxes, "text": "同意。"})["Location"] == address
    page = client.get(address).content.decode()
    assert "已签署同意 2 人：何焊平、岑铸山。" in page
    assert "待您签署" not in page
    refused = client.post(f"{address}sign/", {"box": boxes})
    assert refused.status_code == 400
    assert "请先勾选要签署的人选" in refused.content.decode()


def test_words_for_many_stand_again_if_nobody_was_ticked(here: Ground) -> None:
    here.to("dept_opinion", "何焊平")
    address = f"/editions/{here.edition.pk}/queue/dept_opinion/"
    posted = {"text": "同意推荐，材料属实。", "dialog": "sign-many", "page": address}
    again = here.world.client("ke").post(f"{address}sign/", posted)
    page = again.content.decode()
    assert again.status_code == 400
    assert 'value="同意推荐，材料属实。"' in page
    assert page.count("请先勾选要签署的人选") == 1
    box = Opinion.objects.get(party="sci", verdict="").pk
    long = here.world.client("ke").post(f"{address}sign/", posted | {"text": "同意" * 200, "box": [box]})
    assert long.status_code == 409
    assert "一个也没有签成。何焊平：" in long.content.decode()
    assert f'value="{"同意" * 200}"' in long.content.decode()


def test_who_runs_the_stage_is_offered_no_box_of_others(here: Ground) -> None:
    here.to("dept_opinion")
    address = f"/editions/{here.edition.pk}/queue/dept_opinion/"
    assert "待您签署" not in here.world.client("wen").get(address).content.decode()
    assert here.world.client("yuan").post(f"{address}sign/", {"box": "1"}).status_code in (400, 404)


def test_after_one_is_signed_the_page_says_how_many_wait_and_leads_on(here: Ground) -> None:
    first, second = (here.to("dept_opinion", name) for name in ("何焊平", "岑铸山"))
    client = here.world.client("ke")
    given = {"sheet": "county_sheet", "party": "sci", "verdict": "同意"}
    client.post(f"/nominees/{first.pk}/opinion/", given)
    page = client.get(f"/nominees/{first.pk}/").content.decode()
    assert "意见已记录，还有 1 件待您签署" in page
    assert f'href="/nominees/{second.pk}/"' in page
    assert f'href="/editions/{here.edition.pk}/queue/dept_opinion/"' in page
