"""Pictures of every annex as it is printed, filled with invented people, into docs/forms/.

    .venv/bin/python scripts/forms.py [--word FOLDER] [ANNEX …]

`--word`: the same annexes' Word files and, where LibreOffice is at hand, pictures of those, to compare by eye.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")

import django  # noqa: E402

django.setup()

import pypdfium2  # noqa: E402
from forms_people import CASTER, PIECES, WELDER, portrait  # noqa: E402
from PIL import Image, ImageOps  # noqa: E402

from gongjiang.catalogue.packs import load_pack  # noqa: E402
from gongjiang.documents.docx import render_docx  # noqa: E402
from gongjiang.documents.layout import PageCode, Sheet  # noqa: E402
from gongjiang.documents.pdf import render_pdf  # noqa: E402
from gongjiang.documents.xlsx import SummarySheet, write_summary  # noqa: E402
from gongjiang.models import Case, Edition, Organisation, Process  # noqa: E402
from gongjiang.services.nominations.filling import blank_filling  # noqa: E402
from gongjiang.services.nominations.printing import filled_sheet  # noqa: E402
from gongjiang.services.nominations.sheet_cells import CellWriter, Listed  # noqa: E402
from gongjiang.services.nominations.summary import columns_of, header_of, summary_form  # noqa: E402
from gongjiang.services.programmes.papers import paper_sheet  # noqa: E402
from gongjiang.services.programmes.programme import Programme  # noqa: E402

SUMMED = ("national-2024", "jiangsu-2026")
FOLDER = ROOT / "docs" / "forms"
GREYS = 16
FILLED = {
    "national-2024": ("recommendation",),
    "jiangsu-2026": ("master_form", "career"),
    "changzhou-2024": ("application", "evidence_index"),
    "nanning-2026": ("application", "county_sheet", "industry_sheet", "expert_letter"),
}


def sheets() -> Iterator[tuple[str, Sheet]]:
    """Name of the picture, and the sheet."""
    for pack_id, forms in FILLED.items():
        edition = Edition()
        programme = Programme(edition, Process(edition=edition), load_pack(pack_id))
        for paper in programme.pack.papers:
            yield f"{pack_id}-{paper.id}", paper_sheet(programme.pack, paper.id)
        person = WELDER if pack_id == "nanning-2026" else CASTER
        if pack_id == "jiangsu-2026":
            person = {**person, "reason": person["reason"][: len(person["reason"]) // 3]}
        case = Case(process=programme.process, award=programme.awards[0].id, title=person["name"], route="个人自主申报")
        empty = blank_filling(programme, person, case)
        facts = replace(empty.facts, case={**empty.facts.case, "nominator": person["nominator"]})
        filling = replace(empty, facts=facts, photo=portrait(), pieces={"support": PIECES})
        for form in forms:
            code = PageCode(f"{pack_id}/{form}", f"GJ-{pack_id[-4:]}-0017", "3", "9f2c4be1a07733d0" * 4)
            yield f"{pack_id}-{form}", replace(filled_sheet(filling, form), code=code)


def tables() -> Iterator[tuple[str, bytes]]:
    """Name of the picture, and the official summary sheet as a workbook with the same two people."""
    unit = Organisation(name=CASTER["nominator"])
    for pack_id in SUMMED:
        edition = Edition()
        programme = Programme(edition, Process(edition=edition), load_pack(pack_id))
        form = summary_form(programme)
        writer = CellWriter(programme, columns_of(programme, form))
        rows = writer.rows([Listed(f"GJ-{n}", person, unit) for n, person in enumerate((CASTER, WELDER))])
        made = SummarySheet(form.shown, header_of(programme, form), tuple(map(tuple, rows)), above=form.topline)
        yield f"{pack_id}-{form.id}", write_summary(made)


def picture(pdf: bytes, scale: float = 1.25) -> Image.Image:
    """All pages of a PDF beside each other."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    wide = Image.new("RGB", (sum(one.width + 12 for one in pages) - 12, pages[0].height), (205, 205, 205))
    for n, one in enumerate(pages):
        wide.paste(one, (n * (one.width + 12), 0))
    return wide


def save(image: Image.Image, path: Path) -> None:
    """As a small PNG."""
    image.quantize(GREYS * 2).save(path, optimize=True)


def word(folder: Path, made: dict[str, Sheet]) -> None:
    """Word files, and what LibreOffice makes of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in made.items():
        (folder / f"{name}.docx").write_bytes(render_docx(sheet))
    for name in in_office(folder, [f"{name}.docx" for name in made]):
        save(picture((folder / f"{name}.pdf").read_bytes()), folder / f"{name}.png")


def in_office(folder: Path, names: list[str]) -> list[str]:
    """Files of a folder as PDF beside them, by LibreOffice; their names without ending, none where it isn't at hand."""
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not at hand: no pictures of Word files and workbooks")
        return []
    files = [str(folder / name) for name in names]
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return [Path(name).stem for name in names]


def spread(made: dict[str, bytes]) -> None:
    """Pictures of workbooks as they are printed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, data in made.items():
            (folder / f"{name}.xlsx").write_bytes(data)
        for name in in_office(folder, [f"{name}.xlsx" for name in made]):
            page = picture((folder / f"{name}.pdf").read_bytes())
            _, _, _, end = ImageOps.invert(page.crop((0, 0, page.width, page.height * 9 // 10))).getbbox()
            save(page.crop((0, 0, page.width, end + 30)), FOLDER / f"{name}.png")  # without the empty rest of the page


def main() -> None:
    """Draw what is asked for, or everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("annexes", nargs="*")
    parser.add_argument("--word", type=Path)
    args = parser.parse_args()
    made = {name: sheet for name, sheet in sheets() if not args.annexes or name in args.annexes}
    if args.word:
        word(args.word.resolve(), made)
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, sheet in made.items():
        save(picture(render_pdf(sheet)), FOLDER / f"{name}.png")
        print(f"{name}: {(FOLDER / f'{name}.png').stat().st_size // 1024} KB")
    spread({name: data for name, data in tables() if not args.annexes or name in args.annexes})


if __name__ == "__main__":
    main()
