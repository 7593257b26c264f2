"""Files through the browser: sent, shown in our own viewer, never as a page of their own."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples

from gongjiang.models import Case, File
from gongjiang.services.evidence.prepare import prepare_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def send(client: Any, case: Case, attachment: str, name: str, content: bytes, **headers: str) -> Any:
    """Upload one file."""
    said = {"attachment": attachment, "file": SimpleUploadedFile(name, content), "title": "发明专利证书"}
    return client.post(f"/nominations/{case.pk}/files/", said, headers=headers)


def body(answer: Any) -> bytes:
    """The bytes of an answer that streams."""
    found: bytes = answer.getvalue() if hasattr(answer, "getvalue") else answer.content
    return found


def test_a_pdf_leaves_as_an_attachment_and_shows_as_pictures(world: World, case: Case) -> None:
    client = world.client("lan")
    send(client, case, "certificates", '证书"\r\nX-Evil: 1.pdf', samples.pdf())
    row = File.objects.get()
    answer = client.get(f"/files/{row.pk}/")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert "X-Evil" not in answer.headers
    assert body(answer) == samples.pdf()
    assert client.get(f"/files/{row.pk}/pages/1.jpg")["Location"].endswith("icons/preview-waiting.svg")
    prepare_all(AT)
    picture = client.get(f"/files/{row.pk}/pages/1.jpg")
    assert picture["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(body(picture))).width == 1400
    assert client.get(f"/files/{row.pk}/pages/2.jpg").status_code == 404
    assert client.get(f"/files/{row.pk}/inline/").status_code == 404
    assert f"/files/{row.pk}/pages/1.jpg" in client.get(f"/files/{row.pk}/view/").content.decode()


def test_a_film_is_given_in_parts(world: World, case: Case) -> None:
    client = world.client("lan")
    film = samples.film(60)
    send(client, case, "video", "绝活.mp4", film)
    row = File.objects.get()
    whole = client.get(f"/files/{row.pk}/inline/")
    assert (whole.status_code, whole["Content-Type"]) == (200, "video/mp4")
    assert body(whole) == film
    part = client.get(f"/files/{row.pk}/inline/", headers={"Range": "bytes=4-7"})
    assert (part.status_code, body(part)) == (206, b"ftyp")
    assert part["Content-Range"] == f"bytes 4-7/{len(film)}"
    tail = client.get(f"/files/{row.pk}/inline/", headers={"Range": "bytes=-4"})
    assert body(tail) == film[-4:]
    assert client.get(f"/files/{row.pk}/inline/", headers={"Range": "bytes=99999-"}).status_code == 416


def test_a_refusal_is_told_on_the_page_and_to_the_script(world: World, case: Case) -> None:
    client = world.client("lan")
    page = send(client, case, "certificates", "证书.pdf", b"MZ" + b"\0" * 99)
    assert page.status_code == 400
    assert "这是程序文件，不能上传" in page.content.decode()
    said = send(client, case, "certificates", "证书.pdf", b"", **{"X-Requested-With": "XMLHttpRequest"})
    assert said.status_code == 400
    assert "文件是空的" in said.json()["text"]
    assert not File.objects.exists()


def test_limits_are_told_first(world: World, case: Case) -> None:
    text = world.client("lan").get(f"/nominations/{case.pk}/form/material/").content.decode()
    assert "MP4 视频，每段不超过 5 分钟，每个不超过 500 MB，最多 3 个" in text
    assert "2寸比例（宽35×高49），宽至少 295 像素" in text


def test_a_file_is_taken_back(world: World, case: Case) -> None:
    client = world.client("lan")
    send(client, case, "certificates", "证书.pdf", samples.pdf())
    row = File.objects.get()
    assert client.post(f"/nominations/{case.pk}/files/{row.pk}/remove/").status_code == 302
    assert client.get(f"/files/{row.pk}/").status_code == 404
