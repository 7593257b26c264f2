"""A list's honours in the public register: names, units, titles, times; or no longer."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import RegistryImport
from gongjiang.services.audit.append import append
from gongjiang.services.registry.authority import imports_seen


@transaction.atomic
def open_list(*, actor: Actor, at: datetime, import_id: int, public: bool, basis: str) -> RegistryImport:
    """Show an imported list to the public (`basis`: where it was published), or stop. Raises NotFound, Stale (not taken
    over, or done already), BadInput without a basis."""
    one = imports_seen(actor).select_for_update(of=("self",)).filter(pk=import_id).first()
    if one is None:
        raise NotFound()
    if one.state != RegistryImport.State.TAKEN or one.public == public:
        raise Stale("这份名单没有导入，或刚刚改过，请刷新。", "Not taken, or done already.")
    said = clean(basis).strip()[:200]
    if not said:
        raise BadInput("请写明依据，如在哪里公布过。", "Say what it rests on.", place="依据")
    one.public = public
    one.save(update_fields=["public"])
    append(
        actor=actor, at=at, action="registry.open" if public else "registry.close", kind="registry", key=one.pk,
        data={"programme": one.register.code, "title": one.title, "reason": said},
    )  # fmt: skip
    return one
