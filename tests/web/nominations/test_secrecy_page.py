"""The page of hints: told before handing in, answered there, told to the checker; others find no page."""

import pytest
from tests.factories import World, case_at, opened_edition, small_world

from gongjiang.services.evidence.declassify import secrecy

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_from_the_form_to_the_checker() -> None:
    world: World = small_world()
    edition = opened_edition(world)
    values = {"deeds": "参与涉密工程两项<b>"}
    draft = case_at(world, edition, "apply", values=values)
    client = world.client("lan")
    assert "有 1 处像密级标志" in client.get(f"/nominations/{draft.pk}/form/confirm/").content.decode()
    page = client.get(f"/nominations/{draft.pk}/secrecy/").content.decode()
    assert "“涉密工程”" in page
    assert "工程两项&lt;b&gt;" in page
    key = secrecy(world.actor("lan"), draft.pk).hints[0].key
    answer = client.post(f"/nominations/{draft.pk}/secrecy/answer/", {"key": key, "note": "无涉密内容"})
    assert answer.url == f"/nominations/{draft.pk}/secrecy/"
    assert "已核，不涉密：兰报材" in client.get(answer.url).content.decode()
    sent = case_at(world, edition, "qualify", "岑铸山", values=values)
    assert "脱密检查：1 处待看" in world.client("wen").get(f"/nominees/{sent.pk}/").content.decode()
    assert world.client("wen").get(f"/nominations/{sent.pk}/secrecy/").status_code == 200
    for who in ("zhang", "yin"):
        assert world.client(who).get(f"/nominations/{sent.pk}/secrecy/").status_code == 404
        assert "脱密检查" not in world.client(who).get(f"/nominees/{sent.pk}/").content.decode()
