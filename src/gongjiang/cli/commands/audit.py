"""审计：验证审计链是否完整 (verify the audit chain)."""

import argparse
from typing import Any

from gongjiang.services.audit.verify import verify

NEEDS_DJANGO = True


def add_parser(subparsers: Any) -> None:
    """`gongjiang audit verify`."""
    audit = subparsers.add_parser("audit", help="审计链 (audit chain)")
    verbs = audit.add_subparsers(dest="verb", required=True)
    verbs.add_parser("verify", help="验证审计链是否完整").set_defaults(act=_verify)


def run(args: argparse.Namespace) -> int:
    """0 whole, 1 broken."""
    return int(args.act(args))


def _verify(args: argparse.Namespace) -> int:
    verdict = verify()
    for text in verdict.problems:
        print(text)
    if verdict.ok:
        print(f"审计链完整，共 {verdict.entries} 条。/ The audit chain is whole: {verdict.entries} entries.")
        return 0
    print(f"审计链有 {len(verdict.problems)} 处问题，共 {verdict.entries} 条。/ The audit chain is broken.")
    return 1
