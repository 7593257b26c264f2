"""Pages of processes: what is due, a round opened, its results settled; an artisan's calendar; who may not."""

from datetime import date
from typing import Any

import pytest
from tests.services.assessment.ground import PROCESSES, graded, honours, opened, settled, world
from tests.services.public_notices.stage import moment

from gongjiang.models import Edition, ProcessOutcome
from gongjiang.services.reports.todo.desk import desk_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = date(2029, 6, 28)
A, B = "何焊平", "岑铸山"


def said(response: Any) -> str:
    return response.content.decode()


def waiting(found: Any) -> dict[str, str]:
    """What the approver's desk says of processes, without the yearly one, which is due too."""
    desk = desk_of(found.here.world.actor("yan"), moment(DAY, 12))
    kinds = {"process_due", "outcomes"}
    return {one.kind: one.title for one in desk.items if one.kind in kinds and "年度" not in one.title}


@pytest.mark.ledger("M-13")
def test_from_the_list_of_who_is_due_to_the_decision() -> None:
    found = world()
    assert "yearly" in PROCESSES
    yan = found.here.world.client("yan", moment(DAY))
    address = f"/editions/{found.here.edition.pk}/processes/"
    page = said(yan.get(address))
    assert "<b>2</b> 人已到期" in page
    assert "期满考核" in page
    assert waiting(found) == {"process_due": "开始期满考核：2 人到期"}
    chosen = [one.pk for one in honours(found)]
    told = said(yan.post(f"{address}renewal/open/", {"chosen": chosen[:1], "title": "期满考核（一）"}, follow=True))
    assert "“期满考核（一）”已经开始，共 1 件" in told
    made = Edition.objects.get(follows="renewal")
    assert "还没有到期、或已在办理的" in said(yan.post(f"{address}renewal/open/", {"chosen": chosen}, follow=True))
    assert "进行中" in said(yan.get(f"/artisans/{chosen[0]}/"))
    graded(found, made, "seen", {A: "pass"}, moment(DAY, 11))
    assert waiting(found) == {"process_due": "开始期满考核：1 人到期", "outcomes": "按决定办结 1 件"}
    here = f"/editions/{made.pk}/settle/"
    assert "办结后：续期（3年）" in said(yan.get(here))
    wrong = yan.post(here, {"number": "三号", "decided_on": "2029-06-28"})
    assert (wrong.status_code, "三号" in said(wrong)) == (409, True)
    assert yan.post(here, {"number": "望工发〔2029〕3号", "decided_on": "去年"}).status_code == 409
    told = said(yan.post(here, {"number": "望工发〔2029〕3号", "decided_on": "2029-06-28"}, follow=True))
    assert "续期至2032年9月27日" in told
    assert ProcessOutcome.objects.get().basis == "望工发〔2029〕3号"
    assert "望工发〔2029〕3号" in said(yan.get(f"/artisans/{chosen[0]}/"))


def test_others_find_nothing_there() -> None:
    found = world(1)
    made = opened(found, "renewal", DAY)
    for who in ("lan", "yuan", "jia"):
        client = found.here.world.client(who, moment(DAY))
        assert client.get(f"/editions/{found.here.edition.pk}/processes/").status_code == 404
        assert client.get(f"/editions/{made.pk}/settle/").status_code == 404
        assert client.post(f"/editions/{made.pk}/settle/", {"number": "望工发〔2029〕3号"}).status_code == 404
    yan = found.here.world.client("yan", moment(DAY))
    assert yan.get(f"/editions/{made.pk}/processes/").status_code == 404
    assert yan.get(f"/editions/{found.here.edition.pk}/settle/").status_code == 404
    assert yan.post(f"/editions/{found.here.edition.pk}/processes/strange/open/", {}).status_code in {302, 404}


def test_the_meeting_says_each_ones_tier_on_the_page() -> None:
    found = world()
    made = opened(found, "renewal", DAY)
    yan = found.here.world.client("yan", moment(DAY))
    here = f"/editions/{made.pk}/stages/seen/"
    page = said(yan.get(here))
    assert f"{A}的档次" in page
    cases = {one.title: one.pk for one in made.processes.get().cases.all()}
    form = {f"pick-{pk}": "keep" for pk in cases.values()} | {
        f"order-{pk}": n for n, pk in enumerate(cases.values(), 1)
    }
    form |= {"m-body": "办公会", "m-held_on": "2029-06-28", "m-chair": "严审定", "m-present": "严审定、章有序"}
    form |= {"m-for": "2", "m-against": "0", "m-abstained": "0", "m-record": "同意"}
    assert "没有选定档次" in said(yan.post(f"{here}decide/", {**form, "go": "confirm"}))
    form |= {f"tier-{cases[A]}": "pass", f"tier-{cases[B]}": "over"}
    last = said(yan.post(f"{here}decide/", {**form, "go": "confirm"}))
    assert f"<b>{A}</b> 合格" in last
    assert f"<b>{B}</b> 不合格" in last
    yan.post(f"{here}decide/", {**form, "go": "close"})
    assert set(made.processes.get().cases.values_list("title", "standing")) == {(A, "pass"), (B, "over")}
    settled(found, made, "望工发〔2029〕3号", moment(DAY, 13))
    assert [one.state for one in honours(found)] == ["stands", "ended"]
