"""Lists of cases: what one has filed, who acts next, pages by key, a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, case_at, load_calendar, opened_edition, small_world

from gongjiang.models import Case, Edition, Grant, Opinion, StageRow
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.nominations.listing import PAGE, Filters, edition_page, filed_page
from gongjiang.services.programmes.programme import main_process, programme_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    load_calendar()
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def titles(world: World, username: str, **given: object) -> list[str]:
    return [one.case.title for one in filed_page(world.actor(username), Filters(**given)).rows]  # type: ignore[arg-type]


def end(case: Case, stage: str, state: str, note: str) -> None:
    StageRow.objects.filter(case=case, stage=stage).update(state=RowState.OUT, note=note, moved_at=AT)
    Case.objects.filter(pk=case.pk).update(state=state)


def test_a_filer_finds_all_of_their_unit_s_and_nothing_else(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    end(case_at(world, edition, "qualify", "邬量衡"), "qualify", CaseState.REJECTED, "年限不足")
    case_at(world, edition, "qualify", "苗绣岚", unit="dyeing", filer="yin")
    assert titles(world, "lan") == ["邬量衡", "岑铸山", "何焊平"]
    assert titles(world, "yin") == ["苗绣岚"]
    assert titles(world, "jia") == []
    Grant.objects.filter(user=world.people["lan"]).update(until=AT)
    assert titles(world, "lan") == []  # who left the unit no longer sees its cases


def test_a_grant_for_one_edition_finds_that_edition_s(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    other = opened_edition(world)
    case_at(world, other, "qualify", "岑铸山")
    Grant.objects.filter(user=world.people["lan"]).update(edition=other)
    assert titles(world, "lan") == ["岑铸山"]


def test_each_row_says_where_it_stands_and_who_acts_next(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    signing = case_at(world, edition, "dept_opinion", "邬量衡")
    Opinion.objects.create(
        case=signing, sheet="county_sheet", party="sci", organisation=world["county_sci"], asked_at=AT
    )
    end(case_at(world, edition, "qualify", "苗绣岚"), "qualify", CaseState.REJECTED, "年限不足")
    case_at(world, edition, "initial", "罗千钧")
    rows = {one.case.title: one for one in filed_page(world.actor("lan"), Filters()).rows}
    assert [one.shown for one in rows["何焊平"].stages] == ["申报"]
    assert rows["何焊平"].next_by == ("澜江重工有限公司",)
    assert rows["何焊平"].filling
    assert rows["岑铸山"].next_by == ("青屿区总工会",)
    assert rows["邬量衡"].next_by == ("青屿区科技局",)
    assert rows["罗千钧"].next_by == ("选树工作领导小组办公室",)
    ended = rows["苗绣岚"]
    assert (ended.stages, ended.next_by, ended.note) == ((), (), "年限不足")
    assert ended.ended is not None
    assert ended.ended.id == "qualify"


def test_what_was_sent_back_says_why(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "apply", "何焊平", state=CaseState.RETURNED)
    StageRow.objects.create(
        case=case, process=case.process, stage="qualify", state=RowState.WAITING, note="缺盖章页", moved_at=AT
    )
    (row,) = filed_page(world.actor("lan"), Filters()).rows
    assert (row.note, row.filling) == ("缺盖章页", True)


def test_it_is_narrowed_by_state_edition_stage_unit_and_words(world: World, edition: Edition) -> None:
    draft = case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    end(case_at(world, edition, "qualify", "邬量衡"), "qualify", CaseState.NOT_SELECTED, "")
    assert titles(world, "lan", group="filling") == ["何焊平"]
    assert titles(world, "lan", group="over") == ["邬量衡"]
    assert titles(world, "lan", stage="qualify") == ["岑铸山"]
    assert titles(world, "lan", edition_id=edition.pk + 1) == []
    assert titles(world, "lan", nominator_id=world["county"].pk) == ["邬量衡", "岑铸山", "何焊平"]
    assert titles(world, "lan", words="铸") == ["岑铸山"]
    assert titles(world, "lan", words=draft.number) == ["何焊平"]
    found = filed_page(world.actor("lan"), Filters(group="over"))
    assert found.counts == {"all": 3, "filling": 1, "running": 1, "named": 0, "over": 1}
    assert found.choices == ((edition.pk, edition.title),)


def test_pages_follow_by_key_with_a_fixed_number_of_queries(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "第零人")
    actor = world.actor("lan")
    filed_page(actor, Filters())
    with CaptureQueriesContext(connection) as few:
        filed_page(actor, Filters())
    for n in range(PAGE):
        case_at(world, edition, "dept_opinion" if n % 2 else "apply", f"第{n + 1}人")
    with CaptureQueriesContext(connection) as many:
        first = filed_page(actor, Filters())
    assert len(many) == len(few)
    assert first.more
    assert len(first.rows) == PAGE
    rest = filed_page(actor, Filters(before=first.rows[-1].case.pk))
    assert [one.case.title for one in rest.rows] == ["第零人"]
    assert not rest.more


def test_the_office_sees_everybody_submitted_of_its_edition(world: World, edition: Edition) -> None:
    programme = programme_of(main_process(edition))
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    case_at(world, opened_edition(world), "qualify", "邬量衡")
    found = edition_page(world.actor("zhang"), programme, Filters())
    assert [one.case.title for one in found.rows] == ["岑铸山"]
    assert found.choices == ((world["county"].pk, "青屿区总工会"),)
    assert edition_page(world.actor("yuan"), programme, Filters()).rows == ()
