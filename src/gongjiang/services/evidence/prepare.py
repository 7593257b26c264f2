"""What is made of a file in the background, one file at a time. The rows are the queue: nothing is lost by a restart,
and several workers may stand at it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from pypdfium2 import PdfiumError

from gongjiang.models import File, Prepared
from gongjiang.services.evidence import previews, storage
from gongjiang.services.evidence.compare import compare
from gongjiang.services.evidence.in_hand import take_in_hand
from gongjiang.services.evidence.reading import hints_in, keep


def claim(at: datetime) -> File | None:
    """Take the next file in hand; None if nothing waits."""
    rows = File.objects.filter(removed_at=None)
    return take_in_hand(rows, at, Prepared, state="prepared", tries="tries", since="taken_at")


def next_job(at: datetime) -> Callable[[], None] | None:
    """The next file to prepare, in hand (cli/jobs); None if none waits."""
    row = claim(at)
    return None if row is None else partial(prepare, row)


def prepare(row: File) -> None:
    """Make what belongs to a file in hand. Bytes that can't be drawn fail for good; a storage that doesn't answer
    leaves the file in hand, so that it is tried again later."""
    try:
        content = storage.opened(row.stored)
    except FileNotFoundError:
        _done(row, Prepared.FAILED)
        return
    except OSError:
        return
    with content:
        try:
            pages = previews.make(row, content)
            hints = hints_in(row.kind, content)
            compare(row, content, pages)
        except (PdfiumError, ValueError, SyntaxError):
            _done(row, Prepared.FAILED)
            return
        except OSError as error:
            if error.errno is None:  # Pillow's word for a broken picture
                _done(row, Prepared.FAILED)
            return
    keep(row, hints)
    _done(row, Prepared.DONE, pages)


def prepare_all(at: datetime) -> int:
    """Everything that waits now; how many files there were."""
    number = 0
    while (row := claim(at)) is not None:
        prepare(row)
        number += 1
    return number


def _done(row: File, state: Prepared, pages: int = 0) -> None:
    File.objects.filter(pk=row.pk).update(prepared=state, previews=pages)
