"""Tiers come out of stages: each is given by one, and their places fit."""

from collections.abc import Iterator

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
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
