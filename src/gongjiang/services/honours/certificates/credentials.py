"""Certificates as credentials, their status lists, the issuer's keys. Nothing is kept: each is made of the honour as
it stands, and the same standing gives the same credential."""

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from gongjiang.kernel.errors import NotFound
from gongjiang.models import Certificate
from gongjiang.rules.honours.certificates import credential
from gongjiang.rules.honours.certificates.bitstring import BITS, place_of
from gongjiang.rules.honours.certificates.proof import proved
from gongjiang.rules.honours.standing import Standing
from gongjiang.services.honours.certificates.keys import credential_key, issuer

BEIJING: Final = ZoneInfo("Asia/Shanghai")


def credential_of(row: Certificate) -> dict[str, Any]:
    """The signed credential of a certificate (loaded with its honour)."""
    face, signs = row.face, issuer()
    award = credential.Award(
        serial=row.pk,
        code=row.code,
        number=row.number,
        name=face["name"],
        title=face["title"],
        achievement=f"{signs.url}/register/?programme={row.honour.programme}#{row.honour.award}.{row.honour.tier}",
        about=face["text"],
        issuers=tuple(face["issuers"]),
        issued_on=date.fromisoformat(face["issued_on"]),
        until=row.honour.until,
    )
    told = credential.credential(award, signs)
    return proved(told, credential_key(), signs.key_id, row.issued_at.astimezone(BEIJING).isoformat("T", "seconds"))


def status_list(purpose: str, number: int, at: datetime) -> dict[str, Any]:
    """A status list as it is now, signed. Raises NotFound for a purpose or number that no credential names."""
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if purpose not in credential.PURPOSES or not 1 <= number <= place_of(last)[0]:
        raise NotFound()
    signs = issuer()
    held = Certificate.objects.filter(pk__gte=(number - 1) * BITS, pk__lt=number * BITS)
    rows = held.filter(_fallen(purpose, at)).values_list("pk", flat=True)
    now = at.astimezone(BEIJING)
    told = credential.status_list(signs, purpose, number, (place_of(one)[1] for one in rows), now)
    return proved(told, credential_key(), signs.key_id, told["validFrom"])


def _fallen(purpose: str, at: datetime) -> Q:
    if purpose == "suspension":
        return Q(honour__state=Standing.SUSPENDED)
    today = timezone.localtime(at).date()
    gone = Q(honour__state__in=[Standing.REVOKED, Standing.ENDED]) | Q(honour__until__lt=today)
    return gone | Q(replaced_at__isnull=False)


def did_document() -> dict[str, Any]:
    """The keys for whoever verifies, also without any network."""
    return credential.did_document(issuer())
