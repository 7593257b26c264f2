"""The official summary sheet of a whole edition, sent while it is read: one query, however many people."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from gongjiang.documents.xlsx.stream import stream_list
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, EditionRole, Organisation
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.nominations.sheet_cells import CellWriter, Listed
from gongjiang.services.nominations.sheet_columns import Column
from gongjiang.services.nominations.summary import CODE, columns_of, header_of, summary_form
from gongjiang.services.programmes.programme import Programme

CHUNK = 1_000


def may_export(actor: Actor, programme: Programme) -> bool:
    """Officers and approvers of who runs the edition: the sheet has numbers in clear."""
    edition = programme.edition
    held = EditionRole.objects.filter(edition=edition, per_case=False).values_list("organisation_id", flat=True)
    running = {edition.organiser_id, *held}
    return actor.is_platform or any(
        actor.has("officer", "approver", organisation_id=one, edition_id=edition.pk) for one in running
    )


def stream_summary(
    *, actor: Actor, at: datetime, programme: Programme, form_id: str = "", codes: bool = False
) -> Iterator[bytes]:
    """Everybody handed in, as the official workbook in pieces; numbers in clear, and on record that it was fetched.

    NotFound where the notice has no summary sheet, or for who doesn't run the edition.
    """
    form = summary_form(programme, form_id)
    if not may_export(actor, programme):
        raise NotFound()
    with transaction.atomic():
        append(
            actor=actor, at=at, action="summary.export", kind="edition", key=programme.edition.pk,
            edition_id=programme.edition.pk, data={"form": form.id, "codes": codes},
        )  # fmt: skip
    cases = visible_to(actor).filter(process=programme.process, submitted_at__isnull=False)
    return _stream(programme, form, cases.exclude(state=CaseState.WITHDRAWN), codes)


def _stream(programme: Programme, form: Form, cases: QuerySet[Case], codes: bool) -> Iterator[bytes]:
    columns = columns_of(programme, form)
    cases = cases.order_by("id")
    if any(one.name and one.spec is None and not one.parts and one.name != "nominator" for one in columns):
        whole = cases.select_related("nominator", "applying_unit").prefetch_related("parties__organisation")
        return _pieces(programme, form, columns, list(whole), codes)
    return _pieces(programme, form, columns, _listed(cases), codes)


def _listed(cases: QuerySet[Case]) -> Iterator[Listed]:
    """Numbers, values and nominators alone; a case as it is kept would be made of sixty fields."""
    units = Organisation.objects.in_bulk(cases.order_by().values_list("nominator_id", flat=True).distinct())
    for number, values, nominator in cases.values_list("number", "values", "nominator_id").iterator(chunk_size=CHUNK):
        yield Listed(number, values, units[nominator])


def _pieces(
    programme: Programme, form: Form, columns: Sequence[Column], cases: Iterable[Case | Listed], codes: bool
) -> Iterator[bytes]:
    header, numbers = header_of(programme, form), list[str]()

    def listed() -> Iterator[Case | Listed]:
        for one in cases:
            numbers.append(one.number)
            yield one

    rows = CellWriter(programme, columns).rows(listed())
    if not codes:
        return stream_list(form.shown, header, rows, "汇总表")
    coded = ([*row, numbers[at]] for at, row in enumerate(rows))
    return stream_list(form.shown, (*header, CODE), coded, "汇总表")
