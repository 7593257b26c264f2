"""Things to do besides cases and lists: experts' work, objections, preparing an edition."""

from django.db.models import Count, Q

from gongjiang.models import Edition, Expert, Judgement, Objection, StageList
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.lists import list_base
from gongjiang.services.reports.todo.scope import Scope


def expert_items(scope: Scope) -> list[Item]:
    """One's own panels: the declaration first, then the sheets."""
    rows = (
        Expert.objects.filter(user_id=scope.actor.user_id or 0, process_id__in=scope.open_ids, declined_at=None)
        .annotate(
            total=Count("assignments", Q(assignments__state="assigned"), distinct=True),
            done=Count(
                "assignments",
                Q(assignments__state="assigned", assignments__sheets__submitted_at__isnull=False),
                distinct=True,
            ),
        )
        .order_by("id")
    )
    found: list[Item] = []
    for one in rows:
        programme = scope.programmes[one.process_id]
        stage = programme.stage(one.stage)
        base = list_base(scope, programme, stage, None) | {"roles": frozenset({"expert"}), "expert_id": one.pk}
        if one.declared_at is None:
            facts = ("先声明回避和保密，再看人选和材料",)
            found.append(Item("declare", f"“{stage.shown}”回避与保密声明", "去声明", facts=facts, **base))
        elif one.done < one.total:
            found.append(
                Item(
                    "score",
                    f"“{stage.shown}”评分 {one.total - one.done} 人",
                    "继续评分" if one.done else "开始评分",
                    count=one.total - one.done,
                    facts=(f"已评 {one.done}/{one.total}",),
                    state="in_progress",
                    **base,
                )
            )
    return found


def objection_items(scope: Scope) -> list[Item]:
    """Objections that are not settled, for the office that handles them."""
    handlers: dict[int, tuple[Publish, int]] = {}
    for pk in scope.open_ids:
        programme = scope.programmes[pk]
        for stage in programme.stages:
            if isinstance(stage, Publish) and stage.objections is not None:
                bodies = scope.runs(programme, stage, stage.objections.by) & scope.acting(programme.edition.pk)
                if bodies:
                    handlers[pk] = (stage, min(bodies))
    rows = (
        Objection.objects.filter(entry__notice__process_id__in=list(handlers))
        .exclude(state__in=[Objection.State.DECIDED, Objection.State.REFUSED])
        .values("entry__notice__process_id")
        .annotate(n=Count("id"), fresh=Count("id", Q(state=Objection.State.RECEIVED)))
    )
    found: list[Item] = []
    for one in rows:
        programme = scope.programmes[one["entry__notice__process_id"]]
        stage, ours = handlers[programme.process.pk]
        found.append(
            Item(
                "objections",
                f"办理异议 {one['n']} 件",
                "去办理",
                count=one["n"],
                facts=(f"其中 {one['fresh']} 件待受理",) if one["fresh"] else (),
                state="in_progress",
                roles=frozenset(ACTING),
                **list_base(scope, programme, stage, ours),
            )
        )
    return found


def judging_items(scope: Scope) -> list[Item]:
    """What is judged for a whole edition and still open: for those whom the pack names, until its list is closed."""
    asked = {
        pk: [one for one in scope.programmes[pk].pack.judgements if one.about == "edition" and one.before]
        for pk in scope.open_ids
    }
    asked = {pk: specs for pk, specs in asked.items() if specs}
    if not asked:
        return []
    over = set(
        Judgement.objects.filter(process_id__in=list(asked), about="edition", superseded=False).values_list(
            "process_id", "question"
        )
    )
    closed = set(
        StageList.objects.filter(process_id__in=list(asked)).exclude(closed_at=None).values_list("process_id", "stage")
    )
    found: list[Item] = []
    for pk, specs in asked.items():
        programme = scope.programmes[pk]
        edition_id = programme.edition.pk
        held = scope.held.get(edition_id, {})
        for spec in specs:
            if (pk, spec.id) in over or (pk, spec.before) in closed or spec.before is None:
                continue
            bodies = set().union(*(held.get(role, set()) for role in programme.expand(spec.by)))
            if bodies & scope.acting(edition_id):
                stage = programme.stage(spec.before)
                base = list_base(scope, programme, stage, min(bodies & scope.acting(edition_id)))
                facts = (f"“{stage.shown}”确定名单前须认定",)
                found.append(Item("judge", f"认定：{spec.question}", "去认定", facts=facts, **base))
    return found


def preparing_items(scope: Scope) -> list[Item]:
    """Editions in preparation at my organisation: questions that wait for an answer."""
    mine = {
        pk: one
        for pk, one in scope.programmes.items()
        if one.edition.state == Edition.State.PREPARING and scope.organises(one.edition)
    }
    rows = Judgement.objects.filter(process_id__in=list(mine), about="edition", superseded=False)
    answered: dict[int, set[str]] = {}
    for process_id, question in rows.values_list("process_id", "question"):
        answered.setdefault(process_id, set()).add(question)
    found: list[Item] = []
    for pk, programme in mine.items():
        asked = {one.id for one in programme.questions if one.before == "publish"}
        left = len(asked - answered.get(pk, set()))
        edition = programme.edition
        said = f"{left} 个问题待答复，共 {len(asked)} 个" if left else "问题已全部答复；单位指定齐后，由审批人员发布"
        found.append(
            Item(
                "prepare" if left else "review",
                f"筹备“{edition.title}”",
                "去答复" if left else "去核对",
                edition.pk,
                edition.title,
                count=left or 1,
                facts=(said,),
                state="draft",
                state_label="筹备中",
                organisation_id=scope.seat(edition),
                roles=frozenset(ACTING),
            )
        )
    return found
