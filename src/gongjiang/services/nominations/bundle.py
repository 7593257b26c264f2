"""What goes up with a list: its summary sheet, each nominee's printed forms, and their evidence, in one archive."""

from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from django.core.files.storage import default_storage

from gongjiang.models import Case, File
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.printing import papers_of, print_form
from gongjiang.services.nominations.summary import export_summary
from gongjiang.services.programmes.programme import Programme

#: An archive larger than this is kept on disk while it is made.
IN_MEMORY = 16 * 1024 * 1024


def bundle_of(programme: Programme, stage: Stage, cases: Sequence[Case]) -> IO[bytes]:
    """The archive, at its beginning. Forms are those that the stage sends (`forms`), all of the case without them."""
    held = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    sent = set(stage.forms)
    labels = {one.id: one.shown for one in programme.pack.attachments}
    files = File.objects.filter(case__in=cases, removed_at=None).order_by("case_id", "attachment", "position", "id")
    with ZipFile(held, "w", ZIP_STORED) as archive:
        for form in programme.pack.forms:
            if form.list is not None and (not sent or form.id in sent):
                archive.writestr(f"{form.shown}.xlsx", export_summary(programme, list(cases), form.id))
        for case in cases:
            folder = f"{case.number}-{case.title}"
            for form_id, label in papers_of(programme, case):
                if not sent or form_id in sent:
                    archive.writestr(f"{folder}/{label}.pdf", print_form(programme, case, form_id, "pdf"))
            mine = [one for one in files if one.case_id == case.pk]
            for n, one in enumerate(mine, 1):
                label = labels.get(one.attachment, one.attachment)[:20].replace("/", "、")
                with default_storage.open(one.stored) as content:
                    archive.writestr(f"{folder}/支撑材料/{n:02d}-{label}.{one.kind or 'bin'}", content.read())
    held.seek(0)
    return held
