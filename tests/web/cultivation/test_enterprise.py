"""Pages of the enterprise's duties and the studio; the obligation of J-10 on both pages of the artisan."""

from datetime import timedelta
from typing import Any

import pytest
from tests.services.cultivation.kept import AT, Kept

from gongjiang.models import EnterpriseYear, Studio

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said(response: Any) -> str:
    return response.content.decode()


def test_the_enterprise_writes_and_keepers_read(found: Kept) -> None:
    lan, wen, pk = found.world.client("lan"), found.world.client("wen"), found.honours[0].pk
    here = f"/artisans/{pk}/enterprise/2026/"
    assert "填写 2026 年情况" in said(lan.get(f"/artisans/{pk}/"))
    form = {"version": "0", "system": "有培育办法", "support_days": "x", "pay": "186000", "pay_band": "technical"}
    bad = lan.post(here, form)
    assert bad.status_code == 400
    assert "有培育办法" in said(bad)
    lan.post(here, form | {"support_days": "12"})
    row = EnterpriseYear.objects.get()
    assert (row.support_days, row.system) == (12, "有培育办法")
    assert "年收入 186000 元" in said(lan.get(f"/artisans/{pk}/"))
    shown = said(wen.get(f"/artisans/{pk}/"))
    assert "有培育办法" in shown
    assert "186000" not in shown
    assert wen.get(here).status_code == 404
    assert lan.get(f"/artisans/{pk}/enterprise/99999999999999999999/").status_code in {200, 404}
    studio = {"version": "0", "name": "何焊平创新工作室", "founded": "2021-05-01", "members": "9", "level": "city"}
    assert lan.post(f"/artisans/{pk}/studio/", studio | {"members": "很多"}).status_code == 400
    lan.post(f"/artisans/{pk}/studio/", studio)
    assert Studio.objects.get().members == 9
    assert "何焊平创新工作室" in said(wen.get(f"/artisans/{pk}/"))
    assert found.world.client("yin", AT + timedelta(days=1)).get(here).status_code == 404
