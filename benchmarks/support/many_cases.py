"""Many people of an edition, handed in, each with the words and numbers of their own."""

from benchmarks.support.national_edition import AT
from benchmarks.support.people_on_paper import values
from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Organisation
from gongjiang.services.nominations.parties import receivers
from gongjiang.services.nominations.save_many import start_many
from gongjiang.services.nominations.workbook_plan import first_way
from gongjiang.services.programmes.programme import Programme


def fill(programme: Programme, unit: Organisation, count: int) -> None:
    """So many more, in the tables as an import leaves them, then marked as handed in."""
    route = first_way(programme, unit)
    start_many(
        actor=platform(), at=AT, programme=programme, award=programme.awards[0].id, route=route.id if route else "",
        unit=unit, receiver=next(iter(receivers(programme, route, unit)), None),
        many=({name: _plain(one) for name, one in values(n).items()} for n in range(count)), source="",
    )  # fmt: skip
    Case.objects.filter(process=programme.process).update(submitted_at=AT, state="running")


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [{"id": f"r{n}", **one} for n, one in enumerate(value, 1)]
    return value if isinstance(value, str) else str(value)
