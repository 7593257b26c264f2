"""Mail addresses and mobile numbers as people type them."""

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.messages.contact import Contact, masked, read_contact


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("bai@example.org", ("mail", "bai@example.org")),
        ("　ＢＡＩ＠Example.ORG ", ("mail", "bai@example.org")),
        ("b.y+1@mail.example.com.cn", ("mail", "b.y+1@mail.example.com.cn")),
        ("\u202ebai@example.org\u200b", ("mail", "bai@example.org")),
        ("+86 100-0000-0001", ("phone", "10000000001")),
        ("１００ 0000 0001", ("phone", "10000000001")),
    ],
)
def test_read(typed: str, read: tuple[str, str]) -> None:
    assert read_contact(typed, place="邮箱或手机号") == Contact(*read)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "白引弧",
        "0771-5550000",
        "1000000000",
        "a@b",
        "a@b..cn",
        "a b@example.org",
        "a@example.org,b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "<a@example.org>",
        "a@-example.org",
        "中@example.org",
        "a" * 65 + "@example.org",
    ],
)
def test_what_is_none_or_several_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(BadInput) as problem:
        read_contact(typed, place="邮箱或手机号")
    assert problem.value.place == "邮箱或手机号"


def test_what_is_neither_is_told_both() -> None:
    with pytest.raises(BadInput, match=r"请填写邮箱（如 name@example\.org）或 11 位手机号"):
        read_contact("骆师傅", place="邮箱或手机号")


def test_masked() -> None:
    assert (masked("bai@example.org"), masked("10000000001")) == ("b***@example.org", "100****0001")
