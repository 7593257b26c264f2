"""What filers declare of a nomination: it holds for what stood there when it was declared, and for nothing later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gongjiang.models import Case, Edit, File, Revision
from gongjiang.rules.nominations.form_plan_parts import FormPlan, Statement

CONFIRMED = "yes"


@dataclass(frozen=True)
class Declared:
    """A statement in the notice's words; `by`, `at`, `version` and `files` (how many) say what was handed in with it,
    None and 0 while nothing was."""

    statement: Statement
    by: str = ""
    at: datetime | None = None
    version: int = 0
    files: int = 0


def statements_of(plan: FormPlan) -> tuple[Statement, ...]:
    """The statements that a form asks for."""
    return tuple(part for one in plan.sections for part in one.parts if isinstance(part, Statement))


def standing(case: Case, plan: FormPlan) -> frozenset[str]:
    """Paths of the statements that were confirmed and since when neither an answer nor a file has changed."""
    paths = [one.path for one in statements_of(plan)]
    confirmed = [path for path in paths if case.values.get(path) == CONFIRMED]
    if not confirmed:
        return frozenset()
    edits = list(Edit.objects.filter(case=case, aside={}).order_by("-id").values_list("id", "changes", "at")[:200])
    later = next((key for key, changes, _ in edits if changes.keys() - set(paths)), 0)
    found = set()
    for path in confirmed:
        said = next(((key, at) for key, changes, at in edits if changes.get(path, {}).get("to") == CONFIRMED), None)
        if said is not None and said[0] >= later and not _files_since(case, said[1]):
            found.add(path)
    return frozenset(found)


def declared(case: Case, statements: Iterable[Statement]) -> list[Declared]:
    """Each statement with what was handed in under it last."""
    rows = list(Revision.objects.filter(case=case).select_related("by").order_by("-version"))
    found = []
    for one in statements:
        row = next((row for row in rows if row.values.get(one.path) == CONFIRMED), None)
        if row is None:
            found.append(Declared(one))
            continue
        then = File.objects.filter(case=case, uploaded_at__lte=row.at)
        files = then.filter(Q(removed_at=None) | Q(removed_at__gt=row.at)).count()
        found.append(Declared(one, row.by.full_name if row.by else "平台", row.at, row.version, files))
    return found


def _files_since(case: Case, at: datetime) -> bool:
    return File.objects.filter(Q(uploaded_at__gt=at) | Q(removed_at__gt=at), case=case).exists()
