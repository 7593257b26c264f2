"""What lies on an expert's desk beside the sheet: the form as it was filled in, files, questions of the panel."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, File, Judgement, Opinion
from gongjiang.rules.programmes.schema.words import Judgement as JudgementSpec
from gongjiang.services.formality.reading import Part, reading
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.blind.desk import BlindFile, blind_material
from gongjiang.services.scoring.sheet import Desk


@dataclass(frozen=True)
class Asked:
    """A question to the panel about this case; `answer` is None while nobody has answered."""

    spec: JudgementSpec
    answer: Any = None


@dataclass(frozen=True)
class View:
    """What one party said of the case: `by` is whoever signed."""

    label: str
    verdict: str
    text: str
    by: str


@dataclass(frozen=True)
class Material:
    """Parts of the form in order, files in order, questions that the panel answers, `views` that it weighs.

    On a blind panel: redacted copies for files, so many `withheld`, and no parts unless their words are `told`.
    """

    parts: tuple[Part, ...]
    files: tuple[File | BlindFile, ...]
    asked: tuple[Asked, ...]
    told: bool = True
    withheld: int = 0
    views: tuple[View, ...] = ()


def material(desk: Desk) -> Material:
    """The material of a desk that was found to be the actor's own; nothing of a case that was set aside."""
    case, programme = desk.assignment.case, desk.programme
    if desk.assignment.state != "assigned":
        return Material((), (), ())
    asked = tuple(_asked(desk))
    if is_blind(programme, desk.stage):
        blind = blind_material(desk)
        return Material(blind.parts, _by_indicator(desk, blind.files), asked, blind.told, blind.withheld)
    rows = File.objects.filter(case=case, removed_at=None).order_by("position", "id")
    return Material(reading(programme, case), _by_indicator(desk, rows), asked, views=views_of(programme, case))


def views_of(programme: Programme, case: Case) -> tuple[View, ...]:
    """Opinions given to be weighed (`need: given`): mentors' and units' of an assessment. Those that only let a case
    through are the offices' matter."""
    weighed = {
        sheet for one in programme.stages if getattr(one, "need", "") == "given" for sheet in getattr(one, "sheets", ())
    }
    given = {
        (one.sheet, one.party): one
        for one in Opinion.objects.filter(case=case, sheet__in=weighed)
        .exclude(verdict="")
        .select_related("organisation", "by")
    }
    return tuple(
        View(party.shown, one.verdict, one.text, signed_by(one))
        for sheet in programme.pack.opinions
        for party in sheet.parties
        if (one := given.get((sheet.id, party.id))) is not None
    )


def signed_by(one: Opinion) -> str:
    """Who signed an opinion: by link, for an organisation, or the person."""
    if one.signer:
        return one.signer
    if one.organisation is not None:
        return one.organisation.name
    said = one.by.full_name if one.by is not None else ""
    return f"{said}据书面意见代录" if one.on_behalf else said


def _by_indicator(desk: Desk, rows: Iterable[File | BlindFile]) -> tuple[File | BlindFile, ...]:
    """Files by the pack's attachments, portraits last, then by the sheet's lines, then as the filer ordered them."""
    specs = sorted(desk.programme.pack.attachments, key=lambda one: one.photo is not None)
    attachments = {one.id: n for n, one in enumerate(specs)}
    leaves = {one.id: n for n, one in enumerate(desk.leaves)}
    return tuple(sorted(rows, key=lambda one: (attachments.get(one.attachment, -1), leaves.get(one.indicator, -1))))


def _asked(desk: Desk) -> list[Asked]:
    """Yes-or-no and other questions about the case that the pack puts to this panel's jury."""
    programme, case = desk.programme, desk.assignment.case
    jury = programme.expand(desk.stage.jury)
    specs = [
        one
        for one in programme.pack.judgements
        if one.about == "case" and programme.expand(one.by) & jury and (not one.award or case.award in one.award)
    ]
    if any(one.when is not None for one in specs):
        facts = facts_of_one(programme, case)
        specs = [one for one in specs if holds(programme, one.when, facts) is Truth.TRUE]
    given = dict(
        Judgement.objects.filter(process=programme.process, case_id=case.pk, superseded=False).values_list(
            "question", "answer"
        )
    )
    return [Asked(one, given.get(one.id)) for one in specs]
