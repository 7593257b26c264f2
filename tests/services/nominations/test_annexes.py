"""Every annex of the notices, printed: each of its words, in its order, in PDF and in Word."""

import io
import re

import pypdfium2
import pytest
from docx import Document
from tests.services.nominations.annexes import ALONG, ANNEXES, SUMMARIES, labels

from gongjiang.catalogue.packs import load_pack
from gongjiang.documents import layout as lo
from gongjiang.documents.docx import render_docx
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Edition, Process
from gongjiang.services.nominations.printing import blank_papers, blank_sheet
from gongjiang.services.nominations.summary import header_of, summary_form
from gongjiang.services.programmes.papers import paper_sheet
from gongjiang.services.programmes.programme import Programme


def programme(pack_id: str) -> Programme:
    edition = Edition()
    return Programme(edition, Process(edition=edition), load_pack(pack_id))


def sheet(pack_id: str, name: str) -> lo.Sheet:
    made = programme(pack_id)
    stands = any(one.id == name for one in made.pack.papers)
    return paper_sheet(made.pack, name) if stands else blank_sheet(made, name)


def bare(text: str) -> str:
    return re.sub(r"[\s_]", "", text)


def pdf_text(made: lo.Sheet) -> str:
    with pypdfium2.PdfDocument(render_pdf(made)) as document:
        return bare("".join(page.get_textpage().get_text_range() for page in document))


def word_text(made: lo.Sheet) -> str:
    body = Document(io.BytesIO(render_docx(made))).element.body
    return bare("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))


def out_of_order(text: str, words: list[str]) -> list[str]:
    at, lost = 0, []
    for word in words:
        found = text.find(word, at)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(word)
    return lost


@pytest.mark.ledger("N-16", "G-15", "X-03", "J-12", "C-05", "C-06")
@pytest.mark.parametrize("annex", ANNEXES, ids="-".join)
def test_every_word_of_the_annex_stands_in_its_order(annex: tuple[str, str]) -> None:
    made = sheet(*annex)
    printed, typed = pdf_text(made), word_text(made)
    along = ALONG.get(annex, "").split()
    assert out_of_order(printed, list(labels(annex))) == []
    assert out_of_order(typed, list(labels(annex))) == []
    assert [one for one in along if one not in typed] == []
    assert [one for one in along if not set(one) <= set(printed)] == []


@pytest.mark.parametrize("pack_id", SUMMARIES)
def test_the_summary_sheet_has_the_annex_columns(pack_id: str) -> None:
    made = programme(pack_id)
    assert [bare(one) for one in header_of(made, summary_form(made))] == SUMMARIES[pack_id].split()


def test_the_guide_says_what_the_notice_says_word_for_word() -> None:
    """Typed from the annex, so held against it: every row's words stand in the clause, one after the other."""
    pack = load_pack("nanning-2026")
    clause = next(one for one in pack.clauses if one.id == "附件1").text
    table, note = paper_sheet(pack, "guide").blocks
    assert isinstance(table, lo.Table)
    assert isinstance(note, lo.Note)
    assert bare("".join(word for row in (table.header, *table.rows) for word in row)) in clause
    assert bare(note.text) == next(one for one in pack.clauses if one.id == "附件1说明").text


def test_a_misprint_stays_and_what_was_meant_is_said_below() -> None:
    text = pdf_text(sheet("jiangsu-2026", "powers"))
    assert "坚决做到“两个拥护”" in text
    assert "平台注：原文“坚决做到“两个拥护””，应为“坚决做到“两个维护””。" in text


def test_every_annex_of_a_nominee_can_be_had_empty() -> None:
    found = {(one, name) for one in ("national-2024", "nanning-2026") for name, _, _ in blank_papers(programme(one))}
    standing = {(one, paper.id) for one in ("national-2024", "nanning-2026") for paper in programme(one).pack.papers}
    ours = {annex for annex in ANNEXES if annex[0] in ("national-2024", "nanning-2026")}
    assert ours <= found | standing


def test_an_annex_that_is_none_is_refused() -> None:
    with pytest.raises(NotFound):
        sheet("national-2024", "no-such")
