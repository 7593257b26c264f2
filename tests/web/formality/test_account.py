"""谁推荐谁负责 on the nominee page: seen by those who decide it, done once, told in one sentence (ledger J-09)."""

import pytest
from django.test import Client
from tests.services.rounds.ground import ground

from gongjiang.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.ledger("J-09")]
BREACH = (
    "\naccountability:\n  - {id: forged, when: 伪造材料经查实的, by: council, effects: [cancel, reduce_quota], ask: Q3}"
)


def test_the_approver_strikes_and_the_unit_loses_its_place(client: Client) -> None:
    found = ground(changed={"\nforms:": f"{BREACH}\nforms:"})
    case = found.add("何焊平", "recommend")
    client.force_login(found.world.people["jiang"])
    assert "谁推荐谁负责" not in client.get(f"/nominees/{case.pk}/").content.decode()
    client.force_login(found.world.people["yan"])
    page = client.get(f"/nominees/{case.pk}/").content.decode()
    assert "谁推荐谁负责" in page
    assert "查实，撤销推荐资格" in page
    wrong = client.post(f"/nominees/{case.pk}/account/", {"breach": "forged", "finding": ""})
    assert "请写明查实的情况" in wrong.content.decode()
    said = {"breach": "forged", "finding": "发证单位书面证实系伪造。"}
    done = client.post(f"/nominees/{case.pk}/account/", said, follow=True).content.decode()
    assert "已撤销何焊平的推荐资格，取消名额 1 个" in done
    assert "查实，撤销推荐资格" not in done
    assert Case.objects.get(pk=case.pk).state == "disqualified"
