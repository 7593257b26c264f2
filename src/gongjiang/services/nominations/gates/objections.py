"""objections: nothing open against the person (TRUST 7)."""

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.models import Objection
from gongjiang.services.nominations.gates import Passage


def gate(passage: Passage) -> Decision:
    """Every objection received is refused on record by two, or decided."""
    waiting = Objection.objects.filter(entry__case=passage.case).exclude(state__in=["refused", "decided"])
    numbers = list(waiting.order_by("id").values_list("receipt", flat=True)[:5])
    if not numbers:
        return Decision.yes()
    return Decision.no(Reason(f"{passage.case.title}还有未办结的异议：{'、'.join(numbers)}。", passage.stage.clause))
