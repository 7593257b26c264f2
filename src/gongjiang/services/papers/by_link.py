"""An opinion by a one-time link that brings its stamped sheet along."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.models import Opinion
from gongjiang.services.invitations.door import guest
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.opinions.links import answer_by_link, wanted_of
from gongjiang.services.papers.scans import keep_stamped, stamped_sheet


@transaction.atomic
def answer_with_sheet(
    *,
    actor: Actor,
    at: datetime,
    token: str,
    verdict: str,
    text: str,
    signer: str,
    post: str,
    scan: tuple[str, BinaryIO],
    code: str = "",
) -> Opinion:
    """The one answer of a link, with the sheet that was stamped (its name and content; `code` typed where the page
    shows none). Both or neither. Raises as `answer_by_link` and `stamped_sheet`."""
    wanted = wanted_of(token, at)
    form = f"{wanted.asked.sheet}.{wanted.asked.party}"
    stamped = stamped_sheet(wanted.programme, wanted.case, form, *scan, typed=code)
    box = answer_by_link(actor=actor, at=at, token=token, verdict=verdict, text=text, signer=signer, post=post)
    keep_stamped(guest(box.signer), at, lock_case(box.case_id), stamped)
    return box
