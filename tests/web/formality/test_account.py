"""谁推荐谁负责 on the nominee page: who decides it opens a matter there; the unit's record stands there (J-09)."""

import pytest
from django.test import Client
from tests.factories import AT
from tests.services.inquiries.test_accountability import another, confirmed, walked
from tests.services.quotas.test_changes import BREACH
from tests.services.rounds.ground import ground

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.ledger("J-09")]


def test_a_matter_is_opened_from_there_and_the_record_is_shown_next_time(client: Client) -> None:
    found = ground(changed={"\nforms:": f"{BREACH}\nforms:"})
    case, next_one = found.add("何焊平", "recommend"), found.add("岑铸山", "recommend")
    client.force_login(found.world.people["jiang"])
    assert "谁推荐谁负责" not in client.get(f"/nominees/{case.pk}/").content.decode()
    client.force_login(found.world.people["yan"])
    assert f"/inquiries/new/?case={case.pk}" in client.get(f"/nominees/{case.pk}/").content.decode()
    matter = walked(found.actor("yan"), case)
    page = client.get(f"/nominees/{case.pk}/").content.decode()
    assert "正在核查" in page
    assert "立案核查" not in page
    confirmed(another(found.actor("yan")), matter, AT)
    client.force_login(found.world.people["jiang"])
    later = client.get(f"/nominees/{next_one.pk}/").content.decode()
    assert "以前推荐时查实的" in later
    assert "伪造技能等级证书（何焊平）" in later
    client.force_login(found.world.people["lan"])
    assert "以前推荐时查实的" not in client.get(f"/nominees/{next_one.pk}/").content.decode()
