"""Artisans who are looked after: honours of an edition, an artisan with an account. Everybody is invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from tests.factories import World, prepared_edition, small_world

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.identity_number import sample
from gongjiang.models import Case, Edition, EditionRole, Honour, Subject, User
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.people.sealing import seal_text
from gongjiang.services.programmes.programme import main_process

NAMES = ("何焊平", "岑铸山", "丁砺锋", "温测微", "马驭程", "石守窑")
UNITS = (("plant", "county"), ("plant", "county"), ("far_plant", "other_county"))
"""Enterprise and recommending union of the first, second and third artisan, and so on round."""
FROM, UNTIL = date(2026, 1, 10), date(2028, 1, 9)
AT = timezone.make_aware(datetime(2026, 6, 24, 10, 0))
NUMBER = sample(3, date(1980, 6, 1), "男")


@dataclass
class Kept:
    """A world, its edition, honours in the order of NAMES."""

    world: World
    edition: Edition
    honours: list[Honour] = field(default_factory=list)

    def actor(self, username: str, at: datetime = AT) -> Actor:
        return self.world.actor(username, at)

    def artisan(self, n: int = 0) -> Actor:
        """The n-th artisan with an account of their own and no grant."""
        user = self.user(n)
        return actor_of(user, AT)

    def user(self, n: int = 0) -> User:
        subject = Subject.objects.select_related("user").get(pk=self.honours[n].subject_id)
        if subject.user is None:
            subject.user = User.objects.create(username=f"artisan{n}", full_name=subject.name)
            subject.save(update_fields=["user"])
        self.world.people[f"artisan{n}"] = subject.user
        return subject.user

    def fresh(self) -> "Kept":
        """The same with its honours as the database has them."""
        pks = [one.pk for one in self.honours]
        rows = Honour.objects.select_related("subject", "case", "edition").in_bulk(pks)
        return Kept(self.world, self.edition, [rows[pk] for pk in pks])


def kept(people: int = 3) -> Kept:
    """`people` trainees of one open edition; the union's offices hold a part in it."""
    world = small_world()
    edition = prepared_edition(world)
    Edition.objects.filter(pk=edition.pk).update(state="open", opened_at=AT)
    edition.refresh_from_db()
    EditionRole.objects.create(edition=edition, role="office", organisation=world["office"])
    found = Kept(world, edition)
    for n in range(people):
        found.honours.append(_honour(world, edition, n))
    return found


def _honour(world: World, edition: Edition, n: int, **more: Any) -> Honour:
    name, (unit, nominator) = NAMES[n % len(NAMES)], UNITS[n % len(UNITS)]
    subject = Subject.objects.create(name=name, created_at=AT)
    case = Case.objects.create(
        process=main_process(edition),
        award="artisan",
        subject=subject,
        applying_unit=world[unit],
        nominator=world[nominator],
        filer=world.people["lan"],
        number=f"T-{n:05d}",
        title=name,
        state=CaseState.RUNNING,
        values={"id_number": seal_text(NUMBER, "id_number"), "employer": world[unit].name},
        created_at=AT,
        submitted_at=AT,
    )
    given = {"programme": "nanning", "level": "city", "award": "artisan", "title": "望澜工匠", "state": "trainee"}
    dates = {"from_date": FROM, "until": UNTIL}
    return Honour.objects.create(subject=subject, case=case, edition=edition, name=name, **given, **dates, **more)


@pytest.fixture(scope="module")
def kept_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    """Three artisans, in a transaction that is rolled back after the module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield kept()
        transaction.set_rollback(True)


@pytest.fixture
def found(kept_once: Kept, db: None) -> Kept:
    """The three for one test, which leaves them as they were."""
    return kept_once.fresh()
