"""The words of a programme: who, what, where, which values. See docs/pack-format.md."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from gongjiang.rules.programmes.schema.base import Named, RawCondition, Scalar, Sourced, Strict, Value, Words

Level = Literal["person", "employer", "unit", "county", "industry", "city", "province", "national"]


class AsOf(Sourced):
    """The day on which years and ages are counted."""

    time: str | None = None
    at: Literal["first", "last"] = "last"
    date: dt.date | None = None


class BasedOn(Strict):
    """A document that the notice carries out or refers to."""

    title: str
    doc_no: str = ""
    relation: Literal["implements", "refers"] = "refers"
    cite: Words = ()
    text_held: bool = False


class SupersededBy(Strict):
    """The document that followed; what was decided under this one stays judged by it."""

    title: str
    doc_no: str = ""
    effect: str = ""


class Repealed(Strict):
    """A document that this one repeals; what was decided under it stays judged by it (ledger M-20)."""

    title: str
    doc_no: str
    cite: Words = ()


class InForce(Strict):
    """The life of a regulation."""

    from_: dt.date | None = Field(default=None, alias="from")
    to: dt.date | None = None


class Header(Strict):
    """Section `pack`: identity of the pack and of its notice."""

    id: str
    version: str
    status: Literal["draft", "released"] = "draft"
    kind: Literal["campaign", "framework", "process"] = "campaign"  # process: one of another pack's, made by the loader
    level: Literal["national", "province", "city", "county", "enterprise"]
    year: int
    title: str
    short: str = ""  # before the ids of its clauses when a lower pack cites them: 办法第五条
    doc_no: str = ""
    extends: str | None = None
    issued_by: Words
    issued_on: dt.date
    calendar: str = "cn-state-council"
    catalogue: str = "person@1"
    as_of: AsOf
    based_on: tuple[BasedOn, ...] = ()
    repeals: tuple[Repealed, ...] = ()
    superseded_by: SupersededBy | None = None
    interpreted_by: str = ""
    in_force: InForce | None = None


class NoticeSource(Strict):
    """Which text the clauses were read from."""

    file: str
    sha256: str
    chars: int


ClauseKind = Literal["info", "org", "quota", "rule", "rubric", "procedure", "form", "time", "benefit", "duty"]


class ClauseAnchor(Strict):
    """A clause begins where its quotation begins and runs to the next."""

    id: str
    starts: str
    kind: ClauseKind
    note: str | None = None


class Correction(Strict):
    """A misprint: the text is kept, the correction shown beside it (ledger X-07)."""

    clause: str
    printed: str
    meant: str


class NoticeRef(Strict):
    """Section `notice`."""

    source: NoticeSource
    clauses: tuple[ClauseAnchor, ...]
    corrections: tuple[Correction, ...] = ()


class Param(Named):
    """A number or word that rules use as `$id`; simulation changes these and nothing else."""

    value: Scalar | None = None
    unit: str = ""
    bound: Literal["about", "at_most", "at_least", "exactly"] | None = None
    judged: str | None = None
    tighter: Literal["up", "down"] | None = None  # in which direction a lower pack may move it
    award: Words = ()


class Answer(Strict):
    """What kind of answer a question takes."""

    kind: Literal["yes_no", "number", "text", "date", "one_of", "codes"] = "text"
    options: dict[str, str] = {}
    codes: str | None = None

    @staticmethod
    def read(raw: Any, default: str) -> "Answer":
        """From `number`, `{one_of: [a, b]}`, `{one_of: {value: label}}` or `{codes: list}`."""
        if raw is None:
            return Answer(kind=default)  # type: ignore[arg-type]
        if isinstance(raw, str):
            return Answer(kind=raw)  # type: ignore[arg-type]
        if isinstance(raw, dict) and set(raw) == {"one_of"}:
            options = raw["one_of"]
            if isinstance(options, list):
                options = {str(one): str(one) for one in options}
            return Answer(kind="one_of", options={str(k): str(v) for k, v in options.items()})
        if isinstance(raw, dict) and set(raw) == {"codes"}:
            return Answer(kind="codes", codes=str(raw["codes"]))
        raise ValueError("answer: yes_no | number | text | date | {one_of: …} | {codes: …}")


class Question(Strict):
    """Asked of the issuing office; answered on screen before an edition is published.

    `must`: an edition opens only with this answer (a consent), and with the basis for it.
    """

    id: str
    cite: Words = ()
    question: str
    answer: Any = None
    default: Scalar | None = None
    must: Scalar | None = None
    before: str = "publish"
    award: Words = ()
    note: str | None = None
    origin: str = ""

    @property
    def takes(self) -> Answer:
        """The kind of answer; plain text unless said."""
        return Answer.read(self.answer, "text")


class Judgement(Sourced):
    """A condition that named people judge and nothing computes (ledger X-05)."""

    id: str
    label: str = ""
    about: Literal["case", "row", "edition", "unit"] | dict[str, str] = "case"
    rows: str | None = None
    question: str
    answer: Any = None
    by: Words
    basis: Words = ()
    before: str | None = None
    award: Words = ()
    when: RawCondition | None = None
    default: Scalar | None = None
    count: dict[str, int] | None = None

    @property
    def takes(self) -> Answer:
        """The kind of answer; yes or no unless said."""
        return Answer.read(self.answer, "yes_no")


class RoleMember(Strict):
    """A seat in a body such as a leading group: its post, how many, from which body."""

    post: str
    count: int = 1
    from_: str = Field(default="", alias="from")


class Role(Named):
    """A party of the programme; with `any_of` a name for several."""

    level: Level | None = None
    any_of: Words = ()
    nominates: bool = False
    members: tuple[RoleMember, ...] = ()


class SubjectKind(Named):
    """A kind of subject beside persons: its relations to persons, units and others.

    `like`: whose fields it starts from, when the catalogue doesn't know the kind (rules/programmes/kinds.py).
    """

    like: str = "team"
    has: dict[str, str | list[str]] = {}


class Tier(Named):
    """One level of an award, best first."""

    places: Value | None = None
    by: Words = ()


class TitleVariant(Strict):
    """The same tier under another name for some."""

    when: RawCondition
    label: str


class Award(Named):
    """What can come out for whom."""

    subject: str = "person"
    level: Level | None = None  # of the office that runs it, where a framework has several
    by: Words = ()
    confers: Literal["stands", "trainee"] = "stands"
    tiers: tuple[Tier, ...] = ()
    titles: tuple[TitleVariant, ...] = ()
