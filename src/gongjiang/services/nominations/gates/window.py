"""window: the step falls in its time, by the server's clock."""

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.programmes.windows import stage_window

_WHAT_NOW = "如有特殊情况，请主办单位办理延期。"


def gate(passage: Passage) -> Decision:
    """Too early is refused; so is handing in or sending up for the first time too late, unless the time says
    `late: ask` (the organiser decides). An extension for the nominator or for the unit it comes from counts.

    What was sent back for correction may come again after the end.
    """
    case, stage = passage.case, passage.stage
    window = stage_window(passage.programme, stage, (case.nominator_id, case.applying_unit_id))
    state = window.state(passage.at)
    if state == "early" and window.opens is not None:
        opens = long_date(window.opens.date())
        return Decision.no(Reason(f"{stage.shown}{opens}开始，现在还不能办理。", stage.clause))
    first = passage.row.moved_at is None if stage.type == "submit" else case.submitted_at is None
    if state == "late" and first and window.late != "ask" and window.last_day is not None:
        ended = f"{stage.shown}已于{long_date(window.last_day)} 24:00截止"
        what = f"{ended}，按通知视为放弃。" if window.late == "lapse" else f"{ended}。"
        return Decision.no(Reason(what + _WHAT_NOW, stage.clause))
    return Decision.yes()
