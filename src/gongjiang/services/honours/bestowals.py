"""Trophies, certificates and bonuses of a naming as its officers see them: what is owed, what was given."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, Final

from django.db.models import Count, Q, QuerySet, Sum

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Bestowal, NamingDocument, Preference
from gongjiang.rules.honours.standing import HELD
from gongjiang.services.evidence.receipts import open_bytes
from gongjiang.services.honours.certificates.authority import document_seen
from gongjiang.services.honours.owe import promised
from gongjiang.services.programmes.programme import Programme

AREA: Final = "receipts"
PAGE: Final = 100


@dataclass(frozen=True)
class Total:
    """One benefit of a document: how many are owed, how many done, what was paid of what, in 元."""

    benefit: str
    label: str
    money: bool
    many: int
    done: int
    paid: Decimal
    due: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be paid, as far as amounts are known."""
        return self.due - self.paid


@dataclass(frozen=True)
class BestowalDesk:
    """A page of a document's things and sums by key; `after` '' at the end; `unlisted`: honours without any yet;
    `preferences`: {label, n}, where those who were named come first."""

    document: NamingDocument
    programme: Programme
    totals: tuple[Total, ...]
    rows: tuple[Bestowal, ...]
    after: str
    unlisted: bool
    preferences: tuple[dict[str, Any], ...]


def bestowal_desk(
    actor: Actor, document_id: int, *, benefit: str = "", left: bool = False, after: int = 0
) -> BestowalDesk:
    """NotFound for who has no part in the naming. `left`: only what is not handed over or paid yet."""
    document, programme = document_seen(actor, document_id)
    rows = of_document(document).filter(pk__gt=after)
    if benefit:
        rows = rows.filter(benefit=benefit)
    if left:
        rows = rows.filter(handed_on=None, paid_on=None)
    found = list(rows.select_related("honour", "by").order_by("pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    without = document.honours.filter(bestowals=None, preferences=None, state__in=HELD)[:PAGE]
    unlisted = any(any(promised(programme, one, None)) for one in without)
    ahead = Preference.objects.filter(honour__document=document, honour__state__in=HELD)
    counted = ahead.values("label").annotate(n=Count("honour", distinct=True)).order_by("label")
    key = str(found[-1].pk) if more else ""
    return BestowalDesk(document, programme, _totals(document), tuple(found), key, unlisted, tuple(map(dict, counted)))


def all_rows(actor: Actor, document_id: int) -> tuple[NamingDocument, list[Bestowal]]:
    """Everything of a document, for the sheet."""
    document, _ = document_seen(actor, document_id)
    return document, list(of_document(document).select_related("honour", "by").order_by("pk"))


def of_document(document: NamingDocument) -> QuerySet[Bestowal]:
    """Everything that goes with the honours of one document."""
    return Bestowal.objects.filter(honour__document=document)


def _totals(document: NamingDocument) -> tuple[Total, ...]:
    over = Q(handed_on__isnull=False) | Q(paid_on__isnull=False)
    rows = (
        of_document(document)
        .values("benefit", "label", "money")
        .annotate(
            n=Count("id"),
            done=Count("id", filter=over),
            paid=Sum("amount", filter=Q(paid_on__isnull=False)),
            due=Sum("amount"),
        )
        .order_by("money", "benefit")
    )
    nothing = Decimal(0)
    return tuple(
        Total(
            one["benefit"], one["label"], one["money"], one["n"], one["done"], one["paid"] or nothing,
            one["due"] or nothing,
        )
        for one in rows
    )  # fmt: skip


def open_receipt(actor: Actor, document_id: int, row: int) -> tuple[Bestowal, BinaryIO]:
    """The receipt of a row and its bytes; NotFound where there is none."""
    document, _ = document_seen(actor, document_id)
    one = of_document(document).filter(pk=row).exclude(stored="").first()
    if one is None:
        raise NotFound()
    return one, open_bytes(one.stored, AREA)
