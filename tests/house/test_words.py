"""One word for each thing, and no trace of the machine on which a file was written."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOREIGN = re.compile(r"\b(violations?|rulesets?|issues?)\b", re.IGNORECASE)
MACHINE = re.compile(rb"(?<![\w.])/(work|root|home)/")
"""A path; not a part of an address, which has a letter before the first slash."""


def tracked_files():
    """Return the files under version control that are there; skip where git cannot tell."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    names = listing.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def shown_texts(tree):
    """Yield the string constants of a module but for its docstrings."""
    spoken = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in spoken:
            yield node


@pytest.mark.parametrize("text", ["2 violations found", "Issue:", "a ruleset"])
def test_foreign_words_are_noticed(text):
    assert FOREIGN.search(text)


@pytest.mark.parametrize("text", ["issued in May", "unviolated", "a rule sets a level"])
def test_words_that_only_look_alike_pass(text):
    assert not FOREIGN.search(text)


def test_what_users_read_uses_our_words():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value!r}"
        for path in sorted((ROOT / "partnerrules").rglob("*.py"))
        for node in shown_texts(ast.parse(path.read_text("utf-8")))
        if FOREIGN.search(node.value)
    ]
    assert found == []


def test_no_file_names_a_folder_of_a_machine():
    found = [
        str(path.relative_to(ROOT)) for path in tracked_files() if MACHINE.search(path.read_bytes())
    ]
    assert found == []
