"""Which print is this: a page code held against the prints of a case and the form as it stands."""

from dataclasses import dataclass

from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Case, PrintedSheet
from gongjiang.rules.papers.page_code import ReadCode
from gongjiang.rules.papers.staleness import changed_boxes
from gongjiang.services.nominations.filling import filling_of
from gongjiang.services.nominations.printed import marks_in, marks_of
from gongjiang.services.nominations.printing import filled_sheet, papers_of
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Match:
    """A print of this case, its name, and the boxes that say otherwise now (none: it is as the form stands)."""

    printed: PrintedSheet
    label: str
    changed: tuple[str, ...]


def match(programme: Programme, case: Case, code: ReadCode) -> Match:
    """The print that a code names. Refused for another nomination's, and for what was never printed here."""
    if code.case_no != case.number:
        raise Refused(
            f"这张表的页码属于另一份申报（编号 {code.case_no}），"
            f"不是{case.title}的（编号 {case.number}）。请核对后再传。",
            "The sheet belongs to another nomination.",
            place="页码",
        )
    found = PrintedSheet.objects.filter(case=case, digest__startswith=code.mark)
    printed = (found.filter(form=code.form) if code.form else found).order_by("-id").first()
    if printed is None:
        raise Refused(
            "没有这样一次打印的记录：页码不是本平台为这份申报打印的，或已被改动。请从“打印与盖章件”重新打印。",
            "There is no such print.",
            place="页码",
        )
    return Match(printed, label_of(programme, case, printed.form), changed_since(programme, case, printed))


def changed_since(programme: Programme, case: Case, printed: PrintedSheet) -> tuple[str, ...]:
    """Boxes of a print that say otherwise in the form as it stands."""
    try:
        sheet = filled_sheet(filling_of(programme, case), printed.form)
    except NotFound:
        return ("整张表（本申报已不需要这张表）",)
    return changed_boxes(marks_in(printed), marks_of(case, printed.form, sheet))


def label_of(programme: Programme, case: Case, form: str) -> str:
    """What a paper of a case is called."""
    names = dict(papers_of(programme, case))
    if form in names:
        return names[form]
    sheet, _, party = form.partition(".")
    for one in programme.pack.opinions:
        if one.id == sheet:
            return next((each.shown for each in one.parties if each.id == party), one.shown)
    return next((one.shown for one in programme.pack.forms if one.id == form), form)


def stale_text(label: str, changed: tuple[str, ...]) -> str:
    """What to do about a print that is out of date."""
    boxes = "、".join(f"“{one}”" for one in changed[:6]) + (f"等 {len(changed)} 处" if len(changed) > 6 else "")
    return f"{label}打印之后，{boxes}有改动，这张盖章件已经过时。请重新打印、盖章后再传。"
