"""The printed forms as pictures of what is saved now: for who may see the case, page by page."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from PIL import Image
from tests.factories import World, case_at, opened_edition, small_world
from tests.web.nominations.test_two_at_one_form import shown

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_from_a_step_to_its_printed_form_and_back() -> None:
    world: World = small_world()
    edition = opened_edition(world)
    case = case_at(world, edition, "apply", values={"post": "班长"})
    client = world.client("lan")
    answer = client.post(
        f"/nominations/{case.pk}/form/basic/", shown(client, case) | {"post": "工段长", "go": "preview"}
    )
    assert answer["Location"] == f"/nominations/{case.pk}/preview/?from=basic"
    case.refresh_from_db()
    assert case.values["post"] == "工段长"
    text = client.get(answer["Location"]).content.decode()
    assert f'href="/nominations/{case.pk}/form/basic/"' in text
    assert f'src="/nominations/{case.pk}/preview/application/1.png"' in text
    before = client.get(f"/nominations/{case.pk}/preview/application/1.png")
    assert before["Cache-Control"] == "no-store"
    assert Image.open(BytesIO(before.content)).width == 1240
    client.post(f"/nominations/{case.pk}/form/basic/", shown(client, case) | {"post": "车间主任"})
    assert client.get(f"/nominations/{case.pk}/preview/application/1.png").content != before.content
    for strange in ("application/0.png", "application/99.png", "nothing/", "nothing/1.png"):
        assert client.get(f"/nominations/{case.pk}/preview/{strange}").status_code == 404
    for who in ("yin", "wen"):
        assert world.client(who).get(f"/nominations/{case.pk}/preview/").status_code == 404
        assert world.client(who).get(f"/nominations/{case.pk}/preview/application/1.png").status_code == 404


def test_what_no_typeface_has_is_told_with_its_box_and_what_stands_in_is_named() -> None:
    world: World = small_world()
    edition = opened_edition(world)
    case = case_at(world, edition, "apply", values={"post": "班长🔥", "professional_title": "工程师𱍊"})
    client = world.client("lan")
    text = client.get(f"/nominations/{case.pk}/preview/").content.decode()
    assert "PDF 中印作“〓”" in text
    assert "职务：🔥；职称：𱍊。" in text
    assert "PDF 的字体：思源宋体（描粗）代小标宋，思源宋体代仿宋" in text
    for kind in ("pdf", "docx"):
        answer = client.get(f"/nominations/{case.pk}/print/application.{kind}")
        name = unquote(answer["Content-Disposition"].partition("UTF-8''")[2])
        assert name == f"{case.title} 附件2 “南宁工匠”推荐申请表.{kind}"
