"""material: the files that the notice asks for are there."""

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.truth import Truth
from gongjiang.services.nominations.form import plan_of, truth_of
from gongjiang.services.nominations.gates import Passage


def gate(passage: Passage) -> Decision:
    """At least `count` files of each required attachment that is asked of this case; at least one where pieces hang on
    indicators, since who has nothing under an indicator is scored, not refused."""
    reasons = []
    for one in plan_of(passage.programme, passage.case).files():
        held = passage.facts.documents.get(one.attachment.id, 0)
        needed = 1 if one.indicators else one.count
        asked = one.when is None or truth_of(passage.programme, passage.case, passage.facts, one.when) is Truth.TRUE
        if one.attachment.required and asked and held < needed:
            text = f"“{one.attachment.shown}”至少{needed}份，现有{held}份。"
            reasons.append(Reason(text, one.attachment.clause, "hard", one.attachment.id))
    return Decision.no(*reasons) if reasons else Decision.yes()
