"""Packs as they rest in the database: each with the pack it extends, so that an old edition never changes."""

from dataclasses import replace
from datetime import datetime

from gongjiang.catalogue.packs import PackText, built_in_upper, load_text, upper_named
from gongjiang.models import PackVersion
from gongjiang.rules.programmes.extending.join import fits


def text_of(row: PackVersion) -> PackText:
    """A stored pack as written, with those above it."""
    upper = text_of(row.upper) if row.upper is not None else None
    return PackText(f"{row.pack_id}.yaml", row.source, row.notice_text or None, upper=upper)


def with_upper(text: PackText) -> PackText:
    """The pack with the one it extends: its own, else the built-in one, else the newest that was taken in.

    None found stays none: loading then says so with the line.
    """
    named = upper_named(text.text, text.file)
    if text.upper is not None or named is None:
        return text
    name, version = named
    found = built_in_upper(text.text, text.file)
    if found is None or not fits(load_text(found).pack.version, version):
        rows = PackVersion.objects.filter(pack_id=name).order_by("-pk")
        row = next((one for one in rows if fits(one.version, version)), None)
        found = text_of(row) if row is not None else found
    return replace(text, upper=found)


def store(text: PackText, at: datetime) -> tuple[PackVersion, bool]:
    """The row of a pack, made if it is new, and whether it was. Raises PackError if it has errors."""
    pack = load_text(text)
    upper = store(text.upper, at)[0] if text.upper is not None else None
    return PackVersion.objects.get_or_create(
        digest=pack.hash,
        defaults={
            "pack_id": pack.id,
            "version": pack.pack.version,
            "title": pack.pack.title,
            "source": text.text,
            "notice_text": text.notice or "",
            "added_at": at,
            "upper": upper,
        },
    )
