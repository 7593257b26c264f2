"""The pool of experts: looked through, invited from; the declaration comes before any name, and one may decline."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, person
from tests.services.rounds.ground import ground

from gongjiang.models import Assignment, Expert, ExpertProfile, Message

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_from_the_pool_to_the_panel_and_out_again(django_capture_on_commit_callbacks: Any) -> None:
    found = ground()
    found.add("何焊平")
    for username in ("jia", "yi", "bing"):
        found.world.people.get(username) or person(found.world, username, f"{username}专家")
    address = f"/editions/{found.edition.pk}/stages/panel/panel/experts/"
    client = found.world.client("zhang")
    kept = {"do": "keep", "username": "yi", "employer": "远山研究院", "title": "正高级工程师", "trades": "焊工、 钳工"}
    assert client.post(address, kept).status_code == 302
    assert ExpertProfile.objects.get().trades == ["焊工", "钳工"]
    refused = client.post(address, {**kept, "username": "nobody", "note": "写好的"})
    assert refused.status_code == 400
    assert "没有这个账号" in refused.content.decode()
    assert "写好的" in refused.content.decode()
    page = client.get(address, {"q": "远山 焊工"}).content.decode()
    assert "yi专家" in page
    assert "贾评审" not in page
    assert "贾评审" in client.get(address).content.decode()  # may sit in the panel's body
    yi = found.world.people["yi"]
    assert client.post(address, {"do": "invite"}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"do": "invite", "user": [str(yi.pk), str(found.world.people["jia"].pk)]})
    seat = Expert.objects.get(user=yi)
    assert (seat.employer, seat.trades, seat.declared_at) == ("远山研究院", ["焊工", "钳工"], None)
    told = Message.objects.get(user=yi).text
    assert "专家评审" in told
    assert "何焊平" not in told
    found.assign()
    own = found.world.client("yi", None)
    assert "何焊平" not in own.get(f"/judging/panels/{seat.pk}/declare/").content.decode()
    assert own.post(f"/judging/panels/{seat.pk}/decline/", {"reason": " "}).status_code == 302
    assert Expert.objects.get(user=yi).declined_at is None
    other = found.world.client("jia", None)
    assert other.post(f"/judging/panels/{seat.pk}/decline/", {"reason": "不去"}).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        own.post(f"/judging/panels/{seat.pk}/decline/", {"reason": "出差"})
    assert Assignment.objects.get(expert=seat).state == "abstained"
    assert own.get(f"/judging/panels/{seat.pk}/").status_code == 404
    assert "出差" in client.get(address).content.decode()
    assert Message.objects.filter(organisation=found.world["office"], text__contains="一位专家不能参加").exists()
    client.post(address, {"do": "invite", "user": [str(yi.pk)]})
    assert own.get(f"/judging/panels/{seat.pk}/declare/").status_code == 200
    client.post(address, {**kept, "do": "drop"}, follow=True)
    assert "yi专家" not in client.get(address).content.decode()
    for other in ("jia", "lan", "jiang"):
        assert found.world.client(other).get(address).status_code == 404
    for odd in ({"after": "x"}, {"after": "9" * 30}, {"q": "%" * 300}, {"expert": "１"}):
        assert client.get(address, odd).status_code == 200


def test_the_same_queries_for_any_number_and_pages_by_key() -> None:
    found = ground()
    client = found.world.client("zhang")
    address = f"/editions/{found.edition.pk}/stages/panel/panel/experts/"
    counts = []
    for upto in (1, 3, 60):
        for n in range(upto):
            if f"p{n}" not in found.world.people:
                user = person(found.world, f"p{n}", f"专家{n:03d}")
                ExpertProfile.objects.create(user=user, trades=["焊工"], at=AT)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            page = client.get(address).content.decode()
        counts.append(len(caught))
    assert len(set(counts)) == 1
    assert "下一页" in page
    last = found.world.people["p59"]
    assert last.full_name not in page
    middle = found.world.people["p30"]
    assert last.full_name in client.get(address, {"after": str(middle.pk)}).content.decode()
