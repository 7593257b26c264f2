"""Large files in parts: gone on with after a break, never mixed, never more than announced, swept when forgotten."""

import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples
from tests.services.evidence.full_disk import on_a_full_disk

from gongjiang.cli.jobs import next_forgotten
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale, Unstored
from gongjiang.models import Case, File, Grant, PartialUpload, SampleClock
from gongjiang.services.evidence import finish as finishing
from gongjiang.services.evidence import parts, storage
from gongjiang.services.evidence.finish import finish, give_up, next_job
from gongjiang.services.evidence.joined import joined
from gongjiang.services.evidence.parts import STUCK, Elsewhere, begin, take_part, unfinished

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SMALL = 1000


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 1,000 bytes, and none from before."""
    shutil.rmtree(Path(settings.MEDIA_ROOT).parent / "staging", ignore_errors=True)
    monkeypatch.setattr(parts, "PART", SMALL)
    monkeypatch.setattr(finishing, "PART", SMALL)


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def film(seconds: int = 200, more: int = 4000) -> bytes:
    return samples.film(seconds) + samples.box(b"free", b"x" * more)


def begun(world: World, case: Case, body: bytes, by: str = "lan", **said: Any) -> PartialUpload:
    said = {"attachment": "video", "name": "绝活.mp4", "size": len(body), "head": "0123abcd", **said}
    return begin(actor=world.actor(by), at=AT, case_id=case.pk, **said)


def sent(world: World, row: PartialUpload, body: bytes, offset: int, by: str = "lan") -> int:
    piece = BytesIO(body[offset : offset + SMALL])
    return take_part(actor=world.actor(by), at=AT, upload_id=row.pk, offset=offset, content=piece)


def all_sent(world: World, case: Case, body: bytes, **said: Any) -> PartialUpload:
    row = begun(world, case, body, **said)
    offset = row.received
    while offset < len(body):
        offset = sent(world, row, body, offset)
    return row


def staged() -> list[Path]:
    return [one for one in (Path(settings.MEDIA_ROOT).parent / "staging").rglob("*") if one.is_file()]


def test_a_broken_line_and_a_closed_page_cost_nothing(world: World, case: Case) -> None:
    body = film()
    row = begun(world, case, body)
    assert sent(world, row, body, 0) == 1000
    again = begun(world, case, body)  # the page was loaded anew and the file picked again
    assert (again.pk, again.received) == (row.pk, 1000)
    assert [one.pk for one in unfinished(world.actor("lan"), case)] == [row.pk]
    for offset in range(1000, len(body), SMALL):
        sent(world, row, body, offset)
    kept = finish(actor=world.actor("lan"), at=AT, upload_id=row.pk)
    assert (kept.name, kept.seconds, kept.size) == ("绝活.mp4", 200, len(body))
    with storage.opened(kept.stored) as stored:
        assert stored.read() == body
    assert not PartialUpload.objects.exists()
    assert staged() == []


def test_another_file_of_the_same_name_is_another_upload(world: World, case: Case) -> None:
    body = film()
    row = begun(world, case, body)
    assert begun(world, case, body, head="ffffffff").pk != row.pk
    assert begun(world, case, body + b"x").pk != row.pk


def test_a_wrong_place_says_the_right_one(world: World, case: Case) -> None:
    body = film()
    row = begun(world, case, body)
    sent(world, row, body, 0)
    for offset in (0, 999, 2000, -1, 10**12):
        with pytest.raises(Elsewhere) as told:
            sent(world, row, body, offset)
        assert told.value.received == 1000
    assert len(staged()) == 1


def test_two_tabs_take_turns_and_one_part_counts_once(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = film()
    row = begun(world, case, body)
    keep = storage.keep

    def slow(name: str, content: BytesIO, area: str) -> str:
        """While this tab stores its part, the other one has sent the same."""
        monkeypatch.setattr(storage, "keep", keep)
        sent(world, row, body, 0)
        return keep(name, content, area)

    monkeypatch.setattr(storage, "keep", slow)
    with pytest.raises(Elsewhere) as told:
        sent(world, row, body, 0)
    assert told.value.received == 1000
    assert len(staged()) == 1


def test_somebody_else_finds_no_such_upload(world: World, case: Case) -> None:
    body = film()
    row = all_sent(world, case, body)
    for name in ("yin", "wen", "xi"):
        for act in (finish, give_up):
            with pytest.raises(NotFound):
                act(actor=world.actor(name), at=AT, upload_id=row.pk)
        with pytest.raises(NotFound):
            sent(world, row, body, 0, by=name)
        with pytest.raises(NotFound):
            begun(world, case, body, by=name)
    Grant.objects.filter(user=world.people["lan"]).update(until=AT)
    with pytest.raises(NotFound):
        finish(actor=world.actor("lan"), at=AT, upload_id=row.pk)


@pytest.mark.parametrize(("length", "said"), [(1001, "比文件说好的大小多"), (999, "没有传完整"), (0, "没有传完整")])
def test_a_part_has_the_length_that_was_agreed(world: World, case: Case, length: int, said: str) -> None:
    row = begun(world, case, film())
    with pytest.raises(BadInput, match=said):
        take_part(actor=world.actor("lan"), at=AT, upload_id=row.pk, offset=0, content=BytesIO(b"x" * length))
    assert staged() == []


def test_nothing_comes_after_the_last_byte_and_nothing_is_finished_before(world: World, case: Case) -> None:
    body = film()
    row = begun(world, case, body)
    with pytest.raises(Elsewhere, match="还没有传完"):
        finish(actor=world.actor("lan"), at=AT, upload_id=row.pk)
    all_sent(world, case, body)
    with pytest.raises(BadInput, match="比文件说好的大小多"):
        take_part(actor=world.actor("lan"), at=AT, upload_id=row.pk, offset=len(body), content=BytesIO(b"x"))


REFUSED = [
    (film(361), "绝活.mp4", "视频长6分1秒，不得超过5分钟"),
    (film()[:-200], "绝活.mp4", "视频不完整或已损坏"),
    (b"MZ" + b"\0" * 5000, "绝活.mp4", "这是程序文件"),
]


@pytest.mark.parametrize(("body", "name", "said"), REFUSED, ids=[one[2] for one in REFUSED])
def test_the_whole_is_judged_like_any_file_and_thrown_away_if_refused(
    world: World, case: Case, body: bytes, name: str, said: str
) -> None:
    row = all_sent(world, case, body, name=name)
    with pytest.raises(BadInput, match=said):
        finish(actor=world.actor("lan"), at=AT, upload_id=row.pk)
    assert not File.objects.exists()
    assert not PartialUpload.objects.exists()
    assert staged() == []


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"size": 0}, "是空的"),
        ({"size": -5}, "是空的"),
        ({"size": 500_000_001}, "最多 500 MB"),
        ({"size": 60_000_000, "name": "扫描.pdf"}, "“扫描.pdf”有 60.0 MB，最多 50 MB"),
        ({"head": "../../x"}, "重新选择文件"),
        ({"attachment": "letters"}, "不需要这种材料"),
        ({"indicator": "total"}, "没有这项指标"),
    ],
)
def test_what_could_never_be_taken_is_said_before_it_is_sent(
    world: World, case: Case, said: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(BadInput, match=refusal):
        begun(world, case, film(), **said)


def test_a_name_can_do_no_harm(world: World, case: Case) -> None:
    body = film()
    row = all_sent(world, case, body, name="../../x\r\ny" + "工" * 255 + ".mp4")
    kept = finish(actor=world.actor("lan"), at=AT, upload_id=row.pk)
    assert kept.name == "x y" + "工" * 64 + ".mp4"


def test_a_person_has_so_much_on_the_way_and_no_more(world: World, case: Case) -> None:
    for n in range(parts.MOST_BEGUN):
        begun(world, case, film(), head=f"{n:08x}")
    with pytest.raises(Refused, match="8 个文件没有传完"):
        begun(world, case, film(), head="ffffffff")
    give_up(actor=world.actor("lan"), at=AT, upload_id=unfinished(world.actor("lan"), case)[0].pk)
    begun(world, case, film(), head="ffffffff")


def test_nor_more_bytes(world: World, case: Case) -> None:
    for n in range(4):
        begun(world, case, film(), size=500_000_000, head=f"{n:08x}")
    with pytest.raises(Refused, match="共 2000 MB"):
        begun(world, case, film(), head="ffffffff")


def test_a_full_disk_midway_keeps_what_was_sent(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    body = film()
    row = begun(world, case, body)
    sent(world, row, body, 0)
    with monkeypatch.context() as small:
        small.setattr(storage, "keep", on_a_full_disk(500))
        with pytest.raises(Unstored, match="存储空间暂时不足"):
            sent(world, row, body, 1000)
        assert len(staged()) == 1
        small.undo()
        all_sent(world, case, body)
        small.setattr(parts, "PART", SMALL)
        small.setattr(finishing, "PART", SMALL)
        small.setattr(storage, "keep", on_a_full_disk(500))
        with pytest.raises(Unstored, match="存储空间暂时不足"):
            finish(actor=world.actor("lan"), at=AT, upload_id=row.pk)
    assert finish(actor=world.actor("lan"), at=AT, upload_id=row.pk).seconds == 200


def test_no_room_is_said_before_anything_is_sent(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "room_left", lambda: parts.SPARE)
    with pytest.raises(Unstored):
        begun(world, case, film())


def test_what_was_submitted_meanwhile_is_not_taken_and_not_lost(world: World, case: Case) -> None:
    row = all_sent(world, case, film())
    case.rows.update(state="done")
    with pytest.raises(Refused, match="已经提交"):
        finish(actor=world.actor("lan"), at=AT, upload_id=row.pk)
    assert PartialUpload.objects.get().finishing_at is None


def test_it_is_finished_once(world: World, case: Case) -> None:
    row = all_sent(world, case, film())
    PartialUpload.objects.update(finishing_at=AT)
    for act in (finish, give_up):
        with pytest.raises(Stale, match="正在检查"):
            act(actor=world.actor("lan"), at=AT, upload_id=row.pk)
    later = AT + STUCK + timedelta(seconds=1)  # whoever held it died over it
    assert finish(actor=world.actor("lan"), at=later, upload_id=row.pk).seconds == 200
    with pytest.raises(NotFound):
        finish(actor=world.actor("lan"), at=later, upload_id=row.pk)


def test_what_is_forgotten_is_swept(world: World, case: Case) -> None:
    body = film()
    sent(world, begun(world, case, body), body, 0)
    assert next_job(AT + parts.KEPT) is None
    job = next_job(AT + parts.KEPT + timedelta(seconds=1))
    assert job is not None
    assert next_job(AT + parts.KEPT + timedelta(seconds=1)) is None  # it is in somebody's hand
    job()
    assert not PartialUpload.objects.exists()
    assert staged() == []


def test_in_a_sample_what_is_on_its_way_is_not_forgotten(world: World, case: Case) -> None:
    """Its clock stands months behind the machine's: days are counted by the clock that touched it."""
    body = film()
    real = AT + timedelta(days=150)
    sent(world, begun(world, case, body), body, 0)
    SampleClock.objects.update_or_create(pk=1, defaults={"offset_seconds": int((AT - real).total_seconds())})
    assert next_forgotten(real) is None
    assert next_forgotten(real + parts.KEPT + timedelta(minutes=1)) is not None


def test_while_it_is_finished_or_swept_no_part_is_taken_and_none_is_asked_for(world: World, case: Case) -> None:
    """An answer that names the place it goes on from would make the browser send the same part for ever."""
    body = film()
    row = begun(world, case, body)
    PartialUpload.objects.update(finishing_at=AT)
    with pytest.raises(Stale, match="正在检查") as told:
        sent(world, row, body, 0)
    assert not isinstance(told.value, Elsewhere)
    assert staged() == []
    PartialUpload.objects.update(finishing_at=AT - STUCK)  # whoever held it died over it
    assert sent(world, row, body, 0) == SMALL
    assert PartialUpload.objects.get().finishing_at is None


STEPS = st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.integers(-6000, 6000), st.integers(-1, 6000)), max_size=8)


@hypothesis_settings(max_examples=40)
@given(steps=STEPS)
def test_parts_read_like_the_whole(steps: list[tuple[int, int, int]]) -> None:
    whole, sizes = Random(3).randbytes(5000), [1000, 3500, 500]
    names = [f"law/{n}" for n in range(3)]
    for n, name in enumerate(names):
        storage.keep(name, BytesIO(whole[sum(sizes[:n]) : sum(sizes[: n + 1])]), storage.STAGING)
    plain = BytesIO(whole)
    with joined(names, sizes) as found:
        for whence, offset, length in steps:
            start = {0: 0, 1: plain.tell(), 2: 5000}[whence] + offset
            if start < 0:
                continue
            assert found.seek(offset, whence) == plain.seek(start)
            assert found.read(length) == plain.read(length)
    storage.drop_folder("law", storage.STAGING)
