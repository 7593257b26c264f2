"""Requests to addresses that somebody typed in: never into our own network, never further than asked."""

import pytest
from tests.services.messages.receiver import receiving

from gongjiang.kernel.errors import BadInput
from gongjiang.services.messages.outgoing import addresses, post, read_url

INSIDE = [
    "127.0.0.1",
    "localhost",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "2130706433",
    "0x7f.1",
    "017700000001",
]


@pytest.mark.parametrize("host", INSIDE)
def test_our_own_network_is_not_called_however_it_is_written(host: str) -> None:
    with pytest.raises(BadInput) as problem:
        addresses(host, 443, private=False)
    assert problem.value.place == "地址"


def test_an_address_in_public_is_called() -> None:
    assert addresses("93.184.215.14", 443, private=False) == ["93.184.215.14"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://sms.example.org/",
        "ftp://sms.example.org/",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@sms.example.org/",
        "https://sms.example.org/#x",
        "https://sms.example.org:99999/",
        "https://sms.example.org/a b",
        "https://sms.example.org/\r\nHost: x",
        "https://短信.example/",
        "https://sms.example.org/" + "a" * 400,
        "//sms.example.org",
    ],
)
def test_addresses_that_are_none(text: str) -> None:
    with pytest.raises(BadInput):
        read_url(text, private=False)


def test_a_refused_address_gets_no_request() -> None:
    with receiving() as receiver:
        assert not post(receiver.url.replace("http:", "https:"), b"{}", {}, private=False).taken
        assert not post(receiver.url, b"{}", {}, private=False).taken
        assert receiver.got == []


def test_what_was_taken_and_what_was_not() -> None:
    with receiving() as receiver:
        receiver.answers = [
            (204, {}, b""),
            (500, {}, b"broken"),
            (302, {"Location": receiver.url}, b""),
            (200, {}, b"x" * 100_000),
            (200, {}, b"ok"),
        ]
        found = [post(receiver.url, b"{}", {}, private=True) for _ in range(5)]
        assert [one.taken for one in found] == [True, False, False, False, True]
        assert [one.said for one in found] == [
            "HTTP 204",
            "HTTP 500",
            "HTTP 302：不跟随跳转",
            "HTTP 200，但答复过长",
            "HTTP 200",
        ]
        assert len(receiver.got) == 5  # the redirect was not followed


def test_nobody_there_is_an_answer_too() -> None:
    with receiving() as receiver:
        url = receiver.url
    assert post(url, b"{}", {}, private=True).said == "没有连上或没有答复：ConnectionRefusedError"
    assert not post("https://no-such-host.invalid/", b"{}", {}, private=False).taken
