"""Judgements that belong to no single case: about the edition, a nominating unit, a group of cases (ledger X-05)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, EditionRole, Judgement, StageList
from gongjiang.rules.programmes.schema.words import Judgement as JudgementSpec
from gongjiang.rules.programmes.stage_types.moves import LIVE
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.programmes.judge import read_answer, record
from gongjiang.services.programmes.programme import Programme

#: Cases looked through for the groups that a question is asked about.
MOST = 2000


@dataclass(frozen=True)
class Asked:
    """One question about one thing: `label` says which ('' for the edition), `given` is the answer that stands,
    `closed` the list that was made with it and can't change any more."""

    spec: JudgementSpec
    key: str
    label: str
    given: Judgement | None
    may: bool
    closed: str

    @property
    def field(self) -> str:
        """The name under which a page posts the answer."""
        return f"{self.spec.id}|{self.key}"


def edition_questions(programme: Programme) -> list[JudgementSpec]:
    """Questions of the pack that are asked about more than one case."""
    return [one for one in programme.pack.judgements if one.about not in ("case", "row")]


def asked_of(actor: Actor, programme: Programme) -> list[Asked]:
    """Every such question with all it is asked about, in the order of the pack. A fixed number of queries."""
    specs = edition_questions(programme)
    if not specs:
        return []
    standing = Judgement.objects.filter(process=programme.process, case_id=None, superseded=False)
    given = {(one.question, one.key): one for one in standing.select_related("by")}
    closed = {one.stage for one in StageList.objects.filter(process=programme.process).exclude(closed_at=None)}
    mine = _my_roles(actor, programme)
    things = _Things(programme)
    return [
        Asked(
            spec,
            key,
            label,
            given.get((spec.id, key)),
            actor.is_platform or bool(_judges(programme, spec) & mine),
            programme.stage(spec.before).shown if spec.before in closed and spec.before else "",
        )
        for spec in specs
        for key, label in things.of(spec)
    ]


@transaction.atomic
def judge_edition(
    *, actor: Actor, at: datetime, programme: Programme, question: str, key: str, answer: Any, basis: str
) -> Judgement:
    """Put one answer on record. NotAllowed unless a role that the pack names is the actor's; Refused once the list
    that rests on it was closed; BadInput for an answer of another kind, or without its basis."""
    found = next((one for one in asked_of(actor, programme) if (one.spec.id, one.key) == (question, key)), None)
    if found is None:
        raise NotFound("本届没有这一项认定。", "No such judgement.")
    spec = found.spec
    if not found.may:
        names = "、".join(programme.role_label(one) for one in spec.by)
        raise NotAllowed(f"“{spec.question}”由{names}认定。", "Not yours to judge.")
    if found.closed:
        raise Refused(f"“{found.closed}”名单已据此确定，认定不能再改。", "The list that rests on it is closed.")
    if not basis.strip():
        raise BadInput("请写明依据，如哪次会议。", "Name the meeting.", place="依据")
    codes = codes_of(programme, spec)
    value = read_answer(spec.takes, answer, spec.question, frozenset(codes))
    if spec.count and isinstance(value, list):
        _check_count(spec, len(set(value)))
    return record(
        actor=actor,
        at=at,
        programme=programme,
        question=question,
        about=spec.about if isinstance(spec.about, str) else f"each:{spec.about.get('each', '')}",
        key=key,
        answer=value,
        basis=basis.strip()[:500],
        organisation_id=actor.active.organisation_id if actor.active else None,
    )


def codes_of(programme: Programme, spec: JudgementSpec) -> dict[str, str]:
    """The codes an answer is chosen from, with their labels; none where it isn't."""
    found = programme.pack.vocabulary.codes.get(spec.takes.codes or "")
    return dict(found.labels) if found is not None else {}


def _check_count(spec: JudgementSpec, chosen: int) -> None:
    for word, said in (("exactly", "须选"), ("at_least", "至少选"), ("at_most", "至多选")):
        bound = (spec.count or {}).get(word)
        fits = bound is None or {
            "exactly": chosen == bound, "at_least": chosen >= bound, "at_most": chosen <= bound
        }[word]  # fmt: skip
        if not fits:
            raise BadInput(f"{said} {bound} 项，现为 {chosen} 项。", "The number of answers.", place=spec.question)


def _judges(programme: Programme, spec: JudgementSpec) -> set[str]:
    """Roles that answer: those named, and for a panel as a whole whoever runs it and keeps its record."""
    asked = set(programme.expand(spec.by))
    for stage in programme.stages:
        if programme.expand(getattr(stage, "jury", ())) & asked:
            asked |= programme.expand(stage.by)
    return asked


def _my_roles(actor: Actor, programme: Programme) -> set[str]:
    edition_id = programme.edition.pk
    mine = actor.organisation_ids(*ACTING, edition_id=edition_id)
    return set(
        EditionRole.objects.filter(edition_id=edition_id, organisation_id__in=mine).values_list("role", flat=True)
    )


class _Things:
    """What questions are asked about, read once and only when asked."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._facts: list[Any] | None = None

    def of(self, spec: JudgementSpec) -> Sequence[tuple[str, str]]:
        """(key, label): the edition, each nominating unit, each value of a path among those put forward."""
        if spec.about == "edition":
            return [("", "")]
        if spec.about == "unit":
            rows = EditionRole.objects.filter(edition=self.programme.edition, role__in=self.programme.nominating)
            units = rows.order_by("organisation__path").values_list("organisation__short_name", "organisation__name")
            return list({f"unit:{short}": name for short, name in units}.items())
        path = spec.about.get("each", "") if isinstance(spec.about, dict) else ""
        return [(f"{path}:{one}", str(one)) for one in sorted(set(self._values(path)))]

    def _values(self, path: str) -> Iterable[str]:
        if self._facts is None:
            cases = Case.objects.filter(process=self.programme.process, state__in=LIVE, submitted_at__isnull=False)
            rows = cases.select_related("subject", "applying_unit", "nominator").prefetch_related(
                "parties__organisation"
            )
            self._facts = list(facts_of(self.programme, rows.order_by("pk")[:MOST]).values())
        for one in self._facts:
            value = one.case.get(path.removeprefix("case.")) if path.startswith("case.") else one.subject.get(path)
            if value not in (None, ""):
                yield str(value)
