"""Reading the tree of organisations: who sees which part, one node with what hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Organisation
from gongjiang.services.accounts.people import administers

PAGE = 100


def visible_to(actor: Actor) -> QuerySet[Organisation]:
    """What lies under the actor's organisations, and the line above them; system administrators see all."""
    if actor.is_platform or actor.has("system_admin"):
        return Organisation.objects.all()
    if actor.user_id is None:
        return Organisation.objects.none()
    seen = Q(pk__in=[])
    for one in actor.grants:
        above = [int(part) for part in one.path.split("/") if part]
        seen |= Q(path__startswith=one.path) | Q(pk__in=above)
    return Organisation.objects.filter(seen)


@dataclass(frozen=True)
class Node:
    """One organisation: the line above it, a page of those under it (with how many each has), its group."""

    organisation: Organisation
    above: list[Organisation]
    children: Sequence[Organisation]
    more: bool
    companies: list[Organisation]
    may_administer: bool


def get_organisation(actor: Actor, organisation_id: int) -> Organisation:
    """One organisation; NotFound if the actor may not see it."""
    found = visible_to(actor).select_related("parent", "corp_group").filter(pk=organisation_id).first()
    if found is None:
        raise NotFound()
    return found


def roots(actor: Actor) -> list[Organisation]:
    """The tops of what the actor sees."""
    seen = visible_to(actor)
    rows = seen.filter(Q(parent=None) | ~Q(parent__in=seen.values("pk")))
    return list(rows.annotate(under=Count("children")).order_by("pk")[:PAGE])


def node(actor: Actor, organisation_id: int, after: int = 0) -> Node:
    """An organisation with its surroundings. Five queries, however many units lie under it."""
    one = get_organisation(actor, organisation_id)
    seen = visible_to(actor)
    found = {each.pk: each for each in seen.filter(pk__in=one.ancestor_ids[:-1])}
    rows = seen.filter(parent=one, pk__gt=after).annotate(under=Count("children")).order_by("pk")[: PAGE + 1]
    children = list(rows)
    group = list(seen.filter(corp_group=one).order_by("pk")[:PAGE]) if one.kind == Organisation.Kind.GROUP else []
    return Node(
        one,
        [found[pk] for pk in one.ancestor_ids[:-1] if pk in found],
        children[:PAGE],
        len(children) > PAGE,
        group,
        administers(actor, one),
    )


def groups(actor: Actor) -> list[Organisation]:
    """Corporate groups that a company may belong to: they lie across the tree, so all are offered."""
    if not (actor.is_platform or actor.has("org_admin", "system_admin")):
        return []
    return list(Organisation.objects.filter(kind=Organisation.Kind.GROUP, active=True).order_by("name")[:500])


def search(actor: Actor, text: str) -> list[Organisation]:
    """Organisations whose name contains the text."""
    words = text.strip()
    if not words:
        return []
    rows = visible_to(actor).filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    return list(rows.select_related("parent").order_by("path")[:50])
