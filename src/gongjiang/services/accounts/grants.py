"""Grants: a role in an organisation, perhaps for one edition; given and taken back on record (TRUST 9)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.models import Edition, Grant, Organisation, User
from gongjiang.services.accounts.people import administers, create_user
from gongjiang.services.audit.append import append


@transaction.atomic
def grant(
    *,
    actor: Actor,
    at: datetime,
    user: User,
    organisation: Organisation,
    role: str,
    edition: Edition | None = None,
    until: datetime | None = None,
) -> Grant:
    """Give a role. Administrators of the organisation or one above it; 系统管理员 only by their like."""
    if not administers(actor, organisation):
        raise NotFound()
    if role not in Grant.Role.values:
        raise BadInput(f"没有“{role}”这种身份。", "No such role.", place="身份")
    if role == Grant.Role.SYSTEM_ADMIN and not (actor.is_platform or actor.has("system_admin")):
        raise NotAllowed("系统管理员只能由系统管理员授予。", "Only a system administrator may give this.")
    try:
        with transaction.atomic():
            made = Grant.objects.create(
                user=user, organisation=organisation, role=role, edition=edition, since=at, until=until
            )
    except IntegrityError:
        raise BadInput(f"{user.full_name}已经有这个身份。", "Granted already.", place="身份") from None
    append(
        actor=actor,
        at=at,
        action="grant.give",
        kind="grant",
        key=made.pk,
        edition_id=made.edition_id,
        data={"user": user.pk, "organisation": organisation.pk, "role": role},
    )
    return made


@transaction.atomic
def revoke(*, actor: Actor, at: datetime, grant_id: int) -> Grant:
    """Take a grant back from this moment; the next request is refused. Nobody takes away their own."""
    held = Grant.objects.select_for_update().filter(pk=grant_id, until=None).first()
    if held is None or not administers(actor, held.organisation):
        raise NotFound()
    if held.user_id == actor.user_id:
        raise BadInput("不能收回自己的身份。", "Not your own grant.", place="身份")
    if held.role == Grant.Role.SYSTEM_ADMIN and not (actor.is_platform or actor.has("system_admin")):
        raise NotAllowed("系统管理员只能由系统管理员收回。", "Only a system administrator may take this.")
    held.until = at
    held.save(update_fields=["until"])
    append(
        actor=actor,
        at=at,
        action="grant.revoke",
        kind="grant",
        key=held.pk,
        edition_id=held.edition_id,
        data={"user": held.user_id, "organisation": held.organisation_id, "role": held.role},
    )
    return held


@transaction.atomic
def open_with_grant(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    username: str,
    full_name: str,
    password: str,
    role: str,
) -> User:
    """A new account and its first grant, both or neither."""
    user = create_user(
        actor=actor, at=at, username=username, full_name=full_name, password=password, organisation=organisation
    )
    grant(actor=actor, at=at, user=user, organisation=organisation, role=role)
    return user
