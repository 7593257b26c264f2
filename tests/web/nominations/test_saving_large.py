"""Saving takes as many queries for thirty rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import World, case_at, opened_edition, small_world
from tests.web.nominations.test_two_at_one_form import shown

from gongjiang.models import Edit

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def rows(n: int) -> dict[str, str]:
    """So many rows as a page sends them."""
    return {
        f"resume-{k}-{name}": value
        for k in range(n)
        for name, value in {"from": f"{1990 + k}.9", "to": f"{1991 + k}.8", "org": "澜江重工", "post": "电焊工"}.items()
    }


def test_queries_do_not_grow_with_what_is_saved() -> None:
    world: World = small_world()
    case = case_at(world, opened_edition(world), "apply", values={"birth": "1975-03"})
    client, counts = world.client("lan"), []
    for n in (1, 3, 30):
        typed = shown(client, case, "resume") | rows(n) | {"fields": "resume-"}
        Edit.objects.filter(case=case).delete()
        with CaptureQueriesContext(connection) as found:
            answer = client.post(f"/nominations/{case.pk}/save/resume/", typed)
        assert answer.status_code == 200
        counts.append(len(found))
        case.refresh_from_db()
        assert len(case.values["resume"]) == n
    assert len(set(counts)) == 1, counts
