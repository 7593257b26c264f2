"""Letters are by the people of a rows group."""

from collections.abc import Iterator, Mapping

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean


@lint("attachment.letters", "推荐函须写明是哪一组推荐人的")
def letters(draft: Draft) -> Iterator[Finding]:
    """`letters: {rows: experts}` names a rows field that some form asks."""
    known = {
        str(block.get("field")): block for _, block in draft.items("forms.*.blocks.*") if block.get("type") == "rows"
    }
    for path, one in draft.items("attachments.*"):
        said = one.get("letters")
        name = str(said.get("rows", "")) if isinstance(said, Mapping) else ""
        if isinstance(said, Mapping) and name not in known:
            hint, english = did_you_mean(name, known)
            yield Finding(
                (*path, "letters", "rows"),
                f"推荐函（letters）须用 rows 写明表上的哪一组推荐人；表里没有明细“{name}”。{hint}",
                f"No form has rows '{name}'.{english}",
            )
