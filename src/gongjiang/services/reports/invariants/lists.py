"""What stands on a list keeps the pack's hard pools, reckoned anew from the cases."""

from collections.abc import Iterator

from gongjiang.models import Case, Process, StageRow
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.rules.quotas.pools import Outcome
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.rounds.pools import pool_book

NUMBER = 1
LAW = "名单上的人按条件重新计算，硬性名额都不突破"


def violations() -> Iterator[str]:
    """Pools with an upper bound that a list breaks now."""
    for process in Process.objects.select_related("edition__pack").order_by("id"):
        programme = programme_of(process)
        for stage in programme.stages:
            if not any(one.on == stage.id and one.force == "hard" for one in programme.pack.pools):
                continue
            here = StageRow.objects.filter(process=process, stage=stage.id, state=RowState.DONE)
            cases = {
                one.pk: one
                for one in Case.objects.filter(pk__in=here.values("case_id"), state__in=sorted(LIVE))
                .select_related("nominator", "applying_unit", "subject")
                .prefetch_related("parties__organisation")
            }
            for state in pool_book(programme, stage.id, cases, facts_of(programme, cases.values())).states(cases):
                if state.force == "hard" and state.kind == "at_most" and state.outcome is Outcome.BROKEN:
                    yield f"{process.edition.title}：{state.sentence}"
