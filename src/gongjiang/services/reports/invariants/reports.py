"""A report that was handed in says what it said then."""

from collections.abc import Iterator

from gongjiang.models import PeriodicReport, ReportList
from gongjiang.rules.reports.figures import total
from gongjiang.services.reports.periodic.steps import digest_of

NUMBER = 12
LAW = "已上报的工作报告没有改动，每个数字都等于所附名单的人数、件数或金额"


def violations() -> Iterator[str]:
    """Reports whose digest no longer fits, figures that aren't what their lists make."""
    for one in PeriodicReport.objects.select_related("unit", "call").order_by("id").iterator():
        if one.digest and one.digest != digest_of(one):
            yield f"{one}：上报后内容有改动"
        rows = ReportList.objects.filter(report=one).values_list("figure", "ids", "amounts")
        lists = {key: total(ids, amounts) for key, ids, amounts in rows}
        if lists != one.figures:
            yield f"{one}：数字与名单不符"
