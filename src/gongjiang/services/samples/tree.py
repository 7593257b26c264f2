"""Organisations of the samples: the national tree with annex 1's 43 units, Nanning and its invented counties.

Names of the two notices' own bodies are theirs; counties, industry unions and enterprises are invented.
"""

from datetime import datetime

from gongjiang.kernel.actor import platform
from gongjiang.models import Organisation
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.rehearsal.parties import PROVINCES

INDUSTRIES = [
    "铁路",
    "民航",
    "金融",
    "教科文卫体",
    "海员建设",
    "能源化学地质",
    "机械冶金建材",
    "国防邮电",
    "财贸轻纺烟草",
    "农林水利气象",
]
CENTRAL = ("工业和信息化部", "全国工商联")
AUTONOMOUS = {"内蒙古": "内蒙古自治区", "广西": "广西壮族自治区", "西藏": "西藏自治区", "宁夏": "宁夏回族自治区",
              "新疆": "新疆维吾尔自治区"}  # fmt: skip
CITIES = ("北京", "天津", "上海", "重庆")
#: Departments of a county's level: role, key, name.
COUNTY_OFFICES = (
    ("county_discipline", "discipline", "纪检监察部门"),
    ("county_miit", "miit", "工信部门"),
    ("county_sci", "sci", "科技部门"),
    ("county_hrss", "hrss", "人社部门"),
    ("county_population", "population", "人口计生部门"),
)
SUPERVISING = (
    ("supervisor", "supervisor", "主管局"),
    ("supervisor_discipline", "discipline", "主管局纪检监察部门"),
    ("supervisor_personnel", "personnel", "主管局组织人事部门"),
)
#: Nominating units of Nanning: key, name, role of the pack, level.
RECEIVERS = (
    ("qingyu", "青屿区总工会", "county_union", "county"),
    ("wangchuan", "望川县总工会", "county_union", "county"),
    ("yunqi", "云栖经济技术开发区总工会", "zone_union", "county"),
    ("shidu", "石渡工会工委", "union_committee", "county"),
    ("machinery", "机械产业工会", "industry_union", "industry"),
    ("construction", "建设产业工会", "industry_union", "industry"),
    ("port", "澄江港务基层工会", "direct_union", "unit"),
)
#: Enterprises: key, name, key of the union above.
FIRMS = (
    ("lanjiang", "澜江重工有限公司", "qingyu"),
    ("rail", "青屿轨道装备有限公司", "qingyu"),
    ("ceramics", "望川陶瓷有限公司", "wangchuan"),
    ("tea", "望川茶业有限公司", "wangchuan"),
    ("chips", "云栖电子有限公司", "yunqi"),
    ("hotel", "石渡酒店有限公司", "shidu"),
    ("tools", "澜江机床有限公司", "machinery"),
    ("castings", "松岭铸造有限公司", "machinery"),
    ("builders", "岚山建设工程有限公司", "construction"),
    ("harbour", "澄江港务有限公司", "port"),
)
GROUPED = {"lanjiang": "澜江控股集团", "tools": "澜江控股集团"}
NANNING_BODIES = (
    ("office", "“南宁工匠”选树工作领导小组办公室", "领导小组办公室", "body"),
    ("group", "“南宁工匠”选树工作领导小组", "领导小组", "body"),
    ("jury", "“南宁工匠”专家评审组", "专家评审组", "body"),
    ("miit", "南宁市工业和信息化局", "市工信局", "department"),
    ("sci", "南宁市科学技术局", "市科技局", "department"),
    ("hrss", "南宁市人力资源和社会保障局", "市人社局", "department"),
    ("media", "澜江日报社", "澜江日报社", "enterprise"),
)
NATIONAL_BODIES = (
    ("labour", "全国总工会劳动和经济工作部", "劳动和经济工作部", "department"),
    ("national_jury", "大国工匠培育对象专家评审委员会", "专家评审委员会", "body"),
    ("secretariat", "全国总工会书记处", "书记处", "body"),
)


class Planting:
    """Adds organisations and keeps them by key."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.found: dict[str, Organisation] = {}

    def add(
        self, key: str, name: str, level: str, under: str = "", *, short: str = "", kind: str = "union", group: str = ""
    ) -> Organisation:
        """One organisation under another."""
        made = add_organisation(
            actor=platform(),
            at=self.at,
            name=name,
            short_name=short,
            level=level,
            kind=kind,
            parent=self.found[under] if under else None,
            corp_group=self.found[group] if group else None,
        )
        self.found[key] = made
        return made


def plant(at: datetime) -> dict[str, Organisation]:
    """The whole tree, by key; units of annex 1 by their names there."""
    make = Planting(at)
    make.add("acftu", "中华全国总工会", "national", short="全国总工会")
    for key, name, short, kind in NATIONAL_BODIES:
        make.add(key, name, "national", "acftu", short=short, kind=kind)
    for name in PROVINCES:
        full = AUTONOMOUS.get(name) or (name + "市" if name in CITIES else name + "省")
        corps = name == "新疆生产建设兵团"
        make.add(name, f"{name if corps else full}总工会", "province", "新疆" if corps else "acftu", short=name)
    for name in INDUSTRIES:
        make.add(name, f"{name}工会", "industry", "acftu", short=name)
    for name in CENTRAL:
        make.add(name, name, "national", "acftu", kind="department")
    _nanning(make)
    _other_provinces(make)
    _jiangsu(make)
    _changzhou(make)
    return make.found


def _nanning(make: Planting) -> None:
    make.add("city", "南宁市总工会", "city", "广西")
    make.found["city_upper"] = make.found["city"]
    for key, name, short, kind in NANNING_BODIES:
        make.add(key, name, "city", "city", short=short, kind=kind)
    for name in sorted(set(GROUPED.values())):
        make.add(name, name, "employer", "city", kind="group")
    for key, name, _, level in RECEIVERS:
        make.add(key, name, level, "city")
        offices = COUNTY_OFFICES if level == "county" else SUPERVISING
        place = name.removesuffix("总工会").removesuffix("工会工委").removesuffix("基层工会").removesuffix("工会")
        for _, office, label in offices:
            make.add(f"{key}_{office}", f"{place}{label}", level, key, kind="department")
    for key, name, under in FIRMS:
        make.add(key, name, "employer", under, kind="enterprise", group=GROUPED.get(key, ""))


#: Units of the national samples beside 广西: an upper union and an enterprise each.
ELSEWHERE = (
    ("江苏", "锦川市总工会", "锦川精密制造有限公司"),
    ("新疆生产建设兵团", "白鹭垦区总工会", "白鹭农机有限公司"),
    ("铁路", "岚山铁路局工会", "岚山机车检修有限公司"),
    ("全国工商联", "临湖商会工会", "临湖智造有限公司"),
)


#: Of Jiangsu and Changzhou, invented but for the issuing bodies: cities and industries that recommend, enterprises.
JIANGSU = (
    ("yunhu", "云湖市总工会", "city"),
    ("tongjiang", "桐江市总工会", "city"),
    ("equipment", "江苏省轨道装备产业工会", "industry"),
)
JIANGSU_FIRMS = (
    ("heavy", "云湖重型装备有限公司", "yunhu"),
    ("cable", "云湖电缆有限公司", "yunhu"),
    ("precision", "桐江精工有限公司", "tongjiang"),
    ("carriages", "桐江轨道车辆有限公司", "equipment"),
)
CHANGZHOU = (
    ("qingfeng", "青枫区总工会", "district_union", "county"),
    ("cz_zone", "常州经开区总工会", "zone_union", "county"),
    ("cz_industry", "常州市总工会企工部", "industry_union", "industry"),
)
CHANGZHOU_FIRMS = (
    ("bearings", "青枫轴承有限公司", "qingfeng"),
    ("combs", "青枫梳篦工艺厂", "qingfeng"),
    ("solar", "经开光伏有限公司", "cz_zone"),
    ("buses", "样例公交有限公司", "cz_industry"),
)
CHANGZHOU_BODIES = (
    ("cz_labour", "常州市总工会劳经部", "department"),
    ("cz_jury", "龙城工匠评审专家组", "body"),
    ("cz_party", "常州市总工会党组", "body"),
)


def _jiangsu(make: Planting) -> None:
    for key, name, level in JIANGSU:
        make.add(key, name, level, "江苏")
    make.add("yunhu_group", "云湖控股集团", "unit", "yunhu", kind="group")
    make.add("yunhu_group_union", "云湖控股集团工会", "unit", "yunhu_group")
    for key, _, _ in JIANGSU:
        name = make.found[key].name.removesuffix("总工会").removesuffix("产业工会")
        make.add(f"{key}_discipline", f"{name}上级纪检监察部门", "unit", key, kind="department")
    for key, name, under in JIANGSU_FIRMS:
        make.add(key, name, "employer", under, kind="enterprise", group="yunhu_group" if key == "heavy" else "")
    for office in ("纪检监察室", "党委", "组织人事部"):
        make.add(f"heavy_{office}", f"云湖重装{office}", "employer", "heavy", kind="department")


def _changzhou(make: Planting) -> None:
    make.add("changzhou", "常州市总工会", "city", "江苏")
    for key, name, kind in CHANGZHOU_BODIES:
        make.add(key, name, "city", "changzhou", kind=kind)
    for key, name, _, level in CHANGZHOU:
        make.add(key, name, level, "changzhou")
    for key, name, under in CHANGZHOU_FIRMS:
        make.add(key, name, "employer", under, kind="enterprise")


def _other_provinces(make: Planting) -> None:
    for unit, upper, firm in ELSEWHERE:
        make.add(f"{unit}_upper", upper, "county", unit)
        make.add(f"{unit}_firm", firm, "employer", f"{unit}_upper", kind="enterprise")
