"""Reading the registers: what they cover, what was imported, what has to be settled. Lists page by key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import (
    Coverage,
    Edition,
    Honour,
    PersonQuestion,
    Process,
    Register,
    RegistryEntry,
    RegistryImport,
    Subject,
)
from gongjiang.rules.programmes.vocabulary import REGISTERS
from gongjiang.rules.registry.coverage import ANY, said
from gongjiang.services.people.sealing import mask_text
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.registry.asked import asked_of
from gongjiang.services.registry.authority import entries_seen, imports_seen, judged, must_keep, questions_seen

PAGE = 50
S = RegistryImport.State


def visible_to(actor: Actor) -> QuerySet[RegistryImport]:
    """Imports whose rows the actor may read."""
    return imports_seen(actor)


@dataclass(frozen=True)
class Line:
    """One register: what it holds, how completely, from where, who asks for it."""

    code: str
    label: str
    rows: int
    honours: int
    complete: bool
    since: date | None
    source: str
    last: RegistryImport | None
    asked_by: tuple[str, ...]
    counted: bool = False

    @property
    def covers(self) -> str:
        """全部, 2022年1月1日以来, or that it is not complete."""
        return said(self.since, complete=self.complete)

    @property
    def lacking(self) -> bool:
        """Does a running edition ask for it, though it is not complete?"""
        return bool(self.asked_by) and not self.complete


def lines(actor: Actor) -> list[Line]:
    """All registers: those asked for by editions under way first. A fixed number of queries."""
    must_keep(actor)
    covers = {one.programme: one for one in Coverage.objects.all()}
    registers = list(Register.objects.all())
    labels = {one.code: one.label for one in registers}
    counting = {one.code for one in registers if one.counted}
    rows = dict(
        RegistryEntry.objects.filter(standing=True)
        .values_list("source__register__code")
        .annotate(n=Count("id"))
        .order_by()
    )
    named: dict[str, int] = {}
    for register, programme, n in (
        Honour.objects.values_list("register", "programme").annotate(n=Count("id")).order_by()
    ):
        named[register or programme] = named.get(register or programme, 0) + n
    last: dict[str, RegistryImport] = {}
    taken = (
        RegistryImport.objects.filter(state=S.TAKEN)
        .select_related("register", "organisation", "by")
        .defer("problems", "notes")
    )
    for one in taken.order_by("-id")[:500]:
        last.setdefault(one.register.code, one)
    asked = asked_for()
    every = covers.get(ANY)
    codes = {*labels, *(one for one in covers if one != ANY), *named, *asked}
    found = [_line(one, labels, covers.get(one, every), rows, named, last, asked, counting) for one in sorted(codes)]
    return sorted(found, key=lambda one: (not one.lacking, not one.asked_by, one.label))


def _line(
    code: str,
    labels: dict[str, str],
    covered: Coverage | None,
    rows: dict[str, int],
    named: dict[str, int],
    last: dict[str, RegistryImport],
    asked: dict[str, tuple[str, ...]],
    counting: set[str],
) -> Line:
    return Line(
        code,
        label_of(code, labels),
        rows.get(code, 0),
        named.get(code, 0),
        covered is not None,
        covered.since if covered is not None else None,
        covered.source if covered is not None else "",
        last.get(code),
        asked.get(code, ()),
        code in counting,
    )


def label_of(code: str, labels: dict[str, str]) -> str:
    """A register as people call it."""
    return labels.get(code) or REGISTERS.get(code) or code


def asked_for() -> dict[str, tuple[str, ...]]:
    """Registers that rules of editions in preparation or under way read, with the editions' titles."""
    found: dict[str, list[str]] = {}
    rows = (
        Process.objects.filter(name="nomination", edition__state__in=[Edition.State.PREPARING, Edition.State.OPEN])
        .select_related("edition__pack")
        .order_by("edition_id")
    )
    for process in rows:
        programme = programme_of(process)
        for code in asked_of(programme):
            found.setdefault(code, []).append(programme.edition.title)
    return {code: tuple(dict.fromkeys(titles)) for code, titles in found.items()}


def choices() -> list[tuple[str, str]]:
    """Registers that a list may belong to: those known here, the usual ones, those that editions ask for."""
    labels = dict(Register.objects.values_list("code", "label"))
    codes = dict.fromkeys([*labels, *REGISTERS, *asked_for()])
    return [(code, label_of(code, labels)) for code in codes]


def imports(actor: Actor, before: int = 0) -> list[RegistryImport]:
    """A page of imports, newest first, one more than shown."""
    must_keep(actor)
    rows = (
        visible_to(actor)
        .select_related("register", "organisation", "by")
        .defer("problems", "notes")
        .annotate(n=Count("entries"), counted=Count("entries", Q(entries__standing=True)))
        .order_by("-id")
    )
    return list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])


def get_import(actor: Actor, import_id: int) -> RegistryImport:
    """One import; NotFound if the actor may not see its rows."""
    found = (
        visible_to(actor).select_related("register", "organisation", "by", "withdrawn_by").filter(pk=import_id).first()
    )
    if found is None:
        raise NotFound()
    return found


def outcomes(one: RegistryImport) -> dict[str, int]:
    """How many rows came out how."""
    return dict(one.entries.values_list("outcome").annotate(n=Count("id")).order_by())


def entries(one: RegistryImport, after: int = 0, outcome: str = "") -> list[RegistryEntry]:
    """A page of an import's rows by their place in the file, one more than shown."""
    rows = one.entries.select_related("subject").filter(row__gt=after).order_by("row")
    return list((rows.filter(outcome=outcome) if outcome else rows)[: PAGE + 1])


def masked_number(entry: RegistryEntry) -> str:
    """The identity number as lists show it; nothing where the list had none."""
    return mask_text(entry.number, "id_number")


def questions(actor: Actor, *, settled: bool = False, after: int = 0) -> list[PersonQuestion]:
    """A page of questions of identity, those that wait (or were settled), one more than shown."""
    must_keep(actor)
    rows = (
        questions_seen(actor)
        .filter(pk__gt=after)
        .select_related("one", "other", "by")
        .prefetch_related(*_known(actor, "one"), *_known(actor, "other"))
        .order_by("id")
    )
    rows = rows.exclude(state="open") if settled else rows.filter(state="open")
    return list(rows[: PAGE + 1])


def _known(actor: Actor, side: str) -> Iterable["Prefetch[str]"]:
    standing = entries_seen(actor).select_related("source__register").order_by("id")
    return (
        Prefetch(f"{side}__registry_entries", queryset=standing),
        Prefetch(
            f"{side}__honours", queryset=Honour.objects.exclude(state__in=["revoked", "suspended"]).order_by("id")
        ),
    )


@dataclass(frozen=True)
class Side:
    """One of two records that may be one person: what is known of them, and from where."""

    subject: Subject
    name: str
    birth: str
    unit: str
    number: str
    known_from: tuple[str, ...]


def sides(actor: Actor, found: Iterable[PersonQuestion]) -> dict[int, tuple[Side, Side]]:
    """Both records of each question (as `questions` read it). What nomination forms say is told only to those who
    decide about the nomination; everybody else sees what the lists say."""
    asked = list(found)
    known = judged(actor, (pk for one in asked for pk in (one.one_id, one.other_id)))
    return {one.pk: (_side(one.one, known), _side(one.other, known)) for one in asked}


def _side(one: Subject, known: set[int]) -> Side:
    listed = list(one.registry_entries.all())
    values = one.values if one.pk in known else {}
    from_lists = [f"“{entry.source.register.label}”名册第{entry.row}行（{entry.source.title}）" for entry in listed]
    conferred = [f"{honour.title}（{honour.from_date.year}年）" for honour in one.honours.all()]
    first = listed[0] if listed else None
    token = str(values.get("id_number") or "") or next((entry.number for entry in listed if entry.number), "")
    return Side(
        one,
        one.name if one.pk in known or first is None else first.name,
        str(values.get("birth") or "") or (first.birth if first else ""),
        str(values.get("employer") or "") or (first.unit if first else ""),
        mask_text(token, "id_number") if token else "",
        (*from_lists, *conferred)[:5] or ("本平台的申报",),
    )


def waiting(actor: Actor) -> int:
    """How many questions of identity wait for the actor."""
    return questions_seen(actor).filter(state="open").count()
