"""The national edition of 2024, open, in a new database: one province and its unions, all invented."""

from datetime import datetime

from django.core.management import call_command
from django.utils import timezone

from gongjiang.catalogue.packs import find
from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.kernel.actor import platform
from gongjiang.models import CalendarYear, Organisation
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition

AT = timezone.make_aware(datetime(2024, 3, 5, 10, 0))
BEFORE = timezone.make_aware(datetime(2024, 2, 8, 10, 0))


def national_edition() -> tuple[Programme, Organisation]:
    """The programme, and the province that nominates. Makes the tables first."""
    call_command("migrate", verbosity=0)
    decreed = decreed_calendar()
    CalendarYear.objects.create(
        year=2024,
        holidays=sorted(one.isoformat() for one in decreed.holidays if one.year == 2024),
        worked=sorted(one.isoformat() for one in decreed.worked if one.year == 2024),
        source="2024年节假日安排",
    )
    union = add("样例全国总工会", "样例全总", "national")
    panel = add("样例专家评审委员会", "样例评审会", "national", "body", union)
    province = add("样例省总工会", "样例省", "province", parent=union)
    county = add("样例县总工会", "样例县", "county", parent=province)
    text = find("national-2024")
    edition = prepare_edition(
        actor=platform(), at=BEFORE, organiser=union, source=text.text, filename=text.file,
        notice_text=text.notice or "", slug="bench",
    )  # fmt: skip
    for one in programme_of(main_process(edition)).questions:
        answer = True if one.default is None else one.default
        answer_question(actor=platform(), at=BEFORE, edition=edition, question=one.id, answer=answer, basis="答复")
        edition.refresh_from_db()
    roles = {"upper_union": county, "province_union": province, "expert_panel": panel}
    for role in ("labour_dept", "secretariat", "acftu"):
        roles[role] = union
    for role, held in roles.items():
        bind_role(actor=platform(), at=BEFORE, edition=edition, role=role, organisations=[held])
    open_edition(actor=platform(), at=BEFORE, edition=edition)
    edition.refresh_from_db()
    return programme_of(main_process(edition)), province


def add(name: str, short: str, level: str, kind: str = "union", parent: Organisation | None = None) -> Organisation:
    """One organisation of the small world."""
    return add_organisation(
        actor=platform(), at=BEFORE, name=name, short_name=short, level=level, kind=kind, parent=parent
    )
