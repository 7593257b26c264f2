"""bars: nobody is nominated while a bar on them runs (禁报期), by the clause or decision that set it."""

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.services.nominations.barred import bar_on, said
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.programmes.windows import today_of


def gate(passage: Passage) -> Decision:
    """Refuses with the day until which it runs. A case over an honour that is held is not a nomination."""
    case = passage.case
    if case.subject_id is None or case.over_id is not None:
        return Decision.yes()
    found = bar_on(passage.programme, case.subject_id, today_of(passage.at))
    return Decision.yes() if found is None else Decision.no(Reason(said(case.title, found)))
