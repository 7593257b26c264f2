"""Tell people something: written once the step it tells of is safely done."""

from datetime import datetime

from django.db import transaction

from gongjiang.models import Message

LONGEST = 300


def tell(
    *,
    at: datetime,
    text: str,
    link: str = "",
    user_id: int | None = None,
    organisation_id: int | None = None,
) -> None:
    """A message to one person, or to whoever holds a role in an organisation, after the transaction commits.

    `link` says what it is about, never an address: 'case:12', 'todo', or nothing.
    A doubled message of the same moment to the same receiver is written once.
    """
    if user_id is None and organisation_id is None:
        return
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    def write() -> None:
        said = {"user_id": user_id, "organisation_id": organisation_id, "at": at, "text": shown}
        if not Message.objects.filter(**said).exists():
            Message.objects.create(**said, link=link)

    transaction.on_commit(write)
