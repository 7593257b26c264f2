"""Tell people something: written once the step it tells of is safely done. What goes out of the platform from there
is seen to in the background (spread, deliver)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongjiang.models import Message

LONGEST = 300
HEADLINE = 200


def tell(
    *,
    at: datetime,
    text: str,
    link: str = "",
    user_id: int | None = None,
    organisation_id: int | None = None,
    kind: str = Message.Kind.NOTE,
    headline: str = "",
) -> None:
    """A message to one person, or to whoever holds a role in an organisation, after the transaction commits.

    `link` says what it is about, never an address: 'case:12', 'todo', or nothing. `kind`: note, or reminder (goes to
    people who want only those elsewhere, too). `headline` is what mail and other systems may say of it: no names, no
    reasons, no numbers of people; without one they only say that there is a message.
    A doubled message of the same moment to the same receiver is written once.
    """
    if user_id is None and organisation_id is None:
        return

    def write() -> None:
        said = {"user_id": user_id, "organisation_id": organisation_id, "at": at, "text": _cut(text, LONGEST)}
        if not Message.objects.filter(**said).exists():
            Message.objects.create(**said, link=link, kind=kind, headline=_cut(headline, HEADLINE))

    transaction.on_commit(write)


def tell_all(
    *,
    at: datetime,
    text: str,
    link: str = "",
    user_ids: Iterable[int] = (),
    organisation_ids: Iterable[int] = (),
    kind: str = Message.Kind.NOTE,
    headline: str = "",
) -> int:
    """The same words to many, in one go within the transaction in hand: told if and only if it commits. How many."""
    said = {
        "at": at,
        "text": _cut(text, LONGEST),
        "link": link,
        "kind": kind,
        "headline": _cut(headline, HEADLINE),
    }
    rows = [Message(organisation_id=one, **said) for one in sorted(set(organisation_ids))]
    rows += [Message(user_id=one, **said) for one in sorted(set(user_ids))]
    return len(Message.objects.bulk_create(rows, batch_size=500))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
