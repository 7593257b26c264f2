"""{document: attachment}: files were handed in, at least as many as the attachment's `count`."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.conditions.base import Condition, Raw, Read, Reader, Term
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing, Verdict
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import known_word
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import plain
from gongjiang.rules.programmes.vocabulary import FieldSpec

_COUNT = FieldSpec("count", "件数", "int", "件")


@dataclass(frozen=True, kw_only=True)
class Document(Condition):
    """Files of one attachment. While drafting more may come; after submission what is not there is not there, but
    for what is handed in at a later stage (`later`)."""

    word = "document"
    attachment: str
    shown: str
    count: Term
    later: bool = False

    def short(self, facts: Facts) -> Truth:
        """What too few files say."""
        return Truth.FALSE if facts.submitted and not self.later else Truth.UNKNOWN

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Document":
        """The attachment must be known."""
        here = (*at, "document")
        found = known_word(raw["document"], reader.scope.words.attachments, "材料", "attachment", here)
        count = reader.term(found.count, _COUNT, here)
        return cls(attachment=found.id, shown=found.label or found.id, count=count, later=found.later)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """被推荐人同意书须至少1件；已交0件."""
        have = facts.documents.get(self.attachment, 0)
        needed = self.count.read(facts, row)
        missing = self.count.gaps(facts, row)
        if not isinstance(needed, Interval):
            found = Truth.UNKNOWN
        elif have >= needed.high:
            found = Truth.TRUE
        else:
            found = self.short(facts)
            missing = (Missing("document", self.attachment, self.shown),) if found is Truth.UNKNOWN else ()
        return Verdict(found, "document", self.shown, f"须{self._needed(facts, row)}", f"已交{have}件", missing=missing)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """被推荐人同意书至少1件."""
        return f"{self.shown}{self._needed(facts, row)}"

    def reads(self) -> frozenset[Read]:
        """The attachment."""
        return frozenset({Read("document", self.attachment)}) | self.count.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """Exactly as many files as it takes, or one too few."""
        target = Target("document", self.attachment, spec=_COUNT)
        for settled, needed in self.count.settle(draft, row):
            if isinstance(needed, Interval):
                domain = settled.domain(target)
                narrowed = domain.at_least(needed.high) if want else domain.at_most(needed.low, strict=True)
                yield from settled.narrowed(target, narrowed.at_least(Interval.point(0).low))

    def _needed(self, facts: Facts, row: Row | None) -> str:
        value = self.count.read(facts, row)
        text = f"{plain(value.low)}件" if isinstance(value, Interval) else self.count.text(facts, row)
        return f"至少{'若干件' if isinstance(value, Unknown) else text}"


CONDITION = Document
