"""What the public reads of withdrawn honours (M-17: the register says so): name, title, day, number of the decision."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongjiang.models import Honour, Inquiry


@dataclass(frozen=True)
class Withdrawn:
    """One line. What it was about stays inside."""

    name: str
    title: str
    named_on: date
    withdrawn_on: date
    document: str


@dataclass(frozen=True)
class Page:
    """The latest first; `after` is the key of the next page, 0 at the end."""

    rows: tuple[Withdrawn, ...]
    after: int


def withdrawn(after: int = 0, limit: int = 50) -> Page:
    """Honours that are withdrawn by a decision; one given back is no longer here."""
    decided = Inquiry.objects.filter(kind=Inquiry.Kind.EXIT, state=Inquiry.State.DECIDED)
    later = decided.filter(honour=OuterRef("honour"), pk__gt=OuterRef("pk"))
    rows = decided.filter(~Exists(later), honour__state=Honour.State.REVOKED).select_related("honour")
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: limit + 1])
    lines = tuple(
        Withdrawn(one.honour.name, one.honour.title, one.honour.from_date, day, one.document)
        for one in found[:limit]
        if one.honour is not None and one.decided_at is not None
        for day in [timezone.localtime(one.decided_at).date()]
    )
    return Page(lines, found[limit - 1].pk if len(found) > limit else 0)
