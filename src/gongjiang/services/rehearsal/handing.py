"""What goes up where a programme ends with a hand-over to another body: the list, the forms, the evidence (J-17)."""

from collections.abc import Iterator

from django.core.files.storage import default_storage

from gongjiang.models import Case, File, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.submit import Submit
from gongjiang.services.nominations.summary import export_summary
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rehearsal.world import World


def awaits(programme: Programme, stage: Stage) -> bool:
    """Is it the last stage, waiting for what another body decides? A rehearsal doesn't answer for that body."""
    return isinstance(stage, Submit) and stage.await_ is not None and stage.id == programme.stages[-1].id


def hand_over(programme: Programme) -> Stage | None:
    """The stage with which the programme ends by sending its list away; None where it names people itself."""
    if any(one.type == "name" for one in programme.stages):
        return None
    sent = [one for one in programme.stages if one.type == "submit" and not awaits(programme, one)]
    return sent[-1] if sent else None


def handed_over(world: World) -> list[Case]:
    """Who was sent, in the order of their numbers; nobody where the programme names people itself."""
    stage = hand_over(world.programme)
    if stage is None:
        return []
    rows = StageRow.objects.filter(process=world.programme.process, stage=stage.id, state=RowState.DONE)
    found = Case.objects.filter(pk__in=rows.values("case_id"))
    return list(
        found.select_related("process__edition__pack", "nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation")
        .order_by("nominator_id", "rank_in_unit", "pk")
    )


def bundle(world: World) -> Iterator[tuple[str, bytes]]:
    """The summary sheets of all who were sent, and everybody's evidence, by the name of the file."""
    cases = handed_over(world)
    for form in world.programme.pack.forms:
        if cases and form.list is not None:
            yield f"hand-over/{form.id}.xlsx", export_summary(world.programme, cases, form.id)
    held = File.objects.filter(case__in=cases, removed_at=None).select_related("case")
    for n, one in enumerate(held.order_by("case_id", "attachment", "position", "id"), 1):
        with default_storage.open(one.stored) as content:
            name = f"{one.case.number}-{one.case.title}/{n:03d}-{one.attachment}.{one.kind or 'bin'}"
            yield f"hand-over/evidence/{name}", content.read()
