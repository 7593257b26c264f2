"""How people act at a stage, one small class for each type: a registry. A new type is a new module here."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gongjiang.services.rehearsal.acts.base import Act


@cache
def acts() -> Mapping[str, Act]:
    """All acts by stage type: the module's name."""
    found: dict[str, Act] = {}
    for info in iter_modules(__path__):
        act = getattr(import_module(f"{__name__}.{info.name}"), "ACT", None)
        if act is not None:
            found[info.name] = act
    return found
