"""Rule packs: data that says what may be asked and what follows from the answers."""

from partnerrules.packs.checks import check_library
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.loading import load_pack

__all__ = ["Library", "Pack", "check_library", "load_pack"]
