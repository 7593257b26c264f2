"""Lists brought in: a look first, wrong cells named, the rest taken; once, and taken back as a whole."""

from datetime import date
from typing import Any

import pytest
from tests.factories import AT, World, small_world

from gongjiang.documents.xlsx import write_list
from gongjiang.kernel import identity_number
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import Coverage, Entry, PersonQuestion, RegistryEntry, RegistryImport, Subject
from gongjiang.rules.registry.entry import Defaults
from gongjiang.services.people.sealing import identity_hash
from gongjiang.services.registry.about import About
from gongjiang.services.registry.queries import lines, masked_number, outcomes
from gongjiang.services.registry.read_list import preview
from gongjiang.services.registry.take import drop, state_coverage, take, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HEAD = ("姓名", "身份证号", "出生年月", "工作单位", "授予时间")
NUMBER = identity_number.sample(7, date(1980, 6, 5), "男")
ROWS = (
    ("何焊平", NUMBER, "", "澜江重工有限公司", "2021"),
    ("岑铸山", "", "1979-03", "青屿印染厂", "2021-06"),
    ("温测微", "", "1985.7", "", ""),
)


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def about(**said: Any) -> About:
    given = {"code": "national-talent-plan", "title": "入选人员名单", "number": "样发〔2021〕1号", **said}
    return About(**{"defaults": Defaults("某人才计划", "national", "stands", "2021-01-01"), **given})


def brought(world: World, rows: Any = ROWS, who: str = "zhang", **said: Any) -> RegistryImport:
    actor = world.actor(who)
    made = preview(actor=actor, at=AT, about=about(**said), filename="名单.xlsx", data=write_list("名单", HEAD, rows))
    return take(actor=actor, at=AT, import_id=made.pk)


@pytest.mark.ledger("X-01")
def test_a_list_counts_only_after_it_was_looked_at(world: World) -> None:
    actor = world.actor("zhang")
    made = preview(actor=actor, at=AT, about=about(), filename="名单.xlsx", data=write_list("名单", HEAD, ROWS))
    assert (made.state, outcomes(made)) == ("preview", {"new": 3})
    assert not RegistryEntry.objects.filter(standing=True).exists()
    assert not Subject.objects.exists()
    take(actor=actor, at=AT, import_id=made.pk)
    rows = list(made.entries.order_by("row"))
    assert [(one.name, one.birth, one.date, one.standing) for one in rows] == [
        ("何焊平", "1980-06", "2021", True),
        ("岑铸山", "1979-03", "2021-06", True),
        ("温测微", "1985-07", "2021-01-01", True),
    ]
    assert NUMBER not in rows[0].number
    assert masked_number(rows[0]) == identity_number.mask(NUMBER)
    assert rows[0].subject is not None
    assert rows[0].subject.identity_hash == identity_hash(NUMBER)
    assert [one.action for one in Entry.objects.filter(kind="registry").order_by("seq")] == [
        "registry.preview",
        "registry.take",
    ]
    assert not any(NUMBER in one.body for one in Entry.objects.all())


def test_wrong_cells_are_named_and_the_rest_is_taken(world: World) -> None:
    rows = (*ROWS, ("", "", "1980-01", "某厂", ""), ("路工", "110105198002300017", "", "", ""), ROWS[1])
    made = brought(world, rows)
    assert made.entries.filter(standing=True).count() == 3
    assert [(one["row"], one["column"], one["heading"]) for one in made.problems] == [
        (6, "A", "姓名"),
        (7, "B", "身份证号"),
        (8, "A", "姓名"),
    ]
    assert made.problems[2]["text"] == "与第4行相同，只读一次。"


def test_the_same_list_again_changes_nothing(world: World) -> None:
    made = brought(world)
    with pytest.raises(Refused, match="再导一次不会有变化"):
        brought(world)
    again = brought(world, (*ROWS, ("路新人", "", "1990-01", "远岸衡器厂", "")))
    assert outcomes(again) == {"same": 3, "new": 1}
    assert Subject.objects.count() == 4
    assert made.entries.filter(standing=True).count() == 3


@pytest.mark.ledger("X-01")
def test_one_person_in_two_lists_is_one_record_and_a_doubt_is_a_question(world: World) -> None:
    brought(world)
    rows = (
        ("岑铸山", "", "1979-03", "青屿印染厂", ""),
        ("温测微", "", "1985-07", "澜江重工有限公司", ""),
        ("何焊平", "", "1981-01", "澜江重工有限公司", ""),
    )
    other = brought(world, rows, code="ministry-talent-plan")
    assert [one.outcome for one in other.entries.order_by("row")] == ["known", "ask", "new"]
    assert Subject.objects.count() == 5
    question = PersonQuestion.objects.get()
    assert (question.one.name, question.other.name, question.state) == ("温测微", "温测微", "open")
    numbered = brought(world, (("岑铸山", identity_number.sample(9, date(1979, 3, 2), "男"), "", "青屿印染厂", ""),),
                       code="national-artisan")  # fmt: skip
    known = numbered.entries.get()
    assert known.outcome == "known"
    assert Subject.objects.filter(name="岑铸山", identity_hash__isnull=False).count() == 1


def test_a_list_is_taken_back_as_a_whole_with_a_reason(world: World) -> None:
    made = brought(world, complete=True, since=date(2020, 1, 1))
    assert Coverage.objects.get().since == date(2020, 1, 1)
    actor = world.actor("zhang")
    with pytest.raises(BadInput, match="请写明撤销的理由"):
        withdraw(actor=actor, at=AT, import_id=made.pk, reason=" ")
    withdraw(actor=actor, at=AT, import_id=made.pk, reason="名单用错了版本")
    assert not RegistryEntry.objects.filter(standing=True).exists()
    assert not Subject.objects.exists()
    assert not Coverage.objects.exists()
    assert brought(world).entries.filter(standing=True).count() == 3


def test_what_was_only_looked_at_can_be_dropped(world: World) -> None:
    actor = world.actor("zhang")
    made = preview(actor=actor, at=AT, about=about(), filename="a.xlsx", data=write_list("名单", HEAD, ROWS))
    assert drop(actor=actor, at=AT, import_id=made.pk) == "入选人员名单"
    assert not RegistryImport.objects.exists()


def test_only_those_who_run_programmes_keep_registers(world: World) -> None:
    for who in ("lan", "wen", "jia", "guan", "ji"):
        with pytest.raises(NotFound):
            brought(world, who=who)
    made = brought(world, who="xi")
    assert made.organisation == world["city"]
    assert [one.code for one in lines(world.actor("zhang"))] == ["national-talent-plan"]


def test_what_a_list_must_say_of_itself(world: World) -> None:
    for said, place in (
        ({"code": "国家"}, "名册"),
        ({"code": "city-star"}, "名册名称"),
        ({"title": " "}, "来源文件"),
        ({"issued_on": date(2027, 1, 1)}, "发文日期"),
    ):
        with pytest.raises(BadInput) as wrong:
            brought(world, **said)
        assert wrong.value.place == place
    assert brought(world, code="city-star", label="望澜之星").register.label == "望澜之星"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02"])
def test_what_is_no_list_is_refused(world: World, data: bytes) -> None:
    with pytest.raises(BadInput):
        preview(actor=world.actor("zhang"), at=AT, about=about(), filename="a.xlsx", data=data)
    assert not RegistryImport.objects.exists()


def test_coverage_is_stated_by_hand_and_taken_back(world: World) -> None:
    brought(world)
    actor = world.actor("zhang")
    said = {"actor": actor, "at": AT, "code": "national-talent-plan", "since": date(2019, 1, 1)}
    with pytest.raises(BadInput, match="请写明依据"):
        state_coverage(**said, source="", complete=True)
    state_coverage(**said, source="历年名单已核对", complete=True)
    line = lines(actor)[0]
    assert (line.complete, line.covers, line.source) == (True, "2019年1月1日以来", "历年名单已核对")
    state_coverage(**said, source="发现缺2020年", complete=False)
    assert lines(actor)[0].covers == "不齐全：查不到的按“未知”处理"


def test_ten_thousand_rows_take_as_many_queries_a_batch_as_one(
    world: World, django_assert_max_num_queries: Any
) -> None:
    rows = [
        (f"样{chr(0x4E00 + n % 4000)}{chr(0x5000 + n // 4000)}", "", "1980-01", f"样厂{n}", "") for n in range(2000)
    ]
    with django_assert_max_num_queries(130):
        made = brought(world, rows)
    assert outcomes(made) == {"new": 2000}
