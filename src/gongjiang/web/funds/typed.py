"""What forms of this room send, read into values; problems told at their fields."""

from datetime import date
from decimal import Decimal
from typing import BinaryIO, cast

from django.http import HttpRequest

from gongjiang.kernel.dates import parse_day
from gongjiang.rules.funds.money import parse_yuan
from gongjiang.services.funds.spend import Item
from gongjiang.web.numbers import whole

SCANS = ".pdf,.jpg,.jpeg,.png"


def day(request: HttpRequest, name: str, place: str) -> date | None:
    """A day, None for nothing typed."""
    said = request.POST.get(name, "").strip()
    return parse_day(said, place=place) if said else None


def money(request: HttpRequest, name: str, place: str = "金额") -> Decimal | None:
    """A sum in 元, None for nothing typed."""
    return parse_yuan(request.POST.get(name, ""), place=place)


def receipt(request: HttpRequest) -> tuple[str, BinaryIO] | None:
    """The file that came with the form."""
    upload = request.FILES.get("receipt")
    return (upload.name or "凭证", cast(BinaryIO, upload)) if upload is not None else None


def item(request: HttpRequest) -> Item:
    """One item of a budget."""
    said = request.POST
    return Item(
        said.get("label", ""), money(request, "amount"), day(request, "on", "日期"), said.get("payee", ""),
        said.get("note", ""), person=said.get("person", ""), event=whole(said.get("event"), 0),
        receipt=receipt(request),
    )  # fmt: skip
