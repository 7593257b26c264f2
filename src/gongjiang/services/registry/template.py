"""The workbook that a list is brought in with: our headings, an example row, how to fill them."""

from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.rules.registry.entry import COLUMNS, LEVELS, STATES

EXAMPLE = {
    "name": "示例", "number": "没有可留空", "birth": "1980-06", "unit": "当时的工作单位", "award": "称号或计划名称",
    "tier": "", "level": "国家级", "state": "已命名", "date": "2021（可只写年、年月）", "until": "", "remark": "",
}  # fmt: skip
NOTES = (
    "注1：只有“姓名”必填；其余没有的留空。没有身份证号的，请尽量写明出生年月和当时的工作单位，平台据此核对是否同一人。",
    f"注2：级别填：{'、'.join(LEVELS.values())}。状态填：{'、'.join(STATES.values())}；不填按导入时所选。",
    "注3：身份证号一列须为文本格式；示例行不会读入。",
)


def empty_list() -> bytes:
    """The template as a workbook."""
    header = tuple(names[0] for names in COLUMNS.values())
    example = tuple(EXAMPLE[column] for column in COLUMNS)
    return write_summary(SummarySheet("名册导入表", header, (), example, NOTES, "名册"))
