"""Pages of courtesy policies and publicity: forms that keep what was typed, workbooks, the artisan's own page."""

from typing import Any

import pytest
from tests.services.cultivation.kept import Kept

from gongjiang.models import CourtesyPolicy, MediaPiece

pytestmark = [pytest.mark.django_db, pytest.mark.once]
POLICY = {
    "title": "礼遇工匠若干措施", "body": "市委办公室", "level": "city", "on": "2025-09-01",
    "grants": "免费乘坐公共交通。", "number": "望办发〔2025〕31号", "link": "https://www.example.invalid/1",
}  # fmt: skip
PIECE = {"title": "一把焊枪", "kind": "press", "outlet": "望澜日报", "on": "2026-06-01", "link": "https://a.example/1"}


def said(response: Any) -> str:
    return response.content.decode()


def test_recorded_listed_exported_and_taken_off(found: Kept) -> None:
    zhang, pk = found.world.client("zhang"), found.honours[0].pk
    bad = zhang.post("/artisans/courtesies/new/", POLICY | {"link": "javascript:alert(1)"})
    assert bad.status_code == 400
    assert "礼遇工匠若干措施" in said(bad)
    zhang.post("/artisans/courtesies/new/", POLICY | {"organisation": found.world["city"].pk})
    assert "免费乘坐公共交通。" in said(zhang.get("/artisans/courtesies/", {"kind": "city", "year": "2025"}))
    zhang.post(f"/artisans/publicity/new/?honour={pk}", PIECE | {"honour": pk, "names": ""})
    assert "一把焊枪" in said(zhang.get("/artisans/publicity/", {"text": "焊平"}))
    assert "一把焊枪" in said(zhang.get(f"/artisans/{pk}/"))
    for what in ("courtesies", "publicity"):
        book = zhang.get(f"/artisans/{what}.xlsx")
        assert b"".join(book.streaming_content).startswith(b"PK")
    found.user(0)
    own = said(found.world.client("artisan0").get("/mine/"))
    assert "一把焊枪" in own
    assert "免费乘坐公共交通。" in own
    zhang = found.world.client("zhang")
    zhang.post("/artisans/publicity/withdraw/", {"what": "piece", "key": MediaPiece.objects.get().pk, "reason": "重复"})
    assert "一把焊枪" not in said(zhang.get("/artisans/publicity/"))
    assert CourtesyPolicy.objects.get().number == "望办发〔2025〕31号"


def test_who_has_no_office_finds_nothing(found: Kept) -> None:
    found.user(1)
    for who in ("lan", "artisan1"):
        client = found.world.client(who)
        for url in ("/artisans/courtesies/", "/artisans/publicity/", "/artisans/publicity.xlsx"):
            assert client.get(url).status_code == 404, (who, url)
    zhang = found.world.client("zhang")
    assert zhang.get("/artisans/other.xlsx").status_code == 404
    assert zhang.get("/artisans/publicity/new/?honour=999999").status_code == 404
