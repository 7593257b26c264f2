"""opinions: the parties of the stage's sheets have agreed, as many as the stage needs."""

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.models import Opinion
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.nominations.opinion_parties import needed_parties, said_enough


def gate(passage: Passage) -> Decision:
    """All (or any, or so many) of the parties asked at this stage say 同意; or all have said what they think."""
    parties = needed_parties(passage.programme, passage.stage, passage.facts)
    if not parties:
        return Decision.yes()
    given = passage.facts.opinions
    if said_enough(passage.stage, parties, given):
        return Decision.yes()
    weighed = getattr(passage.stage, "need", "all") == "given"
    against = [one for one in parties if given.get((one.sheet, one.party)) == "不同意" and not weighed]
    silent = [one for one in parties if (one.sheet, one.party) not in given]
    reasons = [Reason(f"{one.label}：不同意", one.clause) for one in against]
    declined = {} if not silent else _declined(passage)
    reasons += [
        Reason(f"{one.label}：{declined.get((one.sheet, one.party), '还没有意见')}", one.clause) for one in silent
    ]
    return Decision.no(*(reasons or [Reason("意见还不够。", passage.stage.clause)]))


def _declined(passage: Passage) -> dict[tuple[str, str], str]:
    """Parties that said why they give no opinion."""
    rows = Opinion.objects.filter(case=passage.case, verdict="").exclude(declined="")
    return {(one.sheet, one.party): f"不出具意见（{one.declined}）" for one in rows}
