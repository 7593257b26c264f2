"""The packs of this project, loaded and checked once against the texts of their notices."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from gongjiang.catalogue.packs import NOTICES, load_pack, pack_ids
from gongjiang.rules.programmes.pack import Pack

INVENTED = Path(__file__).parents[2] / "packs"


@cache
def loaded(name: str) -> Pack:
    """The checked pack of this name, built in or invented for the tests."""
    return load_pack(name if name in pack_ids() else str(INVENTED / f"{name}.yaml"))


@pytest.fixture(scope="session")
def pack() -> Callable[[str], Pack]:
    """A pack by its id."""
    return loaded


@pytest.fixture(scope="session")
def text() -> Callable[[str], str]:
    """A notice's text by its pack's id, without white space."""

    def squeezed(name: str) -> str:
        folder = NOTICES if name in pack_ids() else INVENTED
        return "".join((folder / f"{name}.txt").read_text(encoding="utf-8").split())

    return squeezed
