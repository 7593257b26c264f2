"""For those who keep registers: lists that a running edition lacks, people to be told apart."""

from gongjiang.kernel.actor import HANDLING
from gongjiang.services.registry.asked import lacking_of
from gongjiang.services.registry.authority import keeps, questions_seen
from gongjiang.services.reports.todo.item import Item, few
from gongjiang.services.reports.todo.scope import Scope


def register_items(scope: Scope) -> list[Item]:
    """One item for each edition that lacks lists, one for all questions of identity. A fixed number of queries."""
    mine = [one for one in scope.programmes.values() if scope.organises(one.edition) and one.pack.asks_registry]
    if not mine:
        return []
    lacking = lacking_of(mine)
    found = [
        Item(
            "registers",
            f"补齐“{one.edition.title}”要比对的名册",
            "去导入",
            edition_id=one.edition.pk,
            edition=one.edition.title,
            count=len(lacking[one.process.pk]),
            facts=(
                few([label for _, label in lacking[one.process.pk]]).replace(" 人", " 份"),
                "没有名册的，规则按“未知”处理",
            ),
            state="waiting",
            state_label="待导入",
            organisation_id=scope.seat(one.edition),
            roles=HANDLING,
        )
        for one in mine
        if one.process.pk in lacking
    ]
    waiting = questions_seen(scope.actor).filter(state="open").count() if keeps(scope.actor) else 0
    if waiting:
        edition = mine[0].edition
        found.append(
            Item(
                "same_person",
                f"核对 {waiting} 人是否同一人",
                "去核对",
                edition_id=edition.pk,
                edition=edition.title,
                count=waiting,
                facts=("名册与人选同名，没有身份证号可比",),
                state="waiting",
                state_label="待核对",
                organisation_id=scope.seat(edition),
                roles=HANDLING,
            )
        )
    return found
