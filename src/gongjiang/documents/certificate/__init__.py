"""A certificate of honour as PDF: drawn by typst, signed by PAdES, read back."""

from gongjiang.documents.certificate.draw import Plate, draw
from gongjiang.documents.certificate.read import Found, read
from gongjiang.documents.certificate.sign import PdfSigner, Pkcs12Signer

__all__ = ["Found", "PdfSigner", "Pkcs12Signer", "Plate", "draw", "read"]
