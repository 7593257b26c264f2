"""`gongjiang pack quotas`: where a table of places comes from, and what its formula leaves open."""

import json
from pathlib import Path

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.quotas.allocation import allocation_spec
from gongjiang.rules.quotas.report import as_data, as_text, reckon
from gongjiang.services.quotas.counts import Figures, numbers, read_counts


def quotas_of(pack: Pack, counts: str | None, *, as_json: bool) -> tuple[str, list[str]]:
    """The report, and rows of the counts that could not be read. Params take their proposed values.

    Raises BadInput for a pack that says nothing of it, or a file that isn't there.
    """
    if not pack.allocations:
        raise BadInput("这个项目包没有写名额怎样分配（allocations）。", "This pack has no allocations.", place=pack.id)
    proposed = {one.id: one.default for one in pack.questions}
    params = {one.id: one.value if one.value is not None else proposed.get(one.ask or "") for one in pack.params}
    specs = [allocation_spec(pack, one, params) for one in pack.allocations]
    given = Figures()
    if counts is not None:
        path = Path(counts)
        if not path.is_file():
            raise BadInput("没有这个文件。", "No such file.", place=counts)
        given = read_counts(path.read_bytes(), specs)
    found = numbers(specs, given.texts)
    reports = [reckon(spec, found.get(spec.id, {})) for spec in specs]
    if as_json:
        data = {"pack": pack.id, "allocations": [as_data(one) for one in reports], "problems": given.problems}
        return json.dumps(data, ensure_ascii=False, indent=1), given.problems
    return "\n\n".join(as_text(one) for one in reports), given.problems
