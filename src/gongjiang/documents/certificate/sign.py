"""Sign a PDF by PAdES (ETSI EN 319 142, B-B; B-T where a time-stamping authority is configured).

`PdfSigner` is what a device of the unit's own has to offer: a driver that the installation names. Nothing for SM2 is
built in: GM/T 0010 containers, seals by GB/T 38540 and OFD need the vendor's device and its licence.
"""

import io
from typing import Final, Protocol, runtime_checkable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper

from gongjiang.kernel.errors import GongjiangError

FIELD: Final = "GongjiangCertificate"


class CannotSign(GongjiangError):
    """The key, its password or the time-stamping authority doesn't work."""

    status = 503


@runtime_checkable
class PdfSigner(Protocol):
    """Whoever signs: a file with a key, a device, a service. `fingerprint` names its certificate (SHA-256, hex), by
    which our own are told from others' at the check; `test`: a key that proves nothing beyond this installation."""

    label: str
    fingerprint: str
    test: bool

    def sign(self, pdf: bytes, number: str) -> bytes:
        """The PDF with a signature over all of it, whose reason is `number`. Raises CannotSign."""

    def certificate(self) -> bytes:
        """The signing certificate as DER, for whoever verifies without us."""


class Pkcs12Signer:
    """Signs with a key from a PKCS#12 file. `authority`: address of a time-stamping authority (RFC 3161), none by
    default."""

    def __init__(self, data: bytes, password: bytes, *, test: bool = False, authority: str = "") -> None:
        try:
            held = pkcs12.load_pkcs12(data, password or None)
            self._signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=password or None)
        except ValueError as error:
            raise CannotSign(
                "签名用的 PKCS#12 文件打不开：口令不对，或文件不是 PKCS#12。", f"PKCS#12: {error}"
            ) from error
        if held.cert is None or held.key is None or self._signer is None:
            raise CannotSign("签名用的 PKCS#12 文件里没有私钥和证书。", "No key and certificate in the PKCS#12 file.")
        self._held: Certificate = held.cert.certificate
        self._authority = authority
        self.test = test
        self.label = _name(self._held)
        self.fingerprint = self._held.fingerprint(hashes.SHA256()).hex()

    def certificate(self) -> bytes:
        """DER."""
        return self._signer.signing_cert.dump() if self._signer.signing_cert else b""

    def sign(self, pdf: bytes, number: str) -> bytes:
        """Certifies the document: no change is lawful after it. `number`: a certificate's, or other words with “：”."""
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=number if "：" in number else f"证书编号 {number}",
            name=self.label,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        stamper = HTTPTimeStamper(self._authority) if self._authority else None
        out = io.BytesIO()
        try:
            signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, self._signer, stamper, output=out)
        except Exception as error:
            if not self._authority:
                raise
            raise CannotSign(
                "时间戳服务没有应答，证书没有签成。请稍后再试，或检查 GONGJIANG_SIGN_TSA。",
                f"The time-stamping authority failed: {type(error).__name__}",
            ) from error
        return out.getvalue()


def _name(held: Certificate) -> str:
    """The certificate's owner in one line."""
    found = [
        str(one.value)
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for one in held.subject.get_attributes_for_oid(oid)
    ]
    return "，".join(found) or held.subject.rfc4514_string()
