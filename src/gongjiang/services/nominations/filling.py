"""What a printed form is filled from: a case's values, parties, opinions and photograph."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from gongjiang.documents import layout as lo
from gongjiang.kernel.dates import long_date
from gongjiang.models import Case, File, Opinion
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.shown import computed_text, shown
from gongjiang.services.nominations.unasked import unasked
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Filling:
    """All that blocks are filled from.

    `pieces`: titles of files by attachment and indicator; `leads`: words of the annex in an opinion's box, by party.
    """

    programme: Programme
    case: Case
    facts: Facts
    values: Mapping[str, Any]
    fields: Mapping[str, FieldSpec]
    photo: bytes | None
    opinions: Mapping[tuple[str, str], Opinion] = field(default_factory=dict)
    pieces: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str, form: str = "") -> str:
        """A field's value as it is printed."""
        spec = self.fields.get(name)
        if spec is None:
            return ""
        return shown(self.programme, spec, self.values.get(name), form) or computed_text(spec, self.facts)

    def of_case(self, name: str, form: str = "") -> str:
        """A value of the case itself: a party, the contact, the day of filling."""
        if name == "fill_date" and self.values.get(name) in (None, ""):
            handed_in = self.case.submitted_at
            return lo.BLANK_DATE if handed_in is None else long_date(timezone.localtime(handed_in).date())
        spec = self.fields.get(name)
        if spec is not None and name in self.values:
            return shown(self.programme, spec, self.values.get(name), form)
        return str(self.facts.case.get(name) or "")

    def label(self, name: str) -> str:
        """A field's label."""
        spec = self.fields.get(name)
        return name if spec is None else spec.shown


def filling_of(programme: Programme, case: Case) -> Filling:
    """The case as its forms print it: numbers in clear, for paper only."""
    given = {(one.sheet, one.party): one for one in Opinion.objects.filter(case=case).select_related("organisation")}
    facts, values = facts_of_one(programme, case), opened(case.values, programme.pack.vocabulary)
    hidden = unasked(programme, case, values, facts)
    return Filling(
        programme,
        case,
        facts,
        {name: one for name, one in values.items() if name not in hidden},
        programme.fields_of(case.award),
        _photo(programme, case),
        given,
        _pieces(case),
    )


def blank_filling(programme: Programme, values: Mapping[str, Any] | None = None, case: Case | None = None) -> Filling:
    """Nobody's: an annex to fill by hand, or a sample with these `values`. Asks the database nothing."""
    unsaved = case or Case(process=programme.process, award=programme.awards[0].id)
    words = programme.pack.vocabulary
    facts = Facts(words=words, params=dict(programme.params), case={"award": unsaved.award, "route": unsaved.route})
    return Filling(programme, unsaved, facts, values or {}, programme.fields_of(unsaved.award), None)


def _pieces(case: Case) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    kept = File.objects.filter(case=case, removed_at=None).exclude(indicator="").order_by("position", "id")
    for attachment, indicator, title in kept.values_list("attachment", "indicator", "title"):
        found.setdefault(attachment, {}).setdefault(indicator, []).append(title)
    return found


def _photo(programme: Programme, case: Case) -> bytes | None:
    names = [one.id for one in programme.pack.attachments if one.photo is not None]
    row = File.objects.filter(case=case, attachment__in=names, removed_at=None).order_by("-id").first()
    if row is None or not default_storage.exists(row.stored):
        return None
    with default_storage.open(row.stored) as stored:
        return bytes(stored.read())
