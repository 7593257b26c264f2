"""Pages of a plan: by forms alone from the template to the plan in force; printed; a milestone done with a picture."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image
from pypdf import PdfReader
from tests.services.cultivation.kept import AT, Kept

from gongjiang.models import CultivationFile, CultivationPlan, Milestone
from gongjiang.services.cultivation.plans.start import start_plan

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORM = {
    "aim": "带头攻关",
    "goals-0-power": "创新力",
    "goals-0-text": "解决两项难题",
    "measures-0-text": "参加训练营",
    "people-0-name": "章有序",
    "steps-0-power": "创新力",
    "steps-0-title": "申报创新工作室",
    "steps-0-due": "2026-06-01",
    "funds-0-purpose": "培训",
    "funds-0-amount": "12000",
}


def said(response: Any) -> str:
    return str(response.content.decode())


def test_from_the_template_to_the_plan_in_force(found: Kept, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    here = f"/artisans/{found.honours[0].pk}/plan/"
    lan, wen, zhang = (found.world.client(who, AT) for who in ("lan", "wen", "zhang"))
    assert "开始起草" in said(lan.get(here))
    assert "填写培育方案" in said(lan.post(f"{here}act/start/", follow=True))
    wrong = lan.post(f"{here}edit/", {**FORM, "version": "1", "funds-0-amount": "一万二"})
    assert wrong.status_code == 400
    assert "经费第 1 行" in said(wrong)
    assert "解决两项难题" in said(wrong)
    assert "加一行" in said(lan.post(f"{here}edit/", {**FORM, "version": "1", "add_row": "goals"}))
    assert "已保存" in said(lan.post(f"{here}edit/", {**FORM, "version": "1"}, follow=True))
    stale = wen.post(f"{here}edit/", {**FORM, "version": "1", "aim": "另一句总目标"})
    assert stale.status_code == 409
    assert "另一句总目标" in said(stale)
    assert "带头攻关" in said(stale)
    step = {"number": "1", "version": "2"}
    assert "交出" in said(lan.post(f"{here}act/hand_over/", {**step, "to": "nominator", "text": "请看"}, follow=True))
    assert "已征求其他各方同意" in said(wen.post(f"{here}act/submit/", {**step, "version": "3"}, follow=True))
    version = str(CultivationPlan.objects.get().version)
    assert "等其他各方确认" in said(lan.post(f"{here}act/agree/", {"number": "1", "version": version}, follow=True))
    old = zhang.post(f"{here}act/send_back/", {"number": "1", "version": version, "reason": "经费不足的话要写明"})
    assert old.status_code == 409
    assert "经费不足的话要写明" in said(old)
    version = str(CultivationPlan.objects.get().version)
    page = said(zhang.post(f"{here}act/agree/", {"number": "1", "version": version}, follow=True))
    assert "方案开始执行" in page
    assert "申报创新工作室" in page
    _prints(lan, here)
    _done(found, here)


def _prints(client: Any, here: str) -> None:
    word = Document(BytesIO(client.get(f"{here}versions/1/docx/").content))
    cells = "".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert "解决两项难题" in cells
    pdf = PdfReader(BytesIO(client.get(f"{here}versions/1/pdf/").content))
    text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    assert "申报创新工作室" in text
    assert "12,000.00" in text
    assert client.get(f"{here}versions/1/exe/").status_code == 404
    assert client.get(f"{here}versions/9/pdf/").status_code == 404


def _done(found: Kept, here: str) -> None:
    found.user(0)
    artisan = found.world.client("artisan0", AT)
    row = Milestone.objects.get()
    mine = said(artisan.get("/mine/"))
    assert "0/1 项" in mine
    assert f"{here}milestones/{row.pk}/" in mine
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    picture = SimpleUploadedFile("批文.png", out.getvalue())
    given = {"version": "1", "on": "2026-05-30", "note": "工作室已获批"}
    refused = artisan.post(f"{here}milestones/{row.pk}/", {**given, "on": "2027-01-01"})
    assert refused.status_code == 400
    assert "工作室已获批" in said(refused)
    told = artisan.post(f"{here}milestones/{row.pk}/", {**given, "files": picture}, follow=True)
    assert "等单位确认" in said(told)
    assert CultivationFile.objects.get(milestone=row).title == "批文"
    wen = found.world.client("wen", AT)
    assert "工作室已获批" in said(wen.get(f"{here}milestones/{row.pk}/"))
    assert "已确认完成" in said(
        wen.post(f"{here}milestones/{row.pk}/", {"version": "2", "step": "confirm"}, follow=True)
    )
    assert "1/1 项" in said(artisan.get("/mine/"))


def test_what_waits_is_on_the_desk_and_in_the_list(found: Kept) -> None:
    zhang = found.world.client("zhang", AT)
    assert "还没有方案" in said(zhang.get("/plans/none/"))
    assert all(one.name in said(zhang.get("/plans/none/")) for one in found.honours)
    start_plan(actor=found.actor("lan"), at=AT, honour_id=found.honours[0].pk)
    lan = found.world.client("lan", AT)
    assert "修改培育方案 1 份" in said(lan.get("/todo/"))
    assert found.honours[0].name in said(lan.get("/plans/turn/"))
    assert "修改培育方案" not in said(zhang.get("/todo/"))
    Milestone.objects.create(honour=found.honours[0], key="m1", title="申报创新工作室", due=date(2026, 6, 1))
    assert "培育节点逾期 1 项" in said(zhang.get("/todo/"))
    assert "申报创新工作室" in said(zhang.get("/plans/late/"))
    found.user(0)
    assert "完成培育节点：申报创新工作室" in said(found.world.client("artisan0", AT).get("/todo/"))
    assert zhang.get("/plans/strange/").status_code == 404
    assert found.world.client("jia", AT).get("/plans/late/").status_code == 404


def test_strangers_find_nothing_and_the_artisan_reads_and_comments(found: Kept) -> None:
    honour = found.honours[0].pk
    start_plan(actor=found.actor("lan"), at=AT, honour_id=honour)
    here = f"/artisans/{honour}/plan/"
    for who in ("yin", "yuan", "ke"):
        client = found.world.client(who, AT)
        assert client.get(here).status_code == 404
        assert client.post(f"{here}act/agree/", {"number": "1"}).status_code == 404
    found.user(0)
    artisan = found.world.client("artisan0", AT)
    assert "提意见" in said(artisan.get(here))
    assert artisan.get(f"{here}edit/").status_code == 302
    assert artisan.post(f"{here}edit/", {}).status_code == 403
    assert artisan.post(f"{here}act/strange/", {}).status_code == 404
    assert "意见已记录" in said(artisan.post(f"{here}act/comment/", {"number": "1", "text": "多安排大赛"}, follow=True))


def test_a_plan_takes_as_many_queries_with_many_versions(found: Kept) -> None:
    honour = found.honours[0].pk
    start_plan(actor=found.actor("lan"), at=AT, honour_id=honour)
    client = found.world.client("zhang", AT)
    client.get(f"/artisans/{honour}/plan/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/artisans/{honour}/plan/")
    CultivationPlan.objects.bulk_create(
        CultivationPlan(honour=found.honours[0], number=n, state="dropped", at=AT) for n in range(2, 12)
    )
    with CaptureQueriesContext(connection) as many:
        page = said(client.get(f"/artisans/{honour}/plan/"))
    assert "第 11 版" in page
    assert len(many) == len(one)
