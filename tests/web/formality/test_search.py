"""An incident in the field: a search that looked into fields which the list does not show told what they hold."""

from datetime import date

import pytest
from tests.factories import World, case_at, opened_edition, programme_at, small_world

from gongjiang.kernel.identity_number import sample
from gongjiang.kernel.phone import sample as phone
from gongjiang.services.people.sealing import sealed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NUMBER = sample(7, date(1982, 3, 12), "男")


def test_a_search_finds_by_what_the_list_shows_and_by_nothing_hidden() -> None:
    world: World = small_world()
    edition = opened_edition(world)
    words = programme_at(edition).pack.vocabulary
    hidden = {"id_number": NUMBER, "mobile": phone(7), "deeds": "独门绝活暗号", "native_place": "望澜青屿"}
    case_at(world, edition, "qualify", "何焊平", values=sealed(hidden, words))
    client = world.client("wen")

    def found(asked: str) -> bool:
        page = client.get(f"/editions/{edition.pk}/nominees/", {"q": asked}).content.decode()
        return ">何焊平<" in page

    assert found("焊平")
    assert not found("岑铸山")
    for secret in (NUMBER, NUMBER[:6], NUMBER[-4:], phone(7), phone(7)[-4:], "独门绝活暗号", "1982", "%", "_"):
        assert not found(secret), secret
