"""Posting a list: who stands on it, for which days, in which order, and what is refused."""

from datetime import date

import pytest
from tests.factories import case_at
from tests.services.public_notices.stage import FRIDAY, VALUES, ground, moment

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.workdays import UndecreedYear
from gongjiang.models import Case, Entry, Notice, NoticeEntry, PoolCount, StageRow
from gongjiang.services.audit.verify import verify
from gongjiang.services.public_notices.draft import preview
from gongjiang.services.public_notices.publish import publish

pytestmark = pytest.mark.django_db


@pytest.mark.ledger("G-11")
@pytest.mark.parametrize(
    ("first_day", "last", "text"),
    [
        ("next", date(2026, 9, 24), "公示时间为2026年9月18日至9月24日（公示当日不计），共5个工作日。"),
        ("counts", date(2026, 9, 23), "公示时间为2026年9月18日至9月23日，共5个工作日。"),
    ],
)
def test_five_working_days_by_the_decreed_calendar(first_day: str, last: date, text: str) -> None:
    """Posted on a Friday: Sunday the 20th is worked, the 25th to 27th are off."""
    notice = ground(answers={"Q13": first_day}).post()
    assert (notice.first_day, notice.last_day) == (FRIDAY, last)
    assert len(notice.days) == 5
    assert "2026-09-19" not in notice.days
    assert "2026-09-20" in notice.days
    assert text in notice.body
    assert {one.ends_on for one in notice.entries.all()} == {last}


def test_best_of_the_order_are_posted_and_the_rest_wait() -> None:
    here = ground(places=3, people=5)
    notice = here.post()
    assert set(notice.entries.values_list("case__title", flat=True)) == {"何焊平", "岑铸山", "丁砺锋"}
    assert [here.row(n).state for n in range(5)] == ["open", "open", "open", "alternate", "alternate"]
    assert [here.row(n).position for n in range(5)] == [1, 2, 3, 4, 5]
    assert PoolCount.objects.get(pool="keep:notice").used == 3
    assert verify().ok


def test_order_by_strokes_with_headings() -> None:
    notice = ground(places=6, people=6).post()
    lines = notice.entries.order_by("position").values_list("shown__name", "group")
    assert list(lines) == [
        ("丁砺锋", "二画"),
        ("马驭程", "三画"),
        ("石守窑", "五画"),
        ("岑铸山", "七画"),
        ("何焊平", "七画"),
        ("温测微", "十二画"),
    ]


def test_only_the_fields_of_the_pack_are_kept() -> None:
    here = ground(people=1)
    secret = {"id_number": "990000199001019990", "mobile": "19900000001", "birth": "1990-01"}
    Case.objects.filter(pk=here.cases[0].pk).update(values={"name": "何焊平", **VALUES, **secret})
    entry = here.post().entries.get()
    assert entry.shown == {
        "name": "何焊平",
        "gender": "男",
        "employer": "澜江重工有限公司",
        "post": "班组长",
        "trade": "电焊工",
    }


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"employer": "澜江重工 联系19900000001"}, "“工作单位”列"),
        ({"post": "班长，990000194912310026"}, "“职务”列"),
        ({"trade": "电焊工，1990年1月1日出生"}, "列"),
    ],
)
def test_gate_refuses_numbers_in_shown_cells(values: dict[str, str], place: str) -> None:
    here = ground(people=1)
    Case.objects.filter(pk=here.cases[0].pk).update(values={"name": "何焊平", **VALUES, **values})
    with pytest.raises(Refused, match="不得公开") as refusal:
        here.post()
    assert place in refusal.value.text
    assert not Notice.objects.exists()
    assert not PoolCount.objects.filter(pool="keep:notice").exists()


def test_gate_reads_title_body_and_contact() -> None:
    here = ground()
    with pytest.raises(Refused, match="标题"):
        here.post(title="关于何焊平990000194912310026的公示")
    with pytest.raises(Refused, match="正文第2段"):
        here.post(body="现予公示。\n有异议请致电19900000001。")
    with pytest.raises(Refused, match="手机号"):
        here.post(contact={"phone": "19900000001"})
    assert here.post(contact={"phone": "0000-0000 000"}).contact == {"phone": "0000-0000 000"}


def test_preview_writes_nothing_and_says_the_same() -> None:
    here = ground()
    draft = preview(actor=here.world.actor("yan"), at=moment(FRIDAY), programme=here.programme, stage_id="notice")
    assert not Notice.objects.exists()
    assert [row.case.title for row in draft.reserves] == ["温测微"]
    notice = here.post()
    assert notice.title == draft.title == "关于2026年“南宁工匠”选树活动拟命名人选的公示"
    assert notice.body == "\n".join(draft.body)
    assert "拟命名丁砺锋等3名同志为" in notice.body


def test_published_twice_is_refused() -> None:
    here = ground()
    here.post()
    with pytest.raises(Refused, match="都已公示过"):
        here.post()
    assert Notice.objects.count() == 1


def test_refused_while_somebody_is_still_on_the_way() -> None:
    here = ground(people=2)
    late = case_at(here.world, here.edition, "final_review", "马驭程", values=VALUES)
    with pytest.raises(Refused, match="还有 1 人在前面的环节没有办结（马驭程）"):
        here.post()
    StageRow.objects.filter(case=late, stage="final_review").update(state="alternate")
    assert here.post().entries.count() == 2


def test_refused_until_the_four_bureaus_have_signed() -> None:
    here = ground(people=2)
    case_at(here.world, here.edition, "joint_sign", "马驭程", values=VALUES)
    with pytest.raises(Refused, match="马驭程"):
        here.post()


def test_only_approvers_of_the_publishing_body() -> None:
    here = ground()
    for name in ("zhang", "jiang", "ji", "xi"):
        with pytest.raises(NotAllowed):
            publish(actor=here.world.actor(name), at=moment(FRIDAY), programme=here.programme, stage_id="notice")


def test_neither_dated_back_nor_into_an_undecreed_year() -> None:
    here = ground()
    with pytest.raises(BadInput, match="早于今天"):
        here.post(published_on=date(2026, 9, 17))
    with pytest.raises(UndecreedYear, match="2027"):
        here.post(date(2026, 12, 29))
    assert not NoticeEntry.objects.exists()


def test_outside_the_month_of_the_notice_it_is_said_not_refused() -> None:
    here = ground()
    notice = here.post(date(2026, 9, 28))
    assert notice.last_day == date(2026, 10, 10)
    told = Entry.objects.get(action="notice.publish").body
    assert "通知规定公示至2026年9月30日止" in told


def test_a_stage_of_another_type_is_refused() -> None:
    with pytest.raises(BadInput, match="不是公示环节"):
        ground().post(stage_id="expert")
