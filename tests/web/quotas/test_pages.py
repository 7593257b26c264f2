"""Places on screen: the matrix, moving them, bodies that enter by approval, the calculator."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, case_at
from tests.services.rounds.ground import Ground, ground

from gongjiang.kernel.actor import platform
from gongjiang.models import EditionRole, Entry, Judgement, PlaceChange, PoolCount
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.quotas.changes import change_places
from gongjiang.services.quotas.guard import SeatAsked, take_seats

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TABLE = "\ntables:\n  unit_places: {label: 名额, by: [case.nominator], rows: {青屿区: 4, 远岸区: 2}, ask: Q3}\n"
WAYS = """allocations:
  - {id: by_workers, label: 按职工数, ask: Q3, table: unit_places, factors: [{id: workers, label: 职工数, unit: 万人}],
     tiers: [{at_least: 10, places: 4}, {at_most: 5, places: 2}]}
pools:"""
CHANGED = {"\npools:": TABLE + WAYS, "per: case.nominator, at_most: 4": "per: case.nominator, table: unit_places"}


@pytest.fixture
def here() -> Ground:
    return ground(changed=CHANGED)


def address(here: Ground, rest: str = "") -> str:
    return f"/editions/{here.edition.pk}/quotas/{rest}"


def text(here: Ground, who: str, rest: str = "", **posted: Any) -> str:
    client = here.world.client(who)
    answer = client.post(address(here, rest), posted, follow=True) if posted else client.get(address(here, rest))
    return answer.content.decode()


def test_a_unit_allots_and_recalls_on_its_page(here: Ground) -> None:
    ends = f"by_unit:{here.world['county'].pk}"
    plant = here.world["plant"]
    before = text(here, "jiang")
    assert "青屿区" in before
    assert "远岸区" not in before  # another unit's use is none of theirs
    assert "未用 4 名" in before
    done = text(here, "jiang", "move/", go="allot", ends=ends, taker=plant.pk, places="2", reason="按职工人数")
    assert f"已分给{plant.short_name} 2 名。" in done
    assert f"{plant.name}（分给 2 名）" in done
    assert "按职工人数" in done
    assert dict(PoolCount.objects.values_list("group", "limit")) == {"青屿区": 2, plant.short_name: 2}
    whole = text(here, "jiang", "move/", go="allot", ends=ends, taker=plant.pk, places="3", reason="再分")
    assert "不能减少 3 名" in whole
    back = text(here, "jiang", "move/", go="recall", ends=f"{ends}:{plant.pk}", places="1", reason="没有人选")
    assert f"已从{plant.short_name}收回 1 名。" in back
    assert "请选择从哪家到哪家" in text(here, "jiang", "move/", go="allot", ends="x", places="1", reason="x")
    assert "名额须为正整数" in text(here, "jiang", "move/", go="allot", ends=ends, taker=plant.pk, places="-1")


@pytest.mark.ledger("J-08")
def test_a_cancelled_place_is_seen_with_its_reason(here: Ground) -> None:
    change_places(
        actor=platform(), at=AT, process=here.programme.process, seat=SeatAsked("by_unit", "青屿区", 4, "名额"),
        places=-1, kind=PlaceChange.Kind.CANCELLED, reason="伪造证书，经查实",
    )  # fmt: skip
    page = text(here, "jiang")
    assert '<b class="red">1</b>' in page
    assert "伪造证书，经查实" in page
    assert "伪造证书" not in text(here, "yuan")
    assert "您的单位没有推荐名额" in text(here, "lan")


def test_only_the_unit_s_approver_moves_places(here: Ground) -> None:
    ends = f"by_unit:{here.world['county'].pk}"
    for who in ("wen", "ji", "yuan", "zhang"):
        answer = here.world.client(who).post(
            address(here, "move/"), {"ends": ends, "taker": here.world["plant"].pk, "places": "1", "reason": "x"}
        )
        assert answer.status_code == 403, who
    assert PlaceChange.objects.count() == 0


@pytest.mark.ledger("N-18")
def test_the_issuing_office_lets_a_body_in_and_grants_it_places(here: Ground) -> None:
    body = add_organisation(
        actor=platform(), at=AT, name="望澜海事局", short_name="海事局", level="county", kind="department",
        parent=here.world["city"],
    )  # fmt: skip
    role = EditionRole.objects.filter(edition=here.edition, organisation=here.world["county"]).values_list(
        "role", flat=True
    )[0]
    bare = text(here, "yan", "enter/", body=body.pk, role=role, basis=" ")
    assert "请写明批准依据" in bare
    done = text(here, "yan", "enter/", body=body.pk, role=role, basis="经领导小组第3次会议研究批准")
    assert "经批准进入：经领导小组第3次会议研究批准" in done
    ends = f"by_unit:{here.world['other_county'].pk}"
    told = text(here, "yan", "grant/", ends=ends, taker=body.pk, places="1", reason="第3次会议纪要")
    assert "已调给海事局 1 名。" in told
    assert here.world.client("jiang").post(
        address(here, "enter/"), {"body": body.pk, "role": role, "basis": "x"}
    ).status_code == 403  # fmt: skip


@pytest.mark.ledger("N-06", "M-22")
def test_figures_are_tried_recorded_and_the_gaps_named(here: Ground) -> None:
    page = text(here, "wen", "formula/")
    assert "职工数5至10万人之间（不含两端），没有对应的档。" in page
    assert "没有给出青屿区、远岸区的职工数" in page
    tried = text(
        here, "wen", "formula/", **{"f-by_workers-workers-0": "12", "f-by_workers-workers-1": "7", "go": "try"}
    )
    assert "试算结果，还没有记录" in tried
    assert "远岸区为7万人，不在任何一档" in tried
    assert Judgement.objects.filter(about="allocation").count() == 0
    wrong = text(here, "zhang", "formula/", **{"f-by_workers-workers-0": "许多", "basis-by_workers": "年鉴",
                                               "go": "save:by_workers"})  # fmt: skip
    assert "青屿区的职工数：许多，不是数字" in wrong
    saved = text(here, "zhang", "formula/", **{"f-by_workers-workers-0": "12", "basis-by_workers": "2025年年鉴",
                                               "go": "save:by_workers"})  # fmt: skip
    assert "数字已记录" in saved
    assert "2025年年鉴" in saved
    assert Entry.objects.filter(action="judgement.record", body__contains="figures.by_workers").exists()
    beside = text(here, "jiang")
    assert "2025年年鉴" in beside
    for who in ("wen", "ji"):
        refused = here.world.client(who).post(
            address(here, "formula/"), {"go": "save:by_workers", "basis-by_workers": "x"}
        )
        assert refused.status_code == 403


def test_figures_from_a_file_keep_what_can_be_read(here: Ground) -> None:
    sheet = SimpleUploadedFile("a.csv", "单位,职工数（万人）\n青屿区总工会,11\n月亮,4\n".encode())
    client = here.world.client("zhang")
    page = client.post(address(here, "formula/"), {"go": "upload", "file": sheet}).content.decode()
    assert 'value="11"' in page
    assert "第3行：没有“月亮”这个单位，未读入。" in page
    assert "请选择一个不超过 5 MB" in client.post(address(here, "formula/"), {"go": "upload"}).content.decode()


def test_the_table_stands_where_nothing_feeds_it(here: Ground) -> None:
    told = text(here, "yan", "formula/", go="confirm:by_workers")
    assert "本届已发布" in told


def test_the_number_of_queries_does_not_grow(here: Ground) -> None:
    client = here.world.client("yan")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address(here)).status_code == 200
        return len(found)

    queries()
    first = queries()
    for n in range(6):
        case = case_at(here.world, here.edition, "recommend", f"样例工{n}")
        take_seats(case=case, seats=[SeatAsked("by_unit", "青屿区" if n < 3 else "远岸区", 9, "名额")], at=AT)
    assert queries() == first
