"""Nobody decides on themselves or on what they filed; no score counts that was given so."""

from collections.abc import Iterator

from gongjiang.models import Assignment, Case, Entry

NUMBER = 5
LAW = "没有人审批自己填报或与自己有关的申报，回避的评分不计"
DECIDING = tuple(f"case.{one}" for one in ("pass", "reject", "keep", "reserve", "drop", "promote", "strike", "confer"))


def violations() -> Iterator[str]:
    """Decisions and counted scores by whoever filed the case or is its subject."""
    involved: dict[int, set[int]] = {}
    for pk, filer, user in Case.objects.values_list("pk", "filer_id", "subject__user_id"):
        involved[pk] = {one for one in (filer, user) if one is not None}
    entries = Entry.objects.filter(action__in=DECIDING, actor__isnull=False, case_id__isnull=False).order_by("seq")
    for seq, action, case_id, actor in entries.values_list("seq", "action", "case_id", "actor_id"):
        if actor in involved.get(case_id or 0, set()):
            yield f"审计第 {seq} 条：{action} 由申报人或填报人自己办理"
    counted = Assignment.objects.filter(state=Assignment.State.ASSIGNED, sheets__submitted_at__isnull=False)
    for one in counted.select_related("expert__user", "case").distinct().order_by("id"):
        if one.expert.user_id in involved.get(one.case_id, set()):
            yield f"{one.case}：{one.expert} 的评分与本人有关，不应计入"
