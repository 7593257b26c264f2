"""Templates of reports that the notices ask for, as data."""

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from gongjiang.rules.reports.template import Template, read_template


@cache
def templates() -> tuple[Template, ...]:
    """All of them, in the order of the file."""
    text = files("gongjiang.catalogue.reports").joinpath("reports.yaml").read_text(encoding="utf-8")
    return tuple(read_template(one) for one in YAML(typ="safe").load(text)["reports"])


def template_named(name: str) -> Template | None:
    """A template by its id."""
    return next((one for one in templates() if one.id == name), None)
