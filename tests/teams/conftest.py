"""A repository with cases, as a programme office has one, and the tool on its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
from repositories import commit, git, put

ROOT = Path(__file__).parents[2]
# The Python engine needs no second process; what comes out is the same.
TOOL = f"""#!/bin/sh
command=$1
shift
[ "$command" != check ] || set -- --engine python "$@"
exec {sys.executable} -m partnerrules "$command" "$@"
"""
Script = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return the folder of a repository in which one case is of concern, one is empty."""
    folder = tmp_path / "repository"
    (folder / "cases").mkdir(parents=True)
    shutil.copy(ROOT / "cases" / "made-up" / "river-alliance.yaml", folder / "cases")
    head = "schema: partnerrules.case/1\nassessed_on: 2026-06-30\n"
    (folder / "cases" / "two words.yaml").write_text(f"{head}case: quiet\n")
    (folder / "cases" / "waivers.yaml").write_text("schema: partnerrules.waivers/1\n")
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return a folder for the path in which `partnerrules` is that of the checkout."""
    folder = tmp_path / "tools"
    folder.mkdir()
    put(folder / "partnerrules", TOOL)
    return folder


@pytest.fixture
def script(tools: Path) -> Script:
    """Run a script with bash in a folder, with variables."""

    def script(text: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", text],
            cwd=folder,
            env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)} | variables,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return script
