"""Opinion boxes of a printed form."""

from collections.abc import Mapping
from typing import Any, Literal

from django.utils import timezone

from gongjiang.documents import layout as lo
from gongjiang.kernel.dates import long_date
from gongjiang.models import Opinion
from gongjiang.services.programmes.programme import Programme


def opinion_block(
    programme: Programme,
    given: Mapping[tuple[str, str], Opinion],
    sheet_id: str,
    parties: tuple[str, ...],
    columns: Any,
    label: str,
    *,
    lines: int = 4,
    stamp: str = "（盖章）",
    sign: str = "",
    leads: Mapping[str, str] | None = None,
    beside: tuple[lo.OpinionCell, ...] = (),
    layout: Literal["beside", "under"] = "beside",
) -> list[lo.Block]:
    """The boxes of these parties of a sheet, each with what was said, by whom and when; `beside` stand next to them.

    `leads`: the annex's own words in a party's box, by party.
    """
    sheet = next((one for one in programme.pack.opinions if one.id == sheet_id), None)
    if sheet is None:
        return []
    cells = []
    for party in sheet.parties:
        if parties and party.id not in parties:
            continue
        one = given.get((sheet_id, party.id))
        text = "" if one is None else _words(one)
        dated = long_date(timezone.localtime(one.given_at).date()) if one is not None and one.given_at else ""
        name = one.organisation.name if one is not None and one.organisation is not None and one.verdict else ""
        lead = (leads or {}).get(party.id, "")
        cells.append(lo.OpinionCell(party.shown, text, name, dated, stamp, lines, lead, sign, layout))
    return [lo.Opinions((*cells, *beside), columns if isinstance(columns, int) else 1, label)]


def _words(one: Opinion) -> str:
    """What stands in the box: the words; a bare verdict where there are none; a refusal always as one."""
    if one.verdict == Opinion.Verdict.DISAGREE and not one.text.startswith(one.verdict):
        return f"{one.verdict}。{one.text}"
    return one.text or one.verdict
