"""The workbook that a unit fills in offline: who is on record already stands in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongjiang.documents.xlsx.fillable import FillColumn, FillSheet, write_fillable
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed
from gongjiang.models import Organisation
from gongjiang.rules.nominations.sheet_text import choices, hint
from gongjiang.services.nominations.sheet_cells import CellWriter
from gongjiang.services.nominations.sheet_columns import Column
from gongjiang.services.nominations.shown import shown
from gongjiang.services.nominations.start import may_file
from gongjiang.services.nominations.summary import CODE
from gongjiang.services.nominations.summary_people import known_people
from gongjiang.services.nominations.workbook_plan import (
    MAIN,
    ROW,
    SERIAL,
    SIGN,
    GroupSheet,
    WorkbookPlan,
    mark_of,
    rows_mark,
    workbook_plan,
)
from gongjiang.services.programmes.programme import Programme


def make_workbook(*, actor: Actor, at: datetime, programme: Programme, unit: Organisation) -> bytes:
    """The workbook, with what is on record of the unit's people; numbers in clear, for those who file for it."""
    if not may_file(actor, unit, programme.edition.pk):
        raise NotAllowed(f"您不能代{unit.name}填报。", "You can't file for this unit.")
    plan = workbook_plan(programme, unit)
    known = known_people(programme, unit)
    people = [(case, known.values[number]) for number, case in known.cases.items()]
    writer = CellWriter(programme, plan.columns)
    rows, base = list[tuple[str, ...]](), list[tuple[str, ...]]()
    base.append((SIGN, str(programme.edition.pk), programme.pack.hash, str(unit.pk), at.isoformat()))
    base.append((CODE, *(one.heading for one in plan.columns), *(one.title for one in plan.groups)))
    held: dict[str, list[tuple[str, ...]]] = {one.name: [] for one in plan.groups}
    for serial, (case, values) in enumerate(people, 1):
        cells = [str(one) for one in writer.row(case, values)]
        rows.append((str(serial), *cells, case.number))
        marks = []
        for group in plan.groups:
            texts = group_texts(programme, group, values.get(group.name) or [])
            marks.append(rows_mark(texts, group.columns))
            held[group.name] += [
                (str(serial), *(one[column.heading] for column in group.columns), one[ROW]) for one in texts
            ]
        base.append((case.number, *(mark_of(one) for one in cells), *marks))
    sheets = [_main(programme, plan, rows), *(_rows(programme, one, held[one.name]) for one in plan.groups)]
    return write_fillable(_guide(programme, unit, plan, at), sheets, base)


def group_texts(programme: Programme, group: GroupSheet, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of a group as the cells of its sheet say them."""
    return [
        {
            ROW: str(row.get("id") or ""),
            **{one.heading: shown(programme, one.spec, row.get(one.name)) for one in group.columns if one.spec},
        }
        for row in rows
        if isinstance(row, Mapping)
    ]


def hint_of(programme: Programme, column: Column) -> str:
    """How a cell of the column is filled in."""
    if column.parts:
        return "按“姓名，单位，职务”填写。"
    if column.spec is None:
        return "填推荐单位的名称或简称。" if column.name == "nominator" else ""
    return hint(column.spec, programme.pack.vocabulary, column.limit)


def _columns(programme: Programme, columns: Sequence[Column]) -> list[FillColumn]:
    words, found = programme.pack.vocabulary, []
    for one in columns:
        assert one.spec is not None
        offered = choices(one.spec, words)
        told = hint_of(programme, one)
        free = bool(offered) and one.spec.type == "code" and words.code_list(one.spec).open
        width = 40 if one.limit and one.limit > 60 else 20 if one.spec.type in {"id_number", "text"} else 14
        found.append(FillColumn(one.heading, told, offered, free, False, width, told))
    return found


def _main(programme: Programme, plan: WorkbookPlan, rows: list[tuple[str, ...]]) -> FillSheet:
    serial = FillColumn(SERIAL, "每人一个号，其他工作表按它对应。", width=6, example="示例")
    code = FillColumn(CODE, "平台填写，请勿改动；新的人留空。", locked=True, width=18)
    above = "一人一行；灰色的格不用填，字段说明见各列标题的批注。"
    return FillSheet(MAIN, above, (serial, *_columns(programme, plan.columns), code), tuple(rows))


def _rows(programme: Programme, group: GroupSheet, rows: list[tuple[str, ...]]) -> FillSheet:
    serial = FillColumn(SERIAL, f"“{MAIN}”表里这个人的序号。", width=6, example="示例")
    key = FillColumn(ROW, "平台填写，请勿改动；新的行留空。", locked=True, width=10)
    above = f"{group.title}：一条一行，序号写“{MAIN}”表里这个人的序号。"
    return FillSheet(group.title, above, (serial, *_columns(programme, group.columns), key), tuple(rows), 500)


def _guide(programme: Programme, unit: Organisation, plan: WorkbookPlan, at: datetime) -> list[str]:
    day = timezone.localtime(at)
    sheets = "、".join(f"“{one.title}”" for one in plan.groups)
    return [
        f"{programme.edition.title}离线填报表",
        f"填报单位：{unit.name}",
        f"依据版本：{programme.pack.pack.id}（{programme.pack.hash[:12]}）；下载时间：{day:%Y-%m-%d %H:%M}",
        f"一、“{MAIN}”表一人一行。" + (f"{sheets}等表一条一行，第一列写这个人在“{MAIN}”表里的序号。" if sheets else ""),
        "二、标题、平台编号和行号受保护，请勿改动；已在平台上的内容已经填好，改动后再导入即更新。",
        "三、有下拉的从下拉中选；字数按Word的“字数”计；身份证号、电话所在的列是文本格式，不要改。",
        "四、第3行是示例，导入时略过，可以保留。",
        "五、在平台“推荐人选—导入”上传。先看到会有什么变化，确认后才写入；填错的会在这份表里逐格标出，改好再传。",
        "六、下载以后有人在网上改过同一格的，两边的内容会并列给您选，不会互相覆盖。照片、证明材料在网上上传。",
    ]
