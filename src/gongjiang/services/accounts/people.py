"""Accounts of people: opened by an administrator, never by registering."""

from datetime import datetime

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.kernel.names import parse_name
from gongjiang.models import Grant, Organisation, User
from gongjiang.services.audit.append import append

FIRST_PASSWORD = 10


def administers(actor: Actor, organisation: Organisation) -> bool:
    """Administrators of the organisation or of one above it, and of the system."""
    return (
        actor.is_platform
        or actor.has("system_admin")
        or any(actor.has("org_admin", organisation_id=one) for one in organisation.ancestor_ids)
    )


def administers_person(actor: Actor, user: User) -> bool:
    """May the actor change this account? Every organisation in which it holds a grant must be the actor's to run."""
    if actor.is_platform or actor.has("system_admin"):
        return True
    held = [one.organisation for one in Grant.objects.filter(user=user, until=None).select_related("organisation")]
    return bool(held) and all(administers(actor, one) for one in held)


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    full_name: str,
    password: str,
    organisation: Organisation | None = None,
) -> User:
    """A new account. `organisation`: where its first grant will be, whose administrators may open it.

    Raises BadInput for a taken name or a weak password, NotAllowed for others' organisations.
    """
    if organisation is None and not (actor.is_platform or actor.has("system_admin")):
        raise NotAllowed("只有系统管理员可以开通不属于任何单位的账号。", "Only the system's administrators may.")
    if organisation is not None and not administers(actor, organisation):
        raise NotFound()
    return _open(actor, at, username, full_name, password)


@transaction.atomic
def open_own(*, actor: Actor, at: datetime, username: str, full_name: str, password: str) -> User:
    """An account that its holder opens through a link that was sent to them. It has no grant: what it may see follows
    from whom it belongs to. Whether the link was good is settled by the caller. Raises BadInput as `create_user`."""
    return _open(actor, at, username, full_name, password)


@transaction.atomic
def renew_own(*, actor: Actor, at: datetime, user: User, password: str) -> None:
    """A new password for an account opened so, through a new link. NotAllowed for an account that has grants: its
    organisations' administrators see to it, or whoever sends links would hold their keys."""
    if Grant.objects.filter(user=user, until=None).exists():
        raise NotAllowed("这个账号还有单位的身份，请找单位管理员重设密码。", "Its administrators reset it.")
    _set_password(user, password)
    user.save(update_fields=["password"])
    append(actor=actor, at=at, action="user.reset_password", kind="user", key=user.pk)


def _open(actor: Actor, at: datetime, username: str, full_name: str, password: str) -> User:
    name = username.strip().lower()
    if not name.isascii() or not name.isidentifier() or len(name) > 40:
        raise BadInput("账号只用英文字母、数字和下划线，以字母开头。", "Letters, digits, underscores.", place="账号")
    if User.objects.filter(username=name).exists():
        raise BadInput(f"账号“{name}”已被使用。", "This name is taken.", place="账号")
    made = User(username=name, full_name=parse_name(full_name, place="姓名"))
    _set_password(made, password)
    made.save()
    append(actor=actor, at=at, action="user.create", kind="user", key=made.pk, data={"username": name})
    return made


@transaction.atomic
def reset_password(*, actor: Actor, at: datetime, user: User, password: str) -> None:
    """A new password set by an administrator of all the person's organisations."""
    if not administers_person(actor, user):
        raise NotFound()
    _set_password(user, password)
    user.save(update_fields=["password"])
    append(actor=actor, at=at, action="user.reset_password", kind="user", key=user.pk)


@transaction.atomic
def change_password(*, actor: Actor, at: datetime, old: str, new: str, again: str) -> User:
    """One's own password. Raises BadInput naming the field that is wrong."""
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound()
    if not user.check_password(old):
        raise BadInput("现在的密码不对。", "The present password is wrong.", place="现在的密码")
    if new != again:
        raise BadInput("两次输入的新密码不一样。", "The two differ.", place="再输一次")
    _set_password(user, new)
    user.save(update_fields=["password"])
    append(actor=actor, at=at, action="user.change_password", kind="user", key=user.pk)
    return user


@transaction.atomic
def set_active(*, actor: Actor, at: datetime, user: User, active: bool) -> None:
    """Lock an account or open it again. Nobody locks their own."""
    if not administers_person(actor, user):
        raise NotFound()
    if user.pk == actor.user_id:
        raise BadInput("不能停用自己的账号。", "Not your own account.", place="账号")
    user.is_active = active
    user.save(update_fields=["is_active"])
    append(actor=actor, at=at, action="user.activate" if active else "user.lock", kind="user", key=user.pk)


def _set_password(user: User, password: str) -> None:
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise BadInput("".join(str(one) for one in error.messages), "A weak password.", place="新密码") from None
    user.set_password(password)
