"""Nobody is nominated while a bar on them runs: in which programmes, on which days, what the form says before."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.factories import World, case_at, opened_edition, programme_at, small_world
from tests.services.public_notices.stage import moment

from gongjiang.kernel.identity_number import sample
from gongjiang.models import Bar, Case, Subject
from gongjiang.rules.programmes.schema.extending import Upper
from gongjiang.services.nominations.barred import bar_on, barred_words
from gongjiang.services.people.sealing import identity_hash, sealed
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.registry.bars import bars_seen

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST, LAST = date(2026, 6, 1), date(2030, 5, 31)
DAY = moment(date(2026, 7, 1))


def barred(world: World, **more: Any) -> Bar:
    """Somebody barred by the city's own union."""
    subject = more.pop("subject", None) or Subject.objects.create(name="何焊平", created_at=DAY)
    given = {
        "organiser": world["city"],
        "programme": "city-star-2025",
        "basis": "望工发〔2026〕3号（年度考核：不合格）",
    }
    return Bar.objects.create(subject=subject, from_date=FIRST, until=LAST, **{**given, **more})


def under(programme: Programme, upper: str) -> Programme:
    """The same programme, set up under another."""
    uppers = (Upper(id=upper, version="1", title="框架办法"),)
    return replace(programme, pack=programme.pack.model_copy(update={"uppers": uppers}))


def test_it_holds_with_its_organiser_and_below_the_programme_that_set_it() -> None:
    world = small_world()
    programme = programme_at(opened_edition(world))
    own = barred(world)
    assert bar_on(programme, own.subject_id, FIRST) == own
    assert bar_on(programme, own.subject_id, LAST) == own
    assert bar_on(programme, own.subject_id, date(2026, 5, 31)) is None
    assert bar_on(programme, own.subject_id, date(2030, 6, 1)) is None
    other = barred(world, organiser=world["industry"], programme="frame-2025")
    assert bar_on(programme, other.subject_id, FIRST) is None
    assert bar_on(under(programme, "frame-2024"), other.subject_id, FIRST) == other
    assert bar_on(under(programme, "other"), other.subject_id, FIRST) is None


def test_the_form_says_it_before_it_is_handed_in() -> None:
    world = small_world()
    edition = opened_edition(world)
    case = case_at(world, edition, "apply")
    assert case.subject is not None
    barred(world, subject=case.subject)
    page = world.client("lan", DAY).get(f"/nominations/{case.pk}/form/confirm/").content.decode()
    assert "在禁报期内，不能提交" in page
    assert "何焊平在2030年5月31日前不得申报（望工发〔2026〕3号（年度考核：不合格））" in page
    assert (
        "在禁报期内"
        not in world.client("lan", moment(date(2030, 6, 1)))
        .get(f"/nominations/{case.pk}/form/confirm/")
        .content.decode()
    )


def test_nobody_finds_out_by_typing_numbers() -> None:
    world = small_world()
    edition = opened_edition(world)
    programme, number = programme_at(edition), sample(7, date(1980, 3, 7), "男")
    subject = Subject.objects.create(name="何焊平", created_at=DAY, identity_hash=identity_hash(number))
    barred(world, subject=subject)
    case = case_at(world, edition, "apply")

    def told(name: str, typed: str) -> str:
        values = sealed({"name": name, "id_number": typed}, programme.pack.vocabulary)
        Case.objects.filter(pk=case.pk).update(subject=None, values=values)
        return barred_words(programme, Case.objects.get(pk=case.pk), DAY)

    assert told("岑铸山", number) == ""
    assert told("何焊平", sample(8, date(1980, 3, 7), "男")) == ""
    assert told("何焊平", number).startswith("何焊平在2030年5月31日前不得申报")


def test_those_who_keep_registers_see_whom_they_barred() -> None:
    world = small_world()
    opened_edition(world)
    own, other = barred(world), barred(world, organiser=world["industry"])
    assert bars_seen(world.actor("yan"), DAY) == [own]
    assert bars_seen(world.actor("yan"), moment(date(2030, 6, 1))) == []
    page = world.client("yan", DAY).get("/registry/").content.decode()
    assert own.basis in page
    assert other.pk != own.pk
