"""People of imported registers on the board: counted once, told apart, their doubts told."""

import pytest
from tests.factories import AT, World, prepared_edition, small_world
from tests.services.tallies.test_kept import honoured, named_as

from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import (
    Edition,
    Organisation,
    PersonQuestion,
    Register,
    RegistryEntry,
    RegistryImport,
    Subject,
)
from gongjiang.services.registry.counting import set_counted
from gongjiang.services.registry.decide import decide, undo
from gongjiang.services.registry.take import take, withdraw
from gongjiang.services.reports.progress.board import board
from gongjiang.services.reports.progress.people import people
from gongjiang.services.reports.progress.seats import counted_for
from gongjiang.services.tallies.rebuild import differences

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    """The city named one person itself."""
    world = small_world()
    honoured(prepared_edition(world), 1, "city")
    return world


def brought_in(world: World, key: str, *rows: tuple[str, str, str, str], code: str = "city-artisan") -> RegistryImport:
    """A list of (name, birth, date, state) at the city's level, taken over."""
    register, _ = Register.objects.get_or_create(
        code=code, defaults={"label": "望澜工匠", "level": "city", "counted": True}
    )
    source = RegistryImport.objects.create(
        register=register,
        organisation=world[key],
        title=f"第{RegistryImport.objects.count() + 1}批名单",
        digest="d",
        at=AT,
    )
    for n, (name, birth, date, state) in enumerate(rows, 1):
        RegistryEntry.objects.create(
            source=source, row=n, name=name, birth=birth, unit="澜江重工", date=date, honour_state=state,
            outcome="new", key=f"{source.pk}.{n}",
        )  # fmt: skip
    return take(actor=world.actor("xi"), at=AT, import_id=source.pk)


def figures(world: World, key: str = "city") -> tuple[int, int, int, int]:
    """At the city's level: standing, of them listed, trainees; and how many are in doubt."""
    found = board(world.actor("yan"), AT, world[key].pk)
    line = next((one for one in found.levels if one.level == "city"), None)
    assert list(differences()) == []
    return (line.stands, line.listed, line.trainees, found.unsure) if line else (0, 0, 0, found.unsure)


@pytest.mark.ledger("M-01")
def test_somebody_of_two_lists_counts_once_as_the_later_says(world: World) -> None:
    assert figures(world) == (0, 0, 1, 0)
    brought_in(world, "city", ("甲铸造", "1980-06", "2024", "trainee"), ("乙焊接", "1979-01", "2023-05", "stands"))
    assert figures(world) == (1, 1, 2, 0)
    brought_in(world, "county", ("甲铸造", "1980-06", "2026-01-02", "stands"))
    assert figures(world) == (2, 2, 1, 0)
    assert figures(world, "county") == (1, 1, 0, 0)
    found = people(world.actor("yan"), counted_for(world["city"]), {"level": "city", "source": "register"})
    assert [(one.name, one.state, one.year, one.source) for one in found.rows] == [
        ("甲铸造", "stands", 2026, "望澜工匠：第2批名单"),
        ("乙焊接", "stands", 2023, "望澜工匠：第1批名单"),
    ]


def test_who_is_named_here_no_longer_counts_as_listed(world: World) -> None:
    source = brought_in(world, "city", ("甲铸造", "1980-06", "2024", "stands"))
    listed = Subject.objects.get(name="甲铸造")
    named_as(Edition.objects.get(), listed, "city", 2)
    assert figures(world) == (0, 0, 2, 0)
    named_as(Edition.objects.get(), listed, "province", 3)
    assert figures(world) == (0, 0, 2, 0)
    withdraw(actor=world.actor("xi"), at=AT, import_id=source.pk, reason="重新核对")
    assert figures(world) == (0, 0, 2, 0)


def test_whose_person_is_asked_about_counts_and_is_told(world: World) -> None:
    brought_in(world, "city", ("甲铸造", "1980-06", "2024", "stands"))
    brought_in(world, "county", ("甲铸造", "", "2022", "stands"))
    question = PersonQuestion.objects.get()
    assert figures(world) == (2, 2, 1, 2)
    found = people(world.actor("yan"), counted_for(world["city"]), {"unsure": "1"})
    assert (found.n, [one.unsure for one in found.rows]) == (2, [True, True])
    decide(actor=world.actor("xi"), at=AT, question_id=question.pk, same=True, reason="核对了文件")
    assert figures(world) == (1, 1, 1, 0)
    undo(actor=world.actor("xi"), at=AT, question_id=question.pk, reason="看错")
    assert figures(world) == (2, 2, 1, 2)
    decide(actor=world.actor("xi"), at=AT, question_id=question.pk, same=False, reason="同名")
    assert figures(world) == (2, 2, 1, 0)


def test_a_register_of_others_counts_only_where_people_say_so(world: World) -> None:
    register = Register.objects.create(code="talents", label="人才计划", level="city")
    brought_in(world, "city", ("甲铸造", "1980-06", "2024", "stands"), code="talents")
    assert figures(world) == (0, 0, 1, 0)
    actor = world.actor("zhang")
    with pytest.raises(BadInput, match="依据"):
        set_counted(actor=actor, at=AT, code="talents", counted=True, reason=" ")
    with pytest.raises(NotFound):
        set_counted(actor=world.actor("lan"), at=AT, code="talents", counted=True, reason="是工匠")
    set_counted(actor=actor, at=AT, code="talents", counted=True, reason="名册所列都是工匠")
    assert figures(world) == (1, 1, 1, 0)
    set_counted(actor=actor, at=AT, code="talents", counted=False, reason="另有其人")
    assert figures(world) == (0, 0, 1, 0)
    register.refresh_from_db()
    assert not register.counted


def test_pages_go_on_from_those_named_here_to_those_listed(world: World) -> None:
    brought_in(world, "city", *((f"甲{n}", "1980-06", "", "stands") for n in range(5)))
    actor, seat = world.actor("yan"), counted_for(world["city"])
    names: list[str] = []
    after = ""
    for _ in range(4):
        found = people(actor, seat, {}, after=after, limit=2)
        assert found.n == 6
        names += [one.name for one in found.rows]
        after = found.after
        if not after:
            break
    assert names == ["样工1", "甲4", "甲3", "甲2", "甲1", "甲0"]
    assert people(actor, seat, {"year": "—"}).n == 5


def test_lists_of_elsewhere_are_not_shown(world: World) -> None:
    brought_in(world, "other_county", ("甲铸造", "1980-06", "2024", "stands"))
    assert figures(world) == (1, 1, 1, 0)
    found = people(world.actor("wen"), counted_for(world["county"]), {})
    assert (found.n, found.rows) == (0, [])
    assert Organisation.objects.get(pk=world["other_county"].pk).path.startswith(world["city"].path)
