"""The page of letters, and the expert's page behind a link, in a browser without script."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.rules.evidence import samples
from tests.services.formality.ground import EXPERTS, ground
from tests.services.invitations.outside import mailed_token
from tests.services.letters.test_letters import TEXT

from gongjiang.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("G-07")
def test_from_the_filers_page_to_the_experts_signature_and_back() -> None:
    cache.clear()
    here = ground()
    case = here.draft("何焊平", route="专业人士推荐", experts=[dict(one) for one in EXPERTS])
    case.refresh_from_db()
    base = f"/nominations/{case.pk}/letters/"
    lan, guest = here.world.client("lan"), here.world.client(None)
    page = lan.get(base).content.decode()
    for told in ("白引弧", "余定位", "须 2 封", "请专家填写…", "留空则用表上所填电话 100****0081"):
        assert told in page, told
    row = case.values["experts"][0]["id"]
    sent = lan.post(f"{base}link/", {"row": row, "days": "7", "contact": "bai@example.org"}, follow=True)
    token = mailed_token()
    door = f"/letter/{token}/"
    assert token not in sent.content.decode() + lan.get(base).content.decode()
    assert "链接发往 b***@example.org，链接已发出，还没有打开" in lan.get(base).content.decode()
    shown = guest.get(door).content.decode()
    for told in ("何焊平", "澜江重工有限公司", 'value="白引弧"', "键入您的姓名作为签名"):
        assert told in shown, told
    for secret in ("9900001982", "焊花旁", "10000001"):
        assert secret not in shown, secret
    typed = {
        "name": "白引弧",
        "employer": "望澜船坞",
        "post": "首席技师",
        "trade": "电焊工",
        "kin": "no",
        "same_trade": "yes",
        "text": TEXT,
        "signed_as": "白引弧",
    }
    wrong = guest.post(door, typed)
    assert (wrong.status_code, TEXT in wrong.content.decode()) == (400, True)
    scan = SimpleUploadedFile("函.svg", b"<svg/>")
    assert guest.post(door, {**typed, "agreed": "yes", "scan": scan}).status_code == 400
    done = guest.post(door, {**typed, "agreed": "yes"})
    assert "推荐函已收到" in done.content.decode()
    assert guest.get(door).status_code == 410
    letter = Letter.objects.get()
    assert TEXT in lan.get(f"/letters/{letter.pk}/").content.decode()
    for who in ("yin", "yuan"):
        assert here.world.client(who).get(f"/letters/{letter.pk}/").status_code == 404
        assert here.world.client(who).get(base).status_code == 404
    other = case.values["experts"][1]["id"]
    answer = lan.post(f"{base}file/", {"row": other, "file": SimpleUploadedFile("函.pdf", samples.pdf())})
    assert answer.status_code == 302
    assert "够数" in lan.get(base).content.decode()
    assert lan.post(f"{base}withdraw/", {"letter": letter.pk, "reason": "重写"}).status_code == 302
    assert "不够" in lan.get(base).content.decode()
