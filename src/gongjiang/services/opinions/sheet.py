"""What whoever gives an opinion through a link is shown of a person: no number, no telephone, no birthday."""

from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case
from gongjiang.services.nominations.printing import papers_of, print_form
from gongjiang.services.nominations.shown import shown
from gongjiang.services.opinions.links import Wanted
from gongjiang.services.programmes.programme import Programme

#: Fields of the catalogue that tell an office whom it is asked about.
TOLD = ("gender", "employer", "post", "trade", "political_status")


def plain_facts(programme: Programme, case: Case) -> list[dict[str, str]]:
    """Name, unit, post, trade and who recommends, as label and value; blanks left out."""
    fields = programme.fields_of(case.award)
    found = [{"label": "姓名", "value": case.title}]
    for name in TOLD:
        spec = fields.get(name)
        if spec is not None and case.values.get(name):
            found.append({"label": spec.shown, "value": shown(programme, spec, case.values[name])})
    found.append({"label": programme.applying, "value": case.applying_unit.name})
    if programme.process.about == "nomination":
        found.append({"label": "推荐单位", "value": case.nominator.name})
    return [one for one in found if one["value"]]


def opinion_sheet(wanted: Wanted, *, drawn: bool = False) -> bytes | None:
    """This party's page of the official sheet as PDF, where the sheet is an annex of its own, which bears nothing but
    name and unit; others' opinions are not on it. `drawn` False only asks whether there is one. NotFound where a drawn
    one is asked and there is none."""
    case, asked = wanted.case, wanted.asked
    if asked.sheet not in {name for name, _ in papers_of(wanted.programme, case)}:
        if drawn:
            raise NotFound("这一意见没有单独的表。", "No sheet of its own.")
        return None
    return print_form(wanted.programme, case, f"{asked.sheet}.{asked.party}", "pdf") if drawn else b""
