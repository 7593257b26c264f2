"""What was posted from a step of the form, as answers by path. Only the step's own questions are looked at."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from gongjiang.kernel.dates import parse_until
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.nominations.form_plan_parts import Asked, Choice, RowsAsked, Section, Statement
from gongjiang.rules.nominations.merging import CHOICES
from gongjiang.rules.nominations.paths import answer_at, keep_row_ids
from gongjiang.web.components.rows import read_rows

DETAIL = "__detail"
KEEP = "keep__"
CHOSEN = frozenset({"yes_no", "checks"})


def answers_in(
    section: Section, data: QueryDict, values: Mapping[str, Any], only: frozenset[str] | None = None
) -> dict[str, Any]:
    """Answers by path. `values` are those the page showed (numbers masked): rows continue them.

    `only`: names of fields that changed (autosave); the others are left as they are.
    """
    found: dict[str, Any] = {}
    for asked in section.questions:
        names = names_of(asked)
        if only is not None and not names & only:
            continue
        if asked.field.type in CHOSEN or asked.path in data:
            found[asked.path] = _answer(asked, data)
    if only is None and "cards" in data:
        found |= _unticked(section, data)
    for part in section.parts:
        if isinstance(part, Statement) and (only is None or part.path in only):
            found[part.path] = "yes" if data.get(part.path) == "yes" else ""
        if isinstance(part, RowsAsked) and (only is None or any(name.startswith(f"{part.path}-") for name in only)):
            found[part.path] = rows_in(part, data, answer_at(values, part.path))
    return found


def _unticked(section: Section, data: QueryDict) -> dict[str, Any]:
    """What stood under conditions that are not ticked any more: nothing, as with script."""
    ticked = set(data.getlist("choices"))
    cards = [one for one in section.parts if isinstance(one, Choice) and one.label not in ticked]
    return {asked.path: {} if asked.field.type == "checks" else "" for card in cards for asked in card.parts}


def shown_in(data: QueryDict) -> dict[str, str] | None:
    """Marks of the answers that the posted page showed; None for a page that says none."""
    try:
        found = json.loads(data.get("base", ""))
    except ValueError:
        return None
    return {str(path): str(mark) for path, mark in found.items()} if isinstance(found, dict) else None


def choices_in(data: QueryDict, section: Section) -> dict[str, str]:
    """Which side stays, for answers of this step that two people changed."""
    paths = (one.path for one in (*section.questions, *section.tables))
    found = {path: data.get(KEEP + path, "") for path in paths}
    return {path: choice for path, choice in found.items() if choice in CHOICES}


def names_of(asked: Asked) -> set[str]:
    """Names of the inputs of one question."""
    own = {asked.path}
    if asked.field.detail:
        own.add(asked.path + DETAIL)
    return own | {f"{asked.path}__{one.code}" for one in asked.field.options if one.fill}


def rows_in(part: RowsAsked, data: QueryDict, old: Any) -> list[dict[str, Any]]:
    """Posted rows on top of the stored ones they continue, so that what the table doesn't show stays."""
    columns = [{"name": one.path, "kind": "until" if one.path == "to" else "text"} for one in part.columns]
    shown = {one.path for one in part.columns}
    before = [row for row in old if isinstance(row, Mapping)] if isinstance(old, list) else []
    visible = [{key: row[key] for key in row if key in shown or key == "id"} for row in before]
    months = {one.path for one in part.columns if one.field.type == "month"}
    posted = [
        {key: _month(value) if key in months else value for key, value in row.items()}
        for row in read_rows(data, part.path, columns)
    ]
    by_id = {str(row.get("id", "")): row for row in before}
    return [{**by_id.get(row["id"], {}), **row} for row in keep_row_ids(visible, posted)]


def _month(typed: str) -> str:
    """As it is stored, so that a row is known again; 至今 is nothing, what can't be read stays as typed."""
    try:
        found = parse_until(typed)
    except BadInput:
        return typed
    return found.iso() if found is not None else ""


def _answer(asked: Asked, data: QueryDict) -> Any:
    kind = asked.field.type
    if kind == "yes_no" and asked.field.detail:
        value = data.get(asked.path, "")
        return {"value": value, "detail": data.get(asked.path + DETAIL, "")} if value else ""
    if kind == "checks":
        ticked = data.getlist(asked.path) if asked.field.multi else [one for one in [data.get(asked.path, "")] if one]
        return {code: data.get(f"{asked.path}__{code}", "") for code in ticked}
    return data.get(asked.path, "")
