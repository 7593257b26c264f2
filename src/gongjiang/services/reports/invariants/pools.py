"""Counts of pools are what cases take up, and never above their limit."""

from collections.abc import Iterator

from django.db.models import Count, F

from gongjiang.models import Case, PoolCount, PoolSeat
from gongjiang.rules.programmes.stage_types.moves import CaseState

NUMBER = 1
GIVEN_BACK = (CaseState.WITHDRAWN, CaseState.REJECTED, CaseState.DISQUALIFIED)
LAW = "任何名额都不超过上限，计数与占用一致"


def violations() -> Iterator[str]:
    """Over the limit; a count unlike its seats; a seat of a case that was withdrawn, refused or struck.

    Whom a later list did not keep had a place on the earlier one all the same.
    """
    rows = PoolCount.objects.annotate(held=Count("seats"))
    for one in rows.filter(used__gt=F("limit")).order_by("id"):
        yield f"{one}：超过上限"
    for one in rows.exclude(used=F("held")).order_by("id"):
        yield f"{one.pool} {one.group}：计数 {one.used}，实际占用 {one.held}"
    ended = Case.objects.filter(state__in=[one.value for one in GIVEN_BACK]).values("pk")
    for seat in PoolSeat.objects.filter(case__in=ended).select_related("case", "count").order_by("id"):
        yield f"{seat.case} 已经{seat.case.state}，仍占着 {seat.count.pool} 的名额"
