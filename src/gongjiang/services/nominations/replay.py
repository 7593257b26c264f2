"""A case's state told from its audit entries alone (TRUST 3): what the database says must be the same."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gongjiang.models import Case, Entry, StageRow
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState

#: Rows that wait for nothing are as good as none: a case that was sent back has them, a fresh one has not.
_BLANK = RowState.WAITING


@dataclass
class Replayed:
    """Where a case stands by its entries: its state ('' before its first), and its rows that are not waiting."""

    state: str = ""
    rows: dict[str, str] = field(default_factory=dict)

    def take(self, action: str, data: Mapping[str, object]) -> None:
        """One entry more. Entries that move nothing change nothing."""
        if action == "case.start":
            self.state, self.rows = str(CaseState.DRAFT), {str(data["stage"]): str(RowState.OPEN)}
        elif action == "case.left_behind":
            self.state = str(data["state"])
            self.rows = {name: str(RowState.OUT) if one == RowState.OPEN else one for name, one in self.rows.items()}
        elif isinstance(changed := data.get("rows"), dict):
            self.state = str(data["state"])
            self.rows |= {str(name): str(state) for name, state in changed.items()}
            self.rows = {name: state for name, state in self.rows.items() if state != _BLANK}


def replay(case_ids: Iterable[int]) -> dict[int, Replayed]:
    """State and rows of these cases as their entries tell them, in one query."""
    found = {pk: Replayed() for pk in case_ids}
    entries = Entry.objects.filter(kind="case", case_id__in=found, action__startswith="case.").order_by("seq")
    for case_id, action, body in entries.values_list("case_id", "action", "body").iterator():
        if case_id is not None:
            found[case_id].take(action, json.loads(body)["data"])
    return found


def differences(case_ids: Iterable[int]) -> list[str]:
    """Where the database and the entries disagree, one sentence each; empty if all is well."""
    cases = Case.objects.in_bulk(list(case_ids))
    told = replay(cases)
    rows: dict[int, dict[str, str]] = {pk: {} for pk in cases}
    for pk, name, state in StageRow.objects.filter(case_id__in=cases).values_list("case_id", "stage", "state"):
        if state != _BLANK:
            rows[pk][name] = str(state)
    found: list[str] = []
    for pk, case in sorted(cases.items()):
        if told[pk].state != case.state:
            found.append(f"{case.number}：记录为“{case.state}”，审计重放为“{told[pk].state}”")
        for name in sorted(set(rows[pk]) | set(told[pk].rows)):
            is_, was = rows[pk].get(name, ""), told[pk].rows.get(name, "")
            if is_ != was:
                found.append(f"{case.number}的“{name}”：记录为“{is_}”，审计重放为“{was}”")
    return found
