"""An obligation keeps a fact that is known, for a time that has a length, and says who approves a change."""

from collections.abc import Iterator

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean


@lint("obligation.keeps", "义务所指的栏目须存在")
def keeps(draft: Draft) -> Iterator[Finding]:
    """`keeps` is a field of a subject."""
    for path, one in draft.items("obligations.*"):
        word = one.get("keeps")
        if isinstance(word, str) and draft.names.field(word) is None:
            hint, english = did_you_mean(word, draft.names.ids["field"])
            yield Finding((*path, "keeps"), f"没有名为“{word}”的字段。{hint}", f"No field '{word}'.{english}")


@lint("obligation.approval", "一般性义务须写明由谁批准变更")
def approval(draft: Draft) -> Iterator[Finding]:
    """A soft obligation without approvers could never be lifted; a hard one with them says two things."""
    for path, one in draft.items("obligations.*"):
        soft = str(one.get("force", "soft")) == "soft"
        if soft is not ("approval" in one):
            text = "须写 approval（由谁批准）" if soft else "是硬性的，不能又写 approval"
            yield Finding(
                path,
                f"义务“{one.get('id')}”{text}。",
                f"Obligation '{one.get('id')}': approval goes with force: soft, and only with it.",
            )


@lint("obligation.length", "义务须写明期限")
def length(draft: Draft) -> Iterator[Finding]:
    """`length` gives a number: exactly or at_least; not in working days."""
    for path, one in draft.items("obligations.*"):
        given = one.get("length")
        if isinstance(given, dict) and (
            not {"exactly", "at_least"} & given.keys() or given.get("unit", "day") == "working_day"
        ):
            yield Finding(
                (*path, "length"),
                f"义务“{one.get('id')}”的期限须写 exactly 或 at_least，单位为 day、month 或 year。",
                f"Obligation '{one.get('id')}': its length needs a number of days, months or years.",
            )
