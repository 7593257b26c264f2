"""Two packs on offer side by side: what changed, with the texts of the clauses on each side."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.rules.programmes.diff.compare import Difference, compare
from gongjiang.services.programmes.clauses import clause_texts
from gongjiang.services.programmes.packs import Offered, get_offered


@dataclass(frozen=True)
class Compared:
    """Two packs, what differs, and each one's clauses by id."""

    left: Offered
    right: Offered
    found: Difference
    left_texts: Mapping[str, str]
    right_texts: Mapping[str, str]


def compare_packs(actor: Actor, left: str, right: str) -> Compared:
    """Compare two packs by their keys (id, or v and a number). NotFound for what the actor may not see."""
    one, other = get_offered(actor, left), get_offered(actor, right)
    return Compared(one, other, compare(one.pack, other.pack), clause_texts(one.pack), clause_texts(other.pack))
