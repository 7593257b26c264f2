"""The samples' looking after: alive, within a second or so, and nothing of it against the rules."""

import time
from pathlib import Path
from typing import Any

import pytest
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.actor import platform
from gongjiang.models import (
    Concern,
    Contact,
    ContactLatest,
    CourtesyPolicy,
    EnterpriseYear,
    MediaPiece,
    Profile,
    Studio,
    User,
)
from gongjiang.services.audit.verify import verify
from gongjiang.services.samples.keeping import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_page_has_something_to_show(found: Kept, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    begun = time.monotonic()
    fill(platform(), AT, found.honours, account="hehanping")
    assert time.monotonic() - begun < 20
    assert Contact.objects.count() == 3 * 3
    assert ContactLatest.objects.count() == 3
    assert (EnterpriseYear.objects.count(), Studio.objects.count()) == (2, 1)
    assert (CourtesyPolicy.objects.count(), MediaPiece.objects.count()) == (1, 3)
    assert Concern.objects.filter(answered_at=None).count() == 1
    assert Profile.objects.get().shown["name"] == "何焊平"
    assert User.objects.get(username="hehanping").subject == found.honours[0].subject
    assert verify().ok
