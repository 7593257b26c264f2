"""The national summary sheet (annex 2): 32 columns, out and back again (ledger N-15)."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.factories import World, programme_at
from tests.services.formality.national import AT, national_world, nominee, number

from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.import_summary import Imported, import_summary
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.submit import submit
from gongjiang.services.nominations.summary import export_summary, header_of, summary_form
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme

pytestmark = pytest.mark.django_db

#: The headings as annex 2 prints them.
ANNEX = [
    "序号", "姓名", "性别", "出生年月", "民族", "学历", "政治面貌", "身份证号", "工作单位", "职务", "行业", "工种",
    "职称", "技术等级", "何时参加工作", "生产现场工作年限", "单位性质", "人员结构", "是否农民工", "主要荣誉",
    "技术技能（工匠）奖项", "同行高级专家 1 姓名单位职务", "同行高级专家 2 姓名单位职务", "同行高级专家 3 姓名单位职务",
    "推荐理由", "一句话推荐理由", "单位地址", "邮编", "推荐对象联系电话", "推荐单位", "推荐单位联系人", "联系人电话",
]  # fmt: skip
ROW = {
    "序号": "1",
    "姓名": "何焊平",
    "性别": "女",
    "出生年月": "1980.6",
    "民族": "汉",
    "学历": "大专",
    "政治面貌": "中共党员",
    "身份证号": number(1),
    "工作单位": "澄川机床有限公司",
    "职务": "装调班班长",
    "行业": "制造业",
    "工种": "数控装调维修工",
    "职称": "高级工程师",
    "技术等级": "高级技师",
    "何时参加工作": "2007.7",
    "生产现场工作年限": "10",
    "单位性质": "非公有制",
    "人员结构": "一线产业工人",
    "是否农民工": "是",
    "主要荣誉": "全国劳动模范",
    "技术技能（工匠）奖项": "中华技能大奖",
    "同行高级专家 1 姓名单位职务": "白引弧，样例船坞，首席技师",
    "同行高级专家 2 姓名单位职务": "余定位, 样例车桥首席技师",
    "推荐理由": "二十年守在装调线上。",
    "一句话推荐理由": "让每一台机床都听话的人",
    "单位地址": "澄川市工业一路1号",
    "邮编": "010000",
    "推荐对象联系电话": "10000002001",
    "推荐单位": "江苏",
    "推荐单位联系人": "许汇总",
    "联系人电话": "10000009000",
}


@pytest.fixture
def world_and_edition() -> tuple[World, object]:
    return national_world()


@pytest.fixture
def world(world_and_edition: tuple[World, object]) -> World:
    return world_and_edition[0]


@pytest.fixture
def programme(world_and_edition) -> Programme:
    return programme_at(world_and_edition[1])


def draft(world: World, programme: Programme, name: str, seq: int, **changes: object) -> Case:
    case = start_case(
        actor=world.actor("su", AT),
        at=AT,
        programme=programme,
        award="master",
        route="单位工会提出",
        unit=world["jiangsu"],
        receiver=world["county"],
        title=name,
    )
    saved = save_values(actor=world.actor("su", AT), at=AT, case_id=case.pk, changes=nominee(name, seq, **changes))
    assert saved.problems == ()
    return saved.case


def book(*rows: dict[str, object], header: list[str] | None = None) -> bytes:
    names = header or ANNEX
    return write_summary(SummarySheet("汇总表", tuple(names), tuple(tuple(r.get(n) for n in names) for r in rows)))


def bring(world: World, programme: Programme, data: bytes, unit: str = "jiangsu", who: str = "su") -> Imported:
    return import_summary(actor=world.actor(who, AT), at=AT, programme=programme, unit=world[unit], data=data)


def values(case: Case, programme: Programme) -> dict[str, object]:
    return opened(Case.objects.get(pk=case.pk).values, programme.pack.vocabulary)


def sheet_of(data: bytes) -> list[list[object]]:
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    return [[one.strip() if isinstance(one, str) else one for one in row] for row in page.iter_rows(values_only=True)]


@pytest.mark.ledger("N-15", "X-03")
def test_the_header_is_the_annex_s_32_columns(programme: Programme) -> None:
    assert header_of(programme, summary_form(programme)) == tuple(ANNEX)
    assert len(ANNEX) == 32


@pytest.mark.ledger("N-15")
def test_a_nominee_stands_in_the_row_as_the_annex_s_example_does(world: World, programme: Programme) -> None:
    draft(world, programme, "何焊平", 1)
    rows = sheet_of(export_summary(programme, list(_cases(programme))))
    assert rows[0][0] == "大国工匠培育对象推荐汇总表"
    assert rows[1] == ANNEX
    told = dict(zip(ANNEX, rows[2], strict=True))
    assert told == {
        **ROW,
        "序号": 1,
        "同行高级专家 2 姓名单位职务": "余定位，样例车桥，高级技师",
        "同行高级专家 3 姓名单位职务": "蔚精铣，样例航模，特级技师",
        "推荐理由": "二十年守在装调线上，带出三十名徒弟。",
    }


def _cases(programme: Programme):
    return (
        Case.objects.filter(process=programme.process)
        .select_related("nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation")
        .order_by("id")
    )


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


@pytest.mark.once
@pytest.mark.ledger("J-14")
def test_the_code_column_is_offered_and_the_official_layout_does_without(world: World, programme: Programme) -> None:
    case = draft(world, programme, "何焊平", 7)
    rows = list(_cases(programme))
    assert sheet_of(export_summary(programme, rows))[1] == ANNEX
    coded = export_summary(programme, rows, codes=True)
    assert sheet_of(coded)[1] == [*ANNEX, "平台编号"]
    assert sheet_of(coded)[2][-1] == case.number
    again = bring(world, programme, coded)
    assert (len(again.same), again.problems, again.asked) == (1, [], [])


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
    ]
    result = bring(world, programme, book(*rows))
    assert [one.title for one in result.made] == ["秦好人"]
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
    ]
    assert "科学记数" in told[1]
    assert "301" in told[4]
    assert "300" in told[4]
    assert told[6] == "第8行 AD列（推荐单位）：推荐单位是“浙江”，不是样例江苏省总工会。"
    assert told[7:] == ["第9行：没有姓名。", "第11行：与第10行是同一人。"]


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


def test_what_the_sheet_cannot_hold_stays(world: World, programme: Programme) -> None:
    experts = [
        {"name": "白引弧", "employer": "样例船坞", "post": "首席技师", "letter": "我愿推荐。", "trade": "装调"},
        {"name": "余，定位", "employer": "样例车桥", "post": "高级技师"},
    ]
    case = draft(world, programme, "何焊平", 1, experts=experts)
    data = export_summary(programme, list(_cases(programme)))
    assert len(bring(world, programme, data).same) == 1
    changed = {**ROW, "同行高级专家 1 姓名单位职务": "白引弧，样例船厂，首席技师", "同行高级专家 2 姓名单位职务": None}
    bring(world, programme, book(changed))
    told = values(case, programme)["experts"]
    assert told[0]["employer"] == "样例船厂"
    assert told[0]["letter"] == "我愿推荐。"
    assert told[1]["name"] == "余，定位"


TEXTS = st.text(alphabet=st.sampled_from("何焊𠮷𬭚·，,=+-@'\"<>&{}%1.6至今\n　 "), min_size=1, max_size=12).filter(
    lambda text: text.strip() != ""
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    post=TEXTS,
    reason=TEXTS,
    trade=TEXTS,
    birth=st.sampled_from(["1980-06", "1980-10", "1979-01"]),
    ownership=st.sampled_from(["非公有制", "国有企业", "其他样式"]),
    migrant=st.sampled_from(["yes", "no", ""]),
    years=st.sampled_from(["10", "10.5", "0", ""]),
)
def test_out_and_in_again_changes_nothing(world, programme, post, reason, trade, birth, ownership, migrant, years):
    Case.objects.all().delete()
    draft(
        world,
        programme,
        "𠮷·何",
        1,
        post=post,
        reason=reason,
        trade=trade,
        birth=birth,
        ownership=ownership,
        is_migrant_worker=migrant,
        years_on_site=years,
    )
    data = export_summary(programme, list(_cases(programme)))
    before = [(one.pk, one.values) for one in Case.objects.all()]
    result = bring(world, programme, data)
    assert ([str(one) for one in result.problems], len(result.same)) == ([], 1)
    assert [(one.pk, one.values) for one in Case.objects.all()] == before
    Case.objects.all().delete()  # into an empty edition: the same sheet comes out again
    bring(world, programme, data)
    assert sheet_of(export_summary(programme, list(_cases(programme)))) == sheet_of(data)


@pytest.mark.once
@pytest.mark.slow
def test_five_hundred_rows_in_reasonable_time(world: World, programme: Programme) -> None:
    rows = [{**ROW, "序号": str(n), "姓名": f"何样{n}", "身份证号": number(n)} for n in range(500)]
    assert len(bring(world, programme, book(*rows)).made) == 500


def test_an_imported_draft_is_handed_in_like_any_other(world: World, programme: Programme) -> None:
    case = bring(world, programme, book(ROW)).made[0]
    with pytest.raises(Refused, match="还不能提交"):
        submit(actor=world.actor("su", AT), at=AT, case_id=case.pk)


@pytest.mark.ledger("N-08")
def test_three_letters_and_none_from_the_own_unit(world: World, programme: Programme) -> None:
    experts = nominee("何焊平", 1)["experts"]
    own = [{**experts[0], "employer": "澄川机床有限公司"}, *experts[1:]]
    told = []
    for seq, rows in enumerate((experts, own, experts[:2]), 1):
        case = draft(world, programme, "何焊平", seq, experts=rows)
        facts = facts_of_one(programme, case, submitted=True)
        known = replace(facts, documents={"expert_letters": 3}, judgements={**facts.judgements, ("peers", ""): True})
        told.append(next(one.outcome for one in outcomes(programme, known) if one.rule == "experts"))
    assert told == ["pass", "fail", "fail"]


@pytest.mark.ledger("N-17", "X-08")
def test_a_reason_beyond_its_limit_is_not_handed_in(world: World, programme: Programme) -> None:
    case = draft(world, programme, "何焊平", 1, reason="好" * 301, reason_short="hello " * 30 + "好")
    with pytest.raises(Refused) as refused:
        submit(actor=world.actor("su", AT), at=AT, case_id=case.pk)
    told = [one.text for one in refused.value.reasons]
    assert [one for one in told if "推荐理由" in one and "301" in one] != []
    assert [one for one in told if "一句话推荐理由" in one and "31" in one] != []
    save_values(
        actor=world.actor("su", AT),
        at=AT,
        case_id=case.pk,
        changes={"reason": "好" * 300, "reason_short": "hello " * 29 + "好"},
    )
    with pytest.raises(Refused) as refused:
        submit(actor=world.actor("su", AT), at=AT, case_id=case.pk)
    assert "推荐理由" not in refused.value.text
