"""What a draw minds: groups of trades, ceilings, chance and its price; what blocks it is named."""

from fractions import Fraction
from typing import Any

import pytest
from tests.services.rounds.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Assignment, Case, Draw, Expert
from gongjiang.rules.scoring.assignment.replay import verify
from gongjiang.services.scoring.asking import Wish
from gongjiang.services.scoring.assign import try_draw

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TRADES = {"jia": ["电焊工"], "yi": ["焊工"], "bing": ["钳工"], "ding": ["钳工", "制造业"]}


def panel() -> Ground:
    found = ground()
    for n in range(6):
        found.add(f"何焊{n}", values={"trade": "焊工" if n < 4 else "钳工"})
    found.seat(*TRADES)
    for username, trades in TRADES.items():
        Expert.objects.filter(user=found.world.people[username]).update(trades=trades)
    return found


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("case__values__trade", "expert__user__username"))


def test_groups_ceilings_prices_and_what_blocks() -> None:
    found = panel()
    given: dict[str, Any] = {"actor": found.actor("zhang"), "programme": found.programme, "stage_id": "panel"}
    plain = try_draw(**given)
    assert (plain["pairs"], plain["least"], plain["most"], plain["panels"]) == (12, 3, 3, 1)
    assert plain["greatest"] >= plain["total"]
    loose = try_draw(**given, wish=Wish(even=False, price=None))
    assert plain["even"] != "0%"  # the price of loads within one
    assert loose["even"] == "0%"
    by_chance = try_draw(**given, wish=Wish(cap=Fraction(1, 2)))
    assert by_chance["random"] is not None
    assert Draw.objects.count() == Assignment.objects.count() == 0
    with pytest.raises(Refused, match="每位专家最多评2个"):
        try_draw(**given, most=2)
    with pytest.raises(Refused, match="不在这一组2位"):
        try_draw(**given, per_case=3, wish=Wish(grouped=True))
    with pytest.raises(BadInput, match="配对概率上限"):
        try_draw(**given, wish=Wish(cap=Fraction(3, 2)))
    with pytest.raises(NotAllowed):
        try_draw(**{**given, "actor": found.actor("jia")})
    found.assign("青岚-1", wish=Wish(grouped=True))
    assert pairs() == {("焊工", "jia"), ("焊工", "yi"), ("钳工", "bing"), ("钳工", "ding")}
    draw = Draw.objects.get()
    assert (draw.told["pairs"], draw.told["least"], draw.told["most"], draw.told["panels"]) == (12, 2, 4, 2)
    assert verify(draw.replay).problems == ()
    assert "不在这一组" in draw.replay


def test_the_page_tries_shows_the_price_and_who_declined_gets_nothing() -> None:
    found = panel()
    address = f"/editions/{found.edition.pk}/stages/panel/panel/"
    client = found.world.client("zhang")
    page = client.post(f"{address}act/", {"do": "try", "per_case": "2", "cap": "50"}).content.decode()
    assert "没有分派" in page
    assert "为随机让出" in page
    assert client.post(f"{address}act/", {"do": "try", "most": "两件"}).status_code == 400
    Expert.objects.filter(user=found.world.people["ding"]).update(declined_at=found.edition.opened_at)
    client.post(f"{address}act/", {"do": "assign", "seed": "青岚", "per_case": "2", "group": "", "price": "0"})
    assert Assignment.objects.count() == 12
    assert {who for _, who in pairs()} == {"jia", "yi", "bing"}
    assert "每位专家 4 件" in client.get(address).content.decode()
    assert Case.objects.count() == 6
    told = client.post(f"{address}act/", {"do": "recheck"}, follow=True).content.decode()
    assert "没有新的回避" in told
