"""One thing is made wrong in a small pack: it is refused, and the place and the mend are named."""

from pathlib import Path

import pytest
from small import FILES, problems_of, write

from partnerrules.documents import read_document

SIZE = "meeting/MEE-01-size.yaml"
ROWS = {row["what"]: row for row in read_document(Path(__file__).with_name("refused.yaml")).value}


def changed(*names: str) -> dict[str, str]:
    files = dict(FILES)
    for row in (ROWS[name] for name in names):
        assert row["was"] in files[row["file"]]
        files[row["file"]] = files[row["file"]].replace(row["was"], row["now"], 1)
    return files


@pytest.mark.parametrize("name", ROWS)
def test_what_is_wrong_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    row = ROWS[name]
    problems = problems_of(write(tmp_path / "small", changed(name)))
    found = {(one.code, one.key, one.nearest) for one in problems}
    assert (row["code"], row["key"], row.get("nearest", "")) in found, problems
    assert all(one.line and one.column and one.message for one in problems)


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    text = FILES[SIZE].replace("{group.size: {at_least: $many}}", "{group.siz: {at_least: $many}}")
    (problem,) = problems_of(write(tmp_path / "small", {**FILES, SIZE: text}))
    line = text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("group.siz:")
    assert str(problem).endswith('There is no fact group.siz. Did you mean "group.size"?')


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    names = ["unknown fact", "unknown fact of a member", "unknown area", "unknown lesson"]
    problems = problems_of(write(tmp_path / "small", changed(*names)))
    assert {one.code for one in problems} == {"unknown-fact", "unknown-area", "unknown-lesson"}
    assert len({one.path for one in problems}) == 3


def test_all_that_cannot_be_read_comes_at_once(tmp_path: Path) -> None:
    names = ["unknown key", "a profile without a reason"]
    problems = problems_of(write(tmp_path / "small", changed(*names)))
    assert {one.code for one in problems} == {"unknown-key", "missing-key"}


def test_a_small_pack_that_is_right_is_taken(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path / "small", FILES)) == ()
