"""Pages of the profile: written on a phone, agreed to, reviewed, public, withdrawn; the archive."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.services.cultivation.kept import Kept

from gongjiang.models import Profile

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


def said(response: Any) -> str:
    return response.content.decode()


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (350, 490), "white").save(out, "PNG")
    return SimpleUploadedFile("工作照.png", out.getvalue())


def test_from_the_first_word_to_the_public_page_and_back(found: Kept) -> None:
    found.user(0)
    own, zhang, anybody = found.world.client("artisan0"), found.world.client("zhang"), Client()
    pk = found.honours[0].pk
    here = f"/artisans/{pk}/profile/"
    assert "去填写和查看" in said(own.get("/mine/"))
    long = {"step": "save", "version": "1", "words": "字" * 1001, "title-0": "窄间隙焊"}
    bad = own.post(here, long)
    assert bad.status_code == 400
    assert "不超过1000字" in said(bad)
    assert "窄间隙焊" in said(bad)
    own.post(here, long | {"words": "从事焊接二十六年。"})
    assert "没有照片" in said(own.post(here, {"step": "agree", "sure": "on", "content": "2"}))
    assert own.post(f"{here}files/?kind=photo", {"file": photo()}).status_code == 302
    said_of_it = {"file": SimpleUploadedFile("a.png", b"<html>"), "caption": "窄间隙焊缝"}
    refused = own.post(f"{here}files/?kind=photo", said_of_it)
    assert refused.status_code == 400
    assert 'value="窄间隙焊缝"' in refused.content.decode()
    content = Profile.objects.get().content
    assert "请先勾选同意" in said(own.post(here, {"step": "agree", "content": content}))
    own.post(here, {"step": "agree", "sure": "on", "content": content})
    assert "还没有公开展示的工匠" in said(anybody.get("/profiles/"))
    assert "何焊平" in said(zhang.get("/artisans/profiles/"))
    zhang.post(here, {"step": "publish", "content": content})
    gallery = anybody.get("/profiles/", {"text": "焊平"})
    assert "何焊平" in said(gallery)
    assert gallery.headers["Cache-Control"] == "no-store"
    profile = Profile.objects.get()
    page = said(anybody.get(f"/profiles/{profile.pk}/"))
    assert "从事焊接二十六年。" in page
    picture = anybody.get(f"/profiles/files/{profile.shown['photo']}/")
    assert (picture.status_code, picture.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")
    archive = zhang.post("/artisans/profiles/export.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(archive.streaming_content))) as book:
        assert "profiles.json" in book.namelist()
    own.post(here, {"step": "withdraw"})
    assert anybody.get(f"/profiles/{profile.pk}/").status_code == 404
    assert anybody.get(f"/profiles/files/{profile.shown['photo']}/").status_code == 404
    assert "何焊平" not in said(anybody.get("/profiles/"))


def test_others_find_nothing(found: Kept) -> None:
    pk = found.honours[0].pk
    for who in ("yin", "yuan"):
        assert found.world.client(who).get(f"/artisans/{pk}/profile/").status_code == 404
    found.user(1)
    assert found.world.client("artisan1").get(f"/artisans/{pk}/profile/").status_code == 404
    assert found.world.client("lan").post("/artisans/profiles/export.zip").status_code == 404
    assert Client().get(f"/artisans/{pk}/profile/").status_code == 302
    assert Client().get("/profiles/?after=x_1").status_code == 200
    assert Client().get("/profiles/files/0/").status_code == 404
