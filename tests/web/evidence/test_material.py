"""The material step: indicators with what they lack, the order by number, refusals in place, a portrait framed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples

from gongjiang.models import Case, File
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.upload import upload

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def sent(world: World, case: Case, title: str) -> File:
    told = {"attachment": "certificates", "name": "x.pdf", "title": title, "content": BytesIO(samples.pdf())}
    return upload(actor=world.actor("lan"), at=AT, case_id=case.pk, **told)


def material(world: World, case: Case) -> str:
    return world.client("lan").get(f"/nominations/{case.pk}/form/material/").content.decode()


def test_by_number_without_script(world: World, case: Case) -> None:
    first, second = (sent(world, case, name) for name in ("甲证", "乙证"))
    text = material(world, case)
    assert f'name="place-{first.pk}" value="1"' in text
    typed = {
        "attachment": "certificates",
        "indicator": "",
        f"place-{first.pk}": "2",
        f"place-{second.pk}": "1",
        "place-": "x",
    }
    answer = world.client("lan").post(f"/nominations/{case.pk}/files/order/", typed)
    assert answer["Location"] == f"/nominations/{case.pk}/form/material/#f-certificates"
    text = material(world, case)
    assert text.index("乙证") < text.index("甲证")
    assert world.client("yin").post(f"/nominations/{case.pk}/files/order/", typed).status_code == 404


def test_a_refusal_stands_where_the_file_was_chosen_and_the_title_is_kept(world: World, case: Case) -> None:
    """Without script: the page comes back with the reason beside the field."""
    bad = SimpleUploadedFile("证书.pdf", b"MZ" + b"x" * 300)
    told = {"attachment": "certificates", "title": "发明专利证书", "file": bad}
    answer = world.client("lan").post(f"/nominations/{case.pk}/files/", told)
    assert answer.status_code == 400
    text = answer.content.decode()
    place = text.index('id="f-certificates"')
    assert "“证书.pdf”：这是程序文件，不能上传。" in text[place:]
    assert 'value="发明专利证书"' in text[place:]


def test_several_files_at_once_and_one_that_is_refused_keeps_no_other_out(world: World, case: Case) -> None:
    assert ' data-max-mb="50" multiple>' in material(world, case)
    files = [
        SimpleUploadedFile("甲.pdf", samples.pdf()),
        SimpleUploadedFile("乙.pdf", b"MZ" + b"x" * 300),
        SimpleUploadedFile("丙.pdf", samples.pdf()),
    ]
    url = f"/nominations/{case.pk}/files/"
    answer = world.client("lan").post(url, {"attachment": "certificates", "title": "专利证书", "file": files})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "有文件没有收下。“乙.pdf”：这是程序文件，不能上传。" in text
    assert "已收下2个文件。" in text
    assert [one.title for one in File.objects.order_by("position")] == ["专利证书（1）", "专利证书（3）"]
    answer = world.client("lan").post(
        url, {"attachment": "certificates", "file": SimpleUploadedFile("丁.pdf", samples.pdf())}
    )
    assert answer["Location"] == f"/nominations/{case.pk}/form/material/#f-certificates"
    assert [one.title for one in File.objects.order_by("position")][2:] == ["丁"]


def test_on_a_phone_a_picture_goes_straight_into_its_place(world: World, case: Case) -> None:
    text = material(world, case)
    assert text.count('capture="environment"') == 2  # certificates, consent; no film, no portrait
    assert text.count("data-crop-middle") == 1


def test_a_portrait_is_cut_to_what_was_framed_and_its_ground_looked_at(world: World, case: Case) -> None:
    image = Image.new("RGB", (900, 900), "white")
    image.paste((40, 90, 200), (300, 100, 650, 590))
    out = BytesIO()
    image.save(out, "PNG")
    told = {
        "attachment": "photo",
        "crop": "yes",
        "box": "300,100,650,590",
        "file": SimpleUploadedFile("a.png", out.getvalue()),
    }
    answer = world.client("lan").post(f"/nominations/{case.pk}/files/", told, follow=True)
    assert "背景看起来不是白色" in answer.content.decode()
    with storage.opened(File.objects.get().stored) as kept:
        cut = Image.open(kept)
        assert (cut.size, cut.getpixel((10, 10))) == ((350, 490), (40, 90, 200))
    told["file"], told["box"] = SimpleUploadedFile("a.png", out.getvalue()), "0,0,5000,7000"
    answer = world.client("lan").post(f"/nominations/{case.pk}/files/", told)
    assert "裁剪的范围不对" in answer.content.decode()


def test_the_same_file_twice_is_taken_and_pointed_out(world: World, case: Case) -> None:
    for name in ("甲证", "乙证"):
        sent(world, case, name)
    told = "同一个文件传了 2 次；不是有意的，请删去多的。"
    assert material(world, case).count(told) == 2


def test_what_may_be_said_of_a_piece_is_what_the_notice_asks(world: World, case: Case) -> None:
    """This notice asks neither for the seal nor for declassification piece by piece."""
    text = world.client("lan").get(f"/files/{sent(world, case, '甲证').pk}/view/").content.decode()
    assert 'name="stamped"' not in text
    assert 'name="declassified"' not in text
    assert 'name="holder"' in text
