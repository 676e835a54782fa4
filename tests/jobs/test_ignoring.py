"""Patterns of an ignore file mean what they mean in .gitignore."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerrules.errors import DocumentError
from partnerrules.jobs.finding import find_cases
from partnerrules.jobs.ignoring import IGNORE_FILE, ignored, read_patterns

TABLE = [
    ("package.json", "package.json", True),
    ("package.json", "deep/er/package.json", True),
    ("/package.json", "deep/package.json", False),
    ("deep/package.json", "deep/package.json", True),
    ("deep/package.json", "very/deep/package.json", False),
    ("*.json", "deep/a.json", True),
    ("*.json", "a.json.yaml", False),
    ("deep/*.json", "deep/er/a.json", False),
    ("deep/**/*.json", "deep/er/still/a.json", True),
    ("deep/**/*.json", "deep/a.json", True),
    ("**/er/*.json", "deep/er/a.json", True),
    ("deep/**", "deep/er/a.json", True),
    ("a?.json", "ab.json", True),
    ("a[0-9].json", "a1.json", True),
    ("a[!0-9].json", "a1.json", False),
    ("a[^0-9].json", "ab.json", True),
    ("\\#a.json", "#a.json", True),
    ("\\!a.json", "!a.json", True),
    ("a\\*.json", "ab.json", False),
    ("a\\*.json", "a*.json", True),
    ("# a.json", "# a.json", False),
    ("a.json  ", "a.json", True),
    ("", "a.json", False),
    ("a.json/", "a.json", False),
    ("*.json\n!a.json", "a.json", False),
    ("!a.json\n*.json", "a.json", True),
]


def told(folder: Path, text: str, path: str) -> bool:
    (folder / IGNORE_FILE).write_text(text)
    return ignored(read_patterns(str(folder), 0), path.split("/"), folder=False)


@pytest.mark.parametrize(("text", "path", "wanted"), TABLE)
def test_a_pattern(tmp_path: Path, text: str, path: str, wanted: bool) -> None:
    assert told(tmp_path, text, path) == wanted


def _found(folder: Path) -> set[str]:
    pieces, problems = find_cases([str(folder)])
    assert all(problem.code == "no-case" for problem in problems)
    return {Path(str(piece)).relative_to(folder).as_posix() for piece in pieces}


CASE = "schema: partnerrules.case/1\n"
names = st.sampled_from(["a", "b", "ab", "a b"])
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".yaml")
words = st.sampled_from(
    ["a", "b", "*", "**", "?", "[ab]", "[!a]", "[^b]", "\\a", "*b", "a*", "**b"]
)
patterns = st.builds(
    lambda keeps, first, parts, last: f"{keeps}{first}{'/'.join(parts)}{last}",
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(words, min_size=1, max_size=3),
    st.sampled_from(["", ".yaml", "*", "/", " "]),
)
ignore_files = st.dictionaries(
    st.sampled_from(["", "a", "a/b"]), st.lists(patterns, max_size=3).map("\n".join), max_size=3
)


@pytest.mark.skipif(not shutil.which("git"), reason="git says what is right")
@settings(max_examples=60, deadline=None)
@given(files=st.sets(paths, min_size=1, max_size=6), ignores=ignore_files)
def test_git_ignores_the_same(
    tmp_path_factory: pytest.TempPathFactory, files: set[str], ignores: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("tree").resolve()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    for path in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(CASE)
    for place, text in ignores.items():
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / IGNORE_FILE).write_text(text)
    shown = subprocess.run(
        ["git", "-C", str(folder), "ls-files", "-zo", f"--exclude-per-directory={IGNORE_FILE}"],
        capture_output=True,
        check=True,
    )
    wanted = {name for name in shown.stdout.decode().split("\0") if name.endswith(".yaml")}
    assert _found(folder) == wanted


def test_many_stars_take_no_time(tmp_path: Path) -> None:
    deep = "/".join("a" * 50 for _ in range(60))
    assert not told(tmp_path, "/".join(["**", "*a*a*a*a*"] * 30) + "b", deep)
    assert not told(tmp_path, "*a" * 30 + "b", "a" * 200)


def test_an_ignore_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / IGNORE_FILE).write_bytes(b"\xff\n")
    with pytest.raises(DocumentError, match="UTF-8"):
        read_patterns(str(tmp_path), 0)
    (tmp_path / "a.yaml").write_text(CASE)
    pieces, problems = find_cases([str(tmp_path)])
    assert len(pieces) == len(problems) == 1
    assert problems[0].path.endswith(IGNORE_FILE)
