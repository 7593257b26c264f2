"""What forms of training post, read: days, moments, numbers; each refusal names its field."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, cast

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from gongjiang.kernel.errors import BadInput
from gongjiang.services.cultivation.files import Sent, read_files
from gongjiang.web.numbers import whole


def day_of(said: QueryDict, name: str, label: str, otherwise: date | None = None) -> date:
    """A day that must be there, unless there is another to take instead."""
    found = day_or_none(said, name, label)
    if found is None and otherwise is None:
        raise BadInput("请填日期。", "Give a day.", place=label)
    return found or cast(date, otherwise)


def day_or_none(said: QueryDict, name: str, label: str) -> date | None:
    """A day as a form posts it, None if it is left out."""
    text = said.get(name, "").strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadInput("日期看不懂，请写作 2026-10-12。", "No such day.", place=label) from None
    if not 1990 <= found.year <= 2100:
        raise BadInput("年份应在 1990 到 2100 之间。", "No such year.", place=label)
    return found


def moment_of(said: QueryDict, name: str, label: str) -> datetime:
    """A moment as `datetime-local` posts it, in the official time."""
    try:
        found = datetime.fromisoformat(said.get(name, "").strip())
    except ValueError:
        raise BadInput("时间看不懂，请写作 2026-10-12 09:00。", "No such moment.", place=label) from None
    if found.tzinfo is not None or not 1990 <= found.year <= 2100:
        raise BadInput("时间看不懂，请写作 2026-10-12 09:00。", "No such moment.", place=label)
    return timezone.make_aware(found)


def number_of(said: QueryDict, name: str, label: str) -> int | None:
    """A whole number, None if it is left out."""
    text = said.get(name, "").strip()
    if not text:
        return None
    found = whole(text, None)
    if found is None or found > 2_000_000_000:
        raise BadInput("请填整数。", "A whole number.", place=label)
    return found


def hours_of(said: QueryDict, name: str, label: str) -> Decimal | None:
    """Learning hours with one decimal at most, None if left out."""
    text = said.get(name, "").strip()
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    exponent = found.as_tuple().exponent
    if not text.isascii() or not found.is_finite() or not isinstance(exponent, int) or exponent < -1:
        raise BadInput("请填学时，最多一位小数，如 1.5。", "Hours with one decimal.", place=label)
    return found + 0


def files_of(request: HttpRequest, *names: str, place: str = "照片和文件") -> tuple[Sent, ...]:
    """Files posted under these names, judged. BadInput says which one is wrong."""
    sent: Sequence[tuple[str, BinaryIO]] = [
        (one.name or "", cast(BinaryIO, one)) for name in names for one in request.FILES.getlist(name)
    ]
    return read_files(sent, place)
