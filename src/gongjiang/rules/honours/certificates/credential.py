"""An award as a W3C Verifiable Credential 2.0 and Open Badge 3.0; its status lists; the document of its issuer's key.

The contexts are named, not fetched: nothing here or at the check reads the network. Why this shape:
docs/decisions/0015.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from gongjiang.rules.honours.certificates.bitstring import encoded, place_of
from gongjiang.rules.honours.certificates.proof import base58

VC: Final = "https://www.w3.org/ns/credentials/v2"
BADGE: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
PURPOSES: Final = ("revocation", "suspension")
TTL: Final = 60_000  # milliseconds for which a copy of a status list may be kept


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: `did`, the address of the installation, and its key."""

    did: str
    url: str
    key: bytes

    @property
    def multibase(self) -> str:
        """The public key as Multikey writes it."""
        return "z" + base58(b"\xed\x01" + self.key)

    @property
    def key_id(self) -> str:
        """The key's name: of the key itself, so that a new key never takes an old one's name."""
        return f"{self.did}#{self.multibase}"


@dataclass(frozen=True, slots=True)
class Award:
    """What a credential says. `achievement`: an address that names what was awarded; `serial`: over all editions."""

    serial: int
    code: str
    number: str
    name: str
    title: str
    achievement: str
    about: str
    issuers: tuple[str, ...]
    issued_on: date
    until: date | None


def credential(award: Award, issuer: Issuer) -> dict[str, Any]:
    """The credential without its envelope. No number of a person, no birth date: the name, as it was published."""
    subject: dict[str, Any] = {
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": award.name, "identityType": "name"}],
        "achievement": {
            "id": award.achievement,
            "type": ["Achievement"],
            "name": award.title,
            "description": award.about,
            "achievementType": "Award",
            "criteria": {"narrative": award.about},
        },
    }
    told: dict[str, Any] = {
        "@context": [VC, BADGE],
        "id": f"{issuer.url}/check/{award.code}/",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": "、".join(award.issuers), "url": issuer.url},
        "name": award.title,
        "validFrom": f"{award.issued_on.isoformat()}T00:00:00+08:00",
        "credentialSubject": subject,
        "evidence": [{"type": ["Evidence"], "name": f"证书编号 {award.number}"}],
        "credentialStatus": [_entry(award.serial, issuer, purpose) for purpose in PURPOSES],
    }
    if award.until is not None:
        told["validUntil"] = f"{award.until.isoformat()}T23:59:59+08:00"
    return told


def list_address(issuer: Issuer, purpose: str, number: int) -> str:
    """Where a status list is found, always."""
    return f"{issuer.url}/credentials/status/{purpose}/{number}"


def status_list(issuer: Issuer, purpose: str, number: int, places: Iterable[int], at: datetime) -> dict[str, Any]:
    """The list of one purpose, with the bits of these places set."""
    address = list_address(issuer, purpose, number)
    return {
        "@context": [VC],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": at.isoformat("T", "seconds"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(places),
            "ttl": TTL,
        },
    }


def did_document(issuer: Issuer, earlier: Iterable[bytes] = ()) -> dict[str, Any]:
    """The issuer's keys, to keep a copy of: with it a credential is verified without any network."""
    keys = [issuer, *(Issuer(issuer.did, issuer.url, one) for one in earlier)]
    methods = [
        {"id": one.key_id, "type": "Multikey", "controller": issuer.did, "publicKeyMultibase": one.multibase}
        for one in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer.did,
        "alsoKnownAs": [f"did:key:{issuer.multibase}"],
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods],
    }


def _entry(serial: int, issuer: Issuer, purpose: str) -> dict[str, str]:
    number, index = place_of(serial)
    address = list_address(issuer, purpose, number)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }
