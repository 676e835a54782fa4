"""What is in a pack, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.packs import Pack
from partnerrules.packs.sets import places


def of(number: int, word: str) -> str:
    """Return a number with what it counts."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def listed(pack: Pack) -> Iterator[str]:
    """Yield the lines that introduce a pack: its title, what it has, its sets and profiles."""
    facts = sum(len(group.facts) for group in pack.groups.values())
    facts += sum(len(entity.facts) for entity in pack.entities.values())
    needs = f"; requires {', '.join(pack.file.requires)}" if pack.file.requires else ""
    yield f"{pack.id} {pack.file.version}: {pack.file.title}{needs}"
    yield f"  {of(len(pack.rules), 'rule')}, {of(facts, 'fact')}, {of(len(pack.lessons), 'lesson')}"
    for name, questions in pack.sets.items():
        number = of(sum(keys[0] != "before" for keys, _ in places(questions)), "question")
        told = f"{questions.title} ({number})" if questions.own else f"{number} more"
        yield f"  set {name}: {told}"
    for name, profile in pack.profiles.items():
        yield f"  profile {name}: {profile.title}"
