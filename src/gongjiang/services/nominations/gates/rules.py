"""rules: no rule of the pack refuses, and those gated here or earlier are met."""

from gongjiang.kernel.decision import Decision
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.nominations.rulebook import may_pass


def gate(passage: Passage) -> Decision:
    """Refuses with every reason at once (pack-notes 6).

    Who goes on with an earlier tier need not meet what gates the lists that did not keep them; who comes up on such
    a list must.
    """
    beside = _beside(passage.case) - {passage.stage.id}
    return may_pass(passage.programme, passage.facts, passage.stage.id, beside=beside)


def _beside(case: Case) -> frozenset[str]:
    if not case.standing:
        return frozenset()
    rows = dict(StageRow.objects.filter(case=case).values_list("stage", "state"))
    if not _ASIDE & set(rows.values()):
        return frozenset()
    return frozenset(name for name, state in rows.items() if state in _ASIDE | {RowState.PASSED_BY})


_ASIDE = {RowState.RETAINED, RowState.ALTERNATE}
