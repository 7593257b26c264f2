"""window: the step falls in its time, by the server's clock."""

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.programmes.windows import stage_window


def gate(passage: Passage) -> Decision:
    """Too early is refused; too late too, unless the time says `late: ask` or `lapse` (then it is remarked).

    What was sent back for correction may come again after the end.
    """
    window = stage_window(passage.programme, passage.stage, passage.case.nominator_id)
    state = window.state(passage.at)
    clause = passage.stage.clause
    if state == "early" and window.opens is not None:
        return Decision.no(
            Reason(f"{passage.stage.shown}{long_date(window.opens.date())}开始，现在还不能办理。", clause)
        )
    if (
        state == "late"
        and passage.case.submitted_at is None
        and window.late == "refuse"
        and window.last_day is not None
    ):
        return Decision.no(
            Reason(
                f"{passage.stage.shown}已于{long_date(window.last_day)} 24:00截止。如有特殊情况，请主办单位办理延期。",
                clause,
            )
        )
    return Decision.yes()
