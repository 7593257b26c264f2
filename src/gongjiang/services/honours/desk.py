"""The page of a naming for those who issue it."""

from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Edition, NamingDocument
from gongjiang.services.honours.finish import may_finish, what_is_open
from gongjiang.services.honours.naming import Naming, name_stage, prepare
from gongjiang.services.nominations.authority import may_decide
from gongjiang.services.public_notices.authority import handles
from gongjiang.services.public_notices.desk import programme_seen


@dataclass(frozen=True)
class NamingDesk:
    """The next document, those issued before, and whether this person may issue it."""

    naming: Naming
    issued: list[NamingDocument]
    may_name: bool
    may_finish: bool
    open: tuple[str, ...]


def naming_desk(actor: Actor, edition_id: int, stage_id: str) -> NamingDesk:
    """The page of this stage; NotFound for those who have no part in it."""
    programme = programme_seen(actor, edition_id)
    if stage_id not in {one.id for one in programme.stages}:
        raise NotFound()
    stage = name_stage(programme, stage_id)
    if not handles(actor, programme, (*stage.by, *stage.with_)):
        raise NotFound()
    issued = list(
        NamingDocument.objects.filter(process=programme.process).prefetch_related("honours").order_by("-id")[:20]
    )
    ending = bool(issued) and may_finish(actor, programme.edition) and programme.edition.state == Edition.State.OPEN
    return NamingDesk(
        prepare(programme, stage_id),
        issued,
        may_decide(actor, programme, stage.by),
        ending,
        tuple(what_is_open(programme.edition)) if ending else (),
    )
