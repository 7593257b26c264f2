"""Who comes first in a programme because of an honour from another: told with its source, never counted (G-14)."""

from dataclasses import dataclass
from datetime import date

from gongjiang.models import Case, Preference
from gongjiang.rules.honours.standing import HELD
from gongjiang.services.honours.scope import public_honours
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Ahead:
    """`label`: what the other programme's notice says; `source`: the honour, and the document that conferred it."""

    label: str
    source: str
    since: date


def codes_of(programme: Programme) -> frozenset[str]:
    """Words by which another notice may mean this programme: its pack, and the registers its stages name into."""
    named = (getattr(one, "registers", None) for one in programme.stages)
    return frozenset({programme.pack.pack.id, *(one for one in named if isinstance(one, str) and one)})


def ahead_of(programme: Programme, case: Case) -> tuple[Ahead, ...]:
    """Preferences that the person of this case holds here, by honours that stand. One query, for whoever may see the
    case: the honours are public."""
    if case.subject_id is None:
        return ()
    rows = (
        Preference.objects.filter(
            programme__in=codes_of(programme),
            honour__in=public_honours().filter(subject_id=case.subject_id, state__in=HELD),
        )
        .exclude(honour__edition=programme.edition)
        .select_related("honour__document")
        .order_by("honour__from_date", "id")
    )
    return tuple(Ahead(one.label, _source(one), one.honour.from_date) for one in rows[:20])


def _source(one: Preference) -> str:
    number = one.honour.document.number if one.honour.document is not None else ""
    return "，".join(part for part in (one.honour.title, number) if part)
