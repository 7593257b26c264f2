"""The province, no nominating unit, hands its list over: papers in one archive, one press, then the result."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from tests.factories import AT

from gongjiang.catalogue.packs import find
from gongjiang.models import Edition, Package, StageRow, User
from gongjiang.services.packages.build import next_job
from gongjiang.services.rehearsal.run import rehearse

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("J-07", "J-11", "J-17")
def test_hand_over_and_result(settings: Any, tmp_path: Any, client: Client) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    world = rehearse(find("jiangsu-2026"), nominees=2, until="hand_over")
    edition = Edition.objects.get()
    province = world.offices.actor(world.parties.organiser, "approver")
    client.force_login(User.objects.get(pk=province.user_id or 0))
    assert client.get(f"/editions/{edition.pk}/unit/")["Location"] == f"/editions/{edition.pk}/send/hand_over/"
    page = client.get(f"/editions/{edition.pk}/send/hand_over/").content.decode()
    assert "生成材料包" in page
    ids = sorted(StageRow.objects.filter(stage="hand_over", state="open").values_list("case_id", flat=True))
    assert len(ids) == 2
    watched = client.post(f"/editions/{edition.pk}/send/hand_over/bundle/", follow=True).content.decode()
    assert "已完成 0 部分，共 3 部分" in watched
    while (job := next_job(AT)) is not None:
        job()
    archive = client.get(f"/packages/{Package.objects.get().pk}/file/")
    names = ZipFile(BytesIO(b"".join(archive.streaming_content))).namelist()  # type: ignore[attr-defined]
    assert [one for one in names if "/" not in one] == ["附件3 大国工匠人才推荐汇总表.xlsx", "目录.xlsx", "校验.sha256"]
    assert sum(one.endswith("/附件2 大国工匠人才推荐表.pdf") for one in names) == 2
    assert sum("企业公示材料" in one for one in names) == 2
    refused = client.post(f"/editions/{edition.pk}/send/hand_over/", {})
    assert "还没有选人" in refused.content.decode()
    for stage in ("hand_over", "result"):
        done = client.post(f"/editions/{edition.pk}/send/{stage}/", {"case": ids}, follow=True).content.decode()
        assert "已办理 2 人" in done
    assert StageRow.objects.filter(stage="result", state="done").count() == 2
    client.force_login(User.objects.create(username="stranger", is_active=True))
    assert client.get(f"/editions/{edition.pk}/send/hand_over/").status_code == 404
