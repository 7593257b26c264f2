"""Processes and terms: each tier has a way on, each effect what it needs, each term an end (mechanisms 10)."""

from collections.abc import Iterator
from typing import Any

from gongjiang.rules.programmes.benefits import MONEY_ONCE
from gongjiang.rules.programmes.cycles import family
from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.lints.references import EFFECTS
from gongjiang.rules.programmes.names import items
from gongjiang.rules.programmes.problems import Path, did_you_mean

NEEDS = {
    "bar": ("years", "months", "days"),
    "renew": ("years", "months", "days"),
    "retry": ("after",),
    "explain": ("within",),
}
"""What an effect must say: one of these."""
ASSESSED = (
    "confer", "renew", "end", "suspend", "revoke", "bar", "retry", "pay", "stop", "reclaim", "prefer", "enter",
    "explain", "keep", "reduce_quota",
)  # fmt: skip
"""Effects that may follow a tier of a process; the rest are for nominations."""


EXPLAINING = ("person", "unit", "nominator")
OVER_HONOURS = frozenset(ASSESSED) - {"explain", "keep", "retry", "reduce_quota"}
"""Effects that need an honour."""


@lint("process.effect", "考核档次的后果须是已知的词，并写全")
def effects(draft: Draft) -> Iterator[Finding]:
    """Words of the list, with what each needs; those for nominations change nothing here."""
    for path, tier in draft.items("processes.*.tiers.*"):
        for at, word, args in _effects(path, tier):
            if word not in EFFECTS:
                hint, english = did_you_mean(word, EFFECTS)
                yield Finding(at, f"后果“{word}”没有定义。{hint}", f"No effect '{word}'.{english}", "unknown.effect")
            elif word not in ASSESSED:
                yield Finding(at, f"后果“{word}”只用于申报，不用于命名后的流程。", f"'{word}' is for nominations only.")
            elif word in NEEDS and not any(args.get(one) is not None for one in NEEDS[word]):
                needed = "、".join(NEEDS[word])
                yield Finding(at, f"后果“{word}”须写明 {needed}。", f"'{word}' needs one of {', '.join(NEEDS[word])}.")


@lint("process.argument", "后果所带的值须有意义")
def arguments(draft: Draft) -> Iterator[Finding]:
    """Benefits that the pack has, sums that somebody says, who explains; over a unit only what units can do."""
    benefits = {str(one.get("id")): one for _, one in draft.items("benefits.*")}
    for path, process in draft.items("processes.*"):
        for n, tier in enumerate(items(process, "tiers")):
            for at, word, args in _effects((*path, "tiers", n), tier):
                named = _named(args, "benefit")
                if word in OVER_HONOURS and process.get("about") == "unit":
                    yield Finding(at, f"“{word}”只用于对荣誉的流程。", f"'{word}' is over honours only.")
                if word in {"pay", "stop"}:
                    yield from (_unknown(at, one, benefits) for one in named if one not in {*benefits, "all"})
                if word == "pay":
                    yield from _pay(draft, at, args, named, benefits)
                if word == "reclaim" and _named(args, "of") not in (["unspent"], ["all"]):
                    yield Finding(
                        at, "追回（reclaim）须写 unspent（未使用的部分）或 all（全部）。", "reclaim: unspent or all."
                    )
                if word == "reduce_quota" and not _counts(draft, args.get("places", 1)):
                    yield Finding(at, "核减名额（reduce_quota）的 places 须是不小于 1 的整数。", "places: 1 or more.")
                if word == "explain" and str(args.get("by", "person")) not in EXPLAINING:
                    yield Finding(at, f"说明（explain）的 by 只能写 {'、'.join(EXPLAINING)}。", "explain by whom?")


def _counts(draft: Draft, value: Any) -> bool:
    number = draft.number(value)
    return draft.later(value) or (number is not None and number.denominator == 1 and 1 <= number <= 1000)


def _pay(
    draft: Draft, at: Path, args: dict[str, Any], named: list[str], benefits: dict[str, dict[str, Any]]
) -> Iterator[Finding]:
    if not named or "all" in named:
        yield Finding(at, "发放（pay）须写明待遇：pay: 编号，或 {benefit: 编号, amount: 金额}。", "Which benefit?")
    for one in (name for name in named if name in benefits):
        kind = benefits[one].get("kind", "honour")
        if kind not in MONEY_ONCE:
            text = f"待遇“{one}”的种类是 {kind}：按考核发放的须写 {'、'.join(MONEY_ONCE)}。"
            yield Finding(at, text, "Only sums given once are paid by a process.")
        raw = args.get("amount", benefits[one].get("amount"))
        sums = list(raw.values()) if isinstance(raw, dict) and "lookup" not in raw else [raw]
        for sum_ in sums:
            number = draft.number(sum_)
            asked = isinstance(sum_, str) and sum_.startswith("$")  # the edition says it; until then people see to it
            if not asked and (number is None or not 0 < number < 10**10):
                yield Finding(at, f"发放“{one}”没有写金额：在待遇或后果里写 amount（元，大于 0）。", "How much?")


def _named(args: dict[str, Any], key: str) -> list[str]:
    """As `Effect.named` reads it."""
    raw = args.get(key, args.get("what"))
    return [str(one) for one in raw] if isinstance(raw, list) else [] if raw is None else [str(raw)]


def _unknown(at: Path, name: str, benefits: dict[str, Any]) -> Finding:
    hint, english = did_you_mean(name, dict.fromkeys(benefits, ""))
    return Finding(at, f"待遇“{name}”没有定义。{hint}", f"No such benefit '{name}'.{english}", "unknown.benefit")


@lint("process.retry", "补考要有出路")
def retry(draft: Draft) -> Iterator[Finding]:
    """A tier that is assessed again must say what follows when that fails too: `else`, another tier without retry."""
    for path, process in draft.items("processes.*"):
        tiers = {str(one.get("id")): one for one in items(process, "tiers")}
        for n, tier in enumerate(items(process, "tiers")):
            for at, word, args in _effects((*path, "tiers", n), tier):
                if word != "retry":
                    continue
                other = args.get("else")
                known = tiers.get(str(other))
                if known is None or known is tier or any(one == "retry" for _, one, _ in _effects((), known)):
                    yield Finding(
                        at,
                        f"档次“{tier.get('id')}”要再考一次（retry），须用 else 写明仍不合格时归入哪个档次"
                        "（不能还是要再考的）。",
                        f"Tier '{tier.get('id')}' is tried again: name the tier (else) if that fails too.",
                    )


@lint("process.names", "流程和管理期提到的编号都要有定义")
def names(draft: Draft) -> Iterator[Finding]:
    """Awards, roles, the process that ends a term."""
    ids = draft.names.ids
    ours = {str(one.get("id")): "" for _, one in draft.items("processes.*")}
    for pattern, kind, known in (
        ("processes.*.award", "奖项", ids["award"]),
        ("term.award", "奖项", ids["award"]),
        ("term.*.award", "奖项", ids["award"]),
        ("processes.*.by", "角色", ids["role"]),
        ("term.at_end", "流程", ours),
        ("term.*.at_end", "流程", ours),
    ):
        for path, word in draft.words(pattern):
            if word not in known:
                hint, english = did_you_mean(word, known)
                yield Finding(path, f"{kind}“{word}”没有定义。{hint}", f"No such {kind} '{word}'.{english}")


@lint("process.empty", "流程要有环节和档次")
def empty(draft: Draft) -> Iterator[Finding]:
    """A process needs tiers; about an honour one of them at least changes something or is kept."""
    for path, process in draft.items("processes.*"):
        if not items(process, "tiers"):
            yield Finding(
                path, f"流程“{process.get('id')}”没有写档次（tiers）。", f"'{process.get('id')}' has no tiers."
            )


@lint("cycle.years", "评选周期须是整年，跳过的须是另一个项目")
def cycle(draft: Draft) -> Iterator[Finding]:
    """A whole number of years from 1 to 20; the year of the first edition; not one's own year passed over."""
    header = draft.data.get("pack")
    own = family(str(header.get("id"))) if isinstance(header, dict) else ""
    raw = draft.data.get("cycle")
    for one in [raw] if isinstance(raw, dict) else raw if isinstance(raw, list) else []:
        every, first = one.get("every"), one.get("first")
        years = every.get("years") if isinstance(every, dict) else None
        for key, value, least, most in (("every", years, 1, 20), ("first", first, 1949, 2200)):
            number = draft.number(value)
            fits = number is not None and number.denominator == 1 and least <= number <= most
            if value is not None and not fits and not draft.later(value):
                text = f"评选周期的 {key} 须是 {least} 到 {most} 的整数（年）。"
                yield Finding(("cycle", key), text, f"{key}: a whole number of years.")
        skip = one.get("skip")
        if isinstance(skip, dict) and own in {family(name) for name in word_list(skip.get("year_of"))}:
            yield Finding(
                ("cycle", "skip"), "跳过的须是另一个项目，不能是本项目自己。", "A programme can't skip itself."
            )


@lint("process.end", "管理期要写明期满怎么办", severity="warning")
def no_end(draft: Draft) -> Iterator[Finding]:
    """A term without end process: whoever holds the honour holds it on."""
    raw = draft.data.get("term")
    for n, one in enumerate([raw] if isinstance(raw, dict) else raw if isinstance(raw, list) else []):
        if isinstance(one, dict) and not one.get("at_end"):
            path: Path = ("term",) if isinstance(raw, dict) else ("term", n)
            yield Finding(
                path, "管理期没有写期满考核（at_end）：期满后须由人工办结。", "The term names no end process."
            )


def _effects(path: Path, tier: Any) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    raw = tier.get("effects") if isinstance(tier, dict) else None
    for n, one in enumerate(raw if isinstance(raw, list) else word_list(raw)):
        at: Path = (*path, "effects", n) if isinstance(raw, list) else (*path, "effects")
        if isinstance(one, str):
            yield at, one, {}
        elif isinstance(one, dict) and len(one) == 1:
            word, args = next(iter(one.items()))
            yield at, str(word), args if isinstance(args, dict) else {"what": args}
