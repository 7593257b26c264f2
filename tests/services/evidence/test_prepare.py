"""Previews: made beside the requests, once, by one worker; a restart loses nothing, a bad file is given up."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples

from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, File, Prepared
from gongjiang.services.evidence.prepare import claim, prepare, prepare_all
from gongjiang.services.evidence.read import open_page
from gongjiang.services.evidence.upload import remove, upload

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def sent(world: World, case: Case, content: bytes, attachment: str = "certificates") -> File:
    """A file of 兰报材."""
    said = {"case_id": case.pk, "attachment": attachment, "name": "证书", "content": BytesIO(content)}
    return upload(actor=world.actor("lan"), at=AT, **said)


def size_of(world: World, row: File, page: int) -> tuple[str | None, int, int] | None:
    """Format and size of a page's picture, as its filer gets it."""
    _row, content = open_page(world.actor("lan"), row.pk, page)
    if content is None:
        return None
    with content, Image.open(content) as image:
        return image.format, image.width, image.height


def test_pages_of_a_pdf(world: World, case: Case) -> None:
    row = sent(world, case, samples.pdf())
    assert size_of(world, row, 1) is None
    assert prepare_all(AT) == 1
    assert size_of(world, row, 1) == ("JPEG", 1400, 1982)
    assert size_of(world, row, 0) == ("JPEG", 170, 240)
    row.refresh_from_db()
    assert (row.prepared, row.previews, row.tries) == ("done", 1, 1)
    for page in (2, 900):
        with pytest.raises(NotFound):
            open_page(world.actor("lan"), row.pk, page)
    with pytest.raises(NotFound):
        open_page(world.actor("yin"), row.pk, 1)
    assert prepare_all(AT) == 0


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (samples.picture("JPEG", 413, 579), (413, 579)),
        (samples.picture("PNG", 2800, 3920), (1400, 1960)),
    ],
)
def test_a_picture(world: World, case: Case, content: bytes, size: tuple[int, int]) -> None:
    row = sent(world, case, content, "photo")
    prepare_all(AT)
    assert size_of(world, row, 1) == ("JPEG", *size)
    assert size_of(world, row, 0) == ("JPEG", 171, 240)


def test_films_have_no_picture(world: World, case: Case) -> None:
    row = sent(world, case, samples.film(10), "video")
    assert prepare_all(AT) == 1
    row.refresh_from_db()
    assert (row.prepared, row.previews) == ("done", 0)
    with pytest.raises(NotFound):
        open_page(world.actor("lan"), row.pk, 1)


def test_two_workers_never_hold_the_same_file(world: World, case: Case) -> None:
    rows = [sent(world, case, samples.pdf()) for _ in range(2)]
    assert [claim(AT), claim(AT), claim(AT)] == [*rows, None]


def test_what_a_dead_worker_held_is_tried_again_and_given_up_after_three_times(world: World, case: Case) -> None:
    row = sent(world, case, samples.pdf())
    later = AT
    for tries in (1, 2, 3):
        assert claim(later) == row
        assert claim(later + timedelta(minutes=4)) is None
        row.refresh_from_db()
        assert (row.prepared, row.tries) == ("running", tries)
        later += timedelta(minutes=6)
    assert claim(later) is None
    row.refresh_from_db()
    assert row.prepared == Prepared.FAILED


def test_lost_and_broken_bytes_fail_without_harm_to_the_next(world: World, case: Case) -> None:
    lost, broken, good = (sent(world, case, samples.pdf()) for _ in range(3))
    default_storage.delete(lost.stored)
    with open(default_storage.path(broken.stored), "wb") as out:
        out.write(b"%PDF-1.7 nothing more")
    assert prepare_all(AT) == 3
    states = dict(File.objects.values_list("pk", "prepared"))
    assert states == {lost.pk: "failed", broken.pk: "failed", good.pk: "done"}


def test_an_attempt_that_was_broken_off_leaves_nothing_in_the_way(world: World, case: Case) -> None:
    row = sent(world, case, samples.pdf())
    prepare(row)
    prepare(row)
    assert size_of(world, row, 1) == ("JPEG", 1400, 1982)


def test_removed_files_need_no_preview(world: World, case: Case) -> None:
    row = sent(world, case, samples.pdf())
    remove(actor=world.actor("lan"), at=AT, case_id=case.pk, file_id=row.pk)
    assert claim(AT) is None
