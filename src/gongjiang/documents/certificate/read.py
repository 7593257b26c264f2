"""Read a PDF that somebody brings: is there a signature, by whose certificate, does it cover all that lies there?"""

import hashlib
import io
import re
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto.parser import peek
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

LONGEST: Final = 2 * 1024 * 1024
"""A certificate of ours has about 100 kB."""
_NUMBER: Final = re.compile(r"证书编号 (\S{1,60})")


@dataclass(frozen=True)
class Found:
    """What was read. `signed`: it has a signature; `whole`: the signature holds and covers every byte; `fingerprint`:
    of the signing certificate (SHA-256), '' if unknown; `number`: what the signature says it is for."""

    signed: bool
    whole: bool = False
    fingerprint: str = ""
    signer: str = ""
    number: str = ""


def is_pdf(data: bytes) -> bool:
    """Readers take up to a kilobyte of anything before the mark."""
    return b"%PDF-" in data[:1024]


def read(data: bytes) -> Found:
    """Never raises: a file so broken that nothing can be read of it is not whole."""
    if b"/ByteRange" not in data:
        return Found(signed=False)
    try:
        return _read(data)
    except Exception:  # whatever a hostile file makes the parser say, the answer is the same
        return Found(signed=True)


def _read(data: bytes) -> Found:
    signatures = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
    if not signatures:
        return Found(signed=False)
    one = signatures[0]
    status = _judged(one)
    whole = (
        len(signatures) == 1
        and status.intact
        and status.valid
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and _nothing_hidden(one, data)
        and one.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    )
    number = _NUMBER.search(str(one.sig_object.get("/Reason", "")))
    return Found(True, whole, _print_of(one.signer_cert), _name(one.signer_cert), number[1] if number else "")


def _judged(one: EmbeddedPdfSignature) -> PdfSignatureStatus:
    # Trust is ours to decide, by the fingerprint: no roots are asked, nothing is fetched.
    return validate_pdf_signature(one, ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False))


def _nothing_hidden(one: EmbeddedPdfSignature, data: bytes) -> bool:
    """The gap that a signature leaves for itself holds the signature, then zeros: no other byte may hide in it."""
    _, before, after, _ = (int(part) for part in one.byte_range)
    gap = data[before:after]
    length = peek(bytes.fromhex(gap[1:-1].decode("ascii")))
    return gap == b"<" + gap[1 : 1 + 2 * length].upper().ljust(len(gap) - 2, b"0") + b">"


def _print_of(certificate: Any) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def _name(certificate: Any) -> str:
    return str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly)[:80]
