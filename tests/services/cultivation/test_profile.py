"""A profile is public with the artisan's own consent to just this content and the union's review, and gone at once."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from PIL import Image
from tests.services.cultivation.kept import AT, NUMBER, Kept

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Honour, Profile, ProfileConsent, ProfileFile
from gongjiang.services.cultivation.profile.consent import agree, publish, send_back, take_back
from gongjiang.services.cultivation.profile.draft import add_file, drop_file, save_draft
from gongjiang.services.cultivation.profile.export import export
from gongjiang.services.cultivation.profile.queries import counts, draft_of, get_public, open_file, public, public_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "从事厚壁管焊接二十六年，带徒十四人。"
WORKS = [{"title": "厚壁管窄间隙焊", "text": "返修率由 4.1% 降到 0.9%。"}]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


def picture(colour: str = "white") -> io.BytesIO:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "一部相机"
    Image.new("RGB", (350, 490), colour).save(out, "JPEG", exif=exif)
    return out


def about(found: Kept, who: str = "own", n: int = 0) -> dict[str, Any]:
    actor = found.artisan(n) if who == "own" else found.actor(who)
    return {"actor": actor, "at": AT, "honour_id": found.honours[n].pk}


def now(found: Kept, n: int = 0) -> Profile:
    return Profile.objects.get(honour=found.honours[n])


def written(found: Kept, who: str = "own", words: str = WORDS, n: int = 0) -> Profile:
    version = draft_of(found.honours[n]).profile.version
    return save_draft(**about(found, who, n), version=version, words=words, works=WORKS)


def pictured(found: Kept, who: str = "own", kind: str = "photo", n: int = 0) -> ProfileFile:
    return add_file(**about(found, who, n), kind=kind, name="照片.jpg", content=picture(), caption="在现场")


def shown(found: Kept, n: int = 0) -> Profile:
    written(found, n=n)
    pictured(found, n=n)
    agree(**about(found, n=n), content=now(found, n).content)
    return publish(**about(found, "zhang", n), content=now(found, n).content)


@pytest.mark.ledger("M-12")
def test_nothing_is_public_without_consent_to_just_this_and_it_is_gone_at_a_word(found: Kept) -> None:
    written(found, "lan")
    pictured(found, "lan")
    with pytest.raises(Refused, match="还没有同意"):
        publish(**about(found, "zhang"), content=now(found).content)
    with pytest.raises(NotAllowed):
        agree(**about(found, "lan"), content=now(found).content)
    agree(**about(found), content=now(found).content)
    assert not public().exists()
    written(found, "lan", WORDS + "改。")
    with pytest.raises(Refused, match="还没有同意"):
        publish(**about(found, "zhang"), content=now(found).content)
    with pytest.raises(Stale):
        agree(**about(found), content=now(found).content - 1)
    agree(**about(found), content=now(found).content)
    with pytest.raises(NotAllowed):
        publish(**about(found, "wen"), content=now(found).content)
    publish(**about(found, "zhang"), content=now(found).content)
    page = get_public(now(found).pk)
    assert page.shown["words"] == WORDS + "改。"
    photo = page.shown["photo"]
    open_file(nobody(), photo)[1].close()
    take_back(**about(found))
    with pytest.raises(NotFound):
        get_public(page.pk)
    with pytest.raises(NotFound):
        open_file(nobody(), photo)
    assert list(ProfileConsent.objects.order_by("pk").values_list("given", flat=True)) == [True, True, False]
    with pytest.raises(Refused, match="没有同意过"):
        take_back(**about(found))


def test_a_later_draft_doesnt_change_what_is_shown_until_it_is_agreed_to_and_reviewed(found: Kept) -> None:
    profile = shown(found)
    written(found, "lan", "别的话。")
    drop_file(**about(found), file_id=profile.shown["photo"])
    assert get_public(profile.pk).shown["words"] == WORDS
    open_file(nobody(), profile.shown["photo"])[1].close()
    assert counts(found.actor("zhang")) == {"review": 0, "shown": 1, "consent": 1}
    with pytest.raises(Refused, match="还没有照片"):
        agree(**about(found), content=now(found).content)
    pictured(found)
    agree(**about(found), content=now(found).content)
    assert counts(found.actor("zhang")) == {"review": 1, "shown": 1, "consent": 0}
    send_back(**about(found, "zhang"), reason="补写带徒成果")
    assert get_public(profile.pk).shown["words"] == WORDS
    assert now(found).returned == "补写带徒成果"


@pytest.mark.parametrize("state", ["revoked", "suspended"])
def test_an_honour_that_doesnt_stand_is_never_shown(found: Kept, state: str) -> None:
    profile = shown(found)
    Honour.objects.filter(pk=found.honours[0].pk).update(state=state)
    with pytest.raises(NotFound):
        get_public(profile.pk)
    assert public_page() == []
    with pytest.raises(NotFound):
        open_file(nobody(), profile.shown["photo"])
    with pytest.raises(Refused, match="暂停或撤销"):
        publish(**about(found, "zhang"), content=now(found).content)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "还没有写风采介绍"),
        (f"号码 {NUMBER}", "身份证号"),
        ("电话１３８ ００１３ ８０００", "手机号"),
        ("1980年6月1日出生", "出生日期"),
    ],
)
def test_numbers_and_birth_dates_are_not_agreed_to_be_public(found: Kept, words: str, said: str) -> None:
    written(found, words=words)
    pictured(found)
    with pytest.raises(Refused, match=said):
        agree(**about(found), content=now(found).content)


def test_limits_and_bad_files_are_said_by_name(found: Kept) -> None:
    with pytest.raises(BadInput, match="风采介绍不超过1000字"):
        written(found, words="字" * 1001)
    with pytest.raises(BadInput, match="没有名称"):
        save_draft(**about(found), version=1, words=WORDS, works=[{"title": "", "text": "x"}])
    for kind, content in (("photo", b"<svg onload=x>"), ("film", picture().getvalue()), ("other", b"x"), ("work", b"")):
        with pytest.raises(BadInput):
            add_file(**about(found), kind=kind, name="x.jpg", content=io.BytesIO(content))
    assert not ProfileFile.objects.exists()
    for _ in range(6):
        pictured(found, kind="work")
    with pytest.raises(Refused, match="最多 6 张"):
        pictured(found, kind="work")
    with pytest.raises(Stale):
        save_draft(**about(found), version=1, words="旧页", works=[])


def test_strangers_work_on_nobodys_profile_and_see_no_draft(found: Kept) -> None:
    row = pictured(found)
    for who in ("yin", "yuan"):
        with pytest.raises(NotFound):
            written(found, who)
        with pytest.raises(NotFound):
            open_file(found.actor(who), row.pk)
    with pytest.raises(NotFound):
        open_file(nobody(), row.pk)
    with pytest.raises(NotFound):
        open_file(found.artisan(1), row.pk)
    open_file(found.actor("wen"), row.pk)[1].close()


def test_the_union_takes_it_off_with_a_reason(found: Kept) -> None:
    shown(found)
    with pytest.raises(BadInput, match="理由"):
        send_back(**about(found, "zhang"), reason="", off=True)
    send_back(**about(found, "zhang"), reason="有来信反映", off=True)
    assert not public().exists()
    assert now(found).consented == 0


def test_the_export_holds_who_is_shown_and_its_hashes_hold(found: Kept) -> None:
    shown(found)
    shown(found, 1)
    pictured(found, kind="work", n=2)
    take_back(**about(found, n=1))
    sink = io.BytesIO()
    assert export(actor=found.actor("zhang"), at=AT, sink=sink) == 1
    with zipfile.ZipFile(sink) as book:
        sums = dict(line.split("  ")[::-1] for line in book.read("SHA256SUMS").decode().splitlines())
        assert sums.keys() == set(book.namelist()) - {"SHA256SUMS"}
        for name, digest in sums.items():
            assert hashlib.sha256(book.read(name)).hexdigest() == digest
        body = json.loads(book.read("profiles.json"))
        assert (body["format"], body["version"]) == ("gongjiang-profiles", 1)
        (one,) = body["profiles"]
        assert (one["name"], one["words"], one["works"]) == ("何焊平", WORDS, WORKS)
        assert one["photo"]["sha256"] == sums[one["photo"]["file"]]
        assert not Image.open(io.BytesIO(book.read(one["photo"]["file"]))).getexif()
    assert NUMBER.encode() not in sink.getvalue()
    with pytest.raises(NotFound):
        export(actor=found.actor("lan"), at=AT, sink=io.BytesIO())


def test_the_database_shows_nothing_without_consent(found: Kept) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.create(honour=found.honours[0], shown={"content": 1}, shown_at=AT)
