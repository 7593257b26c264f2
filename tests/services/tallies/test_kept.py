"""Kept figures equal the lists after any sequence of changes: names, states, levels, entries of logs,
lists of registers taken and withdrawn, persons joined and parted."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import prepared_edition, small_world
from tests.services.honours.certificates.named import named
from tests.services.public_notices.stage import moment

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import Refused
from gongjiang.models import (
    ActivityEntry,
    Edition,
    Honour,
    HonourMark,
    ListedMark,
    Organisation,
    PersonQuestion,
    Register,
    RegistryEntry,
    RegistryImport,
    Subject,
    Tally,
)
from gongjiang.services.cultivation.log import Doing, confirm, record, withdraw
from gongjiang.services.honours.standing import suspend
from gongjiang.services.registry.counting import set_counted
from gongjiang.services.registry.decide import decide, may_part, part, undo
from gongjiang.services.registry.take import take
from gongjiang.services.registry.take import withdraw as withdraw_list
from gongjiang.services.reports.progress.figures import honour_figures
from gongjiang.services.reports.progress.people import people
from gongjiang.services.reports.progress.seats import counted_for
from gongjiang.services.tallies import recount
from gongjiang.services.tallies.rebuild import differences, rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
PEOPLE = 4
STATES = ("trainee", "stands", "suspended", "ended", "revoked")

pick = st.integers(0, 9)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("name"), pick, st.sampled_from(["national", "province", "city"])),
        st.tuples(st.just("state"), pick, st.sampled_from(STATES)),
        st.tuples(st.just("level"), pick, st.sampled_from(["province", "city"])),
        st.tuples(st.just("moved"), pick, st.just("")),
        st.tuples(st.just("enter"), pick, st.sampled_from(["visit", "talk"])),
        st.tuples(st.just("same"), pick, st.sampled_from(["camp", "course"])),
        st.tuples(st.just("confirm"), pick, st.just("")),
        st.tuples(st.just("withdraw"), pick, st.just("")),
        st.tuples(st.just("list"), pick, st.sampled_from(["province", "city", "employer"])),
        st.tuples(st.just("list"), pick, st.sampled_from(["province", "city"])),
        st.tuples(st.just("unlist"), pick, st.just("")),
        st.tuples(st.just("crown"), pick, st.sampled_from(["province", "city"])),
        st.tuples(st.just("decide"), pick, st.sampled_from(["same", "other"])),
        st.tuples(st.just("undo"), pick, st.just("")),
        st.tuples(st.just("part"), pick, st.just("")),
        st.tuples(st.just("count"), pick, st.sampled_from(["yes", "no"])),
    ),
    max_size=16,
)


def honoured(edition: Edition, n: int, level: str, kind: str = "person") -> Honour:
    """The n-th invented person, named at a level."""
    values = {"gender": "女" if n % 2 else "男", "birth": f"{1970 + n * 7}-03", "ownership": "私营企业"}
    subject = Subject.objects.create(kind=kind, name=f"样工{n}", values=values, created_at=AT)
    return named_as(edition, subject, level, n)


def named_as(edition: Edition, subject: Subject, level: str, n: int) -> Honour:
    """An honour for somebody."""
    made = Honour.objects.create(
        subject=subject, edition=edition, programme="sample", level=level, award=f"star{n}", title="工匠",
        name=subject.name, state="trainee", from_date=date(2024 + n % 3, 5, 1),
    )  # fmt: skip
    recount([made.pk])
    return made


def taken(edition: Edition, step: tuple[str, int, str]) -> None:
    """One step, on whatever there is."""
    verb, n, said = step
    if verb in REGISTERS:
        with suppress(Refused):
            REGISTERS[verb](edition, n, said)
        return
    people = list(Honour.objects.order_by("pk"))
    if verb == "name" and len(people) < PEOPLE:
        honoured(edition, len(people), said)
    if not people:
        return
    one = people[n % len(people)]
    entries = list(ActivityEntry.objects.exclude(state="withdrawn").order_by("pk"))
    if verb == "state":
        Honour.objects.filter(pk=one.pk).update(state=said)
    if verb == "level":
        Honour.objects.filter(pk=one.pk).update(level=said)
    if verb == "moved":
        Honour.objects.filter(pk=one.pk).update(edition=None)
    recount([one.pk])
    if verb in ("enter", "same"):
        doing = Doing(said, "做了一件事", date(2025 + n % 2, 3, 1))
        source = "camp:1" if verb == "same" else ""
        state = ActivityEntry.State.CLAIMED if n % 2 else ActivityEntry.State.CONFIRMED
        record(actor=platform(), at=AT, honour=one, doing=doing, state=state, source=source)
    if verb == "confirm":
        for entry in [one for one in entries if one.state == "claimed"][:1]:
            confirm(actor=platform(), at=AT, entry_id=entry.pk, version=entry.version)
    if verb == "withdraw":
        for entry in [one for one in entries if not one.source][:1]:
            withdraw(actor=platform(), at=AT, entry_id=entry.pk, version=entry.version, reason="记错")


def listed(edition: Edition, n: int, level: str) -> RegistryImport:
    """A list with one person, sometimes somebody known, brought in by the organiser or by whoever is over it."""
    register, _ = Register.objects.get_or_create(code=f"list-{n % 2}", defaults={"label": "名册", "counted": n % 5 > 0})
    organiser = edition.organiser
    source = RegistryImport.objects.create(
        register=register, title=f"名单{n}", digest=str(n), at=AT,
        organisation=organiser if n % 3 else organiser.children.filter(kind="union").first(),
    )  # fmt: skip
    who = n % PEOPLE
    RegistryEntry.objects.create(
        source=source, row=1, name=f"样工{who}", birth=f"{1970 + who * 7}-03" if n % 2 else "", level=level,
        unit="江苏省样例机床厂" if n > 5 else "", honour_state="trainee" if n == 3 else "stands", outcome="new",
        date=("", "2019", "2024-05")[n % 3], key=f"{source.pk}",
    )  # fmt: skip
    return take(actor=platform(), at=AT, import_id=source.pk)


def crowned(edition: Edition, n: int, level: str) -> None:
    """Somebody of a list is named here."""
    people = list(Subject.objects.exclude(registry_entries=None).distinct().order_by("pk"))
    if people:
        named_as(edition, people[n % len(people)], level, n)


def unlisted(edition: Edition, n: int, _: str) -> None:
    for one in RegistryImport.objects.filter(state="taken").order_by("pk")[n % 2 : n % 2 + 1]:
        withdraw_list(actor=platform(), at=AT, import_id=one.pk, reason="重新核对")


def decided(edition: Edition, n: int, said: str) -> None:
    for one in PersonQuestion.objects.filter(state="open").order_by("pk")[:1]:
        decide(actor=platform(), at=AT, question_id=one.pk, same=said == "same", reason="查证")


def undone(edition: Edition, n: int, _: str) -> None:
    for one in PersonQuestion.objects.exclude(state="open").order_by("pk")[:1]:
        undo(actor=platform(), at=AT, question_id=one.pk, reason="改正")


def parted(edition: Edition, n: int, _: str) -> None:
    for one in [one for one in RegistryEntry.objects.filter(standing=True).order_by("pk") if may_part(one)][:1]:
        part(actor=platform(), at=AT, entry_id=one.pk, reason="同名")


def counting(edition: Edition, n: int, said: str) -> None:
    for one in Register.objects.filter(code=f"list-{n % 2}"):
        set_counted(actor=platform(), at=AT, code=one.code, counted=said == "yes", reason="核对过")


REGISTERS: dict[str, Callable[[Edition, int, str], object]] = {
    "list": listed, "unlist": unlisted, "crown": crowned, "decide": decided, "undo": undone, "part": parted,
    "count": counting,
}  # fmt: skip


def as_lists_say(organisation: Organisation) -> None:
    """Every figure of the organisation's board is as long as the list behind it; nobody stands twice in a level's."""
    seat = counted_for(organisation)
    figures = honour_figures(seat)
    for level in ("national", "province", "city"):
        for state in STATES:
            asked = {"level": level, "state": state}
            found = people(platform(), seat, asked)
            assert found.n == len(found.rows) == figures.total(level=level, states=(state,))
    by_person = ListedMark.objects.values_list("subject", "level")
    held = Honour.objects.filter(mark__isnull=False).values_list("subject", "mark__level")
    assert not set(by_person) & set(held)


def kept() -> dict[str, int]:
    return dict(Tally.objects.exclude(n=0).values_list("pk", "n"))


@pytest.mark.ledger("M-01")
def test_after_any_sequence_of_changes_the_figures_are_those_of_the_lists() -> None:
    edition = prepared_edition(small_world())

    @settings(max_examples=12, deadline=None, database=None)
    @given(steps)
    def holds(asked: list[tuple[str, int, str]]) -> None:
        with transaction.atomic():
            for step in asked:
                taken(edition, step)
            assert list(differences()) == []
            as_lists_say(edition.organiser)
            before = kept()
            rebuild(actor=platform(), at=AT)
            assert kept() == before
            transaction.set_rollback(True)

    holds()


@pytest.mark.ledger("X-06")
def test_naming_and_every_change_of_standing_move_them() -> None:
    found = named(3)
    scope = f"o{found.document.process.edition.organiser_id}"

    def by_state() -> dict[str, int]:
        rows = Tally.objects.filter(scope=scope, of="honours", facet="gender").exclude(n=0)
        counted: dict[str, int] = {}
        for one in rows:
            counted[one.state] = counted.get(one.state, 0) + one.n
        return counted

    assert by_state() == {"stands": 3}
    honour = found.fresh().honour
    suspend(actor=found.approver, at=moment(date(2026, 10, 9)), honour_id=honour.pk, reason="核查期间")
    assert by_state() == {"stands": 2, "suspended": 1}
    assert list(differences()) == []


def test_a_figure_that_was_tampered_with_is_told_and_mended() -> None:
    edition = prepared_edition(small_world())
    honoured(edition, 0, "city")
    Tally.objects.filter(facet="gender", scope=f"e{edition.pk}").update(n=7)
    Honour.objects.update(state="stands")
    told = list(differences())
    assert any("统计口径与现状不符" in one for one in told)
    assert any(f"e{edition.pk}|honours|city|2024|trainee|gender|男 为 7" in one for one in told)
    assert rebuild(actor=platform(), at=AT) == 1
    assert list(differences()) == []


def test_teams_and_studios_count_in_no_figure() -> None:
    edition = prepared_edition(small_world())
    team = honoured(edition, 0, "city", kind="team")
    record(actor=platform(), at=AT, honour=team, doing=Doing("talk", "宣讲", date(2026, 1, 1)))
    assert not HonourMark.objects.exists()
    assert kept() == {}
    assert list(differences()) == []


def test_counting_again_what_did_not_change_writes_nothing(django_assert_num_queries: Any) -> None:
    edition = prepared_edition(small_world())
    ids = [honoured(edition, n, "city").pk for n in range(4)]
    with django_assert_num_queries(4):
        recount(ids)
