"""What the notice obliges the chosen to keep (the employer, for three years), on the artisan's page (ledger J-10)."""

from typing import Any

from django.http import HttpRequest

from gongjiang.rules.cultivation.hands import Hand
from gongjiang.services.cultivation.duties import duties_of
from gongjiang.web.cultivation.section import Hands, Section
from gongjiang.web.formality.present import link

STATES = {"waiting": ("submitted", "待批准"), "approved": ("passed", "已批准"), "refused": ("rejected", "未批准")}


def section(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """Each obligation with its last day and the changes that were declared."""
    found = duties_of(request.actor, request.at, honour)
    if not found:
        return None
    rows = [
        {
            "one": one,
            "changes": [(change.made, STATES[change.made.state]) for change in one.changes],
            "url": "" if Hand.ARTISAN in hands else link("nominee", honour.case_id),
        }
        for one in found
    ]
    return Section("duties", "入选后的义务", "cultivation/duties_part.html", {"rows": rows, "honour": honour})
