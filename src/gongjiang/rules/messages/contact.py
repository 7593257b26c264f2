"""Where somebody without an account is reached: by mail, or by a text message to a mobile number."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from gongjiang.kernel import phone
from gongjiang.kernel.errors import BadInput

MAIL: Final = "mail"
PHONE: Final = "phone"
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")


@dataclass(frozen=True, slots=True)
class Contact:
    """`way`: mail or phone. `address`: as it is compared and written to, mail in lower case, the 11 digits."""

    way: str
    address: str


def read_contact(text: str, *, place: str) -> Contact:
    """One address or mobile number as people type it. BadInput for anything else.

    >>> read_contact(" Bai@Example.org ", place="邮箱或手机号")
    Contact(way='mail', address='bai@example.org')
    >>> read_contact("１００ 0000 0001", place="邮箱或手机号").address
    '10000000001'
    """
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) not in ("Cf", "Cc"))
    plain = plain.strip()
    if not any(one.isdigit() or one == "@" for one in plain):
        raise BadInput("请填写邮箱（如 name@example.org）或 11 位手机号。", "A mail address or mobile.", place=place)
    if "@" not in plain:
        return Contact(PHONE, phone.normalise_mobile(plain, place=place))
    if len(plain) > 120 or not _MAIL.fullmatch(plain) or ".." in plain:
        raise BadInput("邮箱地址写法不对，如 name@example.org。", "Not a mail address.", place=place)
    return Contact(MAIL, plain.lower())


def masked(address: str) -> str:
    """As pages show it.

    >>> masked("bai.yinhu@example.org"), masked("10000000001")
    ('b***@example.org', '100****0001')
    """
    name, at, host = address.partition("@")
    return f"{name[:1]}***@{host}" if at else phone.mask(address)
