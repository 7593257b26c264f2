"""The shape of a pack, section by section (docs/pack-format.md)."""
