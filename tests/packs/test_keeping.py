"""Packs that are kept as read change only the time."""

import os
import shutil
import sys

import pytest
from click.testing import CliRunner
from small import FILES, write

from partnerrules.cli.commands import cli
from partnerrules.errors import PackError
from partnerrules.packs import keeping, load_pack, load_packs, sealed
from partnerrules.packs.models import Rule
from partnerrules.shipped import shipped_root


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PARTNERRULES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def pack(tmp_path):
    return shutil.copytree(shipped_root() / "core", tmp_path / "core")


def kept(folder):
    return sorted(folder.glob("packs-*.json"))


def without_examples(pack):
    """Return a pack as it is kept, without the note whether it was checked before."""
    kept = {}
    for name, rule in pack.rules.items():
        said = {key: value for key, value in vars(rule).items() if key != "examples"}
        kept[name] = Rule(**said)
    return pack._replace(checked=("", 0), rules=kept)


def read_again(*names):
    """Return what is loaded the second time."""
    load_packs(names)
    return list(map(without_examples, load_packs(names)))


def test_a_kept_pack_is_the_pack_in_its_files(folder, pack):
    assert load_packs([pack])[0].checked == ("", 0)
    (again,) = load_packs([pack])
    assert again.checked[1] == 1
    assert not any(rule.examples for rule in again.rules.values())
    assert read_again(pack) == [without_examples(load_pack(pack))]
    assert len(kept(folder)) == 1


def test_what_is_kept_is_not_read_from_the_files_again(folder, pack, monkeypatch):
    load_packs([pack])
    monkeypatch.setattr(keeping, "load_pack", None)
    assert load_packs([pack])[0].id == "core"


def test_a_changed_file_is_read(folder, pack):
    load_packs([pack])
    file = pack / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace("\ntitle:", "\ntitle: Changed and"), "utf-8")
    assert load_packs([pack])[0].file.title.startswith("Changed and")
    assert len(kept(folder)) == 2


def test_other_code_does_not_read_what_older_code_kept(folder, pack, monkeypatch):
    load_packs([pack])
    monkeypatch.setattr(keeping, "tool", lambda _: "another version")
    assert load_packs([pack])[0].checked == ("", 0)


def _nothing(path):
    path.write_bytes(b"")


def _half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _no_json(path):
    path.write_bytes(b"\xff\xfe not JSON")


def _tampered(path):
    before = path.read_bytes()
    path.write_bytes(before.replace(b'"level":"high"', b'"level":"low"'))
    assert path.read_bytes() != before


def _folder_instead(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [_nothing, _half, _no_json, _tampered, _folder_instead])
def test_what_is_broken_or_changed_there_is_not_used(folder, pack, harm):
    load_packs([pack])
    (path,) = kept(folder)
    harm(path)
    assert load_packs([pack]) == [load_pack(pack)]


def test_a_seal_for_other_files_does_not_open(folder, pack):
    load_packs([pack])
    (first,) = kept(folder)
    (pack / "lessons.yaml").write_text((pack / "lessons.yaml").read_text("utf-8") + "\n", "utf-8")
    load_packs([pack])
    (second,) = set(kept(folder)) - {first}
    shutil.copy(first, second)
    assert load_packs([pack]) == [load_pack(pack)]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_changes_nothing(folder, pack):
    folder.mkdir()
    folder.chmod(0o500)
    assert read_again(pack) == [without_examples(load_pack(pack))]
    assert kept(folder) == []


def test_a_folder_that_cannot_be_made_changes_nothing(folder, pack):
    folder.write_text("a file in its place", "utf-8")
    assert read_again(pack) == [without_examples(load_pack(pack))]


def test_without_a_folder_nothing_is_kept(monkeypatch, pack):
    monkeypatch.setenv("PARTNERRULES_CACHE", "")
    assert keeping.cache_folder() is None
    assert read_again(pack) == [without_examples(load_pack(pack))]


def test_a_pack_with_something_to_mend_is_never_kept(folder, pack):
    (pack / "lessons.yaml").write_text("lessons: [", "utf-8")
    for _ in range(2):
        with pytest.raises(PackError):
            load_packs([pack])
    assert not folder.exists() or kept(folder) == []


def test_the_oldest_goes_first(folder, pack, monkeypatch):
    monkeypatch.setattr(sealed, "_KEPT", 2)
    for version in "abc":
        monkeypatch.setattr(keeping, "tool", lambda _, version=version: version)
        load_packs([pack])
    assert len(kept(folder)) == 2
    assert load_packs([pack])[0].checked != ("", 0)


def test_a_check_keeps_packs_and_says_the_same_with_and_without(folder, pack):
    def checked(*options):
        case = str(shipped_root().parent / "cases/made-up/river-alliance.yaml")
        arguments = ["check", case, "-p", str(pack), "-f", "json", "--exit-zero", *options]
        return CliRunner().invoke(cli, arguments).output

    without = checked("--no-cache")
    assert not folder.exists()
    assert checked() == without
    assert len(kept(folder)) == 1
    assert checked() == without


def test_advice_is_kept_with_steps_and_who_could_act(folder, tmp_path):
    text = FILES["meeting/MEE-01-size.yaml"].replace(
        "{default: Name a chair.,",
        "{default: {says: Name a chair., steps: [Vote.], who: [the lead, all], builds: yes},",
    )
    pack = write(tmp_path / "small", {**FILES, "meeting/MEE-01-size.yaml": text})
    load_packs([pack])
    (again,), (read,) = load_packs([pack]), [load_pack(pack)]
    assert kept(folder)
    advice = again.rules["MEE-01"].remediation
    assert advice == read.rules["MEE-01"].remediation
    first, later = advice["default"], advice["operating"]
    assert (first.says, first.steps, first.roles) == (
        "Name a chair.",
        ["Vote."],
        ("the lead", "all"),
    )
    assert first.builds
    assert (later.says, later.roles) == ("Name a chair now.", ())
