"""A report laid out: its tables out of its figures, its words in the official form."""

from django.utils import timezone

from gongjiang.documents.report import Chart, Part, ReportText, Tabled
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotFound
from gongjiang.models import PeriodicReport
from gongjiang.rules.reports.moves import SEALED, State
from gongjiang.rules.reports.template import read_template
from gongjiang.services.reports.periodic.scope import get_report, reads_inside
from gongjiang.services.reports.periodic.sheets import row_label, said, sheets_of

NUMBERS = "一二三四五六七八九十"
CHARTS = (("培育活动次数", "k", "entries"), ("本期支出（元）", "f", "spent"))
MOST = 15
"""Bars of a chart: more would not fit on a page."""


def paper_of(actor: Actor, report_id: int) -> ReportText:
    """The report as it is printed. NotFound for who doesn't see its inside."""
    report = get_report(actor, report_id)
    if not reads_inside(actor, report):
        raise NotFound()
    call = report.call
    sealed = State(report.state) in SEALED
    sections = [one for one in read_template(call.template).sections if report.texts.get(one.id) or one.must]
    day = timezone.localtime(report.submitted_at).date() if report.submitted_at else report.drawn_on
    return ReportText(
        title=f"{report.unit.name}{call.period}\n{call.title}",
        addressee=call.asker.name,
        opening=_opening(report),
        parts=tuple(
            Part(f"{_number(n)}、{one.label}", tuple(str(report.texts.get(one.id, "")).splitlines()) or ("（待写）",))
            for n, one in enumerate(sections, 1)
        ),
        tables=tuple(
            Tabled(one.title, one.columns, tuple((name, *(cell.said for cell in cells)) for name, cells in one.rows))
            for one in sheets_of(report)
        ),
        charts=tuple(charts_of(report)),
        note=f"注：数据取自平台名册和培育记录，截至{long_date(report.drawn_on)}；"
        "女、45岁及以下按在册人员统计，培育对象考评合格后才算工匠。"
        if report.drawn_on
        else "",
        issuer=report.unit.name,
        date=long_date(day) if day else "",
        draft="" if sealed else "（未报送稿）",
    )


def charts_of(report: PeriodicReport) -> list[Chart]:
    """Activities by kind, money spent by purpose, each from the most to the least; what has nothing is left out."""
    found = []
    for title, table, column in CHARTS:
        keys = [key for key in report.figures if key.startswith(f"{table}.") and key.endswith(f".{column}")]
        bars = [(row_label(table, key.split(".")[1], {}), report.figures[key], said(key, report.figures[key]))
                for key in keys if report.figures[key]]  # fmt: skip
        if bars:
            found.append(Chart(title, tuple(sorted(bars, key=lambda one: (-one[1], one[0]))[:MOST])))
    return found


def _opening(report: PeriodicReport) -> str:
    call = report.call
    said = f"按照{call.basis}的要求，" if call.basis else ""
    return f"{said}现将{long_date(call.since)}至{long_date(report.drawn_on or call.as_of)}有关情况报告如下。"


def _number(n: int) -> str:
    """一 to 十二.

    >>> _number(2), _number(11)
    ('二', '十一')
    """
    return NUMBERS[n - 1] if n <= len(NUMBERS) else f"十{NUMBERS[n - 11]}"
