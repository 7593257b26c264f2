"""Paper that arrives: counted and missed by unit, told by its code, late or in time, with a receipt and a message."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Arrival, Case, Entry, Message
from gongjiang.services.nominations.printing import print_form, sheet_of
from gongjiang.services.papers.arrived import UnitPapers, all_units
from gongjiang.services.papers.crossed import crossed
from gongjiang.services.papers.expected import Due, due_of
from gongjiang.services.papers.queries import get_arrival, visible_to
from gongjiang.services.papers.receipt import receipt_pdf
from gongjiang.services.papers.register import Brought, register, void
from gongjiang.services.papers.scans import take_scan

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


def change(case: Case, post: str) -> None:
    """The form says something else from now on, in a newer version of the record."""
    row = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=case.pk).update(values={**row.values, "post": post}, version=row.version + 1)


def scanned(here: Ground, case: Case) -> None:
    """The sheet as it is printed now, uploaded as if it had been stamped."""
    fresh = Case.objects.select_related("process__edition__pack", "nominator", "applying_unit").get(pk=case.pk)
    body = BytesIO(print_form(here.programme, fresh, "application", "pdf"))
    take_scan(actor=here.actor("lan"), at=AT, case_id=case.pk, name="盖章件.pdf", content=body)


def told_to(here: Ground, unit: str) -> list[str]:
    return list(Message.objects.filter(organisation=here.world[unit]).order_by("id").values_list("text", flat=True))


def print_code(here: Ground, case: Case) -> tuple[str, str]:
    """The code of the form as it is printed now, and what it is called in words."""
    payload = code(here, case, "application")
    _start, _form, _number, version, mark = payload.split("|")
    return payload, f"第{version}版 {mark[:8]}"


@pytest.mark.ledger("J-11", "N-16")
def test_paper_of_an_older_print_than_the_scan_is_told_to_both_sides(
    here: Ground, django_capture_on_commit_callbacks: Any
) -> None:
    case = here.to("initial")
    old, old_words = print_code(here, case)
    change(case, "车间主任")
    scanned(here, case)
    _new, new_words = print_code(here, case)
    with django_capture_on_commit_callbacks(execute=True):
        bring(here, codes=old)
    hint = (
        f"“南宁工匠”推荐申请表：纸质件是{old_words}，上传的盖章件是{new_words}，“职务”不同。"
        f"请补交{new_words}的盖章原件；纸质件才对的，请重新打印、盖章，两样都换。"
    )
    assert crossed([case.pk]) == {(case.pk, "application"): hint}
    assert told_to(here, "county")[-1] == f"收到的纸质件与盖章件不是同一版。{hint}"
    assert units(here)[0].unlike[0].unlike == hint
    for who in ("lan", "zhang"):
        assert hint in here.world.client(who).get(f"/nominees/{case.pk}/papers/").content.decode()
    address = f"/editions/{here.edition.pk}/papers/report_up/"
    assert "1 份与盖章件不是同一版" in here.world.client("zhang").get(address).content.decode()
    assert hint in here.world.client("zhang").get(f"{address}{here.world['county'].pk}/").content.decode()
    bring(here, codes=code(here, case, "application"))
    assert crossed([case.pk]) == {}


@pytest.mark.ledger("J-11", "N-16")
def test_a_scan_of_another_print_than_the_paper_is_told_to_the_desk(
    here: Ground, django_capture_on_commit_callbacks: Any
) -> None:
    case = here.to("initial")
    scanned(here, case)
    _old, old_words = print_code(here, case)
    change(case, "车间主任")
    new, new_words = print_code(here, case)
    bring(here, codes=new)
    unlike = f"“南宁工匠”推荐申请表：纸质件是{new_words}，上传的盖章件是{old_words}，“职务”不同。"
    hint = f"{unlike}请把收到的这张纸质件扫描后重新上传。"
    assert crossed([case.pk]) == {(case.pk, "application"): hint}
    change(case, "班长")
    with django_capture_on_commit_callbacks(execute=True):
        scanned(here, case)
    desk = Arrival.objects.get().to
    said = Message.objects.filter(organisation=desk).order_by("id").last()
    assert said is not None
    start = f"何焊平（{case.number}）新传的盖章件与收到的纸质件不是同一版。"
    assert said.text.startswith(f"{start}“南宁工匠”推荐申请表：纸质件是{new_words}")
    scanned(here, case)
    void(actor=here.actor("zhang"), at=AT, programme=here.programme, arrival_id=Arrival.objects.get().pk, reason="错")
    assert crossed([case.pk]) == {}


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
