"""A checked pack: its sections, and what checking it found out."""

from functools import cached_property
from typing import Annotated

from pydantic import ConfigDict, Field, SkipValidation

from gongjiang.rules.programmes.clauses import Clause
from gongjiang.rules.programmes.compiling import ready_exceptions, ready_rules
from gongjiang.rules.programmes.evaluate import ReadyException, ReadyRule
from gongjiang.rules.programmes.extending.change import Change
from gongjiang.rules.programmes.problems import PackProblem
from gongjiang.rules.programmes.registers import registers_asked
from gongjiang.rules.programmes.schema.pack import CatalogueFile, PackFile
from gongjiang.rules.programmes.source import Source
from gongjiang.rules.programmes.vocabulary import Vocabulary
from gongjiang.rules.programmes.wording import vocabulary_of


class Pack(PackFile):
    """A pack without errors, as `load` returns it. All sections of PackFile, and:

    `hash`       sha256 of the canonical JSON of the data: comments and layout don't count
    `catalogue`  the shared fields it was checked against
    `clauses`    the notice's text cut at the anchors; empty when no text was at hand
    `warnings`   findings that don't forbid the pack but that its office should read
    `source`     the data it was made of, upper packs merged in, with the place of each value
    `parts`      its processes (mechanisms 10) by id, each a pack of its own
    `upper_clauses`, `changes`   clauses of the notices above; what it makes of the upper pack's items
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    hash: str
    catalogue: CatalogueFile
    clauses: Annotated[tuple[Clause, ...], SkipValidation] = ()
    warnings: Annotated[tuple[PackProblem, ...], SkipValidation] = ()
    source: Annotated[Source, SkipValidation] = Field(exclude=True, repr=False)
    upper_clauses: Annotated[tuple[Clause, ...], SkipValidation] = Field(default=(), exclude=True)
    changes: Annotated[tuple[Change, ...], SkipValidation] = Field(default=(), exclude=True)
    parts: Annotated[dict[str, "Pack"], SkipValidation] = Field(default_factory=dict, exclude=True, repr=False)

    @property
    def id(self) -> str:
        """The pack's id: nanning-2026."""
        return self.pack.id

    @property
    def departures(self) -> tuple[Change, ...]:
        """Where it departs from the pack above, with reason and basis: shown in red, signed before publishing."""
        return tuple(one for one in self.changes if one.departs)

    @property
    def all_clauses(self) -> tuple[Clause, ...]:
        """Clauses of its own notice, then of those above, as they are cited."""
        return (*self.clauses, *self.upper_clauses)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that its conditions may use, and the types that facts are read by."""
        return vocabulary_of(self, self.catalogue)

    @cached_property
    def asks_registry(self) -> bool:
        """Does anything in it read earlier honours (`rows: registry`, a pool on the register)?"""
        return '"registry"' in self.model_dump_json(include={"rules", "pools", "scoring", "exceptions"}) or any(
            one.on == "register" for one in self.pools
        )

    @cached_property
    def registers_asked(self) -> tuple[str, ...]:
        """Programmes whose registers its rules name, and those on which its pools count."""
        raw = self.model_dump(include={"rules", "pools", "scoring", "exceptions"})
        named = tuple(str(getattr(one, "registers", "") or "") for one in self.stages)
        counted = tuple(one for one in named if one) if any(one.on == "register" for one in self.pools) else ()
        return tuple(dict.fromkeys((*registers_asked(raw), *counted)))

    @cached_property
    def earned(self) -> frozenset[str]:
        """Benefits that become due by a process (`pay`), and so don't come with the naming."""
        tiers = (tier for process in self.processes for tier in process.tiers)
        return frozenset(
            one for tier in tiers for effect in tier.effects if effect.word == "pay" for one in effect.named()
        )

    @cached_property
    def ready_rules(self) -> tuple[ReadyRule, ...]:
        """Its rules with their conditions read."""
        return ready_rules(self.rules, self.stages, self.vocabulary)

    @cached_property
    def ready_exceptions(self) -> tuple[ReadyException, ...]:
        """Its exceptions with their conditions read."""
        return ready_exceptions(self.exceptions, self.vocabulary)
