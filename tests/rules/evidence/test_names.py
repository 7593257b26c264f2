"""Names of uploaded files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.evidence.kinds import Kind
from gongjiang.rules.evidence.names import MAX_BYTES, safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("事迹材料.pdf", "事迹材料.pdf"),
        ("C:\\folder\\证书.pdf", "证书.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("  .hidden ", "hidden"),
        ('con<>:"|?*.pdf', "con.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("a\0b.pdf", "ab.pdf"),
    ],
)
def test_names(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_the_kind_gives_the_extension() -> None:
    assert safe_name("照片.exe", Kind.JPEG) == "照片.jpg"
    assert safe_name("照片", Kind.PNG) == "照片.png"
    assert safe_name("2026.6.30 事迹", Kind.PDF) == "2026.6.30 事迹.pdf"


def test_255_han_characters_keep_whole_characters_and_the_extension() -> None:
    name = safe_name("工" * 255 + ".pdf", Kind.PDF)
    assert name == "工" * 65 + ".pdf"


@given(st.text(), st.sampled_from([None, *Kind]))
def test_any_name_becomes_harmless_and_stays_so(name: str, kind: Kind | None) -> None:
    safe = safe_name(name, kind)
    assert safe
    assert len(safe.encode()) <= MAX_BYTES
    assert not set(safe) & set('/\\<>:"|?*\r\n\t\0\u202e')
    assert not safe.startswith(".")
    assert safe_name(safe, kind) == safe
