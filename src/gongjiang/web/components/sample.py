"""Invented data for the specimen page: every state, outcome, field and chart once."""

from typing import Any

from gongjiang.web.components.marks import OUTCOMES, STATES

MEANINGS = {
    "draft": "只有填报人可见",
    "submitted": "已交上一级，未领取",
    "in_progress": "有人领取，正在办",
    "returned": "须补正，写明退到哪一步",
    "passed": "本环节通过",
    "rejected": "终止，须有理由",
    "alternate": "递补用，不占名额",
    "public": "公示期内，可提异议",
    "named": "已下文，列入名册",
    "waiting": "等待他人，无须动作",
    "struck": "撤销资格，名册留痕",
    "withdrawn": "本人或推荐单位撤回",
}
TODO = [
    {"due": "6月22日", "due_note": "已过 2 天", "late": True, "title": "补正岑铸山的《推荐部门意见表》", "url": "#1",
     "state": "returned", "facts": ["市总工会办公室：科技部门一栏缺盖章页，其余无误"], "action_label": "去补正",
     "primary": True},
    {"due": "今天", "due_note": "17:30 前", "title": "审核单位申报 3 件", "url": "#2", "state": "submitted",
     "facts": ["澜江重工工会 2 件", "青屿印染工会 1 件"], "action_label": "开始审核"},
    {"due": "6月26日", "due_note": "还有 2 天", "title": "催收何焊平的部门意见", "url": "#3", "state": "in_progress",
     "facts": ["纪检监察、人社已盖章", "工信、科技未回复，已送 9 天"], "action_label": "催办"},
]  # fmt: skip
RULES = [
    {"title": "主要事迹不超过 2000 字", "outcome": "unmet", "sentence": "现 2046 字，超 46 字。", "link": "#deeds",
     "clause": "通知 四（四）1"},
    {"title": "仍在一线岗位", "outcome": "missing", "sentence": "缺：单位出具的在岗证明", "clause": "通知 四（三）"},
    {"title": "同一单位一般不超过 2 人", "outcome": "missing", "label": "待说明", "force": "soft",
     "action": "#why", "clause": "通知 五（二）", "sentence": "澜江重工已有 2 人，再报须写明理由并经同意。"},
    {"title": "从事本专业满 10 年", "outcome": "met", "sentence": "22 年 10 个月", "clause": "通知 四（三）"},
    {"title": "专家推荐函 2 份", "outcome": "not_applicable", "clause": "仅限专业人士推荐"},
    {"title": "政治素质与职业操守", "outcome": "judge", "sentence": "系统不作计算，由具名人员写明依据。"},
    {"title": "同一工种一般不超过 3 人", "outcome": "justified", "force": "soft",
     "sentence": "三人分属三个分厂，工种不同。", "clause": "通知 五（二）"},
    {"title": "技能等级为高级工以上", "outcome": "exception",
     "sentence": "6月23日 主席办公会同意破格。", "clause": "办法 第十条"},
]  # fmt: skip
STEPS = [
    {"label": "基本情况", "url": "#s1", "done": True, "note": "12/12"},
    {"label": "推荐方式", "url": "#s2", "done": True, "note": "3/3"},
    {"label": "年限与简历", "url": "#s3", "note": "8/9", "warn": True},
    {"label": "选树条件", "url": "#s4", "current": True, "note": "4/6"},
    {"label": "主要事迹", "url": "#s5", "note": "超 46 字", "warn": True},
    {"label": "证明材料", "url": "#s6", "note": "7/10"},
    {"label": "确认与打印", "url": "#s7"},
]
FUNNEL = [
    {"label": "各省推荐", "n": 123, "state": "done", "note": "31 个推荐单位　6月30日"},
    {"label": "形式审查", "n": 112, "state": "done", "note": "退出 8 人，不予通过 3 人"},
    {"label": "初审", "n": 50, "state": "done", "note": "1 : 2　7月21日"},
    {"label": "专家评审", "n": 38, "state": "now", "through": 21, "note": "1 : 1.5　已评完 21 人"},
    {"label": "评定", "n": 33, "state": "plan", "note": "1 : 1.3　党组会"},
    {"label": "审定", "n": 28, "state": "plan", "note": "1 : 1.1　领导小组"},
    {"label": "公示", "n": 25, "state": "plan", "note": "9月，5 个工作日"},
]
PROVINCES = {
    "hlj": 3, "nmg": 2, "bj": 5, "jl": 3, "xj": 3, "gs": 1, "nx": 1, "sn": 4, "sx": 3, "he": 4, "tj": 4, "ln": 6,
    "xz": 1, "qh": 0, "sc": 5, "cq": 4, "ha": 4, "sd": 8, "js": 9, "sh": 7, "yn": 2, "gz": 2, "hb": 6, "ah": 4,
    "gx": 3, "hn": 4, "jx": 3, "zj": 8, "hi": 1, "gd": 9, "fj": 4,
}  # fmt: skip
TIMELINE = [
    {"title": "通知下发", "when": "5月27日", "state": "done"},
    {"title": "退回补正", "when": "6月26日", "state": "back", "note": "科技部门一栏缺盖章"},
    {"title": "申报与推荐", "when": "6月30日 截止", "state": "now", "note": "本单位 5 人在办，1 人被退回"},
    {"title": "初审", "when": "7月，1 : 2", "state": "next"},
    {"title": "公示、命名", "when": "9月，5 个工作日", "state": "next"},
]
COLUMNS = [
    {"name": "from", "label": "起", "kind": "month"},
    {"name": "to", "label": "止", "kind": "until"},
    {"name": "what", "label": "单位、工种", "placeholder": "单位，工种"},
]
CAREER = [
    {"from": "2000-09", "to": "2003-07", "what": "望澜技工学校，焊接专业"},
    {
        "from": "2004-02",
        "to": "至今",
        "what": "澜江重工有限公司，电焊工",
        "errors": {"from": "与上一行之间缺 6 个月，请补一行"},
    },
]
NAMES = [
    ("二画", "丁砺锋", "男", "澜江重工有限公司", "钳工"),
    ("三画", "于阔海", "男", "望澜船舶修造厂", "船体装配工"),
    ("", "马驭程", "男", "望澜公共交通集团", "汽车维修工"),
    ("四画", "韦织锦", "女", "锦屏民族工艺社", "织锦技艺"),
    ("", "方寸心", "女", "望澜仪表厂", "精密装配工"),
    ("七画", "何焊平", "男", "澜江重工有限公司", "电焊工"),
]
AWARD = {"kind": "text", "label": "奖项名称与年份"}
SAMPLE: dict[str, Any] = {
    "nav": [
        {"label": "待办", "url": "#todo", "count": 7, "hot": True, "current": True},
        {"label": "申报", "url": "#apply"},
        {"label": "推荐", "url": "#nominate", "count": 3},
        {"label": "意见与盖章", "url": "#opinions"},
        {"label": "公示", "url": "#notices"},
        {"label": "名册", "url": "#honours"},
    ],
    "public_nav": [
        {"label": "公示", "url": "#a", "current": True},
        {"label": "工匠名册", "url": "#b"},
        {"label": "证书查验", "url": "#c"},
    ],
    "me": {
        "name": "温和礼",
        "organisation": "青屿区总工会",
        "role_label": "经办",
        "menu": [{"label": "切换身份", "url": "#roles"}, {"label": "退出", "url": "#out", "post": True}],
    },
    "edition_switch": {
        "current_label": "2026年“望澜工匠”",
        "stage_label": "申报阶段",
        "items": [
            {"label": "2026年“望澜工匠”", "url": "#e1", "current": True},
            {"label": "第三届“青屿工匠”", "url": "#e2"},
        ],
    },
    "search_url": "#search",
    "publisher": "望澜市总工会",
    "footer": "示例画面：人名、地名、单位、数字均为虚构。",
    "states": [(value, label, MEANINGS[value]) for value, label in STATES.items()],
    "outcomes": list(OUTCOMES),
    "todo": TODO,
    "rules_rows": RULES,
    "rule_counts": {"met": 5, "unmet": 1, "missing": 2, "not_applicable": 1},
    "stats": [
        {"n": 1, "label": "已逾期", "url": "#late", "hot": True},
        {"n": 2, "label": "今天到期", "url": "#today"},
        {"n": 7, "label": "全部待我办", "url": "#all", "current": True},
        {"n": 12, "label": "等待他人", "url": "#wait"},
        {"n": 31, "label": "已办结", "url": "#done"},
    ],
    "kpi_items": [
        {"value": "7 天", "label": "距专家评审截止", "hot": True},
        {"value": "259 / 444", "label": "评分份数"},
        {"value": "0 件", "label": "未办异议"},
    ],
    "step_items": STEPS,
    "funnel_stages": FUNNEL,
    "province_values": PROVINCES,
    "province_late": ["xj", "gs", "xz", "gz"],
    "province_urls": {code: f"#{code}" for code in PROVINCES},
    "timeline_items": TIMELINE,
    "line_items": [
        {"title": "单位申报", "when": "6月11日", "state": "done"},
        {"title": "集体研究", "when": "6月23日", "state": "done"},
        {"title": "初审", "when": "7月15日前", "state": "now"},
        {"title": "专家评审"},
        {"title": "公示"},
    ],
    "crumb_items": [{"label": "推荐", "url": "#nominate"}, {"label": "何焊平", "url": "#he"}, {"label": "选树条件"}],
    "seat_used": ["何焊平", "岑铸山", "邬量衡", {"name": "苗绣岚", "url": "#miao"}],
    "seat_drafts": ["苏晴染"],
    "seat_alternates": ["罗千钧"],
    "pool_rows": [
        {"label": "全部", "used": 4, "drafts": 1, "total": 6, "alternates": 1},
        {"label": "其中：民营企业", "used": 2, "total": 2, "url": "#private"},
    ],
    "fact_items": [
        {"label": "出生年月", "value": "1982年3月", "nowrap": True},
        {"label": "民族", "value": "汉族"},
        {"label": "工作单位", "value": "澜江重工有限公司容器分厂", "wide": True},
        {"label": "市级以上荣誉", "value": "2022年 望澜市技术能手\n2024年 望澜市劳动模范", "wide": True},
    ],
    "composition_rows": [
        {"label": "女性", "before": 24, "after": 28},
        {"label": "45 周岁以下", "before": 41, "after": 44},
        {"label": "民营企业", "before": 33, "after": 30},
    ],
    "bar_items": [
        {"label": "甲字一号", "value": 50, "of": 50},
        {"label": "乙字五号", "value": 33, "of": 50},
        {"label": "丁字八号", "value": 9, "of": 50, "late": True},
        {"label": "丁字九号", "value": 0, "of": 50, "late": True},
    ],
    "day_items": [
        {"date": "9月14日", "note": "周一", "state": "past"},
        {"date": "9月15日", "note": "周二", "state": "past"},
        {"date": "9月16日", "note": "今天", "state": "today"},
        {"date": "9月17日", "note": "周四", "state": "next"},
        {"date": "9月18日", "note": "周五", "state": "next"},
    ],
    "dot_totals": [92, 98, 103, 108, 111, 112, 116, 121, 126, 131],
    "queue_states": ["done"] * 6 + ["recuse"] + ["done"] * 4 + ["now"] + [""] * 33,
    "levels": ["国际领先", "国际先进", "国内领先", "国内先进"],
    "awards": [
        {"value": "national", "label": "国家级", "fill": {**AWARD, "name": "award_national"}},
        {"value": "provincial", "label": "省级", "fill": {**AWARD, "name": "award_provincial"}},
        {"value": "none", "label": "没有"},
    ],
    "awards_chosen": ["provincial"],
    "secret_detail": {"kind": "text", "name": "secret_note", "label": "如何脱密", "limit": 50},
    "career_columns": COLUMNS,
    "career": CAREER,
    "files": [{"name": "发明专利证书.pdf", "note": "2 页，3.1 MB", "url": "#f1", "remove": "f1"}],
    "return_to": [("nominator", "推荐单位经办（青屿区总工会）"), ("applicant", "申报单位（澜江重工工会）")],
    "names": NAMES,
    "powers": [("引领力", 26), ("实践力", 27), ("创新力", 23)],
}  # fmt: skip
