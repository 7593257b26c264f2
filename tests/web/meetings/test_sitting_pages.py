"""The room on screen: called from the list, one page for all, the recused shut out, minutes as Word."""

import pytest
from tests.services.meetings.test_sitting import Table
from tests.services.rounds.ground import scored

from gongjiang.models import Sitting
from gongjiang.services.meetings import hold

pytestmark = pytest.mark.django_db


def test_a_list_calls_its_body() -> None:
    found = scored({"何焊平": "9", "岑铸山": "8"})
    client = found.world.client("zhang")
    address = f"/editions/{found.edition.pk}/stages/panel/sitting/"
    assert "开会表决" in client.get(f"/editions/{found.edition.pk}/stages/panel/").content.decode()
    assert client.get(address).status_code == 200
    refused = client.post(address, {"body": "专家评审会", "member": [], "others": ""})
    assert refused.status_code == 400
    assert "请写明会议成员" in refused.content.decode()
    posted = {"body": "专家评审会", "member": ["0", "1"], "others": "外请委员", "secret": "on", "quorum": "half"}
    answer = client.post(address, posted)
    sitting = Sitting.objects.get()
    assert answer.headers["Location"] == f"/sittings/{sitting.pk}/"
    assert (sitting.secret, sitting.terms["quorum"], sitting.members.count()) == (True, "half", 3)
    assert client.get(address).headers["Location"] == f"/sittings/{sitting.pk}/"
    assert found.world.client("lan").get(address).status_code == 404


def test_everybody_on_one_page() -> None:
    table = Table()
    table.begin("岑铸山", "jia", "yi", "bing", "ding")
    address = f"/sittings/{table.sitting.pk}/"
    yi = table.found.world.client("yi")
    page = yi.get(address).content.decode()
    assert "岑铸山" in page
    assert "开始表决" not in page
    assert "开始表决" in table.found.world.client("jia").get(address).content.decode()
    table.do(hold.open_vote, "jia")
    assert "不同意" in yi.get(f"{address}now/").content.decode()
    assert yi.post(f"{address}act/", {"go": "vote", "choice": "for"}).headers["Location"] == address
    assert "您已投票" in yi.get(address).content.decode()
    bad = table.found.world.client("jia").post(f"{address}act/", {"go": "close", "paper-for": "一"}, follow=True)
    assert "纸质票数请填整数" in bad.content.decode()
    table.found.world.client("jia").post(f"{address}act/", {"go": "close"})
    table.do(hold.recuse, "yi", item_id=table.item("岑铸山").pk, member_id=table.member("yi"), ground="曾是师徒")
    shut = yi.get(f"{address}now/").content.decode()
    assert "请离开会场" in shut
    assert "岑铸山" not in shut
    assert yi.get(f"{address}minutes.docx").status_code in {403, 404}
    minutes = table.found.world.client("zhang").get(f"{address}minutes.docx")
    assert minutes.content[:2] == b"PK"
    assert table.found.world.client("ke").get(address).status_code == 404
    assert yi.post(f"{address}act/", {"go": "nothing"}).status_code == 404


def test_the_record_of_the_decision_starts_from_the_sitting() -> None:
    table = Table()
    table.begin("何焊平", "jia", "yi")
    table.do(hold.end, "jia")
    page = table.found.world.client("yan").get(f"/editions/{table.found.edition.pk}/stages/panel/").content.decode()
    assert 'value="专家评审会"' in page
    assert "无号委员" in page
