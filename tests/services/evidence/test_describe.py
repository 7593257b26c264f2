"""What is said of files: order, indicator, seal, certificate; the original seen by whoever checks."""

from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Entry, File
from gongjiang.services.evidence.describe import arrange, check_original, describe
from gongjiang.services.evidence.detail import detail
from gongjiang.services.evidence.originals import originals_receipt
from gongjiang.services.evidence.upload import upload

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def sent(world: World, case: Case, title: str) -> File:
    """A certificate of 兰报材."""
    content = BytesIO(samples.pdf())
    said = {"case_id": case.pk, "attachment": "certificates", "name": "x.pdf", "content": content, "title": title}
    return upload(actor=world.actor("lan"), at=AT, **said)


def titles(case: Case) -> list[str]:
    """In the order in which they are shown."""
    return list(File.objects.filter(case=case).order_by("attachment", "position", "id").values_list("title", flat=True))


def put(world: World, case: Case, places: dict[int, int], by: str = "lan", attachment: str = "certificates") -> None:
    told = {"case_id": case.pk, "attachment": attachment, "indicator": "", "places": places}
    arrange(actor=world.actor(by), at=AT, **told)


def test_pieces_stand_as_they_are_numbered(world: World, case: Case) -> None:
    first, second, third = (sent(world, case, name) for name in "甲乙丙")
    put(world, case, {first.pk: 2, second.pk: 3, third.pk: 1})
    assert titles(case) == ["丙", "甲", "乙"]
    put(world, case, {second.pk: 1})  # the others keep their numbers, the one that stood first goes first
    assert titles(case) == ["丙", "乙", "甲"]
    put(world, case, {first.pk: -7, 987_654: 1, 0: 0})
    assert titles(case) == ["甲", "丙", "乙"]
    assert Entry.objects.filter(action="file.order", case_id=case.pk).count() == 3


def test_others_put_nothing_in_order(world: World, case: Case) -> None:
    first, second = (sent(world, case, name) for name in "甲乙")
    with pytest.raises(NotFound):
        put(world, case, {second.pk: 0}, by="yin")
    other = case_at(world, case.process.edition, "apply", "岑铸山")
    put(world, other, {first.pk: 9, second.pk: 1})
    case.rows.update(state="done")
    with pytest.raises(Refused, match="已经提交"):
        put(world, case, {second.pk: 0})
    assert titles(case) == ["甲", "乙"]


@given(places=st.lists(st.integers(-3, 9), min_size=4, max_size=4))
@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_numbers_lose_nothing(world: World, case: Case, places: list[int]) -> None:
    """The law of the order: by number, equal ones as they stood before."""
    File.objects.filter(case=case).delete()
    keys = [row(case, n).pk for n in range(4)]
    put(world, case, dict(zip(keys, places, strict=True)))
    wanted = [str(n) for n, _place in sorted(enumerate(places), key=lambda one: one[1])]
    assert titles(case) == wanted


def row(case: Case, n: int) -> File:
    told = {"name": "x.pdf", "kind": "pdf", "size": 1, "digest": "0" * 64, "stored": f"{n}", "uploaded_at": AT}
    return File.objects.create(case=case, attachment="certificates", title=str(n), position=n, **told)


def test_what_was_typed_is_kept_and_held_against_the_form(world: World, case: Case) -> None:
    row = sent(world, case, "技师证")
    said = {"title": "高级技师证", "stamped": "yes", "declassified": "no", "holder": "岑铸山", "issued": "2031-01-01"}
    describe(actor=world.actor("lan"), at=AT, file_id=row.pk, said=said)
    found = detail(world.actor("lan"), row.pk)
    assert (found.row.title, found.row.stamped, found.row.declassified) == ("高级技师证", "yes", "no")
    assert found.certificate.filled == {"holder": "岑铸山", "issued": "2031-01-01"}
    assert [one[:4] for one in found.hints] == ["持证人“", "发证日期"]
    assert Entry.objects.filter(action="file.describe", case_id=case.pk).count() == 1


def test_wrong_words_are_refused_and_nothing_changes(world: World, case: Case) -> None:
    row = sent(world, case, "技师证")
    for said in ({"stamped": "maybe"}, {"issued": "昨天"}, {"indicator": "nothing"}):
        with pytest.raises(BadInput):
            describe(actor=world.actor("lan"), at=AT, file_id=row.pk, said=said)
    row.refresh_from_db()
    assert (row.stamped, row.certificate, row.indicator) == ("", {}, "")


def test_only_those_who_fill_in_and_only_while_they_may(world: World, case: Case) -> None:
    row = sent(world, case, "技师证")
    for name in ("yin", "wen"):
        with pytest.raises(NotFound):
            describe(actor=world.actor(name), at=AT, file_id=row.pk, said={})
    later = case_at(world, case.process.edition, "qualify", "岑铸山")
    File.objects.filter(pk=row.pk).update(case=later)
    with pytest.raises(Refused):
        describe(actor=world.actor("lan"), at=AT, file_id=row.pk, said={})
    with pytest.raises(NotAllowed):
        describe(actor=world.actor("wen"), at=AT, file_id=row.pk, said={})


@pytest.mark.ledger("G-09")
def test_an_original_is_checked_once_by_whoever_checks(world: World, case: Case) -> None:
    row = sent(world, case, "技师证")
    later = case_at(world, case.process.edition, "qualify", "岑铸山")
    File.objects.filter(pk=row.pk).update(case=later)
    with pytest.raises(NotAllowed):
        check_original(actor=world.actor("lan"), at=AT, file_id=row.pk)
    assert detail(world.actor("wen"), row.pk).may_check
    done = check_original(actor=world.actor("wen"), at=AT, file_id=row.pk)
    assert (done.original_by, done.original_at) == (world.people["wen"], AT)
    with pytest.raises(Refused):
        check_original(actor=world.actor("wen"), at=AT, file_id=row.pk)
    assert Entry.objects.get(action="file.original").case_id == later.pk
    receipt = originals_receipt(world.actor("wen"), later.pk)[1]
    text = pypdfium2.PdfDocument(receipt)[0].get_textpage().get_text_range()
    for one in (
        "证书原件核对退回单",
        row.title,
        later.number,
        world.people["wen"].full_name,
        "2026年6月24日",
        "领回人",
    ):
        assert one in text, one
    for who in ("yin", "jia", "ji"):
        with pytest.raises(NotFound):
            originals_receipt(world.actor(who), later.pk)
    File.objects.update(original_at=None)
    with pytest.raises(NotFound, match="还没有核对过原件"):
        originals_receipt(world.actor("wen"), later.pk)
