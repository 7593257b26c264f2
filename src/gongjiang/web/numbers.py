"""Numbers out of addresses and forms: whole, of a length that a key can have; anything else is no number."""

from collections.abc import Iterable
from typing import TypeVar

Otherwise = TypeVar("Otherwise")
DIGITS = 18
"""Fewer than a database key may have, and far fewer than `int` refuses with a fault."""


def whole(text: str | None, otherwise: Otherwise) -> int | Otherwise:
    """The number that the text writes in plain digits, or `otherwise`."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= DIGITS else otherwise


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """Those of the texts that are numbers."""
    return [int(one) for one in texts if whole(one, None) is not None]
