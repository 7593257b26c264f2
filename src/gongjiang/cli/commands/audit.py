"""审计：验证审计链，签署检查点，导出日志和证明 (verify the audit chain, sign checkpoints, export)."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import NotFound
from gongjiang.services.audit.checkpoints import entry_proof, log_lines, make_checkpoint, same_proof, verifier_key
from gongjiang.services.audit.verify import verify

NEEDS_DJANGO = True


def add_parser(subparsers: Any) -> None:
    """`gongjiang audit verify | checkpoint | export FILE | proof OLD NEW | entry N SIZE | key`."""
    audit = subparsers.add_parser("audit", help="审计链 (audit chain)")
    verbs = audit.add_subparsers(dest="verb", required=True)
    verbs.add_parser("verify", help="验证审计链是否完整").set_defaults(act=_verify)
    sign = verbs.add_parser("checkpoint", help="现在签署一个检查点，打印出来")
    sign.add_argument("--about", default="管理员签署", help="事由，不写人名")
    sign.set_defaults(act=_checkpoint)
    export = verbs.add_parser("export", help="导出全部日志，一行一条，供 verify_log.py 核对")
    export.add_argument("file", type=Path)
    export.set_defaults(act=_export)
    proof = verbs.add_parser("proof", help="证明旧检查点是新检查点的开头")
    proof.add_argument("old", type=int)
    proof.add_argument("new", type=int)
    proof.set_defaults(act=_proof)
    entry = verbs.add_parser("entry", help="证明某一条在检查点之内")
    entry.add_argument("number", type=int)
    entry.add_argument("size", type=int)
    entry.set_defaults(act=_entry)
    verbs.add_parser("key", help="核对用的公钥").set_defaults(act=_key)


def run(args: argparse.Namespace) -> int:
    """0 done or whole, 1 broken or not there."""
    try:
        return int(args.act(args))
    except NotFound:
        print("没有这么多条记录。/ There are not so many entries.", file=sys.stderr)
        return 1


def _verify(args: argparse.Namespace) -> int:
    verdict = verify()
    for text in verdict.problems:
        print(text)
    if verdict.ok:
        print(f"审计链完整，共 {verdict.entries} 条。/ The audit chain is whole: {verdict.entries} entries.")
        return 0
    print(f"审计链有 {len(verdict.problems)} 处问题，共 {verdict.entries} 条。/ The audit chain is broken.")
    return 1


def _checkpoint(args: argparse.Namespace) -> int:
    made = make_checkpoint(actor=platform(), at=datetime.now(UTC), about=args.about)
    if made is None:
        raise NotFound
    print(made.note, end="")
    return 0


def _export(args: argparse.Namespace) -> int:
    with args.file.open("wb") as out:
        for line in log_lines():
            out.write(line)
    return 0


def _proof(args: argparse.Namespace) -> int:
    print(json.dumps(same_proof(args.old, args.new)))
    return 0


def _entry(args: argparse.Namespace) -> int:
    print(json.dumps(entry_proof(args.number, args.size), ensure_ascii=False))
    return 0


def _key(args: argparse.Namespace) -> int:
    print(verifier_key())
    return 0
