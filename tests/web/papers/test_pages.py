"""Pages of paper in a browser without script: a case's prints and scans, the desk where papers arrive, receipts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.services.formality.ground import ground
from tests.services.papers.ground import scan_of

from gongjiang.models import Arrival, StampedScan

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("G-09", "J-11")
def test_stamped_scans_then_the_paper_and_its_receipt() -> None:
    here = ground()
    case = here.to("initial")
    lan, zhang, wen = (here.world.client(one) for one in ("lan", "zhang", "wen"))
    base = f"/nominees/{case.pk}/papers/"
    assert "还没有盖章件" in lan.get(base).content.decode()
    scan = SimpleUploadedFile("盖章件.jpg", scan_of(case, "application"))
    assert lan.post(base, {"file": scan}).status_code == 302
    assert StampedScan.objects.get().form == "application"
    assert "已收，与表一致" in zhang.get(base).content.decode()
    hidden = SimpleUploadedFile("盖章件.jpg", scan_of(case, "application", covered=True))
    refused = lan.post(base, {"file": hidden})
    assert (refused.status_code, "没有读出页码" in refused.content.decode()) == (400, True)
    assert lan.post(base, {}).status_code == 400
    assert here.world.client("yin").get(base).status_code == 404

    edition = f"/editions/{here.edition.pk}/papers/"
    desk = zhang.get(edition, follow=True)
    assert "青屿区总工会" in desk.content.decode()
    assert wen.get(f"{edition}report_up/").status_code == 404
    found = zhang.get(f"{edition}report_up/find/", {"text": case.number})
    assert found["Location"] == f"{edition}report_up/{here.world['county'].pk}/"
    unit = found["Location"]
    typed = {
        "brought_by": "温和礼",
        "way": "brought",
        "arrived_on": "2026-06-24",
        f"original-{case.pk}-application": "1",
    }
    wrong = zhang.post(unit, {**typed, f"copy-{case.pk}-application": "二"})
    assert (wrong.status_code, "份数请填整数" in wrong.content.decode()) == (400, True)
    assert 'value="温和礼"' in wrong.content.decode()
    assert zhang.post(unit, {**typed, f"copy-{case.pk}-application": "2"}).status_code == 302
    made = Arrival.objects.get()
    for who in (zhang, wen):
        answer = who.get(f"/receipts/{made.pk}/receipt.pdf")
        assert answer.content[:5] == b"%PDF-"
    assert here.world.client("yuan").get(f"/receipts/{made.pk}/receipt.pdf").status_code == 404
    assert made.number in wen.get(edition).content.decode()
    assert "原件 1 份" in lan.get(base).content.decode()
    assert wen.post(f"/receipts/{made.pk}/void/", {"reason": "x"}).status_code == 404
    assert zhang.post(f"/receipts/{made.pk}/void/", {"reason": "登错单位"}).status_code == 302
    assert "已作废" in zhang.get(unit).content.decode()
