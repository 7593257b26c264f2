"""What every step shares: the matter locked, its texts sealed, the step on record."""

from datetime import datetime
from typing import Any

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.kernel.text import check_length, clean
from gongjiang.models import Inquiry
from gongjiang.rules.inquiries.steps import Action, State, may
from gongjiang.services.audit.append import append
from gongjiang.services.inquiries.queries import RELATED
from gongjiang.services.people.sealing import open_text, seal_text

SEAL = "inquiry"
LONGEST = 3000


def held(inquiry_id: int, version: int | None) -> Inquiry:
    """The matter, locked; Stale if somebody changed it since the page was shown."""
    Inquiry.objects.select_for_update().filter(pk=inquiry_id).first()
    found = Inquiry.objects.select_related(*RELATED).prefetch_related("bodies", "files").filter(pk=inquiry_id).first()
    if found is None:
        raise NotFound()
    if version is not None and version != found.version:
        raise Stale("此页已过期：另一位同事刚刚办理过这件事项，请刷新后再办。", "Somebody changed this.")
    return found


def require_step(inquiry: Inquiry, action: Action) -> None:
    """Raise Refused unless this is a step from here."""
    if not may(action, State(inquiry.state)):
        raise Refused(f"{inquiry.number}{inquiry.get_state_display()}，不能再办这一步。", "Not open now.")


def text(said: str, label: str, *, needed: bool = True, longest: int = LONGEST) -> str:
    """As it may be kept. BadInput by its label."""
    kept = clean(said).strip()
    if needed and not kept:
        raise BadInput(f"请填写{label}。", "Required.", place=label)
    decision = check_length(kept, longest, label=label)
    if not decision.allowed:
        raise BadInput(decision.reasons[0].text, "Too long.", place=label)
    return kept


def sealed(said: str) -> str:
    """A text about people, as it rests."""
    return seal_text(said, SEAL) if said else ""


def opened(kept: str) -> str:
    """The same in clear, for those who may read it."""
    return open_text(kept, SEAL) if kept else ""


def write(actor: Actor, at: datetime, inquiry: Inquiry, action: str, **changes: Any) -> Inquiry:
    """Set fields and audit; texts of people stay out of the log."""
    before = inquiry.state
    for name, value in changes.items():
        setattr(inquiry, name, value)
    inquiry.version += 1
    inquiry.save(update_fields=[*changes, "version"])
    worth = ("upheld", "document", "hearing_asked", "waived")
    told: dict[str, Any] = {key: changes[key] for key in worth if key in changes}
    append(
        actor=actor,
        at=at,
        action=f"inquiry.{action}",
        kind="inquiry",
        key=inquiry.pk,
        case_id=inquiry.case_id,
        edition_id=inquiry.process.edition_id,
        data={"number": inquiry.number, "from": before, "to": inquiry.state, "version": inquiry.version, **told},
    )
    return inquiry
