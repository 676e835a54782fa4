"""What a shell may put in the place of a word that was begun.

Told from the names of files: a shell asks at each press of a key, and reading packs takes longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partnerrules.shipped import shipped_packs, shipped_root

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

NOT_DIMENSIONS = frozenset({"vocabulary", "questions", "sets", "profiles"})
_RULE = re.compile(r"(.+?)-(?=[a-z])(.+)\.yaml")
"""The file of a rule: its id, which has no small letters, and its name."""

Items = list["CompletionItem"]


def files(_context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Leave it to the shell to complete a file."""
    return [_item(begun, type="file")]


def folders(_context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Leave it to the shell to complete a folder."""
    return [_item(begun, type="dir")]


def packs(context: click.Context, parameter: click.Parameter, begun: str) -> Items:
    """Complete the name of a pack that comes with the tool, or else a folder."""
    return _fitting(dict.fromkeys(shipped_packs(), ""), begun) or folders(context, parameter, begun)


def rules(context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Complete the id of a rule of the packs in use."""
    return _fitting(dict(_rules(context)), begun)


def rules_and_dimensions(context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Complete the id of a rule, or a dimension."""
    dimensions = {
        path.name: "dimension"
        for root in _roots(context)
        for path in root.glob("*/")
        if path.is_dir() and path.name not in NOT_DIMENSIONS
    }
    return _fitting({**dict(_rules(context)), **dimensions}, begun)


def question_sets(context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Complete the name of a set of questions of the packs in use."""
    found = (path.stem for root in _roots(context) for path in root.glob("sets/*.yaml"))
    return _fitting(dict.fromkeys(found, ""), begun)


def profiles(context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Complete the name of a profile of the packs in use."""
    found = (path.stem for root in _roots(context) for path in root.glob("profiles/*.yaml"))
    return _fitting(dict.fromkeys(found, ""), begun)


def formats(_context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Complete the name of a format; a file behind it is told by nobody."""
    from partnerrules.report import FORMATS

    return _fitting(dict.fromkeys(FORMATS, ""), begun)


def codes(_context: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """Complete the code of a problem in a pack."""
    from partnerrules.authoring.codes import code_pages

    return _fitting(dict.fromkeys(code_pages(), ""), begun)


def _roots(context: click.Context) -> Iterator[Path]:
    """Yield the folders of the packs that the line names, or of those that come with the tool."""
    known, said = shipped_packs(), context.params
    # Before an option that has no value yet click leaves arguments where they are.
    names = said["names"] or context.args if "names" in said else said.get("packs")
    for name in names or known:
        yield shipped_root() / name if name in known else Path(name)


def _rules(context: click.Context) -> Iterator[tuple[str, str]]:
    for root in _roots(context):
        for path in root.glob("*/*.yaml"):
            found = _RULE.fullmatch(path.name)
            if found and path.parent.name not in NOT_DIMENSIONS:
                yield found[1], found[2].replace("-", " ")


def _item(word: str, **more: str | None) -> CompletionItem:
    # Imported here: only a shell that asks has a use for it.
    from click.shell_completion import CompletionItem

    return CompletionItem(word, **more)  # type: ignore[arg-type]


def _fitting(words: Mapping[str, str], begun: str) -> Items:
    """Return the words that begin so, in whatever case, each with what it stands for."""
    small = begun.casefold()
    return [
        _item(word, help=words[word] or None)
        for word in sorted(words)
        if word.casefold().startswith(small)
    ]
