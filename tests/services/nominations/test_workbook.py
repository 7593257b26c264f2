"""The workbook that a unit fills in offline: what is on record stands in it, and it comes back cell by cell."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from tests.factories import programme_at
from tests.services.formality.national import AT, national_world, nominee, number

from gongjiang.documents.xlsx.fillable import BASE, GUIDE
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Stale
from gongjiang.models import Case, Edit, Entry, SheetImport
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.sheet_store import (
    NOTHING,
    Choices,
    get_import,
    hand_in,
    let_go,
    look,
    marked,
    seen,
    take_in,
)
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.workbook import make_workbook
from gongjiang.services.nominations.workbook_plan import MAIN
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Ground:
    """The national edition, and the officer of a province."""

    def __init__(self) -> None:
        self.world, edition = national_world()
        self.programme: Programme = programme_at(edition)
        self.unit = self.world["jiangsu"]
        self.su = self.world.actor("su", AT)

    def draft(self, name: str, seq: int, **changes: object) -> Case:
        case = start_case(
            actor=self.su, at=AT, programme=self.programme, award="master", route="单位工会提出", unit=self.unit,
            receiver=self.world["county"], title=name,
        )  # fmt: skip
        return save_values(actor=self.su, at=AT, case_id=case.pk, changes=nominee(name, seq, **changes)).case

    def download(self) -> Workbook:
        return load_workbook(io.BytesIO(make_workbook(actor=self.su, at=AT, programme=self.programme, unit=self.unit)))

    def bring(self, book: Workbook | bytes, name: str = "填报表.xlsx") -> SheetImport:
        data = book
        if not isinstance(book, bytes):
            out = io.BytesIO()
            book.save(out)
            data = out.getvalue()
        assert isinstance(data, bytes)
        return hand_in(actor=self.su, at=AT, programme=self.programme, unit=self.unit, filename=name, data=data)

    def take(self, row: SheetImport, said: Choices = NOTHING) -> Any:
        shown = seen(look(self.su, AT, self.programme, row))
        return take_in(actor=self.su, at=AT, programme=self.programme, row=row, said=said, shown=shown)

    def values(self, case: Case) -> dict[str, Any]:
        return opened(Case.objects.get(pk=case.pk).values, self.programme.pack.vocabulary)


@pytest.fixture
def here() -> Ground:
    return Ground()


def column(page: Any, heading: str) -> int:
    return next(cell.column for cell in page[2] if cell.value == heading)


def put(page: Any, row: int, **said: str) -> None:
    for heading, text in said.items():
        page.cell(row, column(page, heading)).value = text


def test_it_says_whose_it_is_locks_its_keys_and_offers_choices(here: Ground) -> None:
    case = here.draft("何焊平", 1)
    book = here.download()
    assert book.sheetnames[:2] == [GUIDE, MAIN]
    assert book[BASE].sheet_state == "veryHidden"
    guide = [one.value for one in book[GUIDE]["A"]]
    assert guide[1] == "填报单位：样例江苏省总工会"
    assert here.programme.pack.hash[:12] in guide[2]
    page = book[MAIN]
    assert page["A3"].value == "示例"
    row = {cell.value: page.cell(4, cell.column).value for cell in page[2]}
    assert (row["姓名"], row["出生年月"], row["身份证号"], row["平台编号"]) == (
        "何焊平", "1980.6", number(1), case.number,
    )  # fmt: skip
    assert page.protection.sheet
    assert page.cell(2, column(page, "姓名")).protection.locked
    assert page.cell(4, column(page, "平台编号")).protection.locked
    assert not page.cell(4, column(page, "姓名")).protection.locked
    lists = {str(one.sqref).split(":")[0]: one for one in page.data_validations.dataValidation}
    gender = lists[page.cell(4, column(page, "性别")).coordinate]
    assert (gender.type, gender.formula1) == ("list", '"男,女"')
    reason = lists[page.cell(4, column(page, "推荐理由")).coordinate]
    assert reason.prompt == "不超过300字（按Word的“字数”计）。"
    assert len(book.sheetnames) > 4


def test_untouched_it_changes_nothing_and_twice_is_once(here: Ground) -> None:
    here.draft("何焊平", 1)
    before = [(one.pk, one.version, one.values) for one in Case.objects.all()]
    book = here.download()
    found = look(here.su, AT, here.programme, here.bring(book))
    assert ([str(one) for one in found.problems], len(found.same), found.made, found.changed) == ([], 1, [], [])
    put(book[MAIN], 5, 序号="2", 姓名="岑铸山", 身份证号=number(2), 性别="女", 出生年月="1980年6月")
    first, second = here.take(here.bring(book)), here.take(here.bring(book))
    assert (len(first.made), len(first.same)) == (1, 1)
    assert (len(second.made), len(second.changed), len(second.same)) == (0, 0, 2)
    assert [(one.pk, one.version, one.values) for one in Case.objects.order_by("id")[:1]] == before
    assert here.values(first.made[0])["birth"] == "1980-06"
    assert Edit.objects.get(case=first.made[0]).source == "离线填报表"


def test_rows_of_further_sheets_go_to_their_person(here: Ground) -> None:
    case = here.draft("何焊平", 1)
    book = here.download()
    title = next(name for name in book.sheetnames if "专家" in name)
    page = book[title]
    held = [row[0].value for row in page.iter_rows(min_row=4, max_row=6)]
    assert held == ["1", "1", "1"]
    heading = next(cell.value for cell in page[2] if cell.value and "单位" in cell.value)
    put(page, 4, **{heading: "样例船厂"})
    put(book[MAIN], 5, 序号="2", 姓名="岑铸山", 身份证号=number(2))
    name = next(cell.value for cell in page[2] if cell.value and "姓名" in cell.value)
    page.cell(7, 1).value = "2"
    put(page, 7, **{name: "温和礼", heading: "样例船坞"})
    page.cell(8, 1).value = "9"
    put(page, 8, **{name: "无人"})
    row = here.bring(book)
    found = look(here.su, AT, here.programme, row)
    assert [str(one) for one in found.problems] == [f"“{title}”表 第8行 A列（序号）：“填写”表里没有序号“9”。"]
    done = here.take(row)
    told = here.values(case)["experts"]
    assert (told[0]["employer"], told[0]["id"], told[1]["employer"], len(told)) == ("样例船厂", "r1", "样例车桥", 3)
    fresh = here.values(done.made[0])["experts"]
    assert [(one["id"], one["name"], one["employer"]) for one in fresh] == [("r1", "温和礼", "样例船坞")]


def test_what_both_sides_changed_is_shown_and_chosen(here: Ground) -> None:
    case = here.draft("何焊平", 1)
    book = here.download()
    put(book[MAIN], 4, 职务="车间主任", 工种="焊工", 行业="建筑业")
    save_values(actor=here.su, at=AT, case_id=case.pk, changes={"post": "总装班长", "ethnicity": "壮"})
    row = here.bring(book)
    found = look(here.su, AT, here.programme, row)
    assert [(one.heading, one.now, one.said) for one in found.clashes] == [("职务", "总装班长", "车间主任")]
    assert [(one.heading, one.now, one.said) for one in found.changed[0].cells] == [
        ("行业", "制造业", "建筑业"),
        ("工种", "数控装调维修工", "焊工"),
    ]
    here.take(row)
    told = here.values(case)
    assert (told["post"], told["trade"], told["ethnicity"]) == ("总装班长", "焊工", "壮")
    here.take(row, Choices({}, frozenset({"4-职务"})))
    assert here.values(case)["post"] == "车间主任"


def test_a_cell_that_was_emptied_is_emptied(here: Ground) -> None:
    case = here.draft("何焊平", 1)
    book = here.download()
    put(book[MAIN], 4, 职务="")
    here.take(here.bring(book))
    assert here.values(case)["post"] == ""
    assert here.values(case)["trade"] == "数控装调维修工"


def test_a_change_after_the_look_is_not_written_over(here: Ground) -> None:
    case = here.draft("何焊平", 1)
    book = here.download()
    put(book[MAIN], 4, 工种="焊工")
    row = here.bring(book)
    shown = seen(look(here.su, AT, here.programme, row))
    save_values(actor=here.su, at=AT, case_id=case.pk, changes={"ethnicity": "壮"})
    with pytest.raises(Stale, match="请再看一遍"):
        take_in(actor=here.su, at=AT, programme=here.programme, row=row, said=NOTHING, shown=shown)
    assert here.values(case)["trade"] == "数控装调维修工"


@pytest.mark.ledger("N-15")
def test_errors_come_back_in_the_same_workbook_and_go_when_they_are_mended(here: Ground) -> None:
    book = here.download()
    page = book[MAIN]
    put(page, 4, 序号="1", 姓名="何焊平", 身份证号=number(1), 性别="妇", 推荐理由="好" * 301)
    put(page, 5, 序号="2", 姓名="岑铸山", 身份证号=number(2), 职务="炉长")
    row = here.bring(book)
    data, name = marked(here.su, AT, here.programme, row)
    back = load_workbook(io.BytesIO(data))
    assert name == "填报表.xlsx"
    cell = back[MAIN].cell(4, column(page, "性别"))
    assert (cell.value, cell.fill.fgColor.rgb) == ("妇", "FFFFC7CE")
    assert "只能选：男、女" in cell.comment.text
    listed = [[one.value for one in row] for row in back["错误"].iter_rows()]
    assert listed[0] == ["工作表", "单元格", "栏目", "填的内容", "问题", "怎样改"]
    assert [one[1:3] for one in listed[1:]] == [
        [cell.coordinate, "性别"],
        [back[MAIN].cell(4, column(page, "推荐理由")).coordinate, "推荐理由"],
    ]
    assert back[MAIN].cell(5, column(page, "职务")).value == "炉长"
    done = here.take(row)
    assert [one.title for one in done.made] == ["岑铸山"]
    put(back[MAIN], 4, 性别="女", 推荐理由="好" * 300)
    mended = here.bring(back)
    assert look(here.su, AT, here.programme, mended).problems == []
    clean, _ = marked(here.su, AT, here.programme, mended)
    again = load_workbook(io.BytesIO(clean))
    assert again[MAIN].cell(4, column(page, "性别")).fill.fgColor.rgb != "FFFFC7CE"
    assert [one.title for one in here.take(mended).made] == ["何焊平"]
    assert Case.objects.count() == 2


def test_the_workbook_of_another_unit_or_edition_is_refused(here: Ground) -> None:
    data = make_workbook(actor=here.su, at=AT, programme=here.programme, unit=here.unit)
    qu = here.world.actor("qu", AT)
    with pytest.raises(BadInput, match="不是样例西藏总工会的"):
        hand_in(actor=qu, at=AT, programme=here.programme, unit=here.world["xizang"], filename="a.xlsx", data=data)
    with pytest.raises(NotAllowed):
        make_workbook(actor=qu, at=AT, programme=here.programme, unit=here.unit)
    assert not SheetImport.objects.exists()


def test_only_who_files_sees_it_and_it_rests_sealed(here: Ground, settings: Any) -> None:
    here.draft("何焊平", 1)
    row = here.bring(here.download())
    with pytest.raises(NotFound):
        get_import(here.world.actor("qu", AT), here.programme, here.unit, row.pk)
    kept = Path(settings.MEDIA_ROOT).parent / "sheets" / f"{row.pk}.sealed"
    assert kept.read_bytes()[:4] == b"GJS1"
    let_go(actor=here.su, at=AT, row=row)
    assert SheetImport.objects.get(pk=row.pk).state == "dropped"
    assert Entry.objects.filter(action="summary.drop").count() == 1
