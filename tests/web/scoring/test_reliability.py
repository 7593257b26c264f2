"""The reliability page: for whoever runs the panel, once all sheets are in; every figure beside the edition's rule."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.rounds.ground import NAMES, Ground, ground

from gongjiang.models import Assignment
from gongjiang.services.scoring.sheet import submit_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: What each expert gives, against the case's own quality: 丙 is harsher by two points a leaf.
LEANS = {"jia": 0.0, "yi": 0.5, "bing": -2.0}
WORDS = (
    "本届规则：取平均分",
    "去掉一个最高分和一个最低分后的平均分",
    "稳健校准（只校宽严）",
    "入选把握",
    "专家3",
    "取前 2 名",
)


def hand_in(found: Ground, *, but: int = 0) -> None:
    """Everybody hands in what is still out, but for so many."""
    rows = Assignment.objects.filter(state="assigned", sheets=None).select_related("expert__user", "case")
    for one in rows.order_by("pk")[but:]:
        user = one.expert.user.username
        given = f"{round((4 + NAMES.index(one.case.title) * 0.5 + LEANS[user]) * 2) / 2:.1f}"
        submit_sheet(actor=found.actor(user), at=AT, assignment_id=one.pk, scores={"craft": given, "teach": given})


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_page_of_a_panel() -> None:
    found = ground()
    for name in NAMES[:3]:
        found.add(name)
    found.seat(*LEANS)
    found.assign()
    address = f"/editions/{found.edition.pk}/stages/panel/panel/reliability/"
    client = found.world.client("zhang")
    hand_in(found, but=2)
    page = client.get(address).content.decode()
    assert "还有 2 份没有提交" in page
    assert NAMES[0] not in page
    hand_in(found)
    assert found.world.client("jia").get(address).status_code == 404
    few = queries(client, address)
    for name in NAMES[3:6]:
        found.add(name)
    found.assign("青岚-2")
    hand_in(found)
    assert queries(client, address) == few
    page = client.get(address, {"places": "2"}).content.decode()
    assert page.index(NAMES[5]) < page.index(NAMES[0])
    for words in WORDS:
        assert words in page
    assert "bing" not in page
    by_hand = client.get(address, {"case": str(found.cases[NAMES[2]].pk)}).content.decode()
    assert "手工推算" in by_hand
    assert "分量" in by_hand
    for odd in ({"case": "9999999"}, {"case": "x"}, {"places": "-3"}, {"places": "１２"}, {"places": "9" * 30}):
        assert client.get(address, odd).status_code == 200


def test_of_marks_that_are_all_the_same_nothing_is_reckoned() -> None:
    found = ground()
    for name in NAMES[:3]:
        found.add(name)
    found.seat("jia", "yi")
    found.assign()
    found.score(dict.fromkeys(NAMES[:3], "10"))
    address = f"/editions/{found.edition.pk}/stages/panel/panel/reliability/"
    page = found.world.client("zhang").get(address, {"places": "2"}).content.decode()
    assert "评分分不出高低" in page
    assert page.count("第 1<") == 3 * 3  # equals by every method that two experts allow
    assert "ICC" not in page
    assert "临界 " not in page
