"""material: the files that the notice asks for are there."""

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.nominations.material import lacking


def gate(passage: Passage) -> Decision:
    """At least as many files of each required attachment as the notice says; all that falls short at once."""
    reasons = [
        Reason(one.text, one.asked.attachment.clause, "hard", one.asked.attachment.id)
        for one in lacking(passage.programme, passage.case, passage.facts, passage.stage)
    ]
    return Decision.no(*reasons) if reasons else Decision.yes()
