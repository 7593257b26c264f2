"""All roles × all places × all cases, asked of the one query that every page goes through (TRUST 9)."""

from tests.factories import AT
from tests.security.audience import sees_case
from tests.security.world import House

from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.evidence import queries as evidence
from gongjiang.services.nominations import queries as nominations


def test_a_case_is_seen_exactly_where_a_grant_says_so(place: House) -> None:
    wrong = []
    for username, person in place.people.items():
        seen = set(nominations.visible_to(actor_of(place.user(username), AT)).values_list("pk", flat=True))
        for key, filed in place.filed.items():
            if (filed.case.pk in seen) is not sees_case(place, person, key):
                wrong.append(f"{username} {'sees' if filed.case.pk in seen else 'does not see'} {key}")
    assert wrong == []


def test_a_file_is_seen_exactly_where_its_case_is(place: House) -> None:
    wrong = []
    for username, person in place.people.items():
        seen = set(evidence.visible_to(actor_of(place.user(username), AT)).values_list("pk", flat=True))
        wrong += [
            f"{username}: {key}"
            for key, one in place.files.items()
            if (one.pk in seen) is not sees_case(place, person, key)
        ]
    assert wrong == []
