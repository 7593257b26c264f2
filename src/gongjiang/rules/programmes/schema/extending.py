"""What a pack under an upper pack says of it: the packs above, and where it departs from them."""

from gongjiang.rules.programmes.schema.base import Sourced, Strict
from gongjiang.rules.programmes.schema.words import Level, NoticeRef


class Upper(Strict):
    """A pack above, as the loader puts it into a pack that extends it. `notice`: its clauses, cited as short + id."""

    id: str
    version: str
    title: str
    short: str = ""
    doc_no: str = ""
    level: Level | None = None
    notice: NoticeRef | None = None

    @property
    def prefix(self) -> str:
        """What stands before the ids of its clauses."""
        return self.short or f"{self.id} "


class Departs(Sourced):
    """A departure from the upper pack: which item (`age_limit` or `rules.age_limit`), on what basis, and why.

    With an item of the same id in this pack, that takes the upper's place; without one the upper's is left out.
    """

    id: str
    reason: str
