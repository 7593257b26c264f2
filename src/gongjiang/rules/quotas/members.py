"""What a pool sees of a list: one member a case, with truths already decided."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from gongjiang.kernel.truth import UNKNOWN, Truth, Unknown, all_of

#: A group of a pool: one name a `per` path; () where the pool has no `per`. None stands for a name
#: that nobody has said yet: such cases may form a group of their own.
GroupKey = tuple[str | None, ...]
#: The names under which a case counts on one `per` path, nearest first
#: (新疆生产建设兵团, 新疆); UNKNOWN where nobody has said.
Chain = tuple[str, ...] | Unknown


@dataclass(frozen=True, slots=True)
class Member:
    """One case of a list.

    `inside` is the pool's own `where`, `whole` that of its parent (`in`, `of`; true without one),
    `chains` one chain of names for each path of `per`, `value` what `count: {distinct}` reads.
    """

    case: str
    inside: Truth = Truth.TRUE
    whole: Truth = Truth.TRUE
    chains: tuple[Chain, ...] = ()
    value: Hashable | Unknown = UNKNOWN

    def groups(self) -> Iterator[GroupKey]:
        """Every group in which the case counts, None for each name that is not known."""
        chains = [(None,) if isinstance(one, Unknown) else one for one in self.chains]
        yield from dict.fromkeys(product(*chains))

    def of_group(self, key: GroupKey) -> Truth:
        """Does the case count in that group? A name that is not known may be any."""
        return all_of(_has(chain, name) for chain, name in zip(self.chains, key, strict=True))


def _has(chain: Chain, name: str | None) -> Truth:
    if isinstance(chain, Unknown):
        return Truth.UNKNOWN
    return Truth.TRUE if name in chain else Truth.FALSE


def key_text(key: GroupKey) -> str:
    """A group for people: `江苏 · 某集团`; 未填 for a name nobody has said."""
    return " · ".join("未填" if name is None else name for name in key)


def key_counter(key: GroupKey) -> str:
    """The group as one text for a column; different groups never give the same text."""
    return " / ".join("?" if name is None else name.replace("/", "//").replace("?", "??") for name in key)


def counted(member: Member, group: Truth, *, nested: bool) -> Truth:
    """Does the case count? With a parent it must lie in that too."""
    return all_of((member.inside, member.whole, group) if nested else (member.inside, group))


def _choices(one: Truth) -> tuple[int, ...]:
    return {Truth.TRUE: (1,), Truth.FALSE: (0,)}.get(one, (0, 1))


def pairs(member: Member, group: Truth, *, nested: bool) -> set[tuple[int, int]]:
    """All (in the numerator, in the denominator) that the case may turn out to be."""
    return {
        ((i & w if nested else i) & g, w & g)
        for i, w, g in product(_choices(member.inside), _choices(member.whole), _choices(group))
    }


def surplus(options: Iterable[tuple[int, int]], share: Fraction) -> set[Fraction]:
    """What a case may add to `numerator − share × denominator`."""
    return {n - share * d for n, d in options}
