"""Who acts for an organisation in a rehearsal: an officer, an approver, a filer, experts, each a user with a grant."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Grant, Organisation, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.rehearsal.people import Names


class Offices:
    """Actors by organisation and role. Who holds the grant already acts; else somebody is invented."""

    def __init__(self, names: Names, at: datetime, prefix: str = "r") -> None:
        self.names, self.since, self.prefix = names, at, prefix
        self._actors: dict[tuple[int, str], Actor] = {}
        self._experts: dict[int, list[Actor]] = {}

    def actor(self, organisation: Organisation | int, role: str) -> Actor:
        """Whoever acts for an organisation in a role (filer, officer, approver, department)."""
        pk = organisation if isinstance(organisation, int) else organisation.pk
        if (pk, role) not in self._actors:
            held = Grant.objects.filter(organisation_id=pk, role=role, until=None, user__is_active=True)
            found = held.select_related("user").order_by("id").first()
            user = found.user if found is not None else self._invent(pk, role)
            self._actors[(pk, role)] = actor_of(user, self.since)
        return self._actors[(pk, role)]

    def experts(self, organisation: Organisation | int, number: int) -> list[Actor]:
        """That many experts of a jury."""
        pk = organisation if isinstance(organisation, int) else organisation.pk
        if pk not in self._experts:
            held = Grant.objects.filter(organisation_id=pk, role="expert", until=None, user__is_active=True)
            users = [one.user for one in held.select_related("user").order_by("id")]
            self._experts[pk] = [actor_of(one, self.since) for one in users]
        while len(self._experts[pk]) < number:
            user = self._invent(pk, "expert", len(self._experts[pk]) + 1)
            self._experts[pk].append(actor_of(user, self.since))
        return self._experts[pk][:number]

    def _invent(self, organisation_id: int, role: str, number: int = 1) -> User:
        name = self.names.next()
        user = User(username=f"{self.prefix}-{organisation_id}-{role}-{number}", full_name=name)
        user.set_unusable_password()  # nobody signs in as them: only the rehearsal acts
        user.save()
        Grant.objects.create(user=user, organisation_id=organisation_id, role=role, since=self.since)
        return user
