"""Identity and phone numbers: sealed wherever they are stored, opened or masked when read (TRUST, personal data)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings

from gongjiang.kernel import identity_number, phone
from gongjiang.kernel.sealing import Keyring, is_sealed, lookup_hash, open_, seal, sealer
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

SECRET_TYPES = frozenset({"id_number", "mobile"})
_FLAT = frozenset({"text", "number", "int", "date", "month", "year", "code", "yes_no", "file", "photo"})
"""Types of fields that hold one value, and so no other field inside."""


def keyring() -> Keyring:
    """The keys of this installation."""
    keys = {name: bytes.fromhex(key) for name, key in settings.SECRETS["sealing"].items()}
    return Keyring(keys, settings.SECRETS["current"])


def seal_text(text: str, kind: str) -> str:
    """One number sealed; what is sealed already stays."""
    return text if not text or is_sealed(text) else seal(keyring(), text, f"value.{kind}")


def open_text(token: str, kind: str) -> str:
    """One number opened; plain text (a draft before its type was known) comes back as it is."""
    return open_(keyring(), token, f"value.{kind}") if is_sealed(token) else token


def mask_text(token: str, kind: str) -> str:
    """One number as lists show it."""
    plain = open_text(token, kind)
    if not plain:
        return ""
    return identity_number.mask(plain) if kind == "id_number" else phone.mask(plain)


def identity_hash(number: str) -> str:
    """The keyed hash by which one person is found again, across programmes and years."""
    return lookup_hash(bytes.fromhex(settings.SECRETS["lookup"]), "identity", number)


def sealed(values: Mapping[str, Any], words: Vocabulary) -> dict[str, Any]:
    """Form values with every secret field sealed, also inside rows."""
    return _walk(values, words, _every(words), seal_text)


def opened(values: Mapping[str, Any], words: Vocabulary) -> dict[str, Any]:
    """Form values with every secret field in clear: for printing and checking, never for logs."""
    return _walk(values, words, _every(words), open_text)


def masked(values: Mapping[str, Any], words: Vocabulary) -> dict[str, Any]:
    """Form values with every secret field masked: for screens."""
    return _walk(values, words, _every(words), mask_text)


def sealed_many(many: Iterable[Mapping[str, Any]], words: Vocabulary) -> Iterator[dict[str, Any]]:
    """As `sealed`, for many forms: the keys are read once."""
    ring = keyring()
    close = {kind: sealer(ring, f"value.{kind}") for kind in SECRET_TYPES}
    return _many(many, words, lambda text, kind: text if is_sealed(text) else close[kind](text))


def opened_many(many: Iterable[Mapping[str, Any]], words: Vocabulary) -> Iterator[dict[str, Any]]:
    """As `opened`, for many forms: the keys are read once."""
    ring = keyring()
    return _many(many, words, lambda token, kind: open_(ring, token, f"value.{kind}") if is_sealed(token) else token)


def _many(
    many: Iterable[Mapping[str, Any]], words: Vocabulary, change: Callable[[str, str], str]
) -> Iterator[dict[str, Any]]:
    """The form's own fields and rows go the short way, and what holds no secret by its field is not looked at."""
    every = _every(words)
    rows = {name: _secrets(columns) for name, columns in words.groups.items() if name not in words.relations}
    single = {name: spec for name, spec in every.items() if name not in words.groups}
    fields = _secrets(single)
    plain = {name for name, spec in single.items() if name not in fields and spec.type in _FLAT}
    plain |= {name for name, secrets in rows.items() if not secrets}
    for values in many:
        done = dict(values)
        for name in values.keys() - plain:
            value = values[name]
            if value.__class__ is str:
                if name in fields and value:
                    done[name] = change(value, fields[name])
            elif value.__class__ is list and name in rows:
                done[name] = _short(value, rows[name], change)
            else:
                done |= _walk({name: value}, words, every, change)
        yield done


def _secrets(specs: Mapping[str, FieldSpec]) -> dict[str, str]:
    return {name: spec.type for name, spec in specs.items() if spec.type in SECRET_TYPES}


def _short(rows: list[Any], secrets: Mapping[str, str], change: Callable[[str, str], str]) -> list[Any]:
    """Rows with their secrets changed; rows in which none is filled stay as they are."""
    found = rows
    for at, row in enumerate(rows):
        for name, kind in secrets.items() if isinstance(row, dict) else ():
            if (text := row.get(name)) and isinstance(text, str):
                found = list(rows) if found is rows else found
                found[at] = {**found[at], name: change(text, kind)}
    return found


def _every(words: Vocabulary) -> dict[str, FieldSpec]:
    return {name: spec for kind in words.kinds.values() for name, spec in kind.items()} | dict(words.fields)


def _walk(
    values: Mapping[str, Any], words: Vocabulary, every: Mapping[str, FieldSpec], change: Callable[[str, str], str]
) -> dict[str, Any]:
    """Secret fields changed wherever they stand: the form's own, in rows, in related subjects."""
    done: dict[str, Any] = {}
    for name, value in values.items():
        columns = words.groups.get(name, every)
        if isinstance(value, list):
            done[name] = [_row(row, columns, change) for row in value]
        elif isinstance(value, dict) and name in words.relations:
            done[name] = _row(value, columns, change)
        else:
            done[name] = _one(value, every.get(name), change)
    return done


def _row(row: Any, columns: Mapping[str, FieldSpec], change: Callable[[str, str], str]) -> Any:
    if not isinstance(row, dict):
        return row
    return {key: _one(value, columns.get(key), change) for key, value in row.items()}


def _one(value: Any, spec: FieldSpec | None, change: Callable[[str, str], str]) -> Any:
    if spec is not None and spec.type in SECRET_TYPES and isinstance(value, str) and value:
        return change(value, spec.type)
    return value
