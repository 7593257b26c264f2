"""window: the step falls in its time, by the server's clock."""

from datetime import datetime

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.programmes.windows import Window, stage_window

_WHAT_NOW = "如有特殊情况，请主办单位办理延期。"


def gate(passage: Passage) -> Decision:
    """Too early is refused; so is handing in or sending up for the first time too late, unless the time says
    `late: ask` (the organiser decides). An extension for the nominator or for the unit it comes from counts.

    What was sent back for correction may come again after the end.
    """
    case, stage = passage.case, passage.stage
    return in_time(case, passage.row, stage, stage_window(passage.programme, stage, sides_of(case)), passage.at)


def sides_of(case: Case) -> tuple[int, int]:
    """Whose extensions count."""
    return case.nominator_id, case.applying_unit_id


def in_time(case: Case, row: StageRow, stage: Stage, window: Window, at: datetime) -> Decision:
    """The same of a window that was read before (many cases on one page)."""
    state = window.state(at)
    if state == "early" and window.opens is not None:
        opens = long_date(window.opens.date())
        return Decision.no(Reason(f"{stage.shown}{opens}开始，现在还不能办理。", stage.clause))
    first = row.moved_at is None if stage.type == "submit" else case.submitted_at is None
    if state == "late" and first and window.late != "ask" and window.last_day is not None:
        ended = f"{stage.shown}已于{long_date(window.last_day)} 24:00截止"
        what = f"{ended}，按通知视为放弃。" if window.late == "lapse" else f"{ended}。"
        return Decision.no(Reason(what + _WHAT_NOW, stage.clause))
    return Decision.yes()
