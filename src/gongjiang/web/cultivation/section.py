"""A part of an artisan's page: each room brings its own, the pages of web/artisans lay them one below another."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from gongjiang.rules.cultivation.hands import Hand

Hands = frozenset[Hand]


@dataclass(frozen=True)
class Section:
    """One part, shown as a panel. `template`: what is drawn inside, with `context`; `link`: where it is worked on;
    `wide`: a table or list that reaches the panel's edges."""

    id: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    aside: str = ""
    link: str = ""
    link_label: str = ""
    wide: bool = False

    @property
    def padded(self) -> bool:
        """Does the panel keep its inner margin?"""
        return not self.wide


Part = Callable[[HttpRequest, Any, Hands], Section | None]
"""(request, honour, the viewer's hands) → a Section; None where there is nothing to say to this person."""
