"""Nobody is named before their own entry has ended and every admitted objection about them is settled."""

from collections.abc import Iterator

from django.db.models import Max

from gongjiang.models import Honour, Notice, NoticeEntry, Objection

NUMBER = 7
LAW = "公示不满期、异议未办结的不命名；不予受理须有理由和两人"


def violations() -> Iterator[str]:
    """Entries shorter than their notice, honours too early, refusals by one."""
    for notice in Notice.objects.order_by("id"):
        for entry in notice.entries.exclude(state=NoticeEntry.State.STRUCK).filter(ends_on__lt=notice.last_day):
            if entry.starts_on >= notice.first_day:
                yield f"{entry}：公示到 {entry.ends_on} 就结束，应到 {notice.last_day}"
    for honour in Honour.objects.filter(case__isnull=False).select_related("case", "document").order_by("id"):
        # By the document: a term may begin on a day of the notice that is long gone.
        named = honour.document.issued_on if honour.document is not None else honour.from_date
        entries = NoticeEntry.objects.filter(case=honour.case).exclude(state=NoticeEntry.State.STRUCK)
        last = entries.aggregate(last=Max("ends_on"))["last"]
        if last is not None and named <= last:
            yield f"{honour}：{named} 命名，公示到 {last} 才满"
        open_matters = Objection.objects.filter(entry__case=honour.case).exclude(
            state__in=[Objection.State.REFUSED, Objection.State.DECIDED]
        )
        if open_matters.exists():
            yield f"{honour}：已命名，而有异议没有办结"
    for one in Objection.objects.filter(state=Objection.State.REFUSED).order_by("id"):
        if not one.refusal or one.refusal_confirmed_by_id in (None, one.refused_by_id):
            yield f"{one}：不予受理缺理由或缺第二人"
