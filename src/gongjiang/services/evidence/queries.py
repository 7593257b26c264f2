"""Reading files: who sees the case sees its files."""

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import File
from gongjiang.services.nominations import queries as nominations


def visible_to(actor: Actor) -> QuerySet[File]:
    """Files of cases that the actor may see; removed ones are gone for everybody."""
    return File.objects.filter(case__in=nominations.visible_to(actor), removed_at=None)


def get_file(actor: Actor, file_id: int) -> File:
    """One file with its case; NotFound if the actor may not see it."""
    found = visible_to(actor).select_related("case__process__edition__pack", "original_by").filter(pk=file_id).first()
    if found is None:
        raise NotFound()
    return found
