"""The national summary sheet (annex 2) as it goes out: 32 columns, and the same back in (ledger N-15)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import World
from tests.services.nominations.summary.sheet import ANNEX, ROW, book, bring, cases, draft, sheet_of, values

from gongjiang.models import Case
from gongjiang.services.nominations.summary import export_summary, header_of, summary_form
from gongjiang.services.programmes.programme import Programme

pytestmark = pytest.mark.django_db


@pytest.mark.ledger("N-15", "X-03")
def test_the_header_is_the_annex_s_32_columns(programme: Programme) -> None:
    assert header_of(programme, summary_form(programme)) == tuple(ANNEX)
    assert len(ANNEX) == 32


@pytest.mark.ledger("N-15")
def test_a_nominee_stands_in_the_row_as_the_annex_s_example_does(world: World, programme: Programme) -> None:
    draft(world, programme, "何焊平", 1)
    rows = sheet_of(export_summary(programme, list(cases(programme))))
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


@pytest.mark.once
@pytest.mark.ledger("J-14")
def test_the_code_column_is_offered_and_the_official_layout_does_without(world: World, programme: Programme) -> None:
    case = draft(world, programme, "何焊平", 7)
    rows = list(cases(programme))
    assert sheet_of(export_summary(programme, rows))[1] == ANNEX
    coded = export_summary(programme, rows, codes=True)
    assert sheet_of(coded)[1] == [*ANNEX, "平台编号"]
    assert sheet_of(coded)[2][-1] == case.number
    again = bring(world, programme, coded)
    assert (len(again.same), again.problems, again.asked) == (1, [], [])


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
    data = export_summary(programme, list(cases(programme)))
    before = [(one.pk, one.values) for one in Case.objects.all()]
    result = bring(world, programme, data)
    assert ([str(one) for one in result.problems], len(result.same)) == ([], 1)
    assert [(one.pk, one.values) for one in Case.objects.all()] == before
    Case.objects.all().delete()  # into an empty edition: the same sheet comes out again
    bring(world, programme, data)
    assert sheet_of(export_summary(programme, list(cases(programme)))) == sheet_of(data)


def test_what_the_sheet_cannot_hold_stays(world: World, programme: Programme) -> None:
    experts = [
        {"name": "白引弧", "employer": "样例船坞", "post": "首席技师", "letter": "我愿推荐。", "trade": "装调"},
        {"name": "余，定位", "employer": "样例车桥", "post": "高级技师"},
    ]
    case = draft(world, programme, "何焊平", 1, experts=experts)
    data = export_summary(programme, list(cases(programme)))
    assert len(bring(world, programme, data).same) == 1
    changed = {**ROW, "同行高级专家 1 姓名单位职务": "白引弧，样例船厂，首席技师", "同行高级专家 2 姓名单位职务": None}
    bring(world, programme, book(changed))
    told = values(case, programme)["experts"]
    assert told[0]["employer"] == "样例船厂"
    assert told[0]["letter"] == "我愿推荐。"
    assert told[1]["name"] == "余，定位"
