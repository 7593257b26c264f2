"""说明: who owes an explanation after an assessment, by which day, and what they said (mechanisms 10)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Explanation, ProcessOutcome
from gongjiang.rules.assessment.due import moved
from gongjiang.rules.programmes.schema.process import Span
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.scope import visible_to as honours_seen
from gongjiang.services.messages.send import tell
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import today_of

ANSWERING = frozenset({"filer", "officer", "approver"})
LONGEST = 3000


def ask(at: datetime, outcome: ProcessOutcome, by: str, within: Span, programme: Programme) -> Explanation:
    """The duty, counted from the day of settling on. A process about units asks the unit; the person where they have
    an account, else the unit that they work for. Inside the caller's transaction."""
    case = outcome.case
    user = case.subject.user_id if case.subject is not None else None
    unit = case.applying_unit or case.nominator
    organisation = {"person": None, "nominator": case.nominator}.get(by, unit)
    if organisation is None and user is None:
        organisation = unit
    day = moved(within, today_of(at), programme.value)
    made = Explanation.objects.create(
        outcome=outcome, organisation=organisation, user_id=None if organisation else user, due_on=day
    )
    tell(
        at=at,
        text=f"请在{long_date(day)}前就“{case.title} {outcome.label}：{outcome.tier_label}”说明情况。",
        link="todo",
        user_id=made.user_id,
        organisation_id=made.organisation_id,
        headline="有一项情况需要说明",
    )
    return made


def mine(actor: Actor) -> QuerySet[Explanation]:
    """Those that the actor may give, for themself or for an organisation."""
    if actor.user_id is None:
        return Explanation.objects.none()
    ours = Q(organisation_id__in=actor.organisation_ids(*sorted(ANSWERING))) | Q(user_id=actor.user_id)
    return Explanation.objects.filter(ours)


def visible_to(actor: Actor) -> QuerySet[Explanation]:
    """One's own, and those of the editions that one organises or whose honours one sees."""
    run = Q(outcome__edition__organiser_id__in=actor.organiser_ids("officer", "approver"))
    seen = Q(outcome__honour__in=honours_seen(actor).exclude(mentors__user_id=actor.user_id or 0))
    return Explanation.objects.filter(run | seen | Q(pk__in=mine(actor)))


def get_explanation(actor: Actor, key: int) -> tuple[Explanation, bool]:
    """One, and whether it is the actor's to give. NotFound for others."""
    rows = visible_to(actor).select_related("outcome__case", "outcome__edition", "organisation", "answered_by")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound()
    return found, mine(actor).filter(pk=key).exists()


@transaction.atomic
def answer(*, actor: Actor, at: datetime, key: int, text: str) -> Explanation:
    """The explanation, once; it is kept as it was given. Late ones are taken, and told as late.

    Raises NotFound, NotAllowed, BadInput, Stale (given meanwhile)."""
    found, own = get_explanation(actor, key)
    if not own:
        raise NotAllowed("由应作说明的单位或个人填写。", "Not yours to explain.")
    said = clean(text).strip()
    if not said or len(said) > LONGEST:
        raise BadInput(f"请写明情况，不超过{LONGEST}字。", "Say what happened.", place="说明")
    done = Explanation.objects.filter(pk=key, answered_at=None).update(
        text=said, answered_by_id=actor.user_id, answered_at=at
    )
    if not done:
        raise Stale("已经说明过了，请刷新。", "It was given meanwhile.")
    outcome = found.outcome
    late = today_of(at) > found.due_on
    append(
        actor=actor, at=at, action="explanation.give", kind="explanation", key=key, case_id=outcome.case_id,
        edition_id=outcome.edition_id, data={"late": late},
    )  # fmt: skip
    words = f"{outcome.case.title}的{outcome.label}：已提交情况说明{'（逾期）' * late}。"
    tell(at=at, text=words, organisation_id=outcome.edition.organiser_id, link="todo", headline="收到一份情况说明")
    found.refresh_from_db()
    return found
