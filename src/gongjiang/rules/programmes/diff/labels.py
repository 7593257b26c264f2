"""What people call the keys and words of a pack. A word that isn't here is shown as it is written."""

from collections.abc import Mapping
from typing import Final

CONDITIONS: Final = frozenset({"check", "when", "where", "facts"})
"""Keys under which conditions stand."""

SOURCES: Final = frozenset({"id", "cite", "ask", "assumed", "origin"})
"""Identity and sources: they stand beside an item, not among what it says."""

SILENT: Final = SOURCES | {"blocks", "columns", "of", "sha256"}
"""Keys that are told in a way of their own."""

LISTED: Final = frozenset({
    "rows", "items", "parties", "tiers", "routes", "options", "members", "shows", "checklist", "clauses",
    "corrections", "based_on", "titles", "powers", "mentors",
})  # fmt: skip
"""Keys whose values are told entry by entry."""

KEYS: Final[Mapping[str, str]] = {
    "about": "所问", "after": "须先办完", "aggregate": "汇总", "align": "对齐", "amount": "金额", "answer": "答案",
    "anonymous": "受理匿名", "any_of": "包括", "apart": "单列", "approval": "批准", "args": "依据", "as_of": "年限算到",
    "at": "环节", "at_cut": "末位同分", "at_least": "至少", "at_most": "至多", "attach": "材料", "award": "适用奖项",
    "backfill": "递补", "bands": "分数档", "based_on": "依据文件", "basis": "认定依据", "before": "在此环节前",
    "blank": "空着", "blind": "匿名评审", "bound": "口径", "box": "有栏", "by": "由", "calendar": "工作日历",
    "at_end": "期满办理", "every": "每隔", "lead": "提前", "states": "荣誉状态", "years": "年", "months": "个月",
    "check": "要求", "checklist": "核对", "clauses": "条款", "codes": "选项", "confers": "给予", "confirms": "确认",
    "copies": "份数", "corrections": "误植更正", "count": "数量", "counts": "以何日为准", "date": "日期",
    "day_off": "末日逢休息日",
    "default": "暂定", "derived": "自动计算", "detail": "须写明", "distinct": "几种", "doc_no": "文号",
    "document": "文件", "due": "期限", "each": "逐项", "effect": "作用", "effects": "后果", "else": "否则",
    "evidence": "支撑材料", "exactly": "恰为", "expect": "应得", "explain": "本人可查推算",
    "extends": "沿用", "facts": "参考事实",
    "field": "栏目",
        "fields": "栏目", "file": "文件", "first_day": "公布当日", "foot": "表下说明", "force": "效力", "form": "表格",
    "format": "格式", "forms": "表格", "from": "来自", "gate": "把关环节", "give": "计分", "gives": "给予档次",
    "given": "情况", "gloss": "标准", "group": "明细", "grouped": "分组", "has": "关系", "heading": "附件号",
    "hint": "提示", "in": "在口径内", "in_force": "施行", "issued_by": "发文单位", "issued_on": "发文日期",
    "judged": "评分", "jury": "评审", "keep": "名单人数", "kind": "类别", "kinds": "文件种类", "label": "名称",
    "late": "逾期", "length": "期间", "letters": "推荐函",
    "level": "层级", "like": "栏目同", "list": "名单",
    "live": "现场环节", "media_proof": "刊登须有记录", "retention": "网上保留",
    "lookup": "查表", "max": "上限", "media": "公布媒体", "meeting": "会议", "members": "席位", "min": "下限",
    "mode": "方式", "most": "最多份数", "multi": "可多选", "name": "名称", "need": "意见", "nominates": "计入推荐单位",
    "note": "说明", "objections": "异议", "of": "基数", "on": "名单", "open": "可另填", "options": "选项",
    "order": "依名单次序：", "ordered": "分高低", "originals": "原件", "outcomes": "结果", "parties": "签署方",
    "per": "逐个", "per_place": "每名额人数", "per_row": "每行", "period": "公示期", "photo": "照片", "pii": "保密",
    "places": "名额", "points": "分", "post": "职务", "precision": "精度", "print": "印出", "programme": "项目",
    "purpose": "目的", "question": "问", "rank": "排序", "rate": "按数计分", "recusal": "回避", "record": "记录",
    "remark": "须写明理由",
    "registers": "名册", "relation": "关系", "required": "必交", "round": "取整", "round_to": "小数", "rows": "各行",
    "rule": "条件", "sheets": "意见表", "short": "简称", "shows": "公示栏目", "score": "得分", "scorers": "评审专家",
    "scores": "成绩来源", "scoring": "计分表", "share": "占比", "sheet": "意见表", "source": "原文", "split": "分配",
    "stage": "环节", "start": "起点分", "starts": "起始引文", "status": "状态", "subject": "对象",
    "submitted": "已提交", "superseded_by": "已由后文代替", "table": "名额表", "take": "取", "tally": "得票",
    "ties": "同分", "tier": "档次", "tiers": "档次", "tighter": "下级可从严", "time": "时间", "title": "标题",
    "titles": "另称", "to": "报送", "total": "合计", "type": "种类", "unit": "单位", "until": "止于", "use": "用途",
    "value": "数值", "version": "版本",
    "stamped": "盖章", "declassified": "脱密", "except": "除外",
    "video": "视频", "waives": "免去", "weight": "权重", "when": "适用",
    "where": "范围", "window": "时段", "with": "会同", "year": "年份",
    "documents": "材料份数", "fill": "须写", "opinions": "意见", "params": "参数", "region": "地区", "weigh_on": "衡量",
    "above": "高于", "below": "低于", "factors": "因素", "additions": "另加", "among": "其中若干（未写明哪几家）",
    "units": "对象单位", "fixed": "定额", "feeds": "生成名额表", "least": "每家至少",
    "await": "等候", "begins": "起算", "interpreted_by": "解释单位", "keeps": "不得变更", "must": "须答",
    "reason": "理由", "repeals": "废止", "text_held": "原文在手",
    "background": "底色", "chars": "字数", "clause": "条款", "colour": "彩色", "items": "选项",
    "max_minutes": "时长上限", "meant": "应为", "min_rows": "至少行数", "opinion_order": "依所排次序：",
    "pose": "姿势", "print_rows": "印出行数", "printed": "原文", "republish": "另行公示", "routes": "申报方式",
    "since_age": "最早一行不晚于几岁", "unbroken": "不得中断",
    "sign": "签字处", "size": "尺寸", "values": "写作", "layout": "版式", "wording": "每行写法",
    "example": "示例", "topline": "表上一行",
    "aim": "总目标", "funds": "经费用途", "goals": "目标", "handed_in": "申报时交的方案", "measures": "措施",
    "mentors": "导师", "milestones": "节点", "month": "第几个月", "power": "能力", "powers": "能力",
    "template": "方案模板", "text": "内容", "who": "责任方",
}  # fmt: skip
"""Keys to words."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "force": {"hard": "必须", "soft": "一般应", "prefer": "优先", "guide": "参考", "none": "辅助"},
    "effect": {"tie_break": "同等条件下优先", "focus": "重点关注"},
    "type": {
        "apply": "申报", "check": "审核", "opinion": "签署意见", "panel": "评审", "select": "审定", "submit": "上报",
        "publish": "公示", "name": "命名", "text": "文字", "number": "数", "int": "整数", "date": "日期",
        "month": "年月", "year": "年份", "code": "选项", "yes_no": "是否", "checks": "勾选", "id_number": "身份证号",
        "mobile": "手机号", "file": "文件", "photo": "照片", "rows": "明细",
    },
    "level": {
        "person": "个人", "employer": "用人单位", "unit": "基层单位", "county": "县区级", "industry": "产业系统",
        "city": "市级", "province": "省级", "national": "全国", "enterprise": "企业",
    },
    "ties": {"equal": "并列", "meeting": "会议决定", "draw": "抽签"},
    "at_cut": {"take_all": "都列入", "take_none": "都不列入", "meeting": "会议决定", "draw": "抽签"},
    "late": {"refuse": "不受理", "lapse": "视为放弃", "ask": "由主办单位决定"},
    "confers": {"stands": "称号", "trainee": "培育对象"},
    "aggregate": {
        "mean": "取平均", "drop_ends": "去掉最高最低分后平均", "median": "取中位数", "sum": "相加",
        "additive": "按专家宽严校准", "linear": "按专家宽严和尺度校准",
    },
    "quorum": {"half": "超过半数", "two_thirds": "三分之二以上", "all": "全体"},
    "majority": {"half": "超过半数", "two_thirds": "三分之二以上", "all": "全体"},
    "of": {"members": "应到成员", "present": "到会成员"},
    "take": {"sum": "合计", "highest": "最高", "lowest": "最低", "chosen": "申报人选定", "mean": "平均"},
    "round": {"up": "向上取整", "half_up": "四舍五入", "down": "舍去尾数"},
    "unit": {"working_day": "个工作日", "day": "天", "month": "个月", "year": "年"},
    "need": {"all": "须全部同意", "any": "一方同意即可"},
    "bound": {"about": "左右", "at_most": "至多", "at_least": "至少", "exactly": "恰为"},
    "counts": {"arrival": "寄达日", "postmark": "寄出日"},
    "day_off": {"stays": "不顺延", "next_working_day": "顺延到下一个工作日"},
    "blank": {"none": "即没有", "unknown": "即待补"},
    "pii": {"none": "不保密", "personal": "不公示", "sensitive": "加密存放"},
    "kind": {
        "campaign": "活动", "framework": "办法", "honour": "荣誉", "once": "一次性", "monthly": "按月", "award": "奖项",
        "priority": "优先", "advice": "建议", "cultivation": "培育", "enter": "直接进入", "certificate": "证书",
        "service": "服务", "nomination": "推荐",
    },
    "to": {"person": "本人", "unit": "单位", "studio": "工作室", "team": "班组"},
    "kinds": {"pdf": "PDF", "image": "图片", "video": "视频", "word": "Word"},
    "recusal": {
        "same_employer": "同单位", "same_group": "同集团", "same_branch": "同一工会分会", "kin": "近亲属",
        "mentor": "师徒", "co_honoured": "五年内共同受表彰", "co_author": "五年内共同成果", "recommended": "写过推荐",
        "own_unit": "所在单位推荐",
    },
    "effects": {
        "cancel": "取消资格", "backfill": "递补", "explain": "说明", "keep": "保留", "confer": "命名", "renew": "续期",
        "end": "期满", "suspend": "暂停", "revoke": "撤销", "bar": "禁报", "retry": "重审", "pay": "发放",
        "stop": "停发", "reclaim": "追回", "prefer": "优先", "enter": "直接进入", "reduce_quota": "扣减名额",
    },
    "about": {"case": "人选", "row": "一行明细", "edition": "本届", "unit": "单位"},
    "expect": {"pass": "符合", "fail": "不符合", "unknown": "待补", "na": "不适用"},
    "first_day": {"next": "不计入", "counts": "计入"},
    "status": {"draft": "草稿", "released": "已发布"},
    "relation": {"implements": "落实", "refers": "参照"},
    "answer": {"yes_no": "是否", "number": "数", "text": "文字", "date": "日期"},
    "order": {"strokes": "姓氏笔画", "region": "地区", "rank": "名次"},
    "derived": {
        "full_years_since_birth": "由出生年月算周岁", "years_in_resume_where_in_trade": "由经历算本专业年限",
        "years_in_resume_where_on_site": "由经历算生产现场年限", "years_in_resume_where_region": "由经历算本地年限",
        "days_from_to": "由起止日算天数",
    },
    "blocks": {"statement": "声明", "note": "注"},
    "on": {"edition": "全届在办的申报", "register": "荣誉库"},
    "subject": {"person": "个人", "unit": "单位", "team": "班组", "studio": "创新工作室", "case": "本次申报"},
    "keeps": {"employer": "工作单位"},
    "begins": {"selected": "入选之日"},
    "await": {"result": "上级结果"},
    "precision": {"minute": "到分", "day": "到日", "month": "到月"},
    "tighter": {"up": "提高", "down": "降低"},
}  # fmt: skip
"""Words of closed lists, by the key they stand under."""

REFERS: Final[Mapping[str, tuple[str, ...]]] = {
    "by": ("roles",), "with": ("roles",), "to": ("roles",), "jury": ("roles",), "any_of": ("roles",),
    "from": ("stages", "roles"), "after": ("stages",), "gate": ("stages",), "before": ("stages",), "at": ("stages",),
    "on": ("stages",), "list": ("stages",), "stage": ("stages",), "order": ("stages",),
    "time": ("times",), "due": ("times",), "period": ("times",), "award": ("awards",), "tier": ("tiers",),
    "retention": ("times",),
    "gives": ("tiers",), "forms": ("forms",), "sheets": ("opinions",), "sheet": ("opinions",), "scoring": ("scoring",),
    "score": ("scoring",), "rule": ("rules",), "waives": ("rules", "stages"), "table": ("tables",),
    "codes": ("codes",), "group": ("groups",), "shows": ("fields",), "field": ("fields",), "fields": ("fields",),
    "basis": ("fields", "attachments", "opinions", "forms"), "in": ("pools",), "attach": ("attachments",),
    "judged": ("judgements", "roles"), "evidence": ("fields", "attachments"),
    "form": ("forms",), "per": ("paths",), "opinion_order": ("paths",), "distinct": ("paths",),
    "handed_in": ("attachments",), "power": ("powers",),
    "subject": ("subjects",), "confirms": ("fields",), "rows": ("groups", "fields"),
}  # fmt: skip
"""Keys whose words name items of the pack: where they stand."""
