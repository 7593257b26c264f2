"""Reading accounts: who sees which people, and which grants stand in an organisation."""

from datetime import datetime

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Grant, User

#: The roles by their Chinese names, in the order of the choices.
ROLE_LABELS: dict[str, str] = {value: str(label) for value, label in Grant.Role.choices}


def visible_to(actor: Actor) -> QuerySet[User]:
    """Administrators see the people who hold a grant under their organisations; everybody sees themself."""
    if actor.is_platform or actor.has("system_admin"):
        return User.objects.all()
    if actor.user_id is None:
        return User.objects.none()
    under = Q(pk=actor.user_id)
    for one in actor.grants:
        if one.role == "org_admin":
            under |= Q(grants__organisation__path__startswith=one.path)
    return User.objects.filter(under).distinct()


def account_named(username: str) -> User:
    """Whoever signs in by this name, to be given something to do. BadInput where nobody does."""
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None:
        raise BadInput("没有这个账号，请向单位管理员申请开通。", "No such account.", place="账号")
    return user


def get_user(actor: Actor, user_id: int) -> User:
    """One account; NotFound if the actor may not see it."""
    found = visible_to(actor).filter(pk=user_id).first()
    if found is None:
        raise NotFound()
    return found


def standing_grants(organisation_id: int, at: datetime) -> list[Grant]:
    """Grants that stand in an organisation, by role and name. The caller has asked who may see it."""
    rows = Grant.objects.filter(organisation_id=organisation_id, since__lte=at).filter(
        Q(until__isnull=True) | Q(until__gt=at)
    )
    return list(rows.select_related("user", "edition").order_by("role", "user__full_name", "id"))


def own_grants(actor: Actor, at: datetime) -> list[Grant]:
    """The actor's own grants that stand, in the order they were given."""
    rows = Grant.objects.filter(user_id=actor.user_id or 0, since__lte=at).filter(
        Q(until__isnull=True) | Q(until__gt=at)
    )
    return list(rows.select_related("organisation", "edition").order_by("id"))


def find_by_username(actor: Actor, username: str) -> User | None:
    """An account that an administrator names exactly, to grant it a role: it may be new to their organisations."""
    if not (actor.is_platform or actor.has("org_admin", "system_admin")):
        return None
    return User.objects.filter(username=username.strip().lower(), is_active=True).first()
