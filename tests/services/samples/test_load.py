"""The sample installation: every role sees its work, and the laws hold."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gongjiang.models import (
    Coverage,
    Edition,
    EditionRole,
    Grant,
    Honour,
    Notice,
    Objection,
    Package,
    PersonQuestion,
    RegistryEntry,
    StageRow,
    User,
)
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.packages.ask import take
from gongjiang.services.packages.build import next_job as next_package
from gongjiang.services.reports.invariants import check_invariants
from gongjiang.services.samples.cast import CAST, PASSWORD
from gongjiang.services.samples.load import NOW, accounts, ensure_samples

REAL = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
def test_editions_at_every_stage_with_work_for_everybody(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    assert ensure_samples(REAL) is True
    assert ensure_samples(REAL) is True
    slugs = set(Edition.objects.values_list("slug", flat=True))
    assert {"nanning-2026", "national-2024", "nanning-2026-demo-scoring", "nanning-2026-demo-notice"} <= slugs
    assert Edition.objects.filter(state="open").count() == 13

    def waiting(slug: str, stage: str) -> int:
        return StageRow.objects.filter(process__edition__slug=slug, stage=stage, state="open").count()

    assert {stage: waiting("nanning-2026", stage) > 0 for stage in ("apply", "qualify", "dept_opinion", "initial")} == {
        "apply": True,
        "qualify": True,
        "dept_opinion": True,
        "initial": True,
    }
    assert waiting("nanning-2026-demo-scoring", "expert") == 10
    assert waiting("nanning-2026-demo-deciding", "union_review") > 0
    assert waiting("nanning-2026-demo-signing", "joint_sign") > 0
    notice = Notice.objects.get(process__edition__slug="nanning-2026-demo-notice")
    assert notice.first_day.isoformat() == "2026-06-22"
    assert notice.entries.filter(state="running").count() == 5
    assert sorted(Objection.objects.filter(entry__notice=notice).values_list("state", flat=True)) == [
        "received",
        "verifying",
    ]
    assert Honour.objects.filter(edition__slug="nanning-2026-demo-named", state="stands").count() == 5
    assert waiting("national-2024", "recommend") > 0
    package = Package.objects.get()
    assert (package.edition.slug, package.state, len(package.cases)) == ("nanning-2026", "waiting", 2)
    while (job := next_package(NOW)) is not None:
        job()
    package.refresh_from_db()
    assert (package.state, package.lost) == ("done", [])
    office = actor_of(User.objects.get(username="yanjinzhi"), NOW)
    assert len(b"".join(take(actor=office, at=NOW, package_id=package.pk)[1])) == package.size > 100_000
    assert waiting("national-2024-demo-scoring", "panel") == 16
    assert Coverage.objects.count() == 4
    assert RegistryEntry.objects.filter(standing=True).count() == 10
    assert PersonQuestion.objects.filter(state="open").count() == 1
    for member in CAST:
        user = User.objects.get(username=member.account)
        assert user.full_name == member.name
        assert Grant.objects.filter(user=user, until=None).count() >= len(member.grants)
    assert [(account, name) for account, name, _ in accounts() if account == "jiangxin"] == [("jiangxin", "甘绣锦")]
    assert unplayed("nanning-2026") == {"zone_union", "union_committee", "direct_union"}
    assert User.objects.get(username="hehanping").check_password(PASSWORD)
    assert [(one.invariant.name, one.violations[:3]) for one in check_invariants() if not one.ok] == []


def unplayed(slug: str) -> set[str]:
    """Roles of an edition that nobody of the cast can act for: the walk from an empty form to the register needs
    one receiving union with its departments, and every body of the edition."""
    played = set(Grant.objects.filter(user__username__in=[one.account for one in CAST]).values_list("organisation"))
    roles = EditionRole.objects.filter(edition__slug=slug)
    return set(roles.values_list("role", flat=True)) - set(
        roles.filter(organisation__in=[pk for (pk,) in played]).values_list("role", flat=True)
    )
