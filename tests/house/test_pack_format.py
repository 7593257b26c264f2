"""docs/pack-format.md knows every word that a pack may write."""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from tests.house.source import ROOT

from gongjiang.rules.honours.effects import effects
from gongjiang.rules.programmes.conditions import operand_words, operator_words
from gongjiang.rules.programmes.schema.pack import PackFile
from gongjiang.rules.programmes.stage_types import stage_types
from gongjiang.rules.scoring.leaves import leaves

TOLD = set(re.findall(r"[a-z][a-z0-9_]*", (ROOT / "docs" / "pack-format.md").read_text("utf-8")))


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from models(one)


def words_of(annotation: Any) -> Iterator[str]:
    """The closed lists of words inside a type."""
    for one in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield from {one} if isinstance(one, str) and one else ()
        else:
            yield from words_of(one)


def schema() -> set[type[BaseModel]]:
    """Every model that a pack is read into."""
    found: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [PackFile, *stage_types().values()]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += [one for info in model.model_fields.values() for one in models(info.annotation)]
    return found


def test_every_key_is_told() -> None:
    keys = {info.alias or name for model in schema() for name, info in model.model_fields.items()}
    assert len(keys) > 200
    assert keys - TOLD == set()


def test_every_word_of_a_closed_list_is_told() -> None:
    words = {one for model in schema() for info in model.model_fields.values() for one in words_of(info.annotation)}
    assert words - TOLD == set()


def test_every_operator_kind_leaf_and_effect_is_told() -> None:
    assert {*operator_words(), *operand_words(), *leaves(), *effects(), *stage_types()} - TOLD == set()
