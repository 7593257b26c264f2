"""Do the people of a register count as artisans beside those named here? Said by people, on record (ledger M-01)."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.kernel.text import clean
from gongjiang.models import Register, RegistryEntry
from gongjiang.services.audit.append import append
from gongjiang.services.registry.authority import must_keep
from gongjiang.services.tallies import recount_listed

BATCH = 500


@transaction.atomic
def set_counted(*, actor: Actor, at: datetime, code: str, counted: bool, reason: str) -> Register:
    """From now on they count, or no longer do. NotFound for a register that isn't there, BadInput without a reason."""
    must_keep(actor)
    register = Register.objects.select_for_update().filter(code=code).first()
    if register is None:
        raise NotFound()
    said = clean(reason).strip()[:120]
    if not said:
        raise BadInput("请写明依据，如“名册所列都是已认定的市级工匠”。", "Say what it rests on.", place="依据")
    if register.counted != counted:
        register.counted = counted
        register.save(update_fields=["counted"])
        rows = RegistryEntry.objects.filter(source__register=register, standing=True, subject__isnull=False)
        people = sorted(set(rows.order_by().values_list("subject", flat=True)))
        for start in range(0, len(people), BATCH):
            recount_listed(people[start : start + BATCH])
    append(
        actor=actor, at=at, action="registry.count", kind="registry", key=register.pk,
        data={"programme": code, "counted": counted, "reason": said},
    )  # fmt: skip
    return register
