"""The national summary sheet (annex 2) in these tests: its headings, a row, and the way in and out."""

import io

from django.db.models import QuerySet
from openpyxl import load_workbook
from tests.factories import World
from tests.services.formality.national import AT, nominee, number

from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.models import Case
from gongjiang.services.nominations.import_summary import Imported, import_summary
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme

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


def cases(programme: Programme) -> QuerySet[Case]:
    return (
        Case.objects.filter(process=programme.process)
        .select_related("nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation")
        .order_by("id")
    )
