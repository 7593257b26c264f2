"""The lists of nanning-2026 on screen: the panel's six questions as a grid, the first list without an order."""

import pytest
from tests.factories import case_at, opened_edition, small_world

pytestmark = [pytest.mark.django_db, pytest.mark.ledger("G-10")]


def test_every_list_of_the_notice_opens() -> None:
    world = small_world()
    edition = opened_edition(world)
    for stage in ("initial", "expert", "union_review", "final_review"):
        case_at(world, edition, stage, "何焊平" if stage == "expert" else f"岑{stage[0]}")
        page = world.client("yan").get(f"/editions/{edition.pk}/stages/{stage}/")
        assert page.status_code == 200
        assert "核对名单" in page.content.decode()
    page = world.client("zhang").get(f"/editions/{edition.pk}/stages/expert/").content.decode()
    assert "1 人共 6 项" in page
    assert page.count('<option value="yes">是</option>') == 6
    assert "综合评审未定[0, 100]，暂不排名" in page


def test_an_expert_scores_the_five_powers() -> None:
    world = small_world()
    edition = opened_edition(world)
    case_at(world, edition, "expert", "何焊平")
    office, expert = world.client("zhang"), world.client("jia")
    act = f"/editions/{edition.pk}/stages/expert/panel/act/"
    office.post(act, {"do": "invite", "username": "jia", "employer": "远山研究院"})
    office.post(act, {"do": "assign", "seed": "南宁-1", "per_case": "1"})
    seat = expert.get("/judging/").content.decode().partition("/judging/panels/")[2].partition("/")[0]
    expert.post(f"/judging/panels/{seat}/declare/", {"confidential": "on"})
    queue = expert.get(f"/judging/panels/{seat}/").content.decode()
    sheet = "/judging/" + queue.partition('name"><a href="/judging/')[2].partition('"')[0]
    page = expert.get(sheet).content.decode()
    assert "以品德、技能、业绩和知识衡量" in page
    assert page.count("data-score") == 5
    powers = ("lead", "practice", "innovate", "tackle", "inherit")
    expert.post(sheet, {f"s-{one}": "18.5" for one in powers} | {"go": "submit"})
    assert "92.5" in expert.get(f"/judging/panels/{seat}/").content.decode()
