"""Naming: only after one's own notice, never over an open objection; the honour enters the register."""

from datetime import date

import pytest
from tests.services.public_notices.stage import Ground, ground, moment

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Honour, NamingDocument
from gongjiang.services.audit.verify import verify
from gongjiang.services.honours import register
from gongjiang.services.honours.confer import confer
from gongjiang.services.honours.facets import count
from gongjiang.services.honours.naming import prepare
from gongjiang.services.honours.register import Asked
from gongjiang.services.public_notices.decide import decide

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 21)
AFTER = date(2026, 9, 28)


def name(here: Ground, day: date = AFTER, who: str = "yan", **changes) -> NamingDocument:
    asked = {"stage_id": "name", "number": "望工发〔2026〕9号", **changes}
    return confer(actor=here.world.actor(who), at=moment(day), programme=here.programme, **asked)


def test_before_naming_one_reads_where_they_work_not_who_put_them_forward() -> None:
    here = ground(places=2, people=2)
    here.post()
    here.settle(date(2026, 9, 25))
    Case.objects.filter(title="何焊平").update(applying_unit=here.world["dyeing"])
    found = {one.case.title: one.employer for one in prepare(here.programme, "name").named}
    shown = {one.case.title: one.shown["employer"]["text"] for one in prepare(here.programme, "name").named}
    assert found == shown
    assert found["何焊平"] != here.world["dyeing"].name


@pytest.mark.ledger("G-14", "X-06")
def test_everybody_whose_notice_ended_is_named_at_once() -> None:
    here = ground(places=3, people=4)
    here.post()
    here.settle(date(2026, 9, 25))
    document = name(here)
    assert document.issuers == ["望澜市总工会", "望澜市工信局", "望澜市科技局", "望澜市人社局"]
    assert list(document.honours.order_by("id").values_list("name", "title", "state", "from_date")) == [
        (one, "南宁工匠", "stands", AFTER) for one in ("何焊平", "岑铸山", "丁砺锋")
    ]
    honour = document.honours.get(name="何焊平")
    assert (honour.programme, honour.register, honour.level, honour.tier) == (
        "nanning-2026",
        "nanning-artisan",
        "city",
        "craftsman",
    )
    assert honour.shown["employer"] == {"label": "工作单位", "text": "澜江重工有限公司"}
    states = Case.objects.order_by("id").values_list("state", "standing")
    assert list(states) == [("named", "craftsman")] * 3 + [("running", "")]
    assert verify().ok


def test_nobody_is_named_before_their_own_notice_ended() -> None:
    here = ground()
    here.post()
    with pytest.raises(Refused, match="还有 3 人不能一并命名（何焊平：公示尚未办结"):
        name(here, date(2026, 9, 24))
    with pytest.raises(Refused, match="还没有可以命名的人"):
        name(here, date(2026, 9, 24), without="先行命名")
    assert not Honour.objects.exists()


def test_an_open_objection_holds_its_person_and_says_so() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    here.settle(date(2026, 9, 25))
    with pytest.raises(Refused, match="何焊平：异议尚未办结"):
        name(here)
    name(here, without="表彰大会已定，何焊平另行发文")
    assert set(Honour.objects.values_list("name", flat=True)) == {"岑铸山", "丁砺锋"}
    decide(
        actor=here.world.actor("yan"),
        at=moment(AFTER, 11),
        objection_id=pk,
        outcome="dismissed",
        answer="经核实不属实。",
        finding="查过。",
    )
    here.settle(date(2026, 9, 29))
    name(here, date(2026, 9, 29), number="望工发〔2026〕10号")
    assert Honour.objects.count() == 3


def test_a_rule_that_no_longer_holds_stops_the_naming() -> None:
    here = ground(people=2)
    here.post()
    here.settle(date(2026, 9, 25))
    Case.objects.filter(pk=here.cases[1].pk).update(values={**here.cases[1].values, "on_frontline": "no"})
    with pytest.raises(Refused, match="仍在一线岗位"):
        name(here)
    assert not Honour.objects.exists()
    assert not NamingDocument.objects.exists()


def test_who_names_and_what_the_document_needs() -> None:
    here = ground(people=2)
    here.post()
    here.settle(date(2026, 9, 25))
    for who in ("zhang", "wen", "ji", "xi"):
        with pytest.raises(NotAllowed):
            name(here, who=who)
    with pytest.raises(BadInput, match="文号"):
        name(here, number=" ")
    with pytest.raises(BadInput, match="不能晚于今天"):
        name(here, issued_on=date(2026, 10, 1))
    with pytest.raises(BadInput, match="早于公示期满"):
        name(here, issued_on=date(2026, 9, 24))
    with pytest.raises(BadInput, match="不是命名环节"):
        prepare(here.programme, "notice")
    name(here)
    with pytest.raises(Refused, match="还没有可以命名的人"):
        name(here)


def test_the_register_shows_what_stands_and_pages_by_key() -> None:
    here = ground(places=6, people=6)
    here.post()
    here.settle(date(2026, 9, 25))
    name(here)
    first = register.search(limit=4)
    rest = register.search(limit=4, after=first.after)
    assert len(first.rows) == 4
    assert len(rest.rows) == 2
    assert rest.after == ""
    assert len({one.pk for one in (*first.rows, *rest.rows)}) == 6
    assert [one.name for one in register.search(Asked(text="焊平 澜江")).rows] == ["何焊平"]
    assert register.search(Asked(text="焊平 青屿")).rows == ()
    assert register.search(Asked(year="2025")).rows == ()
    assert len(register.search(Asked(year="2026", programme="nanning-2026")).rows) == 6
    assert len(register.search(Asked(number="望工发[2026]9号", level="city", state="stands")).rows) == 6
    gone = first.rows[0]
    Honour.objects.filter(pk=gone.pk).update(state="revoked")
    assert count() == 5
    with pytest.raises(NotFound):
        register.get(gone.pk)


def test_a_garbled_key_or_year_is_no_error() -> None:
    for after in ("x.y", "2026-13-40.h.1", "2026.h.9999999999999999999", ".e.", "२०२६.h.1", "2026-W01.h.3"):
        assert register.search(Asked(text="% _ '"), after=after).rows == ()
    for year in ("二〇二六", "0000", "²⁰²⁶", "20261"):
        assert register.search(Asked(year=year)).rows == ()
