"""A summary sheet as the annex has it, to be filled in by hand: heading, 示例 row, empty numbered rows."""

from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.services.nominations.summary import column_spec, header_of, summary_form
from gongjiang.services.programmes.programme import Programme

EMPTY_ROWS = 3
EXAMPLE = "示例"


def blank_lists(programme: Programme) -> list[tuple[str, str, str]]:
    """The notice's summary sheets as (id, annex, name)."""
    return [(one.id, one.heading or "", one.shown) for one in programme.pack.forms if one.list is not None]


def blank_list(programme: Programme, form_id: str) -> bytes:
    """One of them as an Excel file. NotFound if there is none such."""
    form = summary_form(programme, form_id)
    columns = [column_spec(one) for one in form.columns]
    told = tuple(EXAMPLE if "computed" in one else str(one.get("example", "")) for one in columns)
    numbered = [tuple(n if "computed" in one else None for one in columns) for n in range(1, EMPTY_ROWS + 1)]
    return write_summary(
        SummarySheet(
            form.shown,
            header_of(programme, form),
            tuple(numbered),
            told if any(one.get("example") for one in columns) else (),
            above=form.topline,
        )
    )
