"""Artisans whose notice promises an allowance, a divided yearly sum and services: the ground of these tests. Everybody
is invented."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from tests.factories import small_world
from tests.services.cultivation.kept import AT, Kept, _honour

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import platform
from gongjiang.models import Edition, EditionRole, Grant, Honour, StandingChange, User
from gongjiang.services.programmes.publish_edition import prepare_edition

BENEFITS = """
  - {id: allowance, label: 每月津贴, kind: monthly, amount: 650, until: term_end, stops_on: [suspend, revoke], cite: 附}
  - {id: studio_fund, label: 工作室经费, kind: yearly, amount: 1000.01, split: {leader: 20%, studio: 80%}, cite: 附}
  - {id: check, label: 健康体检, kind: service, times: 1, amount: 800, cite: 附}
  - {id: visits, label: 走访慰问, kind: service, cite: 附}
  - {id: settling, label: 安家费, kind: once, amount: 100.01, split: {leader: 20%, studio: 80%}, cite: 附}
  - {id: open_sum, label: 年度奖励, kind: yearly, since: stands, cite: 附}
""".replace("附", "六(三)")


def paid(people: int = 3) -> Kept:
    """`people` trainees named on 10 January 2026 for two years; 'cai' is a second approver of the city's union."""
    world = small_world()
    text = find("nanning-2026")
    source = text.text.replace("\n  - {id: promotion,", f"{BENEFITS.rstrip()}\n  - {{id: promotion,", 1)
    edition = prepare_edition(
        actor=platform(), at=AT, organiser=world["city"], source=source, filename=text.file,
        notice_text=text.notice or "", slug="paid",
    )  # fmt: skip
    Edition.objects.filter(pk=edition.pk).update(state="open", opened_at=AT)
    edition.refresh_from_db()
    EditionRole.objects.create(edition=edition, role="office", organisation=world["office"])
    cai = User.objects.create(username="cai", full_name="蔡经办")
    Grant.objects.create(user=cai, organisation=world["city"], role="approver", since=AT.replace(month=1))
    world.people["cai"] = cai
    found = Kept(world, edition)
    for n in range(people):
        found.honours.append(_honour(world, edition, n))
    return found


def moment(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def turned(honour: Honour, on: date, before: str, after: str) -> None:
    """Its standing changes on a day."""
    StandingChange.objects.create(
        honour=honour, change="suspend", before=before, after=after, reason="核查", at=moment(on)
    )
    Honour.objects.filter(pk=honour.pk).update(state=after)


@pytest.fixture(scope="module")
def paid_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    """Three artisans, in a transaction that is rolled back after the module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield paid()
        transaction.set_rollback(True)


@pytest.fixture
def here(paid_once: Kept, db: Any) -> Kept:
    """The three for one test, which leaves them as they were."""
    return paid_once.fresh()
