"""Which list a request is about, and whether this person may look at it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from gongjiang.kernel.errors import NotFound
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.rounds.queries import may_see

DECIDED = frozenset({"select", "panel"})


@dataclass(frozen=True)
class ListPlace:
    """A stage's list in an edition; `group` is a unit's own list."""

    programme: Programme
    stage: Stage
    group: str

    @property
    def url(self) -> str:
        """The list's page."""
        address = reverse("rounds-list", args=[self.programme.edition.pk, self.stage.id])
        return f"{address}?{urlencode({'group': self.group})}" if self.group else address

    def act(self, name: str) -> str:
        """The address of one of its steps."""
        address = reverse(name, args=[self.programme.edition.pk, self.stage.id])
        return f"{address}?{urlencode({'group': self.group})}" if self.group else address


def place_of(request: HttpRequest, edition_id: int, stage_id: str) -> ListPlace:
    """The list, or NotFound for strangers and for stages that keep no list."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    programme = programme_of(main_process(edition))
    stage = programme.stage(stage_id)
    group = request.GET.get("group", "") if stage.per else ""
    if stage.type not in DECIDED or (group and not may_see(request.actor, programme, group)):
        raise NotFound()
    if not stage.per and not may_see(request.actor, programme):
        raise NotFound()
    return ListPlace(programme, stage, group)
