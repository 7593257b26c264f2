"""Whoever looks up many certificates that don't exist is asked to wait: numbers can't be tried through.

Only failures count. What is kept is a keyed hash of the address and a number, for ten minutes.
"""

import hmac
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import FailedCheck

SPAN: Final = timedelta(minutes=10)
MOST: Final = 20


class TooMany(Refused):
    """Too many failures from one address."""

    status = 429


def require_patience(address: str, at: datetime) -> None:
    """Raises TooMany if this address failed too often lately."""
    rows = FailedCheck.objects.filter(address=_hash(address), since__gt=at - SPAN)
    if (rows.aggregate(all=Sum("number"))["all"] or 0) >= MOST:
        minutes = int(SPAN.total_seconds() // 60)
        raise TooMany(f"查验不成功的次数太多，请 {minutes} 分钟后再试。", "Too many failed checks; wait.")


@transaction.atomic
def count_failure(*, actor: Actor, at: datetime, address: str) -> None:
    """One failure more; what is older than its span is cleared."""
    FailedCheck.objects.filter(since__lt=at - 2 * SPAN).delete()
    slot = datetime.fromtimestamp(at.timestamp() // 60 * 60, UTC)
    row, _ = FailedCheck.objects.get_or_create(address=_hash(address), since=slot)
    FailedCheck.objects.filter(pk=row.pk).update(number=F("number") + 1)


def _hash(address: str) -> str:
    return hmac.new(bytes.fromhex(settings.SECRETS["lookup"]), f"check:{address}".encode(), "sha256").hexdigest()
