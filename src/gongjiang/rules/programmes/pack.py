"""A checked pack: its sections, and what checking it found out."""

from pydantic import SkipValidation

from gongjiang.rules.programmes.clauses import Clause
from gongjiang.rules.programmes.problems import PackProblem
from gongjiang.rules.programmes.schema.pack import CatalogueFile, PackFile
from gongjiang.rules.programmes.vocabulary import Vocabulary


class Pack(PackFile):
    """A pack without errors, as `load` returns it. All sections of PackFile, and:

    `hash`       sha256 of the canonical JSON of the data: comments and layout don't count
    `catalogue`  the shared fields it was checked against
    `vocabulary` every word it may use
    `clauses`    the notice's text cut at the anchors; empty when no text was at hand
    `warnings`   findings that don't forbid the pack but that its office should read
    """

    hash: str
    catalogue: CatalogueFile
    vocabulary: SkipValidation[Vocabulary]
    clauses: tuple[SkipValidation[Clause], ...] = ()
    warnings: tuple[SkipValidation[PackProblem], ...] = ()

    @property
    def id(self) -> str:
        """The pack's id: nanning-2026."""
        return self.pack.id
