"""What a shell is told that could come next."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete

from partnerrules.cli.commands import COMPLETE, cli
from partnerrules.packs import Library, load_pack
from partnerrules.shipped import shipped_packs

FILE, FOLDER = "file", "dir"
MANY = None
"""Stands for whatever the packs have."""

TABLE: list[tuple[str, list[str] | str | None]] = [
    ("ch", ["check"]),
    ("check --fail-on m", ["medium"]),
    ("check ", FILE),
    ("check a.yaml b", FILE),
    ("check -p co", ["core"]),
    ("check --pack ", ["core", "extended"]),
    ("check -p ./my", FOLDER),
    ("check --select TRA-0", MANY),
    ("check --select tran", ["transfer"]),
    ("check -p core --ignore purp", ["purpose"]),
    ("check --questions f", ["first-look", "full"]),
    ("check --questions x", []),
    ("check --profile ", ["consortium", "global", "local"]),
    ("explain --profile l", ["local"]),
    ("check -f t", ["table"]),
    ("explain ", FILE),
    ("explain a.yaml TRA-01", ["TRA-01"]),
    ("explain a.yaml tra-01", ["TRA-01"]),
    ("explain -p extended a.yaml TRA-01", []),
    ("rules show CON-01", ["CON-01"]),
    ("rules list -p ext", ["extended"]),
    ("packs lint ex", ["extended"]),
    ("packs lint core ./m", FOLDER),
    ("packs lint --explain levels", ["levels-do-not-nest"]),
    ("packs test --only conf", ["conflict"]),
    ("packs test core --only TRA-01", ["TRA-01"]),
    ("packs test extended --only TRA-01", []),
    ("packs test --junit x", FILE),
    ("packs coverage --cases c", FILE),
    ("packs docs --into d", FOLDER),
    ("schema case -p c", ["core"]),
    ("doctor -p c", ["core"]),
]


def told(line: str) -> list[CompletionItem]:
    *words, begun = line.split(" ")
    return ShellComplete(cli, {}, "partnerrules", COMPLETE).get_completions(words, begun)


@pytest.mark.parametrize(("line", "wanted"), TABLE, ids=[row[0] for row in TABLE])
def test_a_word_that_was_begun(line: str, wanted: list[str] | str | None) -> None:
    found = told(line)
    if isinstance(wanted, str):
        assert [item.type for item in found] == [wanted]
    elif wanted is None:
        begun = line.split(" ")[-1]
        assert len(found) > 1 and all(item.value.startswith(begun) for item in found)
    else:
        assert [item.value for item in found] == wanted
        assert {item.type for item in found} <= {"plain"}


def test_all_rules_dimensions_and_sets_are_offered_and_nothing_else() -> None:
    library = Library([load_pack(name) for name in shipped_packs()])
    assert [item.value for item in told("rules show ")] == sorted(library.rules)
    offered = {item.value for item in told("check --select ")}
    assert offered - library.rules.keys() == {rule.dimension for rule in library.rules.values()}
    assert [item.value for item in told("check --questions ")] == sorted(library.sets)


def test_rules_of_a_pack_of_ones_own_are_offered(tmp_path: Path) -> None:
    (tmp_path / "conflict").mkdir()
    (tmp_path / "sets").mkdir()
    for name in ("pack.yaml", "conflict/ACME-CON-01-a-way.yaml", "sets/short.yaml"):
        (tmp_path / name).write_text("")
    (item,) = told(f"explain -p {tmp_path} a.yaml ")
    assert (item.value, item.help) == ("ACME-CON-01", "a way")
    assert [one.value for one in told(f"check -p {tmp_path} --questions ")] == ["short"]


def test_nothing_is_offered_of_a_pack_that_is_not_there() -> None:
    assert told("check -p ./nowhere --select ") == []
