"""The desk of a nominating unit: order, places, what can go up and why the rest can't (ledger N-09)."""

import pytest
from tests.factories import AT, World, programme_at
from tests.services.formality import national
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case
from gongjiang.services.nominations.bulk import move_many, ready_to_report
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.unit import desk, rank_cases, units_of

pytestmark = pytest.mark.django_db

POINTS = ("书面材料一式三份", "电子版")


@pytest.fixture
def here() -> Ground:
    return ground()


def test_everybody_sees_their_own_units(here: Ground) -> None:
    assert units_of(here.actor("wen"), here.edition) == [here.world["county"]]
    assert units_of(here.actor("xiao"), here.edition) == [here.world["industry"]]
    assert units_of(here.actor("lan"), here.edition) == []


@pytest.mark.ledger("N-09")
def test_a_unit_ranks_its_own_people(here: Ground) -> None:
    first, second, other = here.filed(), here.filed("岑铸山"), here.filed("丁砺锋", receiver="other_county")

    def rank(order: list[int], who: str = "wen") -> None:
        rank_cases(actor=here.actor(who), at=AT, edition=here.edition, unit=here.world["county"], order=order)

    rank([second.pk, first.pk])
    found = desk(here.actor("wen"), here.edition, here.world["county"])
    assert [one.title for one in found.cases] == ["岑铸山", "何焊平"]
    for wrong in ([first.pk, first.pk], [first.pk, other.pk], [first.pk, 999]):
        with pytest.raises(BadInput, match="次序里有重复的人或不属于本单位的人"):
            rank(wrong)
    for who in ("lan", "yuan", "zhang", "ke"):
        with pytest.raises(NotAllowed):
            rank([first.pk], who)
    assert list(Case.objects.filter(nominator=here.world["county"]).order_by("rank_in_unit")) == [second, first]


@pytest.mark.ledger("G-04", "G-13")
def test_preferences_are_shown_with_who_has_them(here: Ground) -> None:
    here.filed(was_trainee="yes")
    here.filed("岑铸山", staff_kind="专业技术人员")
    told = {name: people for name, _, people in desk(here.actor("wen"), here.edition, here.world["county"]).preferred}
    assert told["已公布的培育对象同等条件下优先"] == ("何焊平",)
    assert told["重点关注基层一线、操作岗位职工"] == ("何焊平",)
    assert told["市级（含）以上首席技师可优先"] == ()


@pytest.mark.ledger("N-09")
def test_who_can_go_up_is_known_before_and_the_rest_with_their_reasons(here: Ground) -> None:
    ready, spoiled = here.to("report_up"), here.to("report_up", "岑铸山")
    Case.objects.filter(pk=spoiled.pk).update(values={**spoiled.values, "union_member": "no"})
    found = desk(here.actor("wen"), here.edition, here.world["county"])
    ((stage, people),) = ready_to_report(here.actor("wen"), here.programme, found.cases, found.facts, AT)
    assert stage.id == "report_up"
    assert {one.case.title: len(one.against) for one in people} == {"何焊平": 0, "岑铸山": 1}
    assert "工会会员须为“是”" in next(one.against[0] for one in people if one.case == spoiled)
    assert ready_to_report(here.actor("ke"), here.programme, found.cases, found.facts, AT) == []

    def send(*cases: Case, ticked: tuple[str, ...] = POINTS):
        return move_many(
            actor=here.actor("wen"),
            at=AT,
            edition=here.edition,
            stage_id="report_up",
            action="report",
            cases=[one.pk for one in cases],
            ticked=ticked,
        )

    with pytest.raises(BadInput, match="还没有逐项核对：电子版。"):
        send(ready, ticked=POINTS[:1])
    with pytest.raises(BadInput, match="还没有选人"):
        send()
    done = send(ready, spoiled, ready)
    assert [one.case.title for one in done.done] == ["何焊平"]
    assert [pk for pk, _ in done.failed] == [spoiled.pk]
    assert "岑铸山：还不能上报" in done.failed[0][1]
    assert here.states(ready)["initial"] == "open"
    assert here.states(spoiled)["report_up"] == "open"


def test_others_cases_are_not_sent_by_guessing_their_numbers(here: Ground) -> None:
    far = here.filed("丁砺锋", receiver="other_county")
    result = move_many(
        actor=here.actor("wen"),
        at=AT,
        edition=here.edition,
        stage_id="report_up",
        action="report",
        cases=[far.pk, 999],
        ticked=POINTS,
    )
    assert result.done == ()
    assert {text for _, text in result.failed} == {"没有找到，或您无权办理。"}


def nominated(world: World, edition, name: str, seq: int) -> Case:
    case = start_case(
        actor=world.actor("su", national.AT),
        at=national.AT,
        programme=programme_at(edition),
        award="master",
        route="单位工会提出",
        unit=world["jiangsu"],
        receiver=world["county"],
        title=name,
    )
    save_values(
        actor=world.actor("su", national.AT), at=national.AT, case_id=case.pk, changes=national.nominee(name, seq)
    )
    return case


@pytest.mark.ledger("N-09")
def test_a_quota_has_its_places_and_the_names_that_wait_for_them() -> None:
    world, edition = national.national_world()
    empty = desk(world.actor("su", national.AT), edition, world["jiangsu"])
    assert [(one.label, one.limit, one.used, one.waiting) for one in empty.gauges] == [
        ("各推荐单位名额（江苏）", 10, (), ())
    ]
    assert desk(world.actor("qu", national.AT), edition, world["xizang"]).gauges[0].limit == 3
    first = nominated(world, edition, "何焊平", 1)
    (gauge,) = desk(world.actor("su", national.AT), edition, world["jiangsu"]).gauges
    assert (gauge.limit, gauge.used, gauge.waiting) == (10, (), (first,))
    Case.objects.filter(pk=first.pk).update(state="rejected")
    (gauge,) = desk(world.actor("su", national.AT), edition, world["jiangsu"]).gauges
    assert gauge.waiting == ()
