"""A submitted score sheet never changes: it still says what was recorded when it was handed in."""

import json
from collections.abc import Iterator

from gongjiang.models import Entry, ScoreSheet

NUMBER = 6
LAW = "提交后的评分不变，更正另成一版"


def violations() -> Iterator[str]:
    """Sheets unlike their record, and sheets without one."""
    told: dict[tuple[str, int], dict[str, str]] = {}
    for key, body in Entry.objects.filter(action="sheet.submit").order_by("seq").values_list("key", "body"):
        data = json.loads(body)["data"]
        told[(key, data["version"])] = data["scores"]
    sheets = ScoreSheet.objects.filter(submitted_at__isnull=False).select_related("assignment__case")
    for one in sheets.order_by("id").iterator(chunk_size=2000):
        recorded = told.get((str(one.assignment_id), one.version))
        if recorded is None:
            yield f"{one.assignment.case}：第 {one.version} 版评分没有提交记录"
        elif recorded != one.scores:
            yield f"{one.assignment.case}：第 {one.version} 版评分与提交时不同"
