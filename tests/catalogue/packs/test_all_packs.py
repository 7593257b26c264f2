"""What holds for every pack of this project."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongjiang.rules.programmes.pack import Pack

NAMES = ("nanning-2026", "national-2024", "jichuan-2031")
Load = Callable[[str], Pack]


def cited(value: Any) -> Iterator[str]:
    """Every clause that an item, or anything inside it, cites."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in {"cite", "clause"}:
                yield from [one] if isinstance(one, str) else one or ()
            else:
                yield from cited(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from cited(one)


@pytest.mark.parametrize("name", NAMES)
def test_loads_without_a_warning(pack: Load, name: str) -> None:
    assert pack(name).warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_notice_is_partitioned(pack: Load, text: Callable[[str], str], name: str) -> None:
    assert "".join(one.text for one in pack(name).clauses) == text(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_that_orders_something_is_cited(pack: Load, name: str) -> None:
    found = pack(name)
    sections = found.model_dump(by_alias=True, exclude={"notice", "questions", "clauses", "catalogue", "vocabulary"})
    assert found.notice is not None
    ids = [one.id for one in found.notice.clauses if one.kind != "info" and not one.note]
    known = set(cited(sections))
    assert [one for one in ids if one not in known] == []


@pytest.mark.ledger("X-07")
@pytest.mark.parametrize("name", NAMES)
def test_a_correction_quotes_its_clause(pack: Load, name: str) -> None:
    found = pack(name)
    assert found.notice is not None
    texts = {one.id: one.text for one in found.clauses}
    wrong = [one for one in found.notice.corrections if "".join(one.printed.split()) not in texts[one.clause]]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_default_of_its_kind(pack: Load, name: str) -> None:
    kinds = {"yes_no": bool, "number": int, "one_of": str}
    for one in pack(name).questions:
        assert isinstance(one.default, kinds[one.takes.kind]), one.id
        assert not one.takes.options or one.default in one.takes.options, one.id


@pytest.mark.parametrize("name", NAMES)
def test_a_public_notice_shows_nothing_personal(pack: Load, name: str) -> None:
    found = pack(name)
    personal = {one.id for one in found.catalogue.fields if one.subject == "person" and one.pii != "none"}
    shown = {word for stage in found.stages if stage.type == "publish" for word in stage.shows}
    assert shown & personal == set()
