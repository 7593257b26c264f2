"""People who were named and have their certificates: the ground of these tests. Everybody is invented."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.services.public_notices.stage import Ground, ground, moment

from gongjiang.models import Certificate, NamingDocument
from gongjiang.services.honours.certificates.issue import issue_all
from gongjiang.services.honours.confer import confer

AFTER = date(2026, 9, 28)
AT = moment(AFTER)


@dataclass
class Named:
    """The ground, its naming document, the certificates in the document's order."""

    here: Ground
    document: NamingDocument
    made: list[Certificate]

    @property
    def approver(self) -> Any:
        return self.here.world.actor("yan")

    def fresh(self, n: int = 0) -> Certificate:
        """The n-th certificate as the database has it, with its honour."""
        return Certificate.objects.select_related("honour").get(pk=self.made[n].pk)


def named(people: int = 2, at: datetime = AT, issue: bool = True, more: str = "") -> Named:
    """`people` named, each with a certificate. `more`: sections under the pack's own."""
    here = ground(places=people, people=people, more=more)
    here.post()
    here.settle(date(2026, 9, 25))
    approver = here.world.actor("yan")
    document = confer(actor=approver, at=at, programme=here.programme, stage_id="name", number="望工发〔2026〕9号")
    made = issue_all(actor=approver, at=at, document_id=document.pk) if issue else []
    return Named(here, document, made)
