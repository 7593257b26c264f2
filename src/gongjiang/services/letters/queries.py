"""Reading letters: who sees the case sees its letters; what was written is opened for them alone."""

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Letter
from gongjiang.services.nominations import queries as nominations


def visible_to(actor: Actor) -> QuerySet[Letter]:
    """Letters of cases that the actor may see."""
    return Letter.objects.filter(case__in=nominations.visible_to(actor))


def get_letter(actor: Actor, letter_id: int) -> Letter:
    """One letter with its case; NotFound if the actor may not see it."""
    found = visible_to(actor).select_related("case__process__edition__pack", "invitation").filter(pk=letter_id).first()
    if found is None:
        raise NotFound()
    return found
