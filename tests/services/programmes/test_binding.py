"""Roles bound to organisations: suggestions, taking back, units of a table of places that nobody has entered."""

import pytest
from tests.factories import AT, World, opened_edition, prepared_edition, programme_at, small_world

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import EditionRole, Entry, Organisation
from gongjiang.services.programmes.binding import bind_roles, create_missing, role_views, table_places, unbind


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def suggested(world: World) -> dict[str, set[str]]:
    names = {one.pk: one.name for one in world.organisations.values()}
    views = role_views(programme_at(prepared_edition(world)))
    return {one.role.id: {names[pk] for pk in one.suggested} for one in views}


def test_names_and_levels_suggest_holders(world: World) -> None:
    found = suggested(world)
    assert found["county_union"] == {"青屿区总工会", "远岸区总工会"}
    assert found["county_sci"] == {"青屿区科技局"}
    assert found["sci"] == {"望澜市科技局"}
    assert found["city_union"] == {"望澜市总工会"}
    assert found["office"] == {"选树工作领导小组办公室"}
    assert found["expert_panel"] == {"专家评审组"}
    assert found["leading_group"] == {"选树工作领导小组"}
    assert found["miit"] == {"望澜市工信局"}
    assert found["applicant"] == set()
    assert found["employer_unit"] == set()


def test_a_body_called_as_the_role_is_goes_before_one_that_shares_words(world: World) -> None:
    Organisation.objects.filter(pk=world["group"].pk).update(name="“南宁工匠”选树工作领导小组")
    Organisation.objects.filter(pk=world["office"].pk).update(name="“南宁工匠”选树工作领导小组办公室")
    Organisation.objects.filter(pk=world["miit"].pk).update(name="望澜市工业和信息化局", short_name="市工信局")
    views = {one.role.id: one for one in role_views(programme_at(prepared_edition(world)))}
    for role, key in (("leading_group", "group"), ("office", "office"), ("miit", "miit")):
        assert views[role].suggested == {world[key].pk}


def test_a_name_made_of_common_words_only_is_found_by_its_end(world: World) -> None:
    ends = {one.pk for one in world.organisations.values() if one.name.endswith("主管局")}
    views = {one.role.id: one for one in role_views(programme_at(prepared_edition(world)))}
    assert ends
    assert views["supervisor"].suggested == ends


def test_a_zone_s_union_and_a_committee_are_left_to_their_own_roles(world: World) -> None:
    Organisation.objects.filter(pk=world["other_county"].pk).update(name="云栖经济技术开发区总工会")
    views = {one.role.id: one for one in role_views(programme_at(prepared_edition(world)))}
    assert views["zone_union"].suggested == {world["other_county"].pk}
    assert views["county_union"].suggested == {world["county"].pk}


def test_what_is_ticked_is_bound_and_the_rest_taken_back(world: World) -> None:
    programme = programme_at(prepared_edition(world))
    chosen = {"county_union": [world["county"].pk, world["other_county"].pk]}
    assert bind_roles(actor=world.actor("zhang"), at=AT, programme=programme, chosen=chosen) == 2
    assert bind_roles(actor=world.actor("zhang"), at=AT, programme=programme, chosen=chosen) == 0
    fewer = {"county_union": [world["county"].pk]}
    assert bind_roles(actor=world.actor("zhang"), at=AT, programme=programme, chosen=fewer) == 1
    assert list(EditionRole.objects.values_list("role", "organisation__short_name", "per_case")) == [
        ("county_union", "青屿区", True)
    ]


def test_only_the_organiser_binds_and_nothing_is_taken_back_later(world: World) -> None:
    edition = opened_edition(world)
    with pytest.raises(NotAllowed):
        bind_roles(actor=world.actor("wen"), at=AT, programme=programme_at(edition), chosen={"office": []})
    row = EditionRole.objects.filter(edition=edition).first()
    assert row is not None
    with pytest.raises(Refused):
        unbind(actor=world.actor("zhang"), at=AT, edition=edition, binding_id=row.pk)


def test_units_of_the_table_are_made_with_what_lies_inside_them(world: World) -> None:
    programme = programme_at(prepared_edition(world, pack="national-2024"))
    places = table_places(programme)
    assert (places["新疆"], places["新疆生产建设兵团"], places["工业和信息化部"]) == (9, 3, 8)
    missing = [name for one in role_views(programme) for name, _ in one.missing]
    assert len(missing) == 44
    create_missing(
        actor=platform(),
        at=AT,
        programme=programme,
        role="province_union",
        names=["新疆生产建设兵团", "新疆"],
    )
    corps = Organisation.objects.get(short_name="新疆生产建设兵团")
    assert corps.parent is not None
    assert (corps.parent.short_name, corps.parent.parent) == ("新疆", world["city"])
    assert len([name for one in role_views(programme) for name, _ in one.missing]) == 42
    with pytest.raises(NotFound):
        create_missing(actor=platform(), at=AT, programme=programme, role="province_union", names=["霁川"])


@pytest.mark.ledger("N-18")
def test_a_unit_enters_a_running_edition_by_a_recorded_approval(world: World) -> None:
    edition = opened_edition(world)
    programme = programme_at(edition)
    held = [world["county"].pk, world["other_county"].pk]
    chosen = {"county_union": [*held, world["county_hrss"].pk]}
    with pytest.raises(BadInput) as error:
        bind_roles(actor=world.actor("zhang"), at=AT, programme=programme, chosen=chosen)
    assert error.value.place == "批准依据"
    bind_roles(actor=world.actor("zhang"), at=AT, programme=programme, chosen=chosen, basis="6月20日研究批准")
    row = EditionRole.objects.get(edition=edition, role="county_union", organisation=world["county_hrss"])
    assert row.approved_by == "6月20日研究批准"
    entry = Entry.objects.order_by("-seq").first()
    assert entry is not None
    assert (entry.action, "6月20日研究批准" in entry.body) == ("edition.bind", True)
