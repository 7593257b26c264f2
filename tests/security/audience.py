"""Who should see what, said once more and as simply as it can be said: by the grants of TRUST 9, from the tables of
world.py, without asking the product."""

from tests.security.cast import WIDE, House, Person

READING = {"officer", "approver", "department", "observer"}
"""Roles that see the cases their organisation has a part in. Administrators handle accounts, experts their own."""


JUDGES = {"judge.declared", "judge.silent", "judge.other", "judge.dismissed"}
"""Who reviews is known to those who run the edition, and to nobody else (a field incident of TRUST)."""


def standing(person: Person) -> bool:
    """Has the person any grant now?"""
    return bool(person.role) and person.special not in {"revoked", "inactive"}


def sees_case(house: House, person: Person | None, key: str) -> bool:
    """One's unit's; what one's organisation has a part in or runs, once submitted; what one judges."""
    filed = house.filed[key]
    if person is None or not standing(person) or (person.special == "second" and filed.edition != "second"):
        return False
    if person.username in filed.judges:
        return True
    if person.role in READING | {"filer"} and person.place == filed.unit:
        return True
    return not filed.draft and person.role in READING and person.place in filed.parties | _wide(filed.edition)


def _wide(edition: str) -> frozenset[str]:
    return frozenset(f"rival_{one}" for one in WIDE) if edition == "rival" else WIDE


def has_part(house: House, person: Person | None, edition: str) -> bool:
    """Is the person of an organisation that has any part in the edition?"""
    if person is None or not standing(person):
        return False
    if person.role == "system_admin":
        return True
    return person.place.startswith("rival_") == (edition == "rival") and (
        person.special != "second" or edition == "second"
    )


def handles_objections(person: Person | None) -> bool:
    """Of the organiser, of those who publish or of those who take objections (in the city's editions)."""
    return (
        person is not None
        and standing(person)
        and not person.special
        and person.role in READING
        and person.place in {"city", "office", "group"}
    )


def keeps_registers(person: Person | None) -> bool:
    """Of the union that brought the list in or its bodies, or an administrator of the platform."""
    if person is None or not standing(person) or person.special:
        return False
    keeping = {"officer", "approver"}
    return person.role == "system_admin" or (person.role in keeping and person.place in {"city", "office", "group"})


def runs(person: Person | None) -> bool:
    """Of a body with a part in the whole of the city's editions."""
    return person is not None and standing(person) and not person.special and person.place in WIDE


def stranger(person: Person | None) -> bool:
    """Somebody who has nothing to do with the city of the house, and no say over the whole platform."""
    if person is None or not standing(person):
        return True
    return person.place.startswith("rival_") and person.role != "system_admin"


def may_read(house: House, person: Person | None, label: str) -> bool:
    """May the word of this label stand on a page or in a download that the person is given?"""
    kind, _, rest = label.partition(":")
    key, _, _ = rest.partition(":")
    if kind in {"id", "mobile"}:
        return False  # on paper only: see `may_print`
    if kind == "secret":
        return sees_case(house, person, key)
    if kind in {"title", "shown"}:
        return house.filed[key].public or sees_case(house, person, key)
    if kind in {"score", "remark"}:
        return person is not None and (person.username == rest or _judges_run(person))
    if kind == "expert":
        return person is not None and (person.username == rest or runs(person))
    if kind == "user":
        return rest not in JUDGES or (
            person is not None and (person.username == rest or runs(person) or _administers(person))
        )
    if kind == "objector":
        return handles_objections(person)
    if kind == "meeting":
        return runs(person)
    if kind == "listed":
        return keeps_registers(person)
    if kind == "message":
        return person is not None and standing(person) and (person.username == rest or person.place == rest)
    if kind in {"early", "revoked"}:
        return runs(person)
    return False


def _judges_run(person: Person) -> bool:
    return runs(person) and person.role in {"officer", "approver", "observer"}


def _administers(person: Person) -> bool:
    return person.role in {"system_admin", "org_admin"}


def may_print(house: House, person: Person | None, label: str, route: str) -> bool:
    """Numbers in clear: only in official forms, the summary sheet and the workbook, for those who may see the case."""
    kind, _, rest = label.partition(":")
    key, _, _ = rest.partition(":")
    printed = route in {"nominations-print", "units-summary", "units-workbook", "edition-summary"}
    return kind in {"id", "mobile"} and printed and sees_case(house, person, key)
