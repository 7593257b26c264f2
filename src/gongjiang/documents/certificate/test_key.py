"""The key that signs until the unit configures its own: made by the installation, and saying that it is for tests."""

from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

ORGANISATION: Final = "测试签名，非正式签发"
BEGUN: Final = datetime(2020, 1, 1, tzinfo=UTC)
OVER: Final = datetime(2069, 12, 31, tzinfo=UTC)
"""No term of its own: a test certificate says nothing that time could make untrue."""


def make_pkcs12(name: str, password: bytes = b"", organisation: str = ORGANISATION) -> bytes:
    """A new P-256 key with a certificate it signed itself, as PKCS#12. `name`: of the installation."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
        ]
    )
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGUN)
        .not_valid_after(OVER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    sealing = BestAvailableEncryption(password) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(name[:64].encode(), key, certificate, None, sealing)
