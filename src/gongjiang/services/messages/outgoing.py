"""One request to an address that somebody typed in: it may not be made to speak with our own network.

The name is resolved once, every address it stands for is looked at, and the connection goes to the very address that
was looked at. No redirects, a time limit, an answer of a few kilobytes at most.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from gongjiang.kernel.errors import BadInput

TIMEOUT: Final = 8.0
"""Seconds for the connection, and for each pause of the answer."""
PIECES: Final = 8
PIECE: Final = 2048
"""An answer comes in fewer pieces than that, each no longer."""
_PLACE = "地址"


@dataclass(frozen=True)
class Answer:
    """What came of it: taken (2xx), and a short sentence for the record."""

    taken: bool
    said: str


def read_url(text: str, *, private: bool) -> SplitResult:
    """An address that may be called. Raises BadInput: https only (http where `private` networks are allowed), a host,
    no user name, no fragment."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        raise BadInput("地址写法不对。", "Not an address.", place=_PLACE) from None
    if parts.scheme not in ({"https", "http"} if private else {"https"}) or not parts.hostname or port == 0:
        allowed = "http:// 或 https://" if private else "https://"
        raise BadInput(f"地址须以 {allowed} 开头，并写明主机。", "An https address with a host.", place=_PLACE)
    if parts.username or parts.password or parts.fragment or not text.strip().isascii() or len(text) > 400:
        raise BadInput("地址里不能有账号、#、中文或空格，不超过 400 字符。", "A plain address.", place=_PLACE)
    if any(one.isspace() or ord(one) < 33 for one in text.strip()):
        raise BadInput("地址里不能有空格。", "No spaces.", place=_PLACE)
    return parts


def addresses(host: str, port: int, *, private: bool) -> list[str]:
    """The network addresses of a host. Raises BadInput if one of them lies in a network of our own (loopback, private,
    link-local, reserved, multicast) and these aren't allowed, or if there are none."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise BadInput(f"找不到主机“{host}”。", "No such host.", place=_PLACE) from None
    if not private and any(not _public(one) for one in found):
        raise BadInput("该地址在内部网络，不允许访问。", "This address lies in a private network.", place=_PLACE)
    return found


def _public(text: str) -> bool:
    found = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return _public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return _public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


def post(url: str, body: bytes, headers: Mapping[str, str], *, private: bool) -> Answer:
    """POST a body. Every failure is an answer that wasn't taken; nothing is raised."""
    try:
        parts = read_url(url, private=private)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        place = addresses(str(parts.hostname), port, private=private)[0]
    except BadInput as problem:
        return Answer(False, problem.text)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _Pinned(str(parts.hostname), port, place, secure=parts.scheme == "https")
    try:
        connection.request("POST", path, body, dict(headers))
        return _read(connection.getresponse())
    except (OSError, http.client.HTTPException) as problem:
        return Answer(False, f"没有连上或没有答复：{type(problem).__name__}")
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse) -> Answer:
    """The answer's status; its body is read only to know that it is short and comes at once."""
    for _ in range(PIECES):
        if not answer.read1(PIECE):
            break
    else:
        return Answer(False, f"HTTP {answer.status}，但答复过长")
    if 300 <= answer.status < 400:
        return Answer(False, f"HTTP {answer.status}：不跟随跳转")
    return Answer(200 <= answer.status < 300, f"HTTP {answer.status}")


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at; host and certificate are those of the name."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._secure = address, secure
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        """To the address, not to what the name may mean by now."""
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
