"""What whoever was chosen owes afterwards, as data for the honour's life (ledger J-10)."""

from typing import Literal

from gongjiang.rules.programmes.schema.base import Named, Words
from gongjiang.rules.programmes.schema.lists import Approval
from gongjiang.rules.programmes.schema.material import Length


class Obligation(Named):
    """A fact that stays as it was for a while: `keeps` names its field, `length` how long from `begins` on.

    Soft: a change is lawful once approved on record; hard: not at all.
    """

    award: Words = ()
    keeps: str
    length: Length
    begins: Literal["conferred", "selected"] = "conferred"
    force: Literal["hard", "soft"] = "soft"
    approval: Approval | None = None
