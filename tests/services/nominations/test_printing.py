"""Forms in print, from a real case: every label of the annex in its order, every value, in PDF and in Word."""

import io
import re

import pypdfium2
import pytest
from docx import Document
from tests.factories import AT, programme_at
from tests.services.formality import national
from tests.services.formality.ground import DEEDS, Ground, ground

from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case
from gongjiang.services.nominations.printing import papers_of, print_form, sheet_of
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.people.sealing import opened

pytestmark = pytest.mark.django_db


def words(text: str) -> list[str]:
    return text.split()


ANNEX_2 = words(
    "附件2 “南宁工匠”推荐申请表 填表时间 姓名 性别 出生年月 民族 籍贯 政治面貌 身份证号 学历 "
    "联系电话 参加工作时间 工作单位 职务 职称 技能等级 六项选树条件至少选填一项 是否具有工艺专长 "
    "一技之长 绝技高招 技术专长 其他 是否掌握高超技能 技术水平 国际领先 国际先进 国内领先 国内先进 "
    "是否获得专利 发明专利数量 实用新型专利数量 外观设计专利数量 是否体现领军作用 技能、技艺传授途径 "
    "带徒 培训 其他 技能、技艺传授范围 本单位 本行业 是否焕发传统技艺 从事何种传统技艺 技艺水平 "
    "地方性领先 地方性独有 国内领先 国内独有 是否为国家级、南宁市级非物质文化遗产代表性传承人 名称 "
    "是否突破技术难题 技术创新、技术攻关（项） 是否获得行业认证 所获认证 技术创新、技术攻关所取得效果 "
    "本单位 本行业 地方区域性 是否成绩出类拔萃 是否获得市级及以上技能大赛名次 所获荣誉 "
    "是否获得市级及以上科学技术奖 是否获得市级及以上技术能手、首席技师等荣誉 个人所获荣誉（市级以上） "
    "个人简历（请填写初中以来就业就学情况） 主要事迹（2000字左右） 推荐对象所在单位意见 （盖章） "
    "县（市、区）、开发区总工会、工会工委、市产业系统工会、市属基层工会意见 审批单位意见 市总工会 市工信局 "
    "市科技局 市人社局 备注 填表说明：“备注”栏的填写"
)
ANNEX_3 = words(
    "附件3 “南宁工匠”推荐部门意见表 （县、市、区、开发区推荐对象） 被推荐对象姓名 工作单位 "
    "纪检监察部门意见 盖章 工信部门意见 盖章 科技部门意见 盖章 人社部门意见 盖章 "
    "填表说明：此表由县（市、区）、开发区总工会商同级有关部门签署意见"
)
ANNEX_4 = words(
    "附件4 “南宁工匠”推荐部门意见表 （市各产业系统工会、市属基层工会推荐对象） 被推荐对象姓名 工作单位 "
    "主管单位推荐意见 盖章 纪检监察部门意见 盖章 组织人事部门意见 盖章 "
    "注：此表由市各产业系统工会、市属基层工会送主管局（单位）签署意见"
)
ANNEX_5 = words(
    "附件5 “南宁工匠”专家推荐函 填报时间 被推荐人姓名 身份证号 推荐专家之一 姓名 身份证号 工作单位 "
    "职务、职称 推荐信内容 联系电话（手机） 推荐专家之二 姓名 身份证号 工作单位 职务、职称 推荐信内容 "
    "联系电话（手机） 市、县（区）总工会审核是否属实 （盖章）"
)
NATIONAL_4 = words(
    "附件4 大国工匠培育对象推荐表 姓名 性别 出生年月 民族 学历 政治面貌 身份证号 工作单位 职务 "
    "行业 工种 职称 技术等级 何时参加工作 生产现场工作年限 电话 单位地址 邮编 主要荣誉 "
    "技能（工匠）奖项 推荐理由（300字以内） 该推荐对象不属于涉密人员或涉敏感人员 可以对外公布宣传 "
    "推荐单位意见 三位同行高级专家姓名单位职务 推荐单位： 联系人： 电话："
)


@pytest.fixture
def here() -> Ground:
    return ground()


def bare(text: str) -> str:
    return re.sub(r"\s|　", "", text)


def pdf_text(case: Case, form: str) -> str:
    document = pypdfium2.PdfDocument(print_form(programme_at(case.process.edition), case, form, "pdf"))
    try:
        return bare("".join(document[n].get_textpage().get_text_range() for n in range(len(document))))
    finally:
        document.close()


def word_text(case: Case, form: str) -> str:
    data = print_form(programme_at(case.process.edition), case, form, "docx")
    body = Document(io.BytesIO(data)).element.body
    return bare("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))


#: Labels along several rows: a PDF draws their lines between and after the boxes beside them.
ALONG = {"审批单位意见", "推荐专家之一", "推荐专家之二"}


def in_order(text: str, labels: list[str]) -> list[str]:
    """Labels that don't come in this order; none if all is well."""
    at, lost = 0, [one for one in labels if one in ALONG and not (one[:4] in text and one[4:] in text)]
    for label in labels:
        if label in ALONG:
            continue
        found = text.find(bare(label), at)
        if found < 0:
            lost.append(label)
        else:
            at = found + len(bare(label))
    return lost


def fresh(case: Case) -> Case:
    return Case.objects.select_related("process__edition__pack", "nominator", "applying_unit").get(pk=case.pk)


def missing_values(text: str, case: Case, names: list[str]) -> list[str]:
    values = opened(case.values, programme_at(case.process.edition).pack.vocabulary)
    return [name for name in names if bare(str(values[name])) not in text]


@pytest.mark.ledger("G-15", "X-03")
@pytest.mark.parametrize("read", [pdf_text, word_text])
def test_annex_2_has_every_box_in_its_order_and_every_value(here: Ground, read) -> None:
    case = here.to("dept_opinion")
    here.say(case, "application.employer", who="gong", text="同意推荐")
    here.say(case, "application.union", text="情况属实，同意上报")
    text = read(fresh(case), "application")
    assert in_order(text, ANNEX_2) == []
    plain = ["name", "gender", "ethnicity", "native_place", "political_status", "id_number", "education", "mobile"]
    plain += ["employer", "post", "professional_title", "skill_level", "main_honours", "deeds"]
    assert missing_values(text, case, plain) == []
    for told in (
        "1982年3月",
        "2003年8月",
        "厚壁管全位置焊接",
        "线上课堂",
        "1994年9月—1997年7月青屿中学初中",
        "2003年8月—至今澜江重工有限公司电焊工",
        "同意推荐澜江重工有限公司（盖章）2026年6月24日",
        "情况属实，同意上报青屿区总工会（盖章）2026年6月24日",
        "填表时间：2026年6月24日",
        "备注澜江重工有限公司单位推荐",
    ):
        assert told in text, told
    assert text.count("☑") == 5  # 绝技高招 国内领先 专利是 带徒 其他 and nothing else
    assert "☑绝技高招" in text
    assert "☑国内领先" in text
    assert "□一技之长" in text


@pytest.mark.ledger("G-07")
@pytest.mark.parametrize(
    ("route", "told", "changes"),
    [
        ("个人自主申报", "备注个人自荐", {}),
        ("单位推荐", "备注澜江重工有限公司单位推荐", {}),
        ("专业人士推荐", "备注专家推荐", {}),
        (
            "其他推荐",
            "备注望澜市总工会范新闻记者",
            {
                "unit": "city",
                "filer": "fan",
                "employer": "plant",
                "recommender_name": "范新闻",
                "recommender_post": "记者",
            },
        ),
    ],
)
def test_the_remark_follows_from_the_way_in(here: Ground, route: str, told: str, changes: dict[str, str]) -> None:
    case = here.draft(route=route, **changes) if "employer" not in changes else _elsewhere(here, route, changes)
    assert told in pdf_text(fresh(case), "application")


def _elsewhere(here: Ground, route: str, changes: dict[str, str]) -> Case:
    works = changes.pop("employer")
    case = here.draft(route=route, employer=works, **changes)
    save_values(actor=here.actor("fan"), at=AT, case_id=case.pk, changes={"employer": "澜江重工有限公司"})
    return case


@pytest.mark.ledger("G-08", "G-15")
@pytest.mark.parametrize("read", [pdf_text, word_text])
def test_annexes_3_and_4_are_the_sheets_of_their_routes(here: Ground, read) -> None:
    case, other = here.to("dept_opinion"), here.to("dept_opinion", "岑铸山", receiver="industry", who="xiao")
    here.say(case, "county_sheet.discipline", text="未发现违纪违法情形")
    here.say(other, "industry_sheet.supervisor", who="zhu", text="同意推荐")
    text = read(fresh(case), "county_sheet")
    assert in_order(text, ANNEX_3) == []
    assert "被推荐对象姓名：何焊平" in text
    assert "未发现违纪违法情形青屿区纪检监察部门盖章2026年6月24日" in text
    text = read(fresh(other), "industry_sheet")
    assert in_order(text, ANNEX_4) == []
    assert "同意推荐望澜市机械行业主管局盖章2026年6月24日" in text
    assert [name for name, _ in papers_of(here.programme, fresh(case))] == ["application", "brief", "county_sheet"]
    assert [name for name, _ in papers_of(here.programme, fresh(other))] == ["application", "brief", "industry_sheet"]


@pytest.mark.ledger("G-08")
def test_an_official_s_opinion_without_a_box_has_a_page_of_its_own(here: Ground) -> None:
    case = here.to("dept_opinion", public_official="yes")
    here.say(case, "county_sheet.population", text="无意见")
    papers = papers_of(here.programme, fresh(case))
    assert papers[-1] == ("county_sheet.population", "人口计生主管部门意见（另页）")
    assert "人口计生主管部门意见" not in pdf_text(fresh(case), "county_sheet").partition("填表说明")[0]
    assert "人口计生主管部门意见（另页）无意见青屿区人口计生部门盖章" in pdf_text(
        fresh(case), "county_sheet.population"
    )
    with pytest.raises(NotFound):
        print_form(here.programme, fresh(case), "county_sheet.nobody", "pdf")
    with pytest.raises(NotFound):
        print_form(here.programme, fresh(case), "summary", "pdf")


@pytest.mark.ledger("G-15")
@pytest.mark.parametrize("read", [pdf_text, word_text])
def test_annex_5_has_a_group_of_boxes_for_each_expert(here: Ground, read) -> None:
    case = here.filed(route="专业人士推荐")
    here.say(case, "letter_check.verify", text="属实")
    text = read(fresh(case), "expert_letter")
    assert in_order(text, ANNEX_5) == []
    for told in (
        "白引弧",
        "余定位",
        "望澜船坞",
        "我与何焊平共事多年，余定位愿意推荐。",
        "10000000081",
        "属实青屿区总工会",
    ):
        assert told in text, told


@pytest.mark.ledger("N-16")
@pytest.mark.parametrize("read", [pdf_text, word_text])
def test_the_national_form_is_generated_from_what_was_filed(read) -> None:
    world, edition = national.national_world()
    case = start_case(
        actor=world.actor("su", national.AT),
        at=national.AT,
        programme=programme_at(edition),
        award="master",
        route="单位工会提出",
        unit=world["jiangsu"],
        receiver=world["county"],
        title="何焊平",
    )
    save_values(
        actor=world.actor("su", national.AT),
        at=national.AT,
        case_id=case.pk,
        changes=national.nominee("何焊平", 1, years_on_site="17.5"),
    )
    text = read(fresh(case), "recommendation")
    assert in_order(text, NATIONAL_4) == []
    for told in (
        "1980年6月",
        "2007年7月",
        "17.5",
        national.number(1),
        "澄川市工业一路1号",
        "白引弧样例船坞首席技师",
        "余定位样例车桥高级技师",
        "蔚精铣样例航模特级技师",
        "推荐单位：江苏",
        "联系人：许汇总",
        "电话：10000009000",
    ):
        assert told in text, told
    assert "盖章" not in text  # the annex prints none: it is stamped by hand over the date


def test_a_refusal_in_a_box_reads_as_one(here: Ground) -> None:
    case = here.to("dept_opinion")
    here.say(case, "county_sheet.sci", who="ke", verdict="不同意", text="项目存疑")
    assert "不同意。项目存疑青屿区科技局盖章" in pdf_text(fresh(case), "county_sheet")


def test_the_code_on_the_page_names_the_form_the_case_and_its_version(here: Ground) -> None:
    case = fresh(here.draft())
    first = sheet_of(here.programme, case, "application").code
    assert first is not None
    assert (first.form_id, first.case_no, first.version) == (
        "nanning-2026/application",
        case.number,
        str(case.version),
    )
    again = sheet_of(here.programme, fresh(case), "application").code
    assert again == first  # printed twice, the same
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={"post": "班长"})
    changed = sheet_of(here.programme, fresh(case), "application").code
    assert changed is not None
    assert changed.digest != first.digest


def test_the_photograph_is_in_the_print(here: Ground) -> None:
    case = here.draft()
    without = print_form(here.programme, fresh(case), "application", "pdf")
    here.attach(case)
    with_photo = print_form(here.programme, fresh(case), "application", "pdf")
    assert _pictures(with_photo) == _pictures(without) + 1


def _pictures(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        return sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects())
    finally:
        document.close()


def test_long_deeds_run_over_as_many_pages_as_they_need(here: Ground) -> None:
    case = here.draft(deeds=DEEDS * 55)
    assert bare(DEEDS * 55) in re.sub(
        r"20\d\d-\d{3}-\d{5}第\d+版[0-9a-f]{8}|第\d+页共\d+页", "", pdf_text(fresh(case), "application")
    )
