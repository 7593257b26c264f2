"""Whose nomination a row of the summary sheet is."""

import pytest
from tests.factories import World
from tests.services.formality.national import AT
from tests.services.nominations.summary.sheet import ANNEX, ROW, book, bring, draft, values

from gongjiang.models import Case
from gongjiang.services.nominations.import_summary import import_summary
from gongjiang.services.nominations.save import save_values
from gongjiang.services.programmes.programme import Programme

pytestmark = pytest.mark.django_db


def test_without_a_number_a_person_is_known_by_name_month_and_unit(world: World, programme: Programme) -> None:
    bare = {**ROW, "身份证号": None}
    bring(world, programme, book(bare))
    again = bring(world, programme, book({**bare, "职务": "车间主任"}))
    assert (len(again.made), len(again.changed)) == (0, 1)
    assert values(again.changed[0], programme)["post"] == "车间主任"
    numbered = bring(world, programme, book(ROW))
    assert (len(numbered.made), len(numbered.changed)) == (0, 1)
    assert Case.objects.count() == 1
    start = draft(world, programme, "何焊平", 7)
    save_values(actor=world.actor("su", AT), at=AT, case_id=start.pk, changes={"id_number": ""})
    Case.objects.exclude(pk=start.pk).update(values={**Case.objects.first().values, "id_number": ""})
    unclear = bring(world, programme, book(bare))
    one, other = Case.objects.order_by("pk")
    assert [str(said) for said in unclear.problems] == [
        f"第3行：有2人与“何焊平”对得上，请核对是哪一位：可能是何焊平（{one.number}）、何焊平（{other.number}）。"
        "请在下面选定后再导入一次，或在表末“平台编号”一列写明编号（新的人写“新增”）。"
    ]
    assert [(said.row.number, said.cases) for said in unclear.asked] == [(3, (one, other))]
    data = book({**bare, "职务": "总装班长"})
    said = import_summary(
        actor=world.actor("su", AT),
        at=AT,
        programme=programme,
        unit=world["jiangsu"],
        data=data,
        chosen={3: other.number},
    )
    assert [case.pk for case in said.changed] == [other.pk]
    assert Case.objects.count() == 2


@pytest.mark.once
@pytest.mark.ledger("J-14")
def test_half_a_likeness_is_asked_about_and_a_trailing_code_answers(world: World, programme: Programme) -> None:
    case = draft(world, programme, "何焊平", 7)
    moved = {**ROW, "身份证号": None, "工作单位": "改了名的机床厂"}
    assert len(bring(world, programme, book(moved)).asked) == 1
    header = [*ANNEX, "平台编号"]
    told = bring(world, programme, book({**moved, "平台编号": case.number}, header=header))
    assert (told.problems, [one.pk for one in told.changed]) == ([], [case.pk])
    fresh = bring(world, programme, book({**moved, "职务": "另一人", "平台编号": "新增"}, header=header))
    assert len(fresh.made) == 1
    strange = bring(world, programme, book({**moved, "平台编号": "2024-001-09999"}, header=header))
    assert [one.text for one in strange.problems] == ["本单位在本届没有编号为“2024-001-09999”的申报。"]
    astray = bring(
        world,
        programme,
        book({**moved, "姓名": "岑铸山", "出生年月": "1970.1", "平台编号": case.number}, header=header),
    )
    assert "请核对是否错行" in astray.problems[0].text
