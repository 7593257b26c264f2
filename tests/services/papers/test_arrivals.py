"""Paper that arrives: counted and missed by unit, told by its code, late or in time, with a receipt and a message."""

from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Arrival, Case, Entry, Message
from gongjiang.services.nominations.printing import sheet_of
from gongjiang.services.papers.arrived import UnitPapers, all_units
from gongjiang.services.papers.expected import Due, due_of
from gongjiang.services.papers.queries import get_arrival, visible_to
from gongjiang.services.papers.receipt import receipt_pdf
from gongjiang.services.papers.register import Brought, register, void

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = AT.date()


@pytest.fixture
def here() -> Ground:
    return ground()


def units(here: Ground) -> list[UnitPapers]:
    return all_units(here.programme, here.programme.stage("report_up"))


def bring(here: Ground, who: str = "zhang", unit: str = "county", **said: object) -> Arrival:
    usual = {"brought_by": "温和礼", "arrived_on": DAY}
    return register(
        actor=here.actor(who),
        at=AT,
        programme=here.programme,
        stage=here.programme.stage("report_up"),
        unit=here.world[unit],
        brought=Brought(**{**usual, **said}),  # type: ignore[arg-type]
    )


def code(here: Ground, case: Case, form: str) -> str:
    fresh = Case.objects.select_related("process__edition__pack", "nominator", "applying_unit").get(pk=case.pk)
    made = sheet_of(here.programme, fresh, form).code
    assert made is not None
    return made.payload


@pytest.mark.ledger("G-09", "N-14", "J-11")
def test_what_is_asked_what_came_and_what_is_missing(here: Ground) -> None:
    case = here.to("initial")
    (county,) = units(here)
    assert county.unit == here.world["county"]
    asked = [(one.expected.form, one.expected.copies) for one in county.sheets]
    assert asked == [("application", 3), ("brief", 3), ("county_sheet", 3)]
    assert county.sheets[0].missing == "盖章原件、还差 3 份"
    bring(here, counts={(case.pk, "application"): (1, 2), (case.pk, "brief"): (0, 2)})
    (county,) = units(here)
    assert [one.complete for one in county.sheets] == [True, False, False]
    assert county.sheets[1].missing == "盖章原件、还差 1 份"
    bring(here, counts={(case.pk, "brief"): (1, 0), (case.pk, "county_sheet"): (3, 0)})
    (county,) = units(here)
    assert county.missing == ()


@pytest.mark.ledger("G-09")
def test_a_code_tells_the_paper_and_whether_it_is_stale(here: Ground) -> None:
    case = here.to("initial")
    fresh = code(here, case, "application")
    old = Case.objects.get(pk=case.pk)
    bring(here, codes=f"{fresh}\n\n{fresh}\n")
    (county,) = units(here)
    assert (county.sheets[0].originals, county.sheets[0].stale) == (1, "")
    Case.objects.filter(pk=case.pk).update(values={**old.values, "post": "车间主任"})
    made = bring(here, codes=fresh)
    assert made.papers.get().stale == "职务"
    (county,) = units(here)
    assert county.sheets[0].missing == "与现在的表不一致（职务），须重新打印盖章"
    bring(here, codes=code(here, case, "application"))
    assert units(here)[0].sheets[0].stale == ""
    with pytest.raises(BadInput, match="请照原样输入"):
        bring(here, codes="看不清")
    with pytest.raises(Refused, match="不是这家单位的"):
        bring(here, codes="GJ1|nanning-2026/application|2026-999-00001|1|0123456789abcdef")


@pytest.mark.django_db(transaction=True)
@pytest.mark.ledger("J-11")
def test_the_receipt_has_a_number_and_the_unit_is_told(here: Ground) -> None:
    case = here.to("initial")
    Message.objects.all().delete()
    first = bring(here, counts={(case.pk, "application"): (1, 2)})
    second = bring(here, counts={(case.pk, "brief"): (1, 2)})
    assert (first.number, second.number) == ("ZL-260624-001", "ZL-260624-002")
    told = Message.objects.filter(organisation=here.world["county"]).order_by("id").first()
    assert told is not None
    assert told.text == "已收到贵单位2026年6月24日的纸质材料 1 种 3 份，回执 ZL-260624-001。"
    document = pypdfium2.PdfDocument(receipt_pdf(get_arrival(here.actor("wen"), first.pk)))
    text = document[0].get_textpage().get_text_range()
    for one in ("纸质材料接收回执", "ZL-260624-001", "青屿区总工会", "温和礼", "何焊平", "推荐申请表"):
        assert one in text, one
    assert Entry.objects.filter(action="paper.arrive").count() == 2
    assert not visible_to(here.actor("yuan")).exists()


@pytest.mark.ledger("N-14", "J-11")
def test_late_is_counted_in_days_by_arrival_or_by_posting(here: Ground) -> None:
    by_arrival, by_posting = Due(date(2024, 3, 31), False, ""), Due(date(2024, 3, 31), True, "")
    assert by_arrival.late_days(date(2024, 3, 31), None) == 0
    assert by_arrival.late_days(date(2024, 4, 2), date(2024, 3, 30)) == 2
    assert by_posting.late_days(date(2024, 4, 2), date(2024, 3, 31)) == 0
    assert by_posting.late_days(date(2024, 4, 2), date(2024, 4, 1)) == 1
    assert Due(None, False, "").late_days(date(2024, 4, 2), None) == 0
    due = due_of(here.programme, here.programme.stage("report_up"), here.world["county"].pk)
    assert (due.day, due.posted) == (date(2026, 6, 30), False)


def test_who_registers_and_what_cannot_be(here: Ground) -> None:
    case = here.to("initial")
    counts = {(case.pk, "application"): (1, 2)}
    for who in ("wen", "lan", "yuan", "ji"):
        with pytest.raises(NotAllowed):
            bring(here, who=who, counts=counts)
    for said, match in (
        ({"brought_by": " "}, "请写明送件人"),
        ({"arrived_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"way": "posted"}, "请填寄出日"),
        ({"way": "posted", "posted_on": DAY + timedelta(days=1)}, "寄出日不能晚于"),
        ({"counts": {}}, "至少登记一份"),
        ({"counts": {(case.pk, "application"): (1000, 0)}}, "份数为 0 至 999"),
        ({"counts": {(case.pk, "nothing"): (1, 0)}}, "不在这家单位应交的材料里"),
    ):
        with pytest.raises(BadInput, match=match):
            bring(here, **{"counts": counts, **said})
    assert not Arrival.objects.exists()


def test_a_mistake_is_struck_and_stays_on_record(here: Ground) -> None:
    case = here.to("initial")
    made = bring(here, counts={(case.pk, "application"): (1, 2)})
    with pytest.raises(NotFound):
        void(actor=here.actor("wen"), at=AT, programme=here.programme, arrival_id=made.pk, reason="x")
    void(actor=here.actor("zhang"), at=AT, programme=here.programme, arrival_id=made.pk, reason="登错单位")
    assert units(here)[0].complete == 0
    with pytest.raises(Refused, match="已经作废"):
        void(actor=here.actor("zhang"), at=AT, programme=here.programme, arrival_id=made.pk, reason="x")


def test_the_list_asks_the_same_of_the_database_for_any_number_of_people(here: Ground) -> None:
    counts = []
    for n in range(2):
        here.to("initial", ("何焊平", "岑铸山")[n])
        with CaptureQueriesContext(connection) as seen:
            units(here)
        counts.append(len(seen))
    assert counts[0] == counts[1]
