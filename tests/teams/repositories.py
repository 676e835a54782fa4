"""Repositories of git for tests, and programs on the path."""

from __future__ import annotations

import subprocess
from pathlib import Path

GIT = ("git", "-c", "user.name=Nobody", "-c", "user.email=nobody@partners.example")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run([*GIT, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Cases")
    return git(folder, "rev-parse", "HEAD")


def put(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)
