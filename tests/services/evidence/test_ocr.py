"""What is read from pictures in the background where the extra `ocr` is installed, what the page says meanwhile and
without it; identity cards. With lines given, and with the real reader."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence.test_certificate_text import BACK, FRONT, SKILL

from gongjiang.cli.jobs import do_all
from gongjiang.models import Case, Entry, File, Message
from gongjiang.services.evidence import ocr, storage
from gongjiang.services.evidence.declassify import secrecy
from gongjiang.services.evidence.describe import describe
from gongjiang.services.evidence.detail import detail
from gongjiang.services.evidence.in_hand import STALE, TRIES
from gongjiang.services.evidence.prepare import prepare_all
from gongjiang.services.evidence.recognise import claim, turned_back
from gongjiang.services.evidence.upload import upload
from gongjiang.services.reports.invariants.files import violations as invariant

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


@dataclass
class Lines:
    """What the reader of the extra gives back."""

    txts: tuple[str, ...]
    scores: tuple[float, ...]


def reads(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """In place of the extra: a reader that finds these lines on every picture, and a speck."""
    found = Lines((*lines, "·"), (*(0.99 for _ in lines), 0.2))
    monkeypatch.setattr(ocr, "RapidOCR", lambda params: lambda picture: found)
    ocr._engine.cache_clear()


@pytest.fixture(autouse=True)
def _fresh_engine() -> object:
    yield
    ocr._engine.cache_clear()


def drawn(lines: list[str]) -> bytes:
    """A picture with these lines."""
    font = next(Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("NotoSerifSC-Regular.*"))
    image = Image.new("RGB", (1400, 1000), (250, 246, 230))
    pen, letters = ImageDraw.Draw(image), ImageFont.truetype(str(font), 52)
    for n, line in enumerate(lines):
        pen.text((120, 90 + n * 110), line, font=letters, fill=(20, 20, 20))
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def sent(world: World, case: Case, body: bytes, title: str = "等级证书") -> File:
    said = {"attachment": "certificates", "name": "证书.jpg", "title": title, "content": BytesIO(body)}
    return upload(actor=world.actor("lan"), at=AT, case_id=case.pk, **said)


def page(world: World, row: File, who: str = "lan") -> str:
    return world.client(who).get(f"/files/{row.pk}/view/").content.decode()


def suggests_and_compares(world: World, case: Case, body: bytes) -> None:
    row = sent(world, case, body)
    assert do_all(AT) >= 2  # drawn, then read
    row.refresh_from_db()
    assert (row.recognised, row.readings) == ("done", 1)
    assert row.suggested["number"] == "S990012345678"
    assert row.suggested["holder"] == "何焊平"
    assert row.suggested["issued"] == "2019-05-01"
    assert row.certificate == {}
    describe(actor=world.actor("lan"), at=AT, file_id=row.pk, said={"number": "S990012345679"})
    assert detail(world.actor("lan"), row.pk).hints == (
        "编号填的是“S990012345679”，图上识别为“S990012345678”，请核对。",
    )


def test_what_was_read_is_suggested_and_held_against_what_is_typed(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch, *SKILL)
    suggests_and_compares(world, case, drawn([]))


def test_the_page_says_that_it_is_read_then_what_was_read_beside_what_was_typed(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch, *SKILL)
    row = sent(world, case, drawn([]))
    assert "图上的文字正在后台识别，稍后刷新本页就能看到" in page(world, row)
    typed = {"title": "等级证书", "number": "S990012345679", "holder": "何 焊平"}
    assert world.client("lan").post(f"/files/{row.pk}/say/", typed).status_code == 302
    do_all(AT)
    text = page(world, row)
    assert "图上识别为“S990012345678”，与填的不同，请对照原件核对" in text
    assert "与图上识别的一致" in text
    assert "图上识别为“2019-05-01”</p>" in text
    assert 'value="2019-05-01"' not in text
    filled = world.client("lan").post(f"/files/{row.pk}/say/", {**typed, "fill": "read"}).content.decode()
    assert 'value="2019-05-01"' in filled
    assert 'value="S990012345679"' in filled
    row.refresh_from_db()
    assert row.certificate == {"number": "S990012345679", "holder": "何 焊平"}


def test_marks_of_secrecy_on_a_picture_are_pointed_out(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch, "机 密 ★ 10年", "关于某项工作的通知")
    sent(world, case, drawn([]), "文件扫描")
    do_all(AT)
    found = secrecy(world.actor("lan"), case.pk)
    assert [(one.kind, one.place, one.words) for one in found.hints] == [("密级标志", "文件扫描", "机 密 ★")]
    assert found.reads


def test_reading_never_fails_a_preview_and_is_given_up_after_three_workers_died_over_it(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch, *SKILL)
    row = sent(world, case, drawn([]))
    assert claim(AT) is None  # not drawn yet
    prepare_all(AT)
    assert claim(AT) == row
    assert claim(AT + STALE / 2) is None
    for n in range(1, TRIES):
        assert claim(AT + 2 * n * STALE) == row
    assert claim(AT + 9 * STALE) is None
    row.refresh_from_db()
    assert (row.prepared, row.recognised) == ("done", "failed")
    assert "图上的文字没能识别，请照证书填。" in page(world, row)


def test_a_reader_that_gives_up_harms_nothing_and_is_asked_again(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(_picture: object) -> None:
        raise RuntimeError("std::bad_alloc")

    monkeypatch.setattr(ocr, "RapidOCR", lambda params: no_memory)
    row = sent(world, case, drawn([]))
    do_all(AT)
    row.refresh_from_db()
    assert (row.prepared, row.recognised, row.readings) == ("done", "running", 1)
    reads(monkeypatch, *SKILL)
    do_all(AT + 2 * STALE)
    row.refresh_from_db()
    assert (row.recognised, row.suggested["holder"]) == ("done", "何焊平")


@pytest.mark.parametrize("side", [FRONT, BACK])
def test_an_identity_card_is_turned_back_with_its_bytes(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch, side: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    reads(monkeypatch, *side)
    row = sent(world, case, drawn([]), "何某的证")
    with django_capture_on_commit_callbacks(execute=True):
        do_all(AT)
    row.refresh_from_db()
    assert (row.recognised, row.removed_at is not None, row.suggested) == ("card", True, {})
    assert not storage.exists(row.stored)
    folder = row.stored.partition(".")[0]
    assert not any(one.startswith(folder) for one in storage.names(storage.PREVIEWS))
    told = "“何某的证”看起来是身份证，已经删去，没有留存。平台不收身份证件，号码填在表里就够了；请换成要交的材料。"
    assert [one.text for one in Message.objects.filter(user=world.people["lan"])] == [told]
    assert Entry.objects.filter(action="file.remove", case_id=case.pk).count() == 1
    address = f"/nominations/{case.pk}/form/material/"
    assert told in world.client("lan").get(address).content.decode()
    assert not any(row.stored in one for one in invariant())
    reads(monkeypatch, *SKILL)
    sent(world, case, drawn(["x"]))
    assert turned_back(case) == []


def test_one_that_was_handed_in_stays_and_both_sides_are_told(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch, *FRONT)
    row = sent(world, case, drawn([]))
    case.rows.filter(state="open").update(state="done")
    do_all(AT)
    row.refresh_from_db()
    assert (row.recognised, row.removed_at) == ("card", None)
    assert storage.exists(row.stored)
    told = "“等级证书”看起来是身份证。平台不收身份证件；请核对，确实是的，由受理单位退回后换成要交的材料。"
    assert detail(world.actor("lan"), row.pk).hints == (told,)


def test_without_the_extra_nothing_is_read_and_the_page_says_so(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "RapidOCR", None)
    row = sent(world, case, drawn(FRONT))
    do_all(AT)
    row.refresh_from_db()
    assert (row.prepared, row.recognised, row.suggested) == ("done", "waiting", {})
    assert "本平台没有安装文字识别，请照证书填；其他都不受影响。" in page(world, row)
    reads(monkeypatch, *SKILL)  # installed later: what waits is read
    do_all(AT)
    row.refresh_from_db()
    assert row.suggested["holder"] == "何焊平"


def test_what_waits_long_says_that_the_worker_may_not_run(world: World, case: Case) -> None:
    row = sent(world, case, drawn([]))
    client = world.client("lan")
    usual = "各页的图正在后台生成，稍后刷新本页就能看到；现在可以先下载查看。"
    assert usual in client.get(f"/files/{row.pk}/view/").content.decode()
    File.objects.update(uploaded_at=AT - timedelta(minutes=12, days=40))
    secrecy_page = client.get(f"/nominations/{case.pk}/secrecy/").content.decode()
    text = client.get(f"/files/{row.pk}/view/").content.decode()
    assert "后台可能正忙，也可能没有运行" in secrecy_page
    assert "后台可能正忙，也可能没有运行，请告诉平台管理员；不影响填写和提交。" in text


@pytest.mark.soak
@pytest.mark.needs("rapidocr")
def test_the_real_reader(world: World, case: Case) -> None:
    suggests_and_compares(world, case, drawn(SKILL))
    card = sent(world, case, drawn(FRONT))
    do_all(AT)
    card.refresh_from_db()
    assert card.recognised == "card"
