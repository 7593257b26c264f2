"""The invented people on the pictures of docs/forms/: plainly nobody, numbers of the sample region 990000."""

import io
from typing import Any

from PIL import Image, ImageDraw

CASTER: dict[str, Any] = {
    "name": "岑铸山", "gender": "女", "birth": "1979-11", "ethnicity": "壮族", "education": "大学本科",
    "degree": "大学本科 学士", "political_status": "中共党员", "id_number": "990000197911020026",
    "employer": "样例精密铸造有限公司", "post": "熔炼车间班组长", "industry": "制造业", "trade": "铸造工",
    "professional_title": "高级工程师", "skill_level": "特级技师", "work_start": "2000-07", "years_on_site": "24",
    "mobile": "10000000026", "employer_address": "样例省样例市铸造路1号", "postcode": "000000",
    "main_honours": "2018年 样例省劳动模范\n2021年 样例省五一劳动奖章", "skill_awards": "2022年 样例工匠",
    "enterprise_ownership": "国有企业", "native_place": "样例县",
    "contact": "顾联络", "contact_phone": "10000000027", "nominator": "样例省总工会",
    "reason": "长期在熔炼岗位，主持完成大型球铁件低温冲击攻关，铸件一次合格率由91%提高到98.6%，"
    "形成两项操作法，获发明专利3项；带徒27人，其中技师以上12人，6人成为班组长。" * 3,
    "self_statement": "二十四年守在熔炼炉前，从一名学徒成长为特级技师。把温度、成分、时间三件事做到心里有数，"
    "把会的都教给徒弟，是我对这份工作的理解。",
    "conduct": "政治立场坚定，遵纪守法，爱岗敬业，职工群众公认。",
    "achievements": "1.首创“三段控温熔炼法”，使球铁件低温冲击值稳定达标。\n2.改进浇注系统，年节约金属料320吨。\n"
    "3.牵头起草铸造熔炼岗位作业标准2项。",
    "project_text": "承担样例型风电轮毂铸件国产化攻关，解决厚大断面石墨畸变难题，成果经鉴定达国内领先水平。",
    "service_text": "领衔创新工作室，每年宣讲10场，参加助企行6次，兼任样例技师学院实习指导教师。",
    "deeds": "岑铸山，样例精密铸造有限公司熔炼车间班组长，特级技师。\n"
    + "她扎根熔炼一线二十四年，攻克厚大断面球铁件石墨畸变难题，主持技术改进17项，形成操作法两项。" * 7,
    "schooling": [
        {"from": "1995-09", "to": "1998-07", "school": "样例市第一中学", "major": "高中"},
        {"from": "1998-09", "to": "2000-07", "school": "样例技工学校", "major": "铸造专业"},
    ],
    "resume": [
        {"from": "2000-07", "to": "2011-12", "org": "样例机床铸造分厂", "post": "熔炼工"},
        {"from": "2012-01", "to": "", "org": "样例精密铸造有限公司", "post": "熔炼车间班组长"},
    ],
    "experts": [
        {"name": "沈量之", "employer": "样例机床厂", "post": "首席技师"},
        {"name": "陆铆工", "employer": "样例船厂", "post": "特级技师"},
        {"name": "方钳", "employer": "样例车辆厂", "post": "高级技师"},
    ],
}  # fmt: skip
WELDER: dict[str, Any] = {
    **CASTER,
    "name": "何焊平", "gender": "男", "birth": "1985-06", "education": "大专", "id_number": "990000198506150017",
    "mobile": "10000000017", "work_start": "2004-07", "employer": "邕宁样例重工有限责任公司", "post": "焊接班班长",
    "professional_title": "工程师", "skill_level": "高级技师", "fill_date": "2026-06-12",
    "main_honours": "2023年 南宁市技术能手\n2025年 南宁职工职业技能大赛焊工第一名",
    "craft_speciality": {"unique": "薄板对接单面焊双面成形"}, "skill_standing": ["china_lead"], "patents": "yes",
    "patents_invention": "2", "patents_utility": "5", "teaching_ways": ["apprentices", "training"],
    "teaching_scope": ["unit", "industry"], "heir": "no", "breakthroughs": "7", "certified": "no",
    "contest_prize": {"value": "yes", "detail": "南宁职工职业技能大赛焊工第一名"}, "science_prize": "no",
    "skill_title": "2023年南宁市技术能手",
    "deeds": "何焊平，邕宁样例重工有限责任公司焊接班班长，高级技师。\n"
    + "他在焊接岗位上二十一年，主持完成压力容器薄板对接单面焊双面成形攻关，一次探伤合格率由92%提高到99.3%。" * 16,
    "resume": [
        {"from": "1998-09", "to": "2001-07", "org": "样例县第二中学", "post": "初中"},
        {"from": "2001-09", "to": "2004-06", "org": "样例技工学校", "post": "焊接专业学生"},
        {"from": "2004-07", "to": "", "org": "邕宁样例重工有限责任公司", "post": "焊工、焊接班班长"},
    ],
    "experts": [
        {"name": "温和礼", "id_number": "990000197001010014", "employer": "样例锅炉厂", "post": "焊接首席技师",
         "letter": "与被推荐人共事焊接攻关多年，其薄板单面焊双面成形技术在同行中居领先水平，愿意推荐。",
         "mobile": "10000000018"},
        {"name": "沈量之", "id_number": "990000197203040018", "employer": "样例船厂", "post": "高级技师",
         "letter": "了解其带徒授艺情况，所带徒弟多人获市级技能竞赛名次，同意推荐。", "mobile": "10000000019"},
    ],
}  # fmt: skip
PIECES = {
    "lead_1": ["2023年重点工程施工任务书", "工作重要性说明", "班组考核表"],
    "practice_1": ["特级技师证书"],
    "innovate_2": ["发明专利证书（一种熔炼控温方法）", "操作法汇编"],
}


def portrait() -> bytes:
    """A head and shoulders of nobody, on white, 2寸."""
    image = Image.new("RGB", (413, 579), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.ellipse((135, 110, 278, 300), fill=(222, 196, 176))
    draw.pieslice((128, 96, 285, 270), 180, 360, fill=(52, 46, 44))
    draw.ellipse((40, 330, 373, 800), fill=(46, 78, 116))
    draw.polygon([(176, 335), (237, 335), (207, 420)], fill=(244, 244, 244))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()
