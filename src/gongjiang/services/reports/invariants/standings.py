"""Every case has one state and one standing; who fell fell by a recorded effect."""

from collections.abc import Iterator

from gongjiang.models import Case, Honour, Process
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.programmes.programme import programme_of

NUMBER = 2
LAW = "每件申报只有一个状态和一个档次，命名与名册一致"


def violations() -> Iterator[str]:
    """Standings that no tier has, named cases without honour, honours whose case isn't named."""
    for process in Process.objects.select_related("edition__pack").order_by("id"):
        programme = programme_of(process)
        tiers = {one.id: {tier.id for tier in one.tiers} or {one.id} for one in programme.awards}
        for case in Case.objects.filter(process=process).exclude(standing="").order_by("id"):
            if case.standing not in tiers.get(case.award, set()):
                yield f"{case}：没有“{case.standing}”这个档次"
            if case.state in (CaseState.DISQUALIFIED, CaseState.WITHDRAWN, CaseState.REJECTED):
                yield f"{case}：已经{case.state}，仍有档次"
    for case in Case.objects.filter(state=CaseState.NAMED, honour__isnull=True).order_by("id"):
        yield f"{case}：已命名而名册中没有"
    for one in Honour.objects.filter(case__isnull=False).exclude(case__state=CaseState.NAMED).order_by("id"):
        yield f"{one}：名册中有而申报并未命名"
