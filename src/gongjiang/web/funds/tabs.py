"""The pages of this room, as a row of tabs above each."""

from typing import Any

from django.urls import reverse

TABS = (
    ("funds", "经费"),
    ("funds-benefits", "待遇"),
    ("funds-given", "给予记录"),
    ("funds-offers", "预约"),
)


def tabs(here: str) -> list[dict[str, Any]]:
    """{label, url, current}."""
    return [{"label": label, "url": reverse(name), "current": name == here} for name, label in TABS]
