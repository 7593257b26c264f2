"""Courtesy policies that hold on the day, pieces in the media of the period (第十六条、第十九条; M-23)."""

from collections.abc import Iterator

from django.db.models import Q

from gongjiang.models import CourtesyPolicy, MediaPiece
from gongjiang.rules.reports.tables import Item
from gongjiang.services.reports.periodic.facts.ground import Ground


def items(ground: Ground) -> Iterator[Item]:
    """Of the unit and, unless it speaks of its own only, of those under it. Two queries."""
    policies = CourtesyPolicy.objects.filter(
        Q(until__isnull=True) | Q(until__gte=ground.as_of),
        ground.of_organisation(),
        withdrawn_at__isnull=True,
        on__lte=ground.as_of,
    )
    for pk, level in policies.values_list("pk", "organisation__level"):
        yield Item("w", level, "policies", pk)
    pieces = MediaPiece.objects.filter(
        ground.of_organisation(), withdrawn_at__isnull=True, on__gte=ground.since, on__lte=ground.as_of
    )
    for pk, level in pieces.values_list("pk", "organisation__level"):
        yield Item("w", level, "pieces", pk)
