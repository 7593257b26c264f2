"""The page of packages: asked for, watched, taken; nothing for others."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.models import Package
from gongjiang.services.packages.build import next_job

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> Ground:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return ground()


def do_all() -> None:
    while (job := next_job(AT)) is not None:
        job()


def signed_in(here: Ground, client: Client, who: str) -> Client:
    client.force_login(here.world.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_archive_from_asking_to_clearing(here: Ground, client: Client) -> None:
    case = here.filed()
    signed_in(here, client, "wen")
    url = f"/editions/{here.edition.pk}/packages/"
    page = client.get(url).content.decode()
    assert "本届全部（1人）" in page
    assert "还没有要过材料包或合订本" in page
    refused = client.post(f"{url}archive/", {"unit": ""})
    assert refused.status_code == 400
    assert "请至少选一种" in refused.content.decode()
    asked = client.post(
        f"{url}archive/", {"unit": case.nominator_id, "forms": ["pdf"], "evidence": "yes"}, follow=True
    ).content.decode()
    assert "已开始生成" in asked
    assert "已完成 0 部分，共 2 部分" in asked
    assert 'hx-trigger="every 3s"' in asked
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in asked
    package = Package.objects.get()
    assert client.get(f"/packages/{package.pk}/file/").status_code == 409
    do_all()
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-trigger" not in part
    assert f"/packages/{package.pk}/file/" in part
    got = client.get(f"/packages/{package.pk}/file/")
    data = b"".join(got.streaming_content)  # type: ignore[attr-defined]
    assert got["Content-Length"] == str(len(data))
    assert got["Cache-Control"] == "no-store"
    assert ZipFile(BytesIO(data)).testzip() is None
    signed_in(here, client, "xiao")
    assert "还没有报来的申报" in client.get(url).content.decode()
    assert client.get(f"/packages/{package.pk}/file/").status_code == 404
    assert client.post(f"/packages/{package.pk}/remove/").status_code == 404
    signed_in(here, client, "wen")
    cleared = client.post(f"/packages/{package.pk}/remove/", follow=True).content.decode()
    assert "已清理" in cleared
    assert client.get(f"/packages/{package.pk}/file/").status_code == 404


def test_a_book_and_a_range_that_is_none(here: Ground, client: Client) -> None:
    here.filed()
    signed_in(here, client, "wen")
    url = f"/editions/{here.edition.pk}/packages/"
    wrong = client.post(f"{url}book/", {"unit": "999", "paper": "application"})
    assert (wrong.status_code, "没有这个范围" in wrong.content.decode()) == (404, True)
    wrong = client.post(f"{url}book/", {"unit": "", "paper": "no-such"})
    assert (wrong.status_code, "请选一张表" in wrong.content.decode()) == (400, True)
    client.post(f"{url}book/", {"unit": "", "paper": "application"})
    do_all()
    got = client.get(f"/packages/{Package.objects.get().pk}/file/")
    assert got["Content-Type"] == "application/pdf"
    assert b"".join(got.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
