"""A report that the city asked of its county, while the county writes it."""

from datetime import date

from tests.factories import AT
from tests.security.cast import House

from gongjiang.models import PeriodicReport, ReportCall, ReportList
from gongjiang.rules.reports.template import Section, Template, as_data


def reports(built: House) -> None:
    """With one figure and the list behind it."""
    template = Template("own:report", "培育工作报告", (Section("s1", "总体情况"),))
    call = ReportCall.objects.create(
        asker=built.world["city"], kind=template.id, title=template.label, period="2026年", since=date(2026, 1, 1),
        as_of=AT.date(), due=AT.date(), template=as_data(template), at=AT,
    )  # fmt: skip
    report = PeriodicReport.objects.create(
        call=call, unit=built.world["county"], texts={"s1": "总体平稳。"}, figures={"p.city.stands": 1},
        drawn_on=AT.date(),
    )  # fmt: skip
    ReportList.objects.create(report=report, figure="p.city.stands", of="honours", ids=[built.things["honour"].pk])
