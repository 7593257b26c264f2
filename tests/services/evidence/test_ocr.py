"""Suggestions and identity cards where the extra `ocr` is installed: with lines given, and with the real reader."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.factories import AT, World, case_at, opened_edition, small_world
from tests.rules.evidence.test_certificate_text import BACK, FRONT, SKILL

from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case, File
from gongjiang.services.evidence import ocr
from gongjiang.services.evidence.describe import describe
from gongjiang.services.evidence.detail import detail
from gongjiang.services.evidence.prepare import prepare_all
from gongjiang.services.evidence.upload import upload

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


def sent(world: World, case: Case, body: bytes) -> File:
    said = {"attachment": "certificates", "name": "证书.jpg", "content": BytesIO(body)}
    return upload(actor=world.actor("lan"), at=AT, case_id=case.pk, **said)


def suggests_and_compares(world: World, case: Case, body: bytes) -> None:
    row = sent(world, case, body)
    prepare_all(AT)
    row.refresh_from_db()
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


@pytest.mark.parametrize("side", [FRONT, BACK])
def test_an_identity_card_is_refused(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch, side: list[str]
) -> None:
    reads(monkeypatch, *side)
    with pytest.raises(BadInput, match=r"“证书\.jpg”看起来是身份证。平台不收身份证件"):
        sent(world, case, drawn([]))
    assert not File.objects.exists()


def test_without_the_extra_nothing_is_read(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "RapidOCR", None)
    row = sent(world, case, drawn(FRONT))
    prepare_all(AT)
    row.refresh_from_db()
    assert row.suggested == {}


@pytest.mark.soak
@pytest.mark.needs("rapidocr")
def test_the_real_reader(world: World, case: Case) -> None:
    suggests_and_compares(world, case, drawn(SKILL))
    with pytest.raises(BadInput, match="看起来是身份证"):
        sent(world, case, drawn(FRONT))
