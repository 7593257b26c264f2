"""Organisations invented to fit a pack: a holder for each role, a unit for each row of its table of places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from re import sub

from gongjiang.kernel.actor import Actor
from gongjiang.models import Organisation
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.words import Role
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.publish_edition import PER_CASE
from gongjiang.services.rehearsal.people import INDUSTRIES, firm_name, place_name
from gongjiang.services.rehearsal.places import Quota, quotas

#: Units a nominating role has where no table names them.
UNITS_A_ROLE = 2
PROVINCES = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "新疆生产建设兵团",
]
LEVELS = {one.value for one in Organisation.Level}
_BRACKETS = r"[（(][^）)]*[）)]"


@dataclass
class Unit:
    """A nominating unit with what stands below it. `takers`: who receives nominations for it, by role."""

    organisation: Organisation
    role: str
    takers: dict[str, Organisation] = field(default_factory=dict)
    employers: list[Organisation] = field(default_factory=list)

    def receiver(self, roles: frozenset[str]) -> Organisation | None:
        """To whom an enterprise here hands a nomination that may go to these roles; None if to nobody here."""
        if self.role in roles:
            return self.organisation
        return next((self.takers[one] for one in sorted(roles) if one in self.takers), None)


@dataclass
class Parties:
    """Who holds what: organisations by role, the nominating units with their enterprises."""

    organiser: Organisation
    holders: dict[str, list[Organisation]] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)


class Inventing:
    """Adds organisations for one pack, in an order that depends on the pack alone."""

    def __init__(self, pack: Pack, actor: Actor, at: datetime, nominating: frozenset[str], per_unit: int) -> None:
        self.pack, self.actor, self.at = pack, actor, at
        self.nominating, self.per_unit = nominating, per_unit
        self.firms = 0

    def run(self) -> Parties:
        """The whole cast of organisations."""
        level = self.pack.pack.level if self.pack.pack.level in LEVELS else "city"
        organiser = self._add(self.pack.pack.issued_by[0], level)
        parties = Parties(organiser)
        for role in self.pack.roles:
            whole = not role.any_of and role.level != "person" and role.level not in PER_CASE
            if whole and role.id not in self.nominating:
                parties.holders[role.id] = [self._holder(role, organiser)]
        for unit in self._units(organiser):
            parties.units.append(unit)
            parties.holders.setdefault(unit.role, []).append(unit.organisation)
        if not parties.units:
            parties.units.append(Unit(organiser, ""))
        for unit in parties.units:
            self._below(unit, parties)
        return parties

    def _holder(self, role: Role, organiser: Organisation) -> Organisation:
        name = plain_label(role)
        for issuer in self.pack.pack.issued_by[:1]:
            if issuer.endswith(name.removeprefix("市").removeprefix("省")) or name in issuer:
                return organiser
        kind = "body" if any(word in name for word in ("组", "委员会", "评", "会议")) else "department"
        return self._add(name, role.level or "city", organiser, kind="union" if "工会" in name else kind)

    def _units(self, organiser: Organisation) -> Iterator[Unit]:
        roles = [one for one in self.pack.roles if one.id in self.nominating]
        quota = quotas(self.pack)
        if quota.names and roles:
            yield from self._listed(quota, roles, organiser)
            return
        for role in roles:
            for n in range(UNITS_A_ROLE if self._many(role) else 1):
                name = unit_name(role, len(roles) * n + roles.index(role))
                yield Unit(self._add(name, _level(role), organiser), role.id)

    def _many(self, role: Role) -> bool:
        """Do several organisations hold this nominating role? Cities do, where a province or the nation asks them."""
        return role.level in PER_CASE or (role.level == "city" and self.pack.pack.level in {"province", "national"})

    def _listed(self, quota: Quota, roles: list[Role], organiser: Organisation) -> Iterator[Unit]:
        """A unit for each row of the table, those inside another row below it."""
        made: dict[str, Organisation] = {}
        for name in quota.names:
            role = role_for(name, roles, quota)
            above = made.get(quota.inside.get(name, ""), organiser)
            suffix = "总工会" if role.level in {"province", "city", "county"} else "工会"
            full = name if name.endswith(("会", "部", "联", "局", "院")) else name + suffix
            made[name] = self._add(full, _level(role), above, short=name)
            yield Unit(made[name], role.id)

    def _below(self, unit: Unit, parties: Parties) -> None:
        """Receivers between the enterprises and the unit, the departments of its level, the enterprises."""
        takers = frozenset().union(*(frozenset(one) for one in route_receivers(self.pack)))
        above = unit.organisation
        for role in self.pack.roles:
            if role.any_of or role.level not in PER_CASE or role.level in {"person", "employer"}:
                continue
            if role.id in self.nominating or not self._fits(role, unit):
                continue
            name = f"{unit.organisation.short_name}{plain_label(role).removeprefix('同级')}"
            made = self._add(name, _level(role), unit.organisation, kind="union" if "工会" in name else "department")
            parties.holders.setdefault(role.id, []).append(made)
            if role.id in takers:
                unit.takers[role.id] = above = made
        for _ in range(self.per_unit):
            firm = self._add(firm_name(self.firms), "employer", above, kind="enterprise")
            self.firms += 1
            unit.employers.append(firm)

    def _fits(self, role: Role, unit: Unit) -> bool:
        """Departments of a level serve units of that level; what fits no unit serves them all."""
        same = {"industry": {"industry", "unit"}, "unit": {"unit"}, "county": {"county"}}[role.level or "county"]
        levels = {one.level for one in self.pack.roles if one.id in self.nominating}
        return unit.organisation.level in same or not levels & same

    def _add(
        self, name: str, level: str, parent: Organisation | None = None, *, kind: str = "union", short: str = ""
    ) -> Organisation:
        return add_organisation(
            actor=self.actor, at=self.at, name=name, short_name=short, level=level, kind=kind, parent=parent
        )


def route_receivers(pack: Pack) -> Iterator[frozenset[str]]:
    """Roles that the ways in lead to, groups written out."""
    groups = {one.id: one.any_of for one in pack.roles if one.any_of}
    for stage in pack.stages:
        for route in getattr(stage, "routes", ()):
            yield frozenset(member for one in route.to for member in groups.get(one, (one,)))


def plain_label(role: Role) -> str:
    """A role's label without what stands in brackets."""
    return sub(_BRACKETS, "", role.shown).replace("“", "").replace("”", "") or role.shown


def unit_name(role: Role, n: int) -> str:
    """A name for the n-th unit of a nominating role: 望川县总工会, 机械产业工会."""
    label, place = plain_label(role), place_name(n)
    if role.level == "industry":
        return INDUSTRIES[n % len(INDUSTRIES)] + label.removeprefix("市").removeprefix("全国")
    if role.level == "unit":
        return f"{place}{label.removeprefix('市直').removeprefix('市')}"
    return f"{place}{label}" if label[:1] in "县区市省" else f"{place}{label.removeprefix('推荐')}"


def role_for(name: str, roles: list[Role], quota: Quota) -> Role:
    """Which nominating role a unit of the table holds: by its name, else as the level of the role suggests."""

    def of(*levels: str) -> Role | None:
        return next((one for one in roles if one.level in levels), None)

    found = None
    if name in PROVINCES or name.endswith(("省", "自治区")):
        found = of("province")
    elif name.endswith(("区", "县", "州", "旗", "盟", "市")):
        found = of("county", "city")
    elif name in quota.apart:
        found = of("national") or of("unit")
    return found or of("industry") or of("unit", "national") or roles[0]


def _level(role: Role) -> str:
    return role.level if role.level in LEVELS else "county"
