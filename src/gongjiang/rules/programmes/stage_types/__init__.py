"""Stage types: a registry of small classes. A new type is a new module here and touches no other."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from gongjiang.rules.programmes.schema.stage import Stage

_TYPES: dict[str, type[Stage]] = {}


def stage_types() -> dict[str, type[Stage]]:
    """All types by name, in the order of their module names."""
    if not _TYPES:
        for info in iter_modules(__path__):
            found = getattr(import_module(f"{__name__}.{info.name}"), "STAGE", None)
            if found is not None:
                _TYPES[found.model_fields["type"].default] = found
    return _TYPES


def read_stage(raw: Any) -> Any:
    """A stage by the class of its `type`; what is not a mapping is left for the caller to refuse."""
    if not isinstance(raw, dict):
        return raw
    name = raw.get("type")
    found = stage_types().get(str(name))
    if found is None:
        raise ValueError(f"unknown stage type {name!r}; known: {', '.join(stage_types())}")
    return found.model_validate(raw)
