"""Courtesy policies and pieces in the media: recorded by offices, read along the tree, exported, taken off."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from PIL import Image
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.models import CourtesyPolicy, MediaPiece
from gongjiang.services.cultivation.publicity.queries import (
    Asked,
    open_piece,
    piece_rows,
    pieces,
    pieces_visible_to,
    policies,
    policies_for,
    policy_rows,
)
from gongjiang.services.cultivation.publicity.record import Piece, Policy, record_piece, record_policy, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.once]
POLICY = Policy(
    "city", "礼遇工匠若干措施", "中共望澜市委办公室", date(2025, 9, 1), "免费乘坐公共交通。", "望办发〔2025〕31号"
)
PIECE = Piece(
    "一把焊枪二十年", "press", "望澜日报", date(2026, 6, 1), "https://www.example.invalid/1", "何焊平、岑铸山"
)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


def policy(found: Kept, who: str = "zhang", key: str = "city", said: Policy = POLICY) -> CourtesyPolicy:
    return record_policy(actor=found.actor(who), at=AT, organisation_id=found.world[key].pk, policy=said)


def piece(found: Kept, who: str = "zhang", key: str = "city", said: Piece = PIECE, **more: Any) -> MediaPiece:
    return record_piece(actor=found.actor(who), at=AT, organisation_id=found.world[key].pk, piece=said, **more)


@pytest.mark.ledger("M-23")
def test_a_policy_holds_for_the_artisans_of_the_union_and_is_read_along_the_tree(found: Kept) -> None:
    made = policy(found)
    assert [one.pk for one in policies_for(found.honours[0], date(2026, 6, 24))] == [made.pk]
    assert not policies_for(found.honours[0], date(2025, 8, 31)).exists()
    for who, seen in (("wen", True), ("zhang", True), ("lan", False)):
        assert policies(found.actor(who), Asked()).exists() is seen
    assert policies(found.actor("wen"), Asked("公共交通", "city", "2025")).count() == 1
    assert not policies(found.actor("wen"), Asked(kind="province")).exists()
    (row,) = policy_rows(found.actor("wen"), Asked())
    assert row[:4] == ("市级", "", "礼遇工匠若干措施", "望办发〔2025〕31号")
    with pytest.raises(BadInput, match="已经登记"):
        policy(found)
    with pytest.raises(NotAllowed):
        withdraw(actor=found.actor("wen"), at=AT, what="courtesy", key=made.pk, reason="x")
    withdraw(actor=found.actor("zhang"), at=AT, what="courtesy", key=made.pk, reason="文件废止")
    assert not policies_for(found.honours[0], date(2026, 6, 24)).exists()
    assert policy(found).pk != made.pk


@pytest.mark.ledger("M-23")
def test_a_piece_names_its_artisans_and_stands_on_their_pages(found: Kept) -> None:
    made = piece(found)
    assert sorted(one.name for one in made.honours.all()) == ["何焊平", "岑铸山"]
    assert pieces_visible_to(found.artisan(0)).count() == 1
    assert pieces_visible_to(found.artisan(2)).count() == 0
    assert pieces(found.actor("zhang"), Asked("焊平", "press", "2026")).count() == 1
    (row,) = piece_rows(found.actor("zhang"), Asked())
    assert row[4] == "何焊平、岑铸山"
    with pytest.raises(BadInput, match="不在本单位联系的工匠中"):
        piece(found, "wen", "county", Piece("x", "web", "x", date(2026, 6, 1), "https://a.example", "丁砺锋"))
    with pytest.raises(NotFound):
        piece(found, "wen", "city")
    with pytest.raises(NotFound):
        policy(found, "lan", "plant")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Piece("", "press", "x", date(2026, 6, 1), "https://a.example", "何焊平"), "标题"),
        (Piece("x", "fax", "x", date(2026, 6, 1), "https://a.example", "何焊平"), "媒体类别"),
        (Piece("x", "press", "x", date(2026, 7, 1), "https://a.example", "何焊平"), "还没有到"),
        (Piece("x", "press", "x", date(2026, 6, 1), "javascript:alert(1)", "何焊平"), "网址"),
        (Piece("x", "press", "x", date(2026, 6, 1), "", "何焊平"), "网址，或上传"),
        (Piece("x", "press", "x", date(2026, 6, 1), "https://a.example", ""), "哪几位工匠"),
    ],
)
def test_what_is_wrong_with_a_piece_is_said(found: Kept, said: Piece, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        piece(found, said=said)


def test_the_page_itself_may_stand_for_a_link(found: Kept) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    said = Piece("版面", "press", "望澜日报", date(2026, 6, 1), names="何焊平")
    with pytest.raises(BadInput, match="SVG"):
        piece(found, said=said, name="x.png", content=io.BytesIO(b"<svg onload=x>"))
    made = piece(found, said=said, name="版面.png", content=out)
    row, content = open_piece(found.artisan(0), made.pk)
    content.close()
    assert (row.format, len(row.digest)) == ("png", 64)
    for who in (found.artisan(2), found.actor("yin"), nobody()):
        with pytest.raises(NotFound):
            open_piece(who, made.pk)


def test_the_database_keeps_no_piece_that_shows_nothing(found: Kept) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MediaPiece.objects.create(
            organisation=found.world["city"], title="x", kind="web", outlet="x", on=date(2026, 6, 1), at=AT
        )
