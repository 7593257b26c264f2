"""Who is told what: the body that decides, and whom the matter concerns."""

from datetime import datetime

from gongjiang.models import Inquiry
from gongjiang.services.inquiries.authority import case_of, subject_of
from gongjiang.services.messages.send import tell


def tell_bodies(inquiry: Inquiry, at: datetime, text: str) -> None:
    """To the organisations that decide it."""
    for one in inquiry.bodies.all():
        tell(at=at, text=text, link=_link(inquiry), organisation_id=one.pk, headline="有一件核查事项待办理")


def tell_concerned(inquiry: Inquiry, at: datetime, text: str) -> None:
    """To the person, whoever filed the nomination, their unit and the one held responsible."""
    case, subject = case_of(inquiry), subject_of(inquiry)
    users = {subject.user_id if subject is not None else None, case.filer_id if case is not None else None}
    units = {case.applying_unit_id if case is not None else None, inquiry.unit_id}
    for user_id in sorted(one for one in users if one is not None):
        tell(at=at, text=text, link=_link(inquiry), user_id=user_id, headline="有一件与您有关的事项，请登录查看")
    for unit_id in sorted(one for one in units if one is not None):
        tell(at=at, text=text, link=_link(inquiry), organisation_id=unit_id, headline="有一件与本单位有关的事项")


def _link(inquiry: Inquiry) -> str:
    return f"inquiry:{inquiry.pk}"
