"""The packs of this project, loaded and checked once against the texts of their notices."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import gongjiang.catalogue
from gongjiang.rules.programmes.load import load, load_catalogue
from gongjiang.rules.programmes.pack import Pack

CATALOGUE = Path(gongjiang.catalogue.__file__).parent
INVENTED = Path(__file__).parents[2] / "packs"


@cache
def notice(name: str) -> str:
    """The text of a pack's notice as it stands."""
    folder = CATALOGUE / "notices" if (CATALOGUE / "notices" / f"{name}.txt").exists() else INVENTED
    return (folder / f"{name}.txt").read_text(encoding="utf-8")


@cache
def loaded(name: str) -> Pack:
    """The checked pack of this name."""
    shared = load_catalogue((CATALOGUE / "person.yaml").read_text(encoding="utf-8"), "person.yaml")
    folder = CATALOGUE / "packs" if (CATALOGUE / "packs" / f"{name}.yaml").exists() else INVENTED
    return load((folder / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml", shared, notice(name))


@pytest.fixture(scope="session")
def pack() -> Callable[[str], Pack]:
    """A pack by its id."""
    return loaded


@pytest.fixture(scope="session")
def text() -> Callable[[str], str]:
    """A notice's text by its pack's id, without white space."""
    return lambda name: "".join(notice(name).split())
