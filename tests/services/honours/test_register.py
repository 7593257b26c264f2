"""The register: conferred here and imported from lists, one order, one page at a time, told apart, seen by whom it may
be seen."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.honours.certificates.named import Named, named
from tests.services.public_notices.stage import moment
from tests.services.registry.test_lists import brought

from gongjiang.kernel import identity_number
from gongjiang.kernel.errors import BadInput, NotFound, Stale
from gongjiang.models import Entry, Honour, RegistryEntry, RegistryImport, Subject
from gongjiang.rules.registry.entry import Defaults
from gongjiang.services.honours import facets, register
from gongjiang.services.honours.path import way_of
from gongjiang.services.honours.register import Asked, every, search
from gongjiang.services.honours.scope import Scope, keeper_scope, public_scope
from gongjiang.services.honours.standing import suspend, withdraw
from gongjiang.services.registry.open_list import open_list

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NUMBER = identity_number.sample(7, date(1980, 6, 5), "男")
LATER = moment(date(2026, 10, 9))
OLD = (
    ("何焊平", NUMBER, "", "澜江重工有限公司", "2021"),
    ("王同名", "", "1980-06", "甲厂", "2021-06"),
    ("王同名", "", "1991-02", "乙厂", "2021-06-01"),
    ("岑旧年", "", "", "", ""),
)


def history(found: Named, **said) -> RegistryImport:
    """A list of years ago, brought in by the city's office."""
    asked = {"code": "nanning-artisan", "title": "往届名单", "number": "样工发〔2021〕7号", "label": "南宁工匠"}
    asked |= {"defaults": Defaults("南宁工匠", "city", "stands"), **said}
    return brought(found.here.world, OLD, **asked)


def opened(found: Named, one: RegistryImport, *, public: bool = True, basis: str = "2021年10月公布") -> RegistryImport:
    actor = found.here.world.actor("zhang")
    return open_list(actor=actor, at=LATER, import_id=one.pk, public=public, basis=basis)


def inside(found: Named) -> Scope:
    return keeper_scope(found.here.world.actor("zhang"))


def test_both_sources_page_in_one_order_without_loss_or_double() -> None:
    found = named(3)
    history(found)
    Honour.objects.filter(name="岑铸山").update(from_date=date(2021, 6, 1))
    Honour.objects.filter(name="丁砺锋").update(from_date=date(2021, 3, 1))
    whole = [(one.day, one.kind, one.name) for one in search(scope=inside(found), limit=99).rows]
    assert [day for day, _, _ in whole] == [
        "2026-09-28", "2021-06-01", "2021-06-01", "2021-06", "2021-03-01", "2021", "",
    ]  # fmt: skip
    for limit in (1, 2, 3):
        seen, after = [], ""
        while True:
            page = search(scope=inside(found), after=after, limit=limit)
            seen += [(one.day, one.kind, one.name) for one in page.rows]
            if not (after := page.after):
                break
        assert seen == whole
    assert [one.name for one in every(Asked(), inside(found))] == [name for _, _, name in whole]


def test_looked_for_by_name_number_programme_year_level_and_state() -> None:
    found = named(2)
    history(found)
    subject = Subject.objects.get(identity_hash__isnull=False, registry_entries__isnull=False)
    Honour.objects.filter(name="岑铸山").update(subject=subject)
    Subject.objects.filter(honours__name="何焊平").exclude(pk=subject.pk).update(identity_hash="another")
    scope = inside(found)

    def names(**asked: str) -> list[str]:
        return [one.name for one in search(Asked(**asked), scope=scope).rows]

    assert names(text="同名") == ["王同名", "王同名"]
    assert names(text="同名 乙厂") == ["王同名"]
    assert names(number=NUMBER) == ["岑铸山", "何焊平"]
    assert names(number="样工发[2021]7号") == ["王同名", "王同名", "何焊平", "岑旧年"]
    assert names(number=found.made[0].number.lower()) == ["何焊平"]
    assert names(number=f"{found.made[0].code[:5]}-{found.made[0].code[5:]}") == ["何焊平"]
    assert names(programme="nanning-artisan", year="2021") == ["王同名", "王同名", "何焊平"]
    assert names(year="2026") == ["岑铸山", "何焊平"]
    assert len(names(level="city")) == 6
    assert names(level="national") == names(state="trainee") == names(number="无此号") == []
    assert register.is_personal(NUMBER)
    assert not register.is_personal("样工发〔2021〕7号")
    public = search(Asked(number=NUMBER), scope=public_scope()).rows
    assert public == ()


@pytest.mark.ledger("X-01")
def test_namesakes_are_two_people_and_each_row_says_where_it_comes_from() -> None:
    found = named(1)
    history(found)
    rows = search(Asked(text="王同名"), scope=inside(found)).rows
    assert [(one.birth, one.unit, one.source) for one in rows] == [
        ("1991-02", "乙厂", "样工发〔2021〕7号"), ("1980-06", "甲厂", "样工发〔2021〕7号"),
    ]  # fmt: skip
    assert rows[0].subject_id != rows[1].subject_id


def test_an_honour_told_twice_stands_once() -> None:
    found = named(1)
    history(found)
    honour = Honour.objects.get()
    Honour.objects.update(subject=Subject.objects.get(registry_entries__row=RegistryEntry.objects.earliest("row").row))
    assert [one.day for one in search(Asked(text="何焊平"), scope=inside(found)).rows] == ["2026-09-28", "2021"]
    RegistryEntry.objects.filter(name="何焊平").update(date="2026-09")
    assert [one.pk for one in search(Asked(text="何焊平"), scope=inside(found)).rows] == [honour.pk]


def test_a_list_is_public_only_where_its_keeper_says_so() -> None:
    found = named(1)
    one = history(found)
    assert [each.kind for each in search().rows] == ["h"]
    entry = RegistryEntry.objects.filter(name="岑旧年").get()
    with pytest.raises(NotFound):
        register.get_listed(entry.pk)
    with pytest.raises(BadInput, match="依据"):
        opened(found, one, basis=" ")
    with pytest.raises(NotFound):
        open_list(actor=found.here.world.actor("wen"), at=LATER, import_id=one.pk, public=True, basis="公布")
    opened(found, one)
    with pytest.raises(Stale):
        opened(found, one)
    shown = search(limit=99).rows
    assert len(shown) == 5
    assert register.get_listed(entry.pk).name == "岑旧年"
    assert facets.count() == 5
    RegistryEntry.objects.filter(pk=entry.pk).update(honour_state="revoked")
    assert len(search().rows) == 4
    opened(found, one, public=False)
    assert [each.kind for each in search().rows] == ["h"]
    assert Entry.objects.filter(action__in=["registry.open", "registry.close"]).count() == 2


@pytest.mark.ledger("X-06")
def test_trainee_and_artisan_are_two_states_and_what_fell_is_inside_only() -> None:
    found = named(3)
    Honour.objects.filter(name="丁砺锋").update(state="trainee")
    withdraw(
        actor=found.approver, at=LATER, honour_id=found.made[1].honour_id, reason="弄虚作假", basis="样工发〔2026〕21号"
    )
    assert facets.states(public_scope(), Asked()) == {"stands": 1, "trainee": 1}
    assert facets.states(inside(found), Asked(state="trainee")) == {"stands": 1, "trainee": 1, "revoked": 1}
    assert [one.name for one in search(Asked(state="trainee")).rows] == ["丁砺锋"]
    assert [one.name for one in search(Asked(state="revoked")).rows] == []
    with pytest.raises(NotFound):
        keeper_scope(found.here.world.actor("lan"))


@pytest.mark.ledger("C-01", "X-01", "X-06")
def test_one_page_shows_the_way_through_the_levels() -> None:
    found = named(1)
    subject = Honour.objects.get().subject
    one = history(found)
    for level, state, code, when in (
        ("province", "stands", "five-one", "2023-05"),
        ("national", "trainee", "dg", "2025"),
    ):
        row = RegistryEntry.objects.filter(source=one).latest("pk")
        RegistryEntry.objects.create(
            source=one, row=row.row + 1, subject=subject, name="何焊平", honour_state=state, level=level, date=when,
            award=f"{level}工匠", outcome="known", key=code, standing=True,
        )  # fmt: skip
    way = way_of(found.here.world.actor("zhang"), subject.pk)
    assert [(rung.label, rung.held) for rung in way.rungs] == [
        ("市级", "已命名"), ("省级", "已命名"), ("国家级", "培育对象"),
    ]  # fmt: skip
    assert [(each.kind, each.since[:4]) for each in way.steps if each.kind != "nomination"] == [
        ("honour", "2026"), ("listed", "2025"), ("listed", "2023"),
    ]  # fmt: skip
    assert "样工发〔2021〕7号" in way.steps[-1].note or "样工发〔2021〕7号" in way.steps[-2].note
    assert ("南宁工匠", "奖杯和荣誉证书", "未办") in way.gifts
    assert ("优先作为推荐“广西工匠”后备人选", "南宁工匠", True) in way.ahead
    suspend(actor=found.approver, at=LATER + timedelta(days=1), honour_id=Honour.objects.get().pk, reason="线索核查")
    after = way_of(found.here.world.actor("zhang"), subject.pk)
    assert after.rungs[0].held == ""
    assert not any(counts for _, _, counts in after.ahead)
    assert "2026年10月10日暂停" in next(each.note for each in after.steps if each.kind == "honour")


def test_queries_do_not_grow_with_the_register() -> None:
    found = named(1)

    def number() -> int:
        with CaptureQueriesContext(connection) as seen:
            scope = inside(found)
            search(Asked(text="工匠"), scope=scope)
            facets.years(scope)
            facets.programmes(scope)
            facets.states(scope, Asked())
            way_of(found.here.world.actor("zhang"), Honour.objects.earliest("pk").subject_id)
        return len(seen)

    few = number()
    history(found)
    assert number() == few
