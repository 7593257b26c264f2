"""What lies in the database, in the log and beside it: no identity or phone number in clear (TRUST, personal data)."""

from datetime import date

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from tests.factories import AT
from tests.security.visits import browser, visit
from tests.security.world import House
from tests.services.formality.ground import Ground

from gongjiang.kernel import identity_number, phone
from gongjiang.models import Case, Entry, Objection
from gongjiang.services.nominations.submit import submit


def dump() -> dict[str, str]:
    """Everything in the database as text, table by table."""
    return {
        model._meta.db_table: "\n".join(map(str, model._default_manager.values_list()))  # type: ignore[attr-defined]
        for model in apps.get_models()
    }


def test_seeded_numbers_are_nowhere_in_clear(place: House, caplog: pytest.LogCaptureFixture) -> None:
    """Typed into the form, handed in, objected to, looked at and printed: then every table and the log are read."""
    here = Ground(place.world, place.editions["main"], count=400)
    place.world.people["lan"] = place.user("filer.plant")
    case = here.draft("冉密封", at=AT)
    number, mobile = identity_number.sample(400, date(1982, 3, 12), "男"), phone.sample(1400)
    client = browser(place, "filer.plant")
    visit(client, "POST", f"/nominations/{case.pk}/form/application-1/", {"id_number": number, "version": case.version})
    here.attach(case)
    submit(actor=here.actor("lan"), at=AT, case_id=case.pk)
    assert number in visit(client, "GET", f"/nominations/{case.pk}/print/application.docx").text
    secrets = [number, mobile, *place.tokens.of("id:"), *place.tokens.of("mobile:"), *place.tokens.of("objector:")]
    tables = dump()
    found = [(table, one[:6]) for table, text in tables.items() for one in secrets if one in text]
    assert found == []
    assert [one[:6] for one in secrets if one in caplog.text] == []
    held = Case.objects.get(pk=case.pk)
    assert held.values["id_number"]
    assert held.subject is not None
    assert held.subject.identity_hash
    assert not any(number in body for body in Entry.objects.values_list("body", flat=True))


def test_the_same_number_is_found_again_without_being_stored(place: House) -> None:
    """Two sealed copies differ (nobody can compare them), the keyed hash is the same."""
    first, second = place.filed["draft"].case, place.filed["qualify"].case
    assert first.values["id_number"] != second.values["id_number"]
    assert len({place.filed[key].case.values["mobile"] for key in place.filed}) == len(place.filed)


def test_stored_files_have_names_nobody_can_guess(place: House) -> None:
    here = Ground(place.world, place.editions["main"], count=410)
    place.world.people["lan"] = place.user("filer.plant")
    case = here.draft("易猜名", at=AT)
    here.attach(case)
    for file in case.files.all():
        assert "易猜名" not in file.stored
        assert len(file.stored.rpartition("/")[2].split(".")[0]) >= 24
        assert default_storage.exists(file.stored)
        assert isinstance(default_storage.open(file.stored).read(), bytes)


def test_an_objection_is_sealed_whole(place: House) -> None:
    """Name, contact and text; the query code is only a hash."""
    row = Objection.objects.get()
    assert not set(place.tokens.of("objector:")) & set((row.from_sealed + row.text).split())
    assert place.tokens.found_in(row.from_sealed + row.text + row.secret + row.fingerprint) == set()
