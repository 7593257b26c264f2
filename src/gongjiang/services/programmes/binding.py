"""Which organisation holds which role of an edition: suggestions by level and name, and taking one back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Edition, EditionRole, Organisation
from gongjiang.rules.programmes.schema.words import Role
from gongjiang.rules.quotas.limits import Limits
from gongjiang.rules.quotas.members import GroupKey
from gongjiang.rules.quotas.tables import read_limits, rows_of
from gongjiang.services.audit.append import append
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import PER_CASE, bind_role, require_organiser

MOST = 200
#: Words that stand in too many names to tell one from another.
_COMMON = re.compile(
    r"（[^）]*）|同级|下级|本级|主管|部门|单位|总工会|工会|领导小组|工作|推荐|受理|市|县|区|省|局|的|、|“|”"
)
_LEVELS = {"unit": {"unit"}, "industry": {"industry"}, "county": {"county"}, "city": {"city"},
           "province": {"province"}, "national": {"national"}}  # fmt: skip


@dataclass
class RoleView:
    """A role to bind: who holds it, who might, and which rows of a table of places have no organisation yet."""

    role: Role
    per_case: bool
    by_case: bool
    held: list[EditionRole]
    candidates: list[Organisation] = field(default_factory=list)
    suggested: set[int] = field(default_factory=set)
    missing: list[tuple[str, int]] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The level in Chinese."""
        return dict(Organisation.Level.choices).get(self.role.level or "", "")


def role_views(programme: Programme) -> list[RoleView]:
    """Every role that organisations hold. Persons and employers are settled case by case, and only said."""
    held: dict[str, list[EditionRole]] = {}
    for row in EditionRole.objects.filter(edition=programme.edition).select_related("organisation").order_by("id"):
        held.setdefault(row.role, []).append(row)
    every = _organisations(programme.edition)
    places = table_places(programme)
    found: list[RoleView] = []
    for role in programme.pack.roles:
        if role.any_of:
            continue
        nominates = role.id in programme.nominating
        per_case = role.level in PER_CASE or nominates
        view = RoleView(role, per_case, role.level in {"person", "employer"}, held.get(role.id, []))
        if not view.by_case:
            view.candidates = [one for one in every if one.level in _LEVELS.get(role.level or "", {"city"})][:MOST]
            view.suggested = _suggested(role, view.candidates, places if nominates else {}, per_case)
        found.append(view)
    _leave_to_namesakes(found)
    _missing(programme, found, every, places)
    return found


def _leave_to_namesakes(views: list[RoleView]) -> None:
    """A union whose name says 开发区 or 工会工委 is suggested for that role alone, not for 总工会 of every kind."""
    unions = [one for one in views if one.per_case and "工会" in one.role.shown]
    named = {pk for one in unions if _bigrams(one.role.shown) for pk in one.suggested}
    for one in unions:
        if not _bigrams(one.role.shown) and one.suggested - named:
            one.suggested -= named


def table_limits(programme: Programme) -> Limits:
    """Rows of tables that count by nominator: places by name, and which row lies inside which."""
    rows: dict[GroupKey, Fraction] = {}
    within: dict[str, str] = {}
    for pool in programme.pack.pools:
        if "case.nominator" in pool.per and pool.table is not None:
            table = programme.pack.tables[pool.table]
            if len(table.by) == 1:
                found = read_limits(
                    rows_of(pool.table, table.rows, programme.params), apart=programme.value(table.apart) is True
                )
                rows |= found.rows
                within |= found.within
    return Limits(rows, within)


def table_places(programme: Programme) -> dict[str, int]:
    """Names and places of the units in tables that count by nominator."""
    return {str(key[0]): int(limit) for key, limit in table_limits(programme).rows.items()}


def _organisations(edition: Edition) -> list[Organisation]:
    """The organiser, what is under it, and what stands beside it at the top."""
    rows = Organisation.objects.filter(active=True).exclude(level=Organisation.Level.EMPLOYER)
    path = edition.organiser.path
    near = [one for one in rows.order_by("path") if one.path.startswith(path) or path.startswith(one.path)]
    return sorted(near, key=lambda one: (one.path.count("/"), one.pk))


def _suggested(role: Role, candidates: Iterable[Organisation], places: dict[str, int], per_case: bool) -> set[int]:
    """By the table's names, where there is one; else who is called as the role is; else by the words that a role's
    name and an organisation's share."""
    listed = list(candidates)
    if places:
        return {one.pk for one in listed if one.short_name in places or one.name in places}
    same = {one.pk for one in listed if role.shown in (one.name, one.short_name)}
    if same and not per_case:
        return same
    words = _bigrams(role.shown)
    scored = {one.pk: len(words & _bigrams(one.name)) for one in listed}
    kinds = {"union"} if "工会" in role.shown else {"department", "body", "union"}
    if per_case and "工会" in role.shown:
        return {one.pk for one in listed if one.kind == "union" and (not words or scored[one.pk])}
    surplus = {one.pk: len(_bigrams(one.name) - words) for one in listed}  # of two that share as much, the plainer
    best = max(scored.values(), default=0)
    if best == 0:
        plain = [one for one in listed if one.kind in kinds and "总工会" in one.name and "总工会" in role.shown]
        called = [one for one in listed if per_case and one.name.endswith(role.shown.partition("（")[0])]
        return {one.pk for one in called} or {one.pk for one in plain[:1]}
    top = sorted((pk for pk, score in scored.items() if score == best), key=lambda pk: surplus[pk])
    return set(top) if per_case else set(top[:1])


def _bigrams(text: str) -> set[str]:
    plain = _COMMON.sub(" ", text)
    return {word[n : n + 2] for word in plain.split() for n in range(len(word) - 1)}


def _missing(programme: Programme, views: list[RoleView], every: list[Organisation], places: dict[str, int]) -> None:
    """Rows of the table that name nobody we know stand with the first nominating role that is not a county's."""
    names = {one.short_name for one in every} | {one.name for one in every}
    unknown = [(name, number) for name, number in places.items() if name not in names]
    nominating = [view for view in views if view.role.id in programme.nominating and not view.by_case]
    if unknown and nominating:
        nominating[0].missing = unknown


@transaction.atomic
def bind_roles(
    *, actor: Actor, at: datetime, programme: Programme, chosen: dict[str, list[int]], basis: str = ""
) -> int:
    """Bind what was ticked, and take back what no longer is (only while the edition is prepared). Returns how
    many bindings changed."""
    edition = programme.edition
    require_organiser(actor, edition.organiser)
    changed = 0
    held = EditionRole.objects.filter(edition=edition, role__in=list(chosen))
    now = {(row.role, row.organisation_id): row for row in held}
    known = {one.pk: one for one in Organisation.objects.filter(pk__in={pk for ids in chosen.values() for pk in ids})}
    for role, ids in chosen.items():
        fresh = [known[pk] for pk in dict.fromkeys(ids) if pk in known and (role, pk) not in now]
        if fresh:
            bind_role(actor=actor, at=at, edition=edition, role=role, organisations=fresh, basis=basis)
            changed += len(fresh)
        for (name, pk), row in now.items():
            if name == role and pk not in ids:
                unbind(actor=actor, at=at, edition=edition, binding_id=row.pk)
                changed += 1
    return changed


@transaction.atomic
def unbind(*, actor: Actor, at: datetime, edition: Edition, binding_id: int) -> None:
    """Take a role back from an organisation, while the edition is prepared."""
    require_organiser(actor, edition.organiser)
    row = EditionRole.objects.filter(edition=edition, pk=binding_id).first()
    if row is None:
        raise NotFound()
    if edition.state != Edition.State.PREPARING:
        raise Refused("本届已发布，不能再收回单位的角色。", "The edition is published.")
    role, organisation = row.role, row.organisation_id
    row.delete()
    append(
        actor=actor,
        at=at,
        action="edition.unbind",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"role": role, "organisations": [organisation]},
    )


@transaction.atomic
def create_missing(*, actor: Actor, at: datetime, programme: Programme, role: str, names: list[str]) -> int:
    """Units that the table of places names and nobody has entered: made under the organiser, and bound."""
    edition = programme.edition
    require_organiser(actor, edition.organiser)
    spec = next((one for one in programme.pack.roles if one.id == role), None)
    limits = table_limits(programme)
    if spec is None or any((name,) not in limits.rows for name in names):
        raise NotFound()
    made: list[Organisation] = []
    for name in sorted(names, key=lambda one: one in limits.within):  # a row before what lies inside it
        upper = Organisation.objects.filter(short_name=limits.within.get(name, ""), active=True).first()
        made.append(
            add_organisation(
                actor=actor,
                at=at,
                name=name,
                short_name=name,
                level=spec.level or "unit",
                kind="union",
                parent=upper or edition.organiser,
                region=name,
            )
        )
    if made:
        bind_role(actor=actor, at=at, edition=edition, role=role, organisations=made)
    return len(made)
