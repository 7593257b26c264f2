"""Experts and cases as the rules of recusal read them (TRUST 5)."""

import unicodedata
from collections.abc import Iterable

from gongjiang.models import Case, Expert, Organisation
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.conflicts import CaseFacts, ExpertFacts, conflict

#: Grounds that hold whatever the pack names: nobody scores themselves, their kin, their own unit's people.
ALWAYS = ("same_employer", "kin")
OWN = "本人或本人填报的申报"


def plain(text: str) -> str:
    """A name without width and white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _names(raw: object) -> frozenset[str]:
    return frozenset(plain(str(one)) for one in raw) - {""} if isinstance(raw, list) else frozenset()


def expert_facts(expert: Expert) -> ExpertFacts:
    """What the expert said of themselves; load it with its user."""
    said = expert.declared
    return ExpertFacts(
        id=expert.user.full_name,
        employers=_names([expert.employer, *said.get("employers", [])]),
        kin=_names(said.get("kin", [])),
        mentor_of=_names(said.get("mentor_of", [])),
        recommended=_names(said.get("recommended", [])) | {f"by:{plain(expert.user.full_name)}"},
        declared=frozenset(said.get("cases", {})),
    )


def case_facts(case: Case) -> CaseFacts:
    """The person, where they work, who nominates them; `by:…` for those who wrote a recommendation."""
    writers = case.values.get("experts")
    rows = writers if isinstance(writers, list) else []
    recommended = {f"by:{plain(str(one.get('name', '')))}" for one in rows if isinstance(one, dict)}
    units = [case.applying_unit, *(one.organisation for one in case.parties.all())]
    employers = [one for one in units if one.level == Organisation.Level.EMPLOYER]
    return CaseFacts(
        id=str(case.pk),
        subjects=frozenset({plain(case.title)} | recommended),
        employers=_names([str(case.values.get("employer") or ""), *_organisations(employers)]),
        units=_names(list(_organisations([case.nominator]))),
    )


def grounds(stage: Panel, expert: Expert, case: Case) -> list[str]:
    """Every ground on which this expert must keep away from this case; none: they may score it.

    The case comes with `subject`, `applying_unit`, `nominator` and `parties__organisation`.
    """
    found = []
    person = case.subject.user_id if case.subject is not None else None
    if expert.user_id in {person, case.filer_id}:
        found.append(OWN)
    rules = tuple(dict.fromkeys((*stage.recusal, *ALWAYS)))
    decision = conflict(expert_facts(expert), case_facts(case), rules)
    if not decision.allowed:
        found += [one.text.removesuffix("，须回避。") for one in decision.reasons]
    return found


def _organisations(rows: Iterable[Organisation]) -> list[str]:
    return [name for one in rows for name in (one.name, one.short_name)]
