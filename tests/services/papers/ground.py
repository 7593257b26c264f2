"""Scans as people make them of what the platform printed: drawn, turned a little, noisy, compressed."""

import random
from io import BytesIO

import pypdfium2
from PIL import Image

from gongjiang.models import Case
from gongjiang.services.nominations.printing import print_form
from gongjiang.services.programmes.programme import programme_of


def scan_of(case: Case, form: str, *, turn: float = 1.3, covered: bool = False) -> bytes:
    """A JPEG of a printed form as it stands; `covered`: something lies over its code."""
    fresh = Case.objects.select_related("process__edition__pack", "nominator", "applying_unit").get(pk=case.pk)
    document = pypdfium2.PdfDocument(print_form(programme_of(fresh.process), fresh, form, "pdf"))
    page = document[0].render(scale=200 / 72).to_pil().convert("L")
    if covered:
        page = Image.new("L", page.size, "white")
    page = page.rotate(turn, expand=True, fillcolor="white")
    grain = Image.frombytes("L", page.size, random.Random(3).randbytes(page.width * page.height))
    out = BytesIO()
    Image.blend(page, grain, 0.15).save(out, "JPEG", quality=50)
    return out.getvalue()
