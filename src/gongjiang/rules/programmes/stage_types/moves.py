"""States of a case's row at a stage, and the moves between them: a table, not code spread over models."""

from dataclasses import dataclass
from enum import StrEnum


class RowState(StrEnum):
    """Where one case stands at one stage. A case has one row per stage it meets."""

    WAITING = "waiting"  # the case has not got here yet, or was sent back
    OPEN = "open"  # somebody here has to act
    DONE = "done"  # finished here, and on this stage's list
    ALTERNATE = "alternate"  # in the order of this list, above its places
    OUT = "out"  # ended here: not passed, not kept
    PASSED_BY = "passed_by"  # this stage is not for this case
    RETAINED = "retained"  # not kept on this list, but goes on with the tier that an earlier one gave
    STRUCK = "struck"  # withdrawn or disqualified while here


class CaseState(StrEnum):
    """The one state of a case as a whole."""

    DRAFT = "draft"
    RUNNING = "running"
    RETURNED = "returned"
    REJECTED = "rejected"  # a check refused it
    NOT_SELECTED = "not_selected"  # a list closed without it
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"
    NAMED = "named"
    SETTLED = "settled"  # of a process over an honour or a unit: decided, and what follows carried out


LIVE = frozenset({CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED, CaseState.NAMED})


@dataclass(frozen=True, slots=True)
class Move:
    """One legal step: (from, action, to, who, gates).

    `who` is a key of the stage ('by', 'jury') or 'applicant', 'officer' (who handles the stage's
    objections), 'platform'. `gates` name checks that must allow it: window, form, material, rules,
    quota, opinions, objections. `case` is the state the case takes, None to keep it.
    """

    action: str
    label: str
    source: RowState
    target: RowState
    who: str = "by"
    gates: tuple[str, ...] = ()
    case: CaseState | None = None
    reason: bool = False
    whole_list: bool = False


RETURN = Move("return", "退回补正", RowState.OPEN, RowState.WAITING, case=CaseState.RETURNED, reason=True)
"""Back to whoever sent it, to be corrected."""

REJECT = Move("reject", "不予通过", RowState.OPEN, RowState.OUT, case=CaseState.REJECTED, reason=True)
"""The end of the case, by whoever acts at the stage."""

WITHDRAW = Move(
    "withdraw", "撤回申报", RowState.OPEN, RowState.STRUCK, who="applicant", case=CaseState.WITHDRAWN, reason=True
)
"""Taken back by the applicant while the case lies at the stage."""

#: What closing a list does, whoever has judged before: kept, in reserve, moved up later, dropped, kept at a tier.
LIST_MOVES = (
    Move(
        "keep",
        "列入名单",
        RowState.OPEN,
        RowState.DONE,
        gates=("window", "rules", "quota"),
        whole_list=True,
    ),
    Move("reserve", "列为备选", RowState.OPEN, RowState.ALTERNATE, whole_list=True),
    Move(
        "promote",
        "递补",
        RowState.ALTERNATE,
        RowState.DONE,
        who="officer",
        gates=("rules", "quota"),
        whole_list=True,
    ),
    Move("drop", "未列入", RowState.OPEN, RowState.OUT, case=CaseState.NOT_SELECTED, whole_list=True),
    Move("retain", "保留已得档次", RowState.OPEN, RowState.RETAINED, whole_list=True),
)
