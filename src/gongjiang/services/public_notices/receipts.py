"""Receipt numbers and the codes with which an objector, unnamed or not, follows a matter.

The code is a keyed hash of the number: nothing that could be read from the database opens a matter, and the
same words handed in twice lead to the same matter with the same code.
"""

import hashlib
import hmac
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import timezone

from gongjiang.kernel.sealing import lookup_hash
from gongjiang.models import Objection

_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def next_receipt(at: datetime) -> str:
    """`YY-260918-083`: 异议, the day, a running number of that day."""
    prefix = f"YY-{timezone.localtime(at):%y%m%d}-"
    last = Objection.objects.filter(receipt__startswith=prefix).order_by("-id").values_list("receipt", flat=True)
    number = max((int(one.rpartition("-")[2]) for one in last[:1]), default=0) + 1
    return f"{prefix}{number:03d}"


def code_of(receipt: str) -> str:
    """The follow-up code: eight letters and digits without those that look alike, as XXXX-XXXX."""
    digest = bytes.fromhex(lookup_hash(_key(), "objection.code", receipt))
    letters = "".join(_ALPHABET[byte % 32] for byte in digest[:8])
    return f"{letters[:4]}-{letters[4:]}"


def hash_of(receipt: str, code: str) -> str:
    """What is stored in place of the code."""
    plain = "".join(one for one in code.upper() if one in _ALPHABET)
    return hashlib.sha256(f"{receipt}\n{plain}".encode()).hexdigest()


def matches(objection: Objection, code: str) -> bool:
    """Is this the code of the matter?"""
    return hmac.compare_digest(objection.secret, hash_of(objection.receipt, code))


def fingerprint(text: str) -> str:
    """The keyed hash by which the same words are recognised without being stored in clear."""
    return lookup_hash(_key(), "objection.text", text)


def _key() -> bytes:
    return bytes.fromhex(settings.SECRETS["lookup"])
