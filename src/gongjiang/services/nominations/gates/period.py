"""period: the entry's own days of public notice are over (TRUST 7)."""

from django.utils import timezone

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.models import NoticeEntry
from gongjiang.services.nominations.gates import Passage


def gate(passage: Passage) -> Decision:
    """The latest entry of this case at this stage has ended before today."""
    entry = (
        NoticeEntry.objects.filter(case=passage.case, notice__stage=passage.stage.id)
        .exclude(state=NoticeEntry.State.STRUCK)
        .order_by("-id")
        .first()
    )
    if entry is None:
        return Decision.no(Reason(f"{passage.case.title}还没有公示。", passage.stage.clause))
    if timezone.localtime(passage.at).date() <= entry.ends_on:
        return Decision.no(
            Reason(f"{passage.case.title}的公示到{long_date(entry.ends_on)} 24:00才满。", passage.stage.clause)
        )
    return Decision.yes()
