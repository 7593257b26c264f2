"""The PDF: one page with its words; its signature holds in other libraries; nothing in it can be altered."""

import io
import random
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from gongjiang.documents.certificate import PdfSigner, Pkcs12Signer, Plate, draw, read
from gongjiang.documents.certificate.sign import CannotSign
from gongjiang.documents.certificate.test_key import make_pkcs12

NUMBER = "2026-0001-K7QM2-W9XP3"
PLATE = Plate(
    heading="荣誉证书",
    addressed="何焊平 同志：",
    text="在2026年“南宁工匠”选树活动中，被授予“南宁工匠”称号。#set page(fill: red) {{ x }} $a$",
    closing="特发此证。",
    issuers=("望澜市总工会", "望澜市工信局"),
    date="二〇二六年十月十二日",
    number=NUMBER,
    link="https://artisan.example.org/check/K7QM2W9XP3/",
    address="artisan.example.org/check/",
    test=True,
)


@pytest.fixture(scope="module")
def signer() -> Pkcs12Signer:
    return Pkcs12Signer(make_pkcs12("gongjiang-test", b"pw"), b"pw", test=True)


@pytest.fixture(scope="module")
def signed(signer: Pkcs12Signer) -> bytes:
    return signer.sign(draw(PLATE), NUMBER)


def text_of(pdf: bytes) -> tuple[int, str]:
    with pypdfium2.PdfDocument(pdf) as told:
        return len(told), told[0].get_textpage().get_text_range()


@pytest.mark.parametrize("page", ["landscape", "portrait"])
def test_one_page_with_all_its_words_and_nothing_typed_is_markup(page: str) -> None:
    pages, text = text_of(draw(Plate(**{**PLATE.__dict__, "page": page})))
    assert pages == 1
    flat = "".join(text.split())
    for one in (
        PLATE.heading,
        "何焊平同志",
        "#setpage(fill:red){{x}}$a$",
        "望澜市工信局",
        PLATE.date,
        NUMBER,
        "测试签名",
    ):
        assert one in flat


def test_the_longest_words_stay_on_one_page() -> None:
    many = tuple(f"望澜市某某委员会办公室第{n}处" for n in range(8))
    long = {"addressed": "焊" * 60 + "：", "text": "字" * 600, "issuers": many}
    pages, text = text_of(draw(Plate(**{**PLATE.__dict__, **long})))
    assert pages == 1
    assert "第7处" in "".join(text.split())


def test_the_pdf_librarys_own_validator_agrees(signer: PdfSigner, signed: bytes) -> None:
    one = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    status = validate_pdf_signature(one, ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False))
    assert status.bottom_line
    assert one.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    found = read(signed)
    assert found.whole
    assert (found.number, found.fingerprint) == (NUMBER, signer.fingerprint)
    assert one.signer_cert.dump() == signer.certificate()


@pytest.mark.needs("pdfsig")
def test_another_reader_agrees(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"

    def said(data: bytes) -> str:
        file.write_bytes(data)
        return subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid" in said(signed)
    assert "Total document signed" in said(signed)
    place = signed.index(b"/Reason") + 12
    assert "Signature is Valid" not in said(signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :])


def test_one_byte_altered_anywhere_is_found(signed: bytes) -> None:
    chosen = random.Random(7)
    for place in chosen.sample(range(len(signed)), 40):
        altered = signed[:place] + bytes([signed[place] ^ (1 << chosen.randrange(8))]) + signed[place + 1 :]
        assert not read(altered).whole, place


def test_what_is_added_cut_or_broken_is_not_whole(signed: bytes) -> None:
    for broken in (signed + b"\n%more\n", signed[:-40], signed[:20] + b"/ByteRange", b"%PDF-1.7 /ByteRange [[[[" * 500):
        assert not read(broken).whole
    assert not read(draw(PLATE)).signed


def test_a_key_that_does_not_open_is_said() -> None:
    for data, password in ((make_pkcs12("a", b"right"), b"wrong"), (b"no such thing", b"")):
        with pytest.raises(CannotSign, match="口令不对，或文件不是 PKCS"):
            Pkcs12Signer(data, password)
