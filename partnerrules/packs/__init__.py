"""Rule packs: data that says what may be asked and what follows from the answers."""

from partnerrules.packs.keeping import load_packs
from partnerrules.packs.library import Library, Pack, checked_before
from partnerrules.packs.loading import load_pack
from partnerrules.packs.sealed import keep, kept, tool

__all__ = ["Library", "Pack", "checked_before", "keep", "kept", "load_pack", "load_packs", "tool"]
