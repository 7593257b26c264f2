"""The same person put forward by two units: both are told, and the office; neither learns who the other is."""

from typing import Any

import pytest
from tests.factories import AT
from tests.services.registry.ground import FILERS, NUMBER, OTHER_NUMBER, again, drafted, handed_in, listed
from tests.services.rounds.ground import Ground

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, Message, PoolCount
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.transition import move
from gongjiang.services.nominations.twice import Twice

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FOREIGN = {"plant": ("远岸衡器厂", "远岸区总工会", "方远厂"), "far_plant": ("澜江重工", "青屿区总工会", "兰报材")}


def told(ground: Ground) -> dict[str, list[str]]:
    """What each side and the office has in the inbox."""
    found: dict[str, list[str]] = {}
    for key in ("plant", "far_plant", "county", "other_county", "office"):
        rows = Message.objects.filter(organisation=ground.world[key]).order_by("id")
        found[key] = [one.text for one in rows if "申报" in one.text and "单位提出" in one.text]
    return found


def seen(ground: Ground, unit: str, case: Case) -> str:
    client = ground.world.client(FILERS[unit])
    pages = (f"/nominees/{case.pk}/", "/todo/", "/messages/", f"/nominations/{case.pk}/")
    return "".join(client.get(one, follow=True).content.decode() for one in pages)


@pytest.mark.ledger("X-01")
def test_the_second_is_refused_and_both_are_told(ground: Ground) -> None:
    first = handed_in(ground, "plant")
    second = drafted(ground, "far_plant")
    with pytest.raises(Twice) as refused:
        again(ground, "far_plant", second)
    assert refused.value.text == (
        "何焊平在本届已有一份申报，由其他单位提出，一人不能重复推荐。已告知对方和选树办公室；请联系核对，由一方撤回后再提交。"
    ).replace("选树办公室", "选树工作领导小组办公室")
    second.refresh_from_db()
    assert (second.state, second.submitted_at, second.subject_id) == ("draft", None, first.subject_id)
    assert PoolCount.objects.get(pool="once").used == 1
    boxes = told(ground)
    assert (
        boxes["plant"]
        == boxes["county"]
        == ["何焊平在本届又由其他单位提出申报，未能提交。请与选树工作领导小组办公室联系核对。"]
    )
    assert (
        boxes["far_plant"]
        == boxes["other_county"]
        == ["何焊平在本届已有一份申报，由其他单位提出，本单位的申报未能提交。请与选树工作领导小组办公室联系核对。"]
    )
    assert boxes["office"] == ["何焊平在本届由两家单位提出申报，后一份未能提交，请核对保留哪一份。"]
    with pytest.raises(Twice):
        again(ground, "far_plant", second)
    assert told(ground) == boxes


@pytest.mark.ledger("X-01")
@pytest.mark.parametrize("once", [True, False])
def test_pages_tell_both_sides_and_show_nothing_foreign(once: bool, db: None) -> None:
    ground = listed(once=once)
    cases = {"plant": handed_in(ground, "plant")}
    if once:
        cases["far_plant"] = drafted(ground, "far_plant")
        with pytest.raises(Refused):
            again(ground, "far_plant", cases["far_plant"])
    else:
        cases["far_plant"] = handed_in(ground, "far_plant")
    for unit, case in cases.items():
        shown = seen(ground, unit, case)
        assert "此人在本届另有一份申报。" in shown
        assert "核对何焊平：本届另有一份申报" in shown
        other = cases["far_plant" if unit == "plant" else "plant"]
        assert not [one for one in (*FOREIGN[unit], other.number, f"/nominees/{other.pk}/") if one in shown]
        assert NUMBER not in shown
    office = ground.world.client("zhang").get("/todo/").content.decode()
    assert "核对何焊平：本届由两家以上单位提出" in office
    page = ground.world.client("zhang").get(f"/nominees/{cases['plant'].pk}/").content.decode()
    assert "此人在本届另有一份申报。" in page
    assert (f"/nominees/{cases['far_plant'].pk}/" in page) is not once  # a draft is nobody else's business


@pytest.mark.ledger("X-01")
def test_it_works_for_a_number_corrected_later_and_ends_with_a_withdrawal(ground: Ground) -> None:
    first = handed_in(ground, "plant")
    second = drafted(ground, "far_plant", number=OTHER_NUMBER)
    assert told(ground)["plant"] == []
    filer = ground.actor("fang")
    save_values(actor=filer, at=AT, case_id=second.pk, changes={"id_number": NUMBER})
    with pytest.raises(Twice):
        again(ground, "far_plant", second)
    assert len(told(ground)["plant"]) == 1
    assert "此人在本届另有一份申报。" in seen(ground, "plant", first)
    second = save_values(actor=filer, at=AT, case_id=second.pk, changes={"id_number": OTHER_NUMBER}).case
    assert second.subject is None
    assert "此人在本届另有一份申报。" not in seen(ground, "plant", first)
    save_values(actor=filer, at=AT, case_id=second.pk, changes={"id_number": NUMBER})
    withdraw(ground, first)
    assert again(ground, "far_plant", second).submitted_at is not None


def withdraw(ground: Ground, case: Case) -> Any:
    """The county sends it back, and the unit withdraws it."""
    said = {"at": AT, "case_id": case.pk, "reason": "由别处推荐"}
    move(actor=ground.actor("wen"), stage_id="recommend", action="return", **said)
    return move(actor=ground.actor("lan"), stage_id="apply", action="withdraw", **said)


@pytest.fixture
def ground(db: None) -> Ground:
    return listed()
