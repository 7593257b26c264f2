"""What people call the sections of a pack, in the order they read them."""

from collections.abc import Mapping
from typing import Final

SECTIONS: Final[Mapping[str, str]] = {
    "pack": "项目",
    "notice": "通知原文",
    "departs": "与上级办法不一致之处",
    "params": "参数",
    "questions": "问题",
    "judgements": "认定",
    "roles": "角色",
    "subjects": "对象",
    "awards": "奖项",
    "codes": "代码",
    "tables": "名额表",
    "fields": "栏目",
    "groups": "明细",
    "rules": "条件",
    "forbidden_criteria": "不得作为条件",
    "exceptions": "破格",
    "pools": "口径",
    "allocations": "名额分配",
    "scoring": "计分",
    "attachments": "材料",
    "opinions": "意见",
    "forms": "表格",
    "papers": "附件",
    "times": "时间",
    "stages": "环节",
    "accountability": "责任",
    "obligations": "入选后的义务",
    "cycle": "评选周期",
    "term": "管理期",
    "processes": "命名后的流程",
    "certificates": "证书",
    "cultivation": "培育",
    "benefits": "待遇",
    "targets": "目标",
    "composition": "构成",
    "tests": "自带测试",
}
"""Section to its name for people."""
