"""我的申报 and 全部人选 in a browser."""

import io

import pytest
from openpyxl import load_workbook
from tests.factories import World, case_at, load_calendar, opened_edition, small_world

from gongjiang.models import Edition
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.nominations.listing import PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    load_calendar()
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def test_a_filer_sees_where_each_stands_and_goes_on(world: World, edition: Edition) -> None:
    draft = case_at(world, edition, "apply", "何焊平")
    sent = case_at(world, edition, "qualify", "岑铸山")
    page = world.client("lan").get("/nominations/").content.decode()
    for told in ("我的申报", "何焊平", "继续填报", "岑铸山", "资格审核确认", "青屿区总工会", "6月30日", "还有 6 天"):
        assert told in page, told
    assert f'href="/nominations/{draft.pk}/form/"' in page
    assert f'href="/nominees/{sent.pk}/"' in page
    assert 'href="/nominations/" aria-current="page"' in page  # 申报 on the top bar leads here


def test_filters_are_kept_from_page_to_page(world: World, edition: Edition) -> None:
    for n in range(PAGE + 1):
        case_at(world, edition, "qualify", f"第{n}人")
    last = case_at(world, edition, "apply", "何焊平")
    client = world.client("lan")
    first = client.get("/nominations/?group=running").content.decode()
    assert "何焊平" not in first
    assert f"?group=running&amp;before={last.pk - PAGE}" in first
    second = client.get(f"/nominations/?group=running&before={last.pk - PAGE}").content.decode()
    assert "第0人" in second
    assert 'href="?group=running"' in second
    assert "没有符合条件的申报" in client.get("/nominations/?q=查无此人").content.decode()
    assert client.get("/nominations/?group=x&edition=y&before=z&unit=-1").status_code == 200


def test_an_empty_list_says_what_to_do(world: World, edition: Edition) -> None:
    page = world.client("lan").get("/nominations/").content.decode()
    assert "还没有申报" in page
    assert 'href="/nominations/new/"' in page


def test_the_office_lists_everybody_of_an_edition(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    case_at(world, edition, "qualify", "邬量衡", state=CaseState.REJECTED)
    page = world.client("zhang").get(f"/editions/{edition.pk}/nominees/")
    text = page.content.decode()
    assert "岑铸山" in text
    assert "邬量衡" in text
    assert "何焊平" not in text  # a draft is only its filer's
    narrowed = world.client("zhang").get(f"/editions/{edition.pk}/nominees/?group=over&stage=qualify").content.decode()
    assert "岑铸山" not in narrowed


def test_strangers_and_visitors_find_nothing(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "岑铸山")
    assert "岑铸山" not in world.client("yin").get("/nominations/").content.decode()
    assert world.client(None).get("/nominations/").status_code == 302
    assert world.client("xi").get("/editions/99/nominees/").status_code == 404


def test_the_sheet_holds_what_is_narrowed_and_nothing_else(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")

    def names(address: str, who: str) -> list[object]:
        answer = world.client(who).get(address)
        assert answer["Content-Type"].endswith("spreadsheetml.sheet")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        return [row[1] for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("T-")]

    assert names("/nominations/filed.xlsx", "lan") == ["岑铸山", "何焊平"]
    assert names("/nominations/filed.xlsx?group=filling", "lan") == ["何焊平"]
    assert names(f"/editions/{edition.pk}/nominees.xlsx", "zhang") == ["岑铸山"]
    assert names(f"/editions/{edition.pk}/nominees.xlsx?stage=initial", "zhang") == []
    assert world.client("xi").get("/editions/99/nominees.xlsx").status_code == 404
    assert "?group=running" in world.client("lan").get("/nominations/?group=running").content.decode()
