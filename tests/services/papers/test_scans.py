"""Stamped scans: printed, stamped, scanned, uploaded; matched to the print, refused when stale or somebody else's."""

from io import BytesIO

import pytest
from tests.factories import AT
from tests.rules.evidence import samples
from tests.services.formality.ground import Ground, ground
from tests.services.papers.ground import scan_of

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Entry, File, Opinion, PrintedSheet, StampedScan
from gongjiang.services.nominations.printing import print_form, sheet_of
from gongjiang.services.nominations.save import save_values
from gongjiang.services.papers.scans import NoCode, papers_with_scans, take_scan

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def here() -> Ground:
    return ground()


def take(here: Ground, case: Case, data: bytes, who: str = "lan", **said: str) -> StampedScan:
    return take_scan(actor=here.actor(who), at=AT, case_id=case.pk, name="盖章件.jpg", content=BytesIO(data), **said)


def paper(here: Ground, case: Case, form: str):
    fresh = Case.objects.select_related("process__edition__pack", "nominator", "applying_unit").get(pk=case.pk)
    return next(one for one in papers_with_scans(here.programme, fresh) if one.form == form)


@pytest.mark.ledger("N-16", "J-11", "G-09")
def test_a_stamped_scan_is_matched_to_what_was_printed(here: Ground) -> None:
    case = here.draft()
    kept = take(here, case, scan_of(case, "application"))
    assert (kept.form, kept.matched, kept.file.attachment, kept.file.kind) == ("application", "code", "stamped", "jpg")
    assert paper(here, case, "application").changed == ()
    assert Entry.objects.filter(action="file.add", case_id=case.pk).exists()


@pytest.mark.ledger("N-16")
def test_a_stale_print_is_refused_with_what_changed(here: Ground) -> None:
    case = here.draft()
    old = scan_of(case, "application")
    case.refresh_from_db()
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={"post": "焊接车间主任"}, version=case.version)
    with pytest.raises(Refused, match=r"申请表打印之后，“职务”有改动.*请重新打印、盖章后再传"):
        take(here, case, old)
    assert not File.objects.filter(case=case, attachment="stamped").exists()
    kept = take(here, case, scan_of(case, "application"))
    case.refresh_from_db()
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={"post": "班长"}, version=case.version)
    assert paper(here, case, "application").changed == ("职务",)
    assert StampedScan.objects.get(pk=kept.pk).printed is not None


def test_what_the_form_does_not_print_makes_no_print_stale(here: Ground) -> None:
    """Years in the trade are asked beside the annex: the version of the record moves on, the print stands."""
    case = here.draft()
    old = scan_of(case, "application")
    case.refresh_from_db()
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={"years_in_city": "23"}, version=case.version)
    assert take(here, case, old).form == "application"


@pytest.mark.ledger("G-08")
def test_opinions_filled_since_do_not_make_the_sheet_stale_but_a_changed_one_does(here: Ground) -> None:
    case = here.to("dept_opinion")
    old = scan_of(case, "county_sheet")
    here.say(case, "county_sheet.miit", who="wen", text="同意推荐")
    kept = take(here, case, old, who="wen")
    assert Opinion.objects.get(case=case, sheet="county_sheet", party="miit").scan == kept.file
    printed_with = scan_of(case, "county_sheet")
    here.say(case, "county_sheet.miit", who="wen", verdict="不同意", text="情况有变")
    with pytest.raises(Refused, match="“工信部门意见”有改动"):
        take(here, case, printed_with, who="wen")


def test_another_nominees_sheet_and_another_platforms_code_are_refused(here: Ground) -> None:
    case, other = here.draft(), here.draft("岑铸山")
    with pytest.raises(Refused, match=f"编号 {other.number}"):
        take(here, case, scan_of(other, "application"))
    scan = scan_of(case, "application")
    PrintedSheet.objects.filter(case=case).delete()
    with pytest.raises(Refused, match="没有这样一次打印的记录"):
        take(here, case, scan)


def test_without_a_readable_code_it_is_typed_in_or_an_officer_says_why(here: Ground) -> None:
    case = here.filed()
    hidden = scan_of(case, "application", covered=True)
    with pytest.raises(NoCode, match="没有读出页码"):
        take(here, case, hidden)
    with pytest.raises(NoCode):  # only who runs the step may accept it
        take(here, case, hidden, form="application", reason="印章盖住了")
    with pytest.raises(BadInput, match="请照原样输入"):
        take(here, case, hidden, typed="看不清")
    fresh = Case.objects.select_related("process__edition__pack", "nominator", "applying_unit").get(pk=case.pk)
    code = sheet_of(here.programme, fresh, "application").code
    assert code is not None
    assert take(here, case, hidden, typed=code.caption).matched == "typed"
    with pytest.raises(BadInput, match="请选择这是哪一张表"):
        take(here, case, hidden, who="wen", reason="印章盖住二维码，已与原件核对", form="x")
    kept = take(here, case, hidden, who="wen", reason="印章盖住二维码，已与原件核对", form="application")
    assert (kept.matched, kept.printed) == ("accepted", None)


def test_strangers_and_bad_files(here: Ground) -> None:
    case = here.draft()
    with pytest.raises(NotFound):
        take(here, case, b"", who="yin")
    filed = here.filed("岑铸山")
    with pytest.raises(NotAllowed):
        take(here, filed, samples.pdf(), who="zhang")
    with pytest.raises(BadInput, match="文件是空的"):
        take(here, case, b"")
    with pytest.raises(BadInput):
        take(here, case, b"<svg/>")


def test_the_same_content_is_remembered_once_and_holds_nothing_in_clear(here: Ground) -> None:
    case = here.draft()
    fresh = Case.objects.select_related("process__edition__pack", "nominator", "applying_unit").get(pk=case.pk)
    for _ in range(2):
        print_form(here.programme, fresh, "application", "docx")
    row = PrintedSheet.objects.get(case=case)
    assert "何焊平" not in str(row.marks)
    assert "澜江" not in str(row.marks)
