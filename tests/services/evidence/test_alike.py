"""Files alike: found in the background, shown to officers who see both sides, settled by name, never a verdict."""

from io import BytesIO

import pytest
from PIL import Image
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples
from tests.rules.evidence.test_likeness import copy, page, text
from tests.rules.evidence.test_office_text import words

from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Case, Edition, Entry, File, Grant, Likeness, Subject
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.alike import alike_in, alike_of, get_pair, looks, settle
from gongjiang.services.evidence.prepare import claim, prepare, prepare_all
from gongjiang.services.evidence.upload import upload

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def picture(image: Image.Image, kind: str = "JPEG") -> bytes:
    out = BytesIO()
    image.save(out, kind, quality=90)
    return out.getvalue()


def letter(words_: str) -> bytes:
    return samples.office(word__document_DOT_xml=words(words_))


def filed(world: World, edition: Edition, title: str, *papers: bytes, attachment: str = "certificates") -> Case:
    """A nomination of 澜江重工 with these files, handed in, its files prepared."""
    case = case_at(world, edition, "apply", title)
    for n, body in enumerate(papers):
        said = {"attachment": attachment, "name": f"材料{n}", "content": BytesIO(body), "title": f"{title}的材料{n}"}
        upload(actor=world.actor("lan"), at=AT, case_id=case.pk, **said)
    prepare_all(AT)
    Case.objects.filter(pk=case.pk).update(submitted_at=AT)
    return case


def pairs(world: World, case: Case, by: str = "wen") -> list[tuple[str, str, str]]:
    return [(one.row.kind, one.mine.title, one.theirs.title) for one in alike_of(world.actor(by), case)]


def test_the_same_bytes_and_a_changed_copy_of_a_picture(world: World, edition: Edition) -> None:
    same, scan = picture(page(1)), page(2)
    first = filed(world, edition, "何焊平", same, picture(scan), picture(page(3)))
    second = filed(world, edition, "岑铸山", same, picture(copy(scan, 0.7, 60, 0.95)), picture(page(4)))
    assert pairs(world, second) == [
        ("same", "岑铸山的材料0", "何焊平的材料0"),
        ("picture", "岑铸山的材料1", "何焊平的材料1"),
    ]
    assert [(kind, theirs) for kind, _mine, theirs in pairs(world, first)] == [
        ("same", "岑铸山的材料0"),
        ("picture", "岑铸山的材料1"),
    ]
    assert Likeness.objects.count() == 2


def test_the_same_words_with_a_piece_changed(world: World, edition: Edition) -> None:
    """In Word files, which have no picture."""
    told = text(1)
    first = case_at(world, edition, "apply", "何焊平")
    second = case_at(world, edition, "apply", "岑铸山")
    for case, body in ((first, told), (second, told[:600] + "另写的一段" * 10 + told[650:])):
        case.files.create(
            attachment="certificates",
            title=f"{case.title}的事迹",
            name="事迹.docx",
            kind="docx",
            size=1,
            digest=case.title,
            stored=storage.keep(f"test/{case.pk}.docx", BytesIO(letter(body))),
            uploaded_at=AT,
        )
    prepare_all(AT)
    Case.objects.update(submitted_at=AT)
    assert pairs(world, first) == [("text", "何焊平的事迹", "岑铸山的事迹")]
    assert Likeness.objects.get().score >= 90


def test_within_one_nomination_nothing_is_pointed_out(world: World, edition: Edition) -> None:
    same = picture(page(1))
    case = filed(world, edition, "何焊平", same, same)
    assert pairs(world, case) == []
    assert not Likeness.objects.exists()


def test_of_one_and_the_same_person_nothing_is_pointed_out(world: World, edition: Edition) -> None:
    same = picture(page(1))
    cases = [filed(world, edition, "何焊平", same) for _ in range(2)]
    person = Subject.objects.create(name="何焊平", created_at=AT)
    Case.objects.filter(pk=cases[1].pk).update(nominator=world["industry"])
    Case.objects.filter(pk__in=[one.pk for one in cases]).update(subject=person)
    assert pairs(world, cases[0]) == []


def test_only_officers_who_see_both_sides(world: World, edition: Edition) -> None:
    same = picture(page(1))
    first, second = (filed(world, edition, name, same) for name in ("何焊平", "岑铸山"))
    key = Likeness.objects.get().pk
    for name in ("wen", "jiang", "zhang", "yan"):
        assert len(alike_of(world.actor(name), first)) == 1, name
        assert get_pair(world.actor(name), key).row.pk == key
    for name in ("lan", "yin", "yuan", "ke", "jia", "ji", "guan", "xi"):
        assert alike_of(world.actor(name), first) == [], name
        assert not looks(world.actor(name), first), name
        for act in (get_pair, lambda actor, one: settle(actor=actor, at=AT, likeness_id=one)):
            with pytest.raises(NotFound):
                act(world.actor(name), key)
    Case.objects.filter(pk=second.pk).update(submitted_at=None)  # one side is a draft again
    assert alike_of(world.actor("wen"), first) == []
    with pytest.raises(NotFound):
        get_pair(world.actor("wen"), key)


def test_not_across_what_an_officer_may_not_see(world: World, edition: Edition) -> None:
    """The other side went to another county: only the city sees both."""
    same = picture(page(1))
    first = filed(world, edition, "何焊平", same)
    second = filed(world, edition, "岑铸山", same)
    second.parties.update(organisation=world["other_county"])
    Case.objects.filter(pk=second.pk).update(nominator=world["other_county"], applying_unit=world["far_plant"])
    assert alike_of(world.actor("wen"), first) == []
    assert alike_of(world.actor("yuan"), second) == []
    assert len(alike_of(world.actor("zhang"), first)) == 1


def test_officers_of_the_unit_itself_see_nothing(world: World, edition: Edition) -> None:
    same = picture(page(1))
    first, _second = (filed(world, edition, name, same) for name in ("何焊平", "岑铸山"))
    Grant.objects.create(user=world.people["lan"], organisation=world["plant"], role="officer", since=AT)
    assert alike_of(world.actor("lan"), first) == []


def test_a_shared_certificate_is_settled_once_for_all_who_hand_it_in(world: World, edition: Edition) -> None:
    same = picture(page(1))
    cases = [filed(world, edition, name, same) for name in ("何焊平", "岑铸山", "温纺线")]
    assert Likeness.objects.count() == 3
    key = Likeness.objects.order_by("id").values_list("pk", flat=True)[0]
    assert len(alike_in(world.actor("wen"), edition.pk)) == 3
    assert settle(actor=world.actor("wen"), at=AT, likeness_id=key, note="单位资质，几位合用\n") == 3
    assert alike_in(world.actor("wen"), edition.pk) == []
    found = alike_of(world.actor("jiang"), cases[2])
    assert [(one.answered, one.row.answered_by, one.row.note) for one in found] == [
        (True, world.people["wen"], "单位资质，几位合用")
    ] * 2
    entry = Entry.objects.get(action="likeness.settle")
    assert (entry.case_id, entry.edition_id) == (None, edition.pk)
    with pytest.raises(Refused, match="已经有人看过"):
        settle(actor=world.actor("jiang"), at=AT, likeness_id=key)


def test_prepared_again_nothing_is_doubled_and_the_answer_stands(world: World, edition: Edition) -> None:
    same = picture(page(1))
    first, _second = (filed(world, edition, name, same) for name in ("何焊平", "岑铸山"))
    settle(actor=world.actor("wen"), at=AT, likeness_id=Likeness.objects.get().pk)
    File.objects.update(prepared="waiting", tries=0)
    prepare_all(AT)
    assert [one.answered for one in alike_of(world.actor("wen"), first)] == [True]


def test_two_workers_at_once_find_it_at_least_once(world: World, edition: Edition) -> None:
    cases = [case_at(world, edition, "apply", name) for name in ("何焊平", "岑铸山")]
    for case, body in zip(cases, (picture(page(1)), picture(copy(page(1), 0.8, 70, 1))), strict=True):
        said = {"attachment": "certificates", "name": "x", "content": BytesIO(body)}
        upload(actor=world.actor("lan"), at=AT, case_id=case.pk, **said)
    held = [claim(AT), claim(AT)]
    for row in held:
        assert row is not None
        prepare(row)
    assert Likeness.objects.get().kind == "picture"


def test_a_form_that_everybody_hands_in_makes_few_pairs(world: World, edition: Edition) -> None:
    same = picture(page(1))
    for n in range(8):
        filed(world, edition, f"何焊{'一二三四五六七八'[n]}", same)
    assert Likeness.objects.count() == 1 + 2 + 3 + 4 + 5 + 5 + 5
