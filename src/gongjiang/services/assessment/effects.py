"""What follows from a tier, carried out: one function a word of the closed list (mechanisms 10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.models import Bar, Honour, NamingDocument, Preference, ProcessOutcome
from gongjiang.rules.assessment.due import moved
from gongjiang.rules.assessment.follow import said
from gongjiang.rules.honours.standing import Change
from gongjiang.rules.programmes.schema.process import Effect, Span
from gongjiang.services.honours.note import note_honour
from gongjiang.services.honours.standing import carry
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Deed:
    """What an effect is done to, by whom, on which decision. `document`: the one that confers, where one does."""

    actor: Actor
    at: datetime
    programme: Programme
    honour: Honour
    outcome: ProcessOutcome
    document: NamingDocument | None

    @property
    def why(self) -> str:
        """The reason on record."""
        return f"{self.outcome.label}：{self.outcome.tier_label}"

    @property
    def day(self) -> date:
        """The day of the decision."""
        return self.outcome.decided_on

    def change(self, change: Change) -> None:
        """The honour's standing, on the ground of this outcome."""
        carry(
            actor=self.actor, at=self.at, honour=self.honour, change=change, reason=self.why, basis=self.outcome.basis
        )


def carry_out(deed: Deed, effect: Effect) -> str:
    """One effect; returns what was done, in words. '' for what people see to themselves."""
    found = _WORDS.get(effect.word)
    return found(deed, effect) if found is not None else ""


def _confer(deed: Deed, effect: Effect) -> str:
    """A trainee becomes an artisan: standing, title, the document that says so (measures-2025 第十五条)."""
    honour = deed.honour
    if honour.state == Honour.State.TRAINEE:
        deed.change(Change.CONFER)
    title = str(effect.args.get("title") or honour.title.removesuffix("培育对象"))[:80]
    length = effect.args.get("length")
    until = moved(Span.model_validate(length), deed.day, deed.programme.value) if isinstance(length, dict) else None
    first = honour.first_title or honour.title
    Honour.objects.filter(pk=honour.pk).update(title=title, first_title=first, confirmed=deed.document, until=until)
    honour.title, honour.until = title, until
    return f"认定为“{title}”"


def _renew(deed: Deed, effect: Effect) -> str:
    """The term goes on from its last day (from the decision, where it had none)."""
    honour = deed.honour
    until = moved(Span.model_validate(effect.args), honour.until or deed.day, deed.programme.value)
    Honour.objects.filter(pk=honour.pk).update(until=until)
    _note(
        deed, "honour.renew", {"before": honour.until.isoformat() if honour.until else "", "until": until.isoformat()}
    )
    honour.until = until
    return f"续期至{long_date(until)}"


def _end(deed: Deed, effect: Effect) -> str:
    deed.change(Change.END)
    return "期满终止"


def _suspend(deed: Deed, effect: Effect) -> str:
    deed.change(Change.SUSPEND)
    return "暂停"


def _revoke(deed: Deed, effect: Effect) -> str:
    deed.change(Change.WITHDRAW)
    return "撤销荣誉，收回证书"


def _bar(deed: Deed, effect: Effect) -> str:
    """No nomination for so long, in the programmes of this organiser."""
    until = moved(Span.model_validate(effect.args), deed.day, deed.programme.value)
    Bar.objects.create(
        subject=deed.honour.subject,
        outcome=deed.outcome,
        organiser=deed.programme.edition.organiser,
        programme=deed.programme.pack.id,
        from_date=deed.day,
        until=until,
        basis=f"{deed.outcome.basis}（{deed.why}）"[:120],
    )
    return f"{long_date(until)}前不得申报"


def _prefer(deed: Deed, effect: Effect) -> str:
    programme = str(effect.args.get("programme") or effect.args.get("what") or "")
    word = "直接进入" if effect.word == "enter" else "优先推荐"
    Preference.objects.get_or_create(
        honour=deed.honour,
        benefit=f"{deed.outcome.process}.{deed.outcome.tier}"[:40],
        programme=programme[:60],
        defaults={"label": f"{deed.why}，{word}"[:80], "at": deed.at},
    )
    return f"{word}：{programme}" if programme else word


def _keep(deed: Deed, effect: Effect) -> str:
    return "保持不变"


_WORDS: Mapping[str, Callable[[Deed, Effect], str]] = {
    "confer": _confer, "renew": _renew, "end": _end, "suspend": _suspend, "revoke": _revoke, "bar": _bar,
    "prefer": _prefer, "enter": _prefer, "keep": _keep,
}  # fmt: skip


def by_hand(effect: Effect) -> str:
    """What people still see to, in words; '' for what is carried out here (or is another try)."""
    return "" if effect.word in _WORDS or effect.word == "retry" else said(effect)


def _note(deed: Deed, action: str, data: dict[str, str]) -> None:
    told = {**data, "reason": deed.why, "basis": deed.outcome.basis}
    note_honour(deed.actor, deed.at, deed.honour, action, told)
