"""Files taken in: judged by their bytes, made anew, stored where nobody guesses, removed softly."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence import samples
from tests.services.evidence.full_disk import on_a_full_disk

from gongjiang.kernel.errors import BadInput, NotFound, Refused, Unstored
from gongjiang.models import Case, Entry, File
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.queries import get_file, visible_to
from gongjiang.services.evidence.read import open_file
from gongjiang.services.evidence.upload import remove, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def sent(world: World, case: Case, content: bytes, name: str = "证书.pdf", by: str = "lan", **said: Any) -> File:
    """Upload as somebody."""
    said = {"attachment": "certificates", **said}
    return upload(actor=world.actor(by), at=AT, case_id=case.pk, name=name, content=BytesIO(content), **said)


def test_a_pdf_is_kept_with_its_hash(world: World, case: Case) -> None:
    body = samples.pdf()
    row = sent(world, case, body, "发明专利证书.pdf")
    assert (row.name, row.title, row.kind, row.pages) == ("发明专利证书.pdf", "发明专利证书", "pdf", 1)
    assert row.digest == hashlib.sha256(body).hexdigest()
    assert "证书" not in row.stored
    with default_storage.open(row.stored) as stored:
        assert stored.read() == body
    entry = Entry.objects.get(action="file.add")
    assert entry.case_id == case.pk


def test_a_photo_loses_where_it_was_taken_and_replaces_the_old_one(world: World, case: Case) -> None:
    first = sent(world, case, samples.picture("JPEG", position=True), "近照.jpg", attachment="photo")
    second = sent(world, case, samples.picture("PNG"), "新照.png", attachment="photo")
    with default_storage.open(first.stored) as stored:
        assert not Image.open(stored).getexif()
    assert list(File.objects.filter(case=case, removed_at=None)) == [second]


REFUSED = [
    (samples.office(word__vbaProject_DOT_bin=b""), "证书.docm", "letters", "这是 Word、Excel 等 Office 文件，这里不收"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "照片.jpg", "photo", "SVG 图片可以夹带程序"),
    (b"MZ" + b"\0" * 400, "证书.pdf", "certificates", "这是程序文件，不能上传"),
    (samples.pdf(action=samples.action("/Launch")), "证书.pdf", "certificates", "自动执行的脚本或动作"),
    (samples.pdf_with_hidden_script(), "证书.pdf", "certificates", "自动执行的脚本或动作"),
    (samples.pdf(password="x"), "证书.pdf", "certificates", "密码"),
    (samples.film(361), "绝活.mp4", "video", "视频长6分1秒，不得超过5分钟"),
    (b"", "证书.pdf", "certificates", "文件是空的"),
    (samples.png_header(60000, 60000), "照片.png", "photo", "图片太大"),
    (samples.picture("PNG", 600, 600), "照片.png", "photo", "不是2寸比例"),
    (samples.picture("PNG"), "照片.png", "video", "这里只能上传：MP4 视频"),
]


@pytest.mark.parametrize(("content", "name", "attachment", "said"), REFUSED, ids=[one[3] for one in REFUSED])
def test_what_is_refused_leaves_nothing(
    world: World, case: Case, content: bytes, name: str, attachment: str, said: str
) -> None:
    if attachment == "letters":
        Case.objects.filter(pk=case.pk).update(route="专业人士推荐")
    with pytest.raises(BadInput, match=said):
        sent(world, case, content, name, attachment=attachment)
    assert not File.objects.exists()


def test_six_minutes_are_too_long_five_are_not(world: World, case: Case) -> None:
    assert sent(world, case, samples.film(300), "绝活.mp4", attachment="video").seconds == 300
    with pytest.raises(BadInput, match="视频长6分钟，不得超过5分钟"):
        sent(world, case, samples.film(360), "绝活.mp4", attachment="video")


def test_only_what_the_notice_asks_for(world: World, case: Case) -> None:
    for attachment in ("letters", "state", "../x"):
        with pytest.raises(BadInput, match="不需要这种材料"):
            sent(world, case, samples.pdf(), attachment=attachment)
    with pytest.raises(BadInput, match="没有这项指标"):
        sent(world, case, samples.pdf(), indicator="total")


def test_as_many_as_the_notice_says(world: World, case: Case) -> None:
    for n in range(3):
        sent(world, case, samples.film(10 + n), f"片段{n}.mp4", attachment="video")
    with pytest.raises(BadInput, match="最多 3 个文件"):
        sent(world, case, samples.film(9), "片段.mp4", attachment="video")


def test_others_neither_add_nor_see(world: World, case: Case) -> None:
    row = sent(world, case, samples.pdf())
    with pytest.raises(NotFound):
        sent(world, case, samples.pdf(), by="yin")
    for name in ("yin", "yuan", "wen"):  # another unit, another county, and the county before it was sent
        with pytest.raises(NotFound):
            get_file(world.actor(name), row.pk)
        assert not visible_to(world.actor(name)).exists()
    assert get_file(world.actor("lan"), row.pk) == row


def test_a_removed_file_is_gone_but_kept(world: World, case: Case) -> None:
    row = sent(world, case, samples.pdf())
    remove(actor=world.actor("lan"), at=AT, case_id=case.pk, file_id=row.pk)
    with pytest.raises(NotFound):
        get_file(world.actor("lan"), row.pk)
    assert default_storage.exists(row.stored)
    with pytest.raises(BadInput):
        remove(actor=world.actor("lan"), at=AT, case_id=case.pk, file_id=row.pk)


def test_a_file_of_another_case_is_not_removed_through_this_one(world: World, case: Case) -> None:
    other = case_at(world, case.process.edition, "apply", "岑铸山")
    row = sent(world, other, samples.pdf())
    with pytest.raises(BadInput):
        remove(actor=world.actor("lan"), at=AT, case_id=case.pk, file_id=row.pk)


def test_after_submission_files_stay_as_they_are(world: World, case: Case) -> None:
    sent_case = case_at(world, case.process.edition, "qualify", "岑铸山")
    with pytest.raises(Refused, match="已经提交"):
        sent(world, sent_case, samples.pdf())


def test_a_full_disk_is_said_and_leaves_nothing(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full midway: the system itself writes the first 100,000 bytes and no more."""
    before = {one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()}
    with monkeypatch.context() as small:
        small.setattr(storage, "keep", on_a_full_disk(100_000))
        with pytest.raises(Unstored, match="存储空间暂时不足"):
            sent(world, case, samples.noise(400, 400), "证书.png")
    assert not File.objects.exists()
    assert {one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()} == before
    assert sent(world, case, samples.noise(400, 400), "证书.png").kind == "png"


def test_the_stored_bytes_are_read_back(world: World, case: Case) -> None:
    row = sent(world, case, samples.pdf())
    found, content = open_file(world.actor("lan"), row.pk)
    with content:
        assert content.read(5) == b"%PDF-"
    assert found == row


@pytest.mark.parametrize("size", [(600, 600), (400, 1200), (1200, 500)])
def test_a_photo_is_cut_to_two_inches_when_asked(world: World, case: Case, size: tuple[int, int]) -> None:
    row = sent(world, case, samples.picture("JPEG", *size), "近照.jpg", attachment="photo", crop=True)
    with default_storage.open(row.stored) as stored:
        width, height = Image.open(stored).size
    assert (width, height) != size
    assert abs(width / height - 35 / 49) < 0.01


def test_a_photo_too_small_to_cut_is_refused(world: World, case: Case) -> None:
    with pytest.raises(BadInput, match="照片太小"):
        sent(world, case, samples.picture("JPEG", 600, 300), "近照.jpg", attachment="photo", crop=True)
