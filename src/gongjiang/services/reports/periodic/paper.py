"""A report laid out: its tables out of its figures, its words in the official form."""

from dataclasses import dataclass

from django.utils import timezone

from gongjiang.documents.report import Part, ReportText, Tabled
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Organisation, PeriodicReport
from gongjiang.rules.cultivation.kinds import label_of
from gongjiang.rules.honours.targets import LEVELS, level_label
from gongjiang.rules.reports.figures import COLUMNS
from gongjiang.rules.reports.moves import SEALED, State
from gongjiang.rules.reports.template import read_template
from gongjiang.services.reports.periodic.scope import get_report, reads_inside

NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Cell:
    """A number and the figure that it is; no figure where there is no list behind it."""

    n: int
    figure: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table of figures: the heads of its columns, the rows with their names."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def sheets_of(report: PeriodicReport) -> list[Sheet]:
    """Tables of levels, of kinds of activity, of units below; those without rows are left out. One query."""
    figures: dict[str, int] = report.figures
    keyed = [key.split(".") for key in figures]
    levels = list(dict.fromkeys(one[1] for one in keyed if one[0] == "p"))
    levels.sort(key=lambda one: list(LEVELS).index(one) if one in LEVELS else len(LEVELS))
    kinds = list(dict.fromkeys(one[1] for one in keyed if one[0] == "k"))
    ids = list(dict.fromkeys(int(one[1]) for one in keyed if one[0] == "u"))
    names = {one.pk: one.short_name or one.name for one in Organisation.objects.filter(pk__in=ids)}

    def row(table: str, name: object, columns: tuple[str, ...]) -> tuple[Cell, ...]:
        keys = [f"{table}.{name}.{column}" for column in columns]
        return tuple(Cell(figures.get(key, 0), key) for key in keys)

    of_kinds, of_units = ("entries", "people"), ("trainee", "stands")
    found = [
        Sheet("工匠人才队伍情况", ("级别", *COLUMNS.values()),
              tuple((level_label(one), row("p", one, tuple(COLUMNS))) for one in levels)),
        Sheet("培育活动情况", ("种类", "次数", "参加人数"),
              tuple((label_of(one), row("k", one, of_kinds)) for one in kinds)),
        Sheet("各单位情况", ("单位", "培育对象", "已认定"),
              tuple((names.get(one, str(one)), row("u", one, of_units)) for one in ids)),
    ]  # fmt: skip
    return [one for one in found if one.rows]


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
            Tabled(one.title, one.columns, tuple((name, *(str(cell.n) for cell in cells)) for name, cells in one.rows))
            for one in sheets_of(report)
        ),
        note=f"注：数据取自平台名册和培育记录，截至{long_date(report.drawn_on)}；"
        "女、45岁及以下按在册人员统计，培育对象考评合格后才算工匠。"
        if report.drawn_on
        else "",
        issuer=report.unit.name,
        date=long_date(day) if day else "",
        draft="" if sealed else "（未报送稿）",
    )


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
