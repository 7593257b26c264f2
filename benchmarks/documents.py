"""The national recommendation form with photograph and page code, against docxtpl + LibreOffice, in one run.

    python benchmarks/documents.py [--forms 600] [--their-forms 60] [--book 270]

A processor second counts only what a process itself worked, so that its figures say something on a busy machine, too;
the bars are on plain time. Two processes on either side. Ours: each form from the pack's data and a person's values to
a PDF of its own; then an edition's 270 forms as one file. Theirs: docxtpl fills the same form as a Word template,
LibreOffice turns all of them into PDF in one call a process, its best batch mode. One line of JSON ends it: figures,
ratios, bars, "ok".
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")

import django  # noqa: E402

django.setup()

import pypdfium2  # noqa: E402

from benchmarks.support.openfisca_env import NotHad, openfisca_python  # noqa: E402
from benchmarks.support.people_on_paper import photo, sheet, values  # noqa: E402
from benchmarks.support.word_template import code_png, template, their_values  # noqa: E402
from gongjiang.documents.pdf import render_book, render_pdf  # noqa: E402
from gongjiang.kernel.collection import settle  # noqa: E402

PROCESSES = 2
BARS = {
    "forms_a_second": ("≥", 80.0),
    "times_docxtpl": ("≥", 12.0),
    "megabytes": ("≤", 500.0),
    "book_pages_a_second": ("≥", 100.0),
    "book_megabytes": ("≤", 800.0),
}


def main() -> int:
    """Measure, print, end with JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--forms", type=int, default=600)
    parser.add_argument("--their-forms", type=int, default=60)
    parser.add_argument("--book", type=int, default=270)
    parser.add_argument("--only", choices=["singles", "book"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        print(json.dumps(singles(args.forms) if args.only == "singles" else book(args.book)))
        return 0
    figures: dict[str, Any] = {"forms": args.forms, "their_forms": args.their_forms, "processes": PROCESSES}
    figures |= alone("singles", args.forms)
    try:
        figures |= docxtpl(args.their_forms)
        figures["times_docxtpl"] = round(figures["forms_a_second"] / figures["docxtpl_forms_a_second"], 1)
        figures["times_docxtpl_by_processor"] = round(
            figures["forms_a_processor_second"] / figures["docxtpl_forms_a_processor_second"], 1
        )
    except NotHad as error:
        figures["docxtpl"] = f"not measured: {error}"
    figures |= alone("book", args.book)
    reasons = failures(figures)
    for name, (sign, bar) in BARS.items():
        print(f"  {name}: {figures.get(name, '—')} ({sign} {bar:g})")
    print(json.dumps({"benchmark": "documents", **figures, "not_met": reasons, "ok": not reasons}, ensure_ascii=False))
    return 0 if not reasons else 1


def failures(figures: dict[str, Any]) -> list[str]:
    """Bars not met, or not measured; anything less than a whole edition is not ok."""
    found = [] if figures["forms"] >= 270 and figures["book_pages"] >= 270 else ["fewer than 270 forms"]
    for name, (sign, bar) in BARS.items():
        value = figures.get(name)
        if value is None or (value < bar if sign == "≥" else value > bar):
            found.append(f"{name} {value} {sign} {bar:g}")
    return found


def alone(what: str, count: int) -> dict[str, Any]:
    """One measurement in a fresh process, so that its memory is its own."""
    command = [sys.executable, __file__, "--only", what, "--forms" if what == "singles" else "--book", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def singles(count: int) -> dict[str, Any]:
    """Forms by two processes, each a PDF of its own."""
    portraits = [photo(n) for n in range(count)]
    with printers() as pool:
        warm(pool)
        before, start = worked(pool), time.perf_counter()
        sizes = list(pool.map(one_form, range(count), portraits, chunksize=10))
        took, spent = time.perf_counter() - start, worked(pool) - before
        megabytes = memory(pool)
    if min(sizes) < 20_000:
        raise RuntimeError("a form came out empty")
    return {
        "forms_a_second": round(count / took, 1),
        "forms_a_processor_second": round(count / spent, 1),
        "megabytes": megabytes,
        "bytes_a_form": sum(sizes) // count,
        "load": round(os.getloadavg()[0], 1),
    }


def book(count: int) -> dict[str, Any]:
    """An edition's forms as one file."""
    sheets = [sheet(n, photo(n)) for n in range(count)]
    with printers() as pool:
        warm(pool)
        start = time.perf_counter()
        made = render_book(sheets, pool)
        took = time.perf_counter() - start
        megabytes = memory(pool)
    with pypdfium2.PdfDocument(made) as document:
        pages = len(document)
    return {
        "book_pages": pages,
        "book_pages_a_second": round(pages / took, 1),
        "book_megabytes": megabytes,
        "book_bytes": len(made),
    }


def printers() -> ProcessPoolExecutor:
    """Two processes, each with a press of its own, settled as a server's are."""
    return ProcessPoolExecutor(PROCESSES, mp_context=get_context("forkserver"), initializer=settle)


def warm(pool: Executor) -> None:
    """Fonts loaded and the template compiled once in each process."""
    list(pool.map(first_form, range(PROCESSES * 2)))


def first_form(number: int) -> int:
    """A form that doesn't count; slow enough that no process takes two."""
    size = one_form(90_000 + number, photo(number))
    time.sleep(0.5)
    return size


def one_form(number: int, picture: bytes) -> int:
    """One person's form as PDF; its size."""
    return len(render_pdf(sheet(number, picture)))


def worked(pool: Executor) -> float:
    """Processor seconds that the printers have worked so far."""
    return sum(dict(pool.map(seconds, range(PROCESSES * 2))).values())


def seconds(_: int) -> tuple[int, float]:
    """Process id and its processor seconds."""
    time.sleep(0.2)
    return os.getpid(), time.process_time()


def memory(pool: Executor) -> float:
    """Most megabytes held: this process and its printers, each at its own peak."""
    peaks = dict(pool.map(peak, range(PROCESSES * 2)))
    return round((sum(peaks.values()) + peak(0)[1]) / 1024, 1)


def peak(_: int) -> tuple[int, int]:
    """Process id and its peak in kilobytes."""
    time.sleep(0.2)
    return os.getpid(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def docxtpl(count: int) -> dict[str, float]:
    """Forms a second, and a processor second, by docxtpl and LibreOffice, two processes of each. Raises NotHad."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise NotHad("LibreOffice is not installed")
    python = openfisca_python()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "form.docx").write_bytes(template())
        shares = [range(start, count, PROCESSES) for start in range(PROCESSES)]
        for share in shares:
            their_people(home / f"half-{share.start}", share)
        before, start = of_children(), time.perf_counter()
        run([fill(python, home, share) for share in shares])
        run([convert(office, home, share) for share in shares])
        took, spent = time.perf_counter() - start, of_children() - before
        made = list(home.glob("half-*/pdf/*.pdf"))
    if len(made) != count:
        raise RuntimeError(f"LibreOffice made {len(made)} of {count}")
    return {
        "docxtpl_forms_a_second": round(count / took, 2),
        "docxtpl_forms_a_processor_second": round(count / spent, 2),
    }


def of_children() -> float:
    """Processor seconds of the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def their_people(folder: Path, share: range) -> None:
    """What docxtpl is given: the same values, photographs and codes."""
    (folder / "docx").mkdir(parents=True)
    lines = []
    for n in share:
        (folder / f"{n}.jpg").write_bytes(photo(n))
        (folder / f"{n}.png").write_bytes(code_png(sheet(n, b"")))
        pictures = {"photo": str(folder / f"{n}.jpg"), "code": str(folder / f"{n}.png")}
        lines.append(json.dumps({"number": n, "values": their_values(values(n)), **pictures}))
    (folder / "people.jsonl").write_text("\n".join(lines), "utf-8")


def fill(python: Path, home: Path, share: range) -> list[str]:
    folder = home / f"half-{share.start}"
    side = str(ROOT / "benchmarks" / "support" / "docxtpl_side.py")
    return [str(python), side, str(home / "form.docx"), str(folder / "people.jsonl"), str(folder / "docx")]


def convert(office: str, home: Path, share: range) -> list[str]:
    folder = home / f"half-{share.start}"
    files = sorted(str(one) for one in (folder / "docx").glob("*.docx"))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    return [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "pdf"), *files]


def run(commands: list[list[str]]) -> None:
    """All at once; every one must end well."""
    started = [subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for one in commands]
    if any(one.wait() for one in started):
        raise RuntimeError("a command of the other side failed")


if __name__ == "__main__":
    sys.exit(main())
