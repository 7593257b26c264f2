"""An index of evidence lists files that hang on indicators."""

from collections.abc import Iterator

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean


@lint("form.evidence", "支撑材料目录所列的材料须逐项上传")
def evidence(draft: Draft) -> Iterator[Finding]:
    """A block of type evidence names an attachment (`attach`), and that one says `per: scoring.<tree>`."""
    known = {str(one.get("id")): one for _, one in draft.items("attachments.*")}
    for path, block in draft.items("forms.*.blocks.*"):
        if block.get("type") != "evidence":
            continue
        name = str(block.get("attach", ""))
        if name not in known:
            hint, english = did_you_mean(name, known)
            yield Finding(
                (*path, "attach") if "attach" in block else path,
                f"支撑材料目录（evidence）须用 attach 写明列哪一种附件材料；没有“{name}”。{hint}",
                f"A block of type evidence names an attachment; no '{name}'.{english}",
            )
        elif "per" not in known[name]:
            yield Finding(
                (*path, "attach"),
                f"附件材料“{name}”不是逐项上传的，列不出目录：请在该附件写 per: scoring.<计分表>。",
                f"Attachment '{name}' doesn't hang on indicators: give it per: scoring.<tree>.",
            )
