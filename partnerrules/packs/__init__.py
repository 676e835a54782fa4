"""Rule packs: data that says what may be asked and what follows from the answers."""

from partnerrules.packs.keeping import load_packs
from partnerrules.packs.library import Library, Pack, checked_before
from partnerrules.packs.loading import load_pack

__all__ = ["Library", "Pack", "checked_before", "load_pack", "load_packs"]
