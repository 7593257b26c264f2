"""bars: nobody is nominated while a bar on them runs (禁报期), by the clause or decision that set it."""

from django.utils import timezone

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.models import Bar
from gongjiang.services.nominations.gates import Passage


def gate(passage: Passage) -> Decision:
    """Refuses with the day until which it runs. A case over an honour that is held is not a nomination."""
    case = passage.case
    if case.subject_id is None or case.over_id is not None:
        return Decision.yes()
    today = timezone.localtime(passage.at).date()
    found = Bar.objects.filter(
        subject_id=case.subject_id,
        organiser_id=passage.programme.edition.organiser_id,
        from_date__lte=today,
        until__gte=today,
    ).first()
    if found is None:
        return Decision.yes()
    day = long_date(found.until)
    return Decision.no(Reason(f"{case.title}在{day}前不得申报（{found.basis}）"))
