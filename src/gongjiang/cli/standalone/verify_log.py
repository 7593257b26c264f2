#!/usr/bin/env python3
"""Verify an audit log of gongjiang without gongjiang: one file, nothing but Python 3.10 or later.

    python3 verify_log.py log LOG --key KEY CHECKPOINT…      全部日志与外存检查点核对
    python3 verify_log.py same PROOF --key KEY OLD NEW       没有日志，证明旧检查点是新检查点的开头
    python3 verify_log.py entry PROOF --key KEY CHECKPOINT   没有日志，证明某一条记录在检查点之内

LOG has one entry a line. A CHECKPOINT is a signed note as printed and handed out when a stage closed; whoever kept
one outside of the platform can show with this file whether anything before it was altered since. KEY is the platform's
verifier key (origin+id+base64), published on its 存证 page.

The log is a Merkle tree as in RFC 6962, the note is C2SP's tlog-checkpoint, its signature Ed25519 (RFC 8032).
Exit code 0: everything holds. 1: something does not, told line by line. 2: the call or a file can't be understood.
"""

import argparse
import base64
import binascii
import hashlib
import json
import sys
from typing import Any

sha256 = hashlib.sha256
Point = tuple[int, int, int, int]
Key = tuple[str, bytes, bytes]


class Broken(Exception):
    """What does not hold, for people."""


class Unreadable(Exception):
    """A file or key that is not what it should be."""


# ── Merkle tree, RFC 6962 ────────────────────────────────────────────────────


def levels_of(leaves: list[bytes]) -> list[list[bytes]]:
    """The roots of all whole subtrees, level by level; the last of an odd row stays out of the row above."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        row = levels[-1]
        pairs = iter(row)
        levels.append([sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)])
    return levels


def root_at(levels: list[list[bytes]], size: int) -> bytes:
    """The root of the tree over the first `size` leaves."""
    root = b""
    for height, row in enumerate(levels):
        if size >> height & 1:
            peak = row[(size >> height) - 1]
            root = sha256(b"\x01" + peak + root).digest() if root else peak
    return root or sha256(b"").digest()


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Is the leaf number `index` (from 0) of the tree of `size`?"""
    if not 0 <= index < size:
        return False
    node, place, last = leaf, index, size - 1
    for one in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = sha256(b"\x01" + one + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + one).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    """Is the tree of `old` leaves the beginning of the tree of `new`?"""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    path = ([old_root] if old & (old - 1) == 0 else []) + path
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for one in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = sha256(b"\x01" + one + before).digest(), sha256(b"\x01" + one + after).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = sha256(b"\x01" + after + one).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


# ── Ed25519, verification only, RFC 8032 section 5.1.7 ───────────────────────

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    """Points in extended coordinates (X, Y, Z, T)."""
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    """A point, so many times."""
    found = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = add(found, point)
        point, factor = add(point, point), factor >> 1
    return found


def point_of(raw: bytes) -> Point | None:
    """The point in 32 bytes; None if there is none."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def signature_holds(public: bytes, mark: bytes, message: bytes) -> bool:
    """Is `mark` (64 bytes) the signature of `message` by `public` (32 bytes)?"""
    if len(public) != 32 or len(mark) != 64:
        return False
    key, first, s = point_of(public), point_of(mark[:32]), int.from_bytes(mark[32:], "little")
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    if key is None or first is None or base is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(mark[:32] + public + message).digest(), "little") % L
    left, right = times(s, base), add(first, times(h, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ── Files ────────────────────────────────────────────────────────────────────


def decoded(text: str, what: str) -> bytes:
    """Base64, or a complaint."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable(f"{what}的编码不完整 / {what}: not base64") from None


def key_of(text: str) -> Key:
    """Origin, id and public key of a verifier key."""
    parts = text.strip().split("+", 2)
    raw = decoded(parts[2], "密钥") if len(parts) == 3 else b""
    name = parts[0]
    if len(raw) != 33 or raw[0] != 1 or sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != parts[1]:
        raise Unreadable("密钥应为 来源+编号+base64 / the key should be origin+id+base64")
    return name, bytes.fromhex(parts[1]), raw[1:]


def checkpoint_of(path: str, key: Key) -> tuple[int, bytes]:
    """Size and root of a note, its signature verified."""
    note = read(path).decode("utf-8", "replace")
    text, cut, marks = note.partition("\n\n")
    lines = text.split("\n")
    if not cut or len(lines) < 3 or not (lines[1].isascii() and lines[1].isdigit()):
        raise Unreadable(f"{path}：不是检查点 / not a checkpoint")
    name, number, public = key
    for line in marks.splitlines():
        if line.startswith(f"— {name} ") and lines[0] == name:
            raw = decoded(line.rpartition(" ")[2], path)
            if raw[:4] == number and signature_holds(public, raw[4:], f"{text}\n".encode()):
                return int(lines[1]), decoded(lines[2], path)
    raise Broken(f"{path}：签名不对，检查点本身被改过或不是这把密钥签的 / signature does not hold")


def read(path: str) -> bytes:
    """A file's bytes."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Unreadable(f"{path}：打不开 / can't be opened: {error.strerror}") from None


def proof_of(path: str) -> tuple[dict[str, Any], list[bytes]]:
    """A proof as JSON: hashes as hex."""
    try:
        found = json.loads(read(path).decode())
        return found, [bytes.fromhex(one) for one in found["path"]]
    except (ValueError, KeyError, TypeError):
        raise Unreadable(f"{path}：不是证明文件 / not a proof") from None


# ── What can be asked ────────────────────────────────────────────────────────


def check_log(content: bytes, points: list[tuple[str, int, bytes]]) -> tuple[list[str], list[str]]:
    """The bytes of a log against checkpoints (name, size, root): what was found wrong, what holds."""
    if content and not content.endswith(b"\n"):
        return ["日志末尾残缺 / the log's last line is cut"], []
    entries = content.split(b"\n")[:-1]
    for n, line in enumerate(entries, 1):
        if not line.endswith(b'"seq":%d}' % n):
            return [f"第 {n} 条不是第 {n} 条记录：有缺失、调换或改动 / entry {n} is out of place"], []
    levels = levels_of([sha256(b"\x00" + line).digest() for line in entries])
    wrong, right = [], []
    for name, size, root in points:
        if size > len(entries):
            wrong.append(f"{name}：检查点有 {size} 条，日志只有 {len(entries)} 条，末尾被截断 / the log is cut")
        elif root_at(levels, size) != root:
            wrong.append(f"{name}：前 {size} 条与检查点不符，其中有改动 / altered within the first {size}")
        else:
            right.append(f"{name}：前 {size} 条与检查点相符 / the first {size} entries agree")
    total = base64.b64encode(root_at(levels, len(entries))).decode()
    return wrong, [*right, f"共 {len(entries)} 条 / entries，根 / root {total}"]


def verify_log(asked: argparse.Namespace, key: Key) -> None:
    """The whole log against every checkpoint given; what holds, line by line."""
    points, broken = [], []
    for path in asked.checkpoints:
        try:
            points.append((path, *checkpoint_of(path, key)))
        except Broken as error:
            broken.append(str(error))
    wrong, right = check_log(read(asked.file), points)
    for line in right:
        print(line)
    if broken or wrong:
        raise Broken("\n".join(broken + wrong))


def verify_same(asked: argparse.Namespace, key: Key) -> None:
    """Two checkpoints, and a proof that one grew into the other."""
    (old, old_root), (new, new_root) = (checkpoint_of(path, key) for path in asked.checkpoints)
    if not consistent(old, new, old_root, new_root, proof_of(asked.file)[1]):
        raise Broken(f"{old} 条的检查点不是 {new} 条的开头：日志被改写 / the log was rewritten")
    print(f"{old} 条之后增加到 {new} 条，之前的没有改动 / {old} entries grew to {new}, unaltered")


def verify_entry(asked: argparse.Namespace, key: Key) -> None:
    """One entry, one checkpoint, and a proof that it is within."""
    size, root = checkpoint_of(asked.checkpoints[0], key)
    found, path = proof_of(asked.file)
    entry = str(found.get("entry", "")).encode()
    if not included(sha256(b"\x00" + entry).digest(), int(found.get("index", -1)), size, path, root):
        raise Broken("这一条不在检查点之内 / this entry is not within the checkpoint")
    print(f"第 {found['index'] + 1} 条在检查点之内 / entry {found['index'] + 1} is within the checkpoint")


def main() -> int:
    """Read the call, verify, say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["log", "same", "entry"])
    parser.add_argument("file")
    parser.add_argument("checkpoints", nargs="*")
    parser.add_argument("--key", required=True)
    asked = parser.parse_intermixed_args()
    wanted = {"log": None, "same": 2, "entry": 1}[asked.what]
    try:
        if not asked.checkpoints or wanted not in (None, len(asked.checkpoints)):
            raise Unreadable(f"{asked.what} 需要 {wanted or '至少一'} 个检查点 / wants {wanted or 'some'} checkpoints")
        {"log": verify_log, "same": verify_same, "entry": verify_entry}[asked.what](asked, key_of(asked.key))
    except Broken as error:
        print(error)
        return 1
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
