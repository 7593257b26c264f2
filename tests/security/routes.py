"""Every route of the product, read from the URL resolver, with addresses made from the house's things.

A new route is taken in by itself: an argument `<model>_id` is filled with things of that model, any other with the
values below. A kind of argument that nobody foresaw fails `test_every_argument_is_known`, which says where to add it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.security.world import House

import gongjiang.web

NOWHERE = 987_654_321
"""An id that nothing has."""


@dataclass(frozen=True)
class Route:
    """One address pattern with its view."""

    name: str
    pattern: str
    arguments: dict[str, str] = field(hash=False, compare=False)
    access: str | None

    @property
    def about(self) -> str:
        """The kind of thing that decides who may see it: the first id, '' if it has none."""
        return next((key.removesuffix("_id") for key in self.arguments if key.endswith("_id")), "")


def all_routes() -> list[Route]:
    """Every route, in the resolver's order."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            kinds = {key: type(value).__name__ for key, value in one.pattern.converters.items()}
            yield Route(one.name or "", prefix + str(one.pattern), kinds, getattr(one.callback, "access", None))


#: Ids whose name isn't the model's.
ALIASES = {
    "unit": "Organisation",
    "entry": "NoticeEntry",
    "person": "User",
    "meeting": "Meeting",
    "sheet": "ScoreSheet",
    "list": "StageList",
    "version": "PackVersion",
    "pack": "PackVersion",
    "document": "NamingDocument",
    "import": "RegistryImport",
    "question": "PersonQuestion",
    "row": "RegistryEntry",
    "upload": "PartialUpload",
    "copy": "RedactedCopy",
    "piece": "InquiryFile",
    "posting": "NoticePosting",
    "proof": "ObjectionFile",
    "event": "TrainingEvent",
    "session": "TrainingSession",
    "activity": "ActivityEntry",
    "round": "LearningRound",
    "task": "PracticeTask",
    "attached": "CultivationFile",
    "report": "PeriodicReport",
    "call": "ReportCall",
}
#: Arguments that are no ids of ours: one value that exists, if possible.
PLAIN: dict[str, tuple[Any, ...]] = {
    "stage_id": ("expert", "notice", "name", "initial", "qualify"),
    "section_id": ("application-1", "material", "confirm"),
    "form_id": ("application",),
    "paper_id": ("guide", "application"),
    "paper": ("application",),
    "step": ("notify", "propose", "sign", "measure", "accept"),
    "kind": ("pdf", "docx"),
    "number": (1,),
    "ordinal": (1, 2),
    "size": (1,),
    "year": (2026,),
    "action": ("admit", "decide"),
    "slug": ("notice-2026",),
    "key": ("nanning-2026",),
    "token": ("nothing",),
    "code": ("0000000000",),
    "purpose": ("revocation", "suspension"),
    "what": ("courtesies", "publicity"),
    "figure": ("p.city.stands", "nothing"),
    "process": ("final", "nothing"),
}


def model_of(argument: str) -> Any:
    """The model that an argument `<name>_id` is a key of; None if there is none of that name."""
    if not argument.endswith("_id"):
        return None
    name = ALIASES.get(argument.removesuffix("_id"), argument.removesuffix("_id"))
    return next(
        (one for one in apps.get_app_config("gongjiang").get_models() if one.__name__.lower() == name.lower()), None
    )


def values_for(house: House, argument: str, kind: str) -> tuple[Any, ...]:
    """What to put into an argument."""
    if argument == "section_id":
        return tuple(sections(house))
    if argument in PLAIN:
        return PLAIN[argument]
    if argument.endswith("_id"):
        model = model_of(argument)
        return tuple(model.objects.order_by("pk").values_list("pk", flat=True)[:3]) if model else (1,)
    return (1,) if kind == "IntConverter" else ("main-2026",)


def sections(house: House) -> list[str]:
    """Ids of the steps of a form, and one that no form has."""
    from_plan: list[str] = house.things.get("sections", [])
    return [*from_plan[:2], "confirm", "nothing"]


def address(house: House, route: Route, turn: int = 0, **given: Any) -> str:
    """An address of a route; arguments not `given` take turns through their values."""
    if not route.name:
        return "/" + route.pattern
    filled = {}
    for argument, kind in route.arguments.items():
        choices = values_for(house, argument, kind) or (NOWHERE,)
        filled[argument] = given.get(argument, choices[turn % len(choices)])
    return reverse(route.name, kwargs=filled)


def known_argument(argument: str, kind: str) -> bool:
    """Can this argument be filled?"""
    return argument in PLAIN or (argument.endswith("_id") and model_of(argument) is not None)


__all__ = ["NOWHERE", "Route", "address", "all_routes", "known_argument", "model_of", "values_for"]


def _posted_names() -> list[str]:
    """Names of parameters that the web floor reads, found in its source: new ones are tried by themselves."""
    folder = Path(gongjiang.web.__file__).parent
    named = re.compile(r"""(?:POST|GET|said|typed|data)(?:\.get|\.getlist)?[\[(]["'](\w+)["']""")
    return sorted({name for path in folder.rglob("*.py") for name in named.findall(path.read_text("utf-8"))})


ROUTE_TEXTS = _posted_names()
