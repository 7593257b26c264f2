"""The state of a case and of its rows equals what the audit log tells."""

import json
from collections.abc import Iterator

from gongjiang.models import Case, Entry, StageRow
from gongjiang.rules.programmes.stage_types.moves import RowState

NUMBER = 3
LAW = "申报的状态等于审计记录重放的结果"
#: Rows in these states were put there by a move of their own, which is on record.
TOLD = (RowState.DONE, RowState.ALTERNATE, RowState.STRUCK)


def violations() -> Iterator[str]:
    """Cases and rows whose last recorded move says something else."""
    states: dict[int, str] = {}
    rows: dict[tuple[int, str], str] = {}
    entries = Entry.objects.filter(kind="case", case_id__isnull=False).order_by("seq")
    for case_id, action, body in entries.values_list("case_id", "action", "body").iterator(chunk_size=2000):
        data = json.loads(body)["data"]
        if "state" in data and case_id is not None:
            states[case_id] = data["state"]
        if "to" in data and "stage" in data and case_id is not None:
            rows[(case_id, data["stage"])] = data["to"]
        if action == "case.start" and case_id is not None:
            states[case_id] = "draft"
    for case in Case.objects.order_by("id").iterator(chunk_size=2000):
        if states.get(case.pk) != case.state:
            yield f"{case}：现为 {case.state}，记录重放为 {states.get(case.pk, '无记录')}"
    for row in StageRow.objects.filter(state__in=TOLD).select_related("case").order_by("id").iterator(chunk_size=2000):
        if rows.get((row.case_id, row.stage)) != row.state:
            told = rows.get((row.case_id, row.stage), "无记录")
            yield f"{row.case} 在 {row.stage}：现为 {row.state}，记录重放为 {told}"
