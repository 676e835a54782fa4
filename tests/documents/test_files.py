"""Files that are not what their name says, and bytes that are not text."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerrules.documents import bounds, parse_document, read_document
from partnerrules.errors import DocumentError, Problem


def problem(path: Path, **options: str) -> Problem:
    with pytest.raises(DocumentError) as caught:
        read_document(path, **options)
    (only,) = caught.value.problems
    return only


def code(path: Path) -> str:
    return problem(path).code


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.YAML", "a.json", "a.JSON"])
def test_the_suffix_tells_the_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b'{"a": 1}')
    document = read_document(tmp_path / name)
    assert document.value == {"a": 1}
    assert document.path == str(tmp_path / name)
    assert document.sha256 == hashlib.sha256(b'{"a": 1}').hexdigest()


def test_json_files_are_not_yaml(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("a: 1")
    assert code(tmp_path / "a.json") == "syntax"


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a: 1")
    assert code(tmp_path / "a.txt") == "suffix"


def test_a_file_is_named_as_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b: c")
    assert str(problem(tmp_path / "a.yaml", shown_as="cases/a.yaml")).startswith("cases/a.yaml:1:5")


def test_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert code(tmp_path / "none.yaml") == "not-found"
    assert code(tmp_path / "file" / "a.yaml") == "not-found"
    assert code(tmp_path / ("a" * 5_000 + ".yaml")) == "not-found"
    assert code(tmp_path / "a\0.yaml") == "not-found"


def test_a_folder_named_like_a_case_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    assert code(tmp_path / "a.yaml") == "not-a-file"


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert code(tmp_path / "a.yaml") == "symlink-loop"


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert read_document(tmp_path / "b.yaml").value == {"a": 1}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    assert code(tmp_path / "a.yaml") == "not-a-file"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
def test_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("/dev/zero")
    assert code(tmp_path / "a.yaml") == "not-a-file"


def test_a_file_without_permission_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text("a: 1")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert code(tmp_path / "a.yaml") == "unreadable"


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    def never(*_: object) -> int:
        raise AssertionError

    monkeypatch.setattr(os, "open", never)
    assert code(tmp_path / "a.yaml") == "too-large"


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'"' + b"x" * (bounds.MAX_BYTES - 2) + b'"')
    assert len(read_document(tmp_path / "a.json").value) == bounds.MAX_BYTES - 2


def test_a_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    shown = problem(Path(os.fsdecode(bytes(tmp_path) + b"/\xff.yaml"))).path
    assert shown.encode("utf-8").endswith(b"udcff.yaml")


def test_bytes_given_directly_are_bounded_too() -> None:
    with pytest.raises(DocumentError, match="larger than 8 MB"):
        parse_document(b" " * (bounds.MAX_BYTES + 1), path="x", format="json")


def test_json_is_read_without_importing_yaml(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[1]")
    script = (
        "import sys; from partnerrules.documents import read_document;"
        "document = read_document(sys.argv[1]); document.position([0]);"
        "sys.exit('yaml' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.json")], check=True)
