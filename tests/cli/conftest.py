"""The command line, run as people run it: in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAD = "schema: partnerrules.case/1\ncase: {}\nassessed_on: 2026-06-30\n"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(*, planted: Path | None = None, **more: str) -> dict[str, str]:
    path = str(ROOT) if planted is None else f"{planted}:{ROOT}"
    return {"PYTHONPATH": path, "PATH": "", "PYTHONIOENCODING": "utf-8", **more}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in the test's folder; `planted` is a folder with a sitecustomize module."""

    def run(
        *words: str, planted: Path | None = None, env: dict[str, str] | None = None, **more: object
    ) -> subprocess.CompletedProcess[str]:
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": tmp_path} | more
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [sys.executable, "-m", "partnerrules", *words],
            env=environment(planted=planted, **(env or {})),
            text=True,
            timeout=120,
            check=False,
            **given,
        )

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., None]:
    """Write case files, by id: an empty case, or one with what is given."""

    def write(**cases: str) -> None:
        for name, text in cases.items():
            path = tmp_path / f"{name}.yaml"
            path.write_text(HEAD.format(name) + text, encoding="utf-8")

    return write


@pytest.fixture
def plant(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make a module that Python imports at its start, and that changes `Checker.check`.

    The product has no hook for this. `body` is a function of checker, case and the real method.
    """

    def plant(body: str) -> Path:
        folder = tmp_path_factory.mktemp("planted")
        text = (
            "import os, signal, time\n"
            "from partnerrules.checking import Checker\n"
            "real = Checker.check\n"
            f"def check(checker, case):\n{body}\n    return real(checker, case)\n"
            "Checker.check = check\n"
        )
        (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
        return folder

    return plant
