"""An artisan's assessments, as a part of their page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongjiang.rules.funds.money import shown
from gongjiang.services.assessment.claims import claims_of
from gongjiang.services.assessment.explain import visible_to
from gongjiang.services.assessment.queries import Coming, record_of
from gongjiang.web.cultivation.section import Hands, Section

MARKS = {
    "confer": "named", "renew": "named", "end": "struck", "revoke": "struck", "bar": "struck", "suspend": "returned",
    "stop": "returned", "reclaim": "returned", "explain": "returned", "reduce_quota": "returned",
}  # fmt: skip
"""How a result is marked, by the first effect that says something of it."""


def calendar(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """What comes and when, what came of the past ones and what followed."""
    record = record_of(request.actor, honour)
    if not record.coming and not record.past:
        return None
    explained = {one.outcome_id: one for one in visible_to(request.actor).filter(outcome__honour=honour)}
    today = timezone.localtime(request.at).date()
    context = {
        "coming": [_coming(one, today) for one in record.coming],
        "claims": [(one, *_claimed(one)) for one in claims_of(request.actor, honour)],
        "past": [
            {
                "one": one,
                "said": [each["said"] for each in one.effects] + [f"{each}（由人工办理）" for each in one.manual],
                "explanation": explained.get(one.pk),
                "mark": _mark(one),
            }
            for one in record.past
        ],
    }
    return Section("assessments", "考核", "assessment/_calendar.html", context)


def _mark(one: Any) -> str:
    """A result's mark: what is tried again isn't passed."""
    if one.again_on is not None:
        return "returned"
    return next((MARKS[each["word"]] for each in one.effects if each["word"] in MARKS), "passed")


def _claimed(one: Any) -> tuple[str, str]:
    """A claim's mark and sum."""
    if one.left is None:
        return "waiting", f"追回款项，数额待核定（已发放 {shown(one.paid)} 元）"
    if one.left:
        return "in_progress", f"应退 {shown(one.amount)} 元，尚有 {shown(one.left)} 元"
    return "passed", f"应退 {shown(one.amount)} 元，已办结"


def _coming(one: Coming, today: Any) -> dict[str, Any]:
    url = ""
    if one.case is not None:
        draft = one.case.state in {"draft", "returned"}
        url = reverse("nominations-edit" if draft else "nominee", args=[one.case.pk])
    late = one.case is None and one.on is not None and one.on <= today
    return {"one": one, "url": url, "late": late}
