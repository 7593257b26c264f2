"""Which regulation followed which, by document number: titles are misprinted and shortened, numbers are not.

What was decided under a repealed one stays judged by it: nothing here changes a verdict, it only says so (M-20).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjiang.kernel.dates import long_date
from gongjiang.rules.programmes.pack import Pack

_BRACKETS: Final = str.maketrans("()[]{}【】", "〔〕〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True)
class Succession:
    """`title` (`doc_no`), on which a pack rests, was repealed by `by` (`by_no`) from `since` on."""

    title: str
    doc_no: str
    by: str
    by_no: str
    since: date

    @property
    def sentence(self) -> str:
        """For the pages of packs and editions."""
        return (
            f"所依据的《{self.title}》（{self.doc_no}）已由《{self.by}》（{self.by_no}）自"
            f"{long_date(self.since)}起废止；本项目的选定仍按原办法判断。"
        )


def doc_number(text: str) -> str:
    """A document number as it is compared: 总工发[2024] 1号 and 总工发〔2024〕1号 are one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def succession(pack: Pack, others: Iterable[Pack]) -> tuple[Succession, ...]:
    """What a pack rests on (or is itself) and another pack repeals."""
    return tuple(found for one in others for found in _repealed(pack, one))


def _repealed(pack: Pack, other: Pack) -> Iterator[Succession]:
    header = pack.pack
    rests = {doc_number(one.doc_no) for one in header.based_on if one.relation == "implements" and one.doc_no}
    rests |= {doc_number(one) for one in (header.doc_no, *(upper.doc_no for upper in pack.uppers)) if one}
    force = other.pack.in_force
    since = (force.from_ if force else None) or other.pack.issued_on
    for one in other.pack.repeals:
        if doc_number(one.doc_no) in rests:
            yield Succession(one.title, one.doc_no, other.pack.title, other.pack.doc_no, since)


def in_force(pack: Pack, day: date) -> bool:
    """Does the regulation hold on that day? One without a stated life holds from its issue on."""
    force = pack.pack.in_force
    first = (force.from_ if force else None) or pack.pack.issued_on
    return first <= day and (force is None or force.to is None or day <= force.to)
