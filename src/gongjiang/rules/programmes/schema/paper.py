"""Annexes that are about nobody in particular: a table of places, an outline of evidence, a guide."""

from typing import Literal

from gongjiang.rules.programmes.schema.base import Named, Strict, Words


class Power(Strict):
    """A clause that says, head by head, what one power asks for: `of` are the heads, in the clause's order."""

    label: str
    clause: str
    of: Words


class PaperBlock(Strict):
    """A piece of such an annex. `type` decides which keys count.

    table: `columns` and `rows` as the annex has them · places: the rows of a table of places, `folds` times beside each
    other, `values` their heads where the annex words them otherwise · rubric: a scoring tree with what each indicator
    means and what shows it · powers: clauses by their heads · note: `text`, or a clause word for word.
    """

    type: Literal["table", "places", "rubric", "powers", "note"]
    columns: Words = ()
    widths: tuple[int, ...] = ()
    merge: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    table: str | None = None
    folds: int = 1
    values: dict[str, str] = {}
    tree: str | None = None
    powers: tuple[Power, ...] = ()
    text: str | None = None
    clause: str | None = None


class Paper(Named):
    """One annex, printed from the edition's page."""

    heading: str = ""
    blocks: tuple[PaperBlock, ...] = ()
