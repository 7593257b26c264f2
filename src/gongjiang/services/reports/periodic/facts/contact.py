"""Who was contacted in the period and who wasn't, what they asked, mid-term checks (第二十条; M-16)."""

from collections.abc import Iterator

from gongjiang.models import Concern, Contact, MidtermCheck
from gongjiang.rules.reports.tables import Item
from gongjiang.services.reports.periodic.facts.ground import Ground


def items(ground: Ground) -> Iterator[Item]:
    """Three queries."""
    days = {"on__gte": ground.since, "on__lte": ground.as_of}
    reached: set[int] = set()
    contacts = Contact.objects.filter(honour__in=ground.honours, withdrawn_at__isnull=True, **days)
    for pk, honour in contacts.values_list("pk", "honour_id"):
        reached.add(honour)
        yield Item("c", ground.level_of[honour], "contacted", honour)
        yield Item("c", ground.level_of[honour], "times", pk)
    concerns = Concern.objects.filter(honour__in=ground.honours, at__gte=ground.begins, at__lte=ground.ends)
    for pk, honour, answered in concerns.values_list("pk", "honour_id", "answered_at"):
        yield Item("c", ground.level_of[honour], "concerns", pk)
        if answered is not None and answered <= ground.ends:
            yield Item("c", ground.level_of[honour], "answered", pk)
    checks = MidtermCheck.objects.filter(honour__in=ground.honours, **days).order_by()
    for honour in checks.values_list("honour_id", flat=True).distinct():
        yield Item("c", ground.level_of[honour], "midterm", honour)
    for one in ground.held:
        if one.id not in reached:
            yield Item("c", one.level, "without", one.id)
