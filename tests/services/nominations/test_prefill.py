"""Nothing is asked twice, and nobody learns of a stranger: what is taken over, from where, by whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories import AT, World, case_at, opened_edition, programme_at, small_world

from gongjiang.kernel.errors import NotFound
from gongjiang.kernel.identity_number import sample
from gongjiang.models import Case, Edition
from gongjiang.services.nominations.form import form_page
from gongjiang.services.nominations.prefill import begin, known_of, take_over
from gongjiang.services.nominations.save import save_values
from gongjiang.services.people.sealing import identity_hash, sealed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NUMBER = sample(4, date(1982, 3, 9), "男")


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def sent(world: World, edition: Edition, unit: str, days: int, **values: Any) -> Case:
    """An earlier nomination of the same person, handed in."""
    case = case_at(world, edition, "qualify", unit=unit, at=AT - timedelta(days=days))
    first = Case.objects.filter(subject__identity_hash__isnull=False).first()
    if first is not None:
        case.subject = first.subject
    elif case.subject is not None:
        case.subject.identity_hash = identity_hash(NUMBER)
        case.subject.save()
    case.values = sealed({"name": "何焊平", "id_number": NUMBER, **values}, programme_at(edition).pack.vocabulary)
    case.save()
    return case


def draft(world: World, edition: Edition, unit: str = "plant", number: str = NUMBER) -> Case:
    """A new one, with the number typed in."""
    return case_at(world, edition, "apply", unit=unit, values=sealed({"id_number": number}, _words(edition)))


def _words(edition: Edition) -> Any:
    return programme_at(edition).pack.vocabulary


def test_the_latest_that_one_may_see_says_where_it_comes_from(world: World, edition: Edition) -> None:
    old = sent(world, edition, "plant", 60, ethnicity="壮族", post="班长", mobile="13900000000")
    new = sent(world, opened_edition(world, slug="between"), "plant", 20, post="车间主任", gender="没有的值")
    case = draft(world, opened_edition(world, slug="again"))
    known = known_of(world.actor("lan"), AT, case)
    assert known is not None
    assert {name: one.value for name, one in known.answers.items()} == {
        "ethnicity": "壮族", "post": "车间主任", "mobile": "13900000000",
    }  # fmt: skip
    assert old.number in known.answers["ethnicity"].source
    assert new.number in known.answers["post"].source
    saved = take_over(actor=world.actor("lan"), at=AT, case_id=case.pk, names={"ethnicity", "mobile", "state"})
    assert "13900000000" not in str(saved.case.values)
    assert "post" not in saved.case.values
    origins = form_page(world.actor("lan"), AT, case.pk).origins
    assert set(origins) == {"ethnicity", "mobile"}
    assert origins["ethnicity"] == f"带入自2026年4月“{edition.title}”的申报（{old.number}）"
    save_values(actor=world.actor("lan"), at=AT, case_id=case.pk, changes={"ethnicity": "汉族"})
    assert set(form_page(world.actor("lan"), AT, case.pk).origins) == {"mobile"}


def test_what_another_unit_wrote_stays_with_it(world: World, edition: Edition) -> None:
    sent(world, edition, "plant", 60, ethnicity="壮族")
    later = sent(world, opened_edition(world, slug="between"), "dyeing", 20, ethnicity="汉族", post="染布班长")
    later.subject.values = {"post": "染布班长"}
    later.subject.save()
    case = draft(world, opened_edition(world, slug="again"))
    known = known_of(world.actor("lan"), AT, case)
    assert known is not None
    assert known.values == {"ethnicity": "壮族"}
    for unit, who in (("far_plant", "yuan"),):
        other = draft(world, edition, unit)
        assert known_of(world.actor(who), AT, other) is None
        with pytest.raises(NotFound):
            take_over(actor=world.actor(who), at=AT, case_id=other.pk)
    with pytest.raises(NotFound):
        take_over(actor=world.actor("yin"), at=AT, case_id=case.pk)


@pytest.mark.parametrize("number", ["", "990000", NUMBER[:-1], sample(6, date(1982, 3, 9), "男")])
def test_only_the_right_number_finds_anybody(world: World, edition: Edition, number: str) -> None:
    sent(world, edition, "plant", 60, ethnicity="壮族")
    assert known_of(world.actor("lan"), AT, draft(world, edition, number=number)) is None


def test_no_statement_is_taken_over(world: World, edition: Edition) -> None:
    earlier = sent(world, edition, "plant", 60, ethnicity="壮族", not_classified="yes")
    person = earlier.subject
    assert person is not None
    person.user, person.values = world.people["lan"], {"not_classified": "yes", "ethnicity": "壮族", "post": "班长"}
    person.save()
    mine = begin(
        actor=world.actor("lan"), at=AT, programme=programme_at(edition), award="craftsman", route="单位推荐",
        unit=world["plant"], receiver=world["county"], myself=True,
    )  # fmt: skip
    assert (mine.values["ethnicity"], mine.values["employer"]) == ("壮族", "澜江重工有限公司")
    assert "not_classified" not in mine.values
    assert form_page(world.actor("lan"), AT, mine.pk).origins["post"] == "带入自本人的人员档案"
