"""The other side of benchmarks/documents.py, in the environment of requirements/bench.txt: docxtpl.

    python docxtpl_side.py TEMPLATE PEOPLE OUT

Fills the template once a person (JSON lines: values, and paths of a photograph and a code), saves the Word files.
"""

import json
import sys
from pathlib import Path

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage


def main(template: Path, people: Path, out: Path) -> None:
    """One Word file a person."""
    for line in people.read_text("utf-8").splitlines():
        one = json.loads(line)
        document = DocxTemplate(template)
        sizes = {"photo": 43, "code": 13}
        pictures = {name: InlineImage(document, one[name], height=Mm(high)) for name, high in sizes.items()}
        document.render({**one["values"], **pictures}, autoescape=True)
        document.save(out / f"{one['number']}.docx")


if __name__ == "__main__":
    main(*(Path(one) for one in sys.argv[1:4]))
