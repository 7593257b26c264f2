"""The board of progress and its lists on screen."""

import pytest
from tests.factories import AT, World, prepared_edition, small_world
from tests.services.reports.progress.test_registers import brought_in
from tests.services.tallies.test_kept import honoured

from gongjiang.models import Honour, Register
from gongjiang.services.tallies import recount

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    """Three people of the city: two trainees, one artisan."""
    world = small_world()
    edition = prepared_edition(world)
    for n in range(3):
        made = honoured(edition, n, "city")
        Honour.objects.filter(pk=made.pk).update(state="stands" if n == 1 else "trainee")
        recount([made.pk])
    return world


@pytest.mark.ledger("M-01")
def test_the_board_links_each_figure_to_its_list(world: World) -> None:
    client = world.client("yan", AT)
    page = client.get("/progress/").content.decode()
    city = world["city"].pk
    link = f"/progress/people/?of={city}&amp;level=city&amp;state=trainee"
    assert f'培育对象 <a href="{link}"><b>2</b> 名</a>' in page
    listed = client.get(link.replace("&amp;", "&")).content.decode()
    assert "共 2 名" in listed
    assert "样工0" in listed
    assert "样工2" in listed
    assert "样工1" not in listed


def test_odd_questions_find_nobody_and_break_nothing(world: World) -> None:
    client = world.client("yan", AT)
    for query in (
        "year=²²²²",
        "year=-1",
        "state=",
        "of=",
        "after=99999999999999999999",
        "kind='--",
        "after=r",
        "after=r²",
        "year=—",
        "source=x",
        "unsure=1",
    ):
        for place in ("people", "activities"):
            assert client.get(f"/progress/{place}/?{query}").status_code == 200
    assert client.get("/progress/?of=987654321").status_code == 404
    assert client.get("/progress/people/?of=987654321").status_code == 404


def test_an_enterprise_has_no_board(world: World) -> None:
    client = world.client("lan", AT)
    assert client.get("/progress/").status_code == 404
    assert 'href="/progress/"' not in client.get("/todo/").content.decode()


def test_people_of_registers_are_counted_and_marked(world: World) -> None:
    register = Register.objects.create(code="city-old", label="望澜工匠", level="city")
    brought_in(world, "city", ("甲铸造", "1980-06", "2024", "stands"), code="city-old")
    office = world.client("zhang", AT)
    assert "其中名册导入" not in world.client("yan", AT).get("/progress/").content.decode()
    wrong = office.post("/registry/count/", {"register": "city-old", "counted": "yes", "reason": ""})
    assert wrong.status_code == 422
    assert "请写明依据" in wrong.content.decode()
    asked = {"register": "city-old", "counted": "yes", "reason": "名册所列都是市级工匠"}
    said = office.post("/registry/count/", asked, follow=True).content.decode()
    assert "“望澜工匠”已计入工匠队伍。" in said
    register.refresh_from_db()
    assert register.counted
    client = world.client("yan", AT)
    page = client.get("/progress/").content.decode()
    link = f"/progress/people/?of={world['city'].pk}&amp;level=city&amp;state=stands&amp;source=register"
    assert f'其中名册导入 <a href="{link}">1 名</a>' in page
    listed = client.get(link.replace("&amp;", "&")).content.decode()
    assert "共 1 名" in listed
    assert "甲铸造" in listed
    assert "名册导入" in listed
    assert "望澜工匠：第1批名单" in listed
    assert office.post("/registry/count/", {**asked, "register": "nobody"}).status_code == 404
