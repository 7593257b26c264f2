"""A country of artisans in an empty database: unions, editions, people, honours and what they did, all invented."""

import random
from datetime import UTC, date, datetime

from django.db import connection, transaction

from gongjiang.catalogue.packs import find
from gongjiang.models import Case, Edition, Grant, Honour, Organisation, Process, Subject, User
from gongjiang.rules.cultivation.kinds import KINDS
from gongjiang.rules.honours.tallying import PROVINCES
from gongjiang.services.programmes.stored import store

AT = datetime(2032, 3, 1, tzinfo=UTC)
YEARS = tuple(range(2024, 2032))
CITIES = 10
SHARES = {"national": 2, "province": 10, "city": 50}
OWNERSHIP = ("国有企业", "私营企业", "外资企业", "集体企业", "事业单位")


@transaction.atomic
def country(people: int, entries: int) -> None:
    """`people` honours at three levels in the ratio 2 : 10 : 50, with cases; `entries` in their logs."""
    rng = random.Random(2035)
    nation = _union("中华全国总工会", "national", None)
    provinces = [_union(f"{one}总工会", "province", nation, one) for one in PROVINCES[:31]]
    cities = {
        one.pk: [_union(f"{one.short_name}样{n}市总工会", "city", one) for n in range(CITIES)] for one in provinces
    }
    for name, organisation in (("nation", nation), ("province", provinces[9]), ("city", cities[provinces[9].pk][0])):
        user = User.objects.create(username=name, full_name="样例")
        Grant.objects.create(
            user=user, organisation=organisation, role="officer", since=datetime(2024, 1, 1, tzinfo=UTC)
        )
    pack = store(find("national-2024"), AT)[0]
    organisers = {
        "national": [nation],
        "province": provinces,
        "city": [one for many in cities.values() for one in many],
    }
    processes = {
        (level, one.pk, year): _edition(pack, one, year)
        for level, many in organisers.items()
        for one in many
        for year in YEARS
    }
    whole = sum(SHARES.values())
    for level, share in SHARES.items():
        _people(rng, level, people * share // whole, organisers[level], provinces, cities, processes)
    _did(entries)


def _union(name: str, level: str, above: Organisation | None, short: str = "") -> Organisation:
    made = Organisation.objects.create(name=name, short_name=short or name, level=level, kind="union", parent=above)
    made.path = f"{above.path if above else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def _edition(pack: object, organiser: Organisation, year: int) -> Process:
    made = Edition.objects.create(
        pack=pack, organiser=organiser, title=f"{organiser.short_name}{year}年", slug=f"e{organiser.pk}-{year}",
        state="open" if year == YEARS[-1] and organiser.level != "city" else "closed", created_at=AT, opened_at=AT,
    )  # type: ignore[misc]  # fmt: skip
    return Process.objects.create(edition=made, name="nomination")


def _people(rng, level, number, organisers, provinces, cities, processes) -> None:  # type: ignore[no-untyped-def]
    """Subjects, cases and honours of one level, in bulk."""
    rows = []
    for n in range(number):
        organiser = rng.choice(organisers)
        nominator = rng.choice(provinces) if level == "national" else (
            rng.choice(cities[organiser.pk]) if level == "province" else organiser
        )  # fmt: skip
        year = rng.choice(YEARS)
        values = {"gender": rng.choice("男男男女"), "birth": f"{rng.randrange(1965, 2000)}-05",
                  "ownership": rng.choice(OWNERSHIP)}  # fmt: skip
        rows.append((n, organiser, nominator, year, values, processes[level, organiser.pk, year]))
    subjects = Subject.objects.bulk_create(
        [Subject(name=f"样工{n}", values={}, created_at=AT) for n, *_ in rows], batch_size=2000
    )
    cases = Case.objects.bulk_create(
        [
            Case(process=process, award=level, subject=subject, applying_unit=nominator, nominator=nominator,
                 number=f"{level}-{n}", title=subject.name, state="named", values=values, created_at=AT)
            for subject, (n, _, nominator, _, values, process) in zip(subjects, rows, strict=True)
        ], batch_size=2000,
    )  # fmt: skip
    states = ("stands", "stands", "stands", "trainee", "trainee", "ended")
    Honour.objects.bulk_create(
        [
            Honour(subject=case.subject, case=case, edition=process.edition, programme=level, level=level, award=level,
                   title="工匠", name=case.title, state=rng.choice(states), from_date=date(year, 5, 1))
            for case, (_, _, _, year, _, process) in zip(cases, rows, strict=True)
        ], batch_size=2000,
    )  # fmt: skip


def _did(entries: int) -> None:
    """Entries spread over all honours and eight years, by the database itself."""
    kinds = [one.id for one in KINDS]
    pick = " ".join(f"WHEN {n} THEN '{one}'" for n, one in enumerate(kinds))
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(id), COUNT(*) FROM gongjiang_honour")
        first, people = cursor.fetchone()
        cursor.execute(
            f"""INSERT INTO gongjiang_activityentry
            (honour_id, kind, title, "on", power, place, host, note, source, state, at, version)
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %s)
            SELECT %s + i %% %s, CASE (i / 7 + i) %% {len(kinds)} {pick} END, '活动',
                   (2024 + i %% 8) || '-0' || (1 + i %% 9) || '-11', '', '', '', '', '',
                   CASE i %% 5 WHEN 0 THEN 'claimed' ELSE 'confirmed' END, '2032-01-01 00:00:00', 1 FROM n""",
            [entries, first, people],
        )
