"""Files at rest: nothing of them shows on the disk, everything of them through the storage."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import FileResponse

from gongjiang.kernel.sealing import SealBroken

SECRET = "身份证号与印章".encode() * 200


def test_the_disk_holds_nothing_readable() -> None:
    name = default_storage.save("7/letter.pdf", ContentFile(SECRET))
    raw = Path(default_storage.path(name)).read_bytes()
    assert SECRET[:21] not in raw
    assert default_storage.size(name) == len(SECRET)
    with default_storage.open(name) as content:
        assert content.read() == SECRET
        content.seek(21)
        assert content.read(21) == SECRET[21:42]


def test_a_large_upload_is_not_moved_but_sealed() -> None:
    with TemporaryUploadedFile("a.pdf", "application/pdf", len(SECRET), None) as upload:
        upload.write(SECRET)
        upload.seek(0)
        name = default_storage.save("7/large.pdf", upload)
    assert SECRET[:21] not in Path(default_storage.path(name)).read_bytes()
    answer = FileResponse(default_storage.open(name))
    assert answer.headers["Content-Length"] == str(len(SECRET))
    assert b"".join(answer.streaming_content) == SECRET  # type: ignore[arg-type]


def test_one_put_in_the_place_of_another_does_not_open() -> None:
    one = default_storage.save("7/one.pdf", ContentFile(SECRET))
    other = default_storage.save("7/other.pdf", ContentFile(b"other"))
    Path(default_storage.path(other)).write_bytes(Path(default_storage.path(one)).read_bytes())
    with pytest.raises(SealBroken), default_storage.open(other) as content:
        content.read()


def test_what_was_stored_before_sealing_is_read_as_it_stands() -> None:
    name = default_storage.save("7/old.pdf", ContentFile(b"x"))
    Path(default_storage.path(name)).write_bytes(b"%PDF-1.4 old")
    with default_storage.open(name) as content:
        assert content.read() == b"%PDF-1.4 old"
    assert default_storage.size(name) == 12
