"""The tree as RFC 6962 has it: published vectors, proofs of every size, and nothing else accepted."""

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.audit.merkle import (
    EMPTY,
    Frontier,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf_hash,
    root_of,
)

#: The inputs and roots of Certificate Transparency's reference tests (google/certificate-transparency, merkle tree).
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def _leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % n) for n in range(count)]


def test_roots_as_published() -> None:
    leaves = [leaf_hash(one) for one in INPUTS]
    assert [root_of(leaves[: n + 1]).hex() for n in range(8)] == ROOTS
    assert root_of([]) == EMPTY


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_frontier_grows_to_the_same_root(first: int, more: int) -> None:
    leaves = _leaves(first + more)
    assert Frontier().grown(leaves[:first]).grown(leaves[first:]) == Frontier().grown(leaves)


def test_every_entry_of_every_small_tree_is_shown() -> None:
    for size in range(1, 34):
        leaves = _leaves(size)
        root = root_of(leaves)
        for index in range(size):
            path = inclusion_proof(leaves, index)
            assert included(b"%d" % index, index, size, path, root)
            assert not included(b"x", index, size, path, root)
            assert not included(b"%d" % index, (index + 1) % size, size, path, root) or size == 1
            assert not included(b"%d" % index, index, size, [*path, EMPTY], root)
            assert not path or not included(b"%d" % index, index, size, path[:-1], root)


def test_every_beginning_of_every_small_tree_is_shown() -> None:
    for new in range(1, 34):
        leaves = _leaves(new)
        root = root_of(leaves)
        for old in range(1, new + 1):
            path, before = consistency_proof(leaves, old), root_of(leaves[:old])
            assert consistent(old, new, before, root, path)
            assert not consistent(old, new, EMPTY, root, path)
            assert not consistent(old, new, before, EMPTY, path)
            assert not consistent(old, new, before, root, [*path, EMPTY])


@given(st.integers(2, 60), st.data())
def test_a_rewritten_beginning_is_never_shown(new: int, data: st.DataObject) -> None:
    """Whoever rewrites an entry under an old checkpoint finds no proof among those that honest trees give."""
    old = data.draw(st.integers(1, new))
    changed = data.draw(st.integers(0, old - 1))
    honest, forged = _leaves(new), _leaves(new)
    forged[changed] = leaf_hash(b"forged")
    proof = consistency_proof(forged, old)
    assert not consistent(old, new, root_of(honest[:old]), root_of(forged), proof)
