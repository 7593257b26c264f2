"""Two rounds of reports on cultivation in mid-term: the organiser asked those who nominated. Of last year's one is
late; of this half-year's most have handed in, one is still to be received, the last one writes. All invented."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour, Organisation
from gongjiang.rules.reports.template import Template
from gongjiang.services.reports.periodic.call import OWN, Asked, Offer, open_call, units_for
from gongjiang.services.reports.periodic.draw import draw
from gongjiang.services.reports.periodic.scope import get_report
from gongjiang.services.reports.periodic.steps import take
from gongjiang.services.reports.periodic.write import write

TEXTS: Final = (
    ("总体情况", "本单位推荐的培育对象全部在岗，培育方案按季度推进，人均参加训练、交流四次以上。"),
    ("培育措施落实情况", "为每名培育对象配备专业导师和技能导师，双方每月见面一次；组织参加市级训练营两期，"
     "结合产线难题布置实践任务，期末由导师逐项评价。"),
    ("经费和待遇落实情况", "列支培育经费用于培训和工作室耗材；春节走访慰问，安排健康体检。"),
    ("存在的问题", "个别小微企业生产任务重，培育对象脱产学习时间偏少。"),
    ("下一步打算", "与企业商定学习时间，下半年组织一次助企行，把攻关成果整理成操作法。"),
)  # fmt: skip


def fill(actor: Actor, at: datetime, honours: Sequence[Honour]) -> None:
    """For the honours of one edition, asked by its organiser: last year's reports, one of them late, and those of this
    half-year. Nothing where no union lies under it."""
    held = [one for one in honours if one.edition is not None]
    if not held or held[0].edition is None:
        return
    asker = held[0].edition.organiser
    units = _units(asker, held)
    if not units:
        return
    today = timezone.localtime(at).date()
    for asked in (_last_year(today, units), _this_year(today, units)):
        call = open_call(actor=actor, at=at, asker_id=asker.pk, asked=asked)
        rows = list(call.reports.order_by("unit_id"))
        for n, one in enumerate(rows[: max(1, len(rows) - 1)]):
            _hand_in(actor, at, one.pk, received=bool(n) or (asked.due is not None and asked.due < today))


def _hand_in(actor: Actor, at: datetime, report_id: int, *, received: bool) -> None:
    draw(actor=actor, at=at, report_id=report_id, version=1)
    texts = {f"s{k}": text for k, (_, text) in enumerate(TEXTS, 1)}
    write(actor=actor, at=at, report_id=report_id, version=2, texts=texts)
    take(actor=actor, at=at, report_id=report_id, action="send", version=3)
    take(actor=actor, at=at, report_id=report_id, action="submit", version=4)
    if received:
        version = get_report(actor, report_id).version
        take(actor=actor, at=at, report_id=report_id, action="receive", version=version)


def _units(asker: Organisation, held: Sequence[Honour]) -> list[int]:
    """Unions under the asker that nominated one of them; all of those under it, if none did."""
    below = [one.pk for one in units_for(asker, Offer(Template(OWN, "", ()), None, None, ""))]
    nominators = {one.case.nominator_id for one in held if one.case is not None}
    return [one for one in below if one in nominators] or below


def _this_year(today: date, units: Sequence[int]) -> Asked:
    """Half a year until today, due at the beginning of the month after next."""
    due = date(today.year + (today.month > 10), (today.month + 1) % 12 + 1, 1)
    return _asked(f"{today.year}年上半年", date(today.year, 1, 1), today, due, units)


def _last_year(today: date, units: Sequence[int]) -> Asked:
    """The whole of it, due more than a week ago."""
    year = today.year - 1
    return _asked(f"{year}年", date(year, 1, 1), date(year, 12, 31), today - timedelta(days=9), units)


def _asked(period: str, since: date, as_of: date, due: date, units: Sequence[int]) -> Asked:
    return Asked(
        kind=OWN,
        period=period,
        since=since,
        as_of=as_of,
        due=due,
        units=units,
        title="工匠培育工作报告",
        basis="《工匠人才培育实施办法》第二十二条",
        sections="\n".join(label for label, _ in TEXTS),
    )
