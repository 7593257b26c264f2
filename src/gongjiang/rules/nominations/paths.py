"""Where an answer of a form belongs: a field of the subject, of a relation (`leader.x`), of the case itself (`case.x`).

A case keeps its answers nested (`leader: {name: …}`, `members: [{…}]`); those about the case itself (`contact`) lie
beside the subject's own. Forms and their checks name answers by path.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gongjiang.rules.programmes.vocabulary import NOTHING, FieldSpec, Vocabulary


def spec_at(words: Vocabulary, path: str) -> FieldSpec | None:
    """The field that a path names, None if there is none such. Rows and files are not single answers."""
    head, _, rest = path.partition(".")
    if not rest:
        found = words.fields.get(head)
    elif head == "case":
        found = words.kinds.get("case", NOTHING).get(rest)
    elif head in words.relations and not words.relations[head][1]:
        found = words.of_kind(words.relations[head][0]).get(rest)
    else:
        found = None
    return None if found is not None and found.type in {"rows", "file", "photo"} else found


def columns_at(words: Vocabulary, path: str) -> Mapping[str, FieldSpec]:
    """Columns of the rows that a path names: a row group, or a relation to several; else nothing."""
    if path in words.groups:
        return words.groups[path]
    if path in words.relations and words.relations[path][1]:
        return words.columns(path)
    return NOTHING


def answer_at(values: Mapping[str, Any], path: str) -> Any:
    """The answer at a path, None where nothing stands."""
    head, _, rest = path.partition(".")
    if not rest:
        return values.get(head)
    if head == "case":
        return values.get(rest)
    inside = values.get(head)
    return inside.get(rest) if isinstance(inside, Mapping) else None


def nested(answers: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by path as changes to the values: a relation comes whole, with what it held besides."""
    changes: dict[str, Any] = {}
    for path, answer in answers.items():
        head, _, rest = path.partition(".")
        if not rest:
            changes[head] = answer
        elif head == "case":
            changes[rest] = answer
        else:
            inside = changes.get(head, values.get(head))
            changes[head] = {**(inside if isinstance(inside, Mapping) else {}), rest: answer}
    return changes


def keep_row_ids(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """New rows under the ids of the old ones they continue: equal content first, then the rest in order.

    Judgements about a row hang on its id, so a row keeps it while its neighbours come and go.
    """
    free = {str(row.get("id", "")): {k: v for k, v in row.items() if k != "id" and v} for row in old}
    found: list[str] = []
    for row in new:
        content = {key: value for key, value in row.items() if key != "id" and value}
        match = next((mark for mark, kept in free.items() if kept == content), "")
        free.pop(match, None)
        found.append(match)
    rest = iter(list(free)) if len(new) == len(old) else iter(())
    return [{**row, "id": mark or next(rest, "")} for row, mark in zip(new, found, strict=True)]
