"""项目包：列出、检查、条款覆盖、逐条解释、比较、名额、导出 (packs: list, check, coverage …)."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from gongjiang.catalogue.packs import find, load_text, pack_ids
from gongjiang.cli.explaining import explain_person
from gongjiang.cli.quotas import quotas_of
from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.rules.programmes.coverage import assumptions, coverage
from gongjiang.rules.programmes.coverage import report as coverage_report
from gongjiang.rules.programmes.diff.compare import compare
from gongjiang.rules.programmes.diff.report import as_data, report
from gongjiang.rules.programmes.export import export, flat
from gongjiang.rules.programmes.extending.provenance import provenance
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import PackError

PACK = {"metavar": "PACK", "help": "项目包编号或 .yaml 文件 (id or file)"}
NOTICE = {"metavar": "TXT", "help": "通知原文 (the notice's text)"}


def add_parser(subparsers: Any) -> None:
    """`gongjiang pack list | check | coverage | explain | diff | quotas | export`."""
    pack = subparsers.add_parser("pack", help="项目包 (packs)")
    verbs = pack.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="列出内置的项目包").set_defaults(act=_list)
    for verb, act, about in (
        ("check", _check, "检查：格式、引用、口径、条款、自带测试"),
        ("coverage", _coverage, "条款覆盖：每条落实在哪里"),
    ):
        one = verbs.add_parser(verb, help=about)
        one.add_argument("pack", **PACK)
        one.add_argument("--notice", **NOTICE)
        one.set_defaults(act=act)
    one = verbs.add_parser("explain", help="逐条解释一个人是否符合")
    one.add_argument("pack", **PACK)
    one.add_argument("--person", metavar="YAML", required=True, help="此人的情况 (facts about the person)")
    one.add_argument("--submitted", action="store_true", help="按已提交判断：未选即未申报")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.set_defaults(act=_explain)
    one = verbs.add_parser("diff", help="比较两个项目包：两年之间、两地之间改了什么 (0 相同，1 不同，2 出错)")
    one.add_argument("left", metavar="A", help="甲：项目包编号或 .yaml 文件 (id or file)")
    one.add_argument("right", metavar="B", help="乙：项目包编号或 .yaml 文件 (id or file)")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.set_defaults(act=_diff)
    one = verbs.add_parser("quotas", help="名额怎样算出来的：核对名额表，指出算不出的地方")
    one.add_argument("pack", **PACK)
    one.add_argument("--counts", metavar="FILE", help="各单位的数字，csv 或 xlsx：单位一列，每个因素一列")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.set_defaults(act=_quotas)
    one = verbs.add_parser("export", help="导出为一个可修改、可运行的文件")
    one.add_argument("pack", **PACK)
    one.add_argument("--out", metavar="FILE", help="写到文件，缺省为标准输出")
    one.set_defaults(act=_export)


def run(args: argparse.Namespace) -> int:
    """0 all right, 1 problems."""
    return int(args.act(args))


def _list(args: argparse.Namespace) -> int:
    for name in pack_ids():
        try:
            pack = load_text(find(name))
        except PackError as error:
            print(f"{name}\t有{len(error.problems)}处问题，请运行 gongjiang check {name}")
            continue
        print(f"{pack.id}\t{pack.pack.version}\t{pack.pack.title}\t{pack.hash[:12]}")
    return 0


def _check(args: argparse.Namespace) -> int:
    found = find(args.pack, notice=args.notice)
    pack = load_text(found)
    for one in pack.warnings:
        print(f"{one.file}:{one.line}: 提醒：{one.text} / Warning: {one.english}", file=sys.stderr)
    print(f"{found.file}: 没有错误，{len(pack.warnings)}处提醒。/ No errors, {len(pack.warnings)} warning(s).")
    _print_above(pack)
    _print_open(pack)
    if found.notice is None:
        print("没有通知原文，条款起始引文未核对。/ No notice text: anchors were not checked.")
    print(f"sha256 {pack.hash}")
    return 0


def _print_above(pack: Pack) -> None:
    """What is taken from the packs above, and each departure with its reason."""
    for upper in pack.uppers:
        print(f"沿用 {upper.title}（{upper.id}@{upper.version}{'，' + upper.doc_no if upper.doc_no else ''}）")
    found = provenance(pack)
    if found:
        counts = Counter("不一致" if one.departs else one.how for one in found)
        print("  " + "，".join(f"{how}{count}项" for how, count in counts.items()))
    for one in found:
        if one.departs:
            print(f"  不一致：{one.label}（{'、'.join(one.clauses)}）{'；'.join(one.said)}；{one.basis}：{one.reason}")


def _print_open(pack: Pack) -> None:
    """What the issuing office still has to answer before publishing."""
    if pack.questions:
        print(f"发布前须由主办单位答复{len(pack.questions)}问：")
    for one in pack.questions:
        words = {True: "是", False: "否"} if isinstance(one.default, bool) else one.takes.options
        default = words.get(one.default, one.default)  # type: ignore[arg-type, call-overload]
        print(f"  {one.id} {one.question}（缺省：{'未定' if default is None else default}）")
    assumed = list(assumptions(pack))
    if assumed:
        print(f"另有{len(assumed)}处由起草人暂定，须确认：")
    for item, text in assumed:
        print(f"  {item} {text}")


def _coverage(args: argparse.Namespace) -> int:
    found = coverage(load_text(find(args.pack, notice=args.notice)))
    print(coverage_report(found))
    return 1 if found.uncovered else 0


def _explain(args: argparse.Namespace) -> int:
    pack = load_text(find(args.pack))
    path = Path(args.person)
    if not path.is_file():
        raise BadInput("没有这个文件。", "No such file.", place=args.person)
    print(explain_person(pack, path.read_text("utf-8"), path.name, submitted=args.submitted, as_json=args.json))
    return 0


def _diff(args: argparse.Namespace) -> int:
    """As diff does: 0 the same, 1 different, 2 a pack that can't be read."""
    try:
        found = compare(load_text(find(args.left)), load_text(find(args.right)))
    except GongjiangError as error:
        print(f"{error} / {error.english}" if error.english else error, file=sys.stderr)
        return 2
    print(json.dumps(as_data(found), ensure_ascii=False, indent=1) if args.json else report(found))
    return 0 if found.same else 1


def _quotas(args: argparse.Namespace) -> int:
    text, problems = quotas_of(load_text(find(args.pack)), args.counts, as_json=args.json)
    print(text)
    for one in problems:
        print(one, file=sys.stderr)
    return 1 if problems else 0


def _export(args: argparse.Namespace) -> int:
    found = find(args.pack)
    if found.upper is None:
        text = export(found.text, found.file, found.file)
    else:
        text = flat(load_text(found), found.file)
    if args.out:
        Path(args.out).write_text(text, "utf-8", newline="\n")
    else:
        print(text, end="")
    return 0
