"""A blind panel: whose cases it reads, who may sit on it."""

from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Assignment, Case, Grant, User
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme


def require_blind(programme: Programme, stage: Panel) -> None:
    """Raise NotFound for panels that see names."""
    if not is_blind(programme, stage):
        raise NotFound(f"“{stage.shown}”不是匿名评审。", "Not a blind panel.")


def blind_case(programme: Programme, stage: Panel, case_id: int) -> Case:
    """A case on the panel's list, with what its words are gathered from."""
    found = (
        Case.objects.filter(process=programme.process, rows__stage=stage.id, pk=case_id)
        .select_related("subject", "applying_unit", "nominator")
        .prefetch_related("parties__organisation")
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def require_locked(programme: Programme, stage: Stage) -> None:
    """Before names are called at a sitting on a blind panel's list, every sheet is in. Raises Refused."""
    if not is_blind(programme, stage):
        return
    rows = Assignment.objects.filter(stage=stage.id, expert__process=programme.process, state=Assignment.State.ASSIGNED)
    done = rows.filter(sheets__submitted_at__isnull=False).exclude(sheets__submitted_at__isnull=True).distinct()
    out = rows.count() - done.count()
    if out:
        raise Refused(
            f"匿名评审还有 {out} 份评分没有提交；会上要念到姓名，须等评分全部提交后召集。",
            "Sheets are out.",
            place=stage.shown,
        )


def require_nothing_else(programme: Programme, stage: Panel, user: User) -> None:
    """Whoever could see the names by another grant can't judge a blind panel (TRUST 9)."""
    if not is_blind(programme, stage):
        return
    others = Grant.objects.filter(user=user, until__isnull=True).exclude(role=Grant.Role.EXPERT)
    held = others.select_related("organisation").first()
    if held is not None:
        raise Refused(
            f"{user.full_name}在{held.organisation.short_name}有“{held.get_role_display()}”的职责，看得到人选，"
            "不能参加匿名评审。请另请一位专家。",
            "They could see the names by another grant.",
            place=stage.shown,
        )
