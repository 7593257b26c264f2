"""What follows from a tier, carried out: one function a word of the closed list (mechanisms 10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import Refused
from gongjiang.models import Bar, BenefitDue, BenefitStop, Honour, NamingDocument, Preference, ProcessOutcome, QuotaCut
from gongjiang.rules.assessment.due import moved
from gongjiang.rules.funds.money import shown
from gongjiang.rules.honours.bestowals import amount_of
from gongjiang.rules.honours.standing import Change
from gongjiang.rules.programmes.schema.process import Effect, Span
from gongjiang.rules.programmes.schema.stage import Benefit
from gongjiang.services.assessment.claims import open_claims
from gongjiang.services.assessment.explain import ask
from gongjiang.services.honours.note import note_honour
from gongjiang.services.honours.standing import carry
from gongjiang.services.programmes.programme import Programme, whole_pack


@dataclass(frozen=True)
class Deed:
    """What an effect is done to, by whom, on which decision. `document`: the one that confers, where one does."""

    actor: Actor
    at: datetime
    programme: Programme
    held: Honour | None
    outcome: ProcessOutcome
    document: NamingDocument | None

    @property
    def honour(self) -> Honour:
        """The honour it is about; a process about units has none."""
        if self.held is None:
            raise Refused("这一后果只用于对荣誉的考核。", "There is no honour here.")
        return self.held

    @property
    def promised(self) -> dict[str, Benefit]:
        """The benefits that the pack names, by id."""
        return {one.id: one for one in whole_pack(self.programme.edition).benefits}

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
    found = WORDS.get(effect.word)
    if found is None or (deed.held is None and effect.word not in OVER_UNITS):
        return ""
    return found(deed, effect)


def by_people(effect: Effect, *, about_units: bool) -> bool:
    """Is it for people to see to?"""
    return effect.word != "retry" and (effect.word not in WORDS or (about_units and effect.word not in OVER_UNITS))


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


def _stop(deed: Deed, effect: Effect) -> str:
    """What goes with the honour ends: the named benefits, or all that the notice promises (第二十条：终止相应待遇)."""
    names = [one for one in effect.named() if one != "all"]
    BenefitStop.objects.bulk_create(
        BenefitStop(honour=deed.honour, outcome=deed.outcome, benefit=one[:48], from_date=deed.day)
        for one in names or [""]
    )
    known = deed.promised
    labels = "、".join(known[one].shown if one in known else one for one in names) or "全部待遇"
    _note(deed, "honour.stop", {"benefits": labels, "from": deed.day.isoformat()})
    return f"自{long_date(deed.day)}起终止{labels}"


def _pay(deed: Deed, effect: Effect) -> str:
    """Sums become due: each is given once, from the benefits' page, against a budget (services/funds). '' where the
    pack and the edition's answers say no sum."""
    known, sums = deed.promised, dict[str, Decimal]()
    for name in effect.named():
        raw = effect.args.get("amount") or known[name].amount
        amount = amount_of(deed.programme.value(raw.get(deed.honour.tier) if isinstance(raw, Mapping) else raw))
        if amount is None:
            return ""  # not the one without the other
        sums[name] = amount
    done = []
    for name, amount in sums.items():
        BenefitDue.objects.create(
            honour=deed.honour, outcome=deed.outcome, benefit=name[:48], label=deed.why[:40], amount=amount,
            from_date=deed.day,
        )  # fmt: skip
        done.append(f"应发{known[name].shown} {amount:,.2f}".removesuffix(".00") + " 元")
    _note(deed, "honour.due", {"said": "、".join(done)})
    return "、".join(done)


def _reclaim(deed: Deed, effect: Effect) -> str:
    claims = open_claims(deed.at, deed.honour, deed.outcome, effect.named("of"))
    told = "、".join(f"{one.payee} {shown(one.paid)} 元" for one in claims)
    if not claims:
        return "没有发放过款项，无须追回"
    _note(deed, "claim.open", {"claims": told})
    if claims[0].amount is None:
        return f"追回未使用的部分，数额待核定（已发放：{told}）"
    return f"追回已发放的全部：{told}"


def _explain(deed: Deed, effect: Effect) -> str:
    within = Span.model_validate(effect.args["within"])
    owed = ask(deed.at, deed.outcome, str(effect.args.get("by", "person")), within, deed.programme)
    return f"{owed.organisation.short_name if owed.organisation else '本人'}须在{long_date(owed.due_on)}前说明情况"


def _reduce_quota(deed: Deed, effect: Effect) -> str:
    """The unit that nominated, or that is assessed itself: so many places fewer in the next edition. '' where none
    nominated."""
    unit = deed.outcome.case.nominator or deed.outcome.case.applying_unit
    places = int(deed.programme.value(effect.args.get("places", 1)) or 0)
    if unit is None or places < 1:
        return ""
    QuotaCut.objects.create(
        outcome=deed.outcome,
        organisation=unit,
        organiser=deed.programme.edition.organiser,
        programme=deed.programme.pack.id,
        places=places,
    )
    return f"{unit.short_name}下届名额核减{places}个，下届发布时扣除"


OVER_UNITS = frozenset({"explain", "keep", "reduce_quota"})
"""Words that are carried out over a unit, too."""

WORDS: Mapping[str, Callable[[Deed, Effect], str]] = {
    "confer": _confer, "renew": _renew, "end": _end, "suspend": _suspend, "revoke": _revoke, "bar": _bar,
    "prefer": _prefer, "enter": _prefer, "keep": _keep, "stop": _stop, "pay": _pay, "reclaim": _reclaim,
    "explain": _explain, "reduce_quota": _reduce_quota,
}  # fmt: skip


def _note(deed: Deed, action: str, data: dict[str, str]) -> None:
    told = {**data, "reason": deed.why, "basis": deed.outcome.basis}
    note_honour(deed.actor, deed.at, deed.honour, action, told)
