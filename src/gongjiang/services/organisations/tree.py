"""The tree of organisations: add a node, walk up and down."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Organisation
from gongjiang.services.audit.append import append

#: Levels and kinds with their Chinese names, as forms offer them.
LEVELS: tuple[tuple[str, str], ...] = tuple((value, str(label)) for value, label in Organisation.Level.choices)
KINDS: tuple[tuple[str, str], ...] = tuple((value, str(label)) for value, label in Organisation.Kind.choices)


@transaction.atomic
def add_organisation(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    short_name: str = "",
    level: str,
    kind: str = "union",
    parent: Organisation | None = None,
    region: str = "",
    corp_group: Organisation | None = None,
    credit_code: str = "",
) -> Organisation:
    """A new organisation under `parent`. Administrators of an ancestor (or of the system) may add."""
    allowed = actor.is_platform or actor.has("system_admin")
    if parent is not None and not allowed:
        allowed = any(actor.has("org_admin", organisation_id=one) for one in parent.ancestor_ids)
    if not allowed:
        raise NotAllowed("只有上级单位管理员或系统管理员可以新增单位。", "Only administrators add organisations.")
    if not name.strip():
        raise BadInput("单位名称不能为空。", "The name is empty.", place="单位名称")
    if level not in dict(LEVELS):
        raise BadInput("请选择层级。", "Choose a level.", place="层级")
    if kind not in dict(KINDS):
        raise BadInput("请选择类别。", "Choose a kind.", place="类别")
    if credit_code and Organisation.objects.filter(credit_code=credit_code).exists():
        raise BadInput("这个信用代码已有单位使用。", "This credit code is taken.", place="信用代码")
    if Organisation.objects.filter(parent=parent, name=name.strip()).exists():
        raise BadInput(f"“{name}”已经存在。", "This organisation exists already.", place="单位名称")
    made = Organisation(
        name=name.strip(),
        short_name=short_name.strip() or name.strip(),
        level=level,
        kind=kind,
        parent=parent,
        region=region or (parent.region if parent else ""),
        corp_group=corp_group,
        credit_code=credit_code,
    )
    made.save()
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    append(actor=actor, at=at, action="organisation.add", kind="organisation", key=made.pk, data={"name": made.name})
    return made


def ancestors(organisation: Organisation) -> list[Organisation]:
    """From the organisation itself up to the root."""
    found = {one.pk: one for one in Organisation.objects.filter(pk__in=organisation.ancestor_ids)}
    return [found[pk] for pk in reversed(organisation.ancestor_ids) if pk in found]


def under(roots: Iterable[Organisation]) -> list[int]:
    """Ids of these organisations and of everything below them."""
    ids: list[int] = []
    for root in roots:
        ids.extend(Organisation.objects.filter(path__startswith=root.path).values_list("pk", flat=True))
    return ids
