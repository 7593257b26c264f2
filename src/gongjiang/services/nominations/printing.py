"""A form of the pack, filled from a case, as a sheet to print: the same boxes in the annex's order."""

from collections.abc import Collection
from dataclasses import replace

from gongjiang.documents import layout as lo
from gongjiang.documents.docx import render_docx
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.errors import NotFound
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case
from gongjiang.rules.packages.names import safe_name
from gongjiang.rules.programmes.schema.material import Form, OpinionSheet
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.filling import Filling, blank_filling, filling_of
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.printed import coded
from gongjiang.services.nominations.printing_blocks import BLOCKS, lead_of
from gongjiang.services.nominations.printing_opinions import opinion_block
from gongjiang.services.programmes.programme import Programme


def forms_of(programme: Programme, case: Case) -> list[Form]:
    """Forms that are printed one a case, for this case's route and award."""
    facts = facts_of_one(programme, case)
    return [
        one
        for one in programme.pack.forms
        if one.list is None
        and (not one.award or case.award in one.award)
        and holds(programme, one.when, facts) is Truth.TRUE
        and not (one.assumed and not one.heading)  # what the platform asks beside the annexes isn't printed
    ]


def papers_of(programme: Programme, case: Case) -> list[tuple[str, str]]:
    """Everything to print for this case, as (id, name): its forms, then the opinion sheets that are annexes of their
    own, then opinions that the annex has no box for, on a page each."""
    facts = facts_of_one(programme, case)
    found = [(one.id, one.shown) for one in forms_of(programme, case)]
    inside = {block.sheet for form in programme.pack.forms for block in form.blocks if block.sheet}
    for sheet in programme.pack.opinions:
        if not sheet.print or sheet.id in inside or holds(programme, sheet.when, facts) is not Truth.TRUE:
            continue
        found.append((sheet.id, sheet.shown))
        for party in sheet.parties:
            if not party.box and holds(programme, party.when, facts) is Truth.TRUE:
                found.append((f"{sheet.id}.{party.id}", party.shown))
    return found


def blank_papers(programme: Programme) -> list[tuple[str, str, str]]:
    """What is about a nominee, to fill in by hand, as (id, annex, name): forms that are annexes, sheets of opinions."""
    pack = programme.pack
    inside = {block.sheet for form in pack.forms for block in form.blocks if block.sheet}
    forms = [(one.id, one.heading or "", one.shown) for one in pack.forms if one.list is None and not one.assumed]
    shown = [one for one in pack.opinions if one.print and one.id not in inside]
    sheets = [(one.id, "".join(one.cite[:1]), one.shown) for one in shown]
    return sorted((*forms, *sheets), key=lambda one: (not one[1], one[1]))


def blank_sheet(programme: Programme, form_id: str) -> lo.Sheet:
    """One of `blank_papers`. NotFound if there is none such."""
    return filled_sheet(blank_filling(programme), form_id)


def sheet_of(programme: Programme, case: Case, form_id: str) -> lo.Sheet:
    """A paper of this case as a sheet, by an id of `papers_of`. NotFound if the pack has none such."""
    made = filled_sheet(filling_of(programme, case), form_id)
    return coded(programme, case, form_id, made)


def sheets_of(programme: Programme, case: Case, only: Collection[str] = ()) -> list[tuple[str, lo.Sheet]]:
    """All papers of this case as (id, sheet), those of `only` where it names some; what is filled in is read once."""
    wanted = [form_id for form_id, _ in papers_of(programme, case) if not only or form_id in only]
    filling = filling_of(programme, case) if wanted else None
    return [(one, coded(programme, case, one, filled_sheet(filling, one))) for one in wanted if filling]


def filled_sheet(filling: Filling, form_id: str) -> lo.Sheet:
    """A form of the pack, or a sheet of opinions, from what is at hand; without a page code."""
    pack = filling.programme.pack
    form = next((one for one in pack.forms if one.id == form_id and one.list is None), None)
    if form is None:
        return _opinion_sheet(filling, form_id)
    stand = [one for one in form.blocks if holds(filling.programme, one.when, filling.facts) is not Truth.FALSE]
    leads: dict[str, list[str]] = {}
    for block in stand:
        if block.inside:
            leads.setdefault(block.inside, []).append(lead_of(filling, block))
    filling = replace(filling, leads={party: "\n".join(one) for party, one in leads.items()})
    blocks = [made for block in stand if not block.inside for made in BLOCKS[block.type](filling, block)]
    return lo.Sheet(form.shown, tuple(blocks), annex=form.heading or "")


def print_form(programme: Programme, case: Case, form_id: str, kind: str) -> bytes:
    """The form as `pdf` or `docx`."""
    return _rendered(sheet_of(programme, case, form_id), kind)


def form_file(programme: Programme, case: Case, form_id: str, kind: str) -> tuple[str, bytes]:
    """The same, and what its file is called: 何焊平 附件2 大国工匠人才推荐表.pdf."""
    sheet = sheet_of(programme, case, form_id)
    label = " ".join(one for one in (case.title or case.number, sheet.annex, sheet.title + sheet.subtitle) if one)
    return safe_name(label, f".{kind}"), _rendered(sheet, kind)


def _rendered(sheet: lo.Sheet, kind: str) -> bytes:
    return render_docx(sheet) if kind == "docx" else render_pdf(sheet)


def _opinion_sheet(filling: Filling, form_id: str) -> lo.Sheet:
    """An opinion sheet that is an annex of its own (Nanning's annexes 3 and 4); `sheet.party`: one party's page."""
    programme, case = filling.programme, filling.case
    sheet_id, _, alone = form_id.partition(".")
    sheet = next((one for one in programme.pack.opinions if one.id == sheet_id and one.print), None)
    parties = () if sheet is None else _parties(filling, sheet, alone)
    if sheet is None or not parties:
        raise NotFound(f"没有“{form_id}”这张表。", "No such form.")
    title, _, rest = sheet.shown.partition("（")
    head = lo.Line((("被推荐对象姓名", case.title), ("工作单位", filling.text("employer"))), "spread")
    blocks = [head, *opinion_block(programme, filling.opinions, sheet_id, parties, 1, "", stamp="盖章")]
    blocks += [lo.Note(_foot(sheet))] if sheet.foot else []
    return lo.Sheet(
        title,
        tuple(blocks),
        annex="、".join(sheet.cite[:1]),
        subtitle=f"（{rest}" if rest else "",
    )


def _parties(filling: Filling, sheet: OpinionSheet, alone: str) -> tuple[str, ...]:
    return tuple(
        one.id
        for one in sheet.parties
        if (one.id == alone if alone else one.box)
        and holds(filling.programme, one.when, filling.facts) is not Truth.FALSE
    )


def _foot(sheet: OpinionSheet) -> str:
    """The remark below the boxes, under the word that its clause has for it (填表说明, 注)."""
    word = "注" if any(one.endswith("注") for one in sheet.cite) else "填表说明"
    return f"{word}：{sheet.foot}"
