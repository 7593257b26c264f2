"""Links to be handed out, drafts to be handed in, opinions and extensions to be taken back: who gets to each page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.services.formality.ground import EXPERTS, Ground, ground

from gongjiang.models import Extension, Invitation, Opinion
from gongjiang.services.programmes.extend import extend

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def here() -> Ground:
    return ground()


@pytest.mark.ledger("N-08", "G-07")
def test_the_office_hands_a_link_out_and_the_filer_finds_no_such_page(here: Ground, settings: Any) -> None:
    settings.MAIL_ON = False
    case = here.draft("何焊平", route="专业人士推荐", experts=[dict(one) for one in EXPERTS])
    case.refresh_from_db()
    lan = here.world.client("lan")
    row = case.values["experts"][0]["id"]
    asked = lan.post(f"/nominations/{case.pk}/letters/link/", {"row": row, "contact": "bai@example.org"}, follow=True)
    assert "已请受理单位把链接转交白引弧" in asked.content.decode()
    assert "等受理单位转交" in lan.get(f"/nominations/{case.pk}/letters/").content.decode()
    made = Invitation.objects.get()
    for who in ("lan", "yin", "yuan", "ke"):
        client = here.world.client(who)
        assert "没有待转交的链接" in client.get("/links/").content.decode()
        assert client.post(f"/links/{made.pk}/hand/").status_code == 404
    assert here.world.client(None).post(f"/links/{made.pk}/hand/").status_code == 302
    wen = here.world.client("wen")
    assert "转交 1 个一次性链接" in wen.get("/todo/").content.decode()
    assert "b***@example.org" in wen.get("/links/").content.decode()
    handed = wen.post(f"/links/{made.pk}/hand/")
    assert handed.headers["Cache-Control"] == "no-store"
    shown = handed.content.decode()
    assert "bai@example.org" in shown
    door = re.search(r"http://testserver(/letter/[\w-]+/)", shown)
    assert door is not None
    guest = here.world.client(None)
    assert "不便推荐" in guest.get(door[1]).content.decode()
    wrong = guest.post(door[1], {"step": "decline", "reason": "长" * 201})
    assert (wrong.status_code, "说明最多 200 字" in wrong.content.decode()) == (400, True)
    assert "答复已收到" in guest.post(door[1], {"step": "decline", "reason": "不同行"}).content.decode()
    ended = guest.post(door[1], {"step": "decline", "reason": "不同行的具体情况说明"})
    assert ended.status_code == 410
    for told in ("链接已失效", "如是您刚刚提交的，已经收到", "不同行的具体情况说明"):
        assert told in ended.content.decode(), told
    page = lan.get(f"/nominations/{case.pk}/letters/").content.decode()
    assert "专家不出具" in page
    assert door[1] not in page
    assert "温和礼" in page


def test_an_opinion_is_taken_back_on_its_page(here: Ground) -> None:
    case = here.to("dept_opinion")
    here.say(case, "county_sheet.miit", who="wen", text="录错的话")
    to, box = f"/nominees/{case.pk}/opinions/withdraw/", {"sheet": "county_sheet", "party": "miit"}
    assert here.world.client("yin").post(to, {**box, "reason": "x"}).status_code == 404
    wen = here.world.client("wen")
    page = f"/nominees/{case.pk}/opinions/"
    refused = wen.post(to, {**box, "reason": "", "dialog": "county_sheet-miit-back", "page": page})
    assert (refused.status_code, "请写明撤回的理由" in refused.content.decode()) == (400, True)
    done = wen.post(to, {**box, "reason": "录错"}, follow=True).content.decode()
    assert "撤回过：同意：录错的话；撤回：录错" in done
    assert Opinion.objects.get(case=case, party="miit").verdict == ""


def test_an_extension_is_taken_back_on_its_page(here: Ground) -> None:
    made = extend(
        actor=here.actor("zhang"), at=timezone.now() - timedelta(days=1), edition=here.edition, time="apply_window",
        until=timezone.now() + timedelta(days=400), reason="台风停工",
    )  # fmt: skip
    to = f"/editions/{here.edition.pk}/extend/{made.pk}/back/"
    assert here.world.client("yuan").post(to, {"reason": "x"}).status_code == 403
    zhang = here.world.client("zhang")
    assert "撤回…" in zhang.get(f"/editions/{here.edition.pk}/extend/").content.decode()
    assert zhang.post(to, {"reason": " "}).status_code == 400
    assert "延期已撤回" in zhang.post(to, {"reason": "台风未来"}, follow=True).content.decode()
    assert Extension.objects.get().ended_why == "台风未来"
    assert zhang.post(to, {"reason": "再来一次"}).status_code == 409


def test_a_stranger_finds_no_drafts(here: Ground) -> None:
    here.draft()
    assert here.world.client(None).get(f"/nominations/ready/{here.edition.pk}/").status_code == 302
    assert "没有在填的申报" in here.world.client("wen").get(f"/nominations/ready/{here.edition.pk}/").content.decode()
    assert here.world.client("lan").get("/nominations/ready/987654/").status_code == 404
