"""Paper that arrived against scans that were uploaded: where they are of different prints, both sides are told what to
do. Whichever comes second tells."""

from collections.abc import Iterable

from gongjiang.models import ArrivedPaper, PrintedSheet, StampedScan
from gongjiang.rules.papers.crossing import Print, crossing
from gongjiang.services.nominations.printed import marks_in
from gongjiang.services.papers.expected import Key


def crossed(case_ids: Iterable[int]) -> dict[Key, str]:
    """By case and form: the hint, where the paper told by its code and the scan are of different prints. Two queries,
    however many cases."""
    ids = list(case_ids)
    papers: dict[Key, tuple[str, PrintedSheet]] = {}
    arrived = ArrivedPaper.objects.filter(case__in=ids, printed__isnull=False, arrival__voided_at=None)
    for one in arrived.select_related("printed").order_by("id"):
        if one.case_id is not None and one.printed is not None:
            papers[one.case_id, one.form] = (one.label, one.printed)
    scans: dict[Key, PrintedSheet | None] = {}
    if papers:
        kept = StampedScan.objects.filter(case__in=ids, file__removed_at=None)
        for scan in kept.select_related("printed").order_by("id"):
            scans[scan.case_id, scan.form] = scan.printed
    found: dict[Key, str] = {}
    for key, (label, printed) in papers.items():
        scanned = scans.get(key)
        if scanned is not None and (text := crossing(label, _print(printed), _print(scanned))):
            found[key] = text
    return found


def _print(row: PrintedSheet) -> Print:
    return Print(row.version, row.pk, row.digest, tuple(marks_in(row)))
