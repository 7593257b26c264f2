"""待办 of those who look after artisans, and of an artisan."""

from datetime import date

import pytest
from tests.services.cultivation.kept import AT, Kept, found, kept_once

from gongjiang.kernel.actor import Actor
from gongjiang.models import Profile
from gongjiang.services.cultivation.contact.concerns import raise_concern
from gongjiang.services.cultivation.contact.record import Spoken, note
from gongjiang.services.reports.todo.desk import desk_of
from gongjiang.services.reports.todo.item import Item

__all__ = ["found", "kept_once"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
KINDS = {"contact", "concerns", "profiles", "profile_consent"}


def items(actor: Actor) -> dict[str, Item]:
    return {one.kind: one for one in desk_of(actor, AT).items if one.kind in KINDS}


@pytest.mark.ledger("M-16")
def test_whoever_was_not_contacted_is_on_the_desk_of_both_unions_until_they_are(found: Kept) -> None:
    office, county = items(found.actor("zhang"))["contact"], items(found.actor("wen"))["contact"]
    assert (office.count, county.count) == (3, 2)
    assert office.organisation_id in {found.world["office"].pk, found.world["city"].pk}
    assert county.organisation_id == found.world["county"].pk
    assert county.facts == ("最久的从2026年1月10日起没有联系",)
    assert items(found.actor("lan")) == {}
    ids = [one.pk for one in found.honours]
    note(actor=found.actor("zhang"), at=AT, honour_ids=ids, spoken=Spoken(date(2026, 6, 1), "meeting", "座谈。"))
    assert items(found.actor("zhang")) == items(found.actor("wen")) == {}


def test_a_point_is_answered_in_time_and_a_profile_reviewed(found: Kept) -> None:
    honour = found.honours[2]
    raise_concern(actor=found.artisan(2), at=AT, honour_id=honour.pk, text="想参加境外培训")
    Profile.objects.create(honour=honour, words="焊接。", content=2, consented=2)
    Profile.objects.create(honour=found.honours[0], words="铸造。", content=2)
    office = items(found.actor("zhang"))
    assert (office["concerns"].count, office["concerns"].last_day, office["profiles"].count) == (1, date(2026, 7, 9), 1)
    assert "concerns" not in items(found.actor("wen"))
    assert items(found.actor("yuan"))["concerns"].organisation_id == found.world["other_county"].pk
    own = items(found.artisan(0))
    assert own["profile_consent"].stage == str(found.honours[0].pk)
    assert items(found.artisan(2)) == {}
