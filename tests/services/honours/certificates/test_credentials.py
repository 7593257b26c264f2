"""The credential in an independent library: it verifies, fails once the honour is withdrawn or suspended, and follows
every change. Nothing is fetched from a network: keys and lists are what anybody may save of the public addresses."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openvc import VerificationPolicy, verify_credential
from openvc.did.did_web import DidWebResolver
from openvc.resolvers import default_status_list_resolver
from openvc.status import CredentialRevoked, CredentialSuspended
from tests.services.honours.certificates.named import AT, Named, named

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.models import Certificate, Honour
from gongjiang.rules.honours.certificates.bitstring import is_set, place_of
from gongjiang.rules.honours.standing import HELD, Change, Worth
from gongjiang.services.audit.verify import verify
from gongjiang.services.honours.certificates.check import by_number
from gongjiang.services.honours.certificates.credentials import credential_of, did_document, status_list
from gongjiang.services.honours.certificates.issue import reissue
from gongjiang.services.honours.standing import change_standing, end, restore, suspend, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG_AGO = datetime(2024, 5, 1, 2, tzinfo=UTC)
"""The library judges by the machine's clock: what it is given began before any day on which this runs."""
WHY = {"reason": "线索核查", "basis": "望工发〔2026〕21号"}


def verified(row: Certificate) -> Any:
    """What the library says of a certificate's credential; raises what it raises."""
    keys = DidWebResolver(lambda url: json.loads(json.dumps(did_document())))

    def fetched(url: str) -> str:
        purpose, number = url.removeprefix(f"{settings.URL}/credentials/status/").split("/")
        return json.dumps(status_list(purpose, int(number), LONG_AGO))

    lists = default_status_list_resolver(resolver=keys, fetch=fetched)
    policy = VerificationPolicy(expected_types=["OpenBadgeCredential"], require_status_issuer_binding=True)
    return verify_credential(
        json.loads(json.dumps(credential_of(row))), policy=policy, resolver=keys, resolve_status_list=lists
    )


def old(one: Named) -> Certificate:
    row = one.fresh()
    row.face["issued_on"], row.issued_at = "2024-04-30", LONG_AGO
    row.save(update_fields=["face", "issued_at"])
    return one.fresh()


def test_an_independent_library_verifies_it_and_refuses_it_once_it_fell(settings: Any) -> None:
    settings.URL = "https://artisan.example.org"
    one = named(1)
    row = old(one)
    told = verified(row)
    assert told.issuer == "did:web:artisan.example.org"
    suspend(actor=one.approver, at=AT, honour_id=row.honour_id, **WHY)
    with pytest.raises(CredentialSuspended):
        verified(one.fresh())
    restore(actor=one.approver, at=AT, honour_id=row.honour_id, **WHY)
    assert verified(one.fresh())
    withdraw(actor=one.approver, at=AT, honour_id=row.honour_id, **WHY)
    with pytest.raises(CredentialRevoked):
        verified(one.fresh())


def test_a_replaced_or_ended_one_fails_there_too(settings: Any) -> None:
    settings.URL = "https://artisan.example.org"
    one = named(2)
    row = old(one)
    reissue(actor=one.approver, at=AT, certificate_id=row.pk, reason="姓名有误")
    with pytest.raises(CredentialRevoked):
        verified(one.fresh())
    end(actor=one.approver, at=AT, honour_id=one.made[1].honour_id, reason="期满")
    assert set(bits(one)) == {(1, "revocation"), (0, "revocation")}
    with pytest.raises(NotFound):
        status_list("revocation", 2, AT)
    with pytest.raises(NotFound):
        status_list("message", 1, AT)


def test_it_says_nothing_but_what_was_public() -> None:
    one = named(1)
    told = credential_of(one.fresh())
    assert told["credentialSubject"]["identifier"][0]["identityHash"] == "何焊平"
    assert told["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert told["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert set(told) == {
        "@context", "id", "type", "issuer", "name", "validFrom", "credentialSubject", "evidence", "credentialStatus",
        "proof",
    }  # fmt: skip
    assert credential_of(one.fresh()) == told


def bits(one: Named) -> list[tuple[int, str]]:
    """Which of the certificates stand in which list."""
    found = []
    for purpose in ("revocation", "suspension"):
        told = status_list(purpose, 1, AT)["credentialSubject"]["encodedList"]
        found += [(n, purpose) for n, row in enumerate(one.made) if is_set(told, place_of(row.pk)[1])]
    return found


class Undone(Exception):
    """An example is over: the database is as it was."""


@pytest.mark.ledger("M-17")
def test_a_certificate_is_valid_just_while_the_honour_stands() -> None:
    one = named(1)
    honour = one.made[0].honour_id

    @hypothesis_settings(max_examples=20)
    @given(st.lists(st.tuples(st.sampled_from(list(Change)), st.booleans()), max_size=6))
    def holds(steps: list[tuple[Change, bool]]) -> None:
        with pytest.raises(Undone), transaction.atomic():
            for change, anew in steps:
                try:
                    with transaction.atomic():
                        change_standing(actor=one.approver, at=AT, honour_id=honour, change=change, **WHY)
                        if anew:
                            held = Certificate.objects.get(honour_id=honour, replaced_at=None)
                            reissue(actor=one.approver, at=AT, certificate_id=held.pk, reason="换发")
                except GongjiangError:
                    pass
                _agree(honour)
            raise Undone

    holds()
    assert verify().ok


def _agree(honour_id: int) -> None:
    """The check, the lists and the register say the same of every certificate of this honour."""
    state = Honour.objects.get(pk=honour_id).state
    lists = {
        purpose: status_list(purpose, 1, AT)["credentialSubject"]["encodedList"]
        for purpose in ("revocation", "suspension")
    }
    for row in Certificate.objects.filter(honour_id=honour_id):
        stands = state in HELD and row.replaced_at is None
        place = place_of(row.pk)[1]
        assert (by_number(row.number, AT).worth is Worth.VALID) == stands
        assert (not is_set(lists["revocation"], place) and not is_set(lists["suspension"], place)) == stands
        assert is_set(lists["suspension"], place) == (state == "suspended")
