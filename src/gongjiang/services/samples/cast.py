"""The named cast: one account each, with what waits for them in the sample editions."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from gongjiang.models import Grant, Organisation, User

#: The password of every sample account; printed at start, and of no use anywhere else.
PASSWORD = "jiangxin-2026"  # noqa: S105  printed at every start of a sample installation


@dataclass(frozen=True)
class Member:
    """Somebody of the cast: account, name, grants as (organisation's key, role), what they do."""

    account: str
    name: str
    grants: tuple[tuple[str, str], ...]
    does: str


CAST: tuple[Member, ...] = (
    Member("hehanping", "何焊平", (("lanjiang", "filer"),), "职工：填写自己的推荐申请表（南宁）"),
    Member("cenzhushan", "岑铸山", (("lanjiang", "officer"), ("lanjiang", "approver")), "所在单位：签署单位意见"),
    Member("jiangtianbao", "江填报", (("rail", "filer"),), "单位填报员：单位推荐；全国项目的单位工会"),
    Member("lengchangban", "冷厂办", (("rail", "officer"),), "青屿轨道装备：签署单位意见"),
    Member("wenmeiti", "闻媒体", (("media", "filer"),), "澜江日报社：其他推荐（媒体向工会推荐）"),
    Member("wenheli", "温和礼", (("qingyu", "officer"),), "青屿区总工会经办：受理、审核、上报"),
    Member("jiangshen", "蒋审", (("qingyu", "approver"),), "青屿区总工会审批：推荐把关"),
    Member("mojijian", "莫纪检", (("qingyu_discipline", "department"),), "青屿区纪检监察部门：签署意见"),
    Member("liaogongxin", "廖工信", (("qingyu_miit", "department"),), "青屿区工信部门：签署意见"),
    Member("lukeji", "陆科技", (("qingyu_sci", "department"),), "青屿区科技部门：签署意见"),
    Member("nongrenshe", "农人社", (("qingyu_hrss", "department"),), "青屿区人社部门：签署意见"),
    Member("birenkou", "闭人口", (("qingyu_population", "department"),), "青屿区人口计生部门：签署意见"),
    Member(
        "weichanye",
        "韦产业",
        (("machinery", "officer"), ("machinery", "approver")),
        "机械产业工会：受理、审核、上报",
    ),
    Member(
        "qinzhuguan",
        "覃主管",
        tuple((f"machinery_{one}", "department") for one in ("supervisor", "discipline", "personnel")),
        "主管局三个部门：签署意见",
    ),
    Member("yanjinzhi", "严谨之", (("office", "officer"),), "领导小组办公室经办：筹备届次、组织评审、办理异议"),
    Member(
        "zhangyouxu",
        "章有序",
        (("office", "approver"),),
        "领导小组办公室审批：发布届次，确定初审、评审名单，处理异议",
    ),
    Member("luojijing", "罗技精", (("jury", "expert"),), "评审专家：打分"),
    Member("longgongqiao", "龙工巧", (("jury", "expert"),), "评审专家：打分"),
    Member("luyizhan", "卢艺湛", (("jury", "expert"),), "评审专家：打分"),
    Member("dengyanshen", "邓研深", (("jury", "expert"),), "评审专家：打分"),
    Member("lingzonggong", "凌总工", (("city", "officer"), ("city", "approver")), "市总工会：评定名单、命名"),
    Member("pingfuhe", "平复核", (("city", "approver"),), "市总工会第二位审批：批准追责、退出的处理意见"),
    Member("leilingdao", "雷领导", (("group", "approver"),), "领导小组：审定名单、发布公示"),
    Member("gangongxin", "甘工信", (("miit", "department"),), "市工信局：签署审批意见"),
    Member("tangkeji", "唐科技", (("sci", "department"),), "市科技局：签署审批意见"),
    Member("shirenshe", "石人社", (("hrss", "department"),), "市人社局：签署审批意见"),
    Member("xieduming", "谢督明", (("city", "observer"),), "纪检监督：全程查看，不办理"),
    Member("zouguanli", "邹管理", (("city", "org_admin"),), "单位管理员：人员与下级单位"),
    Member("hexitong", "贺系统", (("acftu", "system_admin"),), "系统管理员：账号、日历、审计"),
    Member("qinshangji", "秦上级", (("city", "officer"), ("city_upper", "approver")), "全国项目的上级工会：审核转报"),
    Member("yinshengban", "尹省办", (("广西", "officer"),), "广西总工会经办：排序、填汇总表"),
    Member("baishengshen", "柏省审", (("广西", "approver"),), "广西总工会审批：按名额确定人选、报送"),
    Member("chilaojing", "池劳经", (("labour", "officer"),), "全国总工会劳动和经济工作部经办：形式审查"),
    Member("qiaolaoshen", "乔劳审", (("labour", "approver"),), "全国总工会劳动和经济工作部审批：评审名单"),
    Member("guanshuji", "关书记", (("secretariat", "approver"),), "书记处：审定"),
    Member("wuquanzong", "武全总", (("acftu", "officer"), ("acftu", "approver")), "全国总工会：公示、公布"),
    Member("luodashi", "骆大师", (("national_jury", "expert"),), "全国评审专家：打分"),
    Member("jinghangjia", "景行家", (("national_jury", "expert"),), "全国评审专家：打分"),
    Member("shajinggong", "沙精工", (("national_jury", "expert"),), "全国评审专家：打分"),
    Member("jishengyi", "纪胜艺", (("national_jury", "expert"),), "全国评审专家：打分"),
    Member("shiqigong", "史企工", (("heavy", "filer"), ("heavy", "officer")), "江苏：企业工会，提名、办理企业推荐程序"),
    Member("bailaozong", "白老总", (("heavy", "officer"), ("heavy", "approver")), "江苏：所在企业，签署企业意见"),
    Member("yejijian", "叶纪检", (("heavy_纪检监察室", "department"),), "江苏：企业纪检监察室，签署意见"),
    Member("fangdangwei", "方党委", (("heavy_党委", "department"),), "江苏：企业党委，签署会议研究意见"),
    Member("zhushangji", "祝上纪", (("yunhu_discipline", "department"),), "江苏：上级纪检监察部门，签署意见"),
    Member(
        "sujituan",
        "苏集团",
        (("yunhu_group", "department"), ("yunhu_group_union", "department")),
        "江苏：集团公司和集团工会，签署意见",
    ),
    Member("gushigong", "顾市工", (("yunhu", "officer"),), "江苏：云湖市总工会经办，审核把关、上报"),
    Member("lushizhu", "陆市主", (("yunhu", "approver"),), "江苏：云湖市总工会审批，确定人选"),
    Member("shenshengban", "沈省办", (("江苏", "officer"),), "江苏省总工会经办：筹备届次、收材料、上报"),
    Member("qianshengshen", "钱省审", (("江苏", "approver"),), "江苏省总工会审批：确定人选、报全国总工会"),
    Member("qingjiceng", "卿基层", (("bearings", "filer"), ("bearings", "officer")), "常州：申报单位工会"),
    Member("quguan", "瞿区管", (("qingfeng", "officer"), ("qingfeng", "approver")), "常州：青枫区总工会，推荐"),
    Member("laojing", "郝劳经", (("cz_labour", "officer"), ("cz_labour", "approver")), "常州市总工会劳经部：形式审查"),
    Member("huishen", "惠审", (("cz_jury", "approver"),), "常州：专家组会审"),
    Member("dangzu", "党立言", (("cz_party", "approver"),), "常州市总工会党组：审议"),
    Member("longcheng", "龙城公", (("changzhou", "officer"), ("changzhou", "approver")), "常州市总工会：公示、公布"),
)  # fmt: skip


def engage(tree: dict[str, Organisation], since: datetime) -> None:
    """Accounts and grants of the whole cast. One hash for all: the password is printed anyway."""
    hashed = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(username=one.account, full_name=one.name, password=hashed, is_active=True) for one in CAST
    )
    Grant.objects.bulk_create(
        Grant(user=user, organisation=organisation, role=role, since=since)
        for user, member in zip(users, CAST, strict=True)
        for organisation, role in dict.fromkeys((tree[key], role) for key, role in member.grants)
    )
