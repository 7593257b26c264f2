"""Two at one form: who changed what, what both changed, what nobody touched; nothing lost on either side."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories import AT, World, case_at, opened_edition, person, small_world

from gongjiang.kernel import identity_number
from gongjiang.kernel.errors import NotAllowed, NotFound, Refused
from gongjiang.models import Case, Edit
from gongjiang.services.nominations.history import fetch_back, history_of, sides_of
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.save_step import Clashing, StepSaved, marks_of, save_step
from gongjiang.services.programmes.programme import programme_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NUMBER = identity_number.sample(4, AT.date().replace(year=1982), "男")
ROWS = [{"id": "r1", "from": "2004-02", "to": "", "org": "澜江重工", "post": "电焊工", "in_trade": "yes", "region": ""}]


@pytest.fixture
def world() -> World:
    found = small_world()
    person(found, "lan2", "兰同事", ("filer", "plant"))
    return found


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply", values={"post": "班长", "resume": ROWS})


class Tab:
    """A page that somebody has open: what it showed when it was loaded."""

    def __init__(self, world: World, case: Case, who: str) -> None:
        case.refresh_from_db()
        self.world, self.case, self.who = world, case, who
        paths = frozenset({"name", "post", "native_place", "id_number", "resume"})
        self.shown = marks_of(programme_of(case.process), case, paths)

    def save(self, choose: dict[str, str] | None = None, **answers: Any) -> StepSaved:
        """Save it, a few minutes later."""
        return save_step(
            actor=self.world.actor(self.who), at=AT + timedelta(minutes=3), case_id=self.case.pk,
            answers=answers, shown=self.shown, choose=choose or {},
        )  # fmt: skip


def stored(case: Case) -> dict[str, Any]:
    """The answers as they are."""
    case.refresh_from_db()
    return dict(case.values)


def test_what_each_changed_stands_and_each_is_told(world: World, case: Case) -> None:
    mine, theirs = Tab(world, case, "lan"), Tab(world, case, "lan2")
    theirs.save(post="车间主任", native_place="", resume=ROWS)
    done = mine.save(post="班长", native_place="青屿县", resume=ROWS)  # a page without script sends all it shows
    assert {path: one.name for path, one in done.elsewhere.items()} == {"post": "兰同事"}
    assert (stored(case)["post"], stored(case)["native_place"]) == ("车间主任", "青屿县")


def test_what_both_changed_is_chosen_by_people(world: World, case: Case) -> None:
    mine, theirs = Tab(world, case, "lan"), Tab(world, case, "lan2")
    theirs.save(post="车间主任")
    with pytest.raises(Clashing) as told:
        mine.save(post="工段长", native_place="青屿县")
    (clash,) = told.value.clashes
    assert (clash.path, clash.mine, clash.theirs) == ("post", "工段长", "车间主任")
    assert told.value.authors["post"].name == "兰同事"
    assert stored(case)["post"] == "车间主任"
    mine.save({"post": "mine"}, post="工段长", native_place="青屿县")
    assert (stored(case)["post"], stored(case)["native_place"]) == ("工段长", "青屿县")


def test_what_is_given_up_can_be_fetched(world: World, case: Case) -> None:
    mine, theirs = Tab(world, case, "lan"), Tab(world, case, "lan2")
    theirs.save(post="车间主任")
    mine.save({"post": "theirs"}, post="工段长")
    assert stored(case)["post"] == "车间主任"
    (edit,) = [one for one in Edit.objects.filter(case=case) if one.aside]
    assert edit.aside == {"post": "工段长"}
    fetch_back(actor=world.actor("lan"), at=AT, case_id=case.pk, edit_id=edit.pk, name="post", side="aside")
    assert stored(case)["post"] == "工段长"


def test_rows_of_both_can_stay(world: World, case: Case) -> None:
    mine, theirs = Tab(world, case, "lan"), Tab(world, case, "lan2")
    school = {"from": "2001-09", "to": "2004-01", "org": "青屿技校"}
    theirs.save(resume=[*ROWS, school])
    army = {"from": "1999-12", "to": "2001-08", "org": "某部服役"}
    with pytest.raises(Clashing):
        mine.save(resume=[*ROWS, army])
    mine.save({"resume": "both"}, resume=[*ROWS, army])
    assert [one["org"] for one in stored(case)["resume"]] == ["澜江重工", "青屿技校", "某部服役"]


def test_a_masked_number_on_a_page_is_no_change(world: World, case: Case) -> None:
    save_values(actor=world.actor("lan"), at=AT, case_id=case.pk, changes={"id_number": NUMBER})
    mine, theirs = Tab(world, case, "lan"), Tab(world, case, "lan2")
    other = identity_number.sample(6, AT.date().replace(year=1983), "男")
    theirs.save(id_number=other)
    mine.save(id_number=identity_number.mask(NUMBER), post="工段长")
    edit = Edit.objects.filter(case=case).latest("pk")
    assert list(edit.changes) == ["post"]
    last = history_of(world.actor("lan"), case.pk, name="id_number").edits[0]
    assert sides_of(programme_of(case.process), last)["id_number"] == {"from": NUMBER, "to": other}
    assert NUMBER not in str(last.changes)


def test_nothing_changed_is_no_new_version(world: World, case: Case) -> None:
    before = case.version
    Tab(world, case, "lan").save(post="班长", native_place="", resume=ROWS)
    case.refresh_from_db()
    assert case.version == before
    assert not Edit.objects.filter(case=case).exists()


def test_saves_that_follow_each_other_are_one_edit(world: World, case: Case) -> None:
    lan = world.actor("lan")
    for n, text in enumerate(("带", "带徒", "带徒十四人")):
        save_values(actor=lan, at=AT + timedelta(seconds=9 * n), case_id=case.pk, changes={"deeds": text})
    save_values(actor=lan, at=AT + timedelta(minutes=11), case_id=case.pk, changes={"deeds": "带徒十五人"})
    told = [one.changes["deeds"] for one in history_of(lan, case.pk).edits]
    assert told == [{"from": "带徒十四人", "to": "带徒十五人"}, {"from": "", "to": "带徒十四人"}]
    first = history_of(lan, case.pk).edits[1]
    fetch_back(actor=lan, at=AT, case_id=case.pk, edit_id=first.pk, name="deeds", side="to")
    assert stored(case)["deeds"] == "带徒十四人"


def test_what_was_typed_and_taken_back_is_no_change(world: World, case: Case) -> None:
    for post in ("工段长", "班长"):
        save_values(actor=world.actor("lan"), at=AT, case_id=case.pk, changes={"post": post, "deeds": "带徒"})
    moved = [{**ROWS[0], "id": "r9"}]
    save_values(actor=world.actor("lan"), at=AT, case_id=case.pk, changes={"resume": moved})
    (edit,) = history_of(world.actor("lan"), case.pk).edits
    assert set(edit.changes) == {"deeds"}


def test_the_history_is_for_who_fills_it_in(world: World, case: Case) -> None:
    edit = Edit.objects.create(case=case, version=2, changes={"post": {"from": "a", "to": "b"}}, began_at=AT, at=AT)
    fetching = {"at": AT, "case_id": case.pk, "edit_id": edit.pk, "name": "post", "side": "from"}
    for who in ("wen", "yin", "guan", "ke"):
        with pytest.raises(NotFound):
            history_of(world.actor(who), case.pk)
        with pytest.raises(NotFound):
            fetch_back(actor=world.actor(who), **fetching)
    other = case_at(world, case.process.edition, "apply", "岑铸山")
    for strange in ({"case_id": other.pk}, {"name": "deeds"}, {"side": "aside"}, {"side": "id"}):
        with pytest.raises(NotFound):
            fetch_back(actor=world.actor("lan"), **fetching | strange)


def test_who_may_not_write_and_what_is_closed(world: World, case: Case) -> None:
    tab = Tab(world, case, "lan")
    tab.who = "wen"
    with pytest.raises(NotAllowed):
        tab.save(post="班长")
    sent = case_at(world, case.process.edition, "qualify", "岑铸山")
    with pytest.raises(Refused):
        Tab(world, sent, "lan").save(name="岑铸山")
