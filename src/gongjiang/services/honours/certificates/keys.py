"""The keys that sign: for the PDF the unit's own or, until it has one, a test key; for credentials the installation's.

What is configured: GONGJIANG_SIGN_P12 with GONGJIANG_SIGN_PASSWORD; or GONGJIANG_SIGN_DRIVER, `package.module:factory`
of the unit's own, which returns a PdfSigner (documents/certificate/sign): so a device for SM2 is joined.
"""

import os
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from gongjiang.documents.certificate import PdfSigner, Pkcs12Signer
from gongjiang.documents.certificate.sign import CannotSign
from gongjiang.documents.certificate.test_key import make_pkcs12
from gongjiang.rules.honours.certificates.credential import Issuer


def pdf_signer() -> PdfSigner:
    """Who signs PDFs here. Raises CannotSign, saying what is wrong with what is configured."""
    given = settings.SIGNING
    return _signer(given["pkcs12"], given["password"], given["authority"], given["driver"], str(_test_key_path()))


def signer_shown() -> PdfSigner | None:
    """For pages that name the signer and can do without: None where what is configured doesn't work."""
    try:
        return pdf_signer()
    except CannotSign:
        return None


@lru_cache(maxsize=4)
def _signer(path: str, password: str, authority: str, driver: str, test_path: str) -> PdfSigner:
    if driver:
        return _driven(driver)
    if not path:
        return Pkcs12Signer(_test_key(Path(test_path)), b"", test=True, authority=authority)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise CannotSign("签名用的 PKCS#12 文件读不到，请检查 GONGJIANG_SIGN_P12。", "Can't read PKCS#12.") from error
    return Pkcs12Signer(data, password.encode(), authority=authority)


def _driven(driver: str) -> PdfSigner:
    module, _, factory = driver.partition(":")
    try:
        made = getattr(import_module(module), factory)()
    except (ImportError, AttributeError, ValueError) as error:
        raise CannotSign(
            "签章驱动加载不了。平台没有内置国密（SM2）签章：GM/T 0010 格式、GB/T 38540 电子签章和 OFD 须由厂商设备"
            "及其驱动提供，请在 GONGJIANG_SIGN_DRIVER 写明“模块:函数”。",
            f"The signing driver can't be loaded: {type(error).__name__}",
        ) from error
    if not isinstance(made, PdfSigner):
        raise CannotSign("签章驱动不合接口，见 documents/certificate/sign.py 的 PdfSigner。", "Not a PdfSigner.")
    return made


def issuer() -> Issuer:
    """Who signs credentials: did:web of the platform's address, the key of this installation."""
    parts = urlsplit(settings.URL)
    path = "".join(f":{quote(one, safe='')}" for one in parts.path.split("/") if one)
    return Issuer(
        f"did:web:{parts.netloc.replace(':', '%3A')}{path}",
        settings.URL,
        credential_key().public_key().public_bytes_raw(),
    )


def credential_key() -> Ed25519PrivateKey:
    """The installation's key for credentials and their status lists."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.SECRETS["credentials"]))


def _test_key_path() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "signing" / "test.p12"


def _test_key(path: Path) -> bytes:
    """The test key of this installation, made at the first need; readable by the owner only."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(make_pkcs12(f"gongjiang-test-{credential_key().public_key().public_bytes_raw().hex()[:8]}"))
        try:
            os.link(fresh, path)  # the first of several processes wins, with a whole file
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
