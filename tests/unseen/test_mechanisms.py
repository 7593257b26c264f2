"""The general format's own snippets: each loads in a small pack, or is refused for a reason that is said."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.unseen.packing import HERE, made, refused

from gongjiang.rules.programmes.source import read


@dataclass(frozen=True)
class Case:
    """One snippet; `refused`: the code of its problem, empty if it loads; `warned`: of one that forbids nothing."""

    name: str
    pieces: dict[str, Any] = field(hash=False)
    refused: str = ""
    says: str = ""
    warned: str = ""


def cases() -> list[Case]:
    found = read((HERE / "mechanisms.yaml").read_text("utf-8"), "mechanisms.yaml").data["cases"]
    return [Case(pieces=read(one.pop("with"), one["name"]).data, **one) for one in found]


@pytest.mark.parametrize("case", cases(), ids=lambda one: one.name)
def test_the_snippet_loads_or_says_why_not(case: Case) -> None:
    told = refused(case.pieces)
    errors = [one for one in told if one.severity == "error"]
    if not case.refused:
        assert errors == [], [*map(str, errors)]
        told = made(case.pieces).warnings
        if not case.warned:
            return
    found = [one for one in told if one.code == (case.refused or case.warned)]
    assert found, [(one.code, one.text) for one in told]
    assert case.says in found[0].text
    assert found[0].english
