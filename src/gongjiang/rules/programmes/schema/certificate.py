"""The words of a certificate, where a pack wants its own."""

import re
from typing import Final, Literal

from gongjiang.rules.programmes.schema.base import Named, Words

PLACES: Final = ("name", "title", "tier", "edition", "document", "year")
"""What may stand in braces in `text` and `closing`."""
NUMBER_PLACES: Final = ("year", "serial")
PLACE: Final = re.compile(r"\{([^{}]*)\}")


class Certificate(Named):
    """`award`: for whom; left out, for every award that confers `stands`. A trainee (培育对象) gets a certificate only
    where one names their award (ledger X-06). `label` is the heading; `number` the part before the code."""

    award: Words = ()
    number: str = "{year}-{serial}"
    page: Literal["landscape", "portrait"] = "landscape"
    text: str = "在{edition}中，被授予“{title}”称号。"
    closing: str = "特发此证。"
