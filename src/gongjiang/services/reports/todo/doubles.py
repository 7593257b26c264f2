"""The same person put forward from two sides: for both units, and for the office that decides."""

from gongjiang.models import Case
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.nominations.start import FILING
from gongjiang.services.nominations.twice import DECIDES, put_forward_twice
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope

MOST = 100


def double_items(scope: Scope) -> list[Item]:
    """One item a case on either side, one a person for the office. One query."""
    rows = put_forward_twice().filter(process_id__in=scope.open_ids).order_by("process_id", "subject_id", "id")
    rows = rows.only("process_id", "subject_id", "applying_unit_id", "nominator_id", "title", "submitted_at")
    found: list[Item] = []
    offices: set[tuple[int, int | None]] = set()
    for case in rows.only("process_id", "subject_id", "applying_unit_id", "nominator_id", "title", "submitted_at")[
        :MOST
    ]:
        programme = scope.programmes[case.process_id]
        office = _office(scope, programme)
        if office is not None:
            if (case.process_id, case.subject_id) not in offices and case.submitted_at is not None:
                offices.add((case.process_id, case.subject_id))
                title = f"核对{case.title}：本届由两家以上单位提出"
                found.append(_item(scope, programme, case, office, title, "请确定保留哪一份", frozenset(ACTING)))
            continue
        edition_id = programme.edition.pk
        ours = (scope.filing(edition_id) & {case.applying_unit_id}) | (scope.acting(edition_id) & {case.nominator_id})
        if ours:
            title = f"核对{case.title}：本届另有一份申报"
            roles = frozenset({*ACTING, *FILING})
            found.append(_item(scope, programme, case, min(ours), title, "由其他单位提出，请联系主管部门核对", roles))
    return found


def _office(scope: Scope, programme: Programme) -> int | None:
    """My organisation that checks or chooses for the whole edition."""
    acting = scope.acting(programme.edition.pk)
    mine = [scope.wide(programme, one) & acting for one in programme.stages if one.type in DECIDES]
    return min((pk for ids in mine for pk in ids), default=None)


def _item(
    scope: Scope, programme: Programme, case: Case, ours: int, title: str, fact: str, roles: frozenset[str]
) -> Item:
    return Item(
        "double",
        title,
        "去核对",
        edition_id=programme.edition.pk,
        edition=programme.edition.title,
        case_id=case.pk,
        facts=(fact,),
        state="waiting",
        state_label="待核对",
        organisation_id=ours,
        roles=roles,
    )
