"""Pages of mentors: proposed by a form, answered by account and by link, shown on the artisan's phone."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.services.cultivation.kept import AT, Kept

from gongjiang.models import Apprenticeship, Mentorship

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said(response: Any) -> str:
    return str(response.content.decode())


def test_from_the_proposal_to_the_phone(found: Kept) -> None:
    here = f"/artisans/{found.honours[0].pk}/mentors/"
    wen = found.world.client("wen", AT)
    given = {"kind": "skill", "name": "焦师傅", "unit": "澜江重工有限公司", "mobile": "12"}
    wrong = wen.post(f"{here}act/propose/", given)
    assert wrong.status_code == 400
    assert 'value="焦师傅"' in said(wrong)
    assert "已提出请焦师傅" in said(wen.post(f"{here}act/propose/", given | {"mobile": "10000000001"}, follow=True))
    row = Mentorship.objects.get()
    sent = said(wen.post(f"{here}act/link/", {"mentorship": row.pk, "side": "mentor", "days": "7"}))
    token = re.search(r"/mentor/([\w-]+)/", sent)
    assert token is not None
    nobody = Client()
    assert "请您担任技能导师" in said(nobody.get(f"/mentor/{token[1]}/"))
    assert nobody.post(f"/mentor/{token[1]}/", {"yes": "no", "reason": ""}).status_code == 400
    assert "已收到您的答复" in said(nobody.post(f"/mentor/{token[1]}/", {"yes": "yes"}))
    assert nobody.get(f"/mentor/{token[1]}/").status_code in {409, 410}
    found.user(0)
    artisan = found.world.client("artisan0", AT)
    assert "确认您的技能导师：焦师傅" in said(artisan.get("/todo/"))
    mine = said(artisan.get("/mine/"))
    assert "同意澜江重工有限公司焦师傅" in mine
    assert '<h2 id="next">确认您的技能导师：焦师傅' in mine
    told = artisan.post(f"{here}act/answer/", {"mentorship": row.pk, "yes": "yes", "back": "mine"}, follow=True)
    assert "导师到位" in said(told)
    mine = said(artisan.get("/mine/"))
    assert "tel:10000000001" in mine
    assert "还没有专业导师" in mine
    assert 'id="next"' not in mine


def test_the_mentors_own_page(found: Kept) -> None:
    honour = found.honours[0]
    zhang, jia = found.world.client("zhang", AT), found.world.client("jia", AT)
    here = f"/artisans/{honour.pk}/mentors/"
    given = {"kind": "professional", "name": "贾评审", "unit": "澜江理工学院", "username": "jia"}
    zhang.post(f"{here}act/propose/", given)
    row = Mentorship.objects.get()
    assert f"请您担任{honour.name}的专业导师" in said(jia.get("/todo/"))
    assert jia.get(here).status_code == 404
    assert jia.post("/mentoring/", {"mentorship": row.pk, "yes": "no"}).status_code == 400
    assert "已回复" in said(jia.post("/mentoring/", {"mentorship": row.pk, "version": "1", "yes": "yes"}, follow=True))
    zhang.post(f"{here}act/paper/", {"mentorship": row.pk, "side": "artisan", "basis": "签字的协议"})
    assert "记一次指导" in said(jia.get("/mentoring/"))
    told = jia.post(f"{here}act/guide/", {"on": "2026-06-20", "title": "讲厚壁管焊接"}, follow=True)
    assert "等单位确认" in said(told)
    assert jia.post(f"{here}act/propose/", given).status_code == 403
    assert found.world.client("yin", AT).get(here).status_code == 404


def test_apprentices_by_forms(found: Kept) -> None:
    here = f"/artisans/{found.honours[0].pk}/mentors/"
    found.user(0)
    artisan = found.world.client("artisan0", AT)
    given = {"name": "小岑", "begun": "2026-02-01", "until": "2027-01-31", "teaches": "焊接"}
    assert artisan.post(f"{here}act/take_on/", given | {"until": "2025-01-01"}).status_code == 400
    assert "师徒协议已登记" in said(artisan.post(f"{here}act/take_on/", given, follow=True))
    row = Apprenticeship.objects.get()
    done = {"apprentice": row.pk, "version": "1", "passed": "yes", "on": "2026-06-01", "result": "高级工"}
    assert "已出师" in said(artisan.post(f"{here}act/close/", done, follow=True))
    assert artisan.post(f"{here}act/strange/", {}).status_code == 404
