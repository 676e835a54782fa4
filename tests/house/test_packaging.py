"""What is installed is what is in the tree: every package, every file of every pack."""

import configparser
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from partnerrules.shipped import VERSION, shipped_root

ROOT = Path(__file__).parents[2]


def setup_file():
    setup = configparser.ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    return setup


def listed_packages():
    return setup_file()["options"]["packages"].split()


def files_of(folder):
    """Return the files below a folder, relative to it, but for what Python and editors leave."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        name.as_posix()
        for name in names
        if "__pycache__" not in name.parts and not any(part[0] == "." for part in name.parts)
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel that PARTNERRULES_WHEEL names, or one built from a copy of the tree."""
    if given := os.environ.get("PARTNERRULES_WHEEL"):
        return Path(given)
    if not find_spec("setuptools"):
        pytest.skip("no setuptools to build a wheel without the network")
    # From a copy, since a build/ left in the checkout brings deleted rules back to life.
    copy = tmp_path_factory.mktemp("copy")
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    for name in ("partnerrules", "rules"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    built = subprocess.run([*pip, "-w", "out", "."], cwd=copy, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    return next((copy / "out").glob("*.whl"))


def test_the_version_is_that_of_the_metadata():
    assert setup_file()["metadata"]["version"] == VERSION


def test_every_folder_of_modules_is_a_package():
    folders = {path.parent for path in (ROOT / "partnerrules").rglob("*.py")}
    assert {str(path) for path in folders if not (path / "__init__.py").exists()} == set()


def test_setup_lists_every_package():
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "partnerrules").rglob("*.py")}
    listed = listed_packages()
    assert listed == sorted(listed)
    assert set(listed) == {".".join(path.parts) for path in folders} | {"partnerrules.rules"}


def test_the_wheel_holds_the_packs_and_nothing_else_of_them(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name.removeprefix("partnerrules/rules/") for name in names if "/rules/" in name}
    licenses = {name for name in inside if ".dist-info/" in name}
    assert inside - licenses == files_of(ROOT / "rules")


def test_the_wheel_holds_every_file_of_the_package(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"partnerrules/{name}" for name in files_of(ROOT / "partnerrules")} - names == set()


def test_the_packs_that_come_with_the_tool_are_found():
    assert (shipped_root() / "core" / "pack.yaml").is_file()
