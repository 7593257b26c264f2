"""rules: no rule of the pack refuses, and those gated here or earlier are met."""

from gongjiang.kernel.decision import Decision
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.nominations.rulebook import may_pass


def gate(passage: Passage) -> Decision:
    """Refuses with every reason at once (pack-notes 6)."""
    return may_pass(passage.programme, passage.facts, passage.stage.id)
