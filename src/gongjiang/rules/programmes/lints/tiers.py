"""Tiers come out of stages: each is given by one, and their places fit."""

from collections.abc import Iterator

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.lints.stage_order import ancestors
from gongjiang.rules.programmes.names import items


@lint("tier.never", "每个档次都要有环节给出")
def never_given(draft: Draft) -> Iterator[Finding]:
    """A tier that no stage gives, by `gives` or by bands. An award with one tier is given by the last stage."""
    given = {word for _, word in draft.words("stages.*.gives")}
    given |= {word for _, word in draft.words("stages.*.bands.rows.*.gives")}
    for path, award in draft.items("awards.*"):
        tiers = items(award, "tiers")
        if len(tiers) < 2 and not given:
            continue
        for index, tier in enumerate(tiers):
            if str(tier.get("id")) not in given:
                yield Finding(
                    (*path, "tiers", index),
                    f"奖项“{award.get('id')}”的档次“{tier.get('id')}”没有环节给出（gives）。",
                    f"No stage gives tier '{tier.get('id')}' of award '{award.get('id')}'.",
                )


@lint("tier.lower", "后一环节给的档次不应低于前面已给的")
def lower(draft: Draft) -> Iterator[Finding]:
    """A stage that reads a list on which a better tier was given to everybody: nobody would be raised by it."""
    ranks = {
        str(tier.get("id")): (str(award.get("id")), rank)
        for _, award in draft.items("awards.*")
        for rank, tier in enumerate(items(award, "tiers"))
    }
    given = {
        str(one.get("id")): [ranks[word] for word in word_list(one.get("gives")) if word in ranks]
        for _, one in draft.stages
    }
    for path, stage in draft.stages:
        name = str(stage.get("id"))
        for earlier in ancestors(name, draft):
            for award, rank in given.get(name, ()):
                before = [one for kind, one in given.get(earlier, ()) if kind == award]
                if before and rank > max(before):
                    yield Finding(
                        (*path, "gives"),
                        f"环节“{name}”给的档次低于“{earlier}”已给的：已得的档次不会降低，这样写没有作用。",
                        f"Stage '{name}' gives a tier below those that '{earlier}' gave: it would change nothing.",
                    )


@lint("tier.places", "一次给出的档次合计不应少于该环节名额", severity="warning")
def places(draft: Draft) -> Iterator[Finding]:
    """A stage that keeps more people than the tiers it gives have places for."""
    sizes = {
        str(tier.get("id")): draft.number(tier.get("places"))
        for _, award in draft.items("awards.*")
        for tier in items(award, "tiers")
    }
    for path, stage in draft.stages:
        gives = [sizes.get(word) for word in word_list(stage.get("gives"))]
        keep = stage.get("keep")
        kept = draft.number(keep.get("places")) if isinstance(keep, dict) else None
        known = [one for one in gives if one is not None]
        if kept is not None and gives and len(known) == len(gives) and sum(known) < kept:
            yield Finding(
                (*path, "gives"),
                f"环节“{stage.get('id')}”留{kept}人，所给各档次合计只有{sum(known)}名。",
                f"Stage '{stage.get('id')}' keeps {kept} but the tiers it gives have {sum(known)} places.",
            )
