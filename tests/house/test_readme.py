"""What the README shows is what comes out; UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from partnerrules.cases import CaseReader
from partnerrules.documents import parse_document
from partnerrules.packs import Library, load_pack

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"<!-- output of: partnerrules (?P<words>[^\n]*?), from (?P<start>[^\n]*?) to (?P<end>[^\n]*?)"
    r" -->\n```text\n(?P<text>.*?)\n```\n<!-- end of output -->",
    re.S,
)


def _output(words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "partnerrules", *words.split()],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_example_is_the_real_output() -> None:
    text = README.read_text("utf-8")
    [block] = BLOCK.finditer(text)
    lines = _output(block["words"]).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(block["start"]))
    end = next(n for n, line in enumerate(lines) if n > start and line.startswith(block["end"]))
    real = "\n".join(lines[start:end]).rstrip()
    if os.environ.get("UPDATE_GOLDEN"):
        README.write_text(text[: block.start("text")] + real + text[block.end("text") :], "utf-8")
    assert block["text"] == real


@pytest.mark.parametrize("number", range(README.read_text("utf-8").count("```yaml\n")))
def test_the_case_in_the_readme_can_be_read(number: int) -> None:
    text = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.S)[number]
    reader = CaseReader(Library([load_pack("core"), load_pack("extended")]))
    case = reader.parse(parse_document(text.encode(), path="README.md", format="yaml"))
    assert case.id == "river-alliance"


def test_the_options_and_commands_that_it_names_exist() -> None:
    text = README.read_text("utf-8")
    helped = subprocess.run(
        [sys.executable, "-m", "partnerrules", "check", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - {"--help"}
    assert options
    assert [one for one in sorted(options) if one not in helped] == []
    for name in re.findall(r"`partnerrules ([a-z]+)", text):
        assert (ROOT / "partnerrules" / "cli" / f"{name}.py").is_file()
    for target in re.findall(r"^ +make (\w+)", text, re.M):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
