"""A part handed to a colleague for some days: on record, ends by itself, taken back, never to strangers."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.models import Delegation, Entry, Grant
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.nominations.transition import move
from gongjiang.services.opinions.deputise import deputise, end_deputy, own_parts

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = AT.date()


@pytest.fixture
def here() -> Ground:
    return ground()


def hand(here: Ground, who: str = "wen", to: str = "guan", days: int = 3, reason: str = "出差") -> Delegation:
    actor = here.actor(who)
    part = own_parts(actor, AT)[0]
    user = here.world.people[to]
    return deputise(
        actor=actor, at=AT, grant_id=part.grant.pk, user_id=user.pk, until=DAY + timedelta(days=days), reason=reason
    )


def test_a_colleague_acts_in_their_own_name_until_the_day_is_over(here: Ground) -> None:
    case = here.filed()
    guan = here.world.people["guan"]

    def returned(days: int) -> None:
        at = AT + timedelta(days=days)
        said = {"case_id": case.pk, "stage_id": "qualify", "action": "return", "reason": "缺盖章页"}
        move(actor=actor_of(guan, at), at=at, **said)

    with pytest.raises(NotAllowed):
        returned(0)
    made = hand(here)
    assert made.grant.until == AT.replace(hour=0) + timedelta(days=4)
    with pytest.raises(NotAllowed):
        returned(4)
    returned(3)
    assert Entry.objects.filter(action="case.return").get().actor_name == guan.full_name
    assert Entry.objects.filter(action="grant.delegate").count() == 1
    assert [one.grant.delegation for one in own_parts(actor_of(guan, AT), AT) if hasattr(one.grant, "delegation")] == []


def test_taken_back_early(here: Ground) -> None:
    made = hand(here)
    with pytest.raises(NotFound):
        end_deputy(actor=here.actor("guan"), at=AT, delegation_id=made.pk)
    end_deputy(actor=here.actor("wen"), at=AT + timedelta(hours=1), delegation_id=made.pk)
    assert not actor_of(here.world.people["guan"], AT + timedelta(hours=2)).has("officer")
    with pytest.raises(BadInput, match="已经结束"):
        end_deputy(actor=here.actor("wen"), at=AT + timedelta(hours=2), delegation_id=made.pk)


def test_only_to_colleagues_for_a_reason_and_within_sixty_days(here: Ground) -> None:
    with pytest.raises(BadInput, match="只能委托本单位的同事"):
        hand(here, to="zhang")
    with pytest.raises(BadInput, match="60 天之内"):
        hand(here, days=61)
    with pytest.raises(BadInput, match="60 天之内"):
        hand(here, days=-1)
    with pytest.raises(BadInput, match="写明委托的事由"):
        hand(here, reason=" ")
    hand(here)
    with pytest.raises(BadInput, match="已经有这项权限"):
        hand(here)
    assert Grant.objects.filter(user=here.world.people["guan"], role="officer").count() == 1


def test_the_page(here: Ground) -> None:
    client: Client = here.world.client("wen")
    part = own_parts(here.actor("wen"), AT)[0]
    to = f"{part.grant.pk}-{here.world.people['guan'].pk}"
    assert "关单位" in client.get("/delegations/").content.decode()
    assert client.post("/delegations/", {"to": "", "until": "2026-06-26", "reason": "x"}).status_code == 400
    assert client.post("/delegations/", {"to": to, "until": "2026-06-26", "reason": "出差"}).status_code == 302
    made = Delegation.objects.get()
    assert "委托给关单位" in client.get("/delegations/").content.decode()
    other = here.world.client("zhang")
    assert other.post(f"/delegations/{made.pk}/end/").status_code == 404
    assert client.post(f"/delegations/{made.pk}/end/").status_code == 302
    assert "已结束" in client.get("/delegations/").content.decode()
