"""What tests of packs share: a small pack's text, and what the lints say of a fragment."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongjiang.catalogue.packs import catalogue
from gongjiang.rules.programmes.lints import run
from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.names import names_of
from gongjiang.rules.programmes.source import read

Told = Callable[[str], set[tuple[str, int]]]


@pytest.fixture(scope="session")
def small_pack(root: Path) -> str:
    """The invented pack: two awards, one for teams, two tiers, a share of a share, two tracks that join."""
    return (root / "tests/packs/jichuan-2031.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def small_notice(root: Path) -> str:
    """The invented pack's notice."""
    return (root / "tests/packs/jichuan-2031.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def told() -> Told:
    """All (code, line) that the lints find in a fragment of a pack."""

    def lint(text: str) -> set[tuple[str, int]]:
        source = read(text, "x.yaml")
        return {(one.code, one.line) for one in run(Draft(source, names_of(source.data, catalogue())))}

    return lint
