"""Sheets of the two notices' annexes with invented people, as a service would build them."""

import io

from PIL import Image

from gongjiang.documents import layout as lo

CODE = lo.PageCode("nanning-2026/application", "NN26-0017", "3", "9f2c4be1a07733d0" * 4)


def photo(position: bool = False) -> bytes:
    """A plain picture of 2-inch proportion; with `position` it says where it was taken."""
    out = io.BytesIO()
    image = Image.new("RGB", (350, 490), (200, 214, 229))
    exif = image.getexif()
    if position:
        exif[0x010E] = "22.8N 108.3E"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def option(label: str, ticked: bool = False, fill: str | None = None, fill_label: str = "") -> lo.CheckOption:
    return lo.CheckOption(label, ticked, fill, fill_label)


def yes_no(yes: bool, fill: str | None = None, fill_label: str = "") -> tuple[lo.CheckOption, ...]:
    return (option("是", yes, fill, fill_label), option("否", not yes))


def nanning_checks() -> lo.Checks:
    """The six conditions of annex 2."""
    line = lo.CheckLine
    craft = line(
        "",
        (
            option("一技之长", True, "薄板对接单面焊双面成形"),
            option("绝技高招", False, ""),
            option("技术专长", False, ""),
            option("其他", False, ""),
        ),
    )
    level = line("1.技术水平", (option("国际领先"), option("国际先进"), option("国内领先", True), option("国内先进")))
    way = line("1.技能、技艺传授途径", (option("带徒", True), option("培训", True), option("其他", False, "")))
    scope = line("2.技能、技艺传授范围", (option("本单位"), option("本行业", True), option("其他", False, "")))
    heirs = "3.是否为国家级、南宁市级非物质文化遗产代表性传承人"
    art = line("2.技艺水平", tuple(map(option, ("地方性领先", "地方性独有", "国内领先", "国内独有"))))
    effect = line(
        "3.技术创新、技术攻关所取得效果",
        (option("本单位", True, "降低返修率12%"), option("本行业", False, ""), option("地方区域性", False, "")),
    )
    titles = line("3.是否获得市级及以上技术能手、首席技师等荣誉", (lo.CheckOption("所获荣誉", fill="", box=False),))
    return lo.Checks(
        (
            lo.CheckItem("是否具有工艺专长", (craft,)),
            lo.CheckItem(
                "是否掌握高超技能",
                (
                    level,
                    line("2.是否获得专利", yes_no(True)),
                    line("发明专利数量", fill="2"),
                    line("实用新型专利数量", fill="5"),
                    line("外观设计专利数量", fill=""),
                ),
            ),
            lo.CheckItem("是否体现领军作用", (way, scope)),
            lo.CheckItem(
                "是否焕发传统技艺", (line("1.从事何种传统技艺", fill=""), art, line(heirs, yes_no(False, "", "名称")))
            ),
            lo.CheckItem(
                "是否突破技术难题",
                (
                    line("1.技术创新、技术攻关（项）", fill="7"),
                    line("2.是否获得行业认证", yes_no(False, "", "所获认证")),
                    effect,
                ),
            ),
            lo.CheckItem(
                "是否成绩出类拔萃",
                (
                    line(
                        "1.是否获得市级及以上技能大赛名次", yes_no(True, "南宁职工职业技能大赛焊接第一名", "所获荣誉")
                    ),
                    line("2.是否获得市级及以上科学技术奖", yes_no(False, "", "所获荣誉")),
                    titles,
                ),
            ),
        )
    )


def nanning_grid(name: str = "何焊平") -> lo.Grid:
    cell = lo.Cell
    return lo.Grid(
        (
            (
                cell("姓 名", name),
                cell("性 别", "男"),
                cell("出生年月", "1985年6月"),
                lo.PhotoCell("（2寸正面免冠白底彩色照片）", photo(), 4),
            ),
            (cell("民 族", "壮族"), cell("籍 贯", "广西南宁"), cell("政治面貌", "中共党员")),
            (cell("身份证号", "990000198506150017"), cell("学 历", "大专")),
            (cell("联系电话", "10000000017"), cell("参加工作时间", "2004年7月")),
            (cell("工作单位", "邕宁样例重工有限责任公司"), cell("职 务", "焊接班班长")),
            (cell("职 称", "工程师"), cell("技能等级", "高级技师")),
        )
    )


def annex_2(name: str = "何焊平", deeds: str = "在焊接岗位上二十一年。" * 20) -> lo.Sheet:
    """Nanning annex 2, the application form."""
    resume = (
        ("2000.9", "2004.6", "样例技工学校", "焊接专业学生"),
        ("2004.7", "至今", "邕宁样例重工有限责任公司", "焊工"),
    )
    union = "县（市、区）、开发区总工会、工会工委、市产业系统工会、市属基层工会意见"
    bureaus = tuple(lo.OpinionCell(label) for label in ("市总工会", "市工信局", "市科技局", "市人社局"))
    return lo.Sheet(
        "“南宁工匠”推荐申请表",
        (
            lo.Line((("填表时间", "2026年6月12日"),), align="right"),
            nanning_grid(name),
            lo.Note(
                "具有工艺专长、掌握高超技能、体现领军作用、焕发传统技艺、\n"
                "突破技术难题、成绩出类拔萃 六项选树条件至少选填一项"
            ),
            nanning_checks(),
            lo.TextBlock("个人所获荣誉（市级以上）", "2023年 南宁市技术能手\n2025年 南宁市五一劳动奖章", 4),
            lo.Table(
                "个人简历（请填写初中以来就业就学情况）",
                ("起", "止", "单位或学校", "岗位或专业"),
                resume,
                4,
                (2, 2, 5, 4),
            ),
            lo.TextBlock("主要事迹（2000字左右）", deeds, 8, "under"),
            lo.Opinions(
                (
                    lo.OpinionCell("推荐对象所在单位意见", "情况属实，同意推荐。", dated="2026年6月13日"),
                    lo.OpinionCell(union),
                )
            ),
            lo.Opinions(bureaus, 2, "审批单位意见"),
            lo.TextBlock("备注", "样例重工单位推荐", 1),
            lo.Note(
                "填表说明：“备注”栏的填写，属于个人申报的，请填 “个人自荐”；"
                "属于单位推荐的，请填“xxxx（单位名称）单位推荐“。"
            ),
        ),
        annex="附件2",
        code=CODE,
    )


def annex_3() -> lo.Sheet:
    """Nanning annex 3, the departments' opinion sheet."""
    parties = ("纪检监察部门意见", "工信部门意见", "科技部门意见", "人社部门意见")
    return lo.Sheet(
        "“南宁工匠”推荐部门意见表",
        (
            lo.Line((("被推荐对象姓名", "岑铸山"), ("工作单位", "武鸣样例铸造厂")), align="spread"),
            lo.Opinions(tuple(lo.OpinionCell(label, stamp="盖章", min_lines=5) for label in parties)),
            lo.Note("填表说明：此表由县（市、区）、开发区总工会商同级有关部门签署意见。"),
        ),
        annex="附件3",
        subtitle="（县、市、区、开发区推荐对象）",
        code=CODE,
    )


def annex_5() -> lo.Sheet:
    """Nanning annex 5, the experts' letter."""
    return lo.Sheet(
        "“南宁工匠”专家推荐函",
        (
            lo.Line((("填报时间", lo.BLANK_DATE),), align="right"),
            lo.Grid(((lo.Cell("被推荐人姓名", "何焊平"), lo.Cell("身份证号", "990000198506150017")),)),
            *(_expert(label, name) for label, name in (("推荐专家之一", "温和礼"), ("推荐专家之二", ""))),
            lo.Opinions((lo.OpinionCell("市、县（区）总工会审核是否属实"),)),
        ),
        annex="附件5",
        code=CODE,
    )


def _expert(label: str, name: str) -> lo.Grid:
    return lo.Grid(
        (
            (lo.Cell("姓名", name), lo.Cell("身份证号")),
            (lo.Cell("工作单位"), lo.Cell("职务、职称")),
            (lo.Cell("推荐信内容", "技艺精湛，愿意推荐。" * 6 if name else "", "under", min_lines=8),),
            (lo.Cell("联系电话（手机）", "10000000018" if name else "", "inside"),),
        ),
        label,
    )


def national_4() -> lo.Sheet:
    """National annex 4, the recommendation form that the platform generates."""
    cell = lo.Cell
    peers = "沈量之　样例机床厂　首席技师\n陆铆工　样例船厂　特级技师\n方钳　样例车辆厂　高级技师"
    return lo.Sheet(
        "大国工匠培育对象推荐表",
        (
            lo.Grid(
                (
                    (
                        cell("姓名", "岑铸山"),
                        cell("性别", "女"),
                        cell("出生年月", "1979年11月"),
                        lo.PhotoCell("正面免冠彩色近照（2寸）", None, 3),
                    ),
                    (cell("民族", "汉族"), cell("学历", "大学本科"), cell("政治面貌", "群众")),
                    (cell("身份证号", "990000197911020026"),),
                    (cell("工作单位", "样例精密铸造有限公司"), cell("职务", "熔炼班组长")),
                    (cell("行业", "制造业"), cell("工种", "铸造工")),
                    (cell("职称", "高级工程师"), cell("技术等级", "特级技师")),
                    (cell("何时参加工作", "2000.7"), cell("生产现场工作年限", "24"), cell("电话", "10000000026")),
                    (cell("单位地址", "样例省样例市铸造路1号"), cell("邮编", "000000")),
                    (
                        cell("主要荣誉", "样例省劳动模范\n样例省五一劳动奖章", min_lines=4),
                        cell("技能（工匠）奖项", "样例工匠", min_lines=4),
                    ),
                )
            ),
            lo.TextBlock("推荐理由（300字以内）", "长期在熔炼岗位。" * 37, 8),
            lo.Statement(
                "该推荐对象不属于涉密人员或涉敏感人员。其所有上报材料均已进行行业、企业的审定脱密处理。"
                "拟公示和公布的信息非涉敏感信息，可以对外公布宣传。"
            ),
            lo.Opinions(
                (
                    lo.OpinionCell("推荐单位意见", "", stamp="", min_lines=5),
                    lo.OpinionCell("三位同行高级专家姓名单位职务", peers, stamp=None),
                ),
                2,
            ),
            lo.Line((("推荐单位", "样例省总工会"), ("联系人", "顾联络"), ("电话", "10000000027")), align="stack"),
        ),
        annex="附件4",
        code=lo.PageCode("national-2024/form", "GJ24-0101", "1", "ab" * 32),
    )
