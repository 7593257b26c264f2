"""What a screening or a comparison came to: as text for people, as data for programs, as a list to take away."""

import io
import json
from typing import Any, Final

import polars as pl

from gongjiang.documents.xlsx import Value, write_list
from gongjiang.kernel.errors import BadInput
from gongjiang.services.screening.reading import PeopleFile
from gongjiang.services.screening.screen import STANDINGS, Screened, reason_text
from gongjiang.services.screening.simulate import Compared

KINDS: Final = (".xlsx", ".csv", ".parquet", ".json")
_MOST_LINES: Final = 1_000_000
_SHOWN: Final = 20
_LEFT: Final = "未判断"
_ROWS: Final = "明细有须修改处"


def screened_data(found: Screened) -> dict[str, Any]:
    """For programs: counts, rules with their reasons, problems."""
    file = found.file
    return {
        "pack": found.pack.id,
        "version": found.pack.pack.version,
        "hash": found.pack.hash,
        "as_of": found.shared.as_of.isoformat() if found.shared.as_of else None,
        "submitted": found.shared.submitted,
        "people": {"rows": file.total, "judged": found.verdicts.size, "left_out": file.total - found.verdicts.size},
        "standing": found.counts(),
        "rules": [_rule(found, key) for key in found.verdicts.rules],
        "problems": [
            {"sheet": one.sheet, "row": one.row, "column": one.column, "heading": one.heading, "text": one.text}
            for one in file.problems
        ],
        "notes": file.notes,
        "by_person": list(found.verdicts.by_person),
    }


def screened_text(found: Screened) -> str:
    """For people: totals, then every rule with its clause and what came of it."""
    counts, file = found.counts(), found.file
    lines = [
        f"{found.pack.pack.title}（{found.pack.id} {found.pack.pack.version}）",
        f"共{file.total}人，判断{found.verdicts.size}人；{_told(counts)}。",
    ]
    for key in found.verdicts.rules:
        rule = _rule(found, key)
        clause = "、".join(rule["clauses"])
        lines.append(
            f"  {clause} {rule['name']}：符合{rule['pass']}，不符合{rule['fail']}，"
            f"待补{rule['unknown']}，不适用{rule['na']}"
        )
        lines += [f"      {one['text']}：{one['people']}" for one in rule["reasons"] if one["code"].startswith("fail:")]
    return "\n".join(lines + problem_lines(found))


def problem_lines(found: Screened) -> list[str]:
    """What has to be mended in the file; the first ones."""
    problems, notes = found.file.problems, found.file.notes
    lines = [f"有{len(problems)}处须修改，所在的人未判断："] if problems else []
    lines += [f"  {one}" for one in problems[:_SHOWN]]
    lines += [f"  ……另有{len(problems) - _SHOWN}处，见 --json 或 --out"] if len(problems) > _SHOWN else []
    lines += [f"提示：{one}" for one in notes[:_SHOWN]]
    return lines


def compared_data(found: Compared) -> dict[str, Any]:
    """For programs."""
    rules = found.after.verdicts.rules
    return {
        "before": screened_data(found.before),
        "after": screened_data(found.after),
        "out": _persons(found.after, found.out, "fail"),
        "back": _persons(found.before, found.back, "fail"),
        "moves": [{"from": one, "to": other, "people": number} for one, other, number in found.moves()],
        "clauses": [
            {
                "rule": key,
                "name": rules[key].rule.shown,
                "clauses": list(rules[key].rule.cite),
                "out": out,
                "back": back,
            }
            for key, out, back in found.clauses()
        ],
        "shares": {label: [vars_of(one) for one in shares] for label, shares in found.shares().items()},
    }


def compared_text(found: Compared) -> str:
    """For people: before and after, the clauses, the groups, the persons."""
    lines = [
        f"{found.before.pack.pack.title}（{found.before.pack.id}），判断{found.before.verdicts.size}人",
        f"调整前：{_told(found.before.counts())}。",
        f"调整后：{_told(found.after.counts())}。",
        f"新增不符合{len(found.out)}人，不再不符合{len(found.back)}人。",
    ]
    lines += [f"  {STANDINGS[one]}→{STANDINGS[other]}：{number}人" for one, other, number in found.moves()]
    for key, out, back in found.clauses():
        rule = found.after.verdicts.rules[key].rule
        lines.append(f"  {'、'.join(rule.cite)} {rule.shown}：新增不符合{out}人，不再不符合{back}人")
    for label, shares in found.shares().items():
        lines.append(f"按{label}（不符合：调整前→调整后；新增；不再）：")
        lines += [
            f"  {one.value} {one.people}人：{one.before}→{one.after}；{one.out}；{one.back}" for one in shares[:_SHOWN]
        ]
    fallen = _persons(found.after, found.out[:_SHOWN], "fail")
    lines += [f"新增不符合：第{one['row']}行 {one['name']}，{one['why']}" for one in fallen]
    lines += [f"……共{len(found.out)}人，见 --json 或 --out"] if len(found.out) > _SHOWN else []
    return "\n".join(lines + problem_lines(found.before))


def screened_table(found: Screened) -> pl.DataFrame:
    """A line a person: row in the file, name, standing, what is not met, what is open; what has to be mended."""
    words = pl.Series(list(STANDINGS.values()), dtype=pl.String)
    table = pl.DataFrame(
        {
            "行号": pl.Series(found.file.rows, dtype=pl.Int64),
            "姓名": pl.Series(found.file.names, dtype=pl.String),
            "结论": words.gather(found.standing.to_physical()),
            "不符合": found.why("fail"),
            "待补": found.why("unknown"),
        }
    )
    return _with_left(table, found.file) if found.file.left else table


def _with_left(table: pl.DataFrame, file: PeopleFile) -> pl.DataFrame:
    """Whoever was left out, in their places, with what has to be mended."""
    wrong: dict[int, list[str]] = {}
    for one in file.problems:
        if not one.sheet:
            wrong.setdefault(one.row, []).append(f"{one.column + '列' if one.column else ''}{one.heading}：{one.text}")
    left = pl.DataFrame(
        {
            "行号": pl.Series([row for row, _ in file.left], dtype=pl.Int64),
            "姓名": pl.Series([name for _, name in file.left], dtype=pl.String),
            "结论": pl.repeat(_LEFT, len(file.left), dtype=pl.String, eager=True),
            "须修改": ["；".join(wrong.get(row, [_ROWS])) for row, _ in file.left],
        }
    )
    return pl.concat([table, left], how="diagonal").sort("行号")


def compared_table(found: Compared) -> pl.DataFrame:
    """The same, after the change, with what it was before."""
    before = screened_table(found.before)["结论"].alias("调整前")
    return screened_table(found.after).rename({"结论": "调整后"}).insert_column(2, before)


def list_bytes(table: pl.DataFrame, data: dict[str, Any], suffix: str, title: str) -> bytes:
    """A list in the format of its file name. Raises BadInput for others, and for more lines than a workbook has."""
    if suffix == ".json":
        return json.dumps(data, ensure_ascii=False, indent=1).encode()
    if suffix == ".xlsx":
        if table.height > _MOST_LINES:
            raise BadInput("人数超过Excel的行数，请写到 .csv 或 .parquet。", "Too many lines for a workbook.")
        rows: list[tuple[Value, ...]] = list(table.iter_rows())
        return write_list(title, table.columns, rows, "筛查结果")
    out = io.BytesIO()
    if suffix == ".parquet":
        table.write_parquet(out)
    elif suffix == ".csv":
        safe = table.with_columns(pl.col(pl.String).map_elements(_no_formula, return_dtype=pl.String, skip_nulls=True))
        safe.write_csv(out, include_bom=True)
    else:
        raise BadInput(f"结果只能写到 {'、'.join(KINDS)} 文件。", "Unknown kind of file.", place="--out")
    return out.getvalue()


def vars_of(one: Any) -> dict[str, Any]:
    """A dataclass of plain values as data."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _no_formula(text: str) -> str:
    """What a spreadsheet would take for a formula is shown as text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _told(counts: dict[str, int]) -> str:
    return "，".join(f"{STANDINGS[key]}{number}人" for key, number in counts.items())


def _rule(found: Screened, key: str) -> dict[str, Any]:
    one = found.verdicts.rules[key]
    reasons = one.counts()
    counts = dict.fromkeys(("pass", "fail", "unknown", "na"), 0)
    for reason, number in reasons.items():
        counts[reason.outcome] += number
    return {
        "rule": key,
        "name": one.rule.shown,
        "force": one.rule.force,
        "clauses": list(one.rule.cite),
        **counts,
        "reasons": [
            {"code": reason.code, "text": reason_text(one.rule, reason, found.shared), "people": number}
            for reason, number in reasons.most_common()
            if reason.outcome in {"fail", "unknown"}
        ],
    }


def _persons(found: Screened, places: pl.Series, outcome: str) -> list[dict[str, Any]]:
    why = found.why(outcome)
    return [
        {"row": found.file.rows[place], "name": found.file.names[place], "why": why[place]}
        for place in places.to_list()
    ]
