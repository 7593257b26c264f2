"""Many forms sealed and opened at once: as one by one, wherever a secret stands."""

from typing import Any

import pytest

from gongjiang.kernel.sealing import is_sealed
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary
from gongjiang.services.people.sealing import opened, opened_many, sealed, sealed_many

PERSON = {
    "name": FieldSpec("name"),
    "id_number": FieldSpec("id_number", type="id_number"),
    "more": FieldSpec("more", type="rows"),
}
MEMBER = {"name": FieldSpec("name"), "phone": FieldSpec("phone", type="mobile")}
WORDS = Vocabulary(
    fields=PERSON,
    kinds={"person": PERSON, "member": MEMBER},
    groups={"experts": MEMBER, "prizes": {"title": FieldSpec("title")}},
    relations={"leader": ("member", False), "members": ("member", True)},
)
PLAIN: dict[str, Any] = {
    "name": "样例何",
    "id_number": "990000197001010019",
    "experts": [{"id": "r1", "name": "样例岑", "phone": "10000000001"}, {"id": "r2", "name": "温", "phone": ""}, "旧"],
    "prizes": [{"id": "r1", "title": "样例奖"}],
    "leader": {"name": "样例温", "phone": "10000000002"},
    "members": [{"name": "样例柳", "phone": "10000000003"}],
    "more": [{"id_number": "990000197001010019"}],
    "unknown": None,
}


@pytest.mark.parametrize("again", [False, True])
def test_every_secret_is_sealed_as_for_one_and_opens_again(again: bool) -> None:
    (many,) = sealed_many([sealed(PLAIN, WORDS) if again else PLAIN], WORDS)
    secrets = [
        many["id_number"], many["experts"][0]["phone"], many["leader"]["phone"], many["members"][0]["phone"],
        many["more"][0]["id_number"],
    ]  # fmt: skip
    assert [is_sealed(one) for one in secrets] == [True] * 5
    assert str(many).count("g1.") == 5
    assert (opened(many, WORDS), next(opened_many([many], WORDS))) == (PLAIN, PLAIN)
