"""The national summary sheet read: rows become drafts, wrong cells are named (ledger N-15)."""

import pytest
from tests.factories import World
from tests.services.formality.national import AT, number
from tests.services.nominations.summary.sheet import ANNEX, ROW, book, bring, values

from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case
from gongjiang.services.programmes.programme import Programme

pytestmark = pytest.mark.django_db


@pytest.mark.ledger("N-15")
def test_a_row_becomes_a_draft(world: World, programme: Programme) -> None:
    result = bring(world, programme, book(ROW))
    assert (len(result.made), result.changed, result.problems) == (1, [], [])
    case = result.made[0]
    assert (case.title, case.state, case.nominator, case.applying_unit) == (
        "何焊平",
        "draft",
        world["jiangsu"],
        world["jiangsu"],
    )
    told = values(case, programme)
    assert told["birth"] == "1980-06"
    assert told["work_start"] == "2007-07"
    assert (told["ownership"], told["is_migrant_worker"], told["postcode"]) == ("非公有制", "yes", "010000")
    assert told["id_number"] == number(1)
    assert number(1) not in str(Case.objects.get(pk=case.pk).values)
    experts = told["experts"]
    assert [(one["name"], one["employer"], one["post"]) for one in experts] == [
        ("白引弧", "样例船坞", "首席技师"),
        ("余定位", "样例车桥首席技师", ""),
    ]


@pytest.mark.ledger("N-15")
def test_importing_twice_is_importing_once(world: World, programme: Programme) -> None:
    data = book(ROW, {**ROW, "序号": "2", "姓名": "岑铸山", "身份证号": number(2)})
    first = bring(world, programme, data)
    before = [(one.pk, one.version, one.values) for one in Case.objects.order_by("id")]
    second = bring(world, programme, data)
    assert (len(first.made), len(second.made), len(second.changed), len(second.same)) == (2, 0, 0, 2)
    assert [(one.pk, one.version, one.values) for one in Case.objects.order_by("id")] == before


@pytest.mark.ledger("N-15")
def test_the_example_row_and_remarks_are_passed_over(world: World, programme: Programme) -> None:
    example = {**ROW, "序号": "示例", "姓名": "张三", "身份证号": None, "推荐理由": "(300字以内)"}
    remark = {"序号": "注：请勿改动表头"}
    result = bring(world, programme, book(example, ROW, remark))
    assert [one.title for one in result.made] == ["何焊平"]
    assert result.notes == ["第3行：示例行，未读入。", "第5行：备注行，未读入。"]


def test_columns_may_stand_in_another_order(world: World, programme: Programme) -> None:
    result = bring(world, programme, book(ROW, header=[*reversed(ANNEX)]))
    assert values(result.made[0], programme)["post"] == "装调班班长"


def test_a_sheet_without_the_official_header_is_refused(world: World, programme: Programme) -> None:
    wrong = ["证件号" if one == "身份证号" else one for one in ANNEX]
    with pytest.raises(BadInput, match="缺少列：身份证号"):
        bring(world, programme, book({"姓名": "何焊平"}, header=wrong))
    with pytest.raises(BadInput, match="没有找到表头"):
        bring(world, programme, book({"甲": "乙"}, header=["甲", "乙"]))
    with pytest.raises(BadInput):
        bring(world, programme, b"not a workbook")
    assert not Case.objects.exists()


@pytest.mark.ledger("N-15", "N-17", "X-08")
def test_wrong_cells_are_named_and_the_other_rows_are_taken(world: World, programme: Programme) -> None:
    rows = [
        {**ROW, "身份证号": number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1")},
        {**ROW, "姓名": "岑铸山", "身份证号": 1.10105e17},
        {**ROW, "姓名": "丁砺锋", "身份证号": number(3), "出生年月": "八零年"},
        {**ROW, "姓名": "温测微", "身份证号": number(4), "性别": "妇"},
        {**ROW, "姓名": "马驭程", "身份证号": number(5), "推荐理由": "好" * 301, "一句话推荐理由": "好" * 31},
        {**ROW, "姓名": "石守窑", "身份证号": number(6), "推荐单位": "浙江"},
        {**ROW, "姓名": None, "身份证号": number(8)},
        {**ROW, "姓名": "秦好人", "身份证号": number(9), "推荐理由": "好" * 300, "一句话推荐理由": "好" * 30},
        {**ROW, "姓名": "秦好人", "身份证号": number(9)},
        {**ROW, "姓名": "丁@锋", "身份证号": number(10)},
        {**ROW, "姓名": "岑　铸山 ", "身份证号": number(11)},
    ]
    result = bring(world, programme, book(*rows))
    assert [one.title for one in result.made] == ["秦好人", "岑铸山"]
    told = [str(one) for one in result.problems]
    assert [one.partition("：")[0] for one in told] == [
        "第3行 H列（身份证号）",
        "第4行 H列（身份证号）",
        "第5行 D列（出生年月）",
        "第6行 C列（性别）",
        "第7行 Y列（推荐理由）",
        "第7行 Z列（一句话推荐理由）",
        "第8行 AD列（推荐单位）",
        "第9行",
        "第11行",
        "第12行 B列（姓名）",
    ]
    assert "科学记数" in told[1]
    assert "301" in told[4]
    assert "300" in told[4]
    assert told[6] == "第8行 AD列（推荐单位）：推荐单位是“浙江”，不是样例江苏省总工会。"
    assert told[7:9] == ["第9行：没有姓名。", "第11行：与第10行是同一人。"]
    assert "姓名中不能有“@”" in told[9]


def test_who_is_handed_in_already_is_not_written_over(world: World, programme: Programme) -> None:
    case = bring(world, programme, book(ROW)).made[0]
    case.rows.update(state="done")
    Case.objects.filter(pk=case.pk).update(state="running", submitted_at=AT)
    same = bring(world, programme, book(ROW))
    assert (len(same.same), same.problems) == (1, [])
    other = bring(world, programme, book({**ROW, "职务": "车间主任"}))
    assert [str(one) for one in other.problems] == [f"第3行：何焊平的申报已提交（{case.number}），要改动请先退回。"]
    assert Case.objects.count() == 1


def test_only_the_unit_s_own_people_import(world: World, programme: Programme) -> None:
    for who in ("qu", "cheng", "lao"):
        with pytest.raises(NotAllowed, match="您不能代样例江苏省总工会填报"):
            bring(world, programme, book(ROW), who=who)


@pytest.mark.once
@pytest.mark.slow
def test_five_hundred_rows_in_reasonable_time(world: World, programme: Programme) -> None:
    rows = [{**ROW, "序号": str(n), "姓名": f"何{chr(0x4E00 + n)}", "身份证号": number(n)} for n in range(500)]
    assert len(bring(world, programme, book(*rows)).made) == 500
