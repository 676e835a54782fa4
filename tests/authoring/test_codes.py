"""Every code of a problem in a pack has a page, and its example shows just that."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from small import FILES, write

from partnerrules.authoring.codes import Page, code_pages, documents
from partnerrules.authoring.lint import lint
from partnerrules.cli import cli
from partnerrules.packs.names import UNKNOWN
from partnerrules.packs.shapes import CODES, WRONG_TYPE

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/lint"
PAGES = code_pages()
ELSEWHERE = {
    "not-required",
    "no-pack",
    "unknown-set",
    "unknown-profile",
    "changed-twice",
    "harm-lowered",
    "parameter-clash",
    "mutants-file",
    "too-many-matches",
    "long-rule",
    "out-of-season",
}
"""Codes that take a second pack, another stage, a command, a case or many lines to be shown."""
OF_CASES = {"no-case", "case-twice", "suffix", "too-large"}
CALLS = {"Fault": 0, "Problem": 0, "problem": 0, "_problem": 1, "_wrong": 3}
"""Functions that take a code, and at which place."""
PARTS = ("packs", "authoring", "facts", "engine", "checking", "cli")
WORDS = ROOT / "partnerrules/authoring/words.py"
SETTINGS = ROOT / "partnerrules/cli/configuration.py"
"""Its codes are of settings, which no pack has."""


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def emitted() -> set[str]:
    """Return the codes that the source writes; those that it looks up stand in tables."""
    found = {*UNKNOWN.values(), *CODES.values(), WRONG_TYPE}
    files = [path for part in PARTS for path in (ROOT / "partnerrules" / part).rglob("*.py")]
    for tree in (ast.parse(path.read_text("utf-8")) for path in files if path != SETTINGS):
        found |= set(written(tree))
    for node in ast.walk(ast.parse(WORDS.read_text("utf-8"))):
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            found.add(str(literal(node.value.elts[0])))
    return found - OF_CASES


def written(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            at = CALLS.get(name)
            if at is not None and len(node.args) > at and (code := literal(node.args[at])):
                yield code
        elif isinstance(node, ast.FunctionDef) and node.name == "_wrong":
            yield from filter(None, map(literal, node.args.defaults))


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert emitted() == PAGES.keys()


def test_the_pages_are_what_the_data_says() -> None:
    wanted = documents()
    if os.environ.get("UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        for path in FOLDER.glob("*.md"):
            path.unlink()
        for name, text in wanted.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == wanted


def put(text: str, old: str, new: str) -> str:
    """Replace whole lines, however far they are set in."""
    lines = "\n".join(rf"\1{re.escape(line)}" for line in old.splitlines())
    pattern = re.compile("^( *)" + lines.removeprefix(r"\1") + "$", re.MULTILINE)
    found = pattern.search(text)
    assert found, f"{old!r} is not in the small pack"
    indented = "\n".join(found[1] + line for line in new.splitlines())
    return text[: found.start()] + indented + text[found.end() :]


def told(folder: Path, page: Page, new: str) -> set[tuple[str, str, str]]:
    """Return what lint says of the small pack with an example in it."""
    text = put(FILES[page.file], page.instead or page.mend, new)
    found = lint([write(folder, {**FILES, page.file: text})])
    return {(one.code, one.key, one.message) for one in (*found.problems, *found.notes)}


BESIDE = {"joined-question"}
"""What a mend leaves to be said beside what the small pack has anyway."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the codes of what lint says of the small pack as it is."""
    found = lint([write(tmp_path_factory.mktemp("as-it-is") / "small", FILES)])
    return {one.code for one in (*found.problems, *found.notes)}


@pytest.mark.parametrize("code", [code for code, page in PAGES.items() if page.file])
def test_the_example_has_this_problem_and_its_mend_no_other(
    code: str, tmp_path: Path, small: set[str]
) -> None:
    page = PAGES[code]
    wrong = told(tmp_path / "wrong", page, page.wrong)
    mended = told(tmp_path / "mended", page, page.mend)
    assert {one for one in mended if one[0] == code} < {one for one in wrong if one[0] == code}
    assert {one[0] for one in mended} <= small | BESIDE


def test_only_these_pages_have_no_example_in_a_pack() -> None:
    assert {code for code, page in PAGES.items() if not page.file} == ELSEWHERE


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["packs", "lint", *words])
    return done.exit_code, done.output


@pytest.mark.parametrize("code", PAGES)
def test_explain_prints_the_page(code: str) -> None:
    status, output = run("--explain", code)
    assert status == 0
    assert output.startswith(f"{code}\n")
    assert " ".join(PAGES[code].means.split()) in " ".join(output.split())


def test_a_code_that_is_not_there_is_told_with_the_nearest() -> None:
    status, output = run("--explain", "unknwon-fact")
    assert status == 2
    assert 'Did you mean "unknown-fact"?' in output


def test_each_line_ends_with_its_code(tmp_path: Path) -> None:
    status, output = run(str(write(tmp_path / "small", FILES)))
    assert status == 1
    lines = [line for line in output.splitlines() if line.startswith(str(tmp_path))]
    assert lines
    assert all(re.search(r"\[[a-z-]+\]$", line) for line in lines)
    assert "[unread-fact]" in output
